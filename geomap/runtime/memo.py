"""What was worked out once, kept for the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Memo"]

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")


class Memo(dict[KeyT, ValueT]):
    """What a function returns, by its argument; each is asked for once.

    A dict that fills itself: what it knows already, it gives at the speed of a dict.

    Args:
        make: What makes the value of a key.
        size: When so many are kept, all are dropped and made anew: text repeats itself, but a
            stream of it never ends.
    """

    def __init__(self, make: Callable[[KeyT], ValueT], size: int) -> None:
        super().__init__()
        self._make = make
        self._size = size

    def __missing__(self, key: KeyT) -> ValueT:
        """Make and keep the value of a key that is asked for the first time."""
        if len(self) >= self._size:
            self.clear()
        value = self[key] = self._make(key)
        return value

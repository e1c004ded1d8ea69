"""Regular expressions that are compiled where they are first used.

The patterns of phrases are long: compiling all of them takes 60 ms, a third of the time from start to a first
mention, and most texts need few of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Pattern", "ending"]

_METHODS = ("fullmatch", "match", "search")


class Pattern:
    """A regular expression with the methods of a compiled one, which it becomes at its first use.

    Args:
        source: The expression.
        flags: Those of :func:`re.compile`.

    >>> Pattern(r"north(-east)?", re.IGNORECASE).search("in the North-East")[0]
    'North-East'
    """

    fullmatch: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile, and answer by the compiled expression from now on."""
        if name not in _METHODS:
            raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def ending(pattern: str) -> Pattern:
    """Return a pattern, in any case, for the text that ends where a name begins."""
    return Pattern(rf"{pattern}\Z", re.IGNORECASE)

"""What functions expect of those who call them, checked where it comes in and said in one way."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from geomap.errors import InputError, TableError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["each", "each_record", "expect", "expect_path", "refusal"]

ItemT = TypeVar("ItemT")
RecordT = TypeVar("RecordT", bound=Mapping[str, Any])


def refusal(what: str, got: object) -> InputError:
    """Return the error that says what was expected and what came.

    >>> str(refusal("an article", 5))
    'expected an article, got 5 (int)'
    """
    shown = repr(got)
    shown = shown if len(shown) <= 60 else f"{shown[:60]}…"
    return InputError(f"expected {what}, got {shown} ({type(got).__name__})")


def expect(value: object, kind: type[ItemT], what: str) -> ItemT:
    """Return a value if it is of some kind.

    Raises:
        InputError: It is not.
    """
    if not isinstance(value, kind):
        raise refusal(what, value)
    return value


def expect_path(value: object, what: str) -> Path:
    """Return a path, given as such or as text.

    Raises:
        InputError: It is neither.
    """
    if not isinstance(value, str | os.PathLike):
        raise refusal(what, value)
    return Path(value)


def each(items: object, kind: type[ItemT] | tuple[type[Any], ...], what: str) -> Iterator[ItemT]:
    """Yield the items of a stream, which are all of some kind.

    Raises:
        InputError: One of them is not, or it is no stream.
    """
    if not isinstance(items, Iterable) or isinstance(items, str | bytes):
        raise refusal(f"a list or a stream of {what}", items)
    for item in items:
        if not isinstance(item, kind):
            raise refusal(f"{what} in the stream", item)
        yield cast("ItemT", item)


def each_record(records: Iterable[RecordT]) -> Iterator[RecordT]:
    """Yield mention records.

    Raises:
        TableError: One of them is none, or it is no stream.
    """
    if not isinstance(records, Iterable) or isinstance(records, str | bytes | Mapping):
        raise TableError(str(refusal("a mention table or a stream of mention records", records)))
    for record in records:
        if type(record) is not dict and not isinstance(record, Mapping):
            raise TableError(str(refusal("mention records, each a mapping", record)))
        yield record

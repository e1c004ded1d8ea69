"""Sides of one name: "North and South Kivu", "Lower and Middle Shabelle"."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from geomap.recognise.spans import Span
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomap.recognise.names import Names
    from geomap.text import Token

__all__ = ["find_sides"]

_SIDE: Final = (
    r"(?:North|South|East|West|Northern|Southern|Eastern|Western|Central|Upper|Lower|Middle)"
)
_FIRST: Final = re.compile(rf"{_SIDE} (?=[A-Z])")
#: what stands before the last side: one more, or several
_BEFORE: Final = re.compile(rf"(?:\b{_SIDE}, ){{0,3}}\b{_SIDE},? and $")
_EACH: Final = re.compile(rf"\b{_SIDE}\b")
#: letters that are looked through before a name
_REACH: Final = 60


def find_sides(
    names: Names, text: str, tokens: Sequence[Token], spans: Iterable[Span]
) -> Iterator[Span]:
    """Yield for each name with a side the sides before it that share the rest of it: "North" of "North and South Kivu".

    Args:
        names: The gazetteer's names.
        text: The text of an article.
        tokens: Its words.
        spans: Its names.
    """
    for span in spans:
        first = _FIRST.match(span.surface)
        before = _BEFORE.search(text, max(span.start - _REACH, 0), span.start) if first else None
        if first is None or before is None:
            continue
        rest = span.surface[first.end() :]
        for side in _EACH.finditer(text, before.start(), before.end()):
            name = names.name(fold_name(f"{side[0]} {rest}") + " ")
            number = bisect_left(tokens, side.start(), key=itemgetter(0))
            if name is not None and not name.is_phrase and tokens[number][0] == side.start():
                yield Span(side.start(), side.end(), number, number, name, side[0])

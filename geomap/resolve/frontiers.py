"""On which side of a border a place lies: "Rafah, on the border with Egypt" is not in Egypt, nor is Niger of "the Niger–Nigeria border" in Nigeria."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geomap.resolve.holders import lower_word

if TYPE_CHECKING:
    from geomap.recognise.names import Name
    from geomap.recognise.options import Option
    from geomap.recognise.page import Around, Page
    from geomap.recognise.spans import Span

__all__ = ["find_neighbours", "lies_beyond"]

_BORDERS: Final = frozenset("border borders frontier frontiers boundary".split())
_HYPHENS: Final = ("-", "–", "—")
#: between a place and the border that it lies at: "a town on the eastern border with", "20 km from the border with"
_BRIDGE: Final = frozenset(
    "a an the on at near along by close to just beside beyond from of town city village crossing post point region area main only small "
    "northern southern eastern western north south east west km kilometres kilometers miles which that lies sits is".split()
)
#: words between a place and "border with"
_REACH: Final = 9


def find_neighbours(page: Page, span: Span, around: Around) -> list[Name]:
    """Return the names of what lies across a border from a place, as the text has it next to it."""
    found = [
        _across_hyphen(page, span, around),
        _across_and(page, span, around),
        _behind_border(page, span),
    ]
    return [name for name in found if name is not None and name is not span.name]


def _is_border(page: Page, index: int) -> bool:
    return lower_word(page, index) in _BORDERS


def _across_hyphen(page: Page, span: Span, around: Around) -> Name | None:
    """Return the other side of "the X–Y border"."""
    if around.end_gap in _HYPHENS:
        other = page.starts.get(span.last + 1)
        return other.name if other is not None and _is_border(page, other.last + 1) else None
    if around.start_gap in _HYPHENS and _is_border(page, span.last + 1):
        other = page.ends.get(span.first - 1)
        return None if other is None else other.name
    return None


def _across_and(page: Page, span: Span, around: Around) -> Name | None:
    """Return the other side of "the border between X and Y", "the border of X and Y"."""
    if around.after == "and" and around.end_gap == "_":
        other, first = page.starts.get(span.last + 2), span.first
    elif around.before == "and" and around.start_gap == "_":
        other = page.ends.get(span.first - 2)
        first = other.first if other is not None else span.first
    else:
        return None
    link = first - 1 - (lower_word(page, first - 1) == "the")
    is_of_border = lower_word(page, link) in ("between", "of") and _is_border(page, link - 1)
    return other.name if other is not None and is_of_border else None


def _behind_border(page: Page, span: Span) -> Name | None:
    """Return the other side of "X, a town on the border with Y", "X's border with Y"."""
    seen = False
    for index in range(span.last + 1, min(span.last + 1 + _REACH, len(page.tokens))):
        other = page.starts.get(index)
        if other is not None:
            return other.name if seen and lower_word(page, index - 1) in ("with", "the") else None
        word = page.tokens[index][2]
        if seen:
            if word not in ("with", "the"):
                return None
        elif word in _BORDERS:
            seen = True
            if lower_word(page, index + 1) != "with":
                return None
        elif not (word in _BRIDGE or word.isdigit()):
            return None
    return None


def lies_beyond(option: Option, neighbour: Name) -> bool | None:
    """Return whether a place can lie across the border of another one; None where nothing says so.

    A place in the neighbour's own country, or in the unit that the neighbour is, lies on the wrong side.
    """
    holds = {other.country for other in neighbour.options if other.type == "country"}
    holds = holds or {area for area in neighbour.holds if area}
    if not holds or not option.areas:
        return None
    return holds.isdisjoint(option.areas)

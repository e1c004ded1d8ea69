"""Roads that are called by the towns at their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from geomap.recognise.page import Page
    from geomap.recognise.spans import Span

__all__ = ["ROADS", "ends_road"]

#: what towns are joined by
ROADS: Final = frozenset(
    ["road", "roads", "highway", "motorway", "route", "axis", "railway", "line"]
)
_HYPHENS: Final = ("-", "–", "—", " - ", " – ", " — ")


def ends_road(page: Page, span: Span) -> bool:
    """Return whether a name is one end of a road: "the Bannu - Miranshah Road", "the Dansadau-Gusau road"."""
    following, previous = page.starts.get(span.last + 1), page.ends.get(span.first - 1)
    if following is not None and page.text[span.end : following.start] in _HYPHENS:
        return _word_behind(page, following) in ROADS
    if previous is not None and page.text[previous.end : span.start] in _HYPHENS:
        return _word_behind(page, span) in ROADS
    return False


def _word_behind(page: Page, span: Span) -> str:
    index = span.last + 1
    return page.tokens[index][2].lower() if index < len(page.tokens) else ""

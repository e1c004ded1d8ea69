"""Roads that are called by the towns at their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geomap.recognise.cues import lower_at

if TYPE_CHECKING:
    from geomap.recognise.page import Page
    from geomap.recognise.spans import Span

__all__ = ["ends_road"]

#: what towns are joined by
_ROADS: Final = frozenset(
    ["road", "roads", "highway", "motorway", "route", "axis", "railway", "line"]
)
_HYPHENS: Final = ("-", "–", "—", " - ", " – ", " — ")


def ends_road(page: Page, span: Span) -> bool:
    """Return whether a name is one end of a road: "the Bannu - Miranshah Road", "the Dansadau-Gusau road"."""
    following, previous = page.starts.get(span.last + 1), page.ends.get(span.first - 1)
    if following is not None and page.text[span.end : following.start] in _HYPHENS:
        return lower_at(page.tokens, following.last + 1) in _ROADS
    if previous is not None and page.text[previous.end : span.start] in _HYPHENS:
        return lower_at(page.tokens, span.last + 1) in _ROADS
    return False

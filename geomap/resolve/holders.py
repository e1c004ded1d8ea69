"""Which country or unit the text puts a place into: "Palma, Mozambique", "Blida in southern Lebanon", "the Malian town of Boni"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geomap.recognise.lexicon import DIRECTIONS, UNIT_WORDS, person_grades

if TYPE_CHECKING:
    from geomap.recognise.names import Name
    from geomap.recognise.page import Around, Page
    from geomap.recognise.spans import Span

__all__ = ["find_holders", "is_joined", "lower_word"]

#: words that may stand between a place and the country or unit that holds it
_BRIDGE: Final = (
    frozenset(
        "a an the in of inside within part parts small key strategic main major border port mining market "
        "capital coastal rural remote neighbouring neighboring nearby largest biggest second "
        "centre center heart edge restive volatile".split()
    )
    | DIRECTIONS
    | frozenset(UNIT_WORDS)
)
_LINKS: Final = frozenset(["in", "of", "inside", "within"])
#: so many words away a holder is looked for
_REACH: Final = 8
_POSSESSIVES: Final = ("'s ", "’s ", "' ", "’ ")


def lower_word(page: Page, index: int) -> str:
    """Return a word of an article in lower case; "" outside of it."""
    return page.tokens[index][2].lower() if 0 <= index < len(page.tokens) else ""


def find_holders(page: Page, span: Span, around: Around) -> list[Name]:
    """Return the names of what the text says a place lies in, outright and next to it."""
    found = []
    behind = _holder_behind(page, span, around)
    if behind is not None:
        found.append(behind)
    before = _holder_before(page, span)
    if before is not None:
        found.append(before)
    return found


def _holder_behind(page: Page, span: Span, around: Around) -> Name | None:
    """Return the holder in "X, Y", "X (Y)", "X in the Y", "X, a town in the north of Y"; None without one."""
    following = page.starts.get(span.last + 1)
    if around.end_gap in (",", "(", "_") and following is not None:
        if around.end_gap == "_":
            return following.name if following.name.is_abbreviation else None
        return following.name if following.name.holds and not _goes_on(page, following) else None
    if around.end_gap not in (",", "(", "_"):
        return None
    linked = False
    for index in range(span.last + 1, min(span.last + 1 + _REACH, len(page.tokens))):
        other = page.starts.get(index)
        if other is not None:
            return other.name if linked and other.name.holds and other is not span else None
        word = page.tokens[index][2]
        if word not in _BRIDGE or (index > span.last + 1 and not is_joined(page, index)):
            return None
        linked = linked or word in _LINKS
    return None


def _goes_on(page: Page, span: Span) -> bool:
    """Return whether a name behind a comma begins the next phrase: "in Idlib, Russian jets", "the chairman of Guma, Maurice Orwough"."""
    if span.name.is_adjective:
        return True
    index = span.last + 1
    if index >= len(page.tokens) or index in page.starts or not is_joined(page, index):
        return False
    is_given = person_grades().get(span.surface.lower(), (0, 0))[0] > 0
    return is_given and page.tokens[index][2].istitle()


def is_joined(page: Page, index: int) -> bool:
    """Return whether nothing but white space stands before a word."""
    return page.text[page.tokens[index - 1][1] : page.tokens[index][0]].isspace()


def _holder_before(page: Page, span: Span) -> Name | None:
    """Return the holder in "Y's X", "Y's southern X", "the Malian town of X", "Y city X"; None without one."""
    previous = page.ends.get(span.first - 1)
    if previous is not None:
        is_owner = page.text.startswith(("'s", "’s"), previous.end)
        return previous.name if previous.name.holds and is_owner else None
    bridged = False
    for index in range(span.first - 1, max(span.first - 1 - _REACH, -1), -1):
        other = page.ends.get(index)
        if other is not None:
            if not (bridged and other.name.holds):
                return None
            is_owner = page.text.startswith(_POSSESSIVES, other.end)
            return other.name if is_owner or other.name.is_adjective else None
        word = page.tokens[index][2]
        if word not in _BRIDGE or word in ("in", "a", "an", "the", "within", "inside"):
            return None
        if not page.text[page.tokens[index][1] : page.tokens[index + 1][0]].isspace():
            return None
        bridged = bridged or word in UNIT_WORDS or word in DIRECTIONS
    return None

"""An article as the features see it: its names, and what stands around each of them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.recognise.lexicon import (
    DOTTED_TITLES,
    FUNCTION_WORDS,
    ORGANISATION_HEADS,
    PLACE_HEADS,
    WORD_CLASSES,
    person_grades,
)
from geomap.recognise.listings import read_listings
from geomap.runtime.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geomap.gazetteer.traits import Area
    from geomap.recognise.spans import Span
    from geomap.text import Token

__all__ = ["PLACE_BEFORE", "Around", "Page", "look_around", "read_page", "word_class"]


def _shape(word: str) -> str:
    """Return the class of a word that no list knows: by its capitals and digits."""
    if word[0].isdigit():
        return (
            "year" if len(word) == 4 and word.isdigit() and word[:2] in ("19", "20") else "number"
        )
    if word.endswith(("'s", "’s")):
        return "Owner" if word[0].isupper() else "owner"
    if len(word) == 1:
        return "Initial" if word.isupper() else "letter"
    if word.isupper():
        return "CAPITALS"
    if word[0].isupper():
        return "Capital"
    if word.endswith("ing"):
        return "-ing"
    if word.endswith("ed"):
        return "-ed"
    return "-s" if word.endswith("s") else "word"


def _find_class(word: str) -> str:
    lower = word.lower()
    known = WORD_CLASSES.get(lower)
    if known is None:
        return _name_class(word, lower)
    if word[0].isupper() and (known in ("title", "street") or known.startswith("unit")):
        return known.capitalize()
    return known


def _name_class(word: str, lower: str) -> str:
    """Return the class of a word that no list knows: an organisation's, a person's, or its shape."""
    shape = _shape(word)
    if shape != "Capital":
        return shape
    if lower in ORGANISATION_HEADS:
        return "Organisation"
    first, last = person_grades().get(lower, (0, 0))
    if first and first <= 4:
        return "First"
    return "Last" if last and last <= 3 else shape


#: the class of a neighbouring word: from the closed lists, else by its shape
word_class: Final[Callable[[str], str]] = Memo(_find_class, 100_000).__getitem__


_GAPS: Final = {
    " ": "_",
    "\u00a0": "_",
    "  ": "_",
    ", ": ",",
    "-": "-",
    ". ": ".",
    "\n": "n",
    "": "_",  # between a name and its particle
    " (": "(",
    ") ": ")",
}


#: marks that tell more than what stands with them: a quotation opens or ends, a sentence ends
_TELLING: Final = ("“", '"', "”", ".", "?", "!", "(", ")", "—", "–", ":")


def _gap_class(gap: str) -> str:
    known = _GAPS.get(gap)
    if known is not None:
        return known
    if "\n" in gap:
        return "n"
    for mark in _TELLING:
        if mark in gap:
            return mark
    bare = gap.strip()
    return bare[0] if bare else "_"


class Page:
    """What the features ask of a whole article; made once for each.

    ``counts`` tells how often each surface occurs, ``starts`` and ``ends`` which span starts or
    ends at a word, ``persons`` which surfaces follow a title or a first name somewhere, and
    ``after_in`` which follow a preposition of place, ``named`` the countries and units that
    are named outright, ``has_borders`` whether it speaks of a border, ``listings`` its tables, counts and headings, ``acronyms`` what is explained as short for several words, ``whole`` surfaces that open what could be a person's full name.
    """

    __slots__ = (
        "acronyms", "after_in", "counts", "ends", "has_borders", "listings", "named", "persons", "spans", "starts", "text", "tokens", "whole",
    )  # fmt: skip

    def __init__(self, text: str, tokens: Sequence[Token], spans: Sequence[Span]) -> None:
        self.text = text
        self.tokens = tokens
        self.spans = spans
        self.counts = Counter(span.surface for span in spans)
        self.starts = {span.first: span for span in spans}
        self.ends = {span.last: span for span in spans}
        self.persons: set[str] = set()
        self.after_in: set[str] = set()
        self.whole: set[str] = set()
        self.has_borders = any(word in text for word in _BORDERS)
        self.listings = read_listings(text, {surface for _, _, surface in tokens})
        self.acronyms = set(_ACRONYM.findall(text)) if "(" in text else set()
        self.named: Counter[Area] = Counter(
            area for span in spans if span.name.group in _NAMING for area in span.name.holds
        )

    @property
    def is_american(self) -> bool:
        """Tell whether the article names the United States and their units more than all others.

        Their local news, which most annotated news is, names places in a way of its own.
        """
        return 2 * self._count_named(_STATES) > sum(self.named.values())

    @property
    def is_local(self) -> bool:
        """Tell whether the article names countries where news is written in English, and their units, as often as all others."""
        english = self._count_named(SPEAKING_ENGLISH)
        return english > 0 and 2 * english >= sum(self.named.values())

    def _count_named(self, countries: tuple[str, ...]) -> int:
        return sum(times for area, times in self.named.items() if area.startswith(countries))


#: the United States and all areas in them
_STATES: Final = ("US",)
#: countries whose places give their names to schools, courts and councils of the English-speaking press, and all areas in them
SPEAKING_ENGLISH: Final = ("AU", "CA", "GB", "IE", "NZ", "US")


#: a border, a frontier, a boundary, with a capital or without: found faster so than by a pattern
_BORDERS: Final = ("order", "rontier", "oundar")
_NAMING: Final = frozenset(["country", "adm1", "adjective", "abbreviation"])
#: what is explained as short for several words: "the Balochistan Liberation Army (BLA)"
_ACRONYM: Final = re.compile(
    r"(?:[A-Z][\w'’-]+ (?:of |for |the |and |de ){0,2}){2,8}\(([A-Z]{2,6})\)"
)


class Around(NamedTuple):
    """The neighbourhood of a span: classes of the words and gaps beside it.

    ``run_before`` and ``run_after`` are the words that continue a capitalised phrase, nearest first.
    """

    before2: str
    before: str
    start_gap: str
    end_gap: str
    after: str
    after2: str
    run_before: tuple[str, ...]
    run_after: tuple[str, ...]


_EDGE: Final = "edge"


def _gap_after(text: str, end: int, following: int) -> str:
    """Return the class of what stands after a name; a possessive counts as a gap."""
    gap = text[end:following]
    if gap[:2] in ("'s", "’s", "'S", "’S"):
        return "'s"
    if gap[:1] in ("'", "’") and gap[1:2] == " ":
        return "'"
    return _gap_class(gap)


def look_around(page: Page, span: Span) -> Around:
    """Return the neighbourhood of a span."""
    text, tokens = page.text, page.tokens
    before = before2 = after = after2 = _EDGE
    start_gap = end_gap = "n"
    index = span.first - 1
    if index >= 0:
        start_gap = _gap_class(text[tokens[index][1] : span.start])
        before = word_class(tokens[index][2])
        if start_gap == "." and tokens[index][2].lower() in DOTTED_TITLES:
            start_gap = "_"
        if index:
            before2 = word_class(tokens[index - 1][2])
    index = span.last + 1
    if index < len(tokens):
        end_gap = _gap_after(text, span.end, tokens[index][0])
        after = word_class(tokens[index][2])
        if index + 1 < len(tokens):
            after2 = word_class(tokens[index + 1][2])
    return Around(
        before2,
        before,
        start_gap,
        end_gap,
        after,
        after2,
        _run(page, span.first - 1, -1) if start_gap in _RUN_GAPS else (),
        _run(page, span.last + 1, 1) if end_gap in _RUN_GAPS else (),
    )


_RUN_GAPS: Final = ("_", "-")
_RUN_LINKS: Final = frozenset(["of", "for", "and", "the", "&", "de", "al"])


def _run(page: Page, index: int, step: int) -> tuple[str, ...]:
    """Return up to five words that continue a capitalised phrase to one side, nearest first.

    Small words ("of", "for the") count where a capital follows behind them.
    """
    words: list[str] = []
    held: list[str] = []
    tokens, text = page.tokens, page.text
    previous = index - step
    while 0 <= index < len(tokens) and len(words) < 5:
        left, right = (index, previous) if step < 0 else (previous, index)
        if text[tokens[left][1] : tokens[right][0]] not in (" ", "-", " & ", "’s ", "'s "):
            break
        word = tokens[index][2]
        owner = word.endswith(("'s", "’s"))
        if step < 0 and (owner or word.lower() in PLACE_HEADS):
            break
        if word[0].isupper() and word not in FUNCTION_WORDS:
            if "and" in held and _is_listed(page, index, step):
                break
            words += held
            words.append(word)
            held = []
            if owner and word.lower() not in _OWNERS_IN_NAMES:
                break
        elif (
            word in _RUN_LINKS and len(held) < 2 and (words or held or word in ("of", "for", "and"))
        ):
            held.append(word)
        else:
            break
        previous = index
        index += step
    return tuple(words)


#: owners in the names of bodies: what they own goes on with the name ("Tigray People's Liberation Front")
_OWNERS_IN_NAMES: Final = frozenset(
    f"{owner}{mark}s" for owner in ("people", "women", "men", "children") for mark in ("'", "’")
)


def _is_listed(page: Page, index: int, step: int) -> bool:
    """Return whether "and" joins two names of places, which make no longer name: "Beirut and Tyre", but "Washington and Lee University"."""
    if step < 0:
        return index in page.ends
    other = page.starts.get(index)
    if other is None:
        return False
    end, following = other.end, page.text[other.end + 1 : other.end + 2]
    return not (page.text[end : end + 1] in (" ", "-") and following.isupper())


def read_page(
    text: str,
    tokens: Sequence[Token],
    spans: Sequence[Span],
    looked_at: Sequence[Span] | None = None,
) -> tuple[Page, list[Around]]:
    """Return the article as the features see it, and the neighbourhood of each span that is looked at.

    Args:
        text: The text of an article.
        tokens: Its words.
        spans: Its spans: what stands beside another is one of these.
        looked_at: Those of them to look around; None for all.
    """
    page = Page(text, tokens, spans)
    looked_at = spans if looked_at is None else looked_at
    neighbourhoods = [look_around(page, span) for span in looked_at]
    for span, around in zip(looked_at, neighbourhoods, strict=True):
        if around.start_gap == "_" and around.before in _PERSON_BEFORE:
            page.persons.add(span.surface)
        if _looks_like_first_name(span, around):
            known = around.after in _PERSON_AFTER
            (page.persons if known else page.whole).add(span.surface)
        elif around.start_gap == "_" and around.before in PLACE_BEFORE and not around.run_after:
            page.after_in.add(span.surface)
    return page, neighbourhoods


def _looks_like_first_name(span: Span, around: Around) -> bool:
    """Tell a word with one or two unknown capitalised words after it, and no place around it."""
    return (
        (
            span.name.group in ("town", "city", "metropolis", "alt", "loose")
            or (
                span.name.group in ("country", "adm1")
                and person_grades().get(span.surface.lower(), (0, 0))[0] > 0
            )
        )
        and around.end_gap == "_"
        and around.after in ("Capital", "First", "Last")
        and len(around.run_after) <= 2
        and around.before not in PLACE_BEFORE
        and not any(word.lower() in ORGANISATION_HEADS for word in around.run_after)
    )


_PERSON_AFTER: Final = frozenset(["First", "Last"])
_PERSON_BEFORE: Final = frozenset(["First", "title", "Title", "Initial"])
PLACE_BEFORE: Final = frozenset(["in", "near", "from", "to", "into", "across", "outside"])

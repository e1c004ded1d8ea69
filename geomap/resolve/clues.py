"""What stands beside the mentions of a name: holders, unit words, lists, borders, what is near."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geomap.recognise.lexicon import PLURAL_UNITS, UNIT_WORDS
from geomap.recognise.options import TOWN_TYPES
from geomap.recognise.rivers import stands_as_river
from geomap.recognise.roads import ends_road
from geomap.resolve.chains import find_chains
from geomap.resolve.frontiers import find_neighbours
from geomap.resolve.holders import find_holders, lower_word
from geomap.resolve.kind_rules import word_at
from geomap.resolve.labels import abbreviated_unit, labelled_unit
from geomap.resolve.leads import holds_village, tell_leads
from geomap.resolve.levels import find_hints, find_predicate
from geomap.resolve.vicinity import SECTORS, find_vicinity, vicinity_of_sector
from geomap.text import sentences_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from geomap.recognise.names import Name
    from geomap.recognise.page import Around, Page
    from geomap.recognise.spans import Span
    from geomap.resolve.chains import Chain
    from geomap.resolve.vicinity import Vicinity

__all__ = ["ANY_UNIT", "Clues", "find_all_clues"]


class Clues:
    """What stands beside the mentions of one name: chains and unit words."""

    __slots__ = (
        "after_plural",
        "chain",
        "held_by",
        "hints",
        "holds",
        "in_plural",
        "leading",
        "listed",
        "neighbours",
        "opened",
        "unit_types",
        "vicinity",
    )

    def __init__(self) -> None:
        #: what it lies near
        self.vicinity: Vicinity | None = None
        #: what lies across a border from it
        self.neighbours: list[Name] = []
        #: the town and the province behind a village
        self.chain: Chain | None = None
        self.held_by: list[Name] = []
        self.holds: list[Name] = []
        self.unit_types: set[str] = set()
        #: whether it stands in a list before a unit word in the plural
        self.in_plural = False
        #: whether it goes on a list that a unit word in the plural opens
        self.after_plural = False
        #: words beside a name that can mean a unit and a town, which tell them apart
        self.hints: set[str] = set()
        #: the names next to it in a list
        self.listed: list[Name] = []
        #: the unit that the sentence of its list opens with
        self.opened: Name | None = None
        #: the first-level unit that its sentence begins with, by its bare name
        self.leading: Name | None = None

    def signature(self) -> tuple[object, ...]:
        """Return what two mentions must share to be resolved alike."""
        beside = self.held_by or self.holds or self.unit_types or self.hints or self.chain
        if not (beside or self.opened or self.leading or self.neighbours or self.vicinity):
            return ()
        return (
            tuple(sorted(name.key for name in self.neighbours)),
            tuple(sorted(name.key for name in self.held_by)),
            tuple(sorted(name.key for name in self.holds)),
            tuple(sorted(self.unit_types)),
            tuple(sorted(self.hints)),
            self.chain.keys if self.chain else (),
            self.opened.key if self.opened else "",
            self.leading.key if self.leading else "",
            (self.vicinity.name.key, self.vicinity.km) if self.vicinity else (),
        )


def _find_clues(page: Page, span: Span, around: Around) -> Clues:
    """Return the clues beside one mention."""
    clues = Clues()
    clues.held_by += find_holders(page, span, around)
    if page.has_borders:
        clues.neighbours += find_neighbours(page, span, around)
    if around.end_gap == "'s":
        following = page.starts.get(span.last + 1)
        if following is not None and span.name.holds:
            clues.holds.append(following.name)
    previous = page.ends.get(span.first - 1)
    if previous is not None and around.start_gap in (",", "(") and span.name.holds:
        clues.holds.append(previous.name)
    clues.vicinity = find_vicinity(page, span, around)
    unit = UNIT_WORDS.get(lower_word(page, span.last + 1)) if around.end_gap == "_" else None
    if unit is None and span.last > span.first:
        unit = UNIT_WORDS.get(lower_word(page, span.last))
    if unit is None and around.start_gap == "_":
        unit = _unit_noun_before(page, span)
    if unit is None and span.name.has_seat:
        unit = abbreviated_unit(page, span) or labelled_unit(page, span)
    if unit is None and around.start_gap == "(":
        closed = _BRACKETED.match(page.text, span.end)
        unit = UNIT_WORDS.get(closed[1].lower()) if closed else None
    if unit:
        clues.unit_types.add(unit)
    is_dateline = around.start_gap == "n" and around.end_gap in _DATELINE_GAPS
    if (
        is_dateline
        and span.surface.isupper()
        and not page.listings.is_heading(span.start, span.end)
    ):
        clues.unit_types.add("dateline")
    is_based = around.after == "based" and around.end_gap in _BASED_GAPS
    if is_based and (span.name.group != "country" or _is_town_here(page, span.name)):
        clues.unit_types.add("P")
    if span.name.has_seat and ends_road(page, span):
        clues.unit_types.add("P")
    if around.start_gap == "_" and _is_river(page, span):
        clues.unit_types.add("the river")
    if around.start_gap == "_" and lower_word(page, span.first - 1) in ("of", "in", "de", "du"):
        unit = _unit_before(page, span)
        if unit:
            clues.unit_types.add(unit)
    if not clues.unit_types:
        listed = page.listings.unit_of(page.text, span.start, span.end)
        if listed:
            clues.unit_types.add(listed)
    if span.name.has_seat:
        predicate = find_predicate(page, span, around)
        if predicate and not clues.unit_types:
            clues.unit_types.add(predicate)
            # "Ulang and Nasir are neighbouring counties"
            clues.in_plural = lower_word(page, span.last + 1) in ("are", "were")
        clues.hints = find_hints(page, span, around)
    return clues


def _is_town_here(page: Page, name: Name) -> bool:
    """Return whether the article names the unit of a town that is called like a country: Pennsylvania of Lebanon."""
    return any(
        option.type in TOWN_TYPES and len(option.areas) > 1 and option.areas[1] in page.named
        for option in name.options
    )


def _is_river(page: Page, span: Span) -> bool:
    """Return whether a name that a river has too stands as a river's does: "the banks of the Dnipro"."""
    is_water = any(option.type == "water" for option in span.name.options)
    is_more = span.name.is_adjective or not is_water
    return not is_more and stands_as_river(page.text, page.tokens, span.first, span.last)


def _unit_noun_before(page: Page, span: Span) -> str | None:
    """Return what a unit word next before a name makes of it: "in tehsil Ladha", "district Multan"; but not "in Sumy district Bilopillia"."""
    noun = word_at(page, span.first - 1)
    before = word_at(page, span.first - 2)
    is_close = span.first > 1 and _are_next(page, span.first - 2)
    is_of_another = is_close and before[:1].isupper() and before not in _OPENERS
    if noun in _WRITTEN_LARGE:
        noun = noun.lower()  # "District Khyber"
    return None if is_of_another else _NOUNS_BEFORE.get(noun)


def _are_next(page: Page, index: int) -> bool:
    """Return whether nothing but a space stands between a word and the next."""
    return page.text[page.tokens[index][1] : page.tokens[index + 1][0]] == " "


#: behind a name in brackets the unit word that is the name's before it: "Mu Traw (Hpapun) District"
_BRACKETED: Final = re.compile(r"\)[ \n](\w+)")
_NOUNS_BEFORE: Final = {
    **dict.fromkeys(
        "district distt tehsil taluka taluk upazila kecamatan kabupaten municipio municipality cercle commune amphoe caza qada woreda hromada raion "
        "department departamento".split(),
        "ADM2",
    ),
    **dict.fromkeys("province governorate oblast wilaya wilayat changwat".split(), "ADM1"),
}
_WRITTEN_LARGE: Final = frozenset(["District", "Distt", "Tehsil", "Taluka", "Upazila"])
_OPENERS: Final = frozenset(["In", "From", "The", "Of", "At"])


def _unit_before(page: Page, span: Span) -> str | None:
    """Return what the words before a name make of it: "the village of X" a village, "a village of X" a unit.

    "The villages of X and Y" are villages, "villages in X" lie in a unit.
    """
    link, noun = lower_word(page, span.first - 1), lower_word(page, span.first - 2)
    if noun in _ALWAYS_PARTS:
        return ANY_UNIT
    if noun in _PARTS_OF_TOWNS and span.name.has_seat:
        return None if lower_word(page, span.first - 3) in _FRACTIONS else "P"
    if noun in _PARTS:
        before = [lower_word(page, index) for index in range(span.first - 3, span.first - 7, -1)]
        article = next((word for word in before if word in _ARTICLES), "")
        is_one_of_many = noun.endswith("s") or link == "in"
        if article in _INDEFINITE or (is_one_of_many and article not in ("the", "nearby")):
            return ANY_UNIT
    unit = UNIT_WORDS.get(noun) if link in ("of", "de", "du") else None
    named = page.ends.get(span.first - 3) if noun in _OF_ANOTHER else None
    if named is not None and _are_next(page, named.last):  # "the Korabelnyi district of Kherson"
        return "P" if any(option.type == "quarter" for option in named.name.options) else None
    if unit == "P" and noun.endswith("s") and span.name.group == "country":
        return None  # "the towns of Syria" are many, and lie in it
    return unit


#: the type of a name that a unit of any level has
ANY_UNIT: Final = "ADM"
#: what lies in a unit: "a village of Pale", "villages in Marib"
_PARTS: Final = frozenset(
    "village villages hamlet hamlets town towns district districts settlements communities areas localities".split()
)
_INDEFINITE: Final = frozenset(["a", "an", "another", "one"])
_ARTICLES: Final = _INDEFINITE | frozenset(["the", "nearby"])
_ALWAYS_PARTS: Final = frozenset(["countryside", "hinterland"])
#: what lies in a town: "the residential quarters of El Fasher"
_PARTS_OF_TOWNS: Final = frozenset(
    "quarters neighbourhood neighbourhoods neighborhood neighborhoods suburb suburbs downtown".split()
)


#: behind a name it is this one's: "the Korabelnyi district of Kherson"
_OF_ANOTHER: Final = frozenset(["district", "raion"])
#: before "quarters" that are none of a town's: "three quarters of Gaza"
_FRACTIONS: Final = frozenset(["three", "two"])


def _tell_holders(page: Page, found: Sequence[tuple[Span, Clues]]) -> None:
    """Note what a village is said to lie in: "Thall in Hangu", "Haradh, Hajjah", "Kafr Qaddum (Qalqiliya)" are of the district, not of the town."""
    known: dict[tuple[str, str], bool] = {}  # names of many places, over and over
    for (span, _), (following, behind) in pairwise(found):
        if not following.name.has_seat:
            continue
        hint = _HOLDING.get(page.text[span.end : following.start].replace("\n", " "))
        is_list = hint == "<*holds," and _GOING_ON.match(page.text, following.end)
        if hint is None or is_list:
            continue
        pair = following.name.key, span.name.key
        if pair not in known:
            known[pair] = holds_village(following.name, span.name)
        if known[pair]:
            behind.hints.add(hint)


#: what stands between a village and what it lies in, and how that is worded; behind a comma a list can go on
_HOLDING: Final = {
    " in ": "<*holds",
    ", in ": "<*holds",
    " (": "<*holds",
    " in the ": "<*holds",
    ", ": "<*holds,",
}
_GOING_ON: Final = re.compile(r",? and |, | or |\), ")


def _share_in_lists(page: Page, found: Sequence[tuple[Span, Clues]]) -> None:
    """Give what stands behind a list to all of it: "the Juba and Harib districts of Marib", "A, B and C in the Y region".

    A holder counts for an earlier name only if it can hold it: a list can go on with a name that it does not.
    """
    for (span, clues), (following, behind) in pairwise(found):
        if page.text[span.end : following.start].replace("\n", " ") not in _LIST_GAPS:
            continue
        clues.listed.append(following.name)
        behind.listed.append(span.name)
        if _opens_plural(page, span) or clues.after_plural:
            behind.unit_types |= clues.unit_types
            behind.after_plural = True
    for (span, clues), (following, behind) in zip(
        reversed(found[:-1]), reversed(found[1:]), strict=True
    ):
        if page.text[span.end : following.start].replace("\n", " ") not in _LIST_GAPS:
            continue
        if _ends_in_plural(page, following) or behind.in_plural:
            clues.unit_types |= behind.unit_types
            clues.in_plural = True
            clues.held_by += [holder for holder in behind.held_by if holder not in clues.held_by]
            continue
        clues.held_by += [
            holder
            for holder in behind.held_by
            if holder not in clues.held_by
            and any(not holder.holds.isdisjoint(option.areas) for option in span.name.options)
        ]


def _led(
    page: Page,
    found: Sequence[tuple[Span, Clues]],
    may_lead: Callable[[Span, Clues], bool],
    begins: Callable[[Span, list[str]], bool],
) -> Iterator[tuple[Name, Span, Clues]]:
    """Yield what stands in a sentence behind the name that it begins with, with that name.

    Args:
        page: The article.
        found: Its mentions.
        may_lead: Whether a mention is one that can lead its sentence: asked of each that no other leads.
        begins: Whether a sentence begins so, by that mention and the words before it.
    """
    sentences = None
    lead, until = None, 0
    for span, clues in found:
        if lead is not None and span.start < until:
            if span.name is not lead:
                yield lead, span, clues
            continue
        lead = None
        if not may_lead(span, clues):
            continue
        sentences = sentences or sentences_of(page.text)
        low, high = sentences.bounds(span.start, span.end)
        if begins(span, page.text[low : span.start].split()):
            lead, until = span.name, high


def _share_openings(page: Page, found: Sequence[tuple[Span, Clues]]) -> None:
    """Put the lists of a sentence into the unit that it opens with: "In the Sumy region, A, B and C were shelled", "Sumy region: A, B"."""

    def may_lead(span: Span, clues: Clues) -> bool:
        return bool(clues.unit_types & _UNIT_WORDS and span.name.holds)

    def begins(span: Span, before: list[str]) -> bool:
        return before in _OPENINGS or (not before and page.text.startswith(":", span.end))

    for opening, _, clues in _led(page, found, may_lead, begins):
        if clues.listed and not clues.held_by:
            clues.opened = opening


def _share_leads(page: Page, found: Sequence[tuple[Span, Clues]]) -> None:
    """Put what a sentence names into the unit that it begins with: "In Benue, herders raided Yelwata and Guma"."""

    def may_lead(span: Span, _clues: Clues) -> bool:
        return span.name.group == "adm1" and page.text.startswith(",", span.end)

    for lead, span, clues in _led(page, found, may_lead, lambda _, before: before in _OPENINGS):
        is_elsewhere = span.name.group in _KNOWN_EVERYWHERE  # "In Maine, talks with Moscow"
        if not (clues.held_by or clues.opened or is_elsewhere):
            clues.leading = lead


_KNOWN_EVERYWHERE: Final = frozenset(["country", "adm1", "metropolis", "adjective"])


def _share_sectors(page: Page, found: Sequence[tuple[Span, Clues]]) -> None:
    """Put what a sentence names near the town of its sector: "In the Kupiansk direction, A and B were stormed"."""

    def may_lead(span: Span, _clues: Clues) -> bool:
        return lower_word(page, span.last + 1) in SECTORS

    sectors = _led(page, found, may_lead, lambda _, before: before in _SECTOR_OPENINGS)
    for town, span, clues in sectors:
        is_elsewhere = span.name.group in _KNOWN_EVERYWHERE
        if not (clues.vicinity or clues.held_by or is_elsewhere):
            clues.vicinity = vicinity_of_sector(town)


#: words before the sector that a sentence is about
_SECTOR_OPENINGS: Final = ([], *([word, "the"] for word in ("In", "On", "Along", "Across")))
_UNIT_WORDS: Final = frozenset(["ADM1", "ADM2"])
#: words before a unit that a sentence is about
_OPENINGS: Final = (["In"], ["In", "the"], ["Across"], ["Across", "the"], ["Throughout", "the"])


def _opens_plural(page: Page, span: Span) -> bool:
    """Return whether a unit word in the plural stands before a name: "the provinces of X, Y", "four provinces of Yemen, X, Y"."""
    return (
        lower_word(page, span.first - 1) in ("of", "de", "du")
        and lower_word(page, span.first - 2) in PLURAL_UNITS
    )


def _ends_in_plural(page: Page, span: Span) -> bool:
    """Return whether the last name of a list takes a unit word in the plural with it, or has one behind it."""
    last = lower_word(page, span.last)
    return last in PLURAL_UNITS or lower_word(page, span.last + 1) in (PLURAL_UNITS | _PLURAL_TOWNS)


_PLURAL_TOWNS: Final = frozenset(["cities", "towns", "villages"])
_LIST_GAPS: Final = frozenset([", ", " and ", ", and ", " or ", " & ", " et ", " y "])


#: a "Washington-based" group sits in a town
_BASED_GAPS: Final = ("-", "_")
#: what follows a dateline's town: "PARIS (AFP) —", "PARIS —", "PARIS, France —"
_DATELINE_GAPS: Final = ("(", "—", "–", "-", ",", ":")


def find_all_clues(page: Page, spans: Iterable[tuple[Span, Around]]) -> list[tuple[Span, Clues]]:
    """Return the mentions of an article in its order, each with what stands beside it and in its lists."""
    found = [(span, _find_clues(page, span, around)) for span, around in spans]
    _tell_holders(page, found)
    tell_leads(page, [(span, clues.hints) for span, clues in found])
    for (_, clues), chain in zip(
        found, find_chains(page, [span for span, _ in found]), strict=True
    ):
        clues.chain = None if clues.held_by else chain
    _share_in_lists(page, found)
    _share_openings(page, found)
    _share_leads(page, found)
    _share_sectors(page, found)
    return found

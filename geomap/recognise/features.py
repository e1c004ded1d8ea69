"""The visible features: one small function for each, and one list that composes them.

A feature of a span is a string such as ``before=in``; it is there or it is not. Each has a weight in
weights.json, learned from annotated news; a span's score is the sum of the weights of its features.
"""

from __future__ import annotations

import re
from bisect import bisect
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.gazetteer.layout import OTHER_MARK
from geomap.languages.words import SUFFIX
from geomap.recognise.lexicon import ORGANISATION_HEADS, person_grades
from geomap.recognise.name_features import OTHER_SCRIPTS
from geomap.recognise.options import area_level
from geomap.recognise.page import PLACE_BEFORE, word_class
from geomap.recognise.roads import ends_road

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from geomap.recognise.names import Name
    from geomap.recognise.page import Around, Page
    from geomap.recognise.spans import Span

__all__ = ["FAMILIES", "Family", "is_in_other_language", "same_name_features", "span_features"]

# Each function below returns one feature of a span, or None.


def before(_page: Page, _span: Span, around: Around) -> str | None:
    """Return the word before, and what stands between."""
    return f"before={around.start_gap}{around.before}"


def before_group(_page: Page, span: Span, around: Around) -> str | None:
    """Return the word before, by what kind of name it is."""
    return f"before={around.start_gap}{around.before}&{span.name.group}"


def before_two(_page: Page, _span: Span, around: Around) -> str | None:
    """Return the two words before."""
    return f"before2={around.before2}" if around.start_gap == "_" else None


def after(_page: Page, _span: Span, around: Around) -> str | None:
    """Return the word after, and what stands between."""
    return f"after={around.end_gap}{around.after}"


def after_group(_page: Page, span: Span, around: Around) -> str | None:
    """Return the word after, by what kind of name it is."""
    return f"after={around.end_gap}{around.after}&{span.name.group}"


def suffix(_page: Page, _span: Span, around: Around) -> str | None:
    """Return whether a Turkish case suffix stands behind an apostrophe, as behind names alone."""
    return "language=suffix" if around.after == SUFFIX else None


def after_two(_page: Page, _span: Span, around: Around) -> str | None:
    """Return the second word after."""
    return f"after2={around.after2}" if around.end_gap == "_" else None


def object_of(_page: Page, span: Span, around: Around) -> str | None:
    """Return what is done to it, or what happens there: "captured X", "clashes in X", by kind of name."""
    if around.start_gap != "_":
        return None
    if around.before in _DEEDS:
        return f"object={around.before}&{span.name.group}"
    return f"event={around.before2}&{around.before}" if around.before2 in _DEEDS else None


def passive(_page: Page, span: Span, around: Around) -> str | None:
    """Return what was done to it: "X was shelled", "X came under fire"."""
    if around.end_gap != "_" or around.after not in _PASSIVES or around.after2 not in _DEEDS:
        return None
    return f"passive={around.after2}&{span.name.group}"


_DEEDS: Final = frozenset(["assault", "reach", "move", "event", "aid"])
_PASSIVES: Final = frozenset("was were is are be been being has had have".split())


def both_sides(_page: Page, _span: Span, around: Around) -> str | None:
    """Return the words on both sides."""
    return f"between={around.start_gap}{around.before}&{around.end_gap}{around.after}"


def placed(_page: Page, _span: Span, around: Around) -> str | None:
    """Return what follows a name behind a preposition of place: "officials in Geneva said"."""
    if around.before not in PLACE_BEFORE or around.start_gap != "_":
        return None
    return f"placed={around.end_gap}{around.after}"


def placed_person(_page: Page, span: Span, around: Around) -> str | None:
    """Return how common a first name stands alone behind a preposition of place."""
    if around.before not in PLACE_BEFORE or around.start_gap != "_" or around.run_after:
        return None
    grade = next((f[6:] for f in span.name.features if f.startswith("first=")), "many")
    return f"placed_first={grade}"


def shape(_page: Page, span: Span, around: Around) -> str | None:
    """Return how the name is written."""
    surface = span.surface
    if surface.isupper():
        return f"shape=capitals{min(len(surface), 5)}&{span.name.group}"
    if surface[0].islower():
        return "shape=lower&run" if around.run_before else "shape=lower&alone"
    return f"shape=title&{span.name.group}"


def is_in_other_language(name: Name) -> bool:
    """Tell a name in another script, or an adjective of another language than English."""
    return name.key[:1] == OTHER_MARK or name.key >= OTHER_SCRIPTS


def language(_page: Page, span: Span, _around: Around) -> str | None:
    """Return whether the name is of another script or in Kurdish letters, or an adjective elsewhere."""
    if span.name.key[0] == OTHER_MARK:
        return "language=adjective" if not span.surface[0].isupper() else None
    if span.name.key[0] >= OTHER_SCRIPTS:
        return "language=script"
    is_listed = span.name.group not in ("alt", "loose")
    return "language=kurdish" if is_listed and not _KURDISH.isdisjoint(span.surface) else None


#: letters that Kurdish shares with few languages; listed names that have them are hardly English words
_KURDISH: Final = frozenset("êîû")


def sentence_start(_page: Page, span: Span, around: Around) -> str | None:
    """Return whether the name opens a sentence, where any word has a capital."""
    if around.start_gap in (".", "n", "“", '"', "!", "?", "•", "*"):
        if span.name.is_adjective and around.after not in _OBJECTS:  # "Polish troops left"
            return "opens&word=adjective"
        word = next((f for f in span.name.features if f.startswith("word=")), "word=many")
        return f"opens&{word}"
    return None


#: words behind a verb, not behind an adjective: "Polish the table"
_OBJECTS: Final = frozenset(
    "the a an this that these those it its his her their our your my up off".split()
)


def given_name(_page: Page, span: Span, around: Around) -> str | None:
    """Return whether a first name that is a country's or unit's too stands before one unknown name."""
    if (
        len(around.run_after) != 1
        or around.end_gap != "_"
        or around.after not in ("Capital", "First", "Last")
        or around.before in PLACE_BEFORE
        or span.name.group not in _GIVEN
        or not 0 < person_grades().get(span.name.key.strip(), (0, 0))[0] <= _WELL_KNOWN
    ):
        return None
    return f"given={span.name.group}"


_GIVEN: Final = frozenset(["country", "adm1", "metropolis"])
#: first names up to this grade are known to everybody
_WELL_KNOWN: Final = 5


def person_run(_page: Page, _span: Span, around: Around) -> str | None:
    """Return whether capitalised words stand beside it, as in a person's name."""
    left = word_class(around.run_before[0]) if around.run_before else "-"
    right = word_class(around.run_after[0]) if around.run_after else "-"
    return f"run={left}&{right}" if left != "-" or right != "-" else None


def run_lengths(_page: Page, span: Span, around: Around) -> str | None:
    """Return how many capitalised words run on to either side."""
    left, right = len(around.run_before), len(around.run_after)
    return f"run={min(left, 3)},{min(right, 3)}&{span.name.group}" if left or right else None


def organisation_after(_page: Page, _span: Span, around: Around) -> str | None:
    """Return how near the head of an organisation's name follows."""
    for distance, word in enumerate(around.run_after):
        if word.lower() in ORGANISATION_HEADS:
            return f"organisation_after={min(distance, 2)}"
    return None


def organisation_before(_page: Page, _span: Span, around: Around) -> str | None:
    """Return how near the head of an organisation's name stands before ("University of")."""
    for distance, word in enumerate(around.run_before):
        if word.lower() in ORGANISATION_HEADS:
            link = "linked" if distance and around.run_before[0].islower() else "joined"
            return f"organisation_before={min(distance, 2)}&{link}"
    return None


def elsewhere_person(page: Page, span: Span, _around: Around) -> str | None:
    """Return whether the same word is a person's last name elsewhere in the article."""
    return f"elsewhere=person&{span.name.group}" if span.surface in page.persons else None


def elsewhere_place(page: Page, span: Span, _around: Around) -> str | None:
    """Return whether the same word stands after "in" or the like elsewhere."""
    return f"elsewhere=place&{span.name.group}" if span.surface in page.after_in else None


def acronym(page: Page, span: Span, _around: Around) -> str | None:
    """Return whether the article explains the word as short for several others: "the X Y Army (BLA)"."""
    return f"acronym={span.name.group}" if span.surface in page.acronyms else None


def repeats(page: Page, span: Span, _around: Around) -> str | None:
    """Return how often the article holds this word."""
    return f"times={min(page.counts[span.surface], 4)}"


def _holds(whole: Span, part: Span) -> bool:
    """Tell whether one name can be a country or unit with a place of the other name in it."""
    holds = whole.name.holds
    return bool(holds) and any(
        not holds.isdisjoint(option.areas)
        for option in part.name.options
        if option.type != "country"
    )


def inside_next(page: Page, span: Span, around: Around) -> str | None:
    """Return whether the next name, after a comma, is a unit or country that holds this place."""
    if around.end_gap not in (",", "_"):
        return None
    following = page.starts.get(span.last + 1)
    if following is not None and _holds(following, span):
        return f"inside_next={around.end_gap}&{following.name.group}"
    return None


def holds_previous(page: Page, span: Span, around: Around) -> str | None:
    """Return whether this is the unit or country of the place before the comma."""
    if around.start_gap not in (",", "_"):
        return None
    previous = page.ends.get(span.first - 1)
    if previous is not None and _holds(span, previous):
        return f"holds_previous={around.start_gap}&{span.name.group}"
    return None


def name_after(page: Page, span: Span, around: Around) -> str | None:
    """Return the kind of the name that follows at once."""
    following = page.starts.get(span.last + 1)
    return None if following is None else f"name_after={around.end_gap}{following.name.group}"


def name_before(page: Page, span: Span, around: Around) -> str | None:
    """Return the kind of the name that precedes at once."""
    previous = page.ends.get(span.first - 1)
    return None if previous is None else f"name_before={around.start_gap}{previous.name.group}"


def listed(page: Page, span: Span, around: Around) -> str | None:
    """Return the kind of name that this one is joined with by "and" or a comma."""
    tokens = page.tokens
    if around.before in ("and", "or") and around.start_gap == "_":
        other = page.ends.get(span.first - 2)
        if other is not None:
            return f"listed_with={other.name.group}"
    if around.after in ("and", "or") and around.end_gap == "_" and span.last + 2 < len(tokens):
        other = page.starts.get(span.last + 2)
        if other is not None:
            return f"listed_with={other.name.group}"
    return None


def framed(page: Page, span: Span, around: Around) -> str | None:
    """Return whether it is the second of "between A and B" behind the name of a known place."""
    if around.before != "and" or around.start_gap != "_":
        return None
    other = page.ends.get(span.first - 2)
    if other is None or other.name.group not in _KNOWN_GROUPS or other.first == 0:
        return None
    return "framed=between" if page.tokens[other.first - 1][2] in ("between", "Between") else None


#: groups of names that hardly are anything else than a place's
_KNOWN_GROUPS: Final = frozenset(["country", "adm1", "adm2", "metropolis", "city"])


#: what stands behind the town that a report begins with: "PEMBA, Mozambique, 12 Feb (Agency) — ", "PEMBA, March 3: "
_REPORT_HEAD: Final = re.compile(
    r"(?:, [A-Z][\w.'’-]{1,25}(?: [A-Z][\w.'’-]{1,25}){0,2})?"
    r"(?P<date>,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)?"
    r"(?P<agency>,? ?\([^()\n]{2,40}\))?(?: ?[—–:]| -{1,2} )"
)


def report_head(page: Page, span: Span, around: Around) -> str | None:
    """Return whether a line begins with the name and a date or an agency, then a dash or a colon: what a report's place stands in."""
    if around.start_gap != "n":
        return None
    head = _REPORT_HEAD.match(page.text, span.end)
    if head is None:
        return None
    return f"report_head={bool(head['date'])}&{bool(head['agency'])}"


def counted(page: Page, span: Span, _around: Around) -> str | None:
    """Return whether a count stands behind it, as behind others nearby: "Baidoa 9,870 ◦ Luuq 3,960"."""
    return f"counted={span.name.group}" if page.listings.is_counted(page.text, span.end) else None


def unit_list(page: Page, span: Span, _around: Around) -> str | None:
    """Return whether it stands in a list that a word for units opens: "by locality", "districts of arrival:"."""
    unit = page.listings.unit_of(page.text, span.start, span.end)
    return None if unit is None else f"unit_list={span.name.group}"


def road_end(page: Page, span: Span, _around: Around) -> str | None:
    """Return whether it is one end of a road: "the Bannu - Miranshah Road"."""
    return f"road_end={span.name.group}" if ends_road(page, span) else None


def in_named_area(page: Page, span: Span, _around: Around) -> str | None:
    """Return whether the article names the unit or country in which such a place lies."""
    name, named = span.name, page.named
    if name.group in _WHOLE:
        times = max((named[area] for area in name.holds), default=0)
        return f"named={min(times, 3)}&{name.group}"
    best = 0
    for area in named:
        if area in name.areas and area not in name.holds:
            best = max(best, area_level(area) + 1)
    return f"in_named={best}&{name.group}"


_WHOLE: Final = frozenset(["country", "adjective", "abbreviation"])


def person_elsewhere(page: Page, span: Span, around: Around) -> str | None:
    """Return whether the word is part of a person's full name somewhere in the article."""
    if span.surface in page.whole:
        if span.name.group in ("country", "adm1"):
            return f"full_name={span.name.group}&{span.surface in page.after_in}"
        return f"full_name={around.end_gap in ('_', chr(39) + 's') and around.after == 'say'}"
    return None


class Family(NamedTuple):
    """Features that look at the same few things: what those are, and the features.

    A scorer adds the weights of a family up once for each ``key`` and keeps the sum; a family
    without a key is worked out anew for each span. Where the key is None, no feature is there.
    """

    key: Callable[[Page, Span, Around], Hashable] | None
    features: tuple[Callable[[Page, Span, Around], str | None], ...]


def _left(_page: Page, span: Span, around: Around) -> Hashable:
    return around.start_gap, around.before, around.before2, span.name.group


def _right(_page: Page, span: Span, around: Around) -> Hashable:
    return around.end_gap, around.after, around.after2, span.name.group


def _sides(_page: Page, _span: Span, around: Around) -> Hashable:
    return around.start_gap, around.before, around.end_gap, around.after


def _placed(_page: Page, span: Span, around: Around) -> Hashable:
    if around.before not in PLACE_BEFORE or around.start_gap != "_" or around.run_after:
        return None
    return around.before, span.name.key


def _form(_page: Page, span: Span, around: Around) -> Hashable:
    return span.surface, span.name.key, around.start_gap, bool(around.run_before)


def _given(_page: Page, span: Span, around: Around) -> Hashable:
    if span.name.group not in _GIVEN or len(around.run_after) != 1:
        return None
    return span.name.key, span.name.group, around.end_gap, around.after, around.before


def _runs(_page: Page, span: Span, around: Around) -> Hashable:
    before, after = around.run_before, around.run_after
    return (before, after, span.name.group) if before or after else None


def _elsewhere(page: Page, span: Span, around: Around) -> Hashable:
    surface = span.surface
    return (
        surface in page.persons,
        surface in page.after_in,
        surface in page.whole and (around.end_gap, around.after),
        min(page.counts[surface], 4),
        surface in page.acronyms,
        span.name.group,
    )


def _neighbours(page: Page, span: Span, around: Around) -> Hashable:
    following = page.starts.get(span.last + 1)
    previous = page.ends.get(span.first - 1)
    if following is None and previous is None:
        return None
    return (
        following and (around.end_gap, following.name.group),
        previous and (around.start_gap, previous.name.group),
    )


FAMILIES: Final = (
    Family(_left, (before, before_group, before_two, object_of)),
    Family(_right, (after, after_group, after_two, suffix, passive)),
    Family(_sides, (both_sides, placed)),
    Family(_placed, (placed_person,)),
    Family(_form, (shape, sentence_start, language)),
    Family(_given, (given_name,)),
    Family(_runs, (person_run, run_lengths, organisation_after, organisation_before)),
    Family(_elsewhere, (elsewhere_person, elsewhere_place, person_elsewhere, repeats, acronym)),
    Family(_neighbours, (name_after, name_before)),
    Family(
        None,
        (
            inside_next,
            holds_previous,
            listed,
            framed,
            report_head,
            counted,
            unit_list,
            road_end,
            in_named_area,
        ),
    ),
)


def span_features(page: Page, span: Span, around: Around) -> list[str]:
    """Return the features that a span has in its article; those of its name come with the name."""
    found = [feature(page, span, around) for family in FAMILIES for feature in family.features]
    return [name for name in found if name is not None]


def same_name_features(spans: Sequence[Span], scores: Sequence[float]) -> list[tuple[str, ...]]:
    """Return features for a second look at each span: how the same name scores elsewhere.

    What is a person or a word once is likely so throughout an article, and so is a place.
    """
    best: dict[str, tuple[float, float]] = {}
    for span, score in zip(spans, scores, strict=True):
        top, second = best.get(span.name.key, (_NEVER, _NEVER))
        best[span.name.key] = (score, top) if score > top else (top, max(score, second))
    found: list[tuple[str, ...]] = []
    for span, score in zip(spans, scores, strict=True):
        top, second = best[span.name.key]
        other = second if score == top else top
        level = -1 if other == _NEVER else bisect(_BOUNDS, other)
        found.append(_SAME_NAME[span.name.is_adjective][level])
    return found


_NEVER: Final = -99.0
_BOUNDS: Final = (-3.0, -1.5, -0.5, 0.5, 1.5, 3.0)
_LEVELS: Final = (*map(str, range(len(_BOUNDS) + 1)), "none")
#: for names and for adjectives, the features of each level; the last is for names that stand once
_SAME_NAME: Final = tuple(
    tuple((f"same_name={level}", f"same_name={level}&{kind}") for level in _LEVELS)
    for kind in ("name", "adjective")
)

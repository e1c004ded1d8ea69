"""The visible features: one small function for each, and one list that composes them.

A feature of a span is a string such as ``before=in``; it is there or it is not. Each has a weight in
weights.json, learned from annotated news; a span's score is the sum of the weights of its features.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.geoparse.lexicon import (
    ORGANISATION_HEADS,
    WORD_CLASSES,
    person_grades,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geomap.geoparse.recognise import Span
    from geomap.text import Token

__all__ = [
    "SPAN_FEATURES",
    "Around",
    "Page",
    "look_around",
    "read_page",
    "second_features",
    "span_features",
]


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


_classes: dict[str, str] = {}


def word_class(word: str) -> str:
    """Return the class of a neighbouring word: from the closed lists, else by its shape."""
    known = _classes.get(word)
    if known is None:
        if len(_classes) > 100_000:
            _classes.clear()
        lower = word.lower()
        known = WORD_CLASSES.get(lower)
        if known is None:
            known = _shape(word)
            if known == "Capital":
                first, last = person_grades().get(lower, (0, 0))
                if lower in ORGANISATION_HEADS:
                    known = "Organisation"
                elif first and first <= 4:
                    known = "First"
                elif last and last <= 3:
                    known = "Last"
        elif word[0].isupper() and known != "date":
            known = (
                known.capitalize()
                if known in ("title", "street") or known.startswith("unit")
                else known
            )
        _classes[word] = known
    return known


_GAPS: Final = {
    " ": "_",
    "\u00a0": "_",
    "  ": "_",
    ", ": ",",
    "-": "-",
    ". ": ".",
    "\n": "n",
    "": "",
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
    are named outright, ``whole`` persons' full names by each of their words.
    """

    __slots__ = (
        "after_in", "counts", "ends", "named", "persons", "spans", "starts", "text", "tokens", "whole",
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
        self.named: Counter[tuple[str, ...]] = Counter(
            area for span in spans if span.name.group in _NAMING for area in span.name.holds
        )


_NAMING: Final = frozenset(["country", "adm1", "adjective", "abbreviation"])


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
_RUN_LINKS: Final = frozenset(["of", "for", "and", "the", "&", "de", "al", "in", "on"])


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
        if owner and step < 0:
            break
        if word[0].isupper():
            words += held
            words.append(word)
            held = []
            if owner:
                break
        elif (
            word in _RUN_LINKS
            and len(held) < 2
            and (words or held or word in ("of", "for", "and", "in"))
        ):
            held.append(word)
        else:
            break
        previous = index
        index += step
    return tuple(words)


def read_page(
    text: str, tokens: Sequence[Token], spans: Sequence[Span]
) -> tuple[Page, list[Around]]:
    """Return the article as the features see it, and the neighbourhood of each span."""
    page = Page(text, tokens, spans)
    neighbourhoods = [look_around(page, span) for span in spans]
    for span, around in zip(spans, neighbourhoods, strict=True):
        if around.start_gap == "_" and around.before in _PERSON_BEFORE:
            page.persons.add(span.surface)
        if _looks_like_first_name(span, around):
            page.whole.add(span.surface)
        elif around.start_gap == "_" and around.before in _PLACE_BEFORE and not around.run_after:
            page.after_in.add(span.surface)
    return page, neighbourhoods


def _looks_like_first_name(span: Span, around: Around) -> bool:
    """Tell a word with one or two unknown capitalised words after it, and no place around it."""
    return (
        span.name.group in ("town", "city", "metropolis", "alt", "loose")
        and around.end_gap == "_"
        and around.after in ("Capital", "Last")
        and len(around.run_after) <= 2
        and around.before not in _PLACE_BEFORE
        and not any(word.lower() in ORGANISATION_HEADS for word in around.run_after)
    )


_PERSON_BEFORE: Final = frozenset(["First", "title", "Title", "Initial"])
_PLACE_BEFORE: Final = frozenset(["in", "near", "from", "to", "into", "across", "outside"])

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


def after_two(_page: Page, _span: Span, around: Around) -> str | None:
    """Return the second word after."""
    return f"after2={around.after2}" if around.end_gap == "_" else None


def both_sides(_page: Page, _span: Span, around: Around) -> str | None:
    """Return the words on both sides."""
    return f"between={around.start_gap}{around.before}&{around.end_gap}{around.after}"


def shape(_page: Page, span: Span, around: Around) -> str | None:
    """Return how the name is written."""
    surface = span.surface
    if surface.isupper():
        return f"shape=capitals{min(len(surface), 5)}&{span.name.group}"
    if surface[0].islower():
        return "shape=lower&run" if around.run_before else "shape=lower&alone"
    return f"shape=title&{span.name.group}"


def sentence_start(_page: Page, span: Span, around: Around) -> str | None:
    """Return whether the name opens a sentence, where any word has a capital."""
    if around.start_gap in (".", "n", "“", '"', "!", "?", "•", "*"):
        word = next((f for f in span.name.features if f.startswith("word=")), "word=many")
        return f"opens&{word}"
    return None


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


def in_named_area(page: Page, span: Span, _around: Around) -> str | None:
    """Return whether the article names the unit or country in which such a place lies."""
    name = span.name
    if name.group in _WHOLE:
        times = max((page.named[area] for area in name.holds), default=0)
        return f"named={min(times, 3)}&{name.group}"
    best = 0
    for area in name.areas:
        if area in page.named and area not in name.holds:
            best = max(best, len(area))
    return f"in_named={best}&{name.group}"


_WHOLE: Final = frozenset(["country", "adjective", "abbreviation"])


def person_elsewhere(page: Page, span: Span, around: Around) -> str | None:
    """Return whether the word is part of a person's full name somewhere in the article."""
    if span.surface in page.whole:
        return f"full_name={around.end_gap in ('_', chr(39) + 's') and around.after == 'say'}"
    return None


SPAN_FEATURES: Final[tuple[Callable[[Page, Span, Around], str | None], ...]] = (
    before,
    before_group,
    before_two,
    after,
    after_group,
    after_two,
    both_sides,
    shape,
    sentence_start,
    person_run,
    run_lengths,
    organisation_after,
    organisation_before,
    elsewhere_person,
    elsewhere_place,
    repeats,
    inside_next,
    holds_previous,
    name_after,
    name_before,
    listed,
    in_named_area,
    person_elsewhere,
)


def span_features(page: Page, span: Span, around: Around) -> list[str]:
    """Return the features that a span has in its article; those of its name come with the name."""
    found = [feature(page, span, around) for feature in SPAN_FEATURES]
    return [name for name in found if name is not None]


def second_features(
    spans: Sequence[Span], scores: Sequence[float]
) -> list[list[tuple[str, float]]]:
    """Return features for a second look at each span: its score, and that of the same name elsewhere.

    What is a person or a word once is likely so throughout an article, and so is a place.
    """
    best: dict[str, tuple[float, float]] = {}
    for span, score in zip(spans, scores, strict=True):
        top, second = best.get(span.name.key, (_NEVER, _NEVER))
        best[span.name.key] = (score, top) if score > top else (top, max(score, second))
    found = []
    for span, score in zip(spans, scores, strict=True):
        top, second = best[span.name.key]
        other = second if score == top else top
        bucket = "none" if other == _NEVER else str(sum(other >= bound for bound in _BOUNDS))
        kind = "adjective" if span.name.is_adjective else "name"
        found.append(
            [
                ("bias", 1.0),
                ("score", score),
                (f"same_name={bucket}", 1.0),
                (f"same_name={bucket}&{kind}", 1.0),
            ]
        )
    return found


_NEVER: Final = -99.0
_BOUNDS: Final = (-3.0, -1.5, -0.5, 0.5, 1.5, 3.0)

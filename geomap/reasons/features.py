"""Reasons in plain words: what each feature of a span or a candidate says, and which one decided.

A feature's name is a key of weights.json (``inside_next``, ``before=_in&town``): its family, then
what was seen. ``PLAIN_REASONS`` words the families that are said in one phrase, ``_VALUED`` those whose
value matters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.gazetteer.classes import place_type
from geomap.reasons.plain import PLAIN_REASONS
from geomap.recognise.lexicon import WORD_CLASSES
from geomap.recognise.reporting import describe_deed
from geomap.resolve.levels import describe_hint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geomap.model import Candidate, Resolution

__all__ = [
    "Lead",
    "explain_feature",
    "find_lead",
    "has_phrase",
    "word_decision",
    "word_lead",
    "word_type",
]


class Lead(NamedTuple):
    """The feature that sets the best candidate apart from the second most, and by how much.

    ``speaks_for`` tells a feature that adds to the best from one that takes from the second.
    """

    feature: str
    amount: float
    rival: Candidate
    speaks_for: bool


def find_lead(candidates: Sequence[Candidate]) -> Lead | None:
    """Return what sets the first candidate apart from the second; None where nothing does."""
    if len(candidates) < 2:
        return None
    first, second = (
        {item.feature: item.value * item.weight for item in candidate.evidence}
        for candidate in candidates[:2]
    )
    leads = {
        name: first.get(name, 0.0) - second.get(name, 0.0) for name in sorted({*first, *second})
    }
    best = max(leads, key=leads.__getitem__, default=None)
    if best is None or leads[best] <= 0:
        return None
    return Lead(best, leads[best], candidates[1], first.get(best, 0.0) > 0)


def word_lead(candidates: Sequence[Candidate]) -> str:
    """Say in a sentence what decided between candidates, the best of which come first."""
    if not candidates:
        return "no place has this name"
    if len(candidates) == 1:
        return "the only candidate"
    lead = find_lead(candidates)
    if lead is None:
        return "nothing that sets the best apart from the second: its place in the list"
    what = f"{explain_feature(lead.feature)} ({lead.feature})"
    if lead.speaks_for:
        return f"{what}, where it leads {lead.rival.place.id} by {lead.amount:.2f}"
    return f"{what}, which costs {lead.rival.place.id} {lead.amount:.2f} more"


def word_decision(resolution: Resolution) -> str:
    """Say what decided on the place of a mention."""
    if resolution.candidates or resolution.place is None:
        return word_lead(resolution.candidates)
    details = (sign.detail for sign in resolution.span_evidence if sign.feature != "kind")
    return next(filter(None, details), "no candidates were kept: Geoparser(evidence=True) does")


# The words that values are made of.

_GROUPS: Final = {
    "country": "a country or continent",
    "adm1": "a province or state",
    "adm2": "a district or county",
    "metropolis": "a city of over 200,000",
    "city": "a city of over 20,000",
    "town": "a town or village",
    "water": "a river, lake or sea",
    "region": "a region",
    "facility": "a hospital, a base, a bridge or the like",
    "alt": "a place that has another main name",
    "loose": "a place in a looser spelling",
    "abbreviation": "an abbreviation",
    "adjective": "an adjective or an inhabitant",
    "phrase": "a phrase that is no place",
}
_TYPES: Final = {
    "country": "a country",
    "adm1": "a province or state",
    "adm2": "a district or county",
    "city": "a city, town or village",
    "quarter": "a part of a city",
    "water": "a river, lake or sea",
    "region": "a region, a mountain or another feature",
    "continent": "a continent",
}
_GAPS: Final = {
    "_": "",
    "": ", joined",
    ",": " and a comma",
    "-": " and a hyphen",
    ".": " and a full stop",
    "n": " and a line break",
    "(": " and a bracket",
    ")": " and a bracket",
    "'s": " and “’s”",
    "'": " and an apostrophe",
}
_SHAPES: Final = {
    "edge": "nothing: the text begins or ends",
    "year": "a year",
    "number": "a number",
    "Owner": "a capitalised word with ’s",
    "owner": "a word with ’s",
    "Initial": "an initial",
    "letter": "a letter",
    "CAPITALS": "a word in capitals",
    "Capital": "a capitalised word",
    "-ing": "a word in -ing",
    "-ed": "a word in -ed",
    "-s": "a word in -s",
    "word": "an ordinary word",
    "Organisation": "a word such as “University” or “Party”",
    "First": "a person’s first name",
    "Last": "a person’s last name",
    "date": "a day or month",
    "title": "a title such as “president”",
    "Title": "a title such as “President”",
    "say": "a word such as “said”",
    "site": "a word such as “garrison”",
    "head": "a word such as “kibbutz”",
    "street": "a word such as “road”",
    "Street": "a word such as “Road”",
    "people": "a word such as “residents”",
    "suffix": "a Turkish case ending",
    "reach": "a word such as “left” or “captured”",
    "unitadm1": "a word such as “province”",
    "unitadm2": "a word such as “district”",
    "unitp": "a word such as “town”",
    "unith": "a word such as “river”",
    "units": "a word such as “airport”",
    "unitt": "a word such as “desert”",
}
_CLASSES: Final = frozenset((*WORD_CLASSES.values(), *_SHAPES, "-"))
_GRADES: Final = ("not", "very commonly", "commonly", "often", "at times", "rarely", "hardly")


def _split_gap(value: str) -> tuple[str, str]:
    """Split the class of a gap from the class of the word beyond it.

    >>> _split_gap("_in"), _split_gap("'ssay"), _split_gap("-ed"), _split_gap("nedge")
    (('_', 'in'), ("'s", 'say'), ('', '-ed'), ('n', 'edge'))
    """
    for length in (2, 1):
        gap, word = value[:length], value[length:]
        if (gap in _GAPS or length == 1) and (word in _CLASSES or word in _GROUPS):
            return gap, word
    return ("", value) if value in _CLASSES or value[:1].isalnum() else (value[:1], value[1:])


def _word(name: str) -> str:
    """Word the class of a neighbour; a class that is a word stands for itself."""
    if name.lower().startswith("unit"):
        name = name.lower()
    return _SHAPES.get(name, f"“{name}”")


def _neighbour(value: str) -> str:
    gap, word = _split_gap(value)
    return _word(word) + _GAPS.get(gap, f" and “{gap}”")


def _group(name: str) -> str:
    return _GROUPS.get(name, name)


def _as_name(group: str) -> str:
    """Word that a feature has a weight of its own for one kind of name."""
    return f" (counted for {_group(group)})" if group else ""


def _with_group(wording: Callable[[str], str]) -> Callable[[str], str]:
    """Add the kind of name to what words the rest of a value."""

    def worded(value: str) -> str:
        rest, _, group = value.rpartition("&")
        return f"{wording(rest)}{_as_name(group)}" if rest else wording(value)

    return worded


def _beside(side: str) -> Callable[[str], str]:
    return _with_group(lambda value: f"{side} it: {_neighbour(value)}")


def _between(value: str) -> str:
    left, _, right = value.partition("&")
    return f"it stands between {_neighbour(left)} and {_neighbour(right)}"


def _shape(value: str) -> str:
    shape, _, group = value.partition("&")
    if shape == "lower":
        return "it begins with a small letter"
    written = "in capitals" if shape.startswith("capitals") else "with a capital first"
    return f"it is written {written}{_as_name(group)}"


def _run(value: str) -> str:
    if "," in value:
        lengths, _, _ = value.partition("&")
        left, _, right = lengths.partition(",")
        return f"capitalised words run on: {left} before it, {right} after it"
    left, _, right = value.partition("&")
    sides = [
        f"{_word(word)} {side}"
        for word, side in ((left, "before"), (right, "after"))
        if word != "-"
    ]
    return f"it stands in a run of capitalised words, with {' and '.join(sides)}"


def _grade(noun: str) -> Callable[[str], str]:
    def worded(value: str) -> str:
        grade = _GRADES[min(int(value), len(_GRADES) - 1)] if value.isdigit() else value
        return "it is of several words" if value == "many" else f"it is {grade} {noun}"

    return _with_group(worded)


def _size(value: str) -> str:
    if value.startswith("none"):
        return "no place of this main name has a known population"
    bounds = ("", "1,000", "3,000", "10,000", "30,000", "100,000", "300,000", "1,000,000")
    index = min(int(value), len(bounds)) if value.isdigit() else 0
    if index == 0:
        return "the largest place of this name has fewer than 1,000 people"
    if index == len(bounds):
        return "the largest place of this name has over 3,000,000 people"
    return f"the largest place of this name has over {bounds[index]} people"


def _namesakes(value: str) -> str:
    counts = ("one place has", "two or three places have", "four or more places have")
    many = (*counts, "eight or more places have", "sixteen or more places have")
    return f"{many[min(int(value), 4)] if value.isdigit() else value} this name"


def _words(value: str) -> str:
    number, _, group = value.partition("&")
    noun = "word" if number == "1" else "words"
    return f"it is {number} {noun} long{_as_name(group)}"


def _length(value: str) -> str:
    if not value.isdigit():
        return "it has several words"
    letters = int(value) - 1  # a key of the gazetteer ends with a space
    return f"it has {letters} letters" + (" or more" if letters == _LONG else "")


_LONG: Final = 8


def _elsewhere(value: str) -> str:
    seen = "a person’s name" if value.startswith("person") else "a place (after “in” or the like)"
    return f"elsewhere in the article the same word is {seen}"


def _in_named(value: str) -> str:
    best = value.partition("&")[0]
    areas = {"1": "the country", "2": "the province or state"}
    if best not in areas:
        return "the article names no country or province in which such a place lies"
    return f"the article names {areas[best]} in which a place of this name lies"


def _named(value: str) -> str:
    number = value.partition("&")[0]
    often = {"0": "nowhere", "1": "once", "2": "twice"}.get(number, "three times or more")
    return f"the article names this country or province {often} by any of its names"


def _same_name(value: str) -> str:
    level = value.partition("&")[0]
    if not level.isdigit():
        return "the article has this name only once"
    likely = "unlikely" if int(level) <= 2 else "likely" if int(level) >= 4 else "uncertain"
    return f"where the article has the same name again, it is {likely} to be a place"


_LANGUAGES: Final = {
    "adjective": "it is an adjective of a language other than English",
    "script": "it is written in another script, which has few words that are names by chance",
    "suffix": "a Turkish case ending stands behind its apostrophe, as behind names alone",
}


def _chain(wording: str) -> Callable[[str], str]:
    return lambda value: f"{wording} ({_group(value.rpartition('&')[2])})"


_LISTINGS: Final = {
    "main": "the name is the place’s main name",
    "listed": "the name is listed for the place",
    "generated": "the name is a spelling that a rule gives",
    "other": "the name is another name of the place",
    "none": "the name is no usual one of the place",
}

_VALUED: Final[dict[str, Callable[[str], str]]] = {
    "acronym": lambda _: "the article explains it as short for several words",
    "backed": lambda value: (
        "other names speak for its country or province"
        if value.startswith("True")
        else "no other name speaks for its country or province"
    ),
    "deed": lambda value: (
        f"what it does: a word of the kind “{value.partition('&')[0].lstrip('+')}”"
    ),
    "asked": lambda value: f"before it: a word of the kind “{value.partition('&')[0]}”",
    "framed": lambda _: "it is the second of two places, behind “between”",
    "counted": lambda _: "a count stands behind it, as behind others nearby",
    "unit_list": lambda _: "it stands in a list of units",
    "road_end": lambda _: "it is one end of a road",
    "report_head": lambda _: "a report begins with it and a date, an agency or a dash",
    "side": lambda _: "a direction stands before it, as in “eastern”",
    "list": lambda value: (
        f"before the list that it goes on: a word of the kind “{value.partition('&')[0]}”"
    ),
    "chain": lambda _: "the country or province that it lies in stands behind a comma",
    "headed": lambda value: (
        f"before it: “{value.split('&')[0]}” behind a longer name"
        + (f" with a word of the kind “{value.split('&')[1]}”" if value.split("&")[1] else "")
    ),
    "joined": lambda value: (
        "it stands in the name of a road"
        if value.startswith("road")
        else "it is joined with another name by “and” or a hyphen"
    ),
    "of_word": lambda value: f"before “of”: “{value}”",
    "next": lambda value: f"the word behind it: “{value}”",
    "last2": lambda value: f"two words before it: “{value}”",
    "led": lambda value: f"an office or people behind it: “{value.partition('&')[0].rstrip('12')}”",
    "listed_deed": lambda value: f"what its list does: “{value.partition('&')[0].lstrip('+')}”",
    "of": lambda value: f"before “of”: {value.partition('&')[0] or 'nothing that tells'}",
    "cue": lambda _: "the words around it make it a place",
    "spelling": lambda _: "it is spelt nearly like a place nearby",
    "event": lambda value: f"before it: {describe_deed(value)} and a small word",
    "held": lambda value: (
        "it lies in what the text puts it in"
        if value.startswith("True")
        else "it does not lie in what the text puts it in"
    ),
    "hint": describe_hint,
    "in_run": lambda value: (
        f"in the capitalised words beside it: a word of the kind “{value.partition('&')[2]}”"
    ),
    "names": lambda value: _LISTINGS.get(value, value),
    "object": lambda value: f"what is done to it: {describe_deed(value)}",
    "others": lambda value: f"the article has {value.partition('&')[0]} or more other places",
    "ours": lambda value: (
        "geomap’s own tables list the name"
        if value.startswith("True")
        else "geomap’s own tables do not list the name"
    ),
    "owns": lambda value: f"what it owns: {value.partition('&')[0] or 'nothing that tells'}",
    "passive": lambda value: f"what was done to it: {describe_deed(value)}",
    "rest": lambda value: f"the name has {value} other candidates (3: or more)",
    "rule": lambda value: f"the rules of senses say: {value.partition(':')[2] or value}",
    "whole": lambda value: f"it is {'a country' if value == 'country' else f'a {value}'}",
    "after": _beside("after"),
    "after2": lambda value: f"two words after it: {_word(value)}",
    "before": _beside("before"),
    "before2": lambda value: f"two words before it: {_word(value)}",
    "between": _between,
    "elsewhere": _elsewhere,
    "ends": lambda value: f"it ends with “{value}”",
    "first": _grade("a person’s first name"),
    "kunya": _grade("a person’s name behind “Abu” or “Umm”"),
    "full_name": lambda _: (
        "it looks like the start of a person’s full name somewhere in the article"
    ),
    "given": lambda _: "it is a well-known first name too, and an unknown name follows",
    "group": lambda value: f"it can be the name of {_group(value)}",
    "holds_previous": _chain("the place before the comma lies in it"),
    "in_named": _in_named,
    "inside_next": _chain("the next name is a country or province that holds such a place"),
    "language": lambda value: _LANGUAGES.get(value, f"it is of another language ({value})"),
    "last": _grade("a person’s last name"),
    "length": _length,
    "listed_with": lambda value: f"it is joined by “and” or “or” with {_group(value)}",
    "name_after": lambda value: f"the name of {_neighbour_name(value)} follows at once",
    "name_before": lambda value: f"the name of {_neighbour_name(value)} precedes at once",
    "named": _named,
    "namesakes": _namesakes,
    "opens&word": lambda _: "it opens a sentence, where any word has a capital",
    "organisation_after": lambda _: "a word such as “University” or “Party” follows",
    "organisation_before": lambda _: "a word such as “University of” stands before it",
    "placed": lambda value: (
        f"it stands behind a preposition of place; after it: {_neighbour(value)}"
    ),
    "placed_first": lambda value: (
        f"it stands alone behind a preposition of place; {_grade('a person’s first name')(value)}"
    ),
    "run": _run,
    "same_name": _same_name,
    "shape": _shape,
    "size": _size,
    "times": lambda v: f"the article has it {v} times" if v != "1" else "the article has it once",
    "type": lambda value: f"it is {_TYPES.get(value, value)}",
    "word": _grade("an ordinary word of the language"),
    "words": _words,
}


def _neighbour_name(value: str) -> str:
    return _group(_split_gap(value)[1])


_NEAR: Final = re.compile(r"near_(?P<reach>\d+)km(?P<share>_share)?")


def _find_phrase(feature: str) -> str | None:
    family, equals, value = feature.partition("=")
    if equals:
        wording = _VALUED.get(family)
        return None if wording is None else wording(value)
    if family.startswith("population&"):
        return f"its population, as it counts for {_TYPES.get(family[11:], family[11:])}"
    near = _NEAR.fullmatch(family)
    if near:
        within = f"within {near['reach']} km"
        if near["share"]:
            return f"share of the article’s other places that are {within}"
        return f"how many of the article’s other places are {within}, damped"
    return PLAIN_REASONS.get(family)


def explain_feature(feature: str) -> str:
    """Say what a feature means in words that a student understands.

    A feature without a phrase is given as it is.

    >>> explain_feature("country_named")
    'the article names its country'
    >>> explain_feature("before=_in")
    'before it: “in”'
    >>> explain_feature("after=,Capital&town")
    'after it: a capitalised word and a comma (counted for a town or village)'
    """
    return _find_phrase(feature) or feature


def word_type(feature_code: str) -> str:
    """Say what kind of place a GeoNames feature code means.

    >>> word_type("PPLC"), word_type("ADM1")
    ('a city, town or village', 'a province or state')
    """
    kind = place_type(feature_code)
    return _TYPES.get(kind, kind)


def has_phrase(feature: str) -> bool:
    """Tell whether a feature is said in plain words."""
    return _find_phrase(feature) is not None

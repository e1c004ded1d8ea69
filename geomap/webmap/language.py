"""The page's language: its tables of words, and what Python itself has to write in it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "Language", "find_language"]

#: languages of the page's own words; the first serves all others
LANGUAGES: Final = ("en", "ar", "de", "fr", "tr")
_RIGHT_TO_LEFT: Final = frozenset({"ar"})
#: the thousands of a number, as the page's script groups them
_GROUPING: Final = {"en": ",", "ar": ",", "de": ".", "fr": "\u202f", "tr": "."}
#: a text of the page in its markup
_SLOT: Final = re.compile(r"\[\[([a-z.]+)\]\]")


@dataclass(frozen=True, slots=True)
class Language:
    """The words of a page."""

    tag: str
    strings: Mapping[str, str | Mapping[str, str]]

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``; a page whose words do not follow its language stays as it is."""
        is_turned = bool(self.strings) and self.tag.partition("-")[0] in _RIGHT_TO_LEFT
        return "rtl" if is_turned else "ltr"

    @property
    def locale(self) -> str:
        """What the script's formats go by: the days of the common calendar, digits as in tables."""
        spoken = "en-GB" if self.tag == "en" else self.tag
        return f"{spoken}-u-ca-gregory-nu-latn"

    def word(self, key: str, number: int) -> str:
        """A text that goes with a whole number."""
        language = self.tag.partition("-")[0]
        forms: Any = self.strings[key]
        form = forms.get(_plural(language, number), forms["other"])
        return str(form).replace("{n}", f"{number:,}".replace(",", _GROUPING[language]))

    def fill(self, markup: str) -> str:
        """Put the words into markup, where ``[[key]]`` stands."""
        return _SLOT.sub(lambda match: escape(str(self.strings[match[1]])), markup)

    def to_meta(self, *keys: str) -> dict[str, Any]:
        """What the page's script needs: all words, or those of some keys."""
        strings = {key: self.strings[key] for key in keys or self.strings}
        return {"locale": self.locale, "strings": strings}


def find_language(tag: str) -> Language:
    """The words for a BCP 47 tag; English for a language that has none here.

    >>> find_language("ar-SY").direction, find_language("pt-BR").tag
    ('rtl', 'en')
    """
    language = tag.partition("-")[0].lower()
    if language not in LANGUAGES:
        tag = language = LANGUAGES[0]
    return Language(tag, _read_strings(language))


@cache
def _read_strings(language: str) -> dict[str, Any]:
    table = resources.files("geomap.webmap").joinpath("strings", f"{language}.json")
    strings: dict[str, Any] = json.loads(table.read_text("utf-8"))
    return strings


def _plural(language: str, number: int) -> str:
    """The form of Unicode's plural rules that a whole number takes."""
    if language == "ar":
        named = {0: "zero", 1: "one", 2: "two"}
        ending = number % 100
        return named.get(number, "few" if 3 <= ending <= 10 else "many" if ending > 10 else "other")
    if language == "fr":
        return "one" if number < 2 else "many" if number and number % 10**6 == 0 else "other"
    return "one" if number == 1 else "other"

"""Names of countries and places in the page's language, where our tables have them.

``local_names.json`` is made of them by ``gazetteer/build/local_names.py``.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["country_names", "is_english", "place_names"]

_ENGLISH: Final = "en"


def country_names(lang: str) -> Mapping[str, str]:
    """Names of countries by their ISO codes, in English for a language that has none here.

    >>> country_names("fr")["SY"], country_names("pt")["SJ"]
    ('Syrie', 'Svalbard and Jan Mayen')
    """
    countries = _read_names()["countries"]
    return countries.get(_main(lang), countries[_ENGLISH])


def place_names(lang: str) -> Mapping[str, str]:
    """Names of places by their ids, none for English, in which the gazetteer is.

    >>> place_names("de-AT")["geonames:172955"], len(place_names("en"))
    ('Rakka', 0)
    """
    return _read_names()["places"].get(_main(lang), {})


def is_english(lang: str) -> bool:
    """Whether a language tag is one of English, in which the gazetteer's names are."""
    return _main(lang) == _ENGLISH


def _main(lang: str) -> str:
    return lang.partition("-")[0].lower()


@cache
def _read_names() -> dict[str, dict[str, dict[str, str]]]:
    text = resources.files("geomap.webmap").joinpath("local_names.json").read_text("utf-8")
    names: dict[str, dict[str, dict[str, str]]] = json.loads(text)
    return names

"""The keys under which a place's names are kept, and what each is for it."""

import pytest

from geomap.gazetteer.keys import ARABIC_COUNTRIES, name_keys
from geomap.gazetteer.layout import (
    ABBREVIATION,
    ADJECTIVE,
    ALTERNATE,
    EXACT_MARK,
    LOOSE_MARK,
    MAIN,
    OTHER_MARK,
    OWN,
)
from geomap.gazetteer.sources import SourcePlace


def keys_of(name, *names, **fields):
    given = {"id": "geonames:1", "feature": "PPL", "lat": 1.0, "lon": 2.0}
    return dict(name_keys(SourcePlace(name=name, names=names, **given | fields)))


@pytest.mark.parametrize(
    ("lang", "name", "key", "bits"),
    [
        ("en", "Milltown", "milltown ", OWN),
        ("und", "Milltown", "milltown ", OWN),
        ("ar", "الطاحونة", "الطاحونه ", OWN),
        ("alt", "Milltown", "milltown ", ALTERNATE),
        ("adj", "Miller", "miller ", ADJECTIVE),
        ("abbr", "M.I.L.", f"{EXACT_MARK}M.I.L.", ABBREVIATION),
        ("adj-de", "Mühler", f"{OTHER_MARK}muhler ", ADJECTIVE),
        ("gen-de", "Mühles", f"{OTHER_MARK}muhles ", OWN),
        ("zh", "磨", "磨 ", OWN),
    ],
)
def test_a_name_is_kept_under_its_key(lang, name, key, bits):
    assert keys_of("Mill", (lang, name)) == {"mill ": MAIN, key: bits}


@pytest.mark.parametrize(
    ("lang", "name"),
    [
        ("alt", "MIL"),
        ("alt", "milltown"),
        ("alt", "42"),
        ("alt", "M"),
        ("alt", "x" * 81),
        ("alt", "мельница"),
        ("en", "M"),
        ("en", "’"),
        ("en", ""),
    ],
)
def test_codes_and_what_nobody_writes_are_no_names(lang, name):
    assert keys_of("Mill", (lang, name)) == {"mill ": MAIN}


def test_a_person_vouches_for_main_names_adjectives_and_abbreviations():
    names = (("adj", "Miller"), ("abbr", "M.I.L."), ("alt", "Milltown"))
    assert keys_of("Mill", *names, own=True) == {
        "mill ": MAIN | OWN,
        "miller ": ADJECTIVE | OWN,
        f"{EXACT_MARK}M.I.L.": ABBREVIATION | OWN,
        "milltown ": ALTERNATE,
    }


def test_what_one_key_is_adds_up():
    assert keys_of("Mîll", ("alt", "Mill"), ("en", "MILL")) == {"mill ": MAIN | ALTERNATE | OWN}


@pytest.mark.parametrize("country", sorted(ARABIC_COUNTRIES))
def test_arabic_names_are_kept_in_a_looser_spelling_too(country):
    keys = keys_of("Tell al-Qamh", country=country)
    assert keys[f"{LOOSE_MARK}til kamh "] == MAIN


@pytest.mark.parametrize(
    ("name", "country"), [("Tell al-Qamh", "FR"), ("Idk", "SY"), ("تل القمح", "SY")]
)
def test_other_names_are_not(name, country):
    assert not any(key.startswith(LOOSE_MARK) for key in keys_of(name, country=country))

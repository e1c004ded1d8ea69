"""Spellings that rules give: each rule does what its example says, and what is listed comes first."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer import Index
from geomap.gazetteer.build import build_index
from geomap.gazetteer.keys import name_keys
from geomap.gazetteer.layout import GENERATED, MAIN, OWN
from geomap.gazetteer.sources import SourcePlace
from geomap.gazetteer.spellings import LANGUAGES, RULES, generate_spellings
from geomap.text import fold_name

EVERY_RULE = [(language, rule) for language, rules in RULES.items() for rule in rules]


@pytest.mark.parametrize(
    ("language", "rule"), EVERY_RULE, ids=lambda item: getattr(item, "example", [item])[0]
)
def test_each_rule_does_what_its_example_says(language, rule):  # noqa: ARG001 - the id of the test
    before, after = rule.example
    changed = rule.pattern.sub(rule.replacement, before)
    assert changed != before
    assert before == before.lower()
    assert fold_name(changed) == after or after in map(fold_name, _all_changes(before))


def _all_changes(name):
    """Return what any rules of any language make of a name together."""
    found = set()
    for rules in RULES.values():
        for size in range(1, 5):
            for chosen in itertools.combinations(rules, size):
                text = name
                for rule in chosen:
                    text = rule.pattern.sub(rule.replacement, text)
                found.add(text)
    return found


def test_countries_have_known_languages():
    assert {language for languages in LANGUAGES.values() for language in languages} <= set(RULES)
    assert all(len(country) == 2 and country.isupper() for country in LANGUAGES)


@pytest.mark.parametrize(
    ("name", "country", "spelling"),
    [
        ("kupiansk", "UA", "kupyansk"),
        ("al fashir", "SD", "el fasher"),
        ("an nuhud", "SD", "al nuhud"),
        ("umm ruwaba", "SD", "um ruwaba"),
        ("qutayfah", "SY", "qutayfa"),
        ("baardheere", "SO", "bardhere"),
        ("laukkai", "MM", "laukkaing"),
        ("lashkar gah", "AF", "lashkargah"),
        ("khasavyurt", "RU", "hasavyurt"),
        ("Şırnak", "TR", "shirnak"),
        ("Çukurca", "TR", "chukurja"),
        ("Cizre", "TR", "jizre"),
        ("Cizîrê", "TR", "jizire"),
        ("Xaneqîn", "IQ", "khaneqin"),
        ("Qamişlo", "SY", "qamishlo"),
        ("Mexmûr", "IQ", "mekhmur"),
        ("Şahoyê", "IR", "shahoye"),
    ],
)
def test_spellings_of_news_are_among_them(name, country, spelling):
    mark = "ku" if country in ("IQ", "SY", "IR") else ""
    assert spelling in list(generate_spellings(name, country, mark))


@pytest.mark.parametrize(
    ("name", "country", "mark"),
    [("Aş Şuwayrah", "IQ", ""), ("As Suwayda", "SY", "main"), ("Sarwan", "IR", ""), ("Bucak", "GR", "ku")],
)  # fmt: skip
def test_what_is_not_kurdish_is_not_spelt_as_kurdish(name, country, mark):
    found = list(generate_spellings(name, country, mark))
    assert not [
        spelling for spelling in found if "sh s" in spelling or "v" in spelling or "j" in spelling
    ]


def test_a_letter_that_is_no_c_is_not_spelt_as_one():
    assert list(generate_spellings("Çanakkale", "TR")) == ["chanakkale"]


@pytest.mark.parametrize(
    ("name", "country"),
    [("kupiansk", "GB"), ("kupiansk", ""), ("qobo", "ET"), ("куп'янськ", "UA"), ("q" * 41, "SD"), ("", "SD")],
)  # fmt: skip
def test_some_names_have_no_further_spellings(name, country):
    assert list(generate_spellings(name, country)) == []


letters = st.text("abcdefghiklmnoqrstuwxyz ", min_size=1, max_size=45)


@given(letters, st.sampled_from(sorted(LANGUAGES)))
def test_spellings_are_few_and_others_and_always_the_same(name, country):
    found = list(generate_spellings(name, country))
    assert found == list(generate_spellings(name, country))
    assert len(found) == len(set(found)) <= 16
    assert name not in found
    assert all(len(spelling) >= 4 for spelling in found)


def place_of(key, name, country, **fields):
    given_fields = {"id": key, "name": name, "country": country, "lat": 1.0, "lon": 2.0, "feature": "PPL"}  # fmt: skip
    return SourcePlace(**given_fields | fields)


def test_spellings_are_marked_as_generated():
    keys = name_keys(place_of("geonames:1", "Kupiansk", "UA"))
    assert keys["kupiansk "] == MAIN
    assert keys["kupyansk "] == GENERATED | OWN


def test_a_listed_name_is_not_generated():
    keys = name_keys(place_of("geonames:1", "Kupiansk", "UA", names=(("alt", "Kupyansk"),)))
    assert not keys["kupyansk "] & GENERATED


def test_abbreviations_and_adjectives_of_other_languages_have_no_further_spellings():
    names = (("abbr", "KUPIANSK"), ("adj-de", "Kupiansker"), ("alt", "Kupianske"))
    keys = name_keys(place_of("geonames:1", "Kiev", "UA", names=names))
    assert not any(bits & GENERATED for bits in keys.values())


def test_names_are_spelt_by_the_letters_that_their_source_writes():
    names = (("ku", "Qilaban"), ("ku", "Şirnex"), ("tr", "Sirnak"))
    keys = name_keys(place_of("geonames:1", "Şırnak", "TR", names=names))
    generated = {key for key, bits in keys.items() if bits & GENERATED}
    assert generated == {"shirnak ", "shirnex ", "shirnekh ", "sirnekh "}


def test_generated_names_yield_to_listed_ones(tmp_path):
    ukrainian = place_of("geonames:1", "Kupiansk", "UA", population=9_000)
    rows = [ukrainian, place_of("geonames:2", "Kupyansk", "RU")]
    index = Index(build_index(rows, tmp_path / "x", description={}))
    assert [place.id for place in index.search("Kupyansk")] == ["geonames:2"]
    alone = Index(build_index([ukrainian], tmp_path / "y", description={}))
    assert [place.id for place in alone.search("Kupyansk")] == ["geonames:1"]


def test_several_places_share_a_generated_name_largest_first(tmp_path):
    rows = [place_of(f"geonames:{n}", "Kupiansk", "UA", population=n * 1000) for n in (1, 3, 2)]
    index = Index(build_index(rows, tmp_path / "x", description={}))
    assert [index.place(row).population for row, _ in index.find("kupyansk ")] == [3000, 2000, 1000]

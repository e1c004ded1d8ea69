"""Other forms of a word: pure rules by script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.languages.inflection import (
    MAY_HOLD_PARTICLE,
    is_inflected_adjective,
    lower_case_names,
    may_inflect,
    name_bounds,
    stems,
)
from geomap.recognise.particles import split_particles
from geomap.text import tokenize

#: a word, one of the forms that it must be looked up in, and where the name stands in it
FORMS = [
    ("وحلب", "حلب", "حلب"),
    ("بالموصل", "الموصل", "الموصل"),
    ("والرقة", "الرقة", "الرقة"),
    ("وبالرقة", "الرقة", "الرقة"),
    ("لحلب", "حلب", "حلب"),
    ("كبيروت", "بيروت", "بيروت"),
    ("للعراق", "العراق", "للعراق"),
    ("وللعراق", "العراق", "وللعراق"),
    ("Rakka'da", "Rakka", "Rakka"),
    ("Suriye’nin", "Suriye", "Suriye"),
    ("Halep'ten", "Halep", "Halep"),
    ("Musul'un", "Musul", "Musul"),
    ("Ankara'daki", "Ankara", "Ankara"),
    ("Almanya'ya", "Almanya", "Almanya"),
    ("Reqayê", "Reqa", "Reqayê"),
    ("Qamişloyê", "Qamişlo", "Qamişloyê"),
    ("Helebê", "Heleb", "Helebê"),
    ("d'Alep", "Alep", "Alep"),
    ("L'Irak", "Irak", "Irak"),
    ("qu’Istanbul", "Istanbul", "Istanbul"),
    ("Мосуле", "Мосул", "Мосуле"),
    ("Раккой", "Ракка", "Раккой"),
    ("КИЕВА", "Киев", "КИЕВА"),
    ("Москвы", "Москва", "Москвы"),
    ("Сирии", "Сирия", "Сирии"),
    ("Эрбилем", "Эрбиль", "Эрбилем"),
    ("Запорожья", "Запорожье", "Запорожья"),
    ("Києва", "Київ", "Києва"),
    ("Львові", "Львів", "Львові"),
    ("Сирією", "Сирія", "Сирією"),
    ("Туреччини", "Туреччина", "Туреччини"),
    ("Ракці", "Ракка", "Ракці"),
    ("сирийского", "сирийский", "сирийского"),
    ("іракської", "іракський", "іракської"),
]
UNCHANGED = [
    "Mosul",
    "O'Neill",
    "Assad's",
    "Ma'arrat",
    "Qur'an",
    "Iraqs",
    "حلب",
    "café",
    "東京",
    "'",
    "é",
]


@pytest.mark.parametrize(("word", "form", "name"), FORMS)
def test_a_word_is_looked_up_without_its_affixes(word, form, name):
    assert form in stems(word)
    start, end = name_bounds(word, form)
    assert word[start:end] == name


@pytest.mark.parametrize("word", UNCHANGED)
def test_other_words_have_no_other_form(word):
    assert stems(word) == ()


@given(word=st.text(min_size=1, max_size=60))
def test_any_word_can_be_asked_for(word):
    found = stems(word)
    assert word not in found
    assert all(len(form) >= 3 for form in found)
    assert may_inflect(word) or found == ()
    for form in found:
        start, end = name_bounds(word, form)
        assert 0 <= start < end <= len(word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Assad's men in Aleppo said O'Neill's song isn't", True), ("a café in Aleppo", False), ("d'Alep", True)],
)  # fmt: skip
def test_few_texts_are_searched_for_particles(text, expected):
    assert bool(MAY_HOLD_PARTICLE.search(text)) is expected


def test_a_text_without_particles_keeps_its_words(geoparser):
    tokens = tokenize("The café in Aleppo, O'Neill's, isn't Assad's.")
    assert split_particles(geoparser._names, "café", tokens) is tokens
    assert split_particles(geoparser._names, "Aleppo's 'the", tokens) == tokens


def test_particles_are_words_of_their_own(geoparser):
    text = "Rakka'da d'Alep وحلب"
    tokens = split_particles(geoparser._names, text, tokenize(text))
    assert [surface for _, _, surface in tokens] == ["Rakka", "'da", "d'", "Alep", "و", "حلب"]
    assert all(text[start:end] == surface for start, end, surface in tokens)


def test_lower_case_names_are_a_closed_list_of_latin_words():
    found = lower_case_names()
    assert {"syrische", "irakien", "turca", "mer"} <= found
    assert all(word[0].islower() for word in found)
    assert found.isdisjoint({"china", "polish", "turkey", "the", "in", "die", "india"})


@pytest.mark.parametrize(
    ("word", "expected"), [("сирийских", True), ("місто", False), ("Syrian", False)]
)
def test_cyrillic_adjectives_are_told_by_their_ending(word, expected):
    assert is_inflected_adjective(word) is expected

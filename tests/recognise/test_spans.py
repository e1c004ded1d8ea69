"""Which stretches of a text are names of places, from where to where."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.layout import GENERATED
from geomap.recognise.features import span_features
from geomap.recognise.names import Names
from geomap.recognise.page import read_page
from geomap.recognise.score import SpanScorer
from geomap.recognise.spans import find_spans
from geomap.recognise.weights import shipped_weights
from geomap.recognise.written import find_written_span
from geomap.text import tokenize


@pytest.fixture(scope="module")
def names(gazetteer):
    return Names(gazetteer)


@pytest.fixture
def mentioned(geoparser):
    """Return a function from a text to the surfaces that are not embedded."""

    def find(text):
        parsed = geoparser.parse_text(text)
        return [item.mention.surface for item in parsed if item.mention.kind != "embedded"]

    return find


@pytest.fixture
def spanned(names):
    """Return a function from a text to the candidate spans."""

    def find(text, masks=()):
        return [span.surface for span in find_spans(names, text, tokenize(text), masks)]

    return find


def test_a_spelling_that_a_rule_made_yields_to_names_of_persons(names, gazetteer):
    # Şahin in Turkey would be spelt so, and so are thousands of men
    made = [gazetteer.find(f"{word} ") for word in ("shahin", "chukurja")]
    assert all(bits & GENERATED for postings in made for _, bits in postings)
    assert names.name("shahin ") is None
    assert names.name("chukurja ").options[0].country == "TR"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ALEPPO, Syria — Bakers lit three ovens on Monday.", ["ALEPPO", "Syria"]),
        ("MOSUL, Iraq (AP) — A school opened its doors.", ["MOSUL", "Iraq"]),
        ("GAZIANTEP (Reuters) - Traders cursed the rain.", ["GAZIANTEP"]),
        ("BEIRUT: Rain fell.", ["BEIRUT"]),
        ("LOS ANGELES -- Rain fell.", ["LOS ANGELES"]),
        ("She grew up in Paris, Texas, and left early.", ["Paris", "Texas"]),
        ("Mosul's market and Aleppo’s citadel were repaired.", ["Mosul", "Aleppo"]),
        ("Syria's Idlib was quiet on Sunday.", ["Syria", "Idlib"]),
        ("Trucks waited at the Turkish-Syrian border.", ["Turkish", "Syrian"]),
        ("A London-based charity sent blankets.", ["London"]),
        ("The bus from al-Bab reached al-Hasakah at noon.", ["al-Bab", "al-Hasakah"]),
        ("Residents of Al Bab and Al-Hasakeh waved.", ["Al Bab", "Al-Hasakeh"]),
        ("Trucks reached Ar-Raqqah before dark.", ["Ar-Raqqah"]),
        ("Fighters near Deir al-Zour and Dayr az-Zawr slept.", ["Deir al-Zour", "Dayr az-Zawr"]),
        ("Farmers from Erbil saw Kobanî and Şanlıurfa.", ["Erbil", "Kobanî", "Şanlıurfa"]),
        ("The storm hit Bowling Green, Ky., on Friday.", ["Bowling Green", "Ky."]),
        ("They met in Charleston, W.Va., again.", ["Charleston", "W.Va."]),
        ("St. Louis and Saint Louis lie in Missouri.", ["St. Louis", "Saint Louis", "Missouri"]),
        ("They crossed into Raqqa Governorate at night.", ["Raqqa Governorate"]),
        ("We met in Reading, England.", ["Reading", "England"]),
        ("We met in Nice, France.", ["Nice", "France"]),
        ("A fire broke out in Most, Czech Republic.", ["Most", "Czech Republic"]),
        ("Doctors in Geneva said that they had slept.", ["Geneva"]),
        ("The road from Ra's al-Ayn to Tell Abyad is long.", ["Ra's al-Ayn", "Tell Abyad"]),
        ("Жители приехали: Москва.", ["Москва"]),
        ("افتتح مخبز في دمشق اليوم", ["دمشق"]),
        ("المعرض في حلب مساء", ["حلب"]),
    ],
)
def test_names_of_places_are_found(mentioned, text, expected):
    assert mentioned(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Most people stayed. Nice weather helped. Of course it did. Reading is fun.",
        "Orange growers met. Of the ten, Split was last. Mobile phones rang.",
        "The fee is US$40, or A$60, for each visitor.",
        "Western officials were silent, and Northern winds blew.",
        "Eastern Northern Western Central",
        "Paris Hilton smiled at the cameras.",
        "Jack London wrote many stories.",
        "Mr. Washington said he was tired.",
        "Mrs. Florence Lansing baked bread.",
        "Sydney Smith, a plumber, fixed the pipes.",
        "He reads The Washington Post and the New York Times.",
        "The Raqqa Revolutionaries captured a bridge.",
        "Members of the Islamic State in Iraq and Syria fled.",
        "The Paris Agreement was signed.",
        "no capitals anywhere in aleppo or mosul",
        "",
        "\n \t",
        "12:30 — 45% …",
    ],
)
def test_what_names_no_place_is_left_alone(mentioned, text):
    assert mentioned(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deir ez-Zor", ["Deir ez-Zor"]),
        ("New York City", ["New York City"]),
        ("Deir\nez-Zor", ["Deir\nez-Zor"]),
        ("Deir\u00a0ez‑Zor", ["Deir\u00a0ez‑Zor"]),
        ("Raqqa, Mosul", ["Raqqa", "Mosul"]),
        ("US$40", []),
        ("Raqqa$", []),
        ("Raqqa's", ["Raqqa"]),
        ("RAQQA’S", ["RAQQA"]),
        ("Steele's", ["Steele"]),  # though there is a Steeles
        ("al-Bab", ["al-Bab"]),
        ("S\u0327anlıurfa", ["S\u0327anlıurfa"]),
        ("Ra\u00adqqa", ["Ra\u00adqqa"]),
        ("Aleppo province", ["Aleppo"]),
        ("Aleppo Governorate", ["Aleppo Governorate"]),
    ],
)
def test_the_bounds_of_candidates(spanned, text, expected):
    assert spanned(text) == expected


@pytest.mark.parametrize(
    ("masks", "expected"),
    [
        ((), ["Raqqa", "Mosul", "Aleppo"]),
        (((0, 5),), ["Mosul", "Aleppo"]),
        (((7, 12), (14, 20)), ["Raqqa"]),
        (((3, 4),), ["Mosul", "Aleppo"]),
        (((0, 20),), []),
        (((5, 7),), ["Raqqa", "Mosul", "Aleppo"]),
        (((0, 2), (2, 4), (19, 20)), ["Mosul"]),
    ],
)
def test_masked_stretches_yield_nothing(spanned, masks, expected):
    assert spanned("Raqqa, Mosul, Aleppo", masks) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Copyright 2017 Example News, London. All rights reserved.",
        "A bakery opened.\n\n© 2019 Paris Media Group. All rights reserved.",
    ],
)
def test_boilerplate_yields_nothing(geoparser, text):
    assert geoparser.parse_text(text) == ()


@pytest.mark.parametrize(
    ("given_text", "key"),
    [
        ("Raqqa", "raqqa"),
        ("Raqqa's", "raqqa"),
        ("the Netherlands", "the netherlands"),
        ("the city of Mosul", "mosul"),
        ("city of Mosul", "mosul"),
        ("Azaz town", "azaz"),
        ("northern Iraq", "iraq"),
        ("“Idlib”", "idlib"),
        ("U.S.", "\x02U.S."),
        ("Dair Azzour", "dair azzour"),
        ("Qwrtzpl", None),
        ("...", None),
    ],
)
def test_given_spans_are_looked_up_with_what_surrounds_the_name(names, given_text, key):
    text = f"From {given_text} on."
    span = find_written_span(names, text, tokenize(text), 5, 5 + len(given_text))
    assert (span and span.name.key.rstrip()) == key
    assert span is None or (span.start, span.end, span.surface) == (5, 5 + len(given_text), given_text)  # fmt: skip


PIECES = st.sampled_from(
    ["Raqqa", "al-", "Al ", "Deir ez-Zor", "New ", "York", "U.S.", "US$", "Ky.", "Syria's", "Turkish-", "Syrian",
     "حلب", "Москва", "北京", "Şanlı", "urfa", "S\u0327", " ", "\n\n", ", ", ". ", "the", " of ", "(", "’s", "St. ",
     "Louis", "Washington Post", "Governorate", "\u00ad", "😀", "\u200f", "Northern", "\x00", "a", "\r\n"]
)  # fmt: skip
STITCHED = st.lists(PIECES, max_size=25).map("".join)


@given(text=st.one_of(STITCHED, st.text(max_size=80)))
def test_candidates_are_where_they_say_and_never_overlap(names, text):
    tokens = tokenize(text)
    spans = find_spans(names, text, tokens, ())
    assert all(text[span.start : span.end] == span.surface for span in spans)
    assert all(span.surface and 0 <= span.first <= span.last < len(tokens) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))


@given(text=STITCHED, cuts=st.lists(st.integers(0, 200), max_size=6, unique=True))
def test_no_candidate_touches_a_mask(names, text, cuts):
    ordered = sorted(cuts)
    masks = [(a, b) for a, b in zip(ordered[::2], ordered[1::2], strict=False) if a < b]
    spans = find_spans(names, text, tokenize(text), masks)
    assert not [s for s in spans for low, high in masks if s.start < high and low < s.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jordan Ashworth, 14, won the spelling contest.", []),
        ("The sister of Jordan Ashworth lives in Jordan.", ["Jordan"]),
        ("The garden of Georgia Whitlock opens in May.", []),
        ("Poems of Virginia Ashdown were read aloud in Virginia.", ["Virginia"]),
        ("Buses from Jordan wait at the gate.", ["Jordan"]),
        ("She drove through Georgia and Virginia.", ["Georgia", "Virginia"]),
    ],
)
def test_a_person_who_is_called_like_a_country_is_none(mentioned, text, expected):
    assert mentioned(text) == expected


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Mr. Jordan waved.", "_title"),
        ("Gov. Jordan waved.", "_title"),
        ("Wait. Jordan waved.", ".capital"),
    ],
)
def test_the_full_stop_of_a_title_ends_no_sentence(names, text, group):
    tokens = tokenize(text)
    spans = find_spans(names, text, tokens, ())
    page, arounds = read_page(text, tokens, spans)
    [(span, around)] = zip(spans, arounds, strict=True)
    found = span_features(page, span, around)
    assert f"before={group}".lower() in {feature.lower() for feature in found}
    assert any(feature.startswith("opens&") for feature in found) == group.startswith(".")


def test_the_evidence_for_a_span_adds_up_to_its_score(names):
    text = "Mr. Jordan left Jordan. In Aleppo, the Jordanian said Aleppo was warm; Aleppo University agreed."
    tokens = tokenize(text)
    spans = find_spans(names, text, tokens, ())
    page, arounds = read_page(text, tokens, spans)
    scorer = SpanScorer(shipped_weights())
    scores = scorer.scores(page, spans, arounds)
    shown = scorer.evidence(page, spans, arounds)
    assert len(scores) == len(shown) >= 6
    for score, signs in zip(scores, shown, strict=True):
        assert math.isclose(sum(sign.value * sign.weight for sign in signs), score, abs_tol=1e-9)
        assert len({sign.feature for sign in signs}) == len(signs)
    assert any(sign.feature.startswith("same_name=") for signs in shown for sign in signs)


@pytest.mark.parametrize(
    "text",
    [
        "The Warsaw Pact had an orchestra of its own.",
        "The Geneva Conventions were read aloud at the school.",
        "The Kyoto Protocol was explained to the class.",
    ],
)
def test_treaties_and_the_like_that_are_named_for_a_town_are_no_town(mentioned, text):
    assert mentioned(text) == []


def test_a_possessive_ends_a_name_of_several_words(geoparser):
    text = "Saudi Arabia's king met Sierra Leone's president and Prince George's County's sheriff."
    found = [item.mention.surface for item in geoparser.parse_text(text)]
    assert found[:2] == ["Saudi Arabia", "Sierra Leone"]


def test_small_words_of_many_languages_join_a_name(geoparser):
    found = [item.mention.surface for item in geoparser.parse_text("Aid reached Port-au-Prince.")]
    assert found == ["Port-au-Prince"]


def test_an_article_before_a_longer_name_stays_outside(geoparser):
    found = geoparser.parse_text("The Mississippi River rose near Memphis, Tennessee.")
    assert found[0].mention.surface == "Mississippi River"
    assert found[0].place.feature == "STM"


@pytest.mark.parametrize(
    ("text", "states"),
    [
        (
            "Crews from Gary, IN, went to Portland, OR, and to Bangor, ME.",
            ["Indiana", "Oregon", "Maine"],
        ),
        ("FIRE IN PORTLAND, OR SO IT SEEMED.", []),
        ("They met in Portland, OR so it seems.", []),
    ],
)
def test_postal_codes_that_are_words_count_after_a_town_and_a_comma(geoparser, text, states):
    found = geoparser.parse_text(text)
    assert [item.place.name for item in found if len(item.mention.surface) == 2] == states


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("He fought in World War II and in Rome.", "II"),
        ("Henry Ford III opened a plant in Detroit.", "III"),
        ("The wall was built in 300 B.C. near Rome.", "B.C."),
        ("It fell in 70 AD in Judea.", "AD"),
        ("The state's other racetracks are in New Mexico.", "The state's"),
        ("The states voted on it in Ohio.", "The states"),
    ],
)
def test_numbers_eras_and_words_are_no_names(geoparser, text, surface):
    found = geoparser.parse_text(text)
    assert surface not in [item.mention.surface for item in found]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("He lives in Victoria, B.C., near Vancouver.", "B.C."),
        ("Flights to Khartoum International Airport resumed.", "Khartoum International Airport"),
        ("Rockets hit Baghdad International Airport on Monday.", "Baghdad International Airport"),
        ("Ain al-Asad Air Base was hit.", "Ain al-Asad Air Base"),
        ("Drones struck Aden International Airport.", "Aden International Airport"),
    ],
)
def test_names_that_look_like_others_are_found(geoparser, text, surface):
    assert surface in [item.mention.surface for item in geoparser.parse_text(text)]


def test_an_airport_without_a_name_is_none(geoparser):
    assert geoparser.parse_text("The International Airport and the New Airport closed.") == ()


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("Shelling hit eastern Ghouta.", "eastern Ghouta", "Eastern Ghouta"),
        ("Rockets flew toward the western Galilee.", "western Galilee", "Western Galilee"),
        ("Sirens sounded in southern Italy.", "Italy", "Italy"),
        ("Fighting went on in northern Syria.", "Syria", "Syria"),
    ],
)
def test_a_side_in_lower_case_belongs_to_the_name_of_a_region_alone(geoparser, text, surface, name):
    [item] = geoparser.parse_text(text)
    assert (item.mention.surface, item.place.name) == (surface, name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They entered Petite-Rivière de l'Artibonite in Haiti.", "Petite-Rivière de l'Artibonite"),
        ("They fled Saint-Michel de l'Attalaye in Haiti.", "Saint-Michel de l'Attalaye"),
        ("Il pleut à l'Artibonite.", "Artibonite"),
    ],
)
def test_an_article_inside_a_longer_name_stays_in_it(geoparser, text, expected):
    assert geoparser.parse_text(text)[0].mention.surface == expected

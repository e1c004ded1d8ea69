"""Units and towns of one name: what the words around them say."""

import pytest

from geomap.recognise.page import read_page
from geomap.recognise.particles import read_words
from geomap.recognise.spans import find_spans
from geomap.resolve.clues import find_all_clues
from geomap.resolve.levels import find_hints, find_predicate


@pytest.fixture(scope="module")
def level(geoparser):
    """Return a function from a text and a name to "unit" or "town" of its first mention."""

    def find(text, name):
        for item in geoparser.parse_text(text):
            if item.mention.surface.startswith(name) and item.place is not None:
                return "unit" if item.place.feature.startswith("ADM") else "town"
        return None

    return find


def around(geoparser, text, name):
    names = geoparser._names
    tokens = read_words(names, text)
    spans = find_spans(names, text, tokens, [])
    page, arounds = read_page(text, tokens, spans)
    return next((page, s, a) for s, a in zip(spans, arounds, strict=True) if s.surface == name)


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("They fled across Kherson on Friday.", {"<across"}),
        ("The governor of Kherson spoke.", {"<of governor", "<*office"}),
        ("A deputy for Kherson spoke.", {"<*office"}),
        ("Kherson airport was closed.", {">airport", ">*site"}),
        ("A column was heading for Kherson.", {"<*goal"}),
        ("Troops were closing in on Kherson.", {"<*goal"}),
        ("The wounded were taken to Kherson.", {"<*goal", "<to"}),
        ("New sites in Kherson took them.", {"<*counted", "<in"}),
        ("Kherson (129 households) and Odesa.", {">*count"}),
        ("Kherson 1,260, Odesa 136.", {">*count"}),
        ("In Kherson (2014) nobody was.", {"<in"}),
        ("They stood around Kherson.", {"<*goal", "<around"}),
        ("Fog lay 20 km south of Kherson.", set()),
        ("Fog lay south of Kherson.", {"<of side"}),
        ("Fog lay in the south of Kherson.", {"<of the side"}),
        ("Kherson's mayor spoke.", {">mayor", ">*site"}),
        ("Nobody spoke of Kherson.", set()),
    ],
)
def test_telling_words_beside_a_name(geoparser, text, hints):
    assert find_hints(*around(geoparser, text, "Kherson")) == hints


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kherson, a port city on the Dnipro, was shelled.", "P"),
        ("Kherson is a region of Ukraine.", "ADM1"),
        ("Kherson, the capital of a region, was shelled.", "P"),
        ("Kherson, capital of a region, was shelled.", "P"),
        ("Kherson, capital investors said, was quiet.", None),
        ("Kherson, a city councillor said, was shelled.", None),
        ("Kherson is a state company.", None),
        ("Kherson was quiet.", None),
        ("Fog lay 20 km south of Kherson.", "P"),
        ("Fog lay 20 miles from Kherson.", "P"),
    ],
)
def test_what_a_text_says_outright_that_a_name_is(geoparser, text, said):
    assert find_predicate(*around(geoparser, text, "Kherson")) == said


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Shells fell on Kherson overnight, Ukraine said.", "Kherson", "town"),
        ("The port city of Hodeidah in Yemen was quiet.", "Hodeidah", "town"),
        ("Trenches were dug 20 km south of Kherson in Ukraine.", "Kherson", "town"),
        ("Fog closed the airport of Idlib in Syria.", "Idlib", "town"),
        ("Four provinces of Yemen, Marib, Dhale and Taiz, saw fighting.", "Marib", "unit"),
        ("Four provinces of Yemen, Marib, Dhale and Taiz, saw fighting.", "Taiz", "unit"),
        ("Ukraine holds parts of the regions of Kherson and Donetsk.", "Donetsk", "unit"),
        ("Ukraine holds parts of the regions of Kherson and Donetsk.", "Kherson", "unit"),
        ("Idlib is a governorate in the north of Syria.", "Idlib", "unit"),
        ("Rain fell in the Donetsk and Luhansk regions of Ukraine.", "Donetsk", "unit"),
        ("Yemen's provinces of Marib and Dhale were cut off.", "Dhale", "unit"),
        ("Garissa and Wajir are counties in Kenya.", "Wajir", "unit"),
        ("Shells hit residential quarters of El Fasher in Sudan.", "El Fasher", "town"),
        ("Drones flew over the suburbs of Idlib in Syria.", "Idlib", "town"),
        ("Neighbourhoods in Hodeidah, Yemen, had no water.", "Hodeidah", "town"),
        ("Shells hit El Fasher, capital of North Darfur.", "El Fasher", "town"),
        ("Shells fell on three quarters of Idlib province in Syria.", "Idlib", "unit"),
        # no unit of that level is called so, but one of another is
        ("The counter-terrorism force of Bannu region in Pakistan spoke.", "Bannu", "unit"),
        ("Police of Mosul province in Iraq spoke.", "Mosul", "unit"),
    ],
)
def test_unit_or_town(level, text, name, expected):
    assert level(text, name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The strategic town of Palmyra fell.",
        "The ancient desert town of Palmyra fell.",
        "Soldiers left the town of Palmyra.",
    ],
)
def test_the_town_of_a_name_is_the_town_whatever_adjective_it_has(geoparser, text):
    [found] = geoparser.parse_text(text)
    assert (found.place.country, found.place.feature[:3]) == ("SY", "PPL")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gunmen raided a small remote village of Pale, Myanmar.", "Pale"),
        ("Villages in Marib, Yemen, were hit.", "Marib"),
        ("Two villages of Idlib in Syria were hit.", "Idlib"),
    ],
)
def test_a_village_of_a_name_lies_in_the_unit(level, text, name):
    assert level(text, name) == "unit"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        # districts, counties and provinces that news calls by their bare names
        (
            "Two soldiers died in an encounter in Kathua, Jammu and Kashmir, on Tuesday.",
            "Kathua",
            "unit",
        ),
        ("The army killed two militants in Doda, officials in Jammu said.", "Doda", "unit"),
        ("Rustlers drove the herd through Kotido, Karamoja.", "Kotido", "unit"),
        ("Gunmen killed six people in Lamu, Kenya, overnight.", "Lamu", "unit"),
        ("A roadside bomb wounded three rangers in Narathiwat, Thailand.", "Narathiwat", "unit"),
        # what says that the town is meant
        ("Shops in the town of Kathua stayed shut.", "Kathua", "town"),
        ("The bus left Garissa town for Nairobi.", "Garissa", "town"),
        ("The camp lies 20 km north of Narathiwat.", "Narathiwat", "town"),
        # a large town is meant by its name
        ("Traffic stopped in Srinagar on Monday.", "Srinagar", "town"),
        ("A bank in Mombasa was robbed.", "Mombasa", "town"),
        # elsewhere a bare name is the town's
        ("Shells hit Kupiansk in Ukraine.", "Kupiansk", "town"),
        ("Aid reached Mekelle in Tigray.", "Mekelle", "town"),
    ],
)
def test_units_that_news_calls_by_their_bare_names(level, text, name, expected):
    assert level(text, name) == expected


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The cities of Lebanon are dark.", "Lebanon", "LB"),
        ("The towns of Syria are empty.", "Syria", "SY"),
        ("Villages of Ukraine were hit.", "Ukraine", "UA"),
        ("The provinces of Iraq held a vote.", "Iraq", "IQ"),
    ],
)
def test_towns_of_a_country_lie_in_it(geoparser, text, name, country):
    [found] = [item for item in geoparser.parse_text(text) if item.mention.surface == name]
    assert (found.place.feature, found.place.country) == ("PCLI", country)


@pytest.mark.parametrize(
    ("text", "name", "feature"),
    [
        # the town in it is called Halba first
        ("In Akkar, 31 shelters host people from the south of Lebanon.", "Akkar", "ADM1"),
        # none but a village is called so in the state
        ("Jonglei: Twic East raid leaves five dead.", "Jonglei", "ADM1"),
        # a county, and a payam of its name in it
        ("South Sudan's Ulang and Nasir are neighbouring counties.", "Ulang", "ADM2"),
    ],
)
def test_a_unit_is_meant_where_its_namesakes_are_less(geoparser, text, name, feature):
    found = {item.mention.surface: item for item in geoparser.parse_text(text)}
    assert found[name].place.feature == feature


@pytest.mark.parametrize(
    ("text", "name", "hints"),
    [
        ("Trucks started from Thall in Hangu, Pakistan.", "Hangu", {"<*holds"}),
        ("Haradh in Hajjah was shelled.", "Hajjah", {"<*holds"}),
        ("A market burned at Zigon, in Kanbalu.", "Kanbalu", {"<*holds"}),
        ("Shells fell on Dadsara, Pulwama.", "Pulwama", {"<*holds,"}),
        # a list goes on, and a town elsewhere lies in no district
        ("Shells fell on Dadsara, Pulwama and Shopian.", "Pulwama", set()),
        ("Trucks went from Karachi in Hangu's convoy.", "Hangu", set()),
        # no village before it
        ("Trucks stood in Hangu.", "Hangu", set()),
    ],
)
def test_what_a_village_is_said_to_lie_in(geoparser, text, name, hints):
    names = geoparser._names
    tokens = read_words(names, text)
    spans = find_spans(names, text, tokens, [])
    page, arounds = read_page(text, tokens, spans)
    found = find_all_clues(page, list(zip(spans, arounds, strict=True)))
    [clues] = [clues for span, clues in found if span.surface.startswith(name)]
    assert {hint for hint in clues.hints if "holds" in hint} == hints

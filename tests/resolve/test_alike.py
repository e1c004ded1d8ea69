"""Names in a spelling that no gazetteer lists: taken for the place nearby that is written almost so, and for none far away."""

import pytest

from geomap.geoparser import Geoparser
from geomap.model import Article


def found_in(geoparser, text):
    return {item.mention.surface: item for item in geoparser.parse_text(text)}


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("Shells hit the village of Chasiv Iar near Bakhmut, Ukraine.", "Chasiv Iar", "Chasiv Yar"),
        (
            "The wounded were taken to Bakhmutt from Kramatorsk in Donetsk region, Ukraine.",
            "Bakhmutt",
            "Bakhmut",
        ),
        (
            "Fighters from Mali crossed at Menaka. Later they attacked Ansongho, a town near Gao, Mali.",
            "Ansongho",
            "Ansongo",
        ),
        (
            "Families left Masissi for Sake and Goma in North Kivu, DR Congo. Rebels attacked Masissi.",
            "Masissi",
            "Masisi",
        ),
        (
            "In Rutshuru Territory, North Kivu, DR Congo, the village of Kiwandja was burnt.",
            "Kiwandja",
            "Kiwanja",
        ),
        (
            "Militants stormed Macomiah, near Pemba in Cabo Delgado, Mozambique.",
            "Macomiah",
            "Macomia",
        ),
        (
            "In Barrow and Harris counties in Georgia, near Atlanta, the rivers rose.",
            "Barrow",
            "Barrow County",
        ),
    ],
)
def test_a_name_is_taken_for_the_place_nearby_that_is_spelt_almost_so(
    geoparser, text, surface, name
):
    item = found_in(geoparser, text)[surface]
    assert item.place is not None
    assert item.place.name == name
    assert item.status == "resolved"
    assert item.within is None


@pytest.mark.parametrize(
    "text",
    [
        # nothing of the article lies near, or in the country
        "Farmers in Kenya met near Nairobi. The village of Chasiv Iar was not mentioned.",
        "In Idlib province, Syria, the village of Ansongho was hit.",
        # a person
        "In Maiduguri, Nigeria, the governor gave the prize to Gwozza Abubakar.",
    ],
)
def test_a_place_far_away_or_a_person_is_not(geoparser, text):
    assert {"Chasiv Yar", "Ansongo", "Gwoza"}.isdisjoint(
        item.place.name for item in geoparser.parse_text(text) if item.place is not None
    )


def test_a_name_without_any_sign_of_a_place_is_no_mention(geoparser):
    text = "Bakhmut and Kramatorsk in Ukraine were quiet. Bakhmutt said that he was glad."
    assert "Bakhmutt" not in found_in(geoparser, text)


def test_the_same_words_mean_the_same_place_wherever_they_stand(geoparser):
    text = (
        "Rebels attacked Masissi, near Sake and Goma in North Kivu, DR Congo. Masissi fell at noon."
    )
    found = [item for item in geoparser.parse_text(text) if item.mention.surface == "Masissi"]
    assert len(found) == 2
    assert {item.place.name for item in found} == {"Masisi"}


def test_it_is_said_why():
    geoparser = Geoparser(evidence=True, why=True)
    text = "Shells hit the village of Chasiv Iar near Bakhmut, Ukraine."
    item = found_in(geoparser, text)["Chasiv Iar"]
    assert item.why == ("near_spelling",)
    assert "spelt nearly like Chasiv Yar" in item.candidates[0].evidence[0].detail


def test_letters_of_another_script_that_look_alike_are_read_as_what_they_look_like(geoparser):
    text = "Shells hit K\u043estiantynivka and Bakhmut, Ukraine."  # a Cyrillic o
    article = Article(id="1", text=text)
    item = next(i for i in geoparser.parse(article) if i.mention.start == 11)
    assert item.place.name == "Kostiantynivka"
    assert text[item.mention.start : item.mention.end] == item.mention.surface


def test_words_of_another_script_stay_as_they_are(geoparser):
    found = found_in(geoparser, "Обстріляно Харків. Shells hit Kharkiv.")
    assert "Харків" in found


def test_two_spellings_of_one_article_are_one_place(geoparser):
    text = (
        "Rebels attacked Masissi, near Sake and Goma in North Kivu, DR Congo. Massisi fell at noon."
    )
    found = {item.mention.surface: item.place for item in geoparser.parse_text(text)}
    assert found["Masissi"] == found["Massisi"]


def test_a_unit_is_meant_where_its_word_stands_behind(geoparser):
    text = "Rebels attacked Masissi Territory, near Sake and Goma in North Kivu, DR Congo."
    [item] = [i for i in geoparser.parse_text(text) if i.mention.surface.startswith("Masissi")]
    assert item.place.name == "Masisi Territory"

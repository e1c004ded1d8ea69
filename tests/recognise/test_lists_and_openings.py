"""Names that are words too, as the second of two places, and adjectives that open a sentence."""

import pytest


def found(geoparser, text):
    return {item.mention.surface: item for item in geoparser.parse_text(text)}


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("A road runs between Beirut and Tyre.", "Tyre", "LB"),
        ("Traffic stopped between Sidon and Tyre on Tuesday.", "Tyre", "LB"),
        ("The highway between Tyre and Sidon was hit.", "Tyre", "LB"),
        ("Trains run between Marseille and Nice again.", "Nice", "FR"),
        ("The ferry sails between Rijeka and Split.", "Split", "HR"),
        ("Trains between Bristol and Bath were late.", "Bath", "GB"),
        ("The road between Goma and Sake was cut.", "Sake", "CD"),
        ("Shelling hit the road between Kyiv and Sumy.", "Sumy", "UA"),
        ("The road between Diyarbakır and Urfa was closed by snow.", "Urfa", "TR"),
        ("Buses between Kerman and Bam stopped.", "Bam", "IR"),
        ("Fighters hold the road between Homs and Hama.", "Hama", "SY"),
    ],
)
def test_the_second_of_two_places_is_one(geoparser, text, surface, country):
    item = found(geoparser, text).get(surface)
    assert item is not None
    assert item.mention.kind == "literal"
    assert item.place.country == country


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("French troops left the base.", "French", "FR"),
        ("French soldiers left Gao.", "French", "FR"),
        ("French forces bombed a camp.", "French", "FR"),
        ("Polish engineers repaired the bridge.", "Polish", "PL"),
        ("Turkish jets struck a depot.", "Turkish", "TR"),
        ("Danish ships left the harbour.", "Danish", "DK"),
        ("Swiss envoys arrived on Monday.", "Swiss", "CH"),
        ("Irish peacekeepers patrolled the road.", "Irish", "IE"),
        ("Dutch pilots flew the plane.", "Dutch", "NL"),
        ("Finnish medics treated the wounded.", "Finnish", "FI"),
        ("Chadian soldiers crossed the river.", "Chadian", "TD"),
        ("Greek sailors were freed.", "Greek", "GR"),
    ],
)
def test_an_adjective_opens_a_sentence(geoparser, text, surface, country):
    item = found(geoparser, text).get(surface)
    assert item is not None
    assert (item.mention.kind, item.place.country) == ("associative", country)
    assert item.confidence > 0.4


@pytest.mark.parametrize(
    "text",
    [
        "Nice work was done on Monday.",
        "Split the bill, he said.",
        "Van drivers went on strike.",
    ],
)
def test_a_word_that_opens_a_sentence_is_no_place(geoparser, text):
    assert found(geoparser, text) == {}

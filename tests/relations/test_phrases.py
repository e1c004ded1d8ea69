"""Sentences of our own, and the relations in them: the name, the type, the phrase."""

import pytest

from geomap.geoparser import Geoparser

#: sentence, anchor, type, phrase, kilometres, azimuth
FOUND = [
    # distances
    ("The dam is two hours from Kampala by road.", "Kampala", "distance", "two hours from Kampala", None, None),
    ("Birds nest within a radius of 30 km around Basra.", "Basra", "distance", "within a radius of 30 km around Basra", 30, None),
    ("The ridge is 50-odd kilometers from Erbil.", "Erbil", "distance", "50-odd kilometers from Erbil", 50, None),
    ("The tower is between 10 and 15 kilometers from Hama.", "Hama", "distance", "between 10 and 15 kilometers from Hama", 12.5, None),
    ("The orchard is three quarters of a mile from Oxford.", "Oxford", "distance", "three quarters of a mile from Oxford", 1.207, None),
    ("The chapel stands 25 kilometers from the centre of Seville.", "Seville", "distance", "25 kilometers from the centre of Seville", 25, None),
    ("The lighthouse is 12 km off Mombasa.", "Mombasa", "distance", "12 km off Mombasa", 12, None),
    ("A market 5 km from the Turkish border sells figs.", "Turkish", "distance", "5 km from the Turkish border", 5, None),
    # directions, with and without a distance
    ("A camp stands just north of Idlib city.", "Idlib", "direction", "just north of Idlib city", None, 0),
    ("Trees grow south of the capital Damascus.", "Damascus", "direction", "south of the capital Damascus", None, 180),
    ("A convoy stopped some 10 miles to the south-east of Kabul.", "Kabul", "offset", "some 10 miles to the south-east of Kabul", 16.093, 135),
    ("It is ten kilometres due west of Tikrit.", "Tikrit", "offset", "ten kilometres due west of Tikrit", 10, 270),
    ("The station is 30km NW of the Syrian capital, Damascus.", "Damascus", "offset", "30km NW of the Syrian capital, Damascus", 30, 315),
    ("The storm was 200 miles (320 km) south-southeast of Miami.", "Miami", "offset", "200 miles (320 km) south-southeast of Miami", 320, 157.5),
    # parts
    ("Fields bloom in eastern Syria.", "Syria", "part", "eastern Syria", None, 90),
    ("Villages in Iraq's mainly Kurdish north got power.", "Iraq", "part", "Iraq's mainly Kurdish north", None, 0),
    ("The Syrian north is cold.", "Syrian", "part", "Syrian north", None, 0),
    ("Snow fell across the far east of Turkey.", "Turkey", "part", "the far east of Turkey", None, 90),
    ("In the centre of Madagascar, rice grows.", "Madagascar", "part", "the centre of Madagascar", None, None),
    ("Northern Iraqi provinces were wet.", "Iraqi", "part", "Northern Iraqi", None, 0),
    ("They fled to the north of Iraq.", "Iraq", "part", "the north of Iraq", None, 0),
    ("The northern Aleppo countryside is green.", "Aleppo", "part", "northern Aleppo countryside", None, 0),
    # between, and along
    ("The pass lies between the mining towns of Kolwezi and Likasi.", "Kolwezi", "between", "between the mining towns of Kolwezi and Likasi", None, None),
    ("The rest house is midway from Cairo to Alexandria.", "Cairo", "between", "midway from Cairo to Alexandria", None, None),
    ("Fog covered the sea between Cyprus and Lebanon.", "Cyprus", "between", "between Cyprus and Lebanon", None, None),
    ("The Baghdad-Amman highway was closed.", "Baghdad", "along", "The Baghdad-Amman highway", None, None),
    ("Lorries waited on the road from Busayrah to Baghouz.", "Busayrah", "along", "on the road from Busayrah to Baghouz", None, None),
    ("They camp beside the road leading to Homs.", "Homs", "along", "the road leading to Homs", None, None),
    ("Farmers live along the Euphrates south of Fallujah.", "Fallujah", "along", "along the Euphrates south of Fallujah", None, 180),
    ("The M5 motorway south of Aleppo has new lights.", "Aleppo", "along", "The M5 motorway south of Aleppo", None, 180),
    # near
    ("There is a lake not far from the Jordanian city of Irbid.", "Irbid", "near", "not far from the Jordanian city of Irbid", None, None),
    ("The quarry is a stone's throw from Kirkuk.", "Kirkuk", "near", "a stone's throw from Kirkuk", None, None),
    ("He teaches in the Damascus suburbs.", "Damascus", "part", "Damascus suburbs", None, None),
    ("A park opened on Baghdad's northern edge.", "Baghdad", "part", "Baghdad's northern edge", None, 0),
    ("They live in the border village of Ras al-Ain.", "Ras al-Ain", "near", "in the border village of Ras al-Ain", None, None),
    # borders
    ("They crossed the Turkish-Syrian border.", "Turkish", "border", "the Turkish-Syrian border", None, None),
    ("Syria's border with Iraq was closed.", "Syria", "border", "Syria's border with Iraq", None, None),
    ("The lake lies on the border of Peru and Bolivia.", "Peru", "border", "on the border of Peru and Bolivia", None, None),
    ("He worked on the Afghan side of the border.", "Afghan", "border", "on the Afghan side of the border", None, None),
]  # fmt: skip

NONE = [
    "He went to South Africa, North Dakota, Northern Ireland and the West Bank.",
    "Talks between Ankara and Moscow went on.",
    "The train between Paris and Lyon was late.",
    "He divides his time between Paris and Beirut.",
    "Relations between Turkey and Greece improved.",
    "He works between Monday and Friday in Idlib.",
    "Workers laid 10 km of road in Aleppo.",
    "She walked 5 km from Paris to Lyon.",
    "It is a far cry from Paris.",
    "Near-record rain fell in Raqqa.",
    "He came from Seville and looked south.",
    "Turkey's southern neighbours met in Doha.",
    "A case came before the court of the Southern District of Ohio.",
    "Turkish border guards met in Ankara.",
    "The northern city of Mosul reopened a theatre.",
    "Public offices around Ohio were closed.",
    "They met outside Oakland police headquarters.",
    "North of here, Mosul is rainy.",
]


@pytest.fixture(scope="module")
def geoparser(gazetteer):
    return Geoparser(gazetteer)


@pytest.mark.parametrize(("text", "anchor", "kind", "phrase", "km", "azimuth"), FOUND)
def test_a_relation_is_found_around_its_anchor(geoparser, text, anchor, kind, phrase, km, azimuth):
    [found] = [item for item in geoparser.parse_text(text) if item.relation]
    relation = found.relation
    assert (found.mention.surface, relation.type, relation.text) == (anchor, kind, phrase)
    assert text[relation.start : relation.end] == phrase
    assert relation.distance_km == (None if km is None else pytest.approx(km, abs=0.01))
    assert relation.azimuth == azimuth


@pytest.mark.parametrize("text", NONE)
def test_what_says_no_place_is_no_relation(geoparser, text):
    found = geoparser.parse_text(text)
    assert found
    assert [item.relation.text for item in found if item.relation] == []


def test_a_relation_changes_nothing_else(gazetteer, geoparser):
    plain = Geoparser(gazetteer, relations=False)
    for text, *_ in FOUND:
        ours, theirs = geoparser.parse_text(text), plain.parse_text(text)
        assert [(item.mention, item.place, item.confidence) for item in ours] == [
            (item.mention, item.place, item.confidence) for item in theirs
        ]
        assert {item.relation for item in theirs} == {None}


def test_each_mention_has_one_relation_and_none_overlaps_another(geoparser):
    text = " ".join(text for text, *_ in FOUND)
    spans = [
        (item.relation.start, item.relation.end)
        for item in geoparser.parse_text(text)
        if item.relation
    ]
    assert len(spans) >= len(FOUND) - 2
    assert all(a[1] <= b[0] for a, b in zip(sorted(spans), sorted(spans)[1:], strict=False))


def test_the_other_places_of_a_phrase_are_named(geoparser):
    [found] = [i for i in geoparser.parse_text("Storks rest between Niš and Pirot.") if i.relation]
    others = {i.place.id for i in geoparser.parse_text("He lives in Pirot.")}
    assert set(found.relation.others) == others


def test_embedded_names_have_no_relation(geoparser):
    found = geoparser.parse_text("She studied near King's College London, north of the river.")
    assert [item for item in found if item.relation and item.mention.kind == "embedded"] == []

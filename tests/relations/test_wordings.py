"""Wordings of news that tell where something is: places named before, coasts, meeting borders, broken lines."""

import pytest

from geomap.geoparser import Geoparser
from geomap.model import Article

#: text, the name that the relation belongs to, type, phrase, kilometres, azimuth
FOUND = {
    "places that were named before": [
        ("Mali has seen sand storms. A market closed in the country's north.", "Mali", "part", "the country's north", None, 0),
        ("In Ukraine, trams were repaired in the west of the country.", "Ukraine", "part", "the west of the country", None, 270),
        ("Syria: Palmyra, in the country's southeast, got a museum.", "Syria", "part", "the country's southeast", None, 135),
        ("Chad counts its cattle. Most graze in the south of the country.", "Chad", "part", "the south of the country", None, 180),
        ("Rain fell on Idlib province. Farmers in the east of the province rejoiced.", "Idlib", "part", "the east of the province", None, 90),
        ("Homs has a new stadium. In Homs, a park 20 km south of the city opened.", "Homs", "offset", "20 km south of the city", 20, 180),
        ("Kupiansk baked bread. Kupiansk is old, and to the west of the city, storks nest.", "Kupiansk", "direction", "to the west of the city", None, 270),
        ("Bunia has a market. Traders reach Bunia from hamlets on the outskirts of the town.", "Bunia", "part", "on the outskirts of the town", None, None),
        ("Mosul has a fair. At Mosul, tents stood near the city.", "Mosul", "near", "near the city", None, None),
        ("Mosul has a fair. At Mosul, tents stood in the city's east.", "Mosul", "part", "the city's east", None, 90),
        ("Sudan dug wells. Most are in the centre of the country.", "Sudan", "part", "the centre of the country", None, None),
        ("Kenya closed a road. In Somalia, herders live along the border.", "Somalia", "border", "along the border", None, None),
        ("Kenya closed a road. In Somalia, herders live 20 km from the border.", "Somalia", "distance", "20 km from the border", 20, None),
    ],
    "coasts and waters": [
        ("A tanker lay off the coast of Yemen.", "Yemen", "near", "off the coast of Yemen", None, None),
        ("A tanker lay off the Somali coast.", "Somali", "near", "off the Somali coast", None, None),
        ("A tanker lay in the waters off Hodeidah.", "Hodeidah", "near", "in the waters off Hodeidah", None, None),
        ("A tanker lay off the western coast of Libya.", "Libya", "near", "off the western coast of Libya", None, 270),
        ("A tanker lay 20 km off the coast of Libya.", "Libya", "distance", "20 km off the coast of Libya", 20, None),
        ("A tanker lay 30 nautical miles off the Somali coast.", "Somali", "distance", "30 nautical miles off the Somali coast", 55.56, None),
        ("Nets dry along the coast of Cox's Bazar.", "Cox's Bazar", "part", "along the coast of Cox's Bazar", None, None),
        ("Nets dry on the coast of Syria.", "Syria", "part", "on the coast of Syria", None, None),
        ("Nets dry along the Lebanese coast.", "Lebanese", "part", "along the Lebanese coast", None, None),
        ("Nets dry on Libya's coast.", "Libya", "part", "on Libya's coast", None, None),
        ("Nets dry along Yemen's western coast.", "Yemen", "part", "along Yemen's western coast", None, 270),
    ],
    "nearness": [
        ("A choir was heard around Abyei Town.", "Abyei Town", "near", "around Abyei Town", None, None),
        ("Bees raided places around Diffa.", "Diffa", "near", "around Diffa", None, None),
        ("The road moved closer to the towns of Pokrovsk and Myrnohrad.", "Pokrovsk", "near", "closer to the towns of Pokrovsk", None, None),
        ("The spring is a short way from Damboa.", "Damboa", "near", "a short way from Damboa", None, None),
        ("A bridge in the neighbourhood of Kolpur was painted.", "Kolpur", "near", "in the neighbourhood of Kolpur", None, None),
        ("The mill is in the area of Nove Zamky.", "Nove Zamky", "near", "in the area of Nove Zamky", None, None),
        ("The mill is in close proximity to Sevare.", "Sevare", "near", "in close proximity to Sevare", None, None),
        ("The mill nearest to Ghazni has no roof.", "Ghazni", "near", "nearest to Ghazni", None, None),
        ("The mill is not far away from Kirkuk.", "Kirkuk", "near", "not far away from Kirkuk", None, None),
        ("Villages around Lake Chad were flooded.", "Lake Chad", "near", "around Lake Chad", None, None),
    ],
    "parts": [
        ("Trams run in the middle of Khan Yunis.", "Khan Yunis", "part", "the middle of Khan Yunis", None, None),
        ("Trams run in the heart of Damascus.", "Damascus", "part", "the heart of Damascus", None, None),
        ("News from the remote parts of Jonglei takes days.", "Jonglei", "part", "the remote parts of Jonglei", None, None),
        ("Solar lamps light residential quarters of El Fasher.", "El Fasher", "part", "residential quarters of El Fasher", None, None),
        ("Solar lamps light rural areas of Kandahar province.", "Kandahar", "part", "rural areas of Kandahar province", None, None),
        ("Solar lamps light poorer neighbourhoods of Lagos.", "Lagos", "part", "poorer neighbourhoods of Lagos", None, None),
        ("Goats graze on the outskirts of Debre Markos.", "Debre Markos", "part", "on the outskirts of Debre Markos", None, None),
        ("Goats graze on the edge of Cuernavaca.", "Cuernavaca", "part", "on the edge of Cuernavaca", None, None),
        ("Goats graze in the northern suburbs of Adwa.", "Adwa", "part", "in the northern suburbs of Adwa", None, 0),
        ("Goats graze on the northern outskirts of Guayaquil.", "Guayaquil", "part", "on the northern outskirts of Guayaquil", None, 0),
        ("Goats graze on the outskirts of Takhar province.", "Takhar", "part", "on the outskirts of Takhar province", None, None),
    ],
    "directions": [
        ("Goats graze to the west and the south of Mekelle.", "Mekelle", "direction", "to the west and the south of Mekelle", None, 225),
        ("Goats graze north and east of Kupiansk.", "Kupiansk", "direction", "north and east of Kupiansk", None, 45),
        ("Goats graze south and west of Herat.", "Herat", "direction", "south and west of Herat", None, 225),
        ("Goats graze farther north from Ghazni.", "Ghazni", "direction", "farther north from Ghazni", None, 0),
        ("Goats graze further east from Raqqa.", "Raqqa", "direction", "further east from Raqqa", None, 90),
        ("A new road leads to Kharkiv's north.", "Kharkiv", "direction", "to Kharkiv's north", None, 0),
        ("The clouds went on in the direction of Homs.", "Homs", "direction", "in the direction of Homs", None, None),
        ("The clouds went on in the general direction of Hama.", "Hama", "direction", "in the general direction of Hama", None, None),
        ("Goats graze 10 km to the south-west of Kandahar.", "Kandahar", "offset", "10 km to the south-west of Kandahar", 10, 225),
        ("Goats graze 10 km north and west of Kandahar.", "Kandahar", "offset", "10 km north and west of Kandahar", 10, 315),
    ],
    "borders and stretches": [
        ("Karamoja in Uganda borders South Sudan and Kenya.", "South Sudan", "border", "borders South Sudan", None, None),
        ("The camp lies in Turkana, which borders on South Sudan.", "South Sudan", "border", "which borders on South Sudan", None, None),
        ("Orchids grow where Sinaloa and Durango states meet.", "Sinaloa", "border", "where Sinaloa and Durango states meet", None, None),
        ("Orchids grow where Antioquia and Chocó Departments meet.", "Antioquia", "border", "where Antioquia and Chocó Departments meet", None, None),
        ("Orchids grow where Iraq, Iran and Turkey trade.", None, None, None, None, None),
        ("Orchids line the stretch from Kumba to Mbonge.", "Kumba", "along", "the stretch from Kumba to Mbonge", None, None),
        ("Orchids line the stretch between Lashio and Namtu.", "Lashio", "along", "the stretch between Lashio and Namtu", None, None),
        ("Orchids line the axis between Goma and Rutshuru.", "Goma", "along", "the axis between Goma and Rutshuru", None, None),
        ("Painters closed the road between Goma and Bukavu.", "Goma", "along", "the road between Goma and Bukavu", None, None),
        ("Passengers took the China-Laos Railway.", None, None, None, None, None),
    ],
    "broken lines": [
        ("Trams run in the\ncenter of Bogota.", "Bogota", "part", "the\ncenter of Bogota", None, None),
        ("Trams run near\nBaghdad on Fridays.", "Baghdad", "near", "near\nBaghdad", None, None),
        ("Trams run north of\nBaghdad on Fridays.", "Baghdad", "direction", "north of\nBaghdad", None, 0),
        ("Trams stop 20 km from\nBaghdad on Fridays.", "Baghdad", "distance", "20 km from\nBaghdad", 20, None),
        ("Trams run on the Baghdad-Amman\nhighway now.", "Baghdad", "along", "on the Baghdad-Amman\nhighway", None, None),
        ("Trams run on the road from Homs\nto Hama now.", "Homs", "along", "on the road from Homs\nto Hama", None, None),
        ("The pass lies between Manbij and\nJarabulus in the hills.", "Manbij", "between", "between Manbij and\nJarabulus", None, None),
        ("Trams run at the\nborder of Peru and\nBolivia now.", "Peru", "border", "at the\nborder of Peru and\nBolivia", None, None),
        ("A long way north\n\nBaghdad is quiet.", None, None, None, None, None),
        ("The weather in the north\nBaghdad is quiet.", None, None, None, None, None),
    ],
}  # fmt: skip

NONE = [
    "He walked around Paris and drove around Berlin.",
    "The talks around Sudan went on.",
    "It happened in the neighbourhood of Karrada in Baghdad.",
    "The Libyan coast guard and Ivory Coast met.",
    "Homs was quiet. They met near the city council in Homs.",
    "He closed its borders. Egypt was calm.",
    "It happened in three districts of Aleppo and other parts of Syria.",
    "She wrote of Turkey and of the country.",
    "Damascus sleeps. He flew to the capital.",
]

ALL = [case for cases in FOUND.values() for case in cases]


@pytest.fixture(scope="module")
def geoparser(gazetteer):
    return Geoparser(gazetteer)


@pytest.mark.parametrize(("text", "anchor", "kind", "phrase", "km", "azimuth"), ALL)
def test_a_wording_is_read(geoparser, text, anchor, kind, phrase, km, azimuth):
    found = [item for item in geoparser.parse_text(text) if item.relation]
    if anchor is None:
        assert found == []
        return
    [item] = found
    relation = item.relation
    assert (item.mention.surface, relation.type, relation.text) == (anchor, kind, phrase)
    assert text[relation.start : relation.end] == phrase
    assert relation.distance_km == (None if km is None else pytest.approx(km, abs=0.01))
    assert relation.azimuth == azimuth
    assert relation.geometry


@pytest.mark.parametrize("text", NONE)
def test_what_tells_no_place_is_no_relation(geoparser, text):
    found = geoparser.parse_text(text)
    assert found
    assert [item.relation.text for item in found if item.relation] == []


def test_a_town_keeps_a_mention_that_is_the_town(geoparser):
    found = geoparser.parse_text("Homs has a stadium. A park 20 km south of the city opened.")
    assert [item.relation for item in found if item.mention.surface == "Homs"] == [None]


def test_the_sea_off_a_coast_is_no_land(geoparser):
    import shapely

    [found] = [
        i for i in geoparser.parse_text("A tanker lay off the coast of Yemen.") if i.relation
    ]
    shape = shapely.from_wkt(found.relation.geometry)
    assert shape.covers(shapely.Point(48.0, 13.7))
    assert not shape.covers(shapely.Point(45.3, 15.5))
    assert not shape.covers(shapely.Point(52.0, 18.7))


UNKNOWN = [
    ("near the village of {}", "near"),
    ("near the villages of {} and Mahipa", "near"),
    ("close to {}", "near"),
    ("outside {} village", "near"),
    ("15 km north of {}", "offset"),
    ("15 km from {}", "distance"),
    ("south of {}", "direction"),
    ("on the outskirts of {}", "part"),
    ("in the vicinity of {}", "near"),
    ("not far from {}", "near"),
    ("in the area between {} and Ghazni", "between"),
    ("on the road from {} to Ghazni", "along"),
]


@pytest.mark.parametrize(("words", "kind"), UNKNOWN)
def test_a_relation_to_an_unknown_place_has_no_point(geoparser, words, kind):
    text = f"Goats graze {words.format('Zzyqarun')}."
    start = text.index("Zzyqarun")
    spans = [(start, start + 8)]
    if "Ghazni" in text:
        spans.append((text.index("Ghazni"), text.index("Ghazni") + 6))
    found = geoparser.parse(Article(id="a", text=text, spans=tuple(spans)))
    relation = found[0].relation
    assert found[0].status == "unknown"
    assert (relation.type, relation.lat, relation.lon, relation.geometry) == (
        kind,
        None,
        None,
        None,
    )

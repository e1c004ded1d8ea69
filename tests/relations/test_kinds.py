"""Kinds of phrases whose places took more than their words: which side of a border, which towns on the way."""

import pyproj
import pytest
import shapely

from geomap.geoparser import Geoparser
from geomap.model import Mention, Resolution
from geomap.relations import add_relations

GEOD = pyproj.Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def geoparser(gazetteer):
    return Geoparser(gazetteer)


@pytest.fixture(scope="module")
def relations_of(geoparser):
    def find(text):
        return [item.relation for item in geoparser.parse_text(text) if item.relation]

    return find


def km_to(relation, point):
    return GEOD.inv(point[1], point[0], relation.lon, relation.lat)[2] / 1000


def covers(relation, point):
    return shapely.from_wkt(relation.geometry).buffer(0.02).covers(shapely.Point(point[::-1]))


ATTRIBUTES = [
    "Floods reached the southwestern province of Sichuan.",
    "Floods reached northern Takhar province.",
    "Floods reached the northern provinces of Takhar and Badakhshan.",
    "Floods reached the northern region of Tigray.",
    "Floods reached the southern province of Kandahar.",
    "Floods reached western Herat province.",
    "Floods reached central Bamyan province.",
    "Floods reached the northeastern state of Borno.",
    "Floods reached eastern Kharkiv region.",
    "Floods reached the western province of Anbar.",
    "Floods reached southern Helmand province.",
    "Floods reached the southern governorate of Basra.",
    "Floods reached the eastern state of Odisha.",
]


@pytest.mark.parametrize("text", ATTRIBUTES)
def test_where_a_unit_lies_in_its_country_is_no_part_of_it(relations_of, text):
    assert relations_of(text) == []


PARTS_OF_UNITS = [
    ("southern Cabo Delgado province", 180),
    ("southern Takhar province", 180),
    ("northern Kandahar province", 0),
    ("the southern part of Kherson region", 180),
    ("the northern parts of Takhar province", 0),
    ("the eastern districts of Aleppo", 90),
    ("the northern Aleppo countryside", 0),
    ("southern Anbar province", 180),
    ("the east of Kharkiv region", 90),
    ("the southern region of Ethiopia", 180),
    ("western Badakhshan province", 270),
]


@pytest.mark.parametrize(("phrase", "azimuth"), PARTS_OF_UNITS)
def test_another_side_is_a_part_of_the_unit(relations_of, phrase, azimuth):
    [relation] = relations_of(f"Floods reached {phrase}.")
    assert (relation.type, relation.azimuth) == ("part", azimuth)


#: sentence, a place in the strip, a place in the country that is named or far away
CLOSE_TO_COUNTRIES = [
    ("Herders from Djibo in Burkina Faso graze close to Mali.", (14.3, -1.6), (15.3, -1.7)),
    ("In Diffa, soldiers of Niger patrol near Nigeria.", (13.4, 12.7), (12.6, 12.8)),
    ("Villagers in Syria's Qamishli live close to Turkey.", (37.0, 41.2), (37.3, 41.2)),
    ("Peshmerga in Zakho in Iraq camp close to Turkey.", (37.1, 42.7), (37.5, 42.7)),
    ("Ukrainian farmers in Sumy live close to Russia.", (51.1, 34.6), (51.6, 35.5)),
    ("Iranians in Zabol keep bees near Afghanistan.", (31.1, 61.4), (31.1, 62.2)),
    ("In Maiduguri, Nigerians fled from hamlets near Cameroon.", (11.3, 13.9), (10.7, 14.6)),
    ("Lebanese farmers in Marjayoun own land close to Israel.", (33.3, 35.6), (32.8, 35.4)),
    ("Kenyans in Mandera keep goats close to Somalia.", (3.7, 41.6), (3.7, 42.6)),
    ("Poles in Chełm collect blankets near Ukraine.", (51.1, 23.5), (50.8, 24.6)),
    ("Villages in Chad near Sudan took in guests.", (13.5, 22.0), (13.5, 23.5)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "inside", "outside"), CLOSE_TO_COUNTRIES)
def test_close_to_a_country_is_a_strip_in_its_neighbour(relations_of, text, inside, outside):
    [relation] = [item for item in relations_of(text) if item.type == "near"]
    assert covers(relation, inside)
    assert not covers(relation, outside)
    assert covers(relation, (relation.lat, relation.lon))
    assert relation.precision == 5


@pytest.mark.parametrize(
    "text",
    [
        "A caravan rested close to Mali.",
        "A drone was heard near Ukraine.",
        "A lorry broke down not far from Turkey.",
    ],
)
def test_close_to_a_country_says_nothing_where_no_neighbour_is_known(relations_of, text):
    assert relations_of(text) == []


def test_a_distance_from_a_border_lies_on_the_side_of_the_text(relations_of):
    [relation] = relations_of("In Azaz, Syrians planted olives within 15 km of the Turkish border.")
    assert covers(relation, (36.58, 37.0))
    assert not covers(relation, (36.75, 37.0))


def test_near_a_unit_is_around_its_outline_and_not_in_it(relations_of):
    [relation] = relations_of("Bees swarmed near Idlib province.")
    assert covers(relation, (36.2, 37.0))
    assert not covers(relation, (35.9, 36.6))


#: sentence, the town that the stretch lies beside
ON_BORDERS = [
    ("Lorries queue at Rafah on the border with Egypt.", (31.29, 34.24)),
    ("Rafah, on the border with Egypt, has a market.", (31.29, 34.24)),
    ("Chaman, a town on the border with Afghanistan, has a market.", (30.92, 66.45)),
    ("Kobani, on the Turkish border, has a market.", (36.89, 38.35)),
    ("Przemyśl near the border with Ukraine has a market.", (49.78, 22.77)),
    ("Adré, which lies on the border with Sudan, has a market.", (13.47, 22.2)),
    ("Traders met in Torkham on the Pakistani border.", (34.12, 71.09)),
    ("Traders met in Cúcuta, on the border with Venezuela.", (7.89, -72.5)),
    ("Traders met in Mandera town on the border with Somalia.", (3.94, 41.86)),
    ("Traders met in the city of Zakho, on the border with Turkey.", (37.14, 42.69)),
    ("Traders met in Myawaddy on the border with Thailand.", (16.69, 98.51)),
    ("Traders met at the Turkish border near Kilis.", (36.72, 37.12)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "town"), ON_BORDERS)
def test_a_town_on_a_border_tells_which_stretch_is_meant(relations_of, text, town):
    [relation] = [item for item in relations_of(text) if item.type == "border"]
    shape = shapely.from_wkt(relation.geometry)
    assert "LineString" in shape.geom_type
    assert km_to(relation, town) < 25
    assert max(abs(edge - degree) for edge, degree in zip(shape.bounds, (town[1], town[0]) * 2, strict=True)) < 0.6  # fmt: skip


def test_a_unit_on_a_border_has_its_own_stretch(relations_of):
    [relation] = relations_of("Helmand province, on the border with Pakistan, has a desert.")
    west, _, east, _ = shapely.from_wkt(relation.geometry).bounds
    assert 62 < west < east < 65


def test_who_goes_to_a_border_does_not_tell_where(relations_of):
    [whole] = relations_of("From Raqqa in Syria they walked to the Turkish border.")
    assert shapely.from_wkt(whole.geometry).length > 5


#: phrase, a point near the line that both units share
COMMON_BORDERS = [
    ("the border of Donetsk and Dnipropetrovsk regions", (48.3, 36.8)),
    ("the border of Kharkiv and Luhansk regions", (49.6, 38.0)),
    ("the border between Donetsk Oblast and Zaporizhzhia Oblast", (47.4, 36.95)),
    ("the administrative border between Donetsk and Dnipropetrovsk", (48.3, 36.8)),
    ("the boundary between Aleppo and Idlib provinces", (36.0, 36.95)),
    ("the border of Anbar and Nineveh provinces", (35.0, 41.7)),
    ("the border between Borno and Yobe states", (11.9, 12.2)),
    ("the Amhara-Tigray border", (13.4, 38.3)),
    ("the Helmand-Kandahar border", (31.3, 64.9)),
    ("the border between Herat and Farah provinces", (33.4, 62.0)),
    ("the border of Sonora and Chihuahua states", (29.5, -108.6)),
]


@pytest.mark.parametrize(("phrase", "point"), COMMON_BORDERS)
def test_the_border_of_two_units_is_the_line_that_they_share(relations_of, phrase, point):
    [relation] = relations_of(f"Hail fell along {phrase}.")
    shape = shapely.from_wkt(relation.geometry)
    assert relation.type == "border"
    assert "LineString" in shape.geom_type
    assert shape.distance(shapely.Point(point[::-1])) < 0.4


def test_units_whose_outlines_nobody_has_meet_half_way(relations_of):
    [relation] = relations_of("Hail fell on the boundary of Kawlin and Kanbalu townships.")
    assert covers(relation, (23.47, 95.63))
    assert relation.radius_km < 40


#: road, towns that it leads through
ROADS = [
    ("the road from Damascus to Aleppo", [(34.73, 36.72), (35.13, 36.75)]),
    ("the Baghdad-Mosul highway", [(34.2, 43.87), (34.6, 43.68), (34.93, 43.49)]),
    ("the Baghdad–Basra railway", [(31.99, 44.93)]),
    ("the Kabul-Jalalabad road", [(34.59, 69.76)]),
    ("the road from Sanaa to Hodeidah", [(15.06, 43.28)]),
    ("the road from Khartoum to Port Sudan", [(16.69, 33.43), (17.7, 33.98)]),
    ("the road linking Mekelle with Adigrat", [(13.79, 39.6)]),
    ("the Damascus-Deir ez-Zor highway", [(34.56, 38.28)]),
    ("the road from Mexico City to Acapulco", [(18.92, -99.23), (17.55, -99.5)]),
    ("the Donetsk-Mariupol highway", [(47.6, 37.5)]),
    ("the road from Gao to Bamako", [(14.49, -4.2), (13.43, -6.27)]),
    ("the Lagos-Ibadan expressway", [(6.84, 3.65)]),
]  # fmt: skip


@pytest.mark.parametrize(("road", "towns"), ROADS)
def test_a_road_leads_through_real_towns(relations_of, road, towns):
    [relation] = relations_of(f"Drifting sand closed {road}.")
    assert (relation.type, relation.precision) == ("along", 5)
    assert all(covers(relation, town) for town in towns)
    assert covers(relation, (relation.lat, relation.lon))


@pytest.mark.parametrize(
    "text",
    [
        "A lorry slid off the Mogadishu–Balad road.",
        "A lorry slid off the Mogadishu-Balad road.",
        "A lorry slid off the road from Mogadishu to Balad.",
    ],
)
def test_a_short_road_is_a_straight_strip(relations_of, text):
    [relation] = relations_of(text)
    assert km_to(relation, (2.2, 45.37)) < 5
    assert relation.radius_km < 25


def test_a_way_between_two_countries_crosses_their_border(relations_of):
    [relation] = relations_of("Lorries use the roads which link Ethiopia with Eritrea.")
    assert covers(relation, (14.4, 39.4))
    assert not covers(relation, (9.0, 38.7))


#: name of a unit and of its town, the town's country and point
TOWNS = [
    ("Kherson", "UA", (46.64, 32.61)),
    ("Kharkiv", "UA", (49.98, 36.25)),
    ("Donetsk", "UA", (48.02, 37.8)),
    ("Zaporizhzhia", "UA", (47.85, 35.12)),
    ("Luhansk", "UA", (48.57, 39.31)),
    ("Aleppo", "SY", (36.2, 37.16)),
    ("Idlib", "SY", (35.93, 36.63)),
    ("Raqqa", "SY", (35.95, 39.01)),
    ("Herat", "AF", (34.35, 62.2)),
    ("Kandahar", "AF", (31.61, 65.71)),
    ("Kirkuk", "IQ", (35.47, 44.39)),
    ("Marib", "YE", (15.46, 45.33)),
]


@pytest.mark.parametrize(("name", "country", "point"), TOWNS)
@pytest.mark.parametrize("words", ["20 km south of", "20 km south of the city of"])
def test_a_distance_is_from_the_town_and_not_from_the_middle_of_its_unit(
    gazetteer, name, country, point, words
):
    unit = next(
        place
        for place in gazetteer.search(name, limit=20)
        if place.feature == "ADM1" and place.country == country
    )
    text = f"Storks nest {words} {name}."
    start = text.index(name)
    mention = Mention(
        article_id="", start=start, end=start + len(name), surface=name, kind="literal"
    )
    [found] = add_relations(
        text, [Resolution(mention=mention, status="resolved", place=unit)], gazetteer
    )
    lon, lat, _ = GEOD.fwd(point[1], point[0], 180, 20_000)
    assert found.place == unit
    assert km_to(found.relation, (lat, lon)) < 5


@pytest.mark.parametrize("name", ["Hodeidah", "Taiz", "Aden", "Marib", "Ghazni", "Kunduz"])
def test_north_of_the_city_of_is_seen_from_the_city(geoparser, name):
    [found] = [
        item
        for item in geoparser.parse_text(f"Storks nest north of the city of {name}.")
        if item.relation
    ]
    assert found.place.feature.startswith("PPL")
    assert (found.relation.type, found.relation.azimuth) == ("direction", 0)
    assert 0 < found.relation.lat - found.place.lat < 0.3


#: phrase, a point that it covers
FROM_BORDERS = [
    ("20 km from the Turkish-Syrian border", (36.68, 38.3)),
    ("15 km south of the Turkish border", (36.72, 38.3)),
    ("10 miles north of Syria's border with Jordan", (32.5, 36.8)),
    ("20 km from the border with Iraq", (34.5, 40.8)),
    ("20 km from the border between Syria and Iraq", (34.5, 40.8)),
    ("within 30 km of the Iraqi border", (34.5, 40.9)),
    ("5 km to the east of the Lebanese border", (34.05, 36.5)),
    ("about 10 km off the Jordanian border", (32.5, 36.3)),
    ("less than 10 km from the Turkish border", (36.82, 38.3)),
    ("30 kilometres east of the border with Lebanon", (34.0, 36.75)),
    ("more than 5 km from the border of Turkey", (36.82, 38.3)),
]


@pytest.mark.parametrize(("phrase", "point"), FROM_BORDERS)
def test_a_distance_from_a_border_is_a_strip_along_it(relations_of, phrase, point):
    [relation] = relations_of(f"Syrians planted olives {phrase}.")
    assert relation.text == phrase
    assert relation.type == ("distance" if relation.azimuth is None else "offset")
    assert shapely.from_wkt(relation.geometry).distance(shapely.Point(point[::-1])) < 0.12


#: text, kilometres, a point inside the country, one outside of it
INSIDE = [
    ("In Israel, a balloon landed 8 km inside Lebanon.", 8, (33.2, 35.5), (33.0, 35.5)),
    ("A Turkish balloon landed 20 miles into Syrian territory.", 32.187, (36.55, 38.4), (36.95, 38.4)),
    ("A Ukrainian balloon landed 100 km deep inside Russia.", 100, (51.2, 36.6), (49.9, 36.3)),
    ("In Ukraine, kites drifted 20 km into Russia.", 20, (50.5, 36.8), (50.0, 36.3)),
    ("An Afghan balloon landed 30 km inside Pakistan.", 30, (30.85, 66.75), (31.2, 66.0)),
    ("From Iraq, kites drifted 10 km inside Iran.", 10, (33.2, 46.3), (33.1, 45.9)),
    ("A Saudi balloon landed 15 km inside Yemen.", 15, (17.2, 43.8), (17.6, 43.8)),
    ("A Chadian balloon landed 40 km inside Sudan's territory.", 40, (13.5, 22.5), (13.5, 21.8)),
    ("A Kenyan balloon landed within 12 km inside Somali territory.", 12, (2.0, 41.0), (2.0, 40.7)),
    ("A Polish balloon landed 7 km into Ukraine.", 7, (50.5, 24.2), (50.5, 23.8)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "km", "inside", "outside"), INSIDE)
def test_so_far_inside_a_country_is_behind_its_border(relations_of, text, km, inside, outside):
    [relation] = [item for item in relations_of(text) if item.type == "distance"]
    shape = shapely.from_wkt(relation.geometry)
    assert relation.distance_km == pytest.approx(km, abs=0.01)
    assert shape.distance(shapely.Point(inside[::-1])) < 0.15
    assert not shape.covers(shapely.Point(outside[::-1]))
    assert relation.precision == 5


@pytest.mark.parametrize(
    "text",
    [
        "Sheep grazed 40 miles from the Russian border.",
        "Sheep grazed 30 km from Mali.",
        "Sheep grazed 8 km inside Lebanon.",
        "Sheep grazed 5 km north of the Turkish border.",
    ],
)
def test_a_distance_from_a_country_has_no_shape_where_no_neighbour_is_known(relations_of, text):
    [relation] = relations_of(text)
    assert relation.distance_km
    assert (relation.lat, relation.geometry, relation.precision) == (None, None, 5)


@pytest.mark.parametrize(
    ("words", "point"),
    [
        ("the tri-border area of Mali, Niger and Burkina Faso", (15.0, 0.23)),
        ("the border area of Mali, Burkina Faso, and Niger", (15.0, 0.23)),
        ("the border between Uganda, Kenya and Tanzania", (-1.0, 33.9)),
        ("the border region of Syria, Turkey and Iraq", (37.1, 42.36)),
    ],
)
def test_three_borders_are_meant_where_they_meet(relations_of, words, point):
    [relation] = relations_of(f"Sheep grazed in {words}.")
    assert len(relation.others) == 2
    assert km_to(relation, point) < 60
    assert relation.radius_km < 150


def test_a_unit_has_no_border_with_its_own_country(relations_of):
    [relation] = relations_of("Sheep grazed along the Niger-Nigeria border.")
    assert covers(relation, (13.3, 8.1)) or km_to(relation, (13.3, 8.1)) < 60
    assert relation.radius_km > 400


def test_what_is_off_a_town_lies_at_sea(relations_of):
    [relation] = relations_of("A whale came up 60 nautical miles off the coast of Mombasa.")
    assert covers(relation, (-4.05, 40.65))
    assert not covers(relation, (-4.05, 38.7))

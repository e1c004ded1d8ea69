"""What relations describe: points, extents, shapes and precisions."""

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
def relate(geoparser):
    def one(text):
        [found] = [item for item in geoparser.parse_text(text) if item.relation]
        return found.place, found.relation, shapely.from_wkt(found.relation.geometry)

    return one


def km_between(place, relation):
    return GEOD.inv(place.lon, place.lat, relation.lon, relation.lat)[2] / 1000


def test_an_offset_points_to_the_end_of_the_way(relate):
    place, relation, shape = relate("The dam lies 30 km north of Fallujah.")
    azimuth, _, metres = GEOD.inv(place.lon, place.lat, relation.lon, relation.lat)
    assert (round(azimuth, 3) % 360, round(metres)) == (0, 30_000)
    assert shape.covers(shapely.Point(relation.lon, relation.lat))
    assert not shape.covers(shapely.Point(place.lon, place.lat))
    assert relation.precision == 2


def test_a_distance_is_a_ring_around_its_anchor_as_wide_as_the_number_is_rough(relate):
    widths = []
    for text in ("52 km from Fallujah", "50 km from Fallujah", "about 50 km from Fallujah"):
        place, relation, shape = relate(f"The dam lies {text}.")
        assert (relation.lat, relation.lon) == (place.lat, place.lon)
        assert not shape.covers(shapely.Point(place.lon, place.lat))
        widths.append(shape.area)
    assert widths == sorted(widths)


def test_within_a_distance_is_a_disc(relate):
    place, relation, shape = relate("The dam lies within 5 km of Fallujah.")
    assert shape.covers(shapely.Point(place.lon, place.lat))
    assert relation.radius_km == 5


def test_south_of_is_a_sector_in_the_south(relate):
    place, relation, shape = relate("The dam lies south of Fallujah.")
    assert relation.lat < place.lat
    assert km_between(place, relation) == pytest.approx(15, abs=0.1)
    assert shape.bounds[3] == pytest.approx(place.lat, abs=1e-4)


def test_just_south_of_is_nearer_and_south_of_a_city_is_farther(relate):
    away = [
        km_between(*relate(f"The dam lies {text}.")[:2])
        for text in ("just south of Fallujah", "south of Fallujah", "south of Baghdad")
    ]
    assert away == sorted(away)
    assert away[0] < away[1] < away[2]


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("eastern Syria", (35.3, 40.1), (34.7, 36.7)),
        ("Turkey's south", (37.0, 35.3), (41.2, 36.0)),
        ("south-eastern Turkey", (37.5, 43.7), (40.9, 29.1)),
        ("the far north of Sweden", (67.8, 20.2), (59.3, 18.0)),
        ("central Thailand", (15.7, 101.0), (7.0, 100.5)),
        ("the northern part of Aleppo province", (36.5, 37.9), (35.6, 37.3)),
        ("eastern Russia", (66.8, -178.0), (55.7, 37.6)),
    ],
)
def test_a_part_holds_what_lies_there(relate, text, inside, outside):
    _, relation, shape = relate(f"The dam lies in {text}.")
    assert shape.covers(shapely.Point(inside[::-1]))
    assert not shape.covers(shapely.Point(outside[::-1]))
    assert shape.distance(shapely.Point(relation.lon, relation.lat)) < 0.01
    assert relation.precision == 5


def test_a_part_of_a_town_is_a_part_of_its_circle(relate):
    place, relation, shape = relate("A school in eastern Mosul opened.")
    assert relation.precision == 2
    assert shape.bounds[0] > place.lon - 0.05
    assert relation.lon > place.lon


def test_between_is_a_corridor_with_a_point_half_way(relate):
    _, relation, shape = relate("The dam lies between Manbij and Jarabulus.")
    assert (relation.lat, relation.lon) == pytest.approx((36.67, 37.98), abs=0.02)
    assert relation.precision == 5
    assert shape.covers(shapely.Point(relation.lon, relation.lat))


def test_a_corridor_is_cut_at_the_antimeridian(relate):
    _, relation, shape = relate("Whales swim midway between Suva and Nuku'alofa.")
    assert shape.geom_type == "MultiPolygon"
    assert relation.lon == pytest.approx(-178.4, abs=0.2)


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("the Turkish-Syrian border", (36.8, 38.3)),
        ("Syria's border with Iraq", (34.4, 41.0)),
        ("the border between Poland and Slovakia", (49.4, 20.3)),
    ],
)
def test_a_border_is_the_line_that_both_countries_share(relate, text, point):
    _, relation, shape = relate(f"They stood at {text}.")
    assert "LineString" in shape.geom_type
    assert shape.distance(shapely.Point(point[::-1])) < 0.5
    assert shape.distance(shapely.Point(relation.lon, relation.lat)) < 0.01
    assert len(shapely.get_coordinates(shape)) <= 80


def test_a_border_with_one_country_is_that_with_the_country_of_the_text(relate):
    _, _, with_syria = relate("In Raqqa, in Idlib and in Homs they spoke of the Turkish border.")
    _, _, both = relate("They crossed the Turkish-Syrian border.")
    assert with_syria.equals(both)


@pytest.mark.parametrize(
    "text", ["at the Turkish border near Kobani", "at the Turkish-Syrian border, near Kobani"]
)
def test_a_border_near_a_town_is_the_stretch_beside_it(geoparser, text):
    parsed = geoparser.parse_text(f"Syrians stood {text}.")
    [border] = [i.relation for i in parsed if i.relation and i.relation.type == "border"]
    west, _, east, _ = shapely.from_wkt(border.geometry).bounds
    assert 37.9 < west < east < 38.8


def test_a_stretch_of_a_river_lies_on_it(relate):
    place, relation, shape = relate("Farmers live along the Euphrates south of Fallujah.")
    assert "LineString" in shape.geom_type
    assert relation.lat < place.lat
    assert km_between(place, relation) < 50


def test_what_has_no_outline_has_no_shape_but_a_point(geoparser):
    [found] = [i for i in geoparser.parse_text("Poplars grow along the Thames.") if i.relation]
    assert found.relation.geometry is None
    assert found.relation.lat == found.place.lat


def test_near_a_country_lies_around_its_outline(relate):
    place, relation, shape = relate("The ship sank south of Cyprus.")
    assert not shape.covers(shapely.Point(place.lon, place.lat))
    assert relation.lat < 34.7


@pytest.mark.parametrize(
    "text",
    ["near Raqqa", "on the outskirts of Raqqa", "just outside Raqqa", "the suburbs of Raqqa"],
)
def test_near_is_a_disc_around_the_place(relate, text):
    place, relation, shape = relate(f"They met in a café {text}.")
    assert (relation.lat, relation.lon, relation.precision) == (place.lat, place.lon, 2)
    assert shape.covers(shapely.Point(place.lon, place.lat))


def test_the_same_text_gives_the_same_shapes(gazetteer, geoparser):
    text = "Fields in eastern Syria, 30 km from Raqqa and near the Turkish border, bloom."
    again = Geoparser(gazetteer).parse_text(text)
    assert [i.relation for i in geoparser.parse_text(text)] == [i.relation for i in again]


@pytest.mark.parametrize(
    ("text", "lat"),
    [("A dam 30 km north of Idlib", 36.2), ("A dam 30 km north of Idlib province", 36.6)],
)
def test_north_of_a_province_is_seen_from_the_town_that_is_called_like_it(gazetteer, text, lat):
    province = next(p for p in gazetteer.search("Idlib", limit=20) if p.feature == "ADM1")
    mention = Mention(article_id="", start=21, end=26, surface="Idlib", kind="literal")
    resolution = Resolution(mention=mention, status="resolved", place=province)
    [found] = add_relations(text, [resolution], gazetteer)
    assert found.place == province
    assert found.relation.lat == pytest.approx(lat, abs=0.05)


@pytest.mark.parametrize(
    "text",
    [
        "The ship sank off the coast of Monaco on Friday.",
        "A boat sank 20 km off the coast of Gibraltar.",
        "Houses in northern Sint Maarten were flooded.",
    ],
)
def test_countries_too_small_for_an_outline_are_drawn_as_circles(relate, text):
    place, relation, shape = relate(text)
    assert shape.is_valid
    assert shape.area > 0
    assert km_between(place, relation) < 40

"""Places that two theatres list are one place in the gazetteer."""

from dataclasses import replace

from geomap.gazetteer.doubles import join_doubles
from geomap.gazetteer.sources.place import SourcePlace

HUMERA = SourcePlace(
    id="geomap:et-humera",
    name="Humera",
    names=(("en", "Himora"),),
    lat=14.29,
    lon=36.61,
    feature="PPL",
    country="ET",
    population=50_000,
)


def test_rows_of_one_name_next_to_each_other_are_joined():
    other = replace(
        HUMERA,
        id="geomap:et-humera-tigray",
        names=(("ti", "ሑመራ"),),
        lat=14.3,
        admin1="Tigray",
        population=None,
    )
    [joined] = join_doubles([HUMERA, other])
    assert joined.id == "geomap:et-humera"
    assert joined.names == (("en", "Himora"), ("ti", "ሑመራ"))
    assert (joined.lat, joined.admin1, joined.population) == (14.29, "Tigray", 50_000)


def test_rows_stay_apart_that_differ_in_place_class_country_or_name():
    others = [
        replace(HUMERA, id="a", lat=14.4),
        replace(HUMERA, id="b", feature="ADM3"),
        replace(HUMERA, id="c", country="SD"),
        replace(HUMERA, id="d", name="Adebay"),
    ]
    assert join_doubles([HUMERA, *others]) == [HUMERA, *others]


def test_the_gazetteer_has_no_doubles_of_fought_over_towns(gazetteer):
    for name in ("Humera", "Dollo Ado", "Toumour", "Liwa", "Kurmuk"):
        places = {row: gazetteer.place(row) for row, _ in gazetteer.find(name.lower() + " ")}
        spots = [
            (place.country, round(place.lat), round(place.lon))
            for place in places.values()
            if place.feature.startswith("PPL")
        ]
        assert len(spots) == len(set(spots)), name


def test_units_are_joined_by_any_name_without_the_word_for_a_unit():
    one = replace(
        HUMERA,
        id="geomap:et-welkait-woreda",
        name="Welkait woreda",
        names=(),
        feature="ADM3",
    )
    two = replace(one, id="geomap:et-wolkait", name="Wolkait", names=(("en", "Welkait"),), lat=14.4)
    [joined] = join_doubles([one, two])
    assert (joined.id, joined.lat) == ("geomap:et-welkait-woreda", 14.29)
    assert joined.names == (("en", "Wolkait"), ("en", "Welkait"))


def test_units_of_one_name_far_apart_stay_apart():
    one = replace(HUMERA, name="Goro", names=(), feature="ADM3")
    assert len(join_doubles([one, replace(one, id="geomap:et-goro", lat=13.9)])) == 2


def towns_called(gazetteer, name):
    """Return the settlements of a name, as (id, country, point in degrees)."""
    places = [gazetteer.place(row) for row, bits in gazetteer.lookup(name)]
    return [
        (place.id, place.country, round(place.lat, 1), round(place.lon, 1))
        for place in places
        if place.feature.startswith("PPL") and place.name == name
    ]


def test_a_town_that_geonames_puts_elsewhere_is_there_once_where_it_lies(gazetteer):
    assert towns_called(gazetteer, "Jinka") == [("geonames:333750", "ET", 5.8, 36.6)]
    assert towns_called(gazetteer, "Timika") == [("geonames:1623834", "ID", -4.5, 136.9)]
    assert towns_called(gazetteer, "Bimbo") == [("geonames:2388873", "CF", 4.3, 18.5)]
    assert towns_called(gazetteer, "Balanbale") == [("geonames:342803", "SO", 5.8, 45.8)]
    assert towns_called(gazetteer, "Tessit") == [("geonames:10343856", "ML", 15.2, 0.3)]


def test_a_first_level_unit_has_no_two_second_level_units_of_one_name(gazetteer):
    for name, country in (("Kosti", "SD"), ("Mindat", "MM"), ("Bougouni", "ML"), ("Wakhan", "AF")):
        places = [gazetteer.place(row) for row, _ in gazetteer.lookup(name)]
        units = [p for p in places if p.feature == "ADM2" and p.country == country]
        assert len(units) == 1, name

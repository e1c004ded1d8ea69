"""A person's own places: a table or GeoJSON in many a form, and every fault with its line."""

import gzip
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import GazetteerError
from geomap.gazetteer.sources import SourcePlace, registry, rows, table
from geomap.gazetteer.sources.faults import FileReport


def read(path):
    report = FileReport(path=str(path))
    return registry.read_file(path, report), report


def table_of(folder, text, name="places.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
    return path


def places_of(folder, text, **options):
    return read(table_of(folder, text, **options))[0]


def faults_of(folder, text, **options):
    report = FileReport(path="places")
    list(registry.read_rows(table_of(folder, text, **options), report))
    return {fault.line: fault.message for fault in report.faults}


def error_of(path):
    with pytest.raises(GazetteerError) as caught:
        read(path)
    return str(caught.value).replace(str(path), "FILE")


MILL = "name,lat,lon\nOld Mill,15.5,32.25\n"


def test_a_row_is_read_whole(tmp_path):
    text = (
        "id,name,names,lat,lon,feature,country,admin1,admin2,population,radius_km,tol_km,remark\n"
        'mine:1, Old  Mill ,ar:الطاحونة|abbr:O.M.|Mill,15.5,32.25,pplx,sd,Khartoum,Bahri,"12,000",2.5,1,x\n'
    )
    assert places_of(tmp_path, text) == [
        SourcePlace(
            id="mine:1",
            name="Old Mill",
            names=(("ar", "الطاحونة"), ("abbr", "O.M."), ("und", "Mill")),
            lat=15.5,
            lon=32.25,
            feature="PPLX",
            country="SD",
            admin1="Khartoum",
            admin2="Bahri",
            population=12_000,
            radius_km=2.5,
            tol_km=1.0,
            own=True,
            source="own:places",
        )
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", MILL),
        ("a.csv", "\ufeff" + MILL),
        ("a.csv", MILL.replace("\n", "\r\n")),
        ("a.csv", MILL.replace("\n", "\r")),
        ("a.csv", MILL.rstrip("\n")),
        ("a.csv", MILL.replace(",", ";")),
        ("a.tsv", MILL.replace(",", "\t")),
        ("a.csv", MILL.replace(",", "\t")),
        ("A.CSV", MILL),
        ("a.csv", '"name","lat","lon"\n"Old Mill","15.5","32.25"\n'),
        ("a.csv", " Name , LAT,Lon\n Old Mill , 15.5 ,32.25\n"),
        ("a.csv", MILL + "\n,,\n  \n"),
        ("a.csv", "name,lat,lon,\nOld Mill,15.5,32.25,,,\n"),
        ("a.csv", "name,latitude,longitude\nOld Mill,15.5,32.25\n"),
        ("a.csv", "lng,lat,name\n32.25,1.55e1,Old Mill\n"),
        ("a.csv", "y,x,name\n+15.5,32.25,Old\x00 \x07Mill\u200f\n"),
        ("a.csv", "x,y,lat,lon,name\n500000,1700000,15.5,32.25,Old Mill\n"),
    ],
)  # fmt: skip
def test_every_form_of_a_table_says_the_same(tmp_path, name, text):
    (place,) = places_of(tmp_path, text, name=name)
    assert (place.id, place.name, place.lat, place.lon, place.feature) == (
        "own:a-old-mill",
        "Old Mill",
        15.5,
        32.25,
        "PPL",
    )


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("names", "Mill|fr:Le Moulin| |", (("und", "Mill"), ("fr", "Le Moulin"))),
        ("alternatenames", "Mill,Le Moulin", (("und", "Mill"), ("und", "Le Moulin"))),
        ("name:ar", "الطاحونة", (("ar", "الطاحونة"),)),
        ("name_en", "Mill", (("en", "Mill"),)),
        ("NAMES_SR-Latn", "Mlin", (("sr-latn", "Mlin"),)),
    ],
)
def test_other_names_stand_in_many_columns(tmp_path, column, cell, expected):
    (place,) = places_of(tmp_path, f"name;lat;lon;{column}\nOld Mill;1;2;{cell}\n")
    assert place.names == expected


@pytest.mark.parametrize(
    ("column", "field", "cell", "value"),
    [
        ("iso2", "country", "sd", "SD"),
        ("country_code", "country", "SD", "SD"),
        ("fcode", "feature", "ADM2", "ADM2"),
        ("feature_code", "feature", "", "PPL"),
        ("state", "admin1", "Khartoum", "Khartoum"),
        ("district", "admin2", "Bahri", "Bahri"),
        ("geonameid", "id", "379252", "geonames:379252"),
        ("place_id", "id", "geonames:000379252", "geonames:379252"),
        ("id", "id", "geomap:sy-mill", "geomap:sy-mill"),
        ("population", "population", "1 234 567", 1_234_567),
        ("population", "population", "1\u202f234", 1234),
        ("population", "population", "12,345,678", 12_345_678),
        ("population", "population", "1e3", 1000),
        ("population", "population", "0", 0),
        ("population", "population", "", None),
    ],
)
def test_columns_have_other_names_too(tmp_path, column, field, cell, value):
    (place,) = places_of(tmp_path, f'name,lat,lon,{column}\nMill,1,2,"{cell}"\n')
    assert getattr(place, field) == value


def test_columns_that_are_not_read_are_noted(tmp_path):
    path = table_of(tmp_path, "name,lat,lon,colour,count,sentence\nMill,1,2,red,3,x\n")
    assert read(path)[1].notes == ["columns that are not read: 'colour'"]


def test_rows_without_an_id_get_one_each(tmp_path):
    text = "id,name,lat,lon\n,Mill,1,2\nown:places-mill-2,Mill,3,4\n,Mill,5,6\n,mill,7,8\n"
    assert [place.id for place in places_of(tmp_path, text)] == [
        "own:places-mill",
        "own:places-mill-2",
        "own:places-mill-3",
        "own:places-mill-4",
    ]


def test_ids_of_long_names_stay_apart(tmp_path):
    long = "Mill " * 30
    found = places_of(tmp_path, f"name,lat,lon\n{long}A,1,2\n{long}B,1,2\n")
    assert len({place.id for place in found}) == 2
    assert max(len(place.id) for place in found) < 80


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",1,2,,,,", "expected a name, got an empty cell"),
        ("\x07,1,2,,,,", "expected a name, got an empty cell"),
        ("x" * 300 + ",1,2,,,,", "expected a name of at most 200 characters, got 300"),
        ("Mill,north,2,,,,", "expected a latitude in decimal degrees, got 'north'"),
        ("Mill,,2,,,,", "expected a latitude in decimal degrees, got ''"),
        ('Mill,"15,5",2,,,,', "expected a latitude in decimal degrees, got '15,5' (write a point, not a comma)"),
        ("Mill,1_5,2,,,,", "expected a latitude in decimal degrees, got '1_5'"),
        ("Mill,١٥,2,,,,", "expected a latitude in decimal degrees, got '١٥'"),
        ("Mill,15°30',2,,,,", "expected a latitude in decimal degrees, got \"15°30'\""),
        ("Mill,=A1,2,,,,", "expected a latitude in decimal degrees, got '=A1'"),
        ("Mill,nan,2,,,,", "expected a latitude in decimal degrees, got 'nan'"),
        ("Mill,inf,2,,,,", "expected a latitude in decimal degrees, got 'inf'"),
        ("Mill,90.1,200,,,,", "expected a latitude in [-90, 90], got '90.1'; expected a longitude"),
        ("Mill,1,-180.5,,,,", "expected a longitude in [-180, 180], got '-180.5'"),
        ("Mill,120,15,,,,", "expected a latitude in [-90, 90], got '120': are latitude and longitude swapped?"),
        ("Mill,1,2,Sudan,,,", "expected a country as a two-letter ISO code, got 'Sudan'"),
        ("Mill,1,2,,many,,", "expected a population as a number, got 'many'"),
        ("Mill,1,2,,-5,,", "expected a population from 0 to 100,000,000,000, got '-5'"),
        ('Mill,1,2,,"1,5",,', "expected a population as a number, got '1,5'"),
        ("Mill,1,2,,,30000,", "expected a radius in km from 0 to 20,040, got '30000'"),
        ('Mill,1,2,,,"1,500",', "expected a radius in km as a number, got '1,500'"),
        ("Mill,1,2,,,,mill", "expected an id such as geonames:172955 or mine:12, got 'mill'"),
        ("Mill,1,2,,,,geonames:x", "expected an id such as geonames:172955 or mine:12, got 'geonames:x'"),
        ("Mill,1,2,,,," + "9" * 30, "expected an id such as geonames:172955 or mine:12, got '9999"),
        ("Mill,1", "expected 7 cells as the header has, got 2"),
        ("Mill,1,2,,,,,more", "expected 7 cells as the header has, got 8"),
        ('"Mill"s,1,2,,,,', "expected a row of a table: ',' expected after '\"'"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(tmp_path, row, message):
    head = "name,lat,lon,country,population,radius_km,id\nFirst,1,2,,,,\n"
    (line, told), *more = faults_of(tmp_path, f"{head}{row}\nLast,1,2,,,,\n").items()
    assert (line, more) == (3, [])
    assert told.startswith(message.partition("; ")[0])


def test_all_faults_are_told_together(tmp_path):
    text = 'name,lat,lon,country\n"Two\nlines",x,2,Sudan\nMill,1,2,\n,99,2,\n'
    path = table_of(tmp_path, text)
    assert error_of(path).splitlines() == [
        "FILE:2: expected a latitude in decimal degrees, got 'x'; expected a country as a two-letter ISO code, got 'Sudan'",
        "FILE:5: expected a name, got an empty cell; expected a latitude in [-90, 90], got '99': are latitude and longitude swapped?",
    ]


def test_of_many_faults_the_first_are_listed_and_all_are_counted(tmp_path):
    path = table_of(tmp_path, "name,lat,lon\n" + "Mill,x,2\n" * 5000)
    lines = error_of(path).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "… and 4,980 more faults in FILE"


def test_an_id_stands_once_in_a_file(tmp_path):
    text = "id,name,lat,lon\n7,A,1,2\ngeonames:7,B,1,2\nmine:1,C,1,2\nmine:1,D,1,2\n"
    assert faults_of(tmp_path, text) == {
        3: "expected each id once, got 'geonames:7' again",
        5: "expected each id once, got 'mine:1' again",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "FILE:1: expected a header with the columns name, lat, lon; name, lat, lon are missing"),
        ("name,lat,lon\n", "FILE: expected a header and at least one row, got no row"),
        ("name,lat,lon\n\n,,\n", "FILE: expected a header and at least one row, got no row"),
        ("name,lat\nMill,1\n", "FILE:1: expected a header with the columns name, lat, lon; lon is missing"),
        ("Mill,1,2\nWheel,3,4\n", "FILE:1: expected a header with the columns name, lat, lon; name, lat, lon are missing"),
        ("name,lat,lon,Name\nA,1,2,B\n", "FILE:1: expected each column once, got 'name' twice"),
        (MILL.encode("utf-16"), "FILE: expected UTF-8 text, got other bytes after line 0; save the table as UTF-8"),
        (MILL.encode() + "Öl,1,2\n".encode("latin-1"), "FILE: expected UTF-8 text, got other bytes after line 0; save the table as UTF-8"),
        ("name,lat,lon\n" + "x" * (2 << 20), "FILE:2: expected a row of a table, got an endless line"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_an_error_that_helps(tmp_path, text, message):
    assert error_of(table_of(tmp_path, text)) == message


def test_a_quote_that_is_never_closed_is_a_fault(tmp_path):
    faults = faults_of(tmp_path, 'name,lat,lon\nMill,1,2\n"Wheel,3,4\nBridge,5,6\n')
    assert faults == {3: "expected a row of a table: unexpected end of data"}


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(rows, "_MOST_ROWS", 2)
    message = error_of(table_of(tmp_path, "name,lat,lon\nA,1,2\nB,1,2\nC,1,2\n"))
    assert message.startswith("FILE: expected at most 2 rows; give longer lists in the columns of")


@pytest.mark.parametrize("reader", [rows, registry])
def test_large_files_are_refused_unread(tmp_path, monkeypatch, reader):
    from geomap.gazetteer.sources import geojson

    module, name = (rows, "a.csv.gz") if reader is rows else (geojson, "a.geojson.gz")
    monkeypatch.setattr(module, "_MOST_BYTES", 1 << 20)
    path = table_of(tmp_path, gzip.compress(bytes(5 << 20)), name=name)
    message = "FILE: expected at most 1 MB of text, got more; split it"
    endless = "FILE:1: expected a row of a table, got an endless line"
    assert error_of(path) in (message, endless)


POINT = {"type": "Feature", "properties": {"name": "Mill"}, "geometry": {"type": "Point", "coordinates": [2, 1]}}  # fmt: skip
ONE_POINT = json.dumps({"type": "FeatureCollection", "features": [POINT]})


@pytest.mark.parametrize(("name", "text"), [("a.csv.gz", MILL), ("a.geojson.gz", ONE_POINT)])
def test_gzipped_files_are_read_and_damaged_ones_are_errors(tmp_path, name, text):
    whole = gzip.compress(text.encode())
    assert len(places_of(tmp_path, whole, name=name)) == 1
    for spoiled in (whole[:-6], whole[:14] + b"\xff\xff" + whole[16:], text.encode()):
        message = error_of(table_of(tmp_path, spoiled, name=name))
        assert message.startswith("FILE: expected a gzip file that is whole")


@pytest.mark.parametrize("name", ["a.csv", "a.geojson"])
def test_what_is_no_file_is_an_error_that_helps(tmp_path, name):
    assert error_of(tmp_path / name) == "FILE: cannot be read: No such file or directory"
    (tmp_path / name).mkdir()
    assert error_of(tmp_path / name) == "FILE: expected a file, got a folder or a device"
    (tmp_path / name).rmdir()
    (tmp_path / name).symlink_to(os.devnull.replace("null", "zero"))
    assert error_of(tmp_path / name) == "FILE: expected a file, got a folder or a device"


@pytest.mark.parametrize("name", ["places", "places.xlsx", "places.shp", "places.csv.zip.bak"])
def test_a_file_of_an_unknown_kind_is_an_error_that_helps(tmp_path, name):
    message = error_of(table_of(tmp_path, MILL, name=name))
    assert message == (
        "FILE: expected a file of places that ends with one of .csv, .geojson, .json, .tsv, .txt, .zip"
    )


def test_suggestions_that_nobody_filled_in_are_left_out(tmp_path):
    text = (
        "name,lat,lon,count,sentence\nMill,,,3,In Mill.\nWheel,1,2,4,In Wheel.\nHut,,2,1,In Hut.\n"
    )
    path = table_of(tmp_path, text)
    report = FileReport(path="x")
    assert [place.name for place in registry.read_rows(path, report)] == ["Wheel"]
    assert report.notes == ["1 suggestions without a point are left out"]
    assert [fault.line for fault in report.faults] == [4]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    for name in ("a.csv", "a.tsv", "a.geojson", "a.csv.gz", "a.txt", "a.zip"):
        path = tmp_path_factory.getbasetemp() / name
        path.write_bytes(content)
        try:
            read(path)
        except GazetteerError as err:
            assert str(path) in str(err)  # noqa: PT017 - either is fine


cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(cells, cells, cells), max_size=5))
def test_any_cells_are_places_or_faults(tmp_path_factory, values):
    lines = ["name;lat;lon", *(";".join(f'"{c.replace(chr(34), "")}"' for c in v) for v in values)]
    path = tmp_path_factory.getbasetemp() / "cells.csv"
    path.write_text("\n".join([*lines, "Mill;1;2", ""]), encoding="utf-8", newline="")
    report = FileReport(path="cells")
    found = list(registry.read_rows(path, report))
    assert report.rows == len(found) + report.fault_count
    assert all(-90 <= place.lat <= 90 and place.name for place in found)


def overrides_of(folder, text):
    report = FileReport(path="x")
    found = list(table.read_overrides(table_of(folder, text), report))
    return found, [f"{fault.line}: {fault.message}" for fault in report.faults]


def test_corrections_hold_what_is_filled_in(tmp_path):
    text = (
        "id,name,lat,lon,feature,population,action\n7,,,,,0,\nmine:1,Mill,1,2,ADM2,,\n8,,,,,,DROP\n"
    )
    found, faults = overrides_of(tmp_path, text)
    assert faults == []
    assert [(p.id, p.name, p.lat, p.feature, p.population) for p in found] == [
        ("geonames:7", "", None, "", 0),
        ("mine:1", "Mill", 1.0, "ADM2", None),
        ("geonames:8", "", None, "DROP", None),
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",Mill,,,,", "expected an id such as geonames:172955 or mine:12, got ''"),
        ("7,,1,,,", "expected a longitude in decimal degrees, got ''"),
        ("7,,,,,delete", "expected the action 'drop' or none, got 'delete'"),
        ("7,,,,DROP,", "expected a feature code; 'drop' stands in the column 'action'"),
        ("9,,,,,", "expected each id once, got 'geonames:9' again"),
    ],
)
def test_faulty_corrections_are_told(tmp_path, row, message):
    text = f"id,name,lat,lon,feature,action\n9,,,,,\n{row}\n"
    assert overrides_of(tmp_path, text)[1] == [f"3: {message}"]

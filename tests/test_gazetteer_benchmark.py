"""The benchmark of gazetteers: made-up dumps are as GeoNames publishes them, and always the same."""

import importlib.util
import sys
from collections import Counter
from pathlib import Path

import pytest

from geomap.gazetteer.sources.faults import FileReport
from geomap.gazetteer.sources.geonames import read_dump

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def load(name):
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", BENCHMARKS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def dump():
    return load("dump")


@pytest.fixture
def benchmark(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    return load("gazetteer")


@pytest.fixture(scope="module")
def made(tmp_path_factory, dump):
    folder = tmp_path_factory.mktemp("made") / "dump"
    return folder, dump.write_dump(folder, 40_000)


def test_a_made_dump_is_read_as_a_published_one(made):
    folder, counts = made
    report = FileReport(path="dump")
    places = list(read_dump([folder], report=report))
    assert (report.rows, report.skipped, report.notes) == (counts.places, 0, [])
    assert abs(counts.places - 40_000) < 50
    assert 0.8 * counts.places < len(places) < counts.places
    assert all(place.admin1 and place.admin1_id for place in places)
    assert 1.2 < counts.names / counts.places < 2.0


def test_many_made_places_share_a_name_and_many_do_not(made):
    lines = (made[0] / "allCountries.txt").read_text(encoding="utf-8").splitlines()
    names = Counter(line.split("\t")[1] for line in lines)
    assert 0.5 < len(names) / len(lines) < 0.9
    assert 5 < sum(map(len, names)) / len(names) < 20


def test_the_same_seed_gives_the_same_bytes(tmp_path, dump):
    for name, seed in (("one", 1), ("two", 1), ("three", 2)):
        dump.write_dump(tmp_path / name, 30_000, seed)
    one, two, three = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "two", "three")
    )
    assert one == two != three


def test_names_to_look_up_are_known_and_unknown(made, benchmark):
    names = benchmark.choose_names(made[0])
    assert len(names) == benchmark.LOOKUPS == len(benchmark.choose_names(None))
    assert names == benchmark.choose_names(made[0])


def test_what_was_made_stays_where_it_is_wanted(tmp_path, benchmark, monkeypatch):
    monkeypatch.setattr(benchmark, "measure", lambda folder, *_: (folder / "made").touch())
    for options, kept in ((["--keep"], ["made"]), ([], [])):
        monkeypatch.setattr(sys, "argv", ["gazetteer.py", "--folder", str(tmp_path), *options])
        benchmark.main()
        assert [path.name for path in tmp_path.glob("*/*")] == kept
        for path in tmp_path.glob("*/*"):
            path.unlink()


def test_layers_are_compared_with_the_embedded_gazetteer(monkeypatch, capsys):
    monkeypatch.syspath_prepend(BENCHMARKS)
    layers = load("layers")
    figures = {"embedded": 0.9, "one": 0.8995, "two": 0.88}
    monkeypatch.setattr(layers, "read_corpus", lambda _path: [])
    monkeypatch.setattr(layers, "measure", lambda name, _: {("news", "F1"): figures[name]})
    monkeypatch.setattr(sys, "argv", ["layers.py", "news.xml", "--gazetteer", "one", "two"])
    layers.main()
    told = capsys.readouterr().out
    assert "0.9000 → 0.8995  -0.0005" in told
    assert "most lost: 0.0200, at most 0.003" in told

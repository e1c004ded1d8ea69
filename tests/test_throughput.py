"""The measure of speed works from one command, and gives both sides the same texts."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from geomap.errors import InputError

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "benchmarks" / "throughput.py"
TINY = ROOT / "tests" / "gold" / "tiny.jsonl"
_SPEC = importlib.util.spec_from_file_location("benchmark_throughput", SCRIPT)
throughput = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = throughput  # dataclasses look their module up
_SPEC.loader.exec_module(throughput)

XML = """<articles><article><text>Rain fell in Mosul &amp; Erbil.</text></article>
<article><text>Bakers left Ankara.</text></article></articles>"""
STAND_IN = """class GeoText:
    def extract(self, input_text):
        return {}
"""


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "own.xml"
    path.write_text(XML, encoding="utf-8")
    return path


def figure(pattern, output):
    [found] = re.findall(pattern, output, re.MULTILINE)
    return float(found.replace(",", ""))


def test_one_command_measures_files_beside_another_system(corpus, tmp_path):
    """A stand-in under the other system's name: it is no part of geomap's tests."""
    (tmp_path / "flashgeotext").mkdir()
    (tmp_path / "flashgeotext" / "geotext.py").write_text(STAND_IN)
    (tmp_path / "flashgeotext-9.dist-info").mkdir()
    (tmp_path / "flashgeotext-9.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: flashgeotext\nVersion: 9\n"
    )
    command = [sys.executable, SCRIPT, "--corpus", TINY, corpus, "--seconds", "0.4"]
    run = subprocess.run(
        [*command, "--beside", "flashgeotext"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "12 articles: tiny.jsonl, own.xml\n" in run.stdout
    for pattern in (
        r"^geomap --version +(\S+) s",
        r"^start to first mention +(\S+) s",
        r"^first time through +(\S+) articles/s",
        r"^steady state +(\S+) articles/s",
        r"^peak memory +(\S+) MB",
        r"^articles +(\S+), each",
        r"^mentions +(\S+)$",
        r"^geomap +(\S+) articles/s by the clock",
        r"^flashgeotext 9 +(\S+) articles/s by the clock",
    ):
        assert figure(pattern, run.stdout) > 0, pattern
    assert figure(r"^geomap / flashgeotext +(\S+) by", run.stdout) < 1, "it does nothing"
    assert "it gives no coordinates" in run.stdout


def test_articles_are_read_written_and_counted_like_those_of_the_command(corpus, tmp_path):
    records = throughput.read_records(corpus)
    path = throughput.write_articles(tmp_path / "in.jsonl", records, 21)
    written = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [record["id"] for record in written] == [str(number) for number in range(21)]
    assert [record["text"] for record in written[:3]] == [
        "Rain fell in Mosul & Erbil.",
        "Bakers left Ankara.",
        "Rain fell in Mosul & Erbil.",
    ]
    stream = throughput.measure_stream(path, 21)
    assert (stream.articles, stream.mentions, stream.lap.articles) == (21, 32, 19)
    assert stream.lap.characters == sum(len(record["text"]) for record in written[2:])
    assert stream.lap.cpu > 0
    command = [
        sys.executable,
        "-m",
        "geomap",
        "mentions",
        path,
        "-o",
        tmp_path / "by_command.jsonl",
    ]
    subprocess.run(command, check=True, capture_output=True)
    ours = (tmp_path / "in.out.jsonl").read_bytes()
    assert ours == (tmp_path / "by_command.jsonl").read_bytes()


def test_both_get_the_same_texts_in_turns(tmp_path, monkeypatch):
    monkeypatch.setattr(throughput, "CHUNK", 2)
    texts = ["Rain fell in Mosul.", "Bakers left Ankara.", "Erbil sang."]
    records = [{"id": "same", "text": text} for text in texts]
    got, exports = [], []
    export = throughput.export_articles

    def counted(*arguments, **options):
        report = export(*arguments, **options)
        exports.append((len(got), report.articles))
        return report

    monkeypatch.setattr(throughput, "export_articles", counted)
    chunks = throughput.write_chunks(tmp_path, records)
    pair = throughput.measure_beside(chunks, 0.1, lambda: got.append)
    turns = len(exports)
    assert got == (texts * turns)[: len(got)]
    assert sum(articles for _, articles in exports) == len(got)
    # the other begins the first turn, geomap the second, and so on
    assert exports[:4] == [(2, 2), (2, 1), (5, 2), (5, 1)][:turns]
    assert pair.geomap.articles == pair.other.articles > 0
    assert pair.geomap.characters == pair.other.characters
    assert min(pair.ratios) > 0


@pytest.mark.parametrize("content", ["", "[1, 2]", "not JSON", "<articles/>"])
def test_what_is_no_corpus_is_refused(tmp_path, content):
    path = tmp_path / ("bad.xml" if content.startswith("<") else "bad.jsonl")
    path.write_text(content)
    with pytest.raises(InputError, match=r"bad\.\w+: expected"):
        throughput.read_records(path)


def test_a_system_that_is_missing_is_named(monkeypatch, capsys):
    monkeypatch.setattr(throughput.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(sys, "argv", ["throughput.py", "--beside", "flashgeotext"])
    with pytest.raises(SystemExit, match="2"):
        throughput.main()
    assert "not installed" in capsys.readouterr().err

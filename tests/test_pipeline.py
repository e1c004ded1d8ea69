"""From articles to records and files, with a geoparser that knows two names."""

import json
import os
import re
import signal
from pathlib import Path
from types import SimpleNamespace

import pytest

from geomap.cli.wording import describe_run
from geomap.engines.processes import find_mentions_in_processes
from geomap.errors import GeomapError, InputError, NothingReadableError, OutputError, RecordError
from geomap.geoparser import Geoparser
from geomap.model import Article, Mention, Place, Resolution
from geomap.pipeline import (
    MapOptions,
    Reading,
    RunReport,
    export_articles,
    find_mentions,
    map_articles,
    read_mentions,
)

RAQQA = Place(
    id="geonames:172955", name="Raqqa", lat=35.95, lon=39.01, feature="PPLA", country="SY"
)


class TwoNames:
    """Finds Raqqa, which it knows, and Nowhere, which it does not."""

    gazetteer = SimpleNamespace(title="two names")

    def parse(self, article):
        spans = article.spans
        if spans is None:
            spans = [match.span() for match in re.finditer("Raqqa|Nowhere", article.text)]
        return tuple(self._resolve(article, start, end) for start, end in spans)

    def _resolve(self, article, start, end):
        surface = article.text[start:end]
        known = surface == "Raqqa"
        return Resolution(
            mention=Mention(
                article_id=article.id,
                start=start,
                end=end,
                surface=surface,
                kind="literal" if known else "embedded",
            ),
            status="resolved" if known else "unknown",
            place=RAQQA if known else None,
            confidence=float(known),
        )


@pytest.fixture
def lines(tmp_path):
    """A file of records: two good ones, one with its own spans, and a bad one between them."""
    path = tmp_path / "in.jsonl"
    records = [
        {"id": "a", "text": "Raqqa and Nowhere."},
        {"id": "b", "text": ""},
        {"id": "c", "text": "The river at Raqqa.", "date": "2019-03-21", "spans": [[4, 9]]},
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def surfaces(records):
    return [(record["article_id"], record["surface"]) for record in records]


def read(path, **options):
    report = RunReport()
    records = list(read_mentions([path], Reading(**options), geoparser=TwoNames(), report=report))
    return surfaces(records), report


def test_mentions_stream_one_article_at_a_time():
    taken = []

    def articles():
        for number in range(3):
            taken.append(number)
            yield Article(id=str(number), text="Raqqa")

    stream = find_mentions(articles(), TwoNames())
    assert taken == []
    assert (next(stream)["article_id"], taken) == ("0", [0])
    assert surfaces(stream) == [("1", "Raqqa"), ("2", "Raqqa")]


def test_the_report_counts_what_was_read_and_found(lines):
    found, report = read(lines)
    assert found == [("a", "Raqqa"), ("a", "Nowhere"), ("c", "Raqqa")]
    assert (report.articles, report.mentions) == (2, 3)
    assert report.statuses == {"resolved": 2, "unknown": 1}
    assert report.kinds == {"literal": 2, "embedded": 1}
    assert (report.reading.rejected, report.reading.undated) == (1, 1)


@pytest.fixture
def copies(tmp_path):
    """A file of four articles, of which two tell one story; one of these has no date."""
    path = tmp_path / "copies.jsonl"
    story = "The mill at Raqqa ground its first sack of flour since the flood, said Mr Kaya."
    records = [
        {"id": "a", "text": story, "date": "2019-03-21"},
        {"id": "b", "text": f"By Staff\n\n{story}"},
        {
            "id": "c",
            "text": "Nobody in Raqqa had seen the heron before it stood on the post office.",
        },
        {"id": "d", "text": "Raqqa"},
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


@pytest.mark.parametrize("processes", [1, 2])
def test_copies_are_told_in_every_record(copies, processes):
    report = RunReport()
    records = list(read_mentions([copies], Reading(processes=processes), report=report))
    sizes = {record["article_id"]: record["story_size"] for record in records}
    dates = {record["article_id"]: record["date_source"] for record in records}
    assert sizes == {"a": 2, "b": 2, "c": 1, "d": 1}
    assert dates == {"a": "field", "b": "story", "c": None, "d": None}
    assert len({record["story_id"] for record in records}) == 3
    assert (report.stories.articles, report.stories.stories, report.stories.dated) == (4, 3, 1)
    assert "4 articles tell 3 stories" in list(describe_run(report))
    assert "3 articles without a date, 1 of which took the date of a copy" in describe_run(report)


def test_without_stories_mentions_come_as_the_articles_do(copies):
    taken = []

    def watched(articles):
        for article in articles:
            taken.append(article.id)
            yield article

    stream = read_mentions([copies], Reading(stories=False), geoparser=TwoNames(), progress=watched)
    first = next(stream)
    assert (taken, first["story_id"], first["story_size"]) == (["a"], None, None)
    report = RunReport()
    list(read_mentions([copies], Reading(stories=False), geoparser=TwoNames(), report=report))
    assert report.stories is None
    assert not any("stories" in line for line in describe_run(report))


def test_every_phase_is_watched(copies):
    seen = []

    def watch(items, label):
        for item in items:
            seen.append(label)
            yield item

    list(read_mentions([copies], geoparser=TwoNames(), watch=watch))
    assert seen == ["reading"] * 4 + ["comparing"]


def test_the_page_holds_each_article_once(copies, tmp_path):
    report = map_articles([copies], tmp_path / "map.html", options=MapOptions(text="full"))
    assert (report.articles, report.stories.stories) == (4, 3)


def test_own_spans_count_only_where_they_are_wanted(lines):
    found, report = read(lines, spans=True)
    assert (found, report.spanless) == ([("c", "river")], 1)


def test_kinds_are_a_filter(lines):
    found, report = read(lines, kinds=frozenset({"embedded"}))
    assert (found, report.mentions, report.articles) == ([("a", "Nowhere")], 1, 2)


def test_a_bad_record_stops_a_strict_reading(lines):
    with pytest.raises(RecordError, match=r"in\.jsonl:2: .*empty"):
        read(lines, strict=True)


def test_nothing_readable_writes_nothing(tmp_path):
    (tmp_path / "in.txt").touch()
    with pytest.raises(NothingReadableError, match="the text is empty"):
        export_articles([tmp_path / "in.txt"], tmp_path / "out.csv", geoparser=TwoNames())
    assert [path.name for path in tmp_path.iterdir()] == ["in.txt"]


def test_an_unknown_suffix_is_refused_before_anything_is_read(tmp_path):
    with pytest.raises(OutputError, match=r"out\.xyz"):
        export_articles(["missing"], tmp_path / "out.xyz", geoparser=TwoNames())


def test_the_report_names_the_file(lines, tmp_path):
    report = export_articles([lines], tmp_path / "new" / "out.jsonl", geoparser=TwoNames())
    assert report.files == [tmp_path / "new" / "out.jsonl"]
    assert len(report.files[0].read_text().splitlines()) == report.mentions == 3


def make_articles(number):
    return [Article(id=str(n), text=f"Number {n} reopened in Raqqa, Syria.") for n in range(number)]


def test_two_processes_give_the_same_records_in_the_same_order():
    articles = make_articles(150)
    parallel = find_mentions_in_processes(iter(articles), processes=2)
    assert list(parallel) == list(find_mentions(articles, Geoparser()))


def test_a_number_of_processes_is_one_or_more():
    with pytest.raises(InputError, match="got 0"):
        list(find_mentions_in_processes([], processes=0))


def test_a_killed_process_is_an_error_not_a_loss():
    def kill_the_workers():
        for number, article in enumerate(make_articles(10_000)):
            if number == 1_000:
                for child in worker_ids():
                    os.kill(child, signal.SIGKILL)
            yield article

    with pytest.raises(GeomapError, match="was killed"):
        list(find_mentions_in_processes(kill_the_workers(), processes=2))


def worker_ids():
    """Return the processes that this one started to look for mentions."""
    children = Path("/proc/self/task").glob("*/children")
    for child in {int(pid) for path in children for pid in path.read_text().split()}:
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
            yield child

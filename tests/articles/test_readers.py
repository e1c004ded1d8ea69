"""Reading: every format, every encoding, and what happens to what cannot be read."""

import gzip
import io
import json
import subprocess
import sys
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.articles import ReadReport, delimited, read_articles, text_lines
from geomap.articles.delimited import read_csv
from geomap.articles.formats import read_jsonl
from geomap.errors import GeomapError, InputError, NothingReadableError, RecordError

_TEXT = "The rebels left Şanlıurfa."

_SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def _write(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _read(*inputs, **options):
    report = ReadReport()
    articles = list(read_articles(*inputs, report=report, **options))
    return articles, report


def _texts(*inputs, **options):
    return [article.text for article in _read(*inputs, **options)[0]]


def _lines(*records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def test_every_format_gives_the_same_text(tmp_path):
    contents = {
        "a.txt": _TEXT,
        "b.md": _TEXT,
        "c.jsonl": _lines({"text": _TEXT}),
        "d.ndjson": _lines({"text": _TEXT}),
        "e.csv": f'text,lang\n"{_TEXT}",en\n',
        "f.tsv": f"text\tlang\n{_TEXT}\ten\n",
    }
    for name, content in contents.items():
        _write(tmp_path, name, content)
        _write(tmp_path, name + ".gz", gzip.compress(content.encode()))
    articles, _ = _read(tmp_path)
    assert [article.text for article in articles] == [_TEXT] * 12
    assert [article.id for article in articles][:6] == [
        "a.txt", "a.txt.gz", "b.md", "b.md.gz", "c.jsonl#1", "c.jsonl.gz#1",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"]
)
def test_encodings_of_latin_text(tmp_path, name, encoding):
    text = "Les rebelles ont quitté la ville près de la frontière, où l’armée était déjà arrivée."
    content = {"a.txt": text, "a.jsonl": _lines({"text": text}), "a.csv": f'text\n"{text}"\n'}[name]
    assert _texts(_write(tmp_path, name, content.encode(encoding))) == [text]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_windows_1256(tmp_path, name):
    text = "قالت مصادر محلية إن القوات دخلت مدينة الرقة شمال سوريا صباح اليوم بعد معارك عنيفة"
    content = text if name == "a.txt" else _lines({"text": text})
    assert _texts(_write(tmp_path, name, content.encode("cp1256"))) == [text]


def test_a_legacy_line_after_a_long_plain_head(tmp_path):
    plain = _lines({"text": "x" * 70_000}).encode()
    text = "Les rebelles ont quitté la ville près de la frontière, où l’armée était déjà arrivée."
    path = _write(tmp_path, "a.jsonl", plain + _lines({"text": text}).encode("cp1252"))
    assert _texts(path)[1] == text


def test_line_ends_stay_as_they_are(tmp_path):
    text = "One\r\nTwo\rThree\n"
    assert _texts(_write(tmp_path, "a.txt", "\ufeff" + text)) == [text]
    assert _texts(_write(tmp_path, "a.jsonl", _lines({"text": text}))) == [text]
    assert _texts(_write(tmp_path, "a.csv", f'text\r\n"{text}"\r\n')) == [text]


def test_all_fields_of_a_record(tmp_path):
    record = {
        "id": "x1",
        "title": "Rebels leave",
        "text": _TEXT,
        "date": "2016-06-11",
        "url": "https://www.paper.example/a",
        "source": "The Paper",
        "lang": "en-GB",
        "spans": [[16, 25]],
    }
    (article,), _ = _read(_write(tmp_path, "a.jsonl", _lines(record)))
    assert (article.id, article.title, article.text) == ("x1", "Rebels leave", _TEXT)
    assert (article.published.start, article.published.source) == (date(2016, 6, 11), "field")
    assert (article.url, article.source, article.lang) == (record["url"], "The Paper", "en-GB")
    assert article.spans == ((16, 25),)


def test_columns_may_have_other_names(tmp_path):
    path = _write(tmp_path, "a.csv", "body,text,headline\nThe rebels left.,no,Rebels leave\n")
    (article,), _ = _read(path, columns={"text": "body", "title": "headline"})
    assert (article.text, article.title) == ("The rebels left.", "Rebels leave")
    with pytest.raises(InputError, match=r"expected columns among id, .*, got 'body'"):
        _read(path, columns={"body": "text"})


_BAD_LINES = [
    ("{", "broken JSON"),
    ("[1]", "expected a JSON object, got list"),
    ('{"title": "x"}', "the text is missing: no field 'text' among 'title'"),
    ('{"text": 5}', "expected the text to be a string, got int"),
    ('{"text": " "}', "the text is empty"),
    ('{"text": "a\\u0000b"}', "NUL"),
    ('{"text": "a\\ud800b"}', "lone surrogate"),
    ('{"text": "ab", "spans": [[0, 3]]}', "0 <= start < end <= 2"),
    ('{"text": "ab", "spans": [[1, 1]]}', "0 <= start < end <= 2"),
    ('{"text": "ab", "spans": [[0, true]]}', "expected a span"),
    ('{"text": "ab", "spans": 3}', "expected spans to be a list"),
    ("[" * 100_000, "broken JSON"),
    (b'{"text": "a\xff\xfe\x81"}', "undecodable bytes"),
]


@pytest.mark.parametrize(("line", "reason"), _BAD_LINES)
def test_a_bad_line_is_counted_and_the_rest_goes_on(tmp_path, line, reason):
    bad = line if isinstance(line, bytes) else line.encode()
    good = _lines({"text": _TEXT}).encode()
    path = _write(tmp_path, "a.jsonl", good + b"\n" + bad + b"\n" + good)
    articles, report = _read(path)
    assert [article.id for article in articles] == ["a.jsonl#1", "a.jsonl#3"]
    assert (report.read, report.rejected, report.rejections[0].line) == (2, 1, 3)
    assert reason in report.rejections[0].reason
    with pytest.raises(RecordError, match=r"a\.jsonl:3: "):
        _read(path, strict=True)


def test_missing_numbers_of_other_tools_are_read(tmp_path):
    for number in ("NaN", "-Infinity", "1e999"):
        assert _texts(_write(tmp_path, "a.jsonl", f'{{"text": "ab", "title": {number}}}\n')) == [
            "ab"
        ]


def test_rows_of_a_table(tmp_path):
    rows = 'id,text\n1,"two\nlines"\n\n2,\n3,a,b\n4,"say ""no"""\n5,nul\0\n6\n7,last\n'
    articles, report = _read(_write(tmp_path, "a.csv", rows))
    assert [(a.id, a.text) for a in articles] == [
        ("1", "two\nlines"),
        ("4", 'say "no"'),
        ("7", "last"),
    ]
    assert [(bad.line, bad.reason[:20]) for bad in report.rejections] == [
        (5, "the text is missing "),
        (6, "the row has 3 fields"),
        (8, "the line holds NUL c"),
        (9, "the text is missing "),
    ]


def test_a_table_without_text_names_its_columns(tmp_path):
    path = _write(tmp_path, "a.csv", "id,words\n1,x\n")
    with pytest.raises(
        NothingReadableError, match=r"a\.csv:1: no column 'text' among 'id', 'words'"
    ):
        _read(path)


def test_ids_are_unique_and_given_ones_are_kept(tmp_path):
    lines = _lines(*({"id": name, "text": _TEXT} for name in ("a", "a", "a~2", 7, None, "a")))
    articles, _ = _read(_write(tmp_path, "a.jsonl", lines))
    assert [article.id for article in articles] == ["a", "a~2", "a~2~2", "7", "a.jsonl#5", "a~3"]


def test_ids_are_paths_inside_the_folder(tmp_path):
    for name in ("b/x.txt", "a.txt", "b/a/y.txt", ".hidden/z.txt", "b/skipped.doc"):
        _write(tmp_path, name, _TEXT)
    articles, report = _read(
        tmp_path, tmp_path / "b" / "x.txt", str(tmp_path / "b" / "*" / "*.txt")
    )
    ids = ["a.txt", "b/a/y.txt", "b/x.txt", "x.txt", "y.txt"]
    assert ([article.id for article in articles], report.skipped) == (ids, 1)


def test_what_is_missing_or_unknown_is_reported_and_the_rest_goes_on(tmp_path):
    good, unknown = _write(tmp_path, "a.txt", _TEXT), _write(tmp_path, "a.doc", _TEXT)
    articles, report = _read(tmp_path / "no.txt", unknown, good)
    assert (len(articles), report.rejected) == (1, 2)
    assert "no such file" in report.rejections[0].reason
    assert ".txt, .md, .html" in report.rejections[1].reason


@pytest.mark.parametrize("name", ["no.txt", "no*.txt", "\0", "x" * 5000])
def test_nothing_readable_says_why(tmp_path, name):
    with pytest.raises(NothingReadableError, match="no such file"):
        _read(str(tmp_path / name))


def test_an_empty_folder_is_nothing_readable(tmp_path):
    with pytest.raises(NothingReadableError, match="hold no records"):
        _read(tmp_path)


def test_loops_of_links_end(tmp_path):
    _write(tmp_path, "a/a.txt", _TEXT)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert _texts(tmp_path) == [_TEXT]


@pytest.mark.parametrize(
    ("given_bytes", "ids"),
    [
        (_lines({"text": _TEXT}, {"text": _TEXT}).encode(), ["stdin#1", "stdin#2"]),
        (b"\xef\xbb\xbf  \n" + _lines({"text": _TEXT}).encode(), ["stdin#1"]),
        (_TEXT.encode(), ["stdin"]),
    ],
)
def test_standard_input(monkeypatch, given_bytes, ids):
    stream = io.TextIOWrapper(io.BytesIO(given_bytes))
    monkeypatch.setattr(sys, "stdin", stream)
    articles, _ = _read("-")
    assert [(article.id, article.text) for article in articles] == [(name, _TEXT) for name in ids]


def test_standard_input_named_twice_is_empty_the_second_time(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(_TEXT.encode())))
    articles, report = _read("-", "-")
    assert ([article.id for article in articles], report.rejected) == (["stdin"], 1)


def test_a_broken_archive_keeps_what_came_before(tmp_path):
    packed = gzip.compress(_lines(*({"text": f"{n} {_TEXT}"} for n in range(20_000))).encode())
    articles, report = _read(_write(tmp_path, "a.jsonl.gz", packed[: len(packed) // 2]))
    assert len(articles) > 1000
    assert "cannot be read to its end" in report.rejections[-1].reason


def test_lines_of_json_may_end_with_carriage_returns_alone(tmp_path):
    lines = _lines(*({"text": f"{n} {_TEXT}"} for n in range(3)))
    for content in (
        lines.replace("\n", "\r"),
        lines.replace("\n", "\r", 1),
        lines.replace("\n", "\r\n"),
    ):
        articles, report = _read(_write(tmp_path, "a.jsonl", content))
        assert [article.id for article in articles] == ["a.jsonl#1", "a.jsonl#2", "a.jsonl#3"]
        assert report.rejected == 0
    long = _lines(*({"text": f"{n} {_TEXT}" * 3_000} for n in range(3))).replace("\n", "\r")
    assert len(_texts(_write(tmp_path, "a.jsonl", long))) == 3


@pytest.mark.parametrize(
    ("line", "read"), [('{"text":\r "a b"}\n', 1), ('{"text": "a\rb"}\n', 0), ("\r\r\n", 0)]
)
def test_a_carriage_return_within_a_record_ends_no_line(tmp_path, line, read):
    good = _lines({"text": _TEXT})
    articles, report = _read(_write(tmp_path, "a.jsonl", good + line))
    assert (len(articles), report.rejected) == (1 + read, 1 - read if line.strip() else 0)


class _Endless(io.RawIOBase):
    """A stream of the same byte for ever."""

    def readable(self):
        return True

    def readinto(self, buffer):
        buffer[:] = b"x" * len(buffer)
        return len(buffer)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_line_without_an_end_is_left(monkeypatch, name):
    monkeypatch.setattr(text_lines, "MAX_RECORD_BYTES", 1_000_000)
    monkeypatch.setattr(text_lines, "_LONGEST_LINE", 8_000_000)
    stream = io.BufferedReader(_Endless())
    read = read_jsonl(stream, name, {}) if name == "a.jsonl" else read_csv(stream, name, {}, ",")
    (rejection,) = read
    assert "what follows was not read" in rejection.reason


def test_a_line_over_the_limit_is_rejected_and_the_next_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(text_lines, "MAX_RECORD_BYTES", 1000)
    lines = _lines({"text": "x" * 2000}, {"text": _TEXT})
    articles, report = _read(_write(tmp_path, "a.jsonl", lines))
    assert ([article.id for article in articles], report.rejected) == (["a.jsonl#1"], 1)


def test_an_unclosed_quotation_mark_ends_at_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "MAX_RECORD_BYTES", 1000)
    rows = "text\n" + '"open\n' + "row\n" * 400
    articles, report = _read(_write(tmp_path, "a.csv", rows))
    assert "quotation mark" in report.rejections[0].reason
    assert articles[-1].text == "row"


def test_reading_is_a_stream(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as packed:
        for _ in range(200):
            packed.write(_lines({"text": "The rebels left. " * 6_000}).encode())
    tracemalloc.start()
    count = sum(1 for _ in read_articles(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, peak < 8_000_000) == (200, True)  # of 20 MB


def test_counts_of_dates(tmp_path):
    lines = _lines(
        {"text": _TEXT, "date": "2016-06-11"},
        {"text": _TEXT, "date": 20160611},
        {"text": _TEXT, "date": "11/06/2016"},
        {"text": _TEXT, "date": "soon"},
        {"text": _TEXT, "date": "soon", "url": "https://paper.example/2016/06/11/x"},
        {"text": _TEXT, "date": ""},
    )
    articles, report = _read(_write(tmp_path, "a.jsonl", lines))
    assert [article.published.source for article in articles] == ["field"] * 3 + [None, "url", None]
    assert (report.undated, report.ambiguous, report.unreadable_dates) == (2, 1, 2)


@pytest.mark.parametrize(
    "suffix", [".txt", ".html", ".jsonl", ".csv", ".tsv", ".txt.gz", ".jsonl.gz"]
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=300) | st.text(alphabet='{}[]",:\n\\ud8a<>text').map(str.encode))
def test_arbitrary_bytes_raise_nothing_but_our_own(tmp_path, suffix, content):
    path = _write(tmp_path, f"a{suffix}", content)
    try:
        articles, _ = _read(path)
    except GeomapError:
        return
    assert len({article.id for article in articles}) == len(articles)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ids=st.lists(st.sampled_from(["a", "a~2", "b", "a~2~2", "", None]), min_size=1))
def test_ids_never_repeat(tmp_path, ids):
    path = _write(tmp_path, "a.jsonl", _lines(*({"id": name, "text": "x"} for name in ids)))
    articles, _ = _read(path)
    assert len({article.id for article in articles}) == len(ids)


@pytest.mark.skipif(not _SEEDS.exists(), reason="the annotated articles are not on this machine")
def test_annotated_articles_are_read_exactly():
    paths = sorted(_SEEDS.glob("00?_*.txt"))
    assert _texts(*paths) == [path.read_bytes().decode("utf-8") for path in paths]


def test_opening_the_room_opens_no_heavy_library():
    code = "import sys, geomap.articles; print(*sorted(sys.modules))"
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    heavy = {"pandas", "trafilatura", "htmldate", "dateparser", "chardet", "orjson", "lxml"}
    assert heavy.isdisjoint(modules.stdout.split())

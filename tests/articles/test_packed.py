"""Archives of gzip: what could be unpacked is read, and what is wrong is told."""

import gzip
import io
import json

import pytest

from geomap.articles import ReadReport, read_articles
from geomap.articles.streams import Unpacked
from geomap.errors import NothingReadableError

_TEXTS = [f"Report {n}: the market in Raqqa reopened." for n in range(5)]
_LINES = "".join(json.dumps({"text": text}) + "\n" for text in _TEXTS).encode()
_PACKED = gzip.compress(_LINES, mtime=0)
_STORED = gzip.compress(_LINES, compresslevel=0, mtime=0)


def _read(path, content):
    path.write_bytes(content)
    report = ReadReport()
    return [article.text for article in read_articles(path, report=report)], report


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (_PACKED + b"\n", "cut off"),
        (_PACKED + b"trailing bytes", "damaged"),
        (_PACKED[:-8], "cut off"),
        (_PACKED[:-1], "cut off"),
        (_PACKED[:-8] + bytes(8), "damaged"),
        (_PACKED[:-4] + b"\1\2\3\4", "damaged"),
        (_PACKED + _PACKED[:5], "cut off"),
    ],
)
def test_what_was_unpacked_is_read(tmp_path, content, reason):
    texts, report = _read(tmp_path / "a.jsonl.gz", content)
    assert texts == _TEXTS
    assert [reason in str(item) for item in report.rejections] == [True]
    assert "cannot be read to its end" in str(report.rejections[0])


@pytest.mark.parametrize(
    "content", [_PACKED + bytes(512), _PACKED + bytes(3) + gzip.compress(b"", mtime=0)]
)
def test_padding_is_no_damage(tmp_path, content):
    assert _read(tmp_path / "a.jsonl.gz", content)[1].rejected == 0


def test_archives_in_a_row_are_one(tmp_path):
    texts, report = _read(tmp_path / "a.jsonl.gz", _PACKED + _STORED)
    assert (texts, report.rejected) == (_TEXTS * 2, 0)


@pytest.mark.parametrize("level", [0, 6])
def test_a_damaged_middle_costs_what_stands_behind_it(tmp_path, level):
    lines = b"".join(json.dumps({"text": f"{n} {_TEXTS[0]}"}).encode() + b"\n" for n in range(4000))
    packed = bytearray(gzip.compress(lines, compresslevel=level, mtime=0))
    half = len(packed) // 2
    packed[half : half + 40] = b"\xff" * 40
    texts, report = _read(tmp_path / "a.jsonl.gz", bytes(packed))
    assert len(texts) > 1500
    assert report.rejected > 0


def test_every_byte_before_the_damage_comes_out():
    plain = b"abc" * 400
    stream = Unpacked(io.BytesIO(gzip.compress(plain, mtime=0)[:-8] + b"12345678"))
    assert io.BufferedReader(stream).read() == plain
    assert "incorrect data check" in stream.fault


@pytest.mark.parametrize("name", ["a.txt.gz", "a.html.gz", "a.csv.gz", "a.jsonl.gz"])
@pytest.mark.parametrize("content", [b"no archive", b"\x1f\x8b", b"\x1f\x8b\x08\0\0\0\0\0\0\3"])
def test_what_is_no_archive_is_one_rejection(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    report = ReadReport()
    with pytest.raises(NothingReadableError, match="cannot be read to its end: the archive is"):
        list(read_articles(path, report=report))
    assert report.rejected == 1


def test_a_cut_text_is_read_up_to_there(tmp_path):
    text = "The market in Raqqa reopened. " * 200
    packed = gzip.compress(text.encode(), compresslevel=0, mtime=0)
    texts, report = _read(tmp_path / "a.txt.gz", packed[: len(packed) // 2])
    assert text.startswith(texts[0])
    assert len(texts[0]) > 2000
    assert report.rejected == 1

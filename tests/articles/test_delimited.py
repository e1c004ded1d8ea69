"""Tables: a quotation mark that nobody closed costs its own row, and no other."""

import csv
import io
import time

import pytest

from geomap.articles import ReadReport, delimited, read_articles
from geomap.articles.delimited import read_csv
from geomap.articles.reports import Rejection

_HEAD = "id,text,lang\n"


def _read(tmp_path, rows, name="a.csv"):
    path = tmp_path / name
    path.write_text(rows, encoding="utf-8", newline="")
    report = ReadReport()
    return [(a.id, a.text) for a in read_articles(path, report=report)], report


def _rows(first, last):
    return "".join(f"{n},Row {n} of Raqqa.,en\n" for n in range(first, last + 1))


def _read_rows(first, last):
    return [(str(n), f"Row {n} of Raqqa.") for n in range(first, last + 1)]


@pytest.mark.parametrize(
    ("name", "head", "bad", "good"),
    [
        ("a.csv", _HEAD, '7,"He said,en\n', "{n},Row {n} of Raqqa.,en\n"),
        ("a.csv", _HEAD, '7,"He said,en\n', '{n},"Row {n} of Raqqa.",en\n'),
        ("a.csv", "id,text\n", '7,"He said\n', '{n},"Row {n} of Raqqa."\n'),
        ("a.csv", "id,text\n", '7,"He said\n', "{n},Row {n} of Raqqa.\n"),
        ("a.csv", "id,text\n", '7,He said,"\n', "{n},Row {n} of Raqqa.\n"),
        ("a.tsv", "id\ttext\tlang\n", '7\t"He said\ten\n', "{n}\tRow {n} of Raqqa.\ten\n"),
        ("a.tsv", "id\ttext\tlang\n", '7\t"He said\ten\n', '{n}\t"Row {n} of Raqqa."\ten\n'),
    ],
)
def test_no_row_is_lost_behind_an_open_mark(tmp_path, name, head, bad, good):
    def rows(first, last):
        return "".join(good.format(n=n) for n in range(first, last + 1))

    found, report = _read(tmp_path, head + rows(1, 6) + bad + rows(8, 508), name)
    assert found == [*_read_rows(1, 6), *_read_rows(8, 508)]
    assert [(item.line, "quotation mark" in item.reason) for item in report.rejections] == [
        (8, True)
    ]


def test_rows_between_two_open_marks_are_rows(tmp_path):
    rows = _HEAD + _rows(1, 3) + '4,"Open,en\n' + _rows(5, 9) + '10,x,"\n' + _rows(11, 12)
    found, report = _read(tmp_path, rows)
    assert found == [*_read_rows(1, 3), *_read_rows(5, 9), *_read_rows(11, 12)]
    assert [item.line for item in report.rejections] == [5, 11]


_STORY = "First, the market reopened.\n\nThen, he said, the rain came,\nand it stayed, on and on.\nThe end."


@pytest.mark.parametrize("width", [1, 2, 3])
def test_texts_of_several_lines_are_one_row(tmp_path, width):
    head = ["text", "id", "lang"][:width]
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([head, [_STORY, "a", "en"][:width], [_STORY + " ", "b", "en"][:width]])
    found, report = _read(tmp_path, out.getvalue())
    assert [text for _, text in found] == [_STORY, _STORY + " "]
    assert report.rejected == 0


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ('1,"He said "no" and left",en\n', '"He said "no" and left"'),
        ('1,"Rebels" leave,en\n', '"Rebels" leave'),
        ('1,He said "no",en\n', 'He said "no"'),
        ('1,"He said ""no""",en\n', 'He said "no"'),
        ('1,"one, two "three" four",en\n', 'one, two three" four"'),
    ],
)
def test_marks_within_a_line_are_kept(tmp_path, row, text):
    found, report = _read(tmp_path, _HEAD + row + _rows(2, 2))
    assert (found, report.rejected) == ([("1", text), *_read_rows(2, 2)], 0)


def test_a_bad_line_within_a_cell_is_that_row_s_fault(tmp_path):
    rows = _HEAD + '1,"One\nT\0wo\nThree",en\n' + _rows(2, 3)
    found, report = _read(tmp_path, rows)
    assert found == _read_rows(2, 3)
    assert [(item.line, item.reason) for item in report.rejections] == [
        (2, "the line holds NUL characters")
    ]


def test_lines_may_end_with_carriage_returns_alone(tmp_path):
    rows = (_HEAD + _rows(1, 3) + '4,"Two\nlines",en\n').replace("\n", "\r")
    found, report = _read(tmp_path, rows)
    assert (found, report.rejected) == ([*_read_rows(1, 3), ("4", "Two\rlines")], 0)


def test_a_row_over_the_limit_is_read_again_behind_its_first_line(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "MAX_RECORD_BYTES", 500)
    found, report = _read(tmp_path, _HEAD + '1,"Open,en\n' + _rows(2, 100))
    assert found == _read_rows(2, 100)
    assert "is a quotation mark missing?" in report.rejections[0].reason


@pytest.mark.parametrize(
    "line", ['1,"x\n', '"\n', '1,"x""\n', '"a","b\n', '1,x,"\n', '"""\n', 'a"b,"c\n', '1,"x"y\n']
)
def test_rows_with_open_marks_take_a_time_that_grows_with_them(line):
    def seconds(count):
        stream = io.BytesIO(("id,text,lang\n" + line * count).encode())
        began = time.process_time()
        rejected = sum(isinstance(item, Rejection) for item in read_csv(stream, "a", {}, ","))
        return time.process_time() - began, rejected

    seconds(500)
    small, large = min(seconds(2_000) for _ in range(3)), min(seconds(16_000) for _ in range(2))
    assert large[0] < small[0] * 8 * 2.5 + 0.05

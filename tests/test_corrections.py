"""Corrections: read, applied, accounted for, and still good when the articles are read again."""

import csv
import time
from dataclasses import replace
from pathlib import Path

import pytest

from geomap.corrections import (
    CORRECTION_COLUMNS,
    Correction,
    apply_corrections,
    digest_context,
    read_corrections,
    table,
    write_corrections,
)
from geomap.errors import InputError
from geomap.model import Article
from geomap.pipeline import find_mentions
from geomap.records import COLUMNS
from tests.samples import make_record

PARIS = "geonames:2988507"
PLACE_FIELDS = COLUMNS[COLUMNS.index("place_id") : COLUMNS.index("confidence")]


def correct_raqqa(**fields):
    """A correction of the sample mention, as the page writes it."""
    sample = make_record()
    return Correction(
        **{
            "scope": "mention",
            "action": "not_a_place",
            "article_id": sample["article_id"],
            "start": sample["start"],
            "end": sample["end"],
            "surface": sample["surface"],
            "place_id": sample["place_id"],
            "context": digest_context(sample["snippet"]),
            "nth": 1,
        }
        | fields
    )


def apply(records, *corrections, gazetteer):
    corrected, report = apply_corrections(records, corrections, gazetteer)
    return list(corrected), report


def reasons(report):
    return [outcome.reason for outcome in report.outcomes]


def test_a_name_that_is_no_place_is_dropped(gazetteer):
    other = make_record(article_id="b.txt")
    found, report = apply([make_record(), other], correct_raqqa(), gazetteer=gazetteer)
    assert (found, report.applied, report.stale) == ([other], 1, 0)


def test_a_wrong_place_becomes_unknown(gazetteer):
    [found], _ = apply([make_record()], correct_raqqa(action="wrong_place"), gazetteer=gazetteer)
    assert {name: found[name] for name in PLACE_FIELDS} == dict.fromkeys(PLACE_FIELDS)
    assert (found["status"], found["confidence"]) == ("unknown", 0.0)
    assert found["snippet"] == make_record()["snippet"]
    assert tuple(found) == COLUMNS


@pytest.mark.parametrize("name", ["Paris", None, "a name that it has not"])
def test_a_moved_mention_has_the_fields_of_its_place(gazetteer, name):
    move = correct_raqqa(action="move", new_place_id=PARIS, new_name=name)
    [found], _ = apply([make_record()], move, gazetteer=gazetteer)
    article = Article(id="a", text="The mayor of Paris, France, spoke.")
    like = next(item for item in find_mentions([article]) if item["surface"] == "Paris")
    assert {key: found[key] for key in PLACE_FIELDS} == {key: like[key] for key in PLACE_FIELDS}
    assert (found["place_id"], found["status"], found["confidence"]) == (PARIS, "resolved", 1.0)


HELD = {"within": "geonames:172957", "within_name": "Raqqa", "precision": 4, "lat": 35.9, "lon": 39}


@pytest.mark.parametrize("new", [{"new_place_id": PARIS}, {"new_lat": 35.9, "new_lon": 38.8}])
@pytest.mark.parametrize("fields", [HELD, {}])
def test_a_name_that_nobody_located_gets_its_place(gazetteer, new, fields):
    record = make_record(place_id=None, **fields)
    move = correct_raqqa(action="move", place_id=None, **new)
    [found], report = apply([record], move, gazetteer=gazetteer)
    assert (found["status"], found["confidence"], report.applied) == ("resolved", 1.0, 1)
    assert (found["within"], found["within_name"], found["precision"]) == (None, None, 1)
    assert (found["place_id"], found["lat"]) in [
        (PARIS, pytest.approx(48.85, abs=0.01)),
        ("geomap:point-35.9-38.8", 35.9),
    ]


def test_a_name_gets_its_place_everywhere(gazetteer):
    records = [make_record(place_id=None, article_id=one, **HELD) for one in ("a.txt", "b.txt")]
    move = correct_raqqa(scope="everywhere", action="move", place_id=None, new_place_id=PARIS)
    found, report = apply(records, move, gazetteer=gazetteer)
    assert ([one["place_id"] for one in found], report.applied) == ([PARIS, PARIS], 2)


def test_a_wrong_unit_is_gone_too(gazetteer):
    record = make_record(place_id=None, **HELD)
    wrong = correct_raqqa(action="wrong_place", place_id=None)
    [found], _ = apply([record], wrong, gazetteer=gazetteer)
    assert found["status"] == "unknown"
    assert {found[name] for name in PLACE_FIELDS} == {None}


def test_what_is_wrong_with_a_unit_is_not_wrong_with_what_lies_in_it(gazetteer):
    record = make_record(place_id=None, **HELD)
    drop = correct_raqqa(scope="everywhere", surface=None, place_id=HELD["within"])
    found, report = apply([record], drop, gazetteer=gazetteer)
    assert (found, report.stale) == ([record], 1)


def test_a_moved_mention_takes_the_shape_of_its_relation_along(gazetteer):
    text = "30 km north of Raqqa"
    far = make_record(relation=text, relation_type="offset", precision=2, relation_lat=36.2)
    move = correct_raqqa(action="move", new_place_id=PARIS)
    [found], _ = apply([far], move, gazetteer=gazetteer)
    assert found["relation_lat"] == pytest.approx(found["lat"] + 0.27, abs=0.01)
    assert found["relation_geometry"].startswith("POLYGON")
    assert found["precision"] == 2


def test_what_is_no_longer_anywhere_has_no_shape(gazetteer):
    text = "30 km north of Raqqa"
    far = make_record(relation=text, relation_type="offset", precision=2, relation_lat=36.2)
    [found], _ = apply([far], correct_raqqa(action="wrong_place"), gazetteer=gazetteer)
    assert (found["relation"], found["relation_lat"]) == (text, None)


@pytest.mark.parametrize(
    ("relation", "kind"),
    [
        ("north of Raqqa", None),
        ("between Raqqa and Homs", "between"),
        ("north of Hims", "direction"),
    ],
)
def test_a_moved_mention_loses_the_shape_that_its_phrase_does_not_tell(gazetteer, relation, kind):
    near = make_record(relation=relation, relation_type=kind, precision=2, relation_lat=36.2)
    move = correct_raqqa(action="move", new_place_id=PARIS)
    [found], _ = apply([near], move, gazetteer=gazetteer)
    assert (found["relation"], found["precision"]) == (relation, 2)
    assert found["relation_lat"] is None  # it was seen from the other place


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"action": "wrong_place"}, None), ({"action": "move", "new_place_id": PARIS}, "corrected")],
)
def test_the_reasons_for_what_was_corrected_are_gone(gazetteer, changes, why):
    told = make_record() | {"why": "largest"}
    [found], _ = apply([told], correct_raqqa(**changes), gazetteer=gazetteer)
    assert found["why"] == why
    [found], _ = apply([make_record()], correct_raqqa(**changes), gazetteer=gazetteer)
    assert tuple(found) == COLUMNS


@pytest.mark.parametrize("action", ["move", "wrong_place"])
def test_a_mention_moves_to_a_point(gazetteer, action):
    move = correct_raqqa(action=action, new_lat=-36.5, new_lon=-38.25, new_name="The old mill")
    [found], _ = apply([make_record()], move, gazetteer=gazetteer)
    assert (found["place_id"], found["name"]) == ("geomap:point--36.5--38.25", "The old mill")
    assert (found["lat"], found["lon"], found["country"]) == (-36.5, -38.25, None)


def test_a_point_of_an_article_is_a_place_to_move_to(gazetteer):
    move = correct_raqqa(action="move", new_place_id="geomap:point--36.5--38.25")
    [found], _ = apply([make_record()], move, gazetteer=gazetteer)
    assert (found["lat"], found["lon"], found["name"]) == (-36.5, -38.25, "Raqqa")


def test_a_place_that_the_gazetteer_lacks_is_named_with_its_line(gazetteer):
    move = correct_raqqa(action="move", new_place_id="geonames:999999999", line=7)
    with pytest.raises(InputError, match=r"line 7, .* knows no place 'geonames:999999999'"):
        apply_corrections([], [move], gazetteer)


def test_scopes(gazetteer):
    records = [
        make_record(article_id=article, surface=surface, place_id=place_id, start=start)
        for article in ("a.txt", "b.txt")
        for start, surface, place_id in (
            (10, "Raqqa", "geonames:172955"),
            (50, "RAQQA", "geonames:172955"),
            (90, "Raqqa", "geonames:172957"),
        )
    ]

    def left(**fields):
        found, report = apply(records, correct_raqqa(**fields), gazetteer=gazetteer)
        assert len(found) + report.applied == len(records)
        return [(record["article_id"], record["start"]) for record in found]

    others = [("b.txt", 10), ("b.txt", 50), ("b.txt", 90)]
    assert left() == [("a.txt", 50), ("a.txt", 90), *others]
    assert left(scope="article") == [("a.txt", 90), *others]
    assert left(scope="article", place_id=None) == others
    assert left(scope="everywhere") == [("a.txt", 90), ("b.txt", 90)]
    assert left(scope="everywhere", surface=None) == [("a.txt", 90), ("b.txt", 90)]
    assert left(scope="everywhere", place_id=None) == []


def test_the_narrower_scope_and_then_the_later_row_wins(gazetteer):
    rows = [
        correct_raqqa(action="wrong_place"),
        correct_raqqa(action="move", new_place_id=PARIS),
        correct_raqqa(scope="everywhere"),
        correct_raqqa(scope="article"),
    ]
    [found], report = apply([make_record()], *rows, gazetteer=gazetteer)
    assert found["place_id"] == PARIS
    assert [outcome.applied for outcome in report.outcomes] == [0, 1, 0, 0]
    overruled = "a later or a narrower correction says otherwise"
    assert reasons(report) == [overruled, None, overruled, overruled]
    _, report = apply([make_record()], rows[0], rows[1], rows[0], gazetteer=gazetteer)
    assert [outcome.applied for outcome in report.outcomes] == [0, 0, 1]


def test_no_correction_speaks_of_what_another_made(gazetteer):
    move = correct_raqqa(action="move", new_place_id=PARIS)
    drop = correct_raqqa(scope="everywhere", surface=None, place_id=PARIS)
    [found], report = apply([make_record()], move, drop, gazetteer=gazetteer)
    assert (found["place_id"], report.stale) == (PARIS, 1)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"article_id": "b.txt"}, "its article was not read, or names no place"),
        ({"snippet": "The market in Raqqa closed."}, "its text is gone"),
        ({"surface": "Rakka"}, "its text is gone"),
        ({"place_id": PARIS, "name": "Paris"}, f"geomap now says Paris ({PARIS})"),
        ({"place_id": "geonames:172957"}, "geomap now says the same by itself"),
        ({"place_id": None}, "geomap now says that the place is unknown"),
    ],
)
def test_a_stale_correction_changes_nothing_and_says_why(gazetteer, record, reason):
    move = correct_raqqa(action="move", new_place_id="geonames:172957")
    record = make_record(**record)
    found, report = apply([record], move, gazetteer=gazetteer)
    assert (found, reasons(report), report.stale) == ([record], [reason], 1)


def test_an_everywhere_that_is_nowhere(gazetteer):
    _, report = apply([], correct_raqqa(scope="everywhere"), gazetteer=gazetteer)
    assert reasons(report) == ["no article names it"]


@pytest.mark.parametrize("shift", [0, 25, -10, 1000])
@pytest.mark.parametrize("nth", [1, 2])
def test_a_mention_is_found_again_when_the_text_before_it_changed(gazetteer, shift, nth):
    twice = "In Raqqa, the council of Raqqa met."
    records = [
        make_record(snippet=twice, start=start + shift, end=start + 5 + shift)
        for start in (103, 125)
    ]
    start = (103, 125)[nth - 1]
    drop = correct_raqqa(start=start, end=start + 5, context=digest_context(twice), nth=nth)
    found, _ = apply(records, drop, gazetteer=gazetteer)
    assert [record["start"] - shift for record in found] == [(125, 103)[nth - 1]]


def test_without_a_context_the_offsets_must_be_exact(gazetteer):
    drop = correct_raqqa(context=None)
    assert apply([make_record()], drop, gazetteer=gazetteer)[1].applied == 1
    moved = make_record(start=11, end=16)
    assert apply([moved], drop, gazetteer=gazetteer)[1].applied == 0


def test_corrections_come_back_as_they_were_written(tmp_path):
    rows = [
        correct_raqqa(note="=HYPERLINK(0)", article_id="-a.txt", line=2),
        correct_raqqa(surface="@Raqqa", action="move", new_lat=-1.5, new_lon=-2.0, line=3),
        Correction(scope="everywhere", action="wrong_place", surface="a;b,\n“c”", line=4),
        Correction(scope="everywhere", action="wrong_place", place_id="geonames:1", line=6),
    ]
    assert write_corrections(rows, tmp_path / "c.csv") == 4
    assert read_corrections(tmp_path / "c.csv") == tuple(rows)
    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as file:
        head, first, second, *_ = csv.reader(file)
    assert tuple(head) == CORRECTION_COLUMNS
    assert not [cell for cell in first if cell.startswith(("=", "+", "-", "@"))]
    assert second[head.index("new_lat")] == "-1.5"  # a number is no formula


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_spreadsheet_may_have_saved_it(tmp_path, separator):
    cells = [
        ["Action", " surface ", "scope", "my own column"],
        ["not_a_place", "Jordan", "everywhere", "x"],
        ["", "", "", ""],
        ["wrong_place", "Reading", "everywhere", ""],
    ]
    text = "".join(separator.join(row) + "\r\n" for row in cells)
    (tmp_path / "c.csv").write_text(f"\ufeff{text}", encoding="utf-8")
    found = read_corrections(tmp_path / "c.csv")
    assert [(row.surface, row.line) for row in found] == [("Jordan", 2), ("Reading", 4)]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "sideways,move,a,Raqqa,1,6,,,,,",
            "c.csv:2: expected as scope one of mention, article, every",
        ),
        (",move,a,Raqqa,1,6,,,,,", "c.csv:2: expected as scope one of .*, got ''"),
        ("mention,drop,a,Raqqa,1,6,,,,,", "expected as action one of"),
        ("mention,wrong_place,,Raqqa,1,6,,,,,", "needs an article_id"),
        ("mention,wrong_place,a,,1,6,,,,,", "needs its surface"),
        ("mention,wrong_place,a,Raqqa,1,,,,,,", "needs a context, or its start and end"),
        ("article,wrong_place,a,,,,,,,,", "needs a surface or a place_id"),
        ("mention,move,a,Raqqa,1,6,,,,,", "move needs a new_place_id, or new_lat and new_lon"),
        ("mention,move,a,Raqqa,1,6,,,1.5,,", "needs both new_lat and new_lon"),
        ("mention,move,a,Raqqa,1,6,,,91,0,", r"expected new_lat in \[-90, 90\]"),
        ("mention,move,a,Raqqa,1,6,,,nan,0,", r"expected new_lat in \[-90, 90\]"),
        (
            'mention,move,a,Raqqa,1,6,,,"1,5",0,',
            "degrees with a decimal point as new_lat, got '1,5'",
        ),
        ("mention,move,a,Raqqa,one,6,,,1,0,", "expected a whole number as start, got 'one'"),
        ("mention,move,a,Raqqa,1,6,,geonames:1,1,0,", "expected either"),
        ("mention,not_a_place,a,Raqqa,1,6,,geonames:1,,,", "has no new place"),
    ],
)
def test_a_bad_row_is_named_with_its_line(tmp_path, row, message):
    head = "scope,action,article_id,surface,start,end,place_id,new_place_id,new_lat,new_lon,note"
    (tmp_path / "c.csv").write_text(f"{head}\n{row}\n")
    with pytest.raises(InputError, match=message):
        read_corrections(tmp_path / "c.csv")


def test_bad_rows_are_named_together(tmp_path):
    (tmp_path / "c.csv").write_text("scope,action\n" + "mention,x\n" * 7)
    with pytest.raises(InputError, match=r"c\.csv:2: .*; .*c\.csv:6: .*; and 2 more rows"):
        read_corrections(tmp_path / "c.csv")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, r"cannot read corrections from .*c\.csv: No such file"),
        (b"\xff\xfe\x00", "it is not UTF-8"),
        (b"", "lacks scope, action"),
        (b"name,place\n", "lacks scope, action"),
        (b'scope,action\n"mention,move', "is no CSV file"),
    ],
)
def test_what_is_no_table_of_corrections(tmp_path, content, message):
    if content is not None:
        (tmp_path / "c.csv").write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_corrections(tmp_path / "c.csv")


def test_the_report_says_what_became_of_each(gazetteer):
    rows = [
        replace(correct_raqqa(), line=2),
        replace(correct_raqqa(article_id="\x1b[31mc"), line=3),
    ]
    _, report = apply([make_record()], *rows, gazetteer=gazetteer)
    assert list(report.lines()) == [
        "corrections: 1 mention corrected, 1 correction stale",
        "  line 2, not_a_place “Raqqa” in a.txt: applied once",
        "  line 3, not_a_place “Raqqa” in [31mc: stale, its article was not read, or names no place",
    ]


def test_of_many_corrections_the_first_are_shown_and_all_are_counted(gazetteer):
    rows = [
        *(
            Correction(scope="everywhere", action="wrong_place", surface="Nowhere", line=n)
            for n in range(2, 202)
        ),
        *(
            correct_raqqa(scope="everywhere", place_id=f"geonames:{n}", line=n)
            for n in range(202, 402)
        ),
        *(correct_raqqa(scope="everywhere", line=n) for n in range(402, 502)),
    ]
    found, report = apply([make_record()], *rows, gazetteer=gazetteer)
    lines = list(report.lines())
    assert (found, report.applied, report.stale) == ([], 1, 499)
    assert lines[0] == "corrections: 1 mention corrected, 499 corrections stale"
    assert sum("stale, no article names it" in line for line in lines) == 20
    assert lines[-1] == "  … and 479 more that are stale"
    told = reasons(report)
    assert told[200:400] == ["geomap now says Raqqa (geonames:172955)"] * 200
    assert told[400:499] == ["a later or a narrower correction says otherwise"] * 99
    assert told[499] is None


@pytest.mark.parametrize("scope", ["everywhere", "article"])
def test_corrections_of_one_name_cost_no_more_for_being_many(gazetteer, scope):
    rows = [correct_raqqa(scope=scope, place_id=f"geonames:{n}") for n in range(20_000)]
    records = [make_record(start=n, end=n + 5) for n in range(1_000)]
    began = time.process_time()
    found, report = apply(records, *rows, gazetteer=gazetteer)
    assert (len(found), report.stale) == (1_000, 20_000)
    assert time.process_time() - began < 5  # 20 million comparisons took 40 seconds


def test_cells_are_as_long_as_those_of_articles(tmp_path):
    path = tmp_path / "c.csv"
    limit = csv.field_size_limit(131_072)
    try:
        path.write_text(
            "scope,action,surface,article_id,note\n"
            f"article,wrong_place,{'s' * 9_000},{'a' * 9_000},{'n' * 400_000}\n"
        )
        (item,) = read_corrections(path)
    finally:
        csv.field_size_limit(limit)
    assert (len(item.article_id), len(item.surface), len(item.note)) == (500, 1_000, 1_000)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device")
def test_a_device_is_no_table():
    with pytest.raises(
        InputError, match="cannot read corrections from /dev/zero: it has more than"
    ):
        read_corrections("/dev/zero")


def test_a_table_without_an_end_of_rows_or_faults_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "_MOST_ROWS", 100)
    path = tmp_path / "c.csv"
    path.write_text("scope,action,surface\n" + "everywhere,wrong_place,Raqqa\n" * 101)
    with pytest.raises(InputError, match="at most 100 corrections"):
        read_corrections(path)
    path.write_text("scope,action,surface\n" + "everywhere,x,Raqqa\n" * 50)
    with pytest.raises(InputError, match="and 45 more rows"):
        read_corrections(path)
    with pytest.raises(InputError, match="cannot read corrections from"):
        read_corrections("\0")

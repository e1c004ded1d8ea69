"""The scorer of relations on a folder of annotated texts counts what it says, and scores there do not get worse."""

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import relations_texts  # noqa: E402 - the benchmark

#: annotated texts of conflict reporting that lie beside the repository where somebody put them there
CONFLICT = ROOT.parent / "shared" / "conflict"
#: least precision and recall where the types agree, a little below what was measured, by whether names are given
FLOORS = {True: (0.90, 0.65), False: (0.90, 0.60)}

TEXT = "Storks nest 20 km south of Raqqa, near Idlib and on the outskirts of Homs. Cranes rest near Mosul."


def relation(text, anchor, kind, km=None, azimuth=None):
    start = TEXT.index(text)
    return {
        "start": start, "end": start + len(text), "text": text, "anchor_surface": anchor, "type": kind,
        "distance_km": km, "azimuth": azimuth,
    }  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    def toponym(surface, lat, lon):
        start = TEXT.index(surface)
        return {"start": start, "end": start + len(surface), "surface": surface, "lat": lat, "lon": lon, "tol_km": 10}  # fmt: skip

    gold = {
        "a": {
            "toponyms": [
                toponym("Raqqa", 35.95, 39.01),
                toponym("Idlib", 35.93, 36.63),
                toponym("Homs", 34.73, 36.72),
                toponym("Mosul", 36.34, 43.13),
            ],
            "relations": [
                relation("20 km south of Raqqa", "Raqqa", "offset", 20, 180),
                relation("near Idlib", "Idlib", "border"),
                relation("on the outskirts of Homs", "Homs", "part"),
                relation("Storks nest", "Raqqa", "along"),
            ],
        }
    }
    (tmp_path / "gold.json").write_text(json.dumps(gold), "utf-8")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    return tmp_path


def test_a_relation_counts_by_its_phrase_its_anchor_and_its_type(geoparser, folder):
    tally = relations_texts.score(relations_texts.read_texts(folder), geoparser, given=True)
    assert dict(tally.annotated) == {"offset": 1, "border": 1, "part": 1, "along": 1}
    assert dict(tally.proposed) == {"offset": 1, "near": 2, "part": 1}
    assert dict(tally.strict) == {"offset": 1, "part": 1}
    assert dict(tally.alike) == {"offset": 1, "border": 1, "part": 1}
    assert tally.right == tally.asked == {"azimuth": 1, "distance": 1, "point": 1}
    assert sorted(miss.split()[1] for miss in tally.misses) == ["invented", "missed", "near"]


def test_the_table_has_a_row_for_each_type_and_one_for_all(geoparser, folder):
    tally = relations_texts.score(relations_texts.read_texts(folder), geoparser, given=True)
    rows = relations_texts.table(tally).splitlines()
    assert "| part | 1 | 1 | 1 | 1 | 1.000 | 1.000 | 1.000 | 1.000 |" in rows
    assert "| all | 4 | 4 | 2 | 3 | 0.500 | 0.500 | 0.500 | 0.750 |" in rows
    assert rows[-1] == "point: 1 of 1 right"


def test_a_wrong_number_is_a_miss(geoparser, folder):
    records = relations_texts.read_texts(folder)
    records[0]["relations"][0] |= {"distance_km": 40, "azimuth": 90}
    tally = relations_texts.score(records, geoparser, given=True)
    assert tally.right.total() == 0
    assert tally.asked.total() == 3


@pytest.mark.skipif(not CONFLICT.is_dir(), reason=f"no texts in {CONFLICT}")
@pytest.mark.parametrize("given", FLOORS)
def test_scores_on_conflict_reporting_do_not_fall(geoparser, given):
    records = relations_texts.read_texts(CONFLICT)
    tally = relations_texts.score(records, geoparser, given=given)
    hits = tally.strict.total()
    precision, recall, _ = relations_texts.rates(
        hits, tally.proposed.total(), tally.annotated.total()
    )
    floor = FLOORS[given]
    assert (precision >= floor[0], recall >= floor[1]) == (True, True), (precision, recall)

"""Reports that scans, telex and pages have made a mess of, on a sample: names are found as in the plain text."""

import importlib.util
import sys
from pathlib import Path

import pytest

from geomap.corpora import read_corpus
from geomap.corpora.marked import read_marked_text

ROOT = Path(__file__).resolve().parents[1]
#: a sample of so many articles is uneven by this much more
UNEVEN = 0.01


@pytest.fixture(scope="module")
def mess():
    spec = importlib.util.spec_from_file_location("mess_benchmark", ROOT / "benchmarks" / "mess.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_no_kind_of_mess_costs_three_points(mess, geoparser):
    articles = read_corpus(ROOT / "tests" / "gold" / "reports")[::6]
    scores = mess.score_kinds(geoparser, articles, mess.KINDS)
    plain = scores.pop("as it was")
    lost = {kind: round(plain.f1 - found.f1, 3) for kind, found in scores.items()}
    assert {kind: loss for kind, loss in lost.items() if loss > mess.ALLOWED + UNEVEN} == {}
    assert sum(lost.values()) / len(lost) <= mess.ALLOWED / 2


MARKED = "{{L:Khan Younis|PS 31.34 34.3 settlement}} fell. Sana'a's men left {{L:Deir ez-Zor|SY 35.3 40.1 settlement}} for {{L:Hit|IQ 33.6 42.8 settlement}}."


@pytest.mark.parametrize(
    ("kind", "text", "names"),
    [
        ("ALL CAPITALS", "KHAN YOUNIS FELL. SANA'A'S MEN LEFT DEIR EZ-ZOR FOR HIT.", ["KHAN YOUNIS", "DEIR EZ-ZOR", "HIT"]),
        ("Title Case", "Khan Younis Fell. Sana'a's Men Left Deir Ez-Zor For Hit.", ["Khan Younis", "Deir Ez-Zor", "Hit"]),
        ("lines broken within names", "Khan\nYounis fell. Sana'a's men left Deir\nez-Zor for Hit.", ["Khan\nYounis", "Deir\nez-Zor", "Hit"]),
        ("hyphens at line ends", "Khan Younis fell. Sana'a's men left Deir ez-Zor\nfor Hit.", ["Khan Younis", "Deir ez-Zor", "Hit"]),
        ("double spaces", "Khan  Younis  fell.  Sana'a's  men  left  Deir  ez-Zor  for  Hit.", ["Khan  Younis", "Deir  ez-Zor", "Hit"]),
        ("typographic apostrophes", "Khan Younis fell. Sana’a’s men left Deir ez-Zor for Hit.", ["Khan Younis", "Deir ez-Zor", "Hit"]),
        ("footnote marks", "Khan Younis[1] fell.[2] Sana'a's men left Deir ez-Zor[3] for Hit[4].[5]", ["Khan Younis", "Deir ez-Zor", "Hit"]),
    ],
)  # fmt: skip
def test_bounds_move_with_the_letters(mess, kind, text, names):
    article = read_marked_text(MARKED.format(), "1", "here")
    messy = mess.KINDS[kind](article)
    assert messy.text == text
    assert [messy.text[item.start : item.end] for item in messy.toponyms] == names


def test_words_are_parted_at_line_ends(mess):
    text = "The road was closed and the men of the {L:Zaporizhzhia|UA 47.8 35.1 settlement} left."
    messy = mess.KINDS["hyphens at line ends"](read_marked_text(text, "1", "here"))
    [name] = messy.toponyms
    assert "-\n" in messy.text
    assert messy.text[name.start : name.end].replace("-\n", "").replace("\n", "") == "Zaporizhzhia"


def test_the_table_marks_what_costs_too_much(mess, geoparser):
    article = read_marked_text("It rained in {L:Raqqa|SY 35.9 39 settlement}.", "1", "here")
    scores = mess.score_kinds(geoparser, [article], ["as it was", "footnote marks"])
    assert (
        mess.describe(scores)
        .splitlines()[-1]
        .startswith("| footnote marks | 1.000 | 1.000 | 0.0 |")
    )

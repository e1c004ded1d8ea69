"""Articles that cost work, calls from Python that are wrong, and fields that inject something."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.hostile.cases_inputs import ARTICLE, lines
from tests.hostile.frame import Case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.hostile.frame import Outcome

__all__ = ["cases"]

#: what repeats in a text of 100,000 characters
_REPEATED = {
    "nested_phrases": "King's College London ",
    "phrases": "Paris Agreement ",
    "organisations": "Islamic State in Iraq and Syria ",
    "names": "Aleppo ",
    "names_in_a_list": "Aleppo, Idlib, Hama and Homs, ",
    "sentences": "The market in Raqqa reopened on Friday, officials said. ",
    "distances": "30 km north of Idlib ",
    "coordinates": "Coordinates: 35.95, 39.01 ",
    "coordinates_and_notices": "GPS 35.95, 39.01\nRead more: subscribe to our newsletter\n",
    "acronyms": "the Army of the North and the South (ANS) ",
    "dates": "11 June 2016, ",
    "initials": "A.B.",
    "one_letter": "a",
    "spaces": " ",
    "line_ends": "\n",
    "marks": "e\u0301",
    "joiners": "\u200d",
    "arabic": "والموصل ",
    "cyrillic": "сирийского Мосула ",
    "chinese": "大马士革",
    "brackets": "(",
    "bylines": "By John Smith in Aleppo\n",
    "control_codes": "\x1b[31m",
}


def _cost() -> Iterator[Case]:
    for name, pattern in _REPEATED.items():
        text = "x " + pattern * (100_000 // len(pattern))
        yield Case(
            name=f"repeated_{name}", kind="cost", files={"a.txt": text}, args=("mentions", "a.txt", "-o", "out.jsonl"), seconds=90,
            megabytes=1_500,
        )  # fmt: skip
    spans = [[7 * n, 7 * n + 6] for n in range(8_000)]
    yield Case(
        name="spans_8000", kind="cost", files={"a.jsonl": lines({"text": "Aleppo " * 8_000, "spans": spans})},
        args=("mentions", "a.jsonl", "--spans", "-o", "out.jsonl"), finds=(("a.jsonl#1", "Aleppo"),) * 8_000, seconds=30,
    )  # fmt: skip
    many = [[0, n] for n in range(1, 901)]
    yield Case(
        name="spans_inside_one_another", kind="cost", files={"a.jsonl": lines({"text": "Aleppo " * 200, "spans": many})},
        args=("mentions", "a.jsonl", "--spans", "-o", "out.jsonl"), rejected=0,
    )  # fmt: skip
    yield Case(
        name="span_longer_than_any_name", kind="cost", files={"a.jsonl": lines({"text": "Aleppo " * 200, "spans": [[0, 1_300]]})},
        args=("mentions", "a.jsonl", "--spans", "-o", "out.jsonl"), exits=(2,), says=("a span of 1,000 characters at most",),
    )  # fmt: skip
    for name in ("a.jsonl", "a.csv", "a.txt", "a.html"):
        yield Case(
            name=f"endless_{name[2:]}", kind="cost", files={"z.txt": ARTICLE}, prepare=lambda folder, name=name: (folder / name).symlink_to("/dev/zero"),
            args=("mentions", name, "z.txt", "-o", "out.jsonl"), finds=(("z.txt", "Raqqa"), ("z.txt", "Syria")), rejected=1, megabytes=900,
        )  # fmt: skip
    yield Case(
        name="endless_standard_input", kind="cost", args=("mentions", "-", "-o", "out.jsonl"), streams={0: "/dev/zero"}, exits=(2,), megabytes=900,
    )  # fmt: skip


_CALLS = {
    "article_without_text": "geomap.Article(id='a', text=None)",
    "article_of_bytes": "geomap.Article(id='a', text=b'Raqqa')",
    "article_with_far_spans": "geomap.Article(id='a', text='Raqqa', spans=((0, 99),))",
    "article_dated_by_text": "geomap.Article(id='a', text='Raqqa', published='2016-06-11')",
    "date_of_text": "geomap.DateSpan(start='2016-06-11', end='2016-06-11', precision='day')",
    "place_of_text": "geomap.Place(id='a', name='b', lat='1', lon='2', feature='PPL')",
    "parse_none": "geomap.Geoparser().parse(None)",
    "parse_text_none": "geomap.Geoparser().parse_text(None)",
    "stories_of_numbers": "list(geomap.find_stories([1]))",
    "mentions_of_numbers": "list(geomap.find_mentions([1]))",
    "records_of_numbers": "geomap.write_csv([1], 'out.csv')",
    "map_of_numbers": "geomap.write_map([1], 'out.html')",
    "table_of_numbers": "geomap.mentions_table([1])",
    "tally_of_a_list": "geomap.tally_places([])",
    "gazetteer_five": "geomap.open_gazetteer(5)",
    "corrections_none": "geomap.read_corrections(None)",
    "inputs_none": "list(geomap.read_mentions(None))",
}


def _calls() -> Iterator[Case]:
    for name, call in _CALLS.items():
        script = f"import geomap\ntry:\n    {call}\nexcept geomap.GeomapError as err:\n    assert 'expected' in str(err), err\nelse:\n    raise AssertionError"
        yield Case(name=f"call_{name}", kind="Python", script=script, output="")


_PAYLOADS = {
    "script": "</script><script>alert(1)</script>",
    "handler": "\"'><img src=x onerror=alert(1)>",
    "formula": '=HYPERLINK("https://a.example")',
    "terminal": "\x1b]0;x\x07\x1b[2J\x9b31m",
    "directions": "\u202eevil\u2066\u200f",
    "lines": "a\r\nb\u2028c\u2029d\x85e",
    "template": "${alert(1)}{{7*7}}%s%n{0}",
    "path": "../../../../etc/passwd",
}
_FIELDS = ("id", "title", "text", "url", "source", "lang", "date")


def _injected(payload: str) -> str:
    """Return records of which each has a payload in another field."""
    records = []
    for number, field in enumerate(_FIELDS):
        record: dict[str, Any] = {"id": str(number), "text": ARTICLE, field: payload}
        if field == "text":
            record["text"] = f"{payload} {ARTICLE} {payload}"
        if field == "url":
            record["url"] = f"https://a.example/{payload}"
        records.append(json.dumps(record))
    return "\n".join(records) + "\n"


def _without_code(outcome: Outcome) -> None:
    page = outcome.after["out.html"].decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("</script") == page.count("<script")


def _without_formulas(outcome: Outcome) -> None:
    rows = outcome.rows("out.csv")
    assert len(rows) >= 2 * len(_FIELDS)
    for row in rows:
        for cell in row.values():
            assert not str(cell).startswith(("=", "+", "@", "\t", "\r")), cell


def _injections() -> Iterator[Case]:
    checks: dict[str, tuple[tuple[str, ...], Callable[[Outcome], None]]] = {
        "out.html": (("map",), _without_code),
        "out.csv": (("mentions",), _without_formulas),
    }
    for name, payload in _PAYLOADS.items():
        for out, (command, check) in checks.items():
            yield Case(
                name=f"{name}_in_every_field_of_{out[4:]}",
                kind="injection",
                files={"a.jsonl": _injected(payload)},
                args=(*command, "a.jsonl", "-o", out),
                output="",
                check=check,
                whole=(out,),
                seconds=90,
            )
        yield Case(
            name=f"{name}_explained",
            kind="injection",
            files={"a.jsonl": _injected(payload)},
            args=("explain", "a.jsonl"),
            output="",
            seconds=60,
        )


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    for part in (_cost, _calls, _injections):
        yield from part()

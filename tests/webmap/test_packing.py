"""What a page has no room for, and that the rest comes back as it was."""

from __future__ import annotations

import json
import random
import zlib
from collections import defaultdict
from itertools import islice

import pytest

from geomap.webmap import packing, page
from geomap.webmap.basemap import build_base
from geomap.webmap.packing import DATA_LIMIT, LETTERS, MOST_IDS, pack_payload
from geomap.webmap.payload import build_payload
from geomap.webmap.sentences import choose_sentences
from tests.webmap.sample import make_frame, make_row

CELL = 2**32


def read_letters(text):
    """What the page's script does: four bytes for five letters."""
    padded = text + chr(LETTERS[-1]) * (-len(text) % 5)
    words = []
    for at in range(0, len(padded), 5):
        word = 0
        for letter in padded[at : at + 5]:
            word = word * 85 + LETTERS.index(letter.encode())
        words.append(word.to_bytes(4))
    return b"".join(words)[: -(len(padded) - len(text)) or None]


def unpack(part):
    return zlib.decompress(read_letters(part["deflate"]))


@pytest.mark.parametrize("size", range(9))
def test_letters_are_harmless_and_come_back_as_bytes(size):
    assert len(LETTERS) == 85
    for data in (bytes(size), b"\xff" * size, random.Random(size).randbytes(size)):  # noqa: S311
        assert read_letters(packing.write_letters(data)) == data
        assert not set("<>&\"'\\{}` ") & set(packing.write_letters(data))


def read_columns(parts):
    """What the page's script does: columns by table and name."""
    tables = defaultdict(dict)
    for packed in parts["columns"]:
        data, at = unpack(packed), 0
        for table, columns in packed["layout"].items():
            for name, size, planes, scale, rises in columns:
                cells, last = [], 0
                for row in range(size):
                    bytes_ = (data[at + row + plane * size] << 8 * plane for plane in range(planes))
                    folded = sum(bytes_)
                    value = folded >> 1 ^ -(folded & 1)
                    if rises:
                        value = (last + value + CELL // 2) % CELL - CELL // 2
                    last = value
                    cells.append(value / scale)
                tables[table][name] = cells
                at += planes * size
        assert at == len(data)
    return tables


def read_sentences(parts):
    """Each mention's sentence, as the page's script finds it."""
    strings, sentences = (json.loads(unpack(part)) for part in parts["strings"])
    texts, fresh = strings + sentences, len(strings)
    for code in read_columns(parts)["mentions"]["snippet"]:
        row = int(fresh + 1 - code) if code else 0
        fresh += row == fresh
        yield texts[row]


def size_of(parts):
    return len(json.dumps(parts))


def made_rows(mentions=4000, places=300):
    """Mentions of the sample's Raqqa and of made places; their sentences hardly shrink."""
    random_ = random.Random(5)  # noqa: S311 - not for secrets
    rows = []
    for number in range(mentions):
        words = " ".join(f"{random_.getrandbits(60):x}" for _ in range(8))
        place = min(places - 1, int(random_.expovariate(6 / places)))
        row = make_row("Raqqa", f"{words} Raqqa.", "literal", number % 700, start=number)
        rows.append(row | {"place_id": f"p{place}", "confidence": round(random_.random(), 2)})
    return rows


@pytest.fixture(scope="module")
def large():
    return build_payload(made_rows())


def test_columns_come_back_as_they_were():
    payload = build_payload(make_frame())
    columns = read_columns(pack_payload(payload))
    for name in ("articles", "places", "mentions"):
        given = getattr(payload, name)
        for key, column in columns[name].items():
            if key not in ("snippet", "mark"):
                assert column == [value or 0 for value in given[key]], (name, key)


def test_sentences_and_marks_come_back_as_they_were():
    payload = build_payload(make_frame())
    parts = pack_payload(payload)
    mentions = payload.mentions
    assert parts["tables"]["left_out"] == 0
    assert list(read_sentences(parts)) == [payload.strings[row] for row in mentions["snippet"]]
    marks = read_columns(parts)["mentions"]["mark"]
    wanted = zip(mentions["mark"], mentions["length"], strict=True)
    assert marks == [
        0 if length else -1 for _, length in wanted
    ]  # each where its name stands first


def test_a_name_that_stands_twice_keeps_its_mark():
    snippet = "𝒜 Raqqa, then Raqqa again."
    rows = [make_row("Raqqa", snippet, "literal", 1, start=n, surface="Raqqa") for n in (2, 14)]
    marks = read_columns(pack_payload(build_payload(rows)))["mentions"]["mark"]
    assert marks == [4, 16]


@pytest.mark.parametrize("articles", [MOST_IDS, MOST_IDS + 1])
def test_a_large_map_leaves_out_ids_of_stories_that_one_article_tells(articles):
    rows = [
        make_row("Raqqa", "Raqqa.", "literal", 1, article_id=str(n), story_id=f"s{max(n, 1)}")
        for n in range(articles)
    ]
    ids = pack_payload(build_payload(rows))["tables"]["story_ids"]
    assert ids.count("s1") == 2
    assert ids.count("") == (0 if articles == MOST_IDS else articles - 2)


@pytest.mark.parametrize("value", [0, 1, -1, 2**31 - 1, -(2**31 - 1), 10**30, -(10**30), "x", None])
def test_a_number_of_any_size_is_cut_to_what_a_column_holds(value):
    rows = [make_row("Raqqa", "Raqqa.", "literal", 1, start=value, radius_km=value)]
    columns = read_columns(pack_payload(build_payload(rows)))
    number = value if isinstance(value, int) else 0
    most = 2**31 - 1
    assert columns["mentions"]["start"] == [max(-most, min(most, number))]
    assert columns["places"]["radius"] == [max(-most, min(most, 10 * number)) / 10]


def test_an_empty_table_is_packed():
    parts = pack_payload(build_payload([]))
    assert json.loads(unpack(parts["strings"][1])) == []
    assert read_columns(parts)["mentions"]["place"] == []


def test_a_limit_is_kept_and_used(large):
    whole = size_of(pack_payload(large, None))
    for limit in (whole // 2, whole // 3 * 2):
        parts = pack_payload(large, limit)
        tables = len(zlib.compress(json.dumps(parts["tables"]).encode())) * 4 // 3
        taken = tables + size_of(parts["strings"]) + size_of(parts["columns"])
        assert 0.85 * limit < taken < limit


def test_a_sentence_that_is_left_out_is_counted_and_its_mention_stays(large):
    parts = pack_payload(large, 100_000)
    found = list(read_sentences(parts))
    assert len(found) == len(large.mentions["place"])
    assert found.count("") == parts["tables"]["left_out"] > 0
    for given, carried in zip(large.mentions["snippet"], found, strict=True):
        assert carried in ("", large.strings[given])


def test_every_place_has_a_sentence_before_any_has_all(large):
    kept = set(choose_sentences(large, 60_000))
    mentions = large.mentions
    places = {
        place
        for place, row in zip(mentions["place"], mentions["snippet"], strict=True)
        if row in kept
    }
    assert places == set(mentions["place"])
    assert len(kept) < len(set(mentions["snippet"])) / 2


def test_the_surest_then_the_latest_come_first_and_one_of_each_article():
    def row(number, start, confidence, words):
        day = f"2020-01-{number + 1:02}"
        dated = {"date_start": day, "date_end": day, "date_precision": "day", "status": "resolved"}
        given = {"article_id": str(number), "start": start, "confidence": confidence}
        return make_row("Raqqa", f"{words} Raqqa.", "literal", number, **dated, **given)

    texts = [random.Random(n).randbytes(200).hex() for n in range(5)]  # noqa: S311 - not for secrets
    rows = [
        row(0, 0, 0.95, texts[0]),
        row(0, 900, 0.95, texts[3]),  # the second of its article
        row(1, 0, 0.5, texts[2]),
        row(2, 0, 0.95, texts[4]),
        row(3, 0, 0.96, texts[1]),
    ]
    payload = build_payload(rows)
    order = [1, 4, 0, 2, 3]  # the sure ones, the latest first; the unsure one; the second
    for number in range(5):
        room = 10 + (number + 0.5) * 330
        kept = {payload.strings[at].split()[0] for at in choose_sentences(payload, room)}
        assert kept == {texts[at] for at in order[:number]}, number


def test_sentences_stay_in_any_case(large):
    sentences = json.loads(unpack(pack_payload(large, 20_000)["strings"][1]))
    assert len(sentences) > 20


def test_all_stay_where_they_have_room():
    rows = [make_row("Raqqa", f"Line {n} on Raqqa.", "literal", n) for n in range(3000)]
    assert pack_payload(build_payload(rows))["tables"]["left_out"] == 0
    assert DATA_LIMIT < 3_000_000


def test_the_same_table_in_any_order_gives_the_same_parts():
    rows = made_rows(1000, 50)
    parts = pack_payload(build_payload(rows), 40_000)
    random.Random(1).shuffle(rows)  # noqa: S311 - not for secrets
    assert pack_payload(build_payload(rows), 40_000) == parts


@pytest.mark.browser
def test_the_panel_says_how_many_sentences_the_file_leaves_out(tmp_path, open_page, monkeypatch):
    monkeypatch.setattr(page, "DATA_LIMIT", 60_000)
    rows = made_rows(900, 3)
    tables = page.pack_payload(build_payload(rows), 60_000)["tables"]
    shown = open_page(page.write_map(rows, tmp_path / "map.html"))
    panel = shown.locator("#panel")
    panel.locator("tbody button").nth(0).click()
    panel.locator(".more").click()
    words = f"The sentences of {tables['left_out']} more mentions are not in this file"
    assert panel.locator(".how", has_text=words).count() == 1
    quoted = panel.locator("blockquote").count()
    assert panel.locator("[data-mention]").count() - quoted == tables["left_out"] > 0
    assert panel.locator("blockquote mark").all_inner_texts() == ["Raqqa"] * quoted
    shown.get_by_role("button", name="← Places").click()
    panel.locator("tbody button").nth(2).click()  # few name it: all its sentences are there
    assert panel.locator("blockquote").count() == panel.locator("[data-mention]").count() > 0
    assert panel.locator(".how", has_text="not in this file").count() == 0


def test_a_base_map_comes_back_line_by_line():
    base = build_base([(35.95, 39.01), (-18.14, 178.44)])
    packed = packing.pack_base(base)
    read = json.loads(unpack(packed))
    (columns,) = read_columns({"columns": [packed["lines"]]}).values()
    first, size = zip(columns["x"], columns["y"], strict=True), columns["size"]
    steps = iter(columns["steps"])
    lines = ([*ends, *islice(steps, int(n))] for ends, n in zip(first, size, strict=True))
    rivers = [{**river, "line": next(lines)} for river in read["rivers"]]
    lists = {
        name: list(islice(lines, read[name])) for name in ("arcs", "disputed", "lakes", "units")
    }
    assert {**read, "rivers": rivers, **lists} == base
    assert next(lines, None) is None
    assert len(packed["lines"]["deflate"]) > 100_000

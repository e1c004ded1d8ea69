"""What every format promises: mentions come back, hostile text does no harm, the same input gives the same bytes."""

import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.errors import TableError
from geomap.export import write_mentions
from geomap.export.formats import FORMATS
from geomap.schema import MENTIONS
from geomap.tables import mentions_table
from tests.export.reading import READERS
from tests.samples import DAY, MONTH, UNDATED, make_record

FILES = [found for found in FORMATS if found.suffixes]
each_file = pytest.mark.parametrize("found", FILES, ids=lambda found: found.name)

#: text as people write it, and what the syntax of some format is made of
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"])
    | st.sampled_from("\n,;\"'<>&=+-@#_$[]{}%\\"),
    max_size=60,  # a shapefile holds 254 bytes
).map(str.strip)
text_or_none = st.none() | texts.filter(bool)
records = st.lists(
    st.builds(
        make_record,
        article_id=texts.filter(bool),
        title=text_or_none,
        source=text_or_none,
        snippet=texts.filter(bool),
        name=texts.filter(bool),
        date=st.sampled_from([DAY, MONTH, UNDATED, ("1850-01-01", "1850-12-31", "year")]),
        lat=st.integers(-90_00000, 90_00000).map(lambda n: n / 1e5),
        lon=st.integers(-180_00000, 180_00000).map(lambda n: n / 1e5),
        start=st.integers(0, 10**9),
        story_size=st.none() | st.integers(1, 10**6),
        radius_km=st.none() | st.floats(0, 20_000).map(lambda n: round(n, 1)),
    ),
    max_size=4,
)
HOSTILE = {
    "zero": "a\0b",
    "controls": "a\x01\x07\x1b[2J\x7f\x9bb",
    "surrogate": "a\ud800b",
    "no characters": "a\ufffe\uffffb",
    "direction": "a\u202eb\u2066c",
    "formula": '=HYPERLINK("http://evil.example","x")',
    "command": "@SUM(1)|cmd",
    "xml": "</description>]]><script>alert(1)</script>&lt;&#0;<!--",
    "quotes": "'; DROP TABLE mentions; --\"`",
    "entity": '<!ENTITY x SYSTEM "file:///etc/passwd">&x;',
    "lines": "a\r\nb\rc\u2028d\u0085e",
    "escape": "_x000D_ %41 \\u0041 $[name]",
    "long": "é" * 1_000_000,
}


def read_back(found, rows, folder):
    path = folder / f"m{found.suffixes[0]}"
    written = write_mentions(rows, path)
    return written, READERS[found.name](path)


def by_id(rows):
    return sorted(rows, key=lambda row: tuple(map(str, row.values())))


@each_file
def test_every_file_has_a_reader_here(found):
    assert found.name in READERS


@each_file
@settings(max_examples=25, deadline=None)
@given(rows=records)
def test_mentions_come_back(found, rows, tmp_path_factory):
    written, back = read_back(found, rows, tmp_path_factory.mktemp("f"))
    assert written == len(rows) == len(back)
    held = set(back[0]) if back else set()
    assert by_id(back) == by_id([{k: v for k, v in row.items() if k in held} for row in rows])


@each_file
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_does_no_harm(found, text, tmp_path):
    hostile = {
        c: text for c in MENTIONS.names if MENTIONS[c].type == "text" and not MENTIONS[c].values
    }
    if len(text) > 1000:
        hostile = {"title": text, "snippet": text}
    rows = [
        make_record(article_id="before"),
        make_record(**hostile),
        make_record(article_id="behind"),
    ]
    written, back = read_back(found, rows, tmp_path)
    assert written == len(back) == 3
    assert sum(row["article_id"] in ("before", "behind") for row in back) == 2
    assert list(tmp_path.iterdir()) == [tmp_path / f"m{found.suffixes[0]}"]


@each_file
def test_the_same_mentions_give_the_same_bytes_later_and_as_a_table(found, tmp_path):
    rows = [make_record(), make_record(place_id=None), make_record(date=UNDATED, title="=1+1")]
    first, second = (tmp_path / name / f"m{found.suffixes[0]}" for name in "ab")
    write_mentions(rows, first)
    time.sleep(2.1)  # archives and databases keep times to two seconds
    write_mentions(mentions_table(rows), second)
    assert first.read_bytes() == second.read_bytes()


@each_file
def test_what_fails_half_way_leaves_nothing(found, tmp_path):
    def broken():
        yield make_record()
        yield {"article_id": "x"}

    with pytest.raises(TableError, match="lacks the columns surface, kind"):
        write_mentions(broken(), tmp_path / f"m{found.suffixes[0]}")
    assert list(tmp_path.iterdir()) == []


@each_file
def test_no_mentions_are_a_file_too(found, tmp_path):
    assert read_back(found, [], tmp_path) == (0, [])


@pytest.mark.parametrize("suffix", [".gpkg", ".fgb", ".shp.zip", ".xlsx"])
def test_mentions_are_not_held_in_memory(tmp_path, suffix):
    number, length = 12_000, 2_000

    def made():
        for row in range(number):
            yield make_record(article_id=str(row), snippet=f"{row:06}" + "x" * length)

    write_mentions(made(), tmp_path / f"first{suffix}")  # what is imported is no mention
    tracemalloc.start()
    try:
        written = write_mentions(made(), tmp_path / f"m{suffix}")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert written == number
    assert peak < number * (length + 2_000) / 2  # half of what the records take

"""The page's tables as few bytes: columns of numbers, and as many sentences as a file has room for.

A column is whole numbers below 2³², each after the last one where that makes them small, with the
sign in the lowest bit; their lowest bytes stand together, then their next ones. The bytes of all
columns are deflated as one. ``assets/data/codec.js`` reads them.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geomap.webmap.sentences import choose_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.webmap.payload import Payload

__all__ = [
    "DATA_LIMIT",
    "LETTERS",
    "pack_base",
    "pack_bytes",
    "pack_payload",
    "pack_text",
    "to_json",
]

#: digits of packed bytes, from 0: what can be printed, but for space " & ' < > \\ ` { }
LETTERS: Final = bytes(code for code in range(33, 127) if chr(code) not in "\"&'<>\\`{}")
#: a map of more articles leaves out the ids of stories that one article alone tells: each is a digest,
#: which nothing can shrink
MOST_IDS: Final = 5_000

#: characters of a file that its tables take at most, as far as leaving out sentences can help: with
#: the page, Leaflet and the base map it is then below 3 MB, which any mail server lets pass
DATA_LIMIT: Final = 2_150_000
#: of these, the share that sentences have in any case: a map without evidence is worth little
_SENTENCES_SHARE: Final = 0.16
#: levels of compression; above so many characters the tight one takes longer than its 1 % is worth
_TIGHT, _LOOSE, _LOOSE_ABOVE = 7, 6, 600_000
#: what numbers of a column are multiplied with to be whole
_SCALES: Final = {"lat": 100_000, "lon": 100_000, "radius": 10, "confidence": 10}
_LARGEST: Final = 2**31 - 1
#: tables with columns of numbers
_TABLES: Final = (
    "articles",
    "places",
    "mentions",
    "times",
    "relations",
    "shapes",
    "rings",
    "points",
    "carried",
)
#: columns, by table, in which the next number is near the last one
_RISING: Final[dict[str, frozenset[str]]] = {
    "articles": frozenset({"id", "title", "url", "start", "end"}),
    "places": frozenset({"id", "name", "admin1", "admin2", "outline", "unit"}),
    "mentions": frozenset({"article", "place", "surface"}),
    "relations": frozenset({"text"}),
    "rings": frozenset({"shape"}),
    "base": frozenset({"x", "y"}),
}

#: lists of lines in a base map, in the order in which they are packed behind its rivers
_BASE_LINES: Final = ("arcs", "disputed", "lakes", "units")


def to_json(value: Any) -> str:
    """JSON without spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def pack_text(text: str) -> dict[str, str]:
    """A text, deflated, as letters; the page unpacks it in one go (inflate.js)."""
    return pack_bytes(text.encode())


def pack_bytes(data: bytes) -> dict[str, str]:
    """Bytes, likewise."""
    level = _TIGHT if len(data) < _LOOSE_ABOVE else _LOOSE
    return {"deflate": write_letters(zlib.compress(data, level))}


def write_letters(data: bytes) -> str:
    """Bytes as text, five letters for four bytes: a sixteenth less than base64 takes.

    None of the letters means anything to HTML, JSON, JavaScript or a template. The last group of one
    to three bytes has one letter more than bytes.
    """
    left = -len(data) % 4
    words = np.frombuffer(data + bytes(left), dtype=">u4").astype(np.uint32)
    digits = np.empty((len(words), 5), dtype=np.uint8)
    for place in range(4, -1, -1):
        words, digits[:, place] = np.divmod(words, np.uint32(len(LETTERS)))
    text = np.frombuffer(LETTERS, dtype=np.uint8)[digits].tobytes().decode("ascii")
    return text[: len(text) - left]


def pack_base(base: dict[str, Any]) -> dict[str, Any]:
    """A base map, of whose lists of lines the text has only how many they are: the lines stand in columns.

    Those are where each line begins, how many further numbers it has, and these. As text they would
    take a third more.
    """
    lines = [river["line"] for river in base["rivers"]]
    for name in _BASE_LINES:
        lines += base[name]
    columns = {
        "x": [line[0] for line in lines],
        "y": [line[1] for line in lines],
        "size": [len(line) - 2 for line in lines],
        "steps": [step for line in lines for step in line[2:]],
    }
    counts = {name: len(base[name]) for name in _BASE_LINES}
    names = [{"name": river["name"]} for river in base["rivers"]]
    text = to_json({**base, "rivers": names, **counts})
    return {**pack_text(text), "lines": _pack_columns({"base": columns})}


def pack_payload(payload: Payload, limit: int | None = DATA_LIMIT) -> dict[str, Any]:
    """The parts of a page's data block that hold a payload.

    Args:
        payload: the tables.
        limit: characters that they take in the file at most, as far as leaving out sentences can
            help; None keeps all sentences.

    Returns:
        ``tables``: what is neither a text nor a column of numbers, and how many mentions have a
        sentence that was left out; ``strings``: packed lists of texts, the sentences last;
        ``columns``: the layouts of columns, with their bytes, packed.
    """
    tables = payload.to_dict()
    texts = tables.pop("strings")
    numbers: dict[str, dict[str, list[Any]]] = {}
    for name in filter(tables.__contains__, _TABLES):
        numbers[name] = {key: column for key, column in tables[name].items() if key != "spellings"}
        tables[name] = {key: column for key, column in tables[name].items() if key == "spellings"}
    mentions = numbers["mentions"]
    quoted = [mentions.pop(name) for name in ("snippet", "mark", "length", "surface")]
    mentions["surface"] = quoted[3]
    tables["story_ids"] = _choose_ids(payload.story_ids)
    strings = pack_text(to_json(texts[: payload.first_sentence]))
    columns = _pack_columns(numbers)
    room = None
    if limit is not None:
        taken = sum(len(part["deflate"]) for part in (strings, columns, pack_text(to_json(tables))))
        room = max(round(_SENTENCES_SHARE * limit), limit - taken)
    kept = choose_sentences(payload, room)
    quotes, tables["left_out"] = _number_sentences(payload, quoted, kept)
    return {
        "tables": tables,
        "strings": [strings, pack_text(to_json([texts[row] for row in kept]))],
        "columns": [columns, _pack_columns({"mentions": quotes})],
    }


def _choose_ids(stories: list[str]) -> list[str]:
    """The id of each article's story; "" where it has none, or where there is no room for it."""
    told = Counter(stories)
    is_large = len(stories) > MOST_IDS
    return [id_ if not is_large or told[id_] > 1 else "" for id_ in stories]


def _number_sentences(
    payload: Payload, quoted: list[list[int]], kept: list[int]
) -> tuple[dict[str, list[int]], int]:
    """Columns of the sentences and of the names in them, and how many were left out.

    A sentence is counted back, from 1, from the first one that no mention had yet; 0 is none. Most
    are new, or the last one. Most names are marked where they stand first: that is 0; else it is one
    more than the mark, and -1 for none.
    """
    first, texts = payload.first_sentence, payload.strings
    rows = {row: number for number, row in enumerate(kept, first)}
    codes, marks = [], []
    left_out, fresh = 0, first
    for snippet, mark, length, surface in zip(*quoted, strict=True):
        row = snippet if snippet < first else rows.get(snippet, 0)
        left_out += snippet > 0 and row == 0
        codes.append(0 if row == 0 else 1 + fresh - row)
        if not (row and length):
            marks.append(-1)
        elif texts[snippet].isascii() and texts[snippet].find(texts[surface]) == mark:
            marks.append(0)
        else:
            marks.append(mark + 1)
        fresh += row == fresh
    return {"snippet": codes, "mark": marks}, left_out


def _pack_columns(tables: dict[str, dict[str, list[Any]]]) -> dict[str, Any]:
    """Columns, packed, with what is needed to read them.

    That is, for each table, its columns' names, lengths, bytes a number, scales and whether they rise.
    """
    layout: dict[str, list[list[Any]]] = {}
    pieces = []
    for table, columns in tables.items():
        layout[table] = []
        for name, column in columns.items():
            scale = _SCALES.get(name, 1)
            rises = name in _RISING.get(table, ())
            planes = _split(column, scale, rises=rises)
            layout[table].append([name, len(column), len(planes), scale, int(rises)])
            pieces += planes
    return {"layout": layout, **pack_bytes(b"".join(pieces))}


def _split(column: Sequence[Any], scale: int, *, rises: bool) -> list[bytes]:
    """A column's bytes, the lowest ones first; as many as its largest number needs."""
    values = np.array(column, dtype=np.float64)  # in which None is not a number
    values[np.isnan(values)] = 0
    whole = np.rint(np.clip(values * scale, -_LARGEST, _LARGEST)).astype(np.int64)
    if rises:
        whole = np.diff(whole, prepend=0)
    signed = whole.astype(np.int32).astype(
        np.int64
    )  # a difference wraps round, and back in the page
    folded = ((signed << 1) ^ (signed >> 63)).astype(np.uint32)
    largest = int(folded.max(initial=0))
    return [
        ((folded >> np.uint32(shift)) & np.uint32(255)).astype(np.uint8).tobytes()
        for shift in range(0, largest.bit_length(), 8)
    ]

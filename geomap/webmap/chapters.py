"""Chapters: a person's file of steps beside the map, and of notes pinned to its places.

The file is Markdown of which little is read: ``#`` before the title of all, ``##`` before that of each step
and each note, under it a line ``view:`` or ``place:``, then paragraphs. The page reads links in them
(http and https); everything else stands there as it was written. The page writes such a file, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from geomap.errors import InputError
from geomap.runtime.files import read_bounded
from geomap.webmap.addresses import KnownValues, check_address, find_address
from geomap.webmap.security import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import NoReturn

    from geomap.webmap.payload import Payload

__all__ = ["Chapters", "Note", "Step", "pin_chapters", "read_chapters"]

#: bytes of a file, steps and notes in it, and characters of a title and of a text
LARGEST_FILE: Final = 1_000_000
MOST_STEPS: Final = 100
MOST_NOTES: Final = 200
LONGEST_TITLE: Final = 200
LONGEST_TEXT: Final = 5_000

_HEADING: Final = re.compile(r"(#{1,6})(?:[ \t]+(.*))?")
_ENTRY: Final = re.compile(r"(view|place)[ \t]*:(.*)", re.IGNORECASE)
_POINT: Final = re.compile(
    r"([-+]?\d{1,2}(?:\.\d{1,20})?)[ \t]*,[ \t]*([-+]?\d{1,3}(?:\.\d{1,20})?)"
)
#: a line that begins with a sign which would mean something there
_ESCAPED: Final = re.compile(r"\A\\(?=[#\\]|---|(?:view|place)[ \t]*:)", re.IGNORECASE)
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_SHAPE: Final = "a step is a heading “## Title”, a line “view: #…”, then its text: see docs/MAP.md"


class Step(NamedTuple):
    """A view of the map, and what is said of it.

    Attributes:
        line: The file's line of its address.
        title: What stands above it.
        text: Its paragraphs, an empty line between them.
        view: The part of a page's address from ``#`` on.
    """

    line: int
    title: str
    text: str
    view: str


class Note(NamedTuple):
    """What is said of a place or a point of the map.

    Attributes:
        line: The file's line of its place.
        title: What stands above it.
        text: Its paragraphs, an empty line between them.
        place: A place's id or name, or its latitude and longitude, as the file has it.
    """

    line: int
    title: str
    text: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapters:
    """What a file of chapters holds."""

    name: str
    title: str
    lead: str
    steps: tuple[Step, ...]
    notes: tuple[Note, ...]


class _Line(NamedTuple):
    number: int
    text: str


class _Block(NamedTuple):
    """A heading, and the lines up to the next one."""

    line: int
    level: int
    title: str
    lines: list[_Line]


def read_chapters(path: str | Path) -> Chapters:
    r"""Read a file of chapters.

    Raises:
        InputError: It cannot be read, or a line of it is not as it should be; the message says which line, and what to do.

    >>> _ = Path("chapters.md").write_text("## Rain\nview: #map=6/35.9/39\n\nIt rained.")
    >>> read_chapters("chapters.md").steps[0].title
    'Rain'
    """
    name = Path(path).name
    if name.lower().endswith((".yaml", ".yml")):
        raise InputError(
            f"cannot read chapters from {path}: they are written as Markdown; {_SHAPE}"
        )
    reader = _Reader(str(path))
    head, *blocks = reader.split(_decode(read_bounded(path, "chapters", LARGEST_FILE), path))
    title, lead = reader.head(head)
    steps, notes = [], []
    for block in blocks:
        entry = reader.entry(block)
        steps += [entry] if isinstance(entry, Step) else []
        notes += [entry] if isinstance(entry, Note) else []
        if len(steps) > MOST_STEPS or len(notes) > MOST_NOTES:
            reader.refuse(
                block.line, f"more than {MOST_STEPS} steps or {MOST_NOTES} notes; leave some out"
            )
    if not steps and not notes:
        raise InputError(f"cannot read chapters from {path}: there is no step in it; {_SHAPE}")
    return Chapters(name=name, title=title, lead=lead, steps=tuple(steps), notes=tuple(notes))


def _decode(content: bytes, path: str | Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        line = content.count(b"\n", 0, err.start) + 1
        raise InputError(
            f"cannot read chapters from {path}, line {line}: it is not UTF-8; save the file as UTF-8"
        ) from err


class _Reader:
    """Reads the lines of a file, and says which of them is bad."""

    def __init__(self, path: str) -> None:
        self._path = path

    def refuse(self, line: int, reason: str) -> NoReturn:
        raise InputError(f"cannot read chapters from {self._path}, line {line}: {reason}")

    def split(self, text: str) -> list[_Block]:
        """The file by its headings; what stands before the first step is the first of them."""
        head = _Block(1, 1, "", [])
        blocks = [head]
        for number, line in enumerate(_LINE_END.split(text), 1):
            heading = _HEADING.fullmatch(line.strip())
            if heading is None:
                blocks[-1].lines.append(_Line(number, line.strip()))
                continue
            level, title = len(heading[1]), self._title(number, heading[2] or "")
            if level > 2:
                self.refuse(number, f"expected # or ## before a title, got {heading[1]}")
            if level == 1:
                if len(blocks) > 1 or any(line for _, line in head.lines) or head.title:
                    self.refuse(
                        number, "the title with one # stands once, above all; steps have ##"
                    )
                head = blocks[0] = _Block(number, 1, title, [])
            else:
                blocks.append(_Block(number, level, title, []))
        return blocks

    def head(self, block: _Block) -> tuple[str, str]:
        for number, line in block.lines:
            if line == "---" or _ENTRY.fullmatch(line):
                self.refuse(number, f"a heading “## Title” stands above {line[:40]!r}; {_SHAPE}")
            if line:
                break
        return block.title, self._text(block.line, block.lines)

    def entry(self, block: _Block) -> Step | Note:
        """The step or the note of a heading: the first line under it says which."""
        at, found = next(((n, line) for n, line in enumerate(block.lines) if line.text), (0, None))
        if found is None:
            self.refuse(block.line, f"nothing stands under {block.title[:40]!r}; {_SHAPE}")
        number, line = found
        entry = _ENTRY.fullmatch(line)
        if entry is None:
            self.refuse(
                number,
                f"expected “view: #…” or “place: …” under {block.title[:40]!r}, got {line[:40]!r}; {_SHAPE}",
            )
        text = self._text(number, block.lines[at + 1 :])
        value = entry[2].strip()
        if entry[1].lower() == "place":
            return Note(number, block.title, text, self._place(number, value))
        address = find_address(value)
        reason = check_address(address)
        if reason:
            self.refuse(number, reason)
        return Step(number, block.title, text, address)

    def _title(self, line: int, title: str) -> str:
        if len(title) > LONGEST_TITLE:
            self.refuse(line, f"a title has more than {LONGEST_TITLE} characters; shorten it")
        cleaned = clean_text(title, LONGEST_TITLE)
        if not cleaned:
            self.refuse(line, "a title is missing behind the heading's signs")
        return cleaned

    def _place(self, line: int, value: str) -> str:
        place = clean_text(value, LONGEST_TITLE)
        if not place:
            self.refuse(line, "expected a place's id or name, or LAT, LON in degrees")
        return place

    def _text(self, first: int, lines: list[_Line]) -> str:
        """Paragraphs, of which each is one line, with an empty line between them."""
        if sum(len(line) + 1 for _, line in lines) > LONGEST_TEXT:
            self.refuse(first, f"a text has more than {LONGEST_TEXT:,} characters; shorten it")
        paragraphs = (clean_text(words, LONGEST_TEXT) for words in _paragraphs(lines))
        return "\n\n".join(words for words in paragraphs if words)


def _paragraphs(lines: list[_Line]) -> Iterator[str]:
    gathered: list[str] = []
    for _, line in lines:
        if line:
            gathered.append(_ESCAPED.sub("", line))
        elif gathered:
            yield " ".join(gathered)
            gathered = []
    if gathered:
        yield " ".join(gathered)


def pin_chapters(
    chapters: Chapters,
    path: str | Path,
    payload: Payload,
    names: tuple[Mapping[int, str], Mapping[str, str]],
    *,
    has_baseline: bool = False,
) -> dict[str, Any]:
    """Return chapters as a page has them: addresses that it can follow, notes at rows of its places or at points.

    Args:
        chapters: What was read.
        path: The file, for messages.
        payload: The page's tables.
        names: Names of places in the page's language, by their rows, and of countries, by their codes.
        has_baseline: Whether the page is compared with an earlier table.

    Raises:
        InputError: An address or a place is none of this page's; the message says in which line.
    """
    reader = _Reader(str(path))
    known = KnownValues.of(payload, names[1], has_baseline=has_baseline)
    for step in chapters.steps:
        reason = check_address(step.view, known)
        if reason:
            reader.refuse(step.line, reason)
    rows = _rows_by_name(payload, names[0])
    notes = []
    for note in chapters.notes:
        pinned = _pin(note.place, rows, payload)
        if isinstance(pinned, str):
            reader.refuse(note.line, pinned)
        notes.append({"title": note.title, "text": note.text, **pinned})
    steps = [{"title": step.title, "text": step.text, "view": step.view} for step in chapters.steps]
    return {"title": chapters.title, "lead": chapters.lead, "steps": steps, "notes": notes}


def _rows_by_name(payload: Payload, local: Mapping[int, str]) -> dict[str, list[int]]:
    """Rows of places by their ids, and by their names as the page has them."""
    found: dict[str, list[int]] = {}
    strings, places = payload.strings, payload.places
    for row, (id_, name) in enumerate(zip(places["id"], places["name"], strict=True)):
        if not places["precision"][row]:
            continue  # of names that nobody locates
        for key in {strings[id_], strings[name].casefold(), local.get(row, "").casefold()} - {""}:
            found.setdefault(key, []).append(row)
    return found


def _pin(place: str, rows: Mapping[str, list[int]], payload: Payload) -> dict[str, Any] | str:
    """Where a note stands, or why it can stand nowhere."""
    point = _POINT.fullmatch(place)
    if point is not None:
        lat, lon = float(point[1]), float(point[2])
        if not (-85 <= lat <= 85 and -180 <= lon <= 180):
            return f"expected LAT, LON with latitude in [-85, 85] and longitude in [-180, 180], got {place}"
        return {"place": -1, "lat": round(lat, 5), "lon": round(lon, 5)}
    found = rows.get(place) or rows.get(place.casefold()) or []
    if not found:
        return f"this map has no place {place[:80]!r}; give one of its ids (geonames:172955) or names, or LAT, LON"
    if len(found) > 1:
        ids = ", ".join(payload.strings[payload.places["id"][row]] for row in found[:5])
        return f"this map has {len(found)} places called {place[:80]!r}; give the id of one: {ids}"
    return {"place": found[0]}

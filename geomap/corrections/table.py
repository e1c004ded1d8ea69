"""The table of corrections: its columns, read and written.

A table of corrections is a CSV file with a header row, UTF-8, as the map page downloads it:

``scope``
    ``mention`` this one mention · ``article`` all such mentions of one article · ``everywhere``.
``action``
    ``not_a_place`` the mention is dropped · ``wrong_place`` it stays, its place is unknown ·
    ``move`` it means the place of the ``new_`` columns.
``article_id``, ``start``, ``end``, ``surface``, ``place_id``
    The mention, as its record has it: ``surface`` and ``place_id`` are what geomap said. Articles
    and mentions elsewhere are chosen by both, or by one where the other is empty, whatever the case
    of the letters and the accents of ``surface``; their ``start``, ``end``, ``nth`` and ``context``
    may stand there, and only a ``mention`` reads them.
``new_place_id`` or ``new_lat``, ``new_lon``
    What a moved mention means: a place of the gazetteer, or a point in degrees; ``new_name`` is the
    name of the point, else its surface. ``wrong_place`` may have them too, and then is a ``move``.
``note``
    Whatever its writer wants to say.
``context``, ``nth``
    What finds a mention again when its article was edited or is read in another way:
    :func:`digest_context` of its sentence, and which of the sentence's occurrences of the surface it
    is, from 1. Without a context ``start`` and ``end`` must be exact; without ``nth`` the mention
    nearest to ``start`` is meant.

Other columns are ignored, and so is their order. The narrower scope wins, then the later row. Every
correction speaks of what geomap said, never of what another correction made of it.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from geomap.errors import InputError
from geomap.export import atomic_writer
from geomap.export.csv import safe_cell
from geomap.records import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "CORRECTION_COLUMNS",
    "Correction",
    "digest_context",
    "read_corrections",
    "write_corrections",
]

Scope = Literal["mention", "article", "everywhere"]
Action = Literal["not_a_place", "wrong_place", "move"]

CORRECTION_COLUMNS: Final = (
    *("scope", "action", "article_id", "start", "end", "surface", "place_id", "new_place_id"),
    *("new_lat", "new_lon", "new_name", "note", "context", "nth"),
)
_WHOLE: Final = frozenset({"start", "end", "nth"})
_DEGREES: Final = frozenset({"new_lat", "new_lon"})
#: characters of a cell of free text that are kept
_LONGEST: Final = 1000
#: bad rows that an error names
_SHOWN: Final = 5
#: what a spreadsheet may have put commas' place
_SEPARATORS: Final = ",;\t"
_GUARDED: Final = re.compile(r"'[=+\-@\t\r]")


def digest_context(sentence: str) -> str:
    """Return eight hexadecimal digits that tell sentences apart by their letters and digits.

    It is FNV-1a over the UTF-16 code units of the sentence's letters and digits, 32 bits wide, so
    that the page's script makes the same one. White space, punctuation and ellipses do not count.

    >>> digest_context("The market in Raqqa reopened."), digest_context("… market in Raqqa")
    ('fefd5e6f', '1862b73c')
    """
    letters = "".join(filter(str.isalnum, sentence)).encode("utf-16-le")
    value = 0x811C9DC5
    for low, high in zip(letters[::2], letters[1::2], strict=True):
        value = (value ^ (low | high << 8)) * 0x01000193 & 0xFFFFFFFF
    return f"{value:08x}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction; the fields are the columns of the table (see the module), empty is None.

    ``line`` is where it stands in its file, from 1; None where it comes from no file.

    Raises:
        InputError: The fields do not go together; the message says which and what to do.
    """

    scope: Scope
    action: Action
    article_id: str | None = None
    start: int | None = None
    end: int | None = None
    surface: str | None = None
    place_id: str | None = None
    new_place_id: str | None = None
    new_lat: float | None = None
    new_lon: float | None = None
    new_name: str | None = None
    note: str | None = None
    context: str | None = None
    nth: int | None = None
    line: int | None = None

    def __post_init__(self) -> None:
        for check in (_check_words, _check_target, _check_new_place):
            check(self)

    @property
    def moves(self) -> bool:
        """Whether it says which place is meant."""
        return self.new_place_id is not None or self.new_lat is not None

    def __str__(self) -> str:
        row = "" if self.line is None else f"line {self.line}, "
        where = {"mention": f"in {self.article_id}", "article": f"all over {self.article_id}"}
        name = f"“{self.surface}”" if self.surface else f"every mention of {self.place_id}"
        words = f"{row}{self.action} {name} {where.get(self.scope, 'everywhere')}"
        return clean_text(words)


def _check_words(correction: Correction) -> None:
    for name, known in (("scope", get_args(Scope)), ("action", get_args(Action))):
        value = getattr(correction, name)
        if value not in known:
            raise InputError(f"expected as {name} one of {', '.join(known)}, got {value!r}")


def _check_target(correction: Correction) -> None:
    scope = correction.scope
    if scope != "everywhere" and not correction.article_id:
        raise InputError(f"the scope {scope} needs an article_id; fill it in")
    if scope == "mention":
        if not correction.surface:
            raise InputError("the scope mention needs its surface; fill it in")
        if correction.context is None and (correction.start is None or correction.end is None):
            raise InputError("the scope mention needs a context, or its start and end")
    elif not (correction.surface or correction.place_id):
        raise InputError(f"the scope {scope} needs a surface or a place_id; fill one in")


def _check_new_place(correction: Correction) -> None:
    lat, lon = correction.new_lat, correction.new_lon
    if (lat is None) != (lon is None):
        raise InputError("a point needs both new_lat and new_lon")
    if lat is not None and lon is not None and not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise InputError(
            f"expected new_lat in [-90, 90] and new_lon in [-180, 180], got {lat!r} and {lon!r}"
        )
    if lat is not None and correction.new_place_id is not None:
        raise InputError("expected either new_place_id or new_lat and new_lon, got both")
    if correction.action == "move" and not correction.moves:
        raise InputError("the action move needs a new_place_id, or new_lat and new_lon")
    if correction.action == "not_a_place" and correction.moves:
        raise InputError("what is not_a_place has no new place; the action is move, or these go")


def read_corrections(path: str | Path) -> tuple[Correction, ...]:
    """Read a table of corrections.

    Args:
        path: A CSV file, UTF-8; commas, semicolons and tabs may stand between its cells, and an
            apostrophe before what a spreadsheet would run as a formula.

    Raises:
        InputError: It cannot be read, or rows are bad: each is named with its line and what to do.
    """
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as err:
        reason = err.strerror if isinstance(err, OSError) else "it is not UTF-8"
        raise InputError(f"cannot read corrections from {path}: {reason or err}") from err
    found, bad = [], []
    try:
        for line, row in _rows(text, path):
            try:
                found.append(_to_correction(row, line))
            except InputError as err:
                bad.append(f"{path}:{line}: {err}")
    except csv.Error as err:
        raise InputError(f"{path} is no CSV file: {err}") from err
    if bad:
        more = f"; and {len(bad) - _SHOWN} more rows" if len(bad) > _SHOWN else ""
        raise InputError("; ".join(bad[:_SHOWN]) + more)
    return tuple(found)


def _rows(text: str, path: str | Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows that hold anything, as columns, with the line where each begins."""
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    columns = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in ("scope", "action") if name not in columns]
    if missing:
        raise InputError(
            f"{path}:1: expected a header row with the columns {', '.join(CORRECTION_COLUMNS)}, "
            f"but it lacks {', '.join(missing)}"
        )
    line = reader.line_num + 1
    for cells in reader:
        if any(map(str.strip, cells)):
            yield line, dict(zip(columns, cells, strict=False))
        line = reader.line_num + 1


def _to_correction(row: Mapping[str, str], line: int) -> Correction:
    values: dict[str, Any] = {}
    for name in CORRECTION_COLUMNS:
        cell = row.get(name, "").strip(" ")
        cell = cell[1:] if _GUARDED.match(cell) else cell
        if cell.strip():
            values[name] = _to_value(name, cell)
    return Correction(**{"scope": "", "action": "", **values}, line=line)


def _to_value(name: str, cell: str) -> str | int | float:
    if name in _WHOLE:
        if not re.fullmatch(r"[0-9]{1,12}", cell):
            raise InputError(f"expected a whole number as {name}, got {cell[:40]!r}")
        return int(cell)
    if name in _DEGREES:
        try:
            return float(cell)
        except ValueError:
            raise InputError(
                f"expected degrees with a decimal point as {name}, got {cell[:40]!r}"
            ) from None
    return cell if name in ("article_id", "surface") else clean_text(cell)[:_LONGEST]


def write_corrections(corrections: Iterable[Correction], path: str | Path) -> int:
    """Write corrections as the table that :func:`read_corrections` reads, and return how many.

    Text that a spreadsheet would run as a formula gets an apostrophe in front.

    Raises:
        OutputError: The file cannot be written.
    """
    with atomic_writer(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(CORRECTION_COLUMNS)
        count = 0
        for count, item in enumerate(corrections, 1):  # noqa: B007 - counts what was written
            writer.writerow(safe_cell(getattr(item, name)) for name in CORRECTION_COLUMNS)
        text.flush()
        text.detach()
    return count

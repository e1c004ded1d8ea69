"""The table of corrections: its columns, read and written.

A table of corrections is a CSV file with a header row, UTF-8, as the map page downloads it:

``scope``
    ``mention`` this one mention · ``article`` all such mentions of one article · ``everywhere``.
``action``
    ``not_a_place`` the mention is dropped · ``wrong_place`` it stays, its place is unknown, and so is
    the unit that it lies in · ``move`` it means the place of the ``new_`` columns, whether geomap
    took it for another one or knew none.
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
import dataclasses
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from geomap.errors import InputError
from geomap.export import atomic_writer
from geomap.export.csv import safe_cell
from geomap.records import clean_text
from geomap.runtime.expecting import each, refusal
from geomap.runtime.files import LARGEST_FILE, read_bounded
from geomap.runtime.spreadsheets import unguard_cell
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

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
#: of what kind a column is that does not hold text
_KINDS: Final[dict[str, tuple[Any, str]]] = {
    **dict.fromkeys(_WHOLE, (int, "a whole number")),
    **dict.fromkeys(_DEGREES, (int | float, "degrees")),
}
#: characters of a cell of free text that are kept; of an article's id as many as its reader keeps
_LONGEST: Final = 1000
_LONGEST_ID: Final = 500
#: rows of a table: more than any desk corrects
_MOST_ROWS: Final = 1_000_000
#: bad rows that an error names
_SHOWN: Final = 5
#: what a spreadsheet may have put commas' place
_SEPARATORS: Final = ",;\t"


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

    ``line`` is where it stands in its file, from 1; None where it comes from no file. ``file`` is that file, where
    several were read.

    Raises:
        InputError: The fields do not go together; the message says which and what to do.

    >>> print(Correction(scope="everywhere", action="not_a_place", surface="Goodyear"))
    not_a_place “Goodyear” everywhere
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
    file: str | None = None

    def __post_init__(self) -> None:
        for check in (_check_words, _check_target, _check_new_place):
            check(self)

    @property
    def moves(self) -> bool:
        """Whether it says which place is meant."""
        return self.new_place_id is not None or self.new_lat is not None

    @property
    def key(self) -> tuple[object, ...]:
        """What it speaks of: two with the same key and another answer contradict each other."""
        name = fold_name(self.surface) if self.surface else None
        if self.scope == "mention":
            at = (
                (self.start, self.end) if self.context is None else (self.context.lower(), self.nth)
            )
            return self.scope, self.article_id, name, *at
        article_id = self.article_id if self.scope == "article" else None
        return self.scope, article_id, name, self.place_id

    @property
    def answer(self) -> tuple[object, ...]:
        """What it says."""
        action = "move" if self.moves else self.action
        return action, self.new_place_id, self.new_lat, self.new_lon

    def __str__(self) -> str:
        row = "" if self.line is None else f"line {self.line}, "
        row = row if self.file is None else f"{self.file} {row}"
        where = {"mention": f"in {self.article_id}", "article": f"all over {self.article_id}"}
        name = f"“{self.surface}”" if self.surface else f"every mention of {self.place_id}"
        words = f"{row}{self.action} {name} {where.get(self.scope, 'everywhere')}"
        return clean_text(words)


def _check_words(correction: Correction) -> None:
    for name in CORRECTION_COLUMNS:
        value = getattr(correction, name)
        kind, what = _KINDS.get(name, (str, "text"))
        if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
            raise refusal(f"{name} as {what}, or None", value)
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


def read_corrections(*paths: str | Path) -> tuple[Correction, ...]:
    r"""Read a table of corrections, or several as one.

    Of several tables, what two of them say alike is one correction; where they contradict each other, all are kept, and the
    one that comes later counts: :class:`~geomap.corrections.CorrectionReport` tells how often.

    Args:
        *paths: CSV files, UTF-8; commas, semicolons and tabs may stand between the cells, and an
            apostrophe before what a spreadsheet would run as a formula.

    Raises:
        InputError: One cannot be read, or rows are bad: each is named with its line and what to do.

    >>> from pathlib import Path
    >>> head, row = "scope,action,surface", "everywhere,not_a_place,Raqqa Road"
    >>> Path("corrections.csv").write_text(f"{head}\n{row}\n") > 0
    True
    >>> [str(correction) for correction in read_corrections("corrections.csv")]
    ['line 2, not_a_place “Raqqa Road” everywhere']
    """
    if len(paths) == 1:
        return _read_file(paths[0])
    merged: dict[object, Correction] = {}
    for path in paths:
        for item in _read_file(path):
            merged.pop((item.key, item.answer), None)  # the later one decides where it stands
            merged[item.key, item.answer] = dataclasses.replace(item, file=str(path))
    return tuple(merged.values())


def _read_file(path: str | Path) -> tuple[Correction, ...]:
    try:
        text = read_bounded(path, "corrections").decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise InputError(f"cannot read corrections from {path}: it is not UTF-8") from err
    found, bad, faults = [], [], 0
    try:
        for line, row in _rows(text, path):
            try:
                found.append(_to_correction(row, line))
            except InputError as err:
                faults += 1
                if faults <= _SHOWN:
                    bad.append(f"{path}:{line}: {err}")
            if len(found) + faults > _MOST_ROWS:
                raise InputError(f"{path}: expected at most {_MOST_ROWS:,} corrections; split it")
    except csv.Error as err:
        raise InputError(f"{path} is no CSV file: {err}") from err
    if bad:
        more = f"; and {faults - _SHOWN:,} more rows" if faults > _SHOWN else ""
        raise InputError("; ".join(bad) + more)
    return tuple(found)


def _rows(text: str, path: str | Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows that hold anything, as columns, with the line where each begins."""
    # a cell may be as long as one of an article's table, which may have been read before or not
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST_FILE))
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
        cell = unguard_cell(cell)
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
    if name == "article_id":
        return cell[:_LONGEST_ID]
    return cell[:_LONGEST] if name == "surface" else clean_text(cell[: 4 * _LONGEST])[:_LONGEST]


def write_corrections(corrections: Iterable[Correction], path: str | Path) -> int:
    """Write corrections as the table that :func:`read_corrections` reads, and return how many.

    Text that a spreadsheet would run as a formula gets an apostrophe in front.

    Raises:
        OutputError: The file cannot be written.

    >>> rows = [Correction(scope="everywhere", action="not_a_place", surface="Goodyear")]
    >>> write_corrections(rows, "corrections.csv")
    1
    >>> read_corrections("corrections.csv")[0].line
    2
    """
    with atomic_writer(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(CORRECTION_COLUMNS)
        count = 0
        for count, item in enumerate(each(corrections, Correction, "corrections"), 1):  # noqa: B007 - counts what was written
            writer.writerow(safe_cell(getattr(item, name)) for name in CORRECTION_COLUMNS)
        text.flush()
        text.detach()
    return count

"""Mentions in a database: rows are added and changed by article, mention and version, and nothing else is touched.

What differs between databases is a :class:`Dialect`; the statements are written once. All of an export is one
transaction: it is there as a whole or not at all, and an export of the same mentions changes nothing.
"""

from __future__ import annotations

import itertools
import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Final, TypedDict
from urllib.parse import urlsplit

from geomap.errors import InputError
from geomap.export.fields import clean_cell, fields_of, own_fields
from geomap.export.geometry import point_of, shape_of, to_wkb
from geomap.export.rows import CountedRecords, Written, count_records
from geomap.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geomap.export.fields import Field, FieldType
    from geomap.export.rows import Mentions

__all__ = [
    "GEOMETRIES",
    "KEY",
    "Column",
    "Dialect",
    "RowOptions",
    "check_names",
    "hide_password",
    "quote",
    "upsert",
]

#: what tells a row from every other one
KEY: Final = ("article_id", "mention_start", "mention_end", "version")
#: the columns of geometry: the place, or the unit that an unknown one lies in; and what the text describes
GEOMETRIES: Final = ("geom", "described")
_DEFAULT_TABLE: Final = "mentions"
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,47}")
_STAGING: Final = "geomap_staging"
_NUMBER: Final = "geomap_number"
#: records from which the types of a user's own columns are told, and that are sent at once
_BATCH: Final = 5_000
_LONGEST_VERSION: Final = 200

#: the name of a column and its type in the database
Column = tuple[str, str]


class RowOptions(TypedDict, total=False):
    """How rows are added to a database.

    Attributes:
        table: What the table is called; None for ``mentions``.
        version: What the rows are a version of; None for geomap's own version.
        prune: Whether rows of the same articles and version are removed that are not among those written.
        located: Whether mentions without a point are left out.
    """

    table: str | None
    version: str | None
    prune: bool
    located: bool


def quote(name: str) -> str:
    """Return a name as SQL has it, whatever is in it.

    >>> quote('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def hide_password(url: str) -> str:
    """Return the URL of a database without its password, for messages.

    >>> hide_password("postgresql://me:secret@host/news")
    'postgresql://me:***@host/news'
    """
    try:
        parts = urlsplit(url)
        secret = parts.password
    except ValueError:
        return f"{url.partition('://')[0]}://…"
    if secret is None:
        return parts._replace(query="").geturl() if parts.query else url
    user, _, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user.partition(':')[0]}:***@{host}", query="").geturl()


class Dialect(ABC):
    """A connection to one kind of database, and how it says what differs.

    ``types`` are the database's types of our fields, ``geometry`` that of a geometry, ``differs`` the operator that
    tells whether two values are not the same where either may be missing.
    """

    types: Mapping[FieldType, str]
    geometry: str
    differs: str = "IS DISTINCT FROM"
    #: what stands for a value in a statement
    mark: str = "?"

    @abstractmethod
    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Run a statement; return how many rows it changed."""

    @abstractmethod
    def ask(self, question: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that answer a question."""

    @abstractmethod
    def columns_of(self, table: tuple[str, ...]) -> list[str]:
        """Return the names of a table's columns; none where there is no such table."""

    @abstractmethod
    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows to a temporary table, as fast as can be."""

    def prepare(self, table: tuple[str, ...]) -> None:
        """Do what has to be done before the table is made: nothing."""
        del table

    def finish(self, table: tuple[str, ...]) -> None:
        """Do what has to be done when the table was made, such as indexes: nothing."""
        del table

    def cell(self, value: Any) -> Any:
        """Return a value as the database's library takes it."""
        return clean_cell(value)

    def staged(self, kind: str) -> str:
        """Return the type that a column has in the temporary table."""
        return kind

    def unstage(self, name: str, kind: str) -> str:
        """Return the expression that reads a column of the temporary table."""
        del kind
        return quote(name)


def _read_table_name(text: str | None) -> tuple[str, ...]:
    parts = tuple((text or _DEFAULT_TABLE).split("."))
    if len(parts) > 2 or not all(_NAME.fullmatch(part) for part in parts):
        raise InputError(
            f"expected --table as a name or schema.name of letters, digits and underscores (48 at most), got {text!r}"
        )
    return parts


def _read_version(text: str | None) -> str:
    version = __version__ if text is None else text.strip()
    if not version or len(version) > _LONGEST_VERSION or not version.isprintable():
        raise InputError(
            f"expected --as-version as some words of at most {_LONGEST_VERSION} characters, got {text!r}"
        )
    return version


def check_names(options: RowOptions) -> None:
    """Make sure that a table and a version can be called so.

    Raises:
        InputError: They cannot.
    """
    _read_table_name(options.get("table"))
    _read_version(options.get("version"))


def upsert(
    database: Dialect,
    mentions: Mentions,
    options: RowOptions,
    *,
    where: str,
) -> Written:
    """Write mentions into a table that is made where it is missing.

    Args:
        database: An open database, in a transaction that the caller ends.
        mentions: Mention records, or a mention table.
        options: What the caller has a choice of.
        where: How messages call the database.

    Raises:
        InputError: The table or the version cannot be called so, or a table of that name is none of mentions.
    """
    name, wanted = _read_table_name(options.get("table")), _read_version(options.get("version"))
    records = count_records(mentions)
    stream = _kept(records, located=options.get("located", False))
    first = list(itertools.islice(stream, _BATCH))
    fields = fields_of(sql=True)
    fields += own_fields(first, records.extras, fields)
    columns: list[Column] = [
        *((field.name, database.types[field.type]) for field in fields),
        ("version", database.types["text"]),
        *((column, database.geometry) for column in GEOMETRIES),
    ]
    database.prepare(name)
    _make_table(database, name, columns)
    staged = [(column, database.staged(kind)) for column, kind in columns]
    _make_staging(database, staged)
    rows = _rows(itertools.chain(first, stream), fields, wanted, database)
    database.load(_STAGING, [_NUMBER, *(column for column, _ in columns)], rows)
    database.finish(name)
    prune = options.get("prune", False)
    return _merge(database, name, columns, prune=prune, version=wanted, where=where)


def _kept(records: CountedRecords, *, located: bool) -> Iterator[Mapping[str, Any]]:
    for record in records:
        if not located or (record["lat"] is not None and record["lon"] is not None):
            yield record


def _rows(
    records: Iterable[Mapping[str, Any]], fields: Sequence[Field], version: str, database: Dialect
) -> Iterator[list[Any]]:
    """Yield the rows of the temporary table."""
    for number, record in enumerate(records):
        cells = [database.cell(field.value(record)) for field in fields]
        yield [number, *cells, version, to_wkb(point_of(record)), to_wkb(shape_of(record))]


def _path(table: tuple[str, ...]) -> str:
    return ".".join(map(quote, table))


def _make_table(database: Dialect, table: tuple[str, ...], columns: Sequence[Column]) -> None:
    """Make the table, or add the columns that it lacks; what else it has stays."""
    there = database.columns_of(table)
    if not there:
        lines = [
            f"{quote(column)} {kind}" + " NOT NULL" * (column in KEY) for column, kind in columns
        ]
        lines.append(f"PRIMARY KEY ({', '.join(map(quote, KEY))})")
        database.run(f"CREATE TABLE {_path(table)} ({', '.join(lines)})")
        return
    missing = [column for column in KEY if column not in there]
    if missing:
        raise InputError(
            f"the table {'.'.join(table)} is none of mentions: it lacks {', '.join(missing)}; choose another one with --table"
        )
    for column, kind in columns:
        if column not in there:
            database.run(f"ALTER TABLE {_path(table)} ADD COLUMN {quote(column)} {kind}")


def _make_staging(database: Dialect, columns: Sequence[Column]) -> None:
    lines = [f"{quote(_NUMBER)} BIGINT", *(f"{quote(column)} {kind}" for column, kind in columns)]
    database.run(f"CREATE TEMPORARY TABLE {quote(_STAGING)} ({', '.join(lines)})")


def _merge(
    database: Dialect,
    table: tuple[str, ...],
    columns: Sequence[Column],
    *,
    prune: bool,
    version: str,
    where: str,
) -> Written:
    """Bring the rows of the temporary table into the other one; return what that changed."""
    keys = ", ".join(map(quote, KEY))
    names = [column for column, _ in columns]
    others = [column for column in names if column not in KEY]
    target = quote(table[-1])
    listed = ", ".join(map(quote, names))
    read = ", ".join(database.unstage(column, kind) for column, kind in columns)
    latest = (
        f"SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY {keys} ORDER BY {quote(_NUMBER)} DESC) AS geomap_rank "
        f"FROM {quote(_STAGING)}) AS ranked WHERE geomap_rank = 1"
    )
    assigned = ", ".join(f"{quote(column)} = excluded.{quote(column)}" for column in others)
    changed = " OR ".join(
        f"{target}.{quote(column)} {database.differs} excluded.{quote(column)}" for column in others
    )
    ((staged,),) = database.ask(f"SELECT count(*) FROM {quote(_STAGING)}")
    ((different,),) = database.ask(
        f"SELECT count(*) FROM (SELECT DISTINCT {keys} FROM {quote(_STAGING)}) AS keys"
    )
    ((before,),) = database.ask(f"SELECT count(*) FROM {_path(table)}")
    touched = database.run(
        f"INSERT INTO {_path(table)} ({listed}) SELECT {read} FROM ({latest}) AS latest WHERE true "
        f"ON CONFLICT ({keys}) DO UPDATE SET {assigned} WHERE {changed}"
    )
    ((after,),) = database.ask(f"SELECT count(*) FROM {_path(table)}")
    gone = _prune(database, table, version, prune=prune)
    database.run(f"DROP TABLE {quote(_STAGING)}")
    added = after - before
    counts = (
        f"{added:,} rows added, {touched - added:,} changed, {different - touched:,} as they were"
    )
    notes = [f"{where}, table {'.'.join(table)}, version {version}: {counts}"]
    if staged > different:
        notes.append(f"{staged - different:,} mentions came twice: the later one counts")
    if gone:
        rows = f"{gone:,} row{'s' * (gone > 1)} of these articles and this version"
        notes.append(
            f"{rows} removed" if prune else f"{rows} are no longer found: --prune removes them"
        )
    return Written(staged, notes=notes)


def _prune(database: Dialect, table: tuple[str, ...], version: str, *, prune: bool) -> int:
    """Remove or count the rows of the same articles and version that were not written."""
    same = " AND ".join(f"s.{quote(key)} = t.{quote(key)}" for key in KEY)
    stale = (
        f"t.version = {database.mark} AND EXISTS (SELECT 1 FROM {quote(_STAGING)} AS s WHERE s.article_id = t.article_id) "
        f"AND NOT EXISTS (SELECT 1 FROM {quote(_STAGING)} AS s WHERE {same})"
    )
    if prune:
        return database.run(f"DELETE FROM {_path(table)} AS t WHERE {stale}", [version])
    ((count,),) = database.ask(f"SELECT count(*) FROM {_path(table)} AS t WHERE {stale}", [version])
    return int(count)

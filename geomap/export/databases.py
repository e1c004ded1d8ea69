"""SQLite, DuckDB and PostgreSQL with PostGIS: how each is opened, and what it says in its own way."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from geomap.errors import GeomapError, OutputError
from geomap.export.arrow import import_pyarrow
from geomap.export.fields import clean_cell
from geomap.export.sql import GEOMETRIES, KEY, Dialect, check_names, hide_password, quote, upsert
from geomap.runtime.atomic import check_output

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Unpack

    from geomap.export.rows import Mentions
    from geomap.export.sql import RowOptions

__all__ = ["write_duckdb", "write_postgres", "write_sqlite"]

#: seconds to wait for a database that another program is writing to, or that does not answer
_PATIENCE: Final = 20
#: rows that are handed over at once
_BATCH: Final = 5_000
_WORLD: Final = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)


def write_sqlite(mentions: Mentions, target: str, **options: Unpack[RowOptions]) -> int:
    """Write mentions into a table of an SQLite database (``sqlite:///news.sqlite``), made where it is missing.

    Rows are told apart by article, mention and version: what is there is changed where it differs, what is new is added,
    and nothing else is touched. Geometries are well-known binary, as GDAL and QGIS look for them.

    Args:
        mentions: Mention records, or a mention table.
        target: The URL.
        **options: See :class:`geomap.export.sql.RowOptions`.

    Returns:
        How many mentions were written, and how many rows that added and changed.

    Raises:
        OutputError: The database cannot be written; then nothing of it has changed.
        InputError: The table or the version cannot be called so.
    """
    check_names(options)
    with _new_file(target, "sqlite") as path, _wording(target, sqlite3.Error):
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        with contextlib.closing(connection):
            connection.execute("BEGIN IMMEDIATE")
            database = _SQLite(connection)
            written = upsert(database, mentions, options, where=target)
            connection.execute("COMMIT")
    return written


def write_duckdb(mentions: Mentions, target: str, **options: Unpack[RowOptions]) -> int:
    """Write mentions into a table of a DuckDB database (``duckdb:///news.duckdb``), made where it is missing.

    Geometries are well-known binary (``ST_GeomFromWKB(geom)`` of DuckDB's extension ``spatial``). Everything else is as in
    :func:`write_sqlite`.

    Raises:
        OutputError: duckdb is not installed, or the database cannot be written; then nothing of it has changed.
        InputError: The table or the version cannot be called so.
    """
    import duckdb  # noqa: PLC0415 - an extra

    check_names(options)
    with (
        _new_file(target, "duckdb") as path,
        _wording(target, duckdb.Error),
        contextlib.closing(duckdb.connect(str(path))) as connection,
    ):
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("BEGIN")
        database = _DuckDB(connection)
        written = upsert(database, mentions, options, where=target)
        connection.execute("COMMIT")
    return written


def write_postgres(mentions: Mentions, target: str, **options: Unpack[RowOptions]) -> int:
    """Write mentions into a table of a PostgreSQL database with PostGIS (``postgresql://user@host/news``).

    Geometries are PostGIS' own, with an index each; days are dates, times are points in time. The password may stand in the
    environment (``PGPASSWORD``) or in ``~/.pgpass``; no message shows it. Everything else is as in :func:`write_sqlite`.

    Raises:
        OutputError: psycopg is not installed, the database does not answer, lacks PostGIS or refuses; then nothing has
            changed.
        InputError: The table or the version cannot be called so.
    """
    import psycopg  # noqa: PLC0415 - an extra

    check_names(options)
    if urlsplit(target).netloc.count("@") > 1:
        raise OutputError("cannot read the database's URL: write @ in a password as %40")
    where = hide_password(target)
    with (
        _wording(target, psycopg.Error),
        psycopg.connect(target, connect_timeout=_PATIENCE) as connection,
    ):
        database = _Postgres(connection)
        return upsert(database, mentions, options, where=where)


@contextlib.contextmanager
def _new_file(url: str, scheme: str) -> Iterator[Path]:
    """Give the file of a database; remove it if it was made in vain."""
    begin = f"{scheme}:///"
    path = Path(unquote(url[len(begin) :])) if url.lower().startswith(begin) else Path()
    if not path.name:
        raise OutputError(f"expected {begin}FILE, for instance {begin}news.{scheme}, got {url!r}")
    check_output(path)
    there = path.exists()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield path
    except BaseException:
        if not there:
            for ending in ("", "-journal", ".wal"):
                with contextlib.suppress(OSError):
                    path.with_name(path.name + ending).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _wording(url: str, errors: type[Exception]) -> Iterator[None]:
    """Say in one line what a database refused, without its password."""
    try:
        yield
    except GeomapError:
        raise
    except (errors, OSError) as err:
        reason = " ".join(str(err).split()) or type(err).__name__
        with contextlib.suppress(ValueError):
            if secret := urlsplit(url).password:
                reason = reason.replace(secret, "***").replace(unquote(secret), "***")
        raise OutputError(f"cannot write to {hide_password(url)}: {reason[:300]}") from err


class _SQLite(Dialect):
    types = {  # noqa: RUF012 - as the base has it
        "text": "TEXT",
        "wkt": "TEXT",
        "integer": "INTEGER",
        "number": "REAL",
        "day": "TEXT",
        "time": "TEXT",
    }
    geometry = "BLOB"
    differs = "IS NOT"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        return self._connection.execute(statement, values).rowcount

    def ask(self, question: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(question, values).fetchall()

    def columns_of(self, table: tuple[str, ...]) -> list[str]:
        if len(table) > 1:
            raise OutputError(f"SQLite has no schemas: expected --table {table[-1]}")
        return [row[1] for row in self.ask(f"PRAGMA table_info({quote(table[0])})")]

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        names, marks = ", ".join(map(quote, columns)), ", ".join("?" * len(columns))
        self._connection.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", rows)
        # what is gone is looked for by it: 17 s without for 10,000 rows
        self.run(
            f"CREATE INDEX geomap_staging_key ON {quote(table)} ({', '.join(map(quote, KEY))})"
        )

    def cell(self, value: Any) -> Any:
        if isinstance(value, dt.datetime):
            return f"{value:%Y-%m-%dT%H:%M:%SZ}"
        return value.isoformat() if isinstance(value, dt.date) else clean_cell(value)

    def finish(self, table: tuple[str, ...]) -> None:
        """Tell GDAL and QGIS where the geometries are."""
        if not self.ask("SELECT 1 FROM sqlite_master WHERE name = 'geometry_columns'"):
            self.run(
                "CREATE TABLE geometry_columns (f_table_name VARCHAR, f_geometry_column VARCHAR, geometry_type INTEGER, "
                "coord_dimension INTEGER, srid INTEGER, geometry_format VARCHAR)"
            )
            self.run(
                "CREATE TABLE IF NOT EXISTS spatial_ref_sys (srid INTEGER UNIQUE, auth_name TEXT, auth_srid TEXT, srtext TEXT)"
            )
            self.run(
                "INSERT OR IGNORE INTO spatial_ref_sys VALUES (4326, 'EPSG', '4326', ?)", [_WORLD]
            )
        for column, kind in zip(GEOMETRIES, (1, 0), strict=True):
            self.run(
                "INSERT INTO geometry_columns SELECT ?, ?, ?, 2, 4326, 'WKB' WHERE NOT EXISTS (SELECT 1 FROM "
                "geometry_columns WHERE f_table_name = ? AND f_geometry_column = ?)",
                [table[0], column, kind, table[0], column],
            )


class _DuckDB(Dialect):
    types = {  # noqa: RUF012
        "text": "VARCHAR",
        "wkt": "VARCHAR",
        "integer": "BIGINT",
        "number": "DOUBLE",
        "day": "DATE",
        "time": "TIMESTAMPTZ",
    }
    geometry = "BLOB"

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        found = self._connection.execute(statement, list(values))
        row = found.fetchone() if found.description else None
        return row[0] if row and isinstance(row[0], int) else 0

    def ask(self, question: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._connection.execute(question, list(values)).fetchall()
        return rows

    def columns_of(self, table: tuple[str, ...]) -> list[str]:
        return [
            row[0]
            for row in self.ask(
                "SELECT column_name FROM information_schema.columns WHERE table_name = ? AND table_schema = ? "
                "ORDER BY ordinal_position",
                [table[-1], table[0] if len(table) > 1 else "main"],
            )
        ]

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        names = ", ".join(map(quote, columns))
        statement = f"INSERT INTO {quote(table)} ({names}) SELECT * FROM geomap_batch"
        arrow = import_pyarrow()
        stream = iter(rows)
        while batch := list(itertools.islice(stream, _BATCH)):
            arrays = [arrow.array(column) for column in zip(*batch, strict=True)]
            self._connection.register("geomap_batch", arrow.table(arrays, names=list(columns)))
            self._connection.execute(statement)
            self._connection.unregister("geomap_batch")


class _Postgres(Dialect):
    types = {  # noqa: RUF012
        "text": "text",
        "wkt": "text",
        "integer": "bigint",
        "number": "double precision",
        "day": "date",
        "time": "timestamptz",
    }
    geometry = "geometry(Geometry, 4326)"
    mark = "%s"

    def __init__(self, connection: Any) -> None:
        self._cursor = connection.cursor()

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        self._cursor.execute(statement, values or None)
        return int(self._cursor.rowcount)

    def ask(self, question: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._cursor.execute(question, values or None).fetchall()
        return rows

    def columns_of(self, table: tuple[str, ...]) -> list[str]:
        path = ".".join(map(quote, table))
        question = (
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped "
            "ORDER BY attnum"
        )
        return [row[0] for row in self.ask(question, [path])]

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        names = ", ".join(map(quote, columns))
        with self._cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def prepare(self, table: tuple[str, ...]) -> None:
        """Make sure that there is PostGIS, and that no two exports write one table at once."""
        if not self.ask("SELECT 1 FROM pg_extension WHERE extname = 'postgis'"):
            if not self.ask("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'"):
                raise OutputError(
                    "the database's server lacks PostGIS: it has to be installed there"
                )
            try:
                self.run("CREATE EXTENSION IF NOT EXISTS postgis")
            except Exception as err:
                raise OutputError(
                    "the database lacks PostGIS, and only its owner may add it: CREATE EXTENSION postgis"
                ) from err
        self.ask("SELECT pg_advisory_xact_lock(hashtext(%s))", [".".join(("geomap", *table))])

    def staged(self, kind: str) -> str:
        return "bytea" if kind == self.geometry else kind

    def unstage(self, name: str, kind: str) -> str:
        return f"ST_GeomFromWKB({quote(name)}, 4326)" if kind == self.geometry else quote(name)

    def finish(self, table: tuple[str, ...]) -> None:
        """Make the indexes that maps and clocks need."""
        path = ".".join(map(quote, table))
        for column, method in (
            ("geom", "gist"),
            ("described", "gist"),
            ("time_start", "btree"),
            ("place_id", "btree"),
        ):
            name = quote(f"{table[-1]}_{column}_idx")
            self.run(
                f"CREATE INDEX IF NOT EXISTS {name} ON {path} USING {method} ({quote(column)})"
            )

"""SQLite, DuckDB and PostGIS: what an export adds and changes, and that it touches nothing else.

PostGIS is the real one: .ci/run starts it (tests/export/postgis.sh), and GEOMAP_POSTGIS_URL leads to it.
"""

import contextlib
import datetime as dt
import os
import sqlite3
import uuid

import duckdb
import psycopg
import pytest
import shapely
from hypothesis import HealthCheck, given, settings

from geomap.errors import InputError, OutputError, TableError
from geomap.export import ExportOptions, write_mentions
from geomap.export.fields import clean_cell, fields_of
from geomap.export.sql import hide_password
from geomap.schema import COLUMNS
from tests.export.test_every_format import HOSTILE, by_id, records
from tests.samples import UNDATED, make_record

AREA = "POLYGON ((38 36, 39 36, 39 37, 38 37, 38 36))"
SQL = {"start": "mention_start", "end": "mention_end"}


class Base:
    """A database that tests look into: ``url`` leads to it."""

    def write(self, rows, **options):
        return write_mentions(rows, self.url, options=ExportOptions(**options))

    def dump(self, table="mentions"):
        return sorted(map(repr, self.ask(f"SELECT * FROM {table}")))

    def records(self, table="mentions"):
        """Return the rows as records."""
        names = [SQL.get(name, name) for name in COLUMNS]
        listed = ", ".join(f'"{name}"' for name in names)
        rows = self.ask(f"SELECT {listed} FROM {table}")
        return [dict(zip(COLUMNS, map(_plain, row), strict=True)) for row in rows]


def _plain(value):
    return value.isoformat() if isinstance(value, dt.date) else value


class InSQLite(Base):
    def __init__(self, folder):
        self.path = folder / f"{uuid.uuid4().hex}.sqlite"
        self.url = f"sqlite:///{self.path}"

    def ask(self, question):
        with contextlib.closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(question).fetchall()

    def run(self, statement):
        with contextlib.closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute(statement)


class InDuckDB(Base):
    def __init__(self, folder):
        self.path = folder / f"{uuid.uuid4().hex}.duckdb"
        self.url = f"duckdb:///{self.path}"

    def ask(self, question):
        with contextlib.closing(duckdb.connect(str(self.path))) as connection:
            return connection.execute(question).fetchall()

    run = ask


class InPostGIS(Base):
    def __init__(self, server):
        self.name = f"geomap_{uuid.uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {self.name}")
        self.url = server.replace("/postgres?", f"/{self.name}?")

    def ask(self, question):
        with psycopg.connect(self.url) as connection:
            return connection.execute(question).fetchall()

    def run(self, statement):
        with psycopg.connect(self.url) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def server():
    """The URL of a PostgreSQL with PostGIS."""
    url = os.environ.get("GEOMAP_POSTGIS_URL")
    if url is None:
        if os.environ.get("GEOMAP_REQUIRE_POSTGIS") == "1":
            pytest.fail("GEOMAP_POSTGIS_URL is not set: tests/export/postgis.sh start")
        pytest.skip("needs PostGIS: export GEOMAP_POSTGIS_URL=$(tests/export/postgis.sh start)")
    return url


@pytest.fixture(params=["sqlite", "duckdb", "postgis"])
def base(request, tmp_path):
    if request.param == "postgis":
        return InPostGIS(request.getfixturevalue("server"))
    return {"sqlite": InSQLite, "duckdb": InDuckDB}[request.param](tmp_path)


ROWS = [
    make_record(relation_geometry=AREA),
    make_record(article_id="b"),
    make_record(article_id="c", place_id=None, date=UNDATED),
]


def test_a_second_export_changes_nothing(base):
    first = base.write(ROWS)
    assert first.notes[0].endswith("version 0.2.0: 3 rows added, 0 changed, 0 as they were")
    before = base.dump()
    again = base.write(reversed(ROWS))
    assert again.notes[0].endswith("0 rows added, 0 changed, 3 as they were")
    assert base.dump() == before
    assert len(before) == 3


def test_a_second_export_leaves_every_byte_of_an_sqlite_file(tmp_path):
    base = InSQLite(tmp_path)
    base.write(ROWS)
    before = base.path.read_bytes()
    base.write(ROWS)
    assert base.path.read_bytes() == before
    other = InSQLite(tmp_path)
    other.write(ROWS)
    assert other.path.read_bytes() == before


def test_a_second_export_rewrites_no_row_of_postgis(server):
    base = InPostGIS(server)
    base.write(ROWS)
    question = "SELECT id, xmin::text, ctid::text FROM mentions ORDER BY id"
    before = base.ask(question)
    base.write(ROWS)
    assert base.ask(question) == before


def test_what_differs_is_changed_and_what_is_new_is_added(base):
    base.write(ROWS)
    changed = [ROWS[0] | {"confidence": 0.5, "title": None}, make_record(article_id="d")]
    written = base.write(changed)
    assert written.notes[0].endswith("1 rows added, 1 changed, 0 as they were")
    assert by_id(base.records()) == by_id([changed[0], *ROWS[1:], changed[1]])


def test_versions_lie_beside_each_other(base):
    base.write(ROWS, version="2026-11")
    base.write(ROWS[:1], version="2026-12, corrected")
    counts = base.ask("SELECT version, count(*) FROM mentions GROUP BY version ORDER BY version")
    assert counts == [("2026-11", 3), ("2026-12, corrected", 1)]


def test_what_is_no_longer_found_is_told_and_removed_on_request(base):
    gone = make_record(start=50, end=55)
    base.write([*ROWS, gone])
    base.write([gone], version="other")
    told = base.write(ROWS)
    assert (
        told.notes[1]
        == "1 row of these articles and this version are no longer found: --prune removes them"
    )
    assert len(base.dump()) == 5
    assert (
        base.write(ROWS, prune=True).notes[1] == "1 row of these articles and this version removed"
    )
    # that of another version stays, and so do articles that are not in this export
    assert base.ask("SELECT count(*) FROM mentions WHERE version = 'other'") == [(1,)]
    base.write(ROWS[:1], prune=True)
    assert len(base.dump()) == 4


def test_the_same_mention_twice_is_one_row_and_told(base):
    written = base.write([ROWS[0], ROWS[0] | {"confidence": 0.25}])
    assert written.notes[1] == "1 mentions came twice: the later one counts"
    assert base.ask("SELECT confidence FROM mentions") == [(0.25,)]


def test_columns_have_their_types_and_no_word_of_sql_as_name(base):
    base.write([])
    with pytest.raises(Exception, match=r"start"):
        base.ask("SELECT t.start FROM mentions AS t")
    base.write(ROWS)
    row = base.ask(
        "SELECT mention_start, lat, date_start, time_end, event_start, story_size FROM mentions WHERE article_id = 'b'"
    )[0]
    end = dt.datetime(2019, 3, 22, tzinfo=dt.UTC)
    if isinstance(base, InSQLite):
        assert row == (10, 35.95283, "2019-03-21", "2019-03-22T00:00:00Z", None, None)
    else:
        assert row == (10, 35.95283, dt.date(2019, 3, 21), end, None, None)


def test_geometries_are_there(base):
    base.write(ROWS)
    shown = "encode(ST_AsBinary({}), 'hex')" if isinstance(base, InPostGIS) else "hex({})"
    found = base.ask(
        f"SELECT article_id, {shown.format('geom')}, {shown.format('described')} FROM mentions ORDER BY article_id"
    )
    shapes = {
        article: [wkb and shapely.from_wkb(bytes.fromhex(wkb)) for wkb in pair]
        for article, *pair in found
    }
    assert shapes["a.txt"][0].coords[0] == (39.00788, 35.95283)
    assert shapes["a.txt"][1].equals(shapely.from_wkt(AREA))
    assert shapes["b"][1] in (None, "")
    assert shapes["c"] in ([None, None], ["", ""])


def test_postgis_has_indexes_and_finds_what_is_near(server):
    base = InPostGIS(server)
    base.write(ROWS)
    base.write(ROWS)
    kinds = base.ask(
        "SELECT type, srid FROM geometry_columns WHERE f_table_name = 'mentions' ORDER BY f_geometry_column"
    )
    assert kinds == [("GEOMETRY", 4326)] * 2
    indexes = {
        name
        for (name,) in base.ask("SELECT indexname FROM pg_indexes WHERE tablename = 'mentions'")
    }
    assert {"mentions_geom_idx", "mentions_described_idx", "mentions_time_start_idx"} <= indexes
    near = "ST_DWithin(geom::geography, ST_SetSRID(ST_Point(39, 36), 4326)::geography, 10000)"
    assert base.ask(f"SELECT count(*) FROM mentions WHERE {near}") == [(2,)]


def test_columns_that_a_person_added_stay_and_new_ones_of_ours_come(base):
    key = "article_id VARCHAR, mention_start BIGINT, mention_end BIGINT, version VARCHAR"
    primary = "PRIMARY KEY (article_id, mention_start, mention_end, version)"
    base.run(f"CREATE TABLE mentions ({key}, checked_by VARCHAR, {primary})")
    base.run("INSERT INTO mentions VALUES ('b', 10, 15, '0.2.0', 'Ada')")
    written = base.write([row | {"confidence": 0.1, "score": 7} for row in ROWS])
    assert written.notes[0].endswith("2 rows added, 1 changed, 0 as they were")
    found = base.ask("SELECT checked_by, confidence, score FROM mentions ORDER BY article_id")
    assert found == [(None, 0.1, 7), ("Ada", 0.1, 7), (None, 0.1, 7)]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_text(base, text):
    long = len(text) > 1000
    row = (
        make_record(title=text, snippet=text)
        if long
        else make_record(article_id=text, title=text, name=text)
    )
    base.write([row])
    assert base.ask("SELECT title FROM mentions") == [(clean_cell(text),)]
    assert base.write([row]).notes[0].endswith("0 rows added, 0 changed, 1 as they were")


@pytest.mark.parametrize("table", ["mentions; DROP TABLE x", 'a"b', "", "a.b.c", "ä", "x" * 49])
def test_a_table_has_a_plain_name(base, table):
    with pytest.raises(InputError, match="expected --table as a name"):
        base.write(ROWS, table=table or ".")


def test_a_table_of_another_schema(base):
    if isinstance(base, InSQLite):
        with pytest.raises(OutputError, match="SQLite has no schemas: expected --table t"):
            base.write(ROWS, table="news.t")
        return
    base.run("CREATE TABLE IF NOT EXISTS dummy (x INTEGER)")
    base.run("CREATE SCHEMA news")
    base.write(ROWS, table="news.found_names")
    base.write(ROWS, table="news.found_names")
    assert base.ask("SELECT count(*) FROM news.found_names") == [(3,)]


def test_a_table_that_is_none_of_mentions_is_left_alone(base):
    base.run("CREATE TABLE mentions (x INTEGER)")
    base.run("INSERT INTO mentions VALUES (1)")
    with pytest.raises(InputError, match=r"is none of mentions: it lacks article_id, .*--table"):
        base.write(ROWS)
    assert base.dump() == ["(1,)"]


def test_what_fails_half_way_changes_nothing(base):
    def broken():
        yield make_record(article_id="z")
        yield make_record(lat=999.0)

    base.write(ROWS)
    before = base.dump()
    with pytest.raises(TableError):
        base.write(broken())
    assert base.dump() == before


@pytest.mark.parametrize("make", [InSQLite, InDuckDB])
def test_a_file_that_was_made_in_vain_is_removed(tmp_path, make):
    with pytest.raises(TableError):
        make(tmp_path).write([make_record(lat=999.0)])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("sqlite:///", "expected sqlite:///FILE"),
        ("sqlite://news.sqlite", "expected sqlite:///FILE"),
        ("duckdb:///", "expected duckdb:///FILE"),
        ("sqlite:///{folder}", "it is a folder"),
        ("sqlite:///{folder}/text", "file is not a database"),
        ("duckdb:///{folder}/text", "not a valid DuckDB database"),
        (
            "postgresql://me:s3cret@127.0.0.1:1/news",
            r"cannot write to postgresql://me:\*\*\*@127.0.0.1:1/news",
        ),
        ("postgresql://me:s3@cret@127.0.0.1:1/news", "write @ in a password as %40"),
        ("postgresql://me:s3cret@127.0.0.1:port/news", "cannot write to"),
    ],
)
def test_what_is_no_database_is_refused_without_a_password(tmp_path, url, message):
    (tmp_path / "text").write_text("This is no database. " * 100, encoding="utf-8")
    with pytest.raises(OutputError, match=message) as caught:
        write_mentions(ROWS, url.format(folder=tmp_path))
    assert "s3" not in str(caught.value)
    assert (tmp_path / "text").read_text(encoding="utf-8").startswith("This is no database.")


def test_a_password_is_hidden():
    assert hide_password("postgresql://u:p%40w@h:1/d?sslmode=require") == "postgresql://u:***@h:1/d"


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(rows=records)
def test_mentions_come_back(base, rows):
    table = f"t{uuid.uuid4().hex[:12]}"
    base.write(rows, table=table)
    last = {(row["article_id"], row["start"], row["end"]): row for row in rows}
    assert by_id(base.records(table)) == by_id(last.values())


def test_every_field_is_a_column(base):
    base.write(ROWS)
    names = ", ".join(f'"{field.name}"' for field in fields_of(sql=True))
    assert len(base.ask(f"SELECT {names}, version, geom, described FROM mentions")) == 3

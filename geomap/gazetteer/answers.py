"""What a geocoder answered, kept in a small database, so that nobody is asked the same twice."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import InputError
from geomap.model import Place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Answer", "AnswerCache"]

#: raised when what is kept changes
_FORMAT: Final = 1
_BUSY_SECONDS: Final = 5.0
#: answers that are kept in memory
_MOST: Final = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A place that a geocoder knows: the fields of a :class:`Place`, and by which names it is called."""

    id: str
    name: str
    names: tuple[str, ...]
    lat: float
    lon: float
    feature: str
    country: str
    admin1: str | None = None
    admin2: str | None = None
    radius_km: float = 0.0

    def to_place(self) -> Place:
        """Return the place.

        Raises:
            InputError: Its point is none on earth.
        """
        fields = asdict(self)
        del fields["names"]
        return Place(**fields)


class AnswerCache:
    """Answers by question, with the day they were given; in memory too, where the database cannot be written.

    Args:
        path: The database, made where it is missing.
        max_age_days: For how many days answers count.
        empty_age_days: For how many days it counts that there was none: maps grow.
    """

    def __init__(self, path: Path, *, max_age_days: int, empty_age_days: int) -> None:
        self.problem = ""
        self._ages = (max_age_days, empty_age_days)
        self._today = dt.datetime.now(dt.UTC).date()
        self._known: dict[str, tuple[Answer, ...]] = {}
        self._database: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
            self._prepare(self._database)
        except (OSError, sqlite3.Error) as err:
            self._give_up(f"{path}: {err}")

    def close(self) -> None:
        """Close the database."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _give_up(self, problem: str) -> None:
        """Go on without the database."""
        self.problem = self.problem or problem
        self.close()

    def _prepare(self, database: sqlite3.Connection) -> None:
        if database.execute("PRAGMA user_version").fetchone() != (_FORMAT,):
            database.execute("DROP TABLE IF EXISTS answers")
            database.execute(
                "CREATE TABLE answers (question TEXT PRIMARY KEY, day TEXT NOT NULL, answers TEXT NOT NULL)"
            )
            database.execute(f"PRAGMA user_version = {_FORMAT}")
        oldest = self._today - dt.timedelta(days=max(*self._ages, 0))
        database.execute("DELETE FROM answers WHERE day < ?", (oldest.isoformat(),))

    def recall(self, question: str) -> tuple[Answer, ...] | None:
        """Return what was answered in this run; None where nobody asked."""
        return self._known.get(question)

    def find(self, question: str) -> tuple[Answer, ...] | None:
        """Return what was answered in an earlier run; None where that is too long ago, or nobody asked."""
        if self._database is None:
            return None
        try:
            row = self._database.execute(
                "SELECT day, answers FROM answers WHERE question = ?", (question,)
            ).fetchone()
        except sqlite3.Error as err:
            self._give_up(str(err))
            return None
        answers = None if row is None else self._read(*row)
        if answers is not None:
            self._remember(question, answers)
        return answers

    def _read(self, day: str, text: str) -> tuple[Answer, ...] | None:
        """Return answers that are young enough; None for others, and for what cannot be read."""
        try:
            answers = tuple(map(_read_answer, json.loads(text)))
            age = (self._today - dt.date.fromisoformat(day)).days
        except (
            InputError,
            KeyError,
            TypeError,
            ValueError,
        ):  # of another program: it is asked again
            return None
        return answers if 0 <= age < self._ages[0 if answers else 1] else None

    def keep(self, question: str, answers: Sequence[Answer]) -> None:
        """Keep what was answered today, an empty answer too."""
        self._remember(question, tuple(answers))
        if self._database is None:
            return
        text = json.dumps([asdict(answer) for answer in answers], ensure_ascii=False)
        try:
            self._database.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)",
                (question, self._today.isoformat(), text),
            )
        except sqlite3.Error as err:
            self._give_up(str(err))

    def _remember(self, question: str, answers: tuple[Answer, ...]) -> None:
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[question] = answers


def _read_answer(fields: dict[str, Any]) -> Answer:
    answer = Answer(**{**fields, "names": tuple(fields["names"])})
    answer.to_place()
    return answer

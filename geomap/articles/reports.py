"""What was read and what was not: counts, and the first rejections with their reasons."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geomap.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.model import Article

__all__ = ["ReadReport", "Rejection"]

_log = logging.getLogger(__name__)

#: rejections that are kept with their reasons; all are counted
MAX_KEPT: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """One record that could not be read: where it stands, and why. ``line`` counts from 1."""

    path: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.reason}"


@dataclass(slots=True, kw_only=True)
class ReadReport:
    """Counts of one reading; the only noun here that changes while it is used.

    ``skipped`` files of a folder have a suffix that is none of ours. ``undated`` articles have
    no date; ``ambiguous`` dates could have day and month swapped; ``unreadable_dates`` are date
    fields that hold something else. ``repaired`` articles had bytes that their encoding does not
    know, which were replaced; ``guessed`` counts articles by an encoding that nothing but their
    bytes told. ``adopted`` are fields that were read from columns of other names, which nobody had named. ``dates`` counts
    date fields; ``unreadable_date`` is the first one that holds something else.

    >>> ReadReport().read
    0
    """

    read: int = 0
    rejected: int = 0
    skipped: int = 0
    undated: int = 0
    ambiguous: int = 0
    unreadable_dates: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    repaired: int = 0
    repairs: list[Rejection] = field(default_factory=list)
    guessed: dict[str, int] = field(default_factory=dict)
    adopted: dict[str, str] = field(default_factory=dict)
    dates: int = 0
    unreadable_date: str = ""

    @property
    def is_undatable(self) -> bool:
        """Whether most of the date fields could not be read: they are written in a way that geomap does not know."""
        return self.unreadable_dates * 2 > self.dates

    def adopt(self, columns: Iterable[tuple[str, str]]) -> None:
        """Remember which columns fields were read from."""
        for name, column in columns:
            self.adopted.setdefault(name, column)

    def count(self, article: Article, *, date: object = None, guessed: str | None = None) -> None:
        """Count one article."""
        self.read += 1
        if guessed is not None:
            self.guessed[guessed] = self.guessed.get(guessed, 0) + 1
        self.undated += article.published.start is None
        self.ambiguous += article.published.ambiguous
        if date is not None and date != "":
            self.dates += 1
            if article.published.source != "field":
                self.unreadable_dates += 1
                self.unreadable_date = self.unreadable_date or str(date)[:60]

    def reject(self, rejection: Rejection, *, strict: bool) -> None:
        """Count one rejection, and keep it if it is among the first.

        Raises:
            RecordError: if ``strict``.
        """
        if strict:
            raise RecordError(f"{rejection} (reading is strict: it stops at the first bad record)")
        self.rejected += 1
        _log.debug("rejected %s", rejection)
        if len(self.rejections) < MAX_KEPT:
            self.rejections.append(rejection)

    def repair(self, repair: Rejection, *, strict: bool) -> None:
        """Count one record that was read in spite of bad bytes, and keep what was wrong if it is among the first.

        Raises:
            RecordError: if ``strict``.
        """
        if strict:
            raise RecordError(f"{repair} (reading is strict: it stops at the first bad record)")
        self.repaired += 1
        _log.debug("repaired %s", repair)
        if len(self.repairs) < MAX_KEPT:
            self.repairs.append(repair)

    def describe_failure(self) -> str:
        """Say why nothing was read, in one line.

        >>> ReadReport(skipped=2).describe_failure()
        'no article could be read: 2 files were skipped, because their suffix is none that geomap reads'
        """
        reasons = [str(rejection) for rejection in self.rejections[:3]]
        if self.rejected > len(reasons):
            reasons.append(f"and {self.rejected - len(reasons)} more rejected")
        if self.skipped:
            files = "file was" if self.skipped == 1 else "files were"
            reasons.append(
                f"{self.skipped} {files} skipped, because their suffix is none that geomap reads"
            )
        return "no article could be read: " + ("; ".join(reasons) or "the inputs hold no records")

"""What was read and what was not: counts, and the first rejections with their reasons."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geomap.errors import RecordError

if TYPE_CHECKING:
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
    fields that hold something else.
    """

    read: int = 0
    rejected: int = 0
    skipped: int = 0
    undated: int = 0
    ambiguous: int = 0
    unreadable_dates: int = 0
    rejections: list[Rejection] = field(default_factory=list)

    def count(self, article: Article, *, date_given: bool) -> None:
        """Count one article."""
        self.read += 1
        self.undated += article.published.start is None
        self.ambiguous += article.published.ambiguous
        self.unreadable_dates += date_given and article.published.source != "field"

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

"""What became of corrections, for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.corrections.table import Correction

__all__ = ["CorrectionReport", "Outcome"]

#: corrections of each kind that a report shows; the others are counted
_SHOWN: Final = 20


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of one correction.

    ``applied`` is how many mentions it corrected. The others say why it corrected none: whether a
    mention of its article was seen, whether its text was, what geomap ``now`` says there, and
    whether other corrections came first.
    """

    correction: Correction
    applied: int = 0
    article_seen: bool = False
    text_seen: bool = False
    now: str | None = None
    overruled: bool = False

    @property
    def stale(self) -> bool:
        """Whether it was applied to nothing."""
        return self.applied == 0

    @property
    def reason(self) -> str | None:
        """Why it was applied to nothing; None where it was applied."""
        if self.applied:
            return None
        if self.overruled:
            return "a later or a narrower correction says otherwise"
        if self.now is not None:
            return f"geomap now says {self.now}"
        if self.text_seen:
            return "geomap no longer says so"
        if self.correction.scope == "everywhere":
            return "no article names it"
        return (
            "its text is gone"
            if self.article_seen
            else "its article was not read, or names no place"
        )

    def __str__(self) -> str:
        if self.applied:
            times = "once" if self.applied == 1 else f"{self.applied:,} times"
            return f"{self.correction}: applied {times}"
        return f"{self.correction}: stale, {self.reason}"


@dataclass(slots=True, kw_only=True)
class CorrectionReport:
    """What became of all corrections, in their order; complete when the records are used up.

    >>> CorrectionReport().applied
    0
    """

    outcomes: tuple[Outcome, ...] = ()

    @property
    def conflicts(self) -> tuple[tuple[Correction, Correction], ...]:
        """Corrections that contradict each other: of each pair the second one comes later, and counts."""
        last: dict[object, Correction] = {}
        found = []
        for outcome in self.outcomes:
            item = outcome.correction
            before = last.get(item.key)
            if before is not None and before.answer != item.answer:
                found.append((before, item))
            last[item.key] = item
        return tuple(found)

    @property
    def applied(self) -> int:
        """How many mentions were corrected."""
        return sum(outcome.applied for outcome in self.outcomes)

    @property
    def stale(self) -> int:
        """How many corrections were applied to nothing."""
        return sum(outcome.stale for outcome in self.outcomes)

    def lines(self) -> Iterator[str]:
        """Yield what to tell a person: the totals, then the first corrections of each kind."""
        if not self.outcomes:
            return
        mentions = "mention" if self.applied == 1 else "mentions"
        rows = "correction" if self.stale == 1 else "corrections"
        yield f"corrections: {self.applied:,} {mentions} corrected, {self.stale:,} {rows} stale"
        yield from self._conflict_lines()
        shown = {True: 0, False: 0}
        for outcome in self.outcomes:
            shown[outcome.stale] += 1
            if shown[outcome.stale] <= _SHOWN:
                yield f"  {outcome}"
        for stale, word in ((True, "stale"), (False, "applied")):
            if shown[stale] > _SHOWN:
                yield f"  … and {shown[stale] - _SHOWN:,} more that are {word}"

    def _conflict_lines(self) -> Iterator[str]:
        found = self.conflicts
        if found:
            times = "once" if len(found) == 1 else f"{len(found):,} times"
            yield f"corrections contradict each other {times}; the later one counts:"
        for before, after in found[:_SHOWN]:
            yield f"  {before}, but {after}"
        if len(found) > _SHOWN:
            yield f"  … and {len(found) - _SHOWN:,} more"

"""What a run asked an online geocoder, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["GeocoderReport"]

_SHOWN_REASONS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class GeocoderReport:
    """What became of the names that a geocoder was asked for.

    ``asked`` questions were sent, ``failed`` of them without an answer, for ``reasons`` with how often each; ``kept`` were answered in
    an earlier run. ``found`` names got a place. ``skipped`` mentions were not looked up, since the service was left alone: ``stopped``
    says why. ``problem`` is why answers are not kept, where they are not.
    """

    service: str
    asked: int = 0
    kept: int = 0
    found: int = 0
    failed: int = 0
    skipped: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    stopped: str = ""
    problem: str = ""

    @property
    def credit(self) -> str:
        """Whose the answers are: it stands wherever their places are shown."""
        return "© OpenStreetMap contributors (ODbL)"

    def lines(self) -> list[str]:
        """Return what a person should know, line by line."""
        before = f" ({self.kept:,} answers are from earlier runs)" if self.kept else ""
        lines = [
            f"{self.service} was asked for {self.asked:,} names{before}; {self.found:,} have a place by it"
        ]
        if self.failed:
            shown = [f"{why} ({count:,})" for why, count in self.reasons[:_SHOWN_REASONS]]
            shown += ["…"] * (len(self.reasons) > _SHOWN_REASONS)
            lines.append(f"{self.failed:,} of {self.asked:,} questions failed: {', '.join(shown)}")
        if self.stopped:
            lines.append(f"{self.stopped}; {self.skipped:,} mentions were not looked up")
        if self.problem:
            lines.append(f"answers are not kept: {self.problem}")
        if self.found:
            lines.append(
                f"places whose id begins with “geocoder:” are {self.credit}: say so where you show them"
            )
        return [f"geocoder: {line}" for line in lines]

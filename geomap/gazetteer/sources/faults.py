"""What is wrong with the rows of a file that a person brings: all of it at once, each with its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from geomap.errors import GazetteerError

__all__ = ["Fault", "FileReport"]

#: faults that a message lists, and that a report keeps; all are counted
_SHOWN: Final = 20
_KEPT: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: the line (of a GeoJSON file the number of the feature, from 1), and what is wrong there."""

    line: int
    message: str


@dataclass(slots=True)
class FileReport:
    """What became of a file's rows.

    ``faults`` are the first faults of a person's file, ``fault_count`` says how many there are. ``skipped`` rows of a published
    file could not be read and are left out. ``notes`` are things that a person should know and that are no faults: a column that
    is not read, a part of a dump that is missing.
    """

    path: str
    rows: int = 0
    skipped: int = 0
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        """Note a fault."""
        self.fault_count += 1
        if len(self.faults) < _KEPT:
            self.faults.append(Fault(line=line, message=message))

    def raise_faults(self) -> None:
        """Raise all faults as one error, if there are any.

        Raises:
            GazetteerError: There are faults; the message names file, line and what is expected of each.
        """
        if not self.faults:
            return
        shown = [f"{self.path}:{fault.line}: {fault.message}" for fault in self.faults[:_SHOWN]]
        if self.fault_count > _SHOWN:
            shown.append(f"… and {self.fault_count - _SHOWN:,} more faults in {self.path}")
        raise GazetteerError("\n".join(shown))

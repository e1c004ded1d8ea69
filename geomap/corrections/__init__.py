"""Corrections that people make: read from a table, applied to mention records, each accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.runtime.lazy import lazy_names

if TYPE_CHECKING:
    from geomap.corrections.apply import Corrector, apply_corrections
    from geomap.corrections.outcomes import CorrectionReport, Outcome
    from geomap.corrections.table import (
        CORRECTION_COLUMNS,
        Correction,
        digest_context,
        read_corrections,
        write_corrections,
    )

__all__ = [
    "CORRECTION_COLUMNS",
    "Correction",
    "CorrectionReport",
    "Corrector",
    "Outcome",
    "apply_corrections",
    "digest_context",
    "read_corrections",
    "write_corrections",
]

#: names whose modules are opened when they are used: a report of corrections makes none
__getattr__ = lazy_names(
    __name__,
    {
        "CORRECTION_COLUMNS": "table",
        "Correction": "table",
        "CorrectionReport": "outcomes",
        "Corrector": "apply",
        "Outcome": "outcomes",
        "apply_corrections": "apply",
        "digest_context": "table",
        "read_corrections": "table",
        "write_corrections": "table",
    },
)

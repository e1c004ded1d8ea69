"""Corrections that people make: read from a table, applied to mention records, each accounted for."""

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

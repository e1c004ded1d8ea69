"""Corrections that people make: read from a table, applied to mention records, each accounted for."""

from geomap.corrections.apply import CorrectionReport, Outcome, apply_corrections
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
    "Outcome",
    "apply_corrections",
    "digest_context",
    "read_corrections",
    "write_corrections",
]

"""Cells that a spreadsheet would run as a formula: guarded when they are written, plain again when they are read.

A guard is one apostrophe in front. Text that begins with apostrophes and then like a formula gets one more, so that
what is read is what was written, always.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["guard_cell", "is_guarded", "unguard_cell"]

#: a spreadsheet takes a cell that starts so for a formula, and may run it
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r\n]")


def guard_cell(text: str) -> str:
    """Return a text with an apostrophe in front, where a spreadsheet would run it.

    >>> guard_cell("=1+1"), guard_cell("'=1+1"), guard_cell("Raqqa")
    ("'=1+1", "''=1+1", 'Raqqa')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def is_guarded(text: str) -> bool:
    """Return whether :func:`guard_cell` may have put an apostrophe in front of a text."""
    return text[:1] == "'" and _GUARDED.match(text) is not None


def unguard_cell(text: str) -> str:
    """Return a text without the apostrophe that :func:`guard_cell` put in front.

    >>> unguard_cell("'=1+1"), unguard_cell("''=1+1"), unguard_cell("'Ayn Isa")
    ('=1+1', "'=1+1", "'Ayn Isa")
    """
    return text[1:] if is_guarded(text) else text

"""Python's search for garbage in cycles, which is rarely worth while here."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["collect_rarely", "rare_collections"]

#: an article makes thousands of short-lived objects, and none in cycles; by default Python would look
#: through them every 700 objects, which takes 6 of 100 seconds
_THRESHOLDS: Final = (50_000, 20, 100)


def collect_rarely() -> None:
    """Look for cycles rarely from now on, as a process may that does one thing and ends."""
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def rare_collections() -> Iterator[None]:
    """Look for cycles rarely while the block runs."""
    before = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*before)

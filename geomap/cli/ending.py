"""How a command ends: every error is one plain line and an exit code.

0 done · 2 it could not be done, or was asked for wrongly · 70 a bug in geomap · 128 and the number of the signal that
ended it (130 Ctrl-C, 143 terminated, 129 the terminal was closed).
"""

from __future__ import annotations

import os
import signal
import traceback
from typing import Final

from geomap.errors import GeomapError
from geomap.runtime.interrupts import last_signal
from geomap.runtime.terminal import say

__all__ = ["EXIT_FAILED", "end_with"]

EXIT_FAILED: Final = 2
_EXIT_BUG: Final = 70
_DEBUG: Final = "GEOMAP_DEBUG"
_NOTHING_HALF: Final = "a file that was not finished was not written"


def end_with(err: BaseException) -> int:
    """Say in one line what ended a command; return its exit code."""
    if os.environ.get(_DEBUG):
        traceback.print_exception(err)
    number = last_signal()
    if number is None and isinstance(err, KeyboardInterrupt):
        number = signal.SIGINT
    if number is not None:
        word = "interrupted" if number == signal.SIGINT else signal.Signals(number).name
        say(f"{word}; {_NOTHING_HALF}")
        return 128 + number
    line = _reason(err)
    if line is None:
        say(
            f"this is a bug in geomap, please report it: {type(err).__name__}: {err} "
            f"(run again with {_DEBUG}=1 to see where)"
        )
        return _EXIT_BUG
    first, *others = line.split("\n")  # of a list of faults
    say(f"error: {first}")
    for other in others:
        say(other, prefix="")
    return EXIT_FAILED


def _reason(err: BaseException) -> str | None:
    """Return what went wrong where that is no bug: an error of ours, or the system's."""
    if isinstance(err, GeomapError):
        return str(err)
    if isinstance(err, MemoryError) or _is_out_of_threads(err):
        return f"memory ran out; {_NOTHING_HALF}"
    if isinstance(err, OSError):
        name = f" ({err.filename})" if err.filename is not None else ""
        return f"the system refused: {err.strerror or err}{name}; {_NOTHING_HALF}"
    if isinstance(err, ImportError):
        return f"a package that geomap needs cannot be loaded: {err}"
    return None


def _is_out_of_threads(err: BaseException) -> bool:
    return isinstance(err, RuntimeError) and "start new thread" in str(err)

r"""The one way to a terminal: every line is cleaned of what could command it, or hide in it.

Names of files, articles and places come from strangers; a terminal obeys control codes in them.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import sys
from typing import IO, Final

from geomap.errors import OutputError

__all__ = [
    "clean_line",
    "leave_stream",
    "readable",
    "say",
    "say_warnings",
    "write_json",
    "write_line",
]

#: controls (C0, DEL, C1), ends of lines and paragraphs, marks that change the direction, halves of surrogate pairs
_COMMANDS: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def clean_line(line: str) -> str:
    r"""Return a line with what is no text written out, as JSON writes it.

    >>> clean_line("a\x1b]0;b\x07 \x9b2J \u202e")
    'a\\u001b]0;b\\u0007 \\u009b2J \\u202e'
    """
    if line.isascii() and line.isprintable():
        return line
    return _COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def readable(argument: str) -> str:
    r"""Return a text of the command line as it was typed, where the locale knows no letters but those of ASCII.

    >>> readable("K\udcc3\udcb6ln"), readable("\udcff")
    ('Köln', '\ufffd')
    """
    if argument.isascii():
        return argument
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def say(line: str, *, prefix: str = "geomap: ") -> None:
    """Write one line to standard error, where anybody can read that."""
    stream = sys.stderr
    if stream is None:
        return
    try:
        stream.write(f"{prefix}{clean_line(line)}\n")
        stream.flush()
    except (OSError, ValueError):  # nobody is left to tell it to
        leave_stream(stream)


class _Spoken(logging.Handler):
    """Says what is logged."""

    def emit(self, record: logging.LogRecord) -> None:
        say(record.getMessage())


def say_warnings() -> None:
    """Say warnings that are logged, ours and other packages', instead of letting them out as they are."""
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(_Spoken(logging.WARNING))


def write_line(line: str) -> None:
    """Write one line to standard output.

    Raises:
        OutputError: Standard output is closed, or cannot be written.
        BrokenPipeError: Nobody reads it any more.
    """
    if sys.stdout is None:
        raise OutputError("cannot write to standard output: it is closed")
    try:
        sys.stdout.write(f"{clean_line(line)}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as err:
        raise OutputError(f"cannot write to standard output: {err.strerror or err}") from err


def write_json(value: object, *, indent: int | None = None) -> None:
    """Write a value to standard output as JSON."""
    for line in json.dumps(value, indent=indent, ensure_ascii=False).split("\n"):
        write_line(line)


def leave_stream(stream: IO[str] | None) -> None:
    """Point a stream at nothing, so that closing it cannot fail: its reader has left, or its disk is full."""
    if stream is None:
        return
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
    with contextlib.suppress(OSError, ValueError):
        stream.flush()

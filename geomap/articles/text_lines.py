"""The lines of a stream as text, numbered and bounded, with what was wrong with their bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from geomap.articles.encodings import (
    SAMPLE_BYTES,
    UndecodableError,
    decode_mostly,
    find_line_encoding,
)
from geomap.articles.streams import open_utf8, put_back

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MAX_RECORD_BYTES", "TOO_LONG", "EndlessLineError", "Lines"]

#: a record's bytes: three times the longest text, for escapes and wide encodings
MAX_RECORD_BYTES: Final = 64 * 1024 * 1024
TOO_LONG: Final = f"the record is longer than {MAX_RECORD_BYTES // 1024 // 1024} MB"
#: how the rest of a line that is too long is passed over, and how much of it before the file is left
_BLOCK: Final = 1024 * 1024
_LONGEST_LINE: Final = 512 * 1024 * 1024
_CARRIAGE_RETURN: Final = b"\r"


class EndlessLineError(ValueError):
    """A line goes on and on, as of a device: nothing more is read of its file."""


class Lines:
    """The lines of a stream: read as bytes, then decoded, so that a reader goes on after a bad one.

    Where the head of the stream has carriage returns and no line feed, these end its lines.
    ``fault`` tells what became of bad bytes in the line that was decoded last; None where it had none.
    ``guessed`` is the encoding that the bytes were guessed to be in; None where nothing was guessed.
    """

    def __init__(self, stream: BinaryIO) -> None:
        lines, self._encoding, self._replaced = open_utf8(stream)
        self._legacy_tried = self._encoding is not None
        self._readline, self._ends = _line_reader(lines)
        self.number = 0
        self.fault: str | None = None
        self.guessed: str | None = None

    def read_bytes(self) -> bytes:
        """Return the next line as UTF-8 or in the file's encoding; empty at the end.

        Raises:
            EndlessLineError: The line does not end where any would.
            ValueError: The line is too long; the next one can be read.
        """
        line = self._readline(MAX_RECORD_BYTES + 1)
        self.number += bool(line)
        if len(line) > MAX_RECORD_BYTES:
            length = len(line)
            while line and not line.endswith(self._ends):
                line = self._readline(_BLOCK)
                length += len(line)
                if length > _LONGEST_LINE:
                    raise EndlessLineError(
                        f"the line is longer than {_LONGEST_LINE // 1024 // 1024:,} MB; "
                        "what follows was not read"
                    )
            raise ValueError(TOO_LONG)
        return line

    def forget(self) -> None:
        """Forget what was wrong with the line that was decoded last."""
        self.fault = self.guessed = None

    def decode(self, line: bytes) -> str:
        """Return a line's text: UTF-8, else the encoding that the file's head, or it, is in.

        Raises:
            UndecodableError: No encoding fits.
        """
        self.forget()
        found = decode_mostly(line)
        if found is None:
            return self._decode_legacy(line)
        self.fault = found.fault
        if self._replaced and "\ufffd" in found.text:
            self.fault = "bytes that its encoding does not know became U+FFFD"
        return found.text

    def _decode_legacy(self, line: bytes) -> str:
        if not self._legacy_tried:
            self._legacy_tried = True
            self._encoding = find_line_encoding(line)
        if self._encoding is None or self._encoding == "utf-8":
            raise UndecodableError("undecodable bytes: the line is not UTF-8, as the others are")
        found = decode_mostly(line, self._encoding)
        if found is None:
            raise UndecodableError(f"undecodable bytes: neither UTF-8 nor {self._encoding}")
        self.fault, self.guessed = found.fault, self._encoding
        return found.text


def _line_reader(stream: BinaryIO) -> tuple[Callable[[int], bytes], bytes | tuple[bytes, ...]]:
    """Return what reads the next line, of so many bytes at most, and what lines end with."""
    head = stream.read(SAMPLE_BYTES)
    stream = put_back(head, stream)
    if b"\n" in head or _CARRIAGE_RETURN not in head[:-1]:
        return stream.readline, b"\n"
    return _OldLines(stream).read_line, (_CARRIAGE_RETURN, b"\n")


class _OldLines:
    """Lines that end with a carriage return, as old programs on the Macintosh write them."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lines: list[bytes] = []

    def read_line(self, limit: int) -> bytes:
        """Return the next line with its end, of so many bytes at most; empty at the end."""
        parts: list[bytes] = []
        size = 0
        while size < limit:
            if not self._lines:
                block = self._stream.read(SAMPLE_BYTES)
                if not block:
                    break
                self._lines = block.splitlines(keepends=True)[::-1]
            part = self._lines.pop()
            kept = part[: limit - size]
            if len(kept) < len(part):
                self._lines.append(part[len(kept) :])
            parts.append(kept)
            size += len(kept)
            if kept.endswith((_CARRIAGE_RETURN, b"\n")):
                break
        return b"".join(parts)

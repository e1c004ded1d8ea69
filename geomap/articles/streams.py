"""Streams of bytes in front of the readers: unpacked from gzip, begun anew, turned into UTF-8."""

from __future__ import annotations

import codecs
import contextlib
import io
import zlib
from typing import BinaryIO, Final

from geomap.articles.encodings import SAMPLE_BYTES, find_line_encoding, find_wide, split_mark

__all__ = ["Unpacked", "open_utf8", "put_back"]

_BLOCK: Final = 65_536
#: what zlib calls a stream with gzip's header
_GZIP: Final = 16 + zlib.MAX_WBITS


class _Readable(io.RawIOBase):
    """A stream whose subclass says what comes next."""

    def __init__(self) -> None:
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """Say that this is a stream to read from."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer with what comes next."""
        if not self._ready:
            self._ready = memoryview(self._next_block())
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _next_block(self) -> bytes:
        """Return more bytes; none at the end."""
        raise NotImplementedError


class Unpacked(_Readable):
    """What is in a gzip file, up to where it is damaged: ``fault`` says then what is wrong.

    ``gzip.GzipFile`` raises instead, and what it had unpacked of a small file is lost.

    Args:
        stream: The packed bytes, of one archive or of several in a row.
    """

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self.fault: str | None = None
        #: the number of bytes that were unpacked
        self.given = 0
        self._stream = stream
        self._packed = b""
        self._archive: zlib._Decompress | None = None

    def _next_block(self) -> bytes:
        while self.fault is None:
            if not self._packed:
                self._packed = self._stream.read(_BLOCK)
                if not self._packed:
                    self.fault = "the archive is cut off" if self._archive else None
                    return b""
            if self._archive is None:
                self._packed = self._packed.lstrip(b"\0")  # what tapes and tar pad archives with
                if not self._packed:
                    continue
                self._archive = zlib.decompressobj(_GZIP)
            block = self._unpack(self._archive)
            self.given += len(block)
            if block:
                return block
        return b""

    def _unpack(self, archive: zlib._Decompress) -> bytes:
        """Return what the next packed bytes hold."""
        before = archive.copy()
        try:
            block = archive.decompress(self._packed, _BLOCK)
        except zlib.error as err:
            self.fault = f"the archive is damaged ({err})"
            return _salvage(before, self._packed)
        self._packed = archive.unconsumed_tail
        if archive.eof:
            self._packed, self._archive = archive.unused_data, None
        return block


def _salvage(archive: zlib._Decompress, packed: bytes) -> bytes:
    """Return what packed bytes hold up to their damage.

    They are taken one by one, since zlib drops what it had unpacked of the piece that it refuses.
    """
    blocks = []
    with contextlib.suppress(zlib.error):
        for number in range(len(packed)):
            blocks.append(archive.decompress(packed[number : number + 1]))  # noqa: PERF401 - what came before an error is kept
    return b"".join(blocks)


class _Transcoder(_Readable):
    """A stream in some wide encoding, read as UTF-8; what cannot be decoded becomes U+FFFD."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        super().__init__()
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def _next_block(self) -> bytes:
        text, block = "", b" "
        while not text and block:
            block = self._stream.read(_BLOCK)
            text = self._decoder.decode(block, final=not block)
        return text.encode("utf-8", "replace")


class _Rejoined(_Readable):
    """A stream whose first bytes were already taken."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        super().__init__()
        self._ready = memoryview(head)
        self._stream = stream

    def _next_block(self) -> bytes:
        return self._stream.read(_BLOCK)


def put_back(head: bytes, stream: BinaryIO) -> BinaryIO:
    """Return a stream that begins with bytes already taken; closing it leaves the given one open."""
    return io.BufferedReader(_Rejoined(head, stream), _BLOCK)


def open_utf8(stream: BinaryIO) -> tuple[BinaryIO, str | None, bool]:
    """Make a stream of lines out of a stream in any encoding.

    Returns:
        The stream without its mark, to be read by lines; the encoding of those lines that are
        not UTF-8 (None where the head does not tell); and whether bad bytes come as U+FFFD.
    """
    head = stream.read(SAMPLE_BYTES)
    rest, encoding = split_mark(head)
    lines = put_back(rest, stream)
    if encoding is None and (b"\0" in rest or not _is_utf8(rest)):
        encoding = find_wide(rest)
    if encoding is not None and encoding != "utf-8":
        return io.BufferedReader(_Transcoder(lines, encoding), _BLOCK), "utf-8", True
    return lines, encoding or find_line_encoding(rest), False


def _is_utf8(head: bytes) -> bool:
    """Return whether the beginning of a stream is UTF-8; it may end within a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=False)
    except UnicodeDecodeError:
        return False
    return True

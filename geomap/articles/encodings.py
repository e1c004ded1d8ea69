"""Bytes to text: UTF-8 first, strictly; then byte order marks; then a guess from a bounded sample."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO, Final

__all__ = ["UndecodableError", "decode_bytes", "find_encoding", "open_utf8", "put_back"]

#: enough for chardet to tell encodings apart, and read at once
SAMPLE_BYTES: Final = 65_536
_BLOCK: Final = 65_536
#: longer marks before shorter ones: UTF-32's begins with UTF-16's
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: in UTF-16 without a mark every other byte of Latin text is zero
_WIDE: Final = {1: "utf-16-le", 0: "utf-16-be"}


class UndecodableError(ValueError):
    """No encoding fits the bytes."""


def _marked(head: bytes) -> tuple[bytes, str] | None:
    """Return the byte order mark that bytes begin with, and its encoding."""
    return next(((mark, name) for mark, name in _MARKS if head.startswith(mark)), None)


def _wide_encoding(head: bytes) -> str | None:
    """Return the UTF-16 that bytes with zeros are in, without a mark; None where they are not."""
    zeros = [head[0::2].count(0), head[1::2].count(0)]
    side = zeros[1] > zeros[0]
    if zeros[side] * 4 > len(head) // 2 and zeros[not side] * 20 < zeros[side]:
        return _WIDE[side]
    return None


def _is_utf8(head: bytes, *, cut: bool) -> bool:
    """Tell whether bytes are UTF-8; a sample may be ``cut`` inside a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=not cut)
    except UnicodeDecodeError:
        return False
    return True


def _guess(head: bytes) -> str | None:
    """Return chardet's guess; None where it has none or names what Python cannot decode."""
    import chardet  # noqa: PLC0415 - costs 30 ms, and most files are UTF-8

    name = chardet.detect(head[:SAMPLE_BYTES])["encoding"]
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None


def find_encoding(head: bytes, *, cut: bool = True) -> str | None:
    """Return the encoding of bytes, from their first 64 kB; None where no text has such bytes.

    >>> find_encoding("Şanlıurfa".encode()), find_encoding("Raqqa".encode("utf-16"))
    ('utf-8', 'utf-16-le')
    """
    if marked := _marked(head):
        return marked[1]
    if b"\0" in head:
        return _wide_encoding(head)
    return "utf-8" if _is_utf8(head, cut=cut) else _guess(head)


def decode_bytes(content: bytes, *, declared: str | None = None) -> str:
    """Return a whole file's text, without its byte order mark; line ends stay as they are.

    Args:
        content: all bytes of the file.
        declared: the encoding that the file names itself, tried before any guess.

    Raises:
        UndecodableError: where no encoding fits.
    """
    marked = _marked(content)
    if marked:
        return _decode(content[len(marked[0]) :], marked[1])
    if b"\0" in content:
        wide = _wide_encoding(content[:SAMPLE_BYTES])
        if wide is None:
            raise UndecodableError("it holds zero bytes: a binary file, not a text")
        return _decode(content, wide)
    for name in ("utf-8", declared):
        try:
            if name:
                return content.decode(name)
        except (UnicodeError, LookupError):
            continue
    return _decode(content, _guess(content))


def _decode(content: bytes, encoding: str | None) -> str:
    if encoding is None:
        raise UndecodableError("its encoding cannot be told; save it as UTF-8")
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError) as err:
        raise UndecodableError(f"it looks like {encoding}, but cannot be decoded as such") from err


class _Transcoder(io.RawIOBase):
    """A stream in some wide encoding, read as UTF-8; what cannot be decoded becomes U+FFFD."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        """Say that this is a stream to read from."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer with UTF-8."""
        while not self._ready and not self._ended:
            block = self._stream.read(_BLOCK)
            self._ended = not block
            text = self._decoder.decode(block, final=self._ended)
            self._ready = text.encode("utf-8", "replace")
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were already taken."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        """Say that this is a stream to read from."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer with the head first, then with the stream."""
        block = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(block)] = block
        return len(block)


def _line_encoding(head: bytes) -> str | None:
    """Return the encoding of most lines that are not ASCII; None where all of them are.

    A file of UTF-8 with a few bad lines stays UTF-8, and those lines are bad.
    """
    lines = [line for line in head.splitlines() if not line.isascii()]
    if not lines:
        return None
    good = sum(_is_utf8(line, cut=line is lines[-1]) for line in lines)
    return "utf-8" if good * 2 >= len(lines) else _guess(head)


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
    marked = _marked(head)
    rest = head[len(marked[0]) :] if marked else head
    lines = put_back(rest, stream)
    encoding = marked[1] if marked else _wide_encoding(head) if b"\0" in head else None
    if encoding and encoding != "utf-8":
        return io.BufferedReader(_Transcoder(lines, encoding), _BLOCK), "utf-8", True
    return lines, encoding or _line_encoding(rest), False

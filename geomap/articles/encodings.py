"""Bytes to text: UTF-8 first; then what plainly is UTF-16 or UTF-32; then a guess from a bounded sample.

A text with a few bad bytes stays in its encoding: the bad ones are replaced and said, since a guess
that fits every byte would turn all the good ones into other letters.
"""

from __future__ import annotations

import codecs
import unicodedata
from typing import Final, NamedTuple

__all__ = [
    "SAMPLE_BYTES",
    "Decoded",
    "UndecodableError",
    "decode_bytes",
    "decode_mostly",
    "find_line_encoding",
    "find_wide",
    "guess_encoding",
    "split_mark",
]

#: enough for chardet to tell encodings apart, and read at once
SAMPLE_BYTES: Final = 65_536
#: longer marks before shorter ones: UTF-32's begins with UTF-16's
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE: Final = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
#: so much of a text shows whether it is in a wide encoding; a multiple of four
_WIDE_SAMPLE: Final = 8_192
#: what every text has, in any script; read with its bytes swapped hardly a character is one of these
_COMMON: Final = frozenset(" \t\r\n.,،。、，") | frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
)
#: shares of a text's characters that have such a common sign, and that are none at all
_FEWEST_COMMON: Final = 0.03
_MOST_STRANGE: Final = 0.02
#: bytes of a text in UTF-16 are zeros or numbers of scripts; where more are printable it is ASCII, with zeros in it
_MOST_ASCII: Final = 0.8
_NOT_ASCII: Final = bytes((*range(9), *range(14, 32), *range(127, 256)))
_STRANGE: Final = frozenset(["Cc", "Cn", "Co", "Cs"])
#: good characters beyond ASCII for each bad byte sequence: of UTF-8, whose rules no other encoding
#: keeps by chance (texts of GBK, cp866 and TIS-620 keep them in one of four), and of a guess
_GOOD_UTF8: Final = 2
_GOOD_GUESSED: Final = 20
#: a guess less sure than this is a coin's
_UNSURE: Final = 0.1
_USUAL: Final = "cp1252"
#: bytes that mean themselves wherever ASCII is a part: not in EBCDIC, UTF-7, punycode, escapes
_ASCII_PROBE: Final = b'<p class="a">+AGE- \\u0041 Az09 {}[]'


class UndecodableError(ValueError):
    """No encoding fits the bytes."""


class Decoded(NamedTuple):
    """A text out of bytes.

    ``guessed`` is the encoding where nothing but its bytes told it; ``fault`` says what was wrong
    with the bytes and what became of it. Both are None where there is nothing to say.
    """

    text: str
    guessed: str | None = None
    fault: str | None = None


def split_mark(content: bytes) -> tuple[bytes, str | None]:
    """Return bytes without their byte order mark, and the encoding that it names; None without one.

    >>> split_mark("Raqqa".encode("utf-16"))[1], split_mark(b"Raqqa")
    ('utf-16-le', (b'Raqqa', None))
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :], name
    return content, None


def find_wide(head: bytes) -> str | None:
    r"""Return the UTF-16 or UTF-32 that bytes without a mark plainly are; None where they are not.

    >>> find_wide("الرقة مدينة".encode("utf-16-le")), find_wide(b"Raqqa"), find_wide(b"\0\1\2\3")
    ('utf-16-le', None, None)
    """
    head = head[:_WIDE_SAMPLE]
    if len(head.translate(None, _NOT_ASCII)) > len(head) * _MOST_ASCII:
        return None
    shares = {name: share for name in _WIDE if (share := _common_share(head, name)) is not None}
    return max(shares, key=shares.__getitem__) if shares else None


def _common_share(head: bytes, encoding: str) -> float | None:
    """Return the share of common signs that bytes have in an encoding; None where they are no text."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(head, final=False)
    except UnicodeDecodeError:
        return None
    strange = sum(unicodedata.category(char) in _STRANGE and char not in "\t\r\n" for char in text)
    if not text or strange > len(text) * _MOST_STRANGE:
        return None
    share = sum(char in _COMMON for char in text) / len(text)
    return share if share >= _FEWEST_COMMON else None


def decode_mostly(content: bytes, encoding: str = "utf-8") -> Decoded | None:
    r"""Return bytes as text with what is bad replaced, and said; None where too much is bad.

    What ends within its last character is read without it.

    >>> decode_mostly("Şanlıurfa".encode() + b"\xff").text
    'Şanlıurfa�'
    >>> decode_mostly("Kobanî".encode()[:-1]).text
    'Koban'
    """
    try:
        return Decoded(content.decode(encoding))
    except UnicodeDecodeError as err:
        first = err
    except (UnicodeError, LookupError):
        return None
    is_unicode = encoding.startswith("utf-")
    if is_unicode and first.end >= len(content) and first.reason in _CUT:
        text = content[: first.start].decode(encoding)
        return Decoded(text, fault=f"it ends within a character, at byte {first.start:,}")
    text, good = content.decode(encoding, "replace"), content.decode(encoding, "ignore")
    bad = text.count("\ufffd") - good.count("\ufffd")
    beyond = len(good) - len(good.encode("ascii", "ignore"))
    if encoding in _WIDE:
        beyond = len(good) // _GOOD_GUESSED
    if beyond < bad * (_GOOD_UTF8 if is_unicode else _GOOD_GUESSED):
        return None
    return Decoded(text, fault=_describe_bad(bad, first.start, encoding))


_CUT: Final = ("unexpected end of data", "truncated data")


def _describe_bad(bad: int, first: int, encoding: str) -> str:
    name = encoding.upper()
    if bad == 1:
        return f"1 byte sequence is not {name} and became U+FFFD, at byte {first:,}"
    return f"{bad:,} byte sequences are not {name} and became U+FFFD, the first at byte {first:,}"


def _holds_ascii(encoding: str) -> bool:
    """Return whether ASCII is a part of an encoding, as of all that texts on disks are in."""
    try:
        is_text = codecs.lookup(encoding).name != "idna"
        return is_text and _ASCII_PROBE.decode(encoding) == _ASCII_PROBE.decode("ascii")
    except (UnicodeError, LookupError, ValueError):  # a name may hold a zero byte
        return False


def guess_encoding(head: bytes) -> str | None:
    """Return chardet's guess; None where it has none or names what Python cannot decode."""
    import chardet  # noqa: PLC0415 - costs 30 ms, and most files are UTF-8

    guess = chardet.detect(head[:SAMPLE_BYTES])
    name = guess["encoding"]
    if name is None:
        return None
    is_known = _holds_ascii(name)
    unsure = not is_known or guess["confidence"] < _UNSURE
    if unsure and decode_mostly(head, _USUAL) is not None:
        return _USUAL
    return codecs.lookup(name).name if is_known else None


def find_line_encoding(head: bytes) -> str | None:
    """Return the encoding of most lines that are not ASCII; None where all of them are.

    A file of UTF-8 with a few bad lines stays UTF-8.
    """
    lines = [line for line in head.splitlines() if not line.isascii()]
    if not lines:
        return None
    good = sum(decode_mostly(line) is not None for line in lines)
    return "utf-8" if good * 2 >= len(lines) else guess_encoding(head)


def decode_bytes(content: bytes, *, declared: str | None = None) -> Decoded:
    """Return a whole file's text, without its byte order mark; line ends stay as they are.

    Args:
        content: all bytes of the file.
        declared: the encoding that the file names itself, tried before any guess.

    Raises:
        UndecodableError: where no encoding fits.
    """
    bare, encoding = split_mark(content)
    if encoding is None:
        try:
            text = bare.decode("utf-8")
        except UnicodeDecodeError:
            text = None
        if text is not None and "\0" not in text:
            return Decoded(text)
        encoding = find_wide(bare)
        if encoding is None and b"\0" in bare:
            raise UndecodableError("it holds zero bytes: a binary file, not a text")
    found = decode_mostly(bare, encoding or "utf-8")
    if found is None and declared is not None and encoding is None and _holds_ascii(declared):
        found = decode_mostly(bare, declared)
    return found or _decode_guessed(bare, encoding)


def _decode_guessed(content: bytes, encoding: str | None) -> Decoded:
    guessed = encoding or guess_encoding(content)
    if guessed is None:
        raise UndecodableError("its encoding cannot be told; save it as UTF-8")
    found = decode_mostly(content, guessed)
    if found is None:
        raise UndecodableError(f"it looks like {guessed}, but cannot be decoded as such")
    return found._replace(guessed=guessed)

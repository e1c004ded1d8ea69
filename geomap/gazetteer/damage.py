"""Whether a downloaded file of GeoNames is whole: its checksum, its archive, its columns."""

from __future__ import annotations

import base64
import hashlib
import lzma
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["find_fault"]

#: a dump's text is some four times as large as its archive; what is a hundred times as large is a trap
_MOST_RATIO: Final = 100
_FREE_RATIO: Final = 100 << 20
#: code, name, name in ASCII, number
_CODE_COLUMNS: Final = 4
_LONGEST_LINE: Final = 1 << 16


def find_fault(path: Path, suffix: str, checksums: Sequence[str]) -> str:
    """Return why a file is none of GeoNames', or not the one that was sent; "" where it seems whole.

    Args:
        path: The file, under whatever name.
        suffix: The ending that it should have: ``.zip``, or another for a table of codes.
        checksums: Its MD5 sums as the server gives them, in hexadecimal or base64.
    """
    try:
        if not all(_fits(path, wanted) for wanted in checksums):
            return "its checksum is another"
        return _zip_fault(path) if suffix == ".zip" else _table_fault(path)
    except (
        zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError,
        NotImplementedError,  # a kind of compression that Python does not know
        RuntimeError,  # a password
    ) as err:  # fmt: skip
        return str(err) or type(err).__name__


def _fits(path: Path, wanted: str) -> bool:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).digest()
    return wanted in (digest.hex(), base64.b64encode(digest).decode())


def _zip_fault(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        size = sum(item.file_size for item in archive.infolist())
        if size > max(_FREE_RATIO, path.stat().st_size * _MOST_RATIO):
            return f"it unpacks to {size:,} bytes"
        bad = archive.testzip()
    return "" if bad is None else f"{bad!r} in it fails its checksum"


def _table_fault(path: Path) -> str:
    with path.open("rb") as file:
        first = file.readline(_LONGEST_LINE)
        file.seek(max(0, path.stat().st_size - _LONGEST_LINE))
        last = file.read().splitlines()[-1:]
    for line in (first, *last):
        if line.count(b"\t") != _CODE_COLUMNS - 1:
            shown = line[:60].decode(errors="replace")
            return f"expected lines of {_CODE_COLUMNS} columns, got {shown!r}"
    return ""

"""Files that a library wants to write by itself: in a folder of their own, and from there to where they belong."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from geomap.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["copy_into", "pack", "repack", "scratch_folder"]

#: the first day that a ZIP archive can name: the same bytes on any day
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
_READABLE: Final = 0o644 << 16


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a folder for files on their way, and remove it.

    Raises:
        OutputError: It cannot be made.
    """
    try:
        folder = tempfile.TemporaryDirectory(prefix="geomap-", ignore_cleanup_errors=True)
    except OSError as err:
        raise OutputError(f"cannot make a temporary folder: {err.strerror or err}") from err
    with folder as name:
        yield Path(name)


def copy_into(path: Path, file: IO[bytes]) -> None:
    """Copy the bytes of a file into one that is open."""
    with path.open("rb") as source:
        shutil.copyfileobj(source, file, 1 << 20)


def pack(members: Iterable[tuple[str, Path | bytes | IO[bytes]]], file: IO[bytes]) -> None:
    """Write a ZIP archive whose bytes depend on its members alone."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members:
            member = zipfile.ZipInfo(name, _FIRST_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = _READABLE
            member.create_system = 3
            with archive.open(member, "w", force_zip64=False) as target:
                if isinstance(content, bytes):
                    target.write(content)
                elif isinstance(content, Path):
                    copy_into(content, target)
                else:
                    shutil.copyfileobj(content, target, 1 << 20)


def repack(path: Path, file: IO[bytes], changes: Mapping[str, Callable[[bytes], bytes]]) -> None:
    """Write a ZIP archive anew, without the times that are in it.

    Args:
        path: The archive.
        file: Where it is written.
        changes: What becomes of some of its members, by name; the others are copied piece by piece.
    """
    with zipfile.ZipFile(path) as archive:
        pack(
            (
                (name, changes[name](archive.read(name)) if name in changes else archive.open(name))
                for name in archive.namelist()
            ),
            file,
        )

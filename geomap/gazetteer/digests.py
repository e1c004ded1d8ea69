"""Digests of an index's files: nothing is read from a file that changed since it was built.

A file's digest is taken again when its size, times or inode are not what was verified last. What was verified is
noted beside the index; in the user's cache folder where an index lies in a folder that cannot be written, or came with
geomap: beside that one a note would be left behind when geomap is uninstalled. The files stay open for as long as the index
is used: one that is cut or written meanwhile is noticed, and what was read of it is not used.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import OutputError
from geomap.gazetteer.paths import cache_folder, shipped_folder
from geomap.runtime.atomic import atomic_writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "DESCRIPTION",
    "OpenFiles",
    "check_files",
    "digest_of_file",
    "file_digests",
    "read_small_json",
    "seal_of",
    "verify_files",
]

#: the file that describes an index; it holds the digests of all others
DESCRIPTION: Final = "index.json"
_NOTE: Final = "verified.json"
#: the descriptions and notes of indexes have some kilobytes
_LARGEST_JSON: Final = 1 << 20


def read_small_json(path: Path) -> object:
    """Return what a description or a note of an index holds; it may come from a stranger.

    Raises:
        ValueError: It is no regular file, too large, or no JSON.
        OSError: It cannot be read.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise ValueError(f"{path.name} is a folder or a device")
    with path.open("rb") as file:
        raw = file.read(_LARGEST_JSON + 1)
    if len(raw) > _LARGEST_JSON:
        raise ValueError(f"{path.name} has more than {_LARGEST_JSON:,} bytes")
    try:
        return json.loads(raw)
    except RecursionError as err:
        raise ValueError(f"{path.name} is nested too deeply") from err


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 digest of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal_of(description: Mapping[str, object]) -> str:
    """Return the digest of what a description says; it stands beside that under ``seal``."""
    said = {key: value for key, value in description.items() if key != "seal"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def file_digests(folder: Path) -> dict[str, dict[str, object]]:
    """Return the size in bytes and the SHA-256 digest of each file of an index but its description."""
    return {
        path.name: {"bytes": path.stat().st_size, "sha256": digest_of_file(path)}
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name not in (DESCRIPTION, _NOTE)
    }


def check_files(folder: Path, files: Mapping[str, Mapping[str, Any]]) -> None:
    """Compare every file of an index with its digest.

    Raises:
        ValueError: A file is not the one that was built; the message names it.
        OSError: A file cannot be read.
    """
    for name, known in sorted(files.items()):
        size = (folder / name).stat().st_size
        if size != known["bytes"]:
            raise ValueError(f"{name} has {size:,} bytes instead of {known['bytes']:,}")
        if digest_of_file(folder / name) != known["sha256"]:
            raise ValueError(f"{name} is not what was built: its digest is another")


def _mark(state: os.stat_result) -> list[int]:
    """Return what changes with every file that is written: its size, times and inode."""
    return [state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino]


def _marks(folder: Path, files: Mapping[str, object]) -> dict[str, list[int]]:
    """Return the marks of the files of an index and of its description, by name."""
    found = {}
    for name in sorted(files):
        # an index may come from a stranger: its description leads to no other folder, and to nothing without an end
        if name != Path(name).name or "\\" in name or not (folder / name).is_file():
            raise ValueError(f"{name!r} is not a file of its folder")
        found[name] = _mark((folder / name).stat())
    found[DESCRIPTION] = _mark((folder / DESCRIPTION).stat())
    return found


class OpenFiles:
    """The files of an index, held open to notice when one is cut or written while it is in use.

    Raises:
        OSError: A file cannot be opened.
    """

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        self._handles: dict[str, int] = {}
        # without a reference to this object: it must be able to go
        weakref.finalize(self, _close_all, self._handles)
        for name in sorted(names):
            self._handles[name] = os.open(folder / name, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._states = {name: os.fstat(handle) for name, handle in self._handles.items()}

    def find_changed(self) -> str | None:
        """Return the name of a file that was cut or written since it was opened; None where there is none."""
        for name, handle in self._handles.items():
            now, known = os.fstat(handle), self._states[name]
            if now.st_size != known.st_size or now.st_mtime_ns != known.st_mtime_ns:
                return name
        return None


def _close_all(handles: dict[str, int]) -> None:
    for handle in handles.values():
        os.close(handle)
    handles.clear()


def _note_paths(folder: Path) -> tuple[Path, ...]:
    key = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:16]
    apart = cache_folder() / "verified" / f"{key}.json"
    return (apart,) if folder == shipped_folder() else (folder / _NOTE, apart)


def verify_files(folder: Path, files: object) -> None:
    """Make sure that the files of an index are those that were built, at the least cost.

    Args:
        folder: The index folder.
        files: The digests that its description holds.

    Raises:
        ValueError: A file is not the one that was built, or the description has no digests.
        OSError: A file cannot be read.
    """
    if not isinstance(files, dict) or not files:
        raise ValueError("its description holds no digests")
    marks = _marks(folder, files)
    notes = _note_paths(folder)
    if any(_read_note(path) == marks for path in notes):
        return
    check_files(folder, files)
    for path in notes:
        if _write_note(path, marks):
            return


def _read_note(path: Path) -> object:
    try:
        return read_small_json(path)
    except (OSError, ValueError):  # no note, or one that was cut: the files are looked at again
        return None


def _write_note(path: Path, marks: Mapping[str, list[int]]) -> bool:
    """Write a note whole or not at all; return whether it could be written."""
    try:
        with atomic_writer(path) as file:
            file.write(json.dumps(marks).encode())
    except OutputError:
        return False
    return True

"""Write a file as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from geomap.errors import GeomapError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["STDOUT", "atomic_writer"]

#: the path that stands for standard output
STDOUT: Final = "-"


@contextlib.contextmanager
def atomic_writer(path: str | Path) -> Iterator[IO[bytes]]:
    """Open a file for writing that appears under its name only when all of it is written.

    The bytes go to a temporary name in the same folder, which is made where it is missing; the
    file is renamed at the end, over an older one. Where anything fails, the temporary file is
    removed and an older file stays as it was. Through a symbolic link the file behind it is
    replaced. Devices and pipes are written to directly.

    Args:
        path: The file, or ``-`` for standard output.

    Raises:
        OutputError: The file cannot be written.
        BrokenPipeError: Nobody reads standard output any more.
    """
    if str(path) == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise OutputError(f"cannot write {path}: it is a folder; name a file in it")
    temporary = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        special = target.exists() and not target.is_file()
        temporary = target if special else _temporary_name(target)
        with temporary.open("wb" if special else "xb") as file:
            yield file
        if not special:
            temporary.replace(target)
    except OSError as err:
        if isinstance(err, GeomapError | BrokenPipeError) or _is_about_another(err, temporary):
            raise
        raise OutputError(f"cannot write {path}: {err.strerror or err}") from err
    finally:
        if temporary is not None and temporary != target:
            temporary.unlink(missing_ok=True)


def _temporary_name(target: Path) -> Path:
    """Return a new name in the target's folder, short enough for every file system."""
    return target.with_name(f".{target.name[:60]}.{secrets.token_hex(4)}.tmp")


def _is_about_another(err: OSError, temporary: Path | None) -> bool:
    """Tell an error of a file that the caller opened; failing writes name no file."""
    return temporary is not None and err.filename not in (None, str(temporary))

"""Write a file as a whole or not at all: every result, page and note goes through here.

What is not finished has a temporary name beside its target, locked for as long as its process lives. A process that was
killed cannot clean up: what it left is removed by the next run that writes the same file.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import secrets
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from geomap.errors import GeomapError, OutputError
from geomap.runtime.expecting import expect_path

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["STDOUT", "UNFINISHED", "atomic_writer", "check_output"]

#: the path that stands for standard output
STDOUT: Final = "-"
#: the temporary files that this process is writing
UNFINISHED: Final[set[Path]] = set()
#: what names of targets are cut to in temporary names, in bytes: with what is added they fit into every file system
_LONGEST_STEM: Final = 60
_TRIES: Final = 10


def check_output(path: str | Path) -> None:
    """Make sure that a file can be written, as far as that shows before there is anything to write.

    Raises:
        OutputError: It is a folder, its name is too long, or something that is no folder stands in its way.
    """
    if str(path) == STDOUT:
        _stdout()
        return
    try:
        target = _target(path)
        for folder in target.parents:
            if folder.exists():
                if not folder.is_dir():
                    raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
                if not target.exists() and not os.access(folder, os.W_OK):
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
                break
    except (OSError, ValueError) as err:
        raise _failure(path, err) from err


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
        with _naming("to standard output", None):
            yield _stdout()
            _stdout().flush()
        return
    opened: list[IO[bytes]] = []
    temporary = None
    try:
        try:
            target = _target(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists() or target.is_file():
                _remove_left_over(target)
                temporary = _temporary_name(target)
            file = _open_locked(temporary) if temporary is not None else target.open("wb")
            opened.append(file)
        except (OSError, ValueError) as err:  # a NUL in a path is a ValueError
            raise _failure(path, err) from err
        with _naming(path, file.name):
            yield file
            if not file.closed:
                file.flush()
            if temporary is not None:
                if os.name == "nt":  # where what is open cannot be renamed
                    file.close()
                temporary.replace(target)
                UNFINISHED.discard(temporary)
            file.close()
    finally:  # a signal may come at any time
        for file in opened:
            with contextlib.suppress(
                OSError
            ):  # what a full disk could not take is not wanted any more
                file.close()
        if temporary in UNFINISHED:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            UNFINISHED.discard(temporary)


def _stdout() -> IO[bytes]:
    if sys.stdout is None:
        raise OutputError("cannot write to standard output: it is closed; name a file with -o")
    return sys.stdout.buffer


def _target(path: str | Path) -> Path:
    """Return the file that is behind a path.

    Raises:
        OSError: It is a folder, a loop of links, or its name is too long.
    """
    target = Path(os.path.realpath(expect_path(path, "a file's name")))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder; name a file in it")
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if str(path).endswith(("/", os.sep)):
        raise NotADirectoryError(errno.ENOTDIR, "it ends like a folder; name a file in it")
    return target


@contextlib.contextmanager
def _naming(path: str | Path, name: str | int | None) -> Iterator[None]:
    """Word errors of one file, and let those of other files, which the caller opened, pass: they name their file."""
    try:
        yield
    except OSError as err:
        about_another = err.filename is not None and err.filename != name
        if isinstance(err, GeomapError | BrokenPipeError) or about_another:
            raise
        raise _failure(path, err) from err


def _failure(path: str | Path, err: OSError | ValueError) -> OutputError:
    reason = getattr(err, "strerror", None) or err
    return OutputError(f"cannot write {path}: {reason}")


def _stem(target: Path) -> str:
    """Return what the target's temporary names begin with; short enough for every file system."""
    return os.fsdecode(b".%s." % os.fsencode(target.name)[:_LONGEST_STEM])


def _temporary_name(target: Path) -> Path:
    """Return a new name beside the target."""
    path = target.with_name(f"{_stem(target)}{secrets.token_hex(4)}.tmp")
    UNFINISHED.add(path)
    return path


def _open_locked(path: Path) -> IO[bytes]:
    """Open a new file, and lock it.

    Between the two another process could take it for left over: then its name is gone, and it is made again.
    """
    for _ in range(_TRIES):
        file = path.open("xb")
        if not _lock(file) or os.fstat(file.fileno()).st_nlink:
            return file
        file.close()
    raise OSError(errno.EAGAIN, "other processes remove what is written")


def _lock(file: IO[bytes]) -> bool:
    """Lock a file; return False where another process has it, or the system knows no locks."""
    try:
        import fcntl  # noqa: PLC0415 - where there is none, what is open cannot be removed

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


def _remove_left_over(target: Path) -> None:
    """Remove what killed processes left of a target: files with its temporary names that nobody has locked."""
    pattern = f"{glob.escape(_stem(target))}????????.tmp"
    for path in target.parent.glob(pattern):
        with contextlib.suppress(OSError), path.open("rb") as file:
            if _lock(file):
                path.unlink()

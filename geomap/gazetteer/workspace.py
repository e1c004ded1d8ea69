"""The folder in which an index is built, beside its target: put in place whole, or gone without a trace.

A build that was killed cannot clean up; its folder is removed by the next build of the same gazetteer. A lock that the system
gives up with its process tells which folders are still in use.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geomap.errors import GazetteerError
from geomap.gazetteer.digests import DESCRIPTION

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["put_in_place", "remove_left_over", "working_folder"]

_LOCK: Final = "lock"
_OLD: Final = "old"
#: what names of working folders end with: no other folder is taken for one
_SUFFIX: Final = ".geomap-build"
#: what names of targets are cut to in names of folders: with what is added they fit into every file system
_LONGEST_STEM: Final = 60
_TRIES: Final = 10


def _is_index(folder: Path) -> bool:
    return (folder / DESCRIPTION).exists()


def _is_something_else(target: Path) -> bool:
    """Return whether what is at a path is no index; one look, since another process may just move its index there or away."""
    try:
        return DESCRIPTION not in os.listdir(target)  # noqa: PTH208 - of one folder, whatever becomes of its name
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _stem(target: Path) -> str:
    return f".{target.name[:_LONGEST_STEM]}-"


def _check_target(target: Path) -> None:
    """Refuse a target that holds something else than an index, before hours are spent on one."""
    if target.name in ("", ".."):
        raise GazetteerError(f"cannot write the gazetteer index to {target}: give a folder to make")
    if _is_index(target) or not (target.exists() or target.is_symlink()):
        return
    if not target.is_dir() or any(target.iterdir()):
        raise GazetteerError(
            f"cannot write the gazetteer index to {target}: it is no gazetteer, and is left alone; give another name"
        )


def remove_left_over(parent: Path, stem: str) -> None:
    """Remove the folders of killed builds below a folder: those whose names begin so, and that nobody has locked."""
    import filelock  # noqa: PLC0415 - only where something is built

    for folder in parent.glob(f"{glob.escape(stem)}*{_SUFFIX}"):
        with (
            contextlib.suppress(OSError, NotImplementedError, filelock.Timeout),
            filelock.FileLock(folder / _LOCK, timeout=0),
        ):
            shutil.rmtree(folder, ignore_errors=True)


def _make_folder(target: Path, stack: contextlib.ExitStack) -> Path:
    """Make a folder beside a target, and lock it for as long as the stack lives.

    Between the two another build could take it for left over: then it is gone, and another one is made.
    """
    import filelock  # noqa: PLC0415 - only where something is built

    for _ in range(_TRIES):
        folder = Path(tempfile.mkdtemp(_SUFFIX, _stem(target), target.parent))
        lock = filelock.FileLock(folder / _LOCK)
        try:
            lock.acquire()
        except (OSError, NotImplementedError):
            if folder.exists():  # a file system without locks
                return folder
            continue
        if (folder / _LOCK).exists():
            stack.callback(lock.release)
            return folder
        lock.release()
    raise OSError(errno.EAGAIN, "other builds remove what is written")


@contextlib.contextmanager
def working_folder(target: Path) -> Iterator[Path]:
    """Make a folder beside a target for what is built; it is removed at the end, however that comes.

    Raises:
        GazetteerError: It cannot be made, or the target is something else than an index.
    """
    with contextlib.ExitStack() as stack:
        try:
            _check_target(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            remove_left_over(target.parent, _stem(target))
            folder = _make_folder(target, stack)
        except (OSError, ValueError) as err:  # a NUL in a path is a ValueError
            reason = getattr(err, "strerror", None) or err
            raise GazetteerError(
                f"cannot write the gazetteer index to {target}: {reason}; give a folder that can be written"
            ) from err
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def put_in_place(folder: Path, target: Path, *, work: Path, replace: bool) -> None:
    """Rename a folder to its target; an index that is there already is kept, or replaced whole.

    Args:
        folder: The index that was built.
        target: Where it goes.
        work: A folder on the same file system; the old index is moved there.
        replace: Whether an index that is there is replaced.

    Raises:
        OSError: It cannot be renamed; an index that was there is still there.
    """
    old = work / _OLD
    for tried in range(_TRIES):
        try:
            os.rename(folder, target)  # noqa: PTH104 - atomic, and fails where the target is filled
        except OSError:
            if tried + 1 == _TRIES or _is_something_else(target):
                if old.exists() and not _is_index(target):
                    os.rename(old, target)  # noqa: PTH104
                raise
        else:
            return
        if not _is_index(target):  # another process moved it just now
            continue
        if not replace:
            return
        shutil.rmtree(old, ignore_errors=True)
        with contextlib.suppress(FileNotFoundError):
            os.rename(target, old)  # noqa: PTH104

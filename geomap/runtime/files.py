"""A person's files that stand beside the articles: read whole, and never more of them than a bound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geomap.errors import InputError
from geomap.runtime.expecting import expect_path

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LARGEST_FILE", "is_folder", "read_bounded"]

#: bytes of a side file: a table of corrections of half a million rows, a map of all countries
LARGEST_FILE: Final = 64_000_000


def read_bounded(path: str | Path, what: str, most: int = LARGEST_FILE) -> bytes:
    """Return the bytes of a file.

    They are counted as they come: a device or a pipe has no size beforehand.

    Args:
        path: The file.
        what: What it holds, for messages: "corrections", "the base map".
        most: So many bytes of it are read at most.

    Raises:
        InputError: It cannot be read, or is larger.
    """
    try:
        with expect_path(path, f"the file of {what}").open("rb") as file:
            content = file.read(most + 1)
    except InputError:
        raise
    except (OSError, ValueError) as err:  # a name with a zero byte is a ValueError
        reason = getattr(err, "strerror", None) or err
        raise InputError(f"cannot read {what} from {path}: {reason}") from err
    if len(content) > most:
        raise InputError(
            f"cannot read {what} from {path}: it has more than {most:,} bytes; split or simplify it"
        )
    return content


def is_folder(path: Path) -> bool:
    """Return whether a path is a folder; one that the system cannot look at is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):  # too long a name, a zero byte in it
        return False

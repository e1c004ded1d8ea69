"""Where gazetteers that a person built or installed are kept, by name, and which one is in use.

They lie in ``$GEOMAP_GAZETTEERS``, else in the user's data folder, one index folder for each name. The name of the one that
every command uses without being told stands in a file beside them.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geomap.errors import GazetteerError
from geomap.gazetteer.digests import DESCRIPTION
from geomap.gazetteer.index import read_description
from geomap.runtime.expecting import expect_path

__all__ = [
    "EMBEDDED",
    "Installed",
    "default_name",
    "find_gazetteer",
    "gazetteer_home",
    "list_gazetteers",
    "new_gazetteer_path",
    "remove_gazetteer",
    "use_gazetteer",
]

#: the name of the gazetteer that comes with geomap
EMBEDDED: Final = "embedded"
_IN_USE: Final = "in-use"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,60}")
_LARGEST_NOTE: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A gazetteer that is kept by name; ``problem`` says why it cannot be opened, where it cannot."""

    name: str
    path: Path
    places: int
    bytes: int
    in_use: bool
    problem: str = ""


def gazetteer_home() -> Path:
    """Return the folder in which gazetteers are kept by name."""
    moved = os.environ.get("GEOMAP_GAZETTEERS")
    if moved:
        return Path(moved)
    import platformdirs  # noqa: PLC0415 - not needed where GEOMAP_GAZETTEERS is set

    return platformdirs.user_data_path("geomap", appauthor=False) / "gazetteers"


def default_name() -> str:
    """Return the name of the gazetteer that is in use where none is asked for.

    Raises:
        GazetteerError: What says so cannot be read, or holds no name.
    """
    note = gazetteer_home() / _IN_USE
    try:
        with note.open(encoding="utf-8") as file:
            name = file.read(_LARGEST_NOTE).strip()
    except (FileNotFoundError, NotADirectoryError):  # nothing was ever put to use
        return EMBEDDED
    except (OSError, UnicodeDecodeError) as err:
        raise GazetteerError(f"{note}: cannot be read: {err}; {_CHOOSE_ANEW}") from err
    if not _is_name(name):
        raise GazetteerError(
            f"{note}: expected the name of a gazetteer, got {name[:80]!r}; {_CHOOSE_ANEW}"
        )
    return name


_CHOOSE_ANEW: Final = f"choose one again, for instance with 'geomap gazetteer use {EMBEDDED}'"


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and text != _IN_USE


def _is_kept(name: str) -> bool:
    return _is_name(name) and (gazetteer_home() / name / DESCRIPTION).exists()


def _unknown(name: str) -> GazetteerError:
    kept = ", ".join((EMBEDDED, *(item.name for item in list_gazetteers())))
    return GazetteerError(f"no gazetteer is kept under {name[:80]!r}; kept are: {kept}")


def new_gazetteer_path(name_or_path: str) -> Path:
    """Return where a new gazetteer goes: a bare name means the folder of that name among those kept.

    Raises:
        GazetteerError: It is a name that means something else already.
    """
    if name_or_path in (EMBEDDED, _IN_USE):
        raise GazetteerError(
            f"{name_or_path!r} is a name of geomap's own; give another name, or a path"
        )
    return gazetteer_home() / name_or_path if _is_name(name_or_path) else Path(name_or_path)


def find_gazetteer(name_or_path: str | Path) -> Path:
    """Return the index folder of a gazetteer that is kept by name, or that lies at a path.

    A path is given back as it is: whoever opens it says what is wrong there.

    Raises:
        GazetteerError: It is a name, and there is none of that name; the message lists those that are kept.
    """
    expect_path(name_or_path, "the name of a gazetteer, or the path of an index")
    text = str(name_or_path)
    if isinstance(name_or_path, str) and _is_kept(text):
        return gazetteer_home() / text
    path = Path(name_or_path)
    if not _is_name(text) or path.exists():
        return path
    more = "'geomap gazetteer install' and 'geomap gazetteer build' make more"
    if text == default_name():
        more = f"it is the one in use, and was deleted: {_CHOOSE_ANEW}"
    raise GazetteerError(f"{_unknown(text)}, and there is no folder of that name; {more}")


def list_gazetteers() -> list[Installed]:
    """Return the gazetteers that are kept, by name.

    Raises:
        GazetteerError: Their folder cannot be read, or not what says which one is in use.
    """
    home, chosen = gazetteer_home(), default_name()
    try:
        names = sorted(path.name for path in home.iterdir()) if home.is_dir() else []
    except OSError as err:
        raise GazetteerError(f"cannot read {home}: {err.strerror or err}") from err
    return [_describe(home / name, in_use=name == chosen) for name in names if _is_kept(name)]


def _describe(path: Path, *, in_use: bool) -> Installed:
    places, size, problem = 0, 0, ""
    try:
        size = sum(file.stat().st_size for file in path.iterdir() if file.is_file())
        places = int(read_description(path)["places"])
    except GazetteerError as err:
        problem = str(err)
    except (OSError, KeyError, TypeError, ValueError) as err:
        problem = f"its description is damaged ({type(err).__name__}: {err})"
    return Installed(
        name=path.name, path=path, places=places, bytes=size, in_use=in_use, problem=problem
    )


def use_gazetteer(name: str) -> None:
    """Let every command use a gazetteer that is kept by name, or the embedded one.

    Raises:
        GazetteerError: There is no such gazetteer, it cannot be read, or the choice cannot be written.
    """
    if name != EMBEDDED:
        if not _is_kept(name):
            raise _unknown(name)
        read_description(gazetteer_home() / name)
    home = gazetteer_home()
    temporary = home / f".{_IN_USE}-{secrets.token_hex(8)}"
    try:
        home.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_text(name + "\n", encoding="utf-8")
            temporary.replace(home / _IN_USE)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as err:
        raise GazetteerError(
            f"cannot write to {home}: {err.strerror or err}; set GEOMAP_GAZETTEERS to a folder that can be written"
        ) from err


def remove_gazetteer(name: str) -> int:
    """Delete a gazetteer that is kept by name; return how many bytes that freed.

    The embedded one is in use again where the deleted one was. Of a gazetteer that is kept by a symbolic link the
    link is deleted.

    Raises:
        GazetteerError: There is no such gazetteer, or it cannot be deleted.
    """
    if name == EMBEDDED:
        raise GazetteerError(f"{EMBEDDED!r} comes with geomap and cannot be deleted")
    if not _is_kept(name):
        raise _unknown(name)
    path = gazetteer_home() / name
    item = _describe(path, in_use=name == default_name())
    if item.in_use:
        use_gazetteer(EMBEDDED)
    try:
        if path.is_symlink():
            path.unlink()
            return 0
        hidden = path.with_name(f".{name}-{secrets.token_hex(8)}")
        path.rename(hidden)  # so that nobody opens half of it
        shutil.rmtree(hidden)
    except OSError as err:
        raise GazetteerError(f"cannot delete {path}: {err.strerror or err}") from err
    return item.bytes

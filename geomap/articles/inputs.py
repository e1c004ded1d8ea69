"""From what a user names (files, folders, patterns, ``-``) to the files that are read."""

from __future__ import annotations

import errno
import glob
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.articles.reports import ReadReport, Rejection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "FORMATS",
    "STDIN",
    "SourceFile",
    "describe_suffixes",
    "expand_inputs",
    "looks_like_path",
    "match_input",
    "split_suffix",
]

STDIN: Final = "-"
#: which reader reads which suffix; each one may end in .gz as well
FORMATS: Final = {
    ".txt": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file to read: ``name`` is what its articles' ids begin with, ``path`` what messages say.

    ``location`` is the name that the system knows it by, which may be no proper Unicode.
    """

    path: str
    name: str
    format: str
    location: Path = Path(STDIN)
    gzipped: bool = False


def describe_suffixes() -> str:
    """Return the suffixes that geomap reads, for messages."""
    return ", ".join(FORMATS) + ", each also with .gz"


def _readable_name(name: str) -> str:
    """Return a file name as proper Unicode, whatever its bytes are."""
    try:
        return os.fsencode(name).decode("utf-8", "replace")
    except UnicodeEncodeError:  # half a character, which no name on a disk holds
        return name.encode("utf-8", "replace").decode("utf-8")


def _source_file(path: Path, name: str) -> SourceFile | None:
    """Return the file with its format; None where its suffix is none of ours."""
    suffix, gzipped = split_suffix(path.name)
    if suffix not in FORMATS:
        return None
    return SourceFile(
        path=_readable_name(str(path)),
        name=_readable_name(name),
        format=FORMATS[suffix],
        location=path,
        gzipped=gzipped,
    )


def split_suffix(name: str) -> tuple[str, bool]:
    """Return the suffix of a file's name in small letters, and whether the file is packed.

    >>> split_suffix("Articles.JSONL.gz"), split_suffix(".txt")
    (('.jsonl', True), ('', False))
    """
    lower = name.lower()
    suffix = os.path.splitext(lower.removesuffix(".gz"))[1]  # noqa: PTH122 - keeps ".txt" a stem
    return suffix, lower.endswith(".gz")


def looks_like_path(text: str) -> bool:
    """Return whether a text is a file's name rather than words: by its suffix, or by how it begins.

    >>> [looks_like_path(text) for text in ("tpyo.txt", "./news", "~/my articles", "news/*.jsonl.gz")]
    [True, True, True, True]
    >>> [looks_like_path(text) for text in ("Aleppo", "Aleppo/Idlib", "He left.", "It says so in a.txt.")]
    [False, False, False, False]
    """
    words = text.split()
    if not words or len(text) > _LONGEST_PATH or "\n" in text:
        return False
    if text.startswith(_PATH_STARTS):
        return len(words) <= _PATH_WORDS
    return split_suffix(text)[0] in FORMATS and len(words) <= _PATH_WORDS


#: what only names of files begin with, how long they are, and how many words are in them
_PATH_STARTS: Final = ("/", "./", "../", "~/")
_LONGEST_PATH: Final = 1_000
_PATH_WORDS: Final = 6


class _Folder(NamedTuple):
    """A folder to be walked: where it is, and its name inside the one that was named."""

    path: Path
    name: str


def _walk(folder: Path) -> Iterator[tuple[Path, str] | Rejection]:
    """Yield the files of a folder, sorted, with their paths inside it; loops of links end.

    A folder that cannot be read is a rejection, and the walk goes on behind it. Folders are kept on
    a list of our own, since Python's calls end at a thousand folders inside one another.
    """
    seen: set[tuple[int, int]] = set()
    pending: list[_Folder | tuple[Path, str]] = [_Folder(folder, "")]
    while pending:
        item = pending.pop()
        if not isinstance(item, _Folder):
            yield item
            continue
        try:
            inside = _read_folder(item, seen)
        except OSError as err:
            yield _rejection(item.path, err)
            continue
        for entry in inside:
            if isinstance(entry, Rejection):
                yield entry
        pending += [entry for entry in reversed(inside) if not isinstance(entry, Rejection)]


def _read_folder(
    folder: _Folder, seen: set[tuple[int, int]]
) -> list[_Folder | tuple[Path, str] | Rejection]:
    """Return what a folder holds, sorted by name; nothing where it was seen before."""
    status = folder.path.stat()
    if (status.st_dev, status.st_ino) in seen:
        return []
    seen.add((status.st_dev, status.st_ino))
    with os.scandir(folder.path) as entries:
        names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    found: list[_Folder | tuple[Path, str] | Rejection] = []
    for name in names:
        path = folder.path / name
        try:
            mode = path.stat().st_mode
        except OSError as err:
            if err.errno not in _GONE or split_suffix(name)[0] in FORMATS:
                found.append(_rejection(path, err))
            continue
        if stat.S_ISDIR(mode):
            found.append(_Folder(path, f"{folder.name}{name}/"))
        elif stat.S_ISREG(mode):
            found.append((path, folder.name + name))
        elif split_suffix(name)[0] in FORMATS:
            found.append(Rejection(path=_readable_name(str(path)), reason="it is no regular file"))
    return found


#: why a link leads nowhere
_GONE: Final = (errno.ENOENT, errno.ELOOP)


def _rejection(path: Path, err: OSError) -> Rejection:
    reason = f"it cannot be read: {err.strerror or err}"
    return Rejection(path=_readable_name(str(path)), reason=reason)


def _folder_files(folder: Path, report: ReadReport, *, strict: bool) -> Iterator[SourceFile]:
    """Yield a folder's files that have a known suffix; count the others, and what cannot be read."""
    for item in _walk(folder):
        if isinstance(item, Rejection):
            report.reject(item, strict=strict)
            continue
        source = _source_file(*item)
        if source is None:
            report.skipped += 1
        else:
            yield source


def _expand(path: Path, report: ReadReport, *, strict: bool) -> Iterator[SourceFile]:
    """Yield the files of one existing path."""
    if path.is_dir():
        yield from _folder_files(path, report, strict=strict)
        return
    source = _source_file(path, path.name)
    if source is None:
        reason = f"expected a file that ends in one of {describe_suffixes()}; rename or convert it"
        report.reject(Rejection(path=_readable_name(str(path)), reason=reason), strict=strict)
    else:
        yield source


def match_input(given: str) -> list[Path] | str:
    """Return what a path or pattern names, sorted; why it names nothing where it does not."""
    if not given:  # which pathlib takes for the current folder
        return "expected a file, a folder, a pattern or -, got an empty name"
    try:
        if Path(given).exists():
            return [Path(given)]
        found = [Path(match) for match in sorted(glob.glob(given, recursive=True))]  # noqa: PTH207 - Path.glob knows no absolute patterns
    except PermissionError as err:
        return f"it cannot be read: {err.strerror}"
    except RecursionError:
        return "the pattern leads through too many folders inside one another; name a folder"
    except (OSError, ValueError):  # too long a name, a zero byte in it
        found = []
    return found or "no such file or folder, and no file matches it as a pattern"


def expand_inputs(
    inputs: Sequence[str | Path], report: ReadReport, *, strict: bool
) -> Iterator[SourceFile]:
    """Yield the files that the inputs name, in the inputs' order, each folder and pattern sorted.

    What is missing or has an unknown suffix is a rejection in the report, and the rest goes on.
    """
    for given in map(str, inputs):
        if given == STDIN:
            yield SourceFile(path=STDIN, name="stdin", format="stdin")
            continue
        found = match_input(given)
        if isinstance(found, str):
            report.reject(Rejection(path=_readable_name(given), reason=found), strict=strict)
            continue
        for path in found:
            yield from _expand(path, report, strict=strict)

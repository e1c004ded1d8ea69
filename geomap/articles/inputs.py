"""From what a user names (files, folders, patterns, ``-``) to the files that are read."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geomap.articles.reports import ReadReport, Rejection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["FORMATS", "SourceFile", "describe_suffixes", "expand_inputs"]

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
    """One file to read: ``name`` is what its articles' ids begin with, ``path`` what messages say."""

    path: str
    name: str
    format: str
    gzipped: bool = False


def describe_suffixes() -> str:
    """Return the suffixes that geomap reads, for messages."""
    return ", ".join(FORMATS) + ", each also with .gz"


def _readable_name(name: str) -> str:
    """Return a file name as proper Unicode, whatever its bytes are."""
    return os.fsencode(name).decode("utf-8", "replace")


def _source_file(path: Path, name: str) -> SourceFile | None:
    """Return the file with its format; None where its suffix is none of ours."""
    lower = path.name.lower()
    gzipped = lower.endswith(".gz")
    suffix = os.path.splitext(lower.removesuffix(".gz"))[1]  # noqa: PTH122 - keeps ".txt" a stem
    if suffix not in FORMATS:
        return None
    return SourceFile(
        path=_readable_name(str(path)),
        name=_readable_name(name),
        format=FORMATS[suffix],
        gzipped=gzipped,
    )


def _walk(folder: Path, prefix: str, seen: set[tuple[int, int]]) -> Iterator[tuple[Path, str]]:
    """Yield the files of a folder, sorted, with their paths inside it; loops of links end."""
    status = folder.stat()
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if path.is_dir():
            yield from _walk(path, f"{prefix}{entry.name}/", seen)
        elif path.is_file():
            yield path, prefix + entry.name


def _folder_files(folder: Path, report: ReadReport, *, strict: bool) -> Iterator[SourceFile]:
    """Yield a folder's files that have a known suffix; count the others."""
    try:
        for path, name in _walk(folder, "", set()):
            source = _source_file(path, name)
            if source is None:
                report.skipped += 1
            else:
                yield source
    except (OSError, RecursionError) as err:
        reason = f"the folder cannot be read: {getattr(err, 'strerror', None) or err}"
        report.reject(Rejection(path=_readable_name(str(folder)), reason=reason), strict=strict)


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


def _matches(given: str) -> list[Path]:
    """Return what a path or pattern names, sorted; empty where it names nothing."""
    try:
        if Path(given).exists():
            return [Path(given)]
        return [Path(match) for match in sorted(glob.glob(given, recursive=True))]  # noqa: PTH207 - Path.glob knows no absolute patterns
    except (OSError, ValueError, RecursionError):  # too long a name, a zero byte in it
        return []


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
        found = _matches(given)
        if not found:
            reason = "no such file or folder, and no file matches it as a pattern"
            report.reject(Rejection(path=_readable_name(given), reason=reason), strict=strict)
        for path in found:
            yield from _expand(path, report, strict=strict)

"""What a hostile trial is, and how its outcome is judged.

A module ``cases_*.py`` in this folder has a function ``cases()`` that yields each :class:`Case`. A case is run in an
empty folder of its own by :mod:`tests.hostile.runner`; :func:`judge` compares what came of it with what must come.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

__all__ = ["FAULTS", "KINDS", "Case", "Fault", "Outcome", "judge"]

#: what a trial can be about, in the order of the table of counts
KINDS: Final = (
    "encodings",
    "JSON",
    "CSV and TSV",
    "HTML",
    "gz",
    "file system",
    "side inputs",
    "cost",
    "Python",
    "outputs",
    "environment",
    "kills",
    "caches",
    "injection",
)
#: how a trial can go wrong, in the order of the table of counts
FAULTS: Final = ("crashed", "hung", "half-written", "lost", "silently wrong", "other")

_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_REJECTED: Final = re.compile(r"([\d,]+) records? rejected")


def _nothing(_subject: object) -> None:
    """Prepare nothing, or check nothing more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One hostile trial: what is there, what is run, and what must come of it.

    Attributes:
        name: What is hostile about it, unique among all cases; letters, digits, ``-`` and ``_``.
        kind: One of :data:`KINDS`.
        args: The arguments of ``geomap``, run in the case's folder.
        script: Python source to run instead of ``geomap``.
        files: Files to write into the folder first, by their name (with folders).
        prepare: Called with the folder when these are written.
        stdin: What standard input gives.
        env: Variables of the environment, beside the usual ones; an empty string removes one.
        limits: Further limits of the process, by their name in :mod:`resource` without ``RLIMIT_``.
        streams: What stands for standard input (0), output (1) or error (2): a path, or "" where it is closed.
        during: Called with the process's number and the folder while it runs, for instance to kill it.
        cold: Whether to start a new interpreter; otherwise a warm one is forked, which costs a tenth.
        exits: The exit codes that are right; a signal is its negative number.
        says: Patterns that standard error must have, in any order.
        never: Patterns that neither standard error nor standard output may have.
        finds: The mentions that must be written, in order, as (id of the article, surface); None where it matters not.
        rejected: The number of records that must be reported as rejected; None where it matters not.
        leaves: Whether temporary files may stay, since the process was killed.
        output: The file with the mentions; "-" for standard output, "" where none is looked at.
        whole: Files that must be there and whole, or as before where the run failed.
        check: Called with the outcome; an AssertionError means that it is silently wrong.
        seconds: The time it may take.
        megabytes: The memory it may take, beside what a warm interpreter has.
        slow: Whether it is only run by the command, not by the tests.
    """

    name: str
    kind: str
    args: tuple[str, ...] = ()
    script: str = ""
    files: Mapping[str, bytes | str] = field(default_factory=dict)
    prepare: Callable[[Path], None] = _nothing
    stdin: bytes = b""
    env: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    streams: Mapping[int, str] = field(default_factory=dict)
    during: Callable[[int, Path], None] | None = None
    cold: bool = False
    exits: tuple[int, ...] = (0,)
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    finds: tuple[tuple[str, str], ...] | None = None
    rejected: int | None = None
    leaves: bool = False
    output: str = "out.jsonl"
    whole: tuple[str, ...] = ()
    check: Callable[[Outcome], None] = _nothing
    seconds: float = 60.0
    megabytes: int = 600
    slow: bool = False

    def __post_init__(self) -> None:
        assert self.kind in KINDS, f"{self.name}: {self.kind!r} is none of {KINDS}"
        assert re.fullmatch(r"[\w-]+", self.name), f"{self.name!r} is no name"
        assert bool(self.args) != bool(self.script), f"{self.name}: either args or a script"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a case.

    Attributes:
        folder: The folder in which it ran.
        exit: The exit code; a signal is its negative number.
        hung: Whether it was killed because its time was over.
        seconds: The time it took.
        megabytes: The most memory that it had.
        stdout: What it wrote to standard output.
        stderr: What it wrote to standard error.
        left: Processes that it left behind.
        temporary: Files that it left in the folder for temporary files.
        before: The folder's files before, by name, with what they held.
        after: The same afterwards.
        modes: The permissions of these afterwards.
        links: Where symbolic links lead afterwards, by their name.
    """

    folder: Path
    exit: int
    hung: bool
    seconds: float
    megabytes: float
    stdout: bytes
    stderr: bytes
    left: tuple[int, ...]
    temporary: tuple[str, ...]
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    modes: Mapping[str, int]
    links: Mapping[str, str]

    @property
    def said(self) -> str:
        """What was written to standard error, as text."""
        return self.stderr.decode(errors="replace")

    def rows(self, name: str = "out.jsonl") -> list[dict[str, object]]:
        """Return the mentions that were written to a file (JSON lines or CSV), or to standard output for "-"."""
        raw = self.stdout if name == "-" else self.after.get(name, b"")
        text = raw.decode()
        if name.endswith(".csv"):
            return list(csv.DictReader(text.splitlines(keepends=True)))
        return [json.loads(line) for line in text.splitlines()]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it must be: one of :data:`FAULTS`, and what it is."""

    kind: str
    what: str


def judge(case: Case, outcome: Outcome) -> list[Fault]:
    """Return what is wrong with the outcome of a case; nothing where all is as it must be."""
    if outcome.hung:
        return [Fault("hung", f"still ran after {case.seconds:g} s")]
    return [
        *_crashes(case, outcome),
        *_halves(case, outcome),
        *_losses(case, outcome),
        *_words(case, outcome),
        *_wrongs(case, outcome),
    ]


def _crashes(case: Case, outcome: Outcome) -> Iterator[Fault]:
    if outcome.exit not in case.exits:
        bad = outcome.exit < 0 or outcome.exit in (1, 70)
        kind = "crashed" if bad else "silently wrong" if outcome.exit == 0 else "other"
        yield Fault(kind, f"exit {outcome.exit} instead of {case.exits}: {outcome.said[-400:]!r}")
    for word in ("Traceback (most recent", "this is a bug", "Exception ignored", "Fatal Python"):
        if word in outcome.said:
            yield Fault("crashed", f"said {outcome.said[-600:]!r}")
            return


def _halves(case: Case, outcome: Outcome) -> Iterator[Fault]:
    for name in () if case.leaves else (*outcome.after, *outcome.temporary):
        base = name.rpartition("/")[2]
        if name not in outcome.before and (base.startswith(".") or base.endswith(".tmp")):
            yield Fault("half-written", f"left {name!r} behind")
    if outcome.left:
        yield Fault("half-written", f"left the processes {outcome.left} running")
    for name in case.whole:
        if outcome.exit == 0 and not outcome.after.get(name):
            yield Fault("half-written", f"{name!r} is not there, or empty")
        if outcome.exit != 0 and outcome.after.get(name) != outcome.before.get(name):
            yield Fault("half-written", f"{name!r} is not as before a run that failed")


def _losses(case: Case, outcome: Outcome) -> Iterator[Fault]:
    if case.rejected is not None:
        said = _REJECTED.search(outcome.said)
        count = int(said[1].replace(",", "")) if said else 0
        if count != case.rejected:
            kind = "lost" if count < case.rejected else "silently wrong"
            yield Fault(kind, f"{count} rejected instead of {case.rejected}: {outcome.said!r}")
    if case.finds is None:
        return
    try:
        found = [(str(r["article_id"]), str(r["surface"])) for r in outcome.rows(case.output)]
    except (ValueError, KeyError, TypeError) as err:
        yield Fault("half-written", f"the mentions cannot be read: {err!r}")
        return
    wanted = list(case.finds)
    if missing := Counter(wanted) - Counter(found):
        yield Fault("lost", f"{dict(missing)} of {wanted} are missing in {found}")
    elif found != wanted:
        yield Fault("silently wrong", f"found {found} instead of {wanted}")


def _words(case: Case, outcome: Outcome) -> Iterator[Fault]:
    for pattern in case.says:
        if not re.search(pattern, outcome.said):
            kind = "silently wrong" if outcome.exit == 0 else "other"
            yield Fault(kind, f"{pattern!r} was not said: {outcome.said!r}")
    shown = outcome.said + outcome.stdout.decode(errors="replace")
    for pattern in case.never:
        if re.search(pattern, shown):
            yield Fault("silently wrong", f"{pattern!r} was said: {shown[-800:]!r}")
    if control := _CONTROLS.search(shown):
        yield Fault("silently wrong", f"the control code {control[0]!r} was written")


def _wrongs(case: Case, outcome: Outcome) -> Iterator[Fault]:
    try:
        case.check(outcome)
    except (AssertionError, ValueError, KeyError, IndexError, TypeError) as err:
        yield Fault("silently wrong", f"{type(err).__name__}: {err}")

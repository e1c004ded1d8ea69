"""Run hostile trials, each in an empty folder of its own, in processes with limits."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import geomap
from tests.hostile.frame import Case, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Runner", "all_cases"]

_HERE = Path(__file__).parent
#: files larger than this are known by their size alone
_MOST_READ = 64 << 20


def all_cases(*modules: str) -> list[Case]:
    """Return the cases of the modules ``cases_*.py`` that are named, or of every one."""
    names = modules or sorted(path.stem for path in _HERE.glob("cases_*.py"))
    found = [
        case for name in names for case in importlib.import_module(f"tests.hostile.{name}").cases()
    ]
    known = [case.name for case in found]
    assert len(known) == len(set(known)), sorted({n for n in known if known.count(n) > 1})
    return found


class Runner:
    """A warm interpreter to run cases in; a context manager."""

    def __enter__(self) -> Self:
        self._home = Path(tempfile.mkdtemp(prefix="geomap-hostile-"))
        path = [str(Path(geomap.__file__).parent.parent), str(_HERE.parent.parent)]
        env = os.environ | {
            "PYTHONPATH": os.pathsep.join(dict.fromkeys(path)),
            "GEOMAP_GAZETTEERS": str(self._home / "gazetteers"),
            "OPENBLAS_NUM_THREADS": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        for name in ("GEOMAP_DEBUG", "SOURCE_DATE_EPOCH"):
            env.pop(name, None)
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=env,
            cwd=_HERE.parent.parent,
        )
        assert self._read() == {"ready": True}
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._server.wait(10)
        self._server.kill()
        self._server.wait()
        self._server.stdout.close()
        _remove(self._home)

    def _read(self) -> dict[str, Any]:
        assert self._server.stdout
        line = self._server.stdout.readline()
        assert line, "the warm interpreter has died"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def run(self, case: Case) -> Outcome:
        """Run a case; return what came of it."""
        room = Path(tempfile.mkdtemp(dir=self._home))
        try:
            return self._run_in(case, room)
        finally:
            _remove(room)

    def _run_in(self, case: Case, room: Path) -> Outcome:
        folder, temporary = room / "work", room / "tmp"
        for path in (folder, temporary):
            path.mkdir()
        for name, held in case.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(held.encode() if isinstance(held, str) else held)
        case.prepare(folder)
        (room / "stdin").write_bytes(case.stdin)
        before = {name: _held(path) for name, path in _files(folder)}
        names = ("stdin", "stdout", "stderr")
        streams = {n: case.streams.get(n, str(room / names[n])) for n in range(3)}
        task = {
            "args": case.args,
            "script": case.script,
            "folder": str(folder),
            "env": {"TMPDIR": str(temporary), **case.env},
            "limits": dict(case.limits),
            "streams": streams,
            "cold": case.cold,
            "seconds": case.seconds,
            "megabytes": case.megabytes,
        }
        assert self._server.stdin
        self._server.stdin.write(json.dumps(task) + "\n")
        self._server.stdin.flush()
        pid = self._read()["pid"]
        if case.during is not None:
            case.during(pid, folder)
        answer = self._read()
        after = dict(_files(folder))
        return Outcome(
            folder=folder,
            exit=answer["exit"],
            hung=answer["hung"],
            seconds=answer["seconds"],
            megabytes=answer["megabytes"],
            stdout=_held(room / "stdout"),
            stderr=_held(room / "stderr"),
            left=tuple(answer["left"]),
            temporary=tuple(f"tmp/{name}" for name, _ in _files(temporary)),
            before=before,
            after={name: _held(path) for name, path in after.items()},
            modes={
                name: path.stat().st_mode & 0o7777 for name, path in after.items() if path.exists()
            },
            links={name: str(path.readlink()) for name, path in after.items() if path.is_symlink()},
        )


def _held(path: Path) -> bytes:
    """Return what a regular file holds, also behind a link; nothing of anything else."""
    try:
        if not path.is_file():
            return b""
    except OSError:  # a path that is too long to be looked at
        return b""
    if path.stat().st_size > _MOST_READ:
        return b"%d bytes" % path.stat().st_size
    return path.read_bytes()


def _files(top: Path) -> Iterator[tuple[str, Path]]:
    """Return what is no folder below a folder, sorted; however deep it lies."""
    found: list[Path] = []
    folders = [top]
    while folders:
        with contextlib.suppress(OSError):  # a folder that cannot be read, or too deep to be named
            for entry in os.scandir(folders.pop()):
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
                else:
                    found.append(Path(entry.path))
    return ((str(path.relative_to(top)), path) for path in sorted(found))


def _remove(folder: Path) -> None:
    """Remove a folder, however deep it is and whatever its modes are, which Python's own way cannot."""
    subprocess.run(["chmod", "-R", "u+rwX", folder], check=False, stderr=subprocess.DEVNULL)
    subprocess.run(["rm", "-rf", folder], check=False)

"""Signals, and processes that are killed: nothing half-written stays, nobody lives on, and the exit code says what it was."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.hostile.cases_outputs import article_lines
from tests.hostile.frame import Case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.hostile.frame import Outcome

__all__ = ["cases", "make_pipe", "padded", "wait_for"]

#: signals that end a run, with the exit code that says so
_SIGNALS = {signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130}
_PATIENCE = 60.0


def wait_for(is_there: Callable[[], object]) -> None:
    """Wait until something is there; give up after a while, so that the trial says what is wrong."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and not is_there():
        time.sleep(0.005)


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _workers(pid: int) -> list[int]:
    """Return the processes that a process started to look for mentions."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, IndexError):
            if entry.name.isdigit():
                parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
                if int(parent) == pid and b"spawn_main" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
    return sorted(found)


def make_pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe")


def _while_reading(
    act: Callable[[int, Path], None], articles: int = 10
) -> Callable[[int, Path], None]:
    """Return what gives articles through a pipe that does not end, and acts when the run waits for more."""

    def during(pid: int, folder: Path) -> None:
        with (folder / "pipe").open("wb", buffering=0) as pipe:
            with contextlib.suppress(BrokenPipeError):
                pipe.write(padded(articles))
            act(pid, folder)
            wait_for(lambda: not _is_running(pid))

    return during


def padded(count: int) -> bytes:
    """Return articles that fill what is read ahead of a pipe."""
    note = "x" * 1000
    return "".join(
        f'{{"id": "{n}", "text": "Bakery {n} in Raqqa reopened.", "note": "{note}"}}\n'
        for n in range(count)
    ).encode()


def _send(number: int, *, group: bool = False) -> Callable[[int, Path], None]:
    """Return what sends a signal to the run when it has begun to write."""

    def act(pid: int, folder: Path) -> None:
        wait_for(lambda: list(folder.glob(".out*")))
        (os.killpg if group else os.kill)(pid, number)

    return act


def _sleepily(number: int) -> Callable[[int, Path], None]:
    """Return what sends a signal while the articles are read, before anything is written."""

    def act(pid: int, folder: Path) -> None:  # noqa: ARG001
        time.sleep(0.3)
        os.kill(pid, number)

    return act


def _streaming() -> Iterator[Case]:
    """Yield the cases of one process that is ended by a signal while it reads."""
    for number, code in _SIGNALS.items():
        name = signal.Signals(number).name
        for suffix in (".csv", ".jsonl", ".geojson", ".parquet"):
            yield Case(
                name=f"{name}_while_writing_{suffix[1:]}",
                kind="kills",
                args=("export", "-", "--no-stories", "-o", f"out{suffix}"),
                files={f"out{suffix}": "older"},
                prepare=make_pipe,
                streams={0: "pipe"},
                during=_while_reading(_send(number)),
                exits=(code,),
                says=("a file that was not finished was not written",),
                whole=(f"out{suffix}",),
            )
        for command in ("map", "mentions"):
            out = "out.html" if command == "map" else "out.csv"
            yield Case(
                name=f"{name}_while_reading_for_{command}",
                kind="kills",
                args=(command, "-", "-o", out),
                files={out: "older"},
                prepare=make_pipe,
                streams={0: "pipe"},
                during=_while_reading(_sleepily(number)),
                exits=(code,),
                says=("a file that was not finished was not written",),
                whole=(out,),
            )
    yield Case(
        name="nohup_keeps_a_run_alive",
        kind="kills",
        script="import signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "sys.argv = ['geomap', 'mentions', '-', '--no-stories', '-o', 'out.csv']\n"
        "import geomap.__main__ as m; m.main()",
        prepare=make_pipe,
        streams={0: "pipe"},
        during=_then_ends(_send(signal.SIGHUP)),
        whole=("out.csv",),
    )
    for number in (signal.SIGKILL, signal.SIGTERM):
        yield Case(
            name=f"what_{signal.Signals(number).name}_left_is_swept",
            kind="kills",
            files={"a.jsonl": article_lines(3)},
            prepare=_left_over(number),
            args=("mentions", "a.jsonl", "-o", "out.csv"),
            whole=("out.csv",),
            check=lambda outcome: _swept(outcome, 2),
        )


def _then_ends(act: Callable[[int, Path], None]) -> Callable[[int, Path], None]:
    """Return what gives articles through a pipe, acts, and ends the pipe."""

    def during(pid: int, folder: Path) -> None:
        with (folder / "pipe").open("wb", buffering=0) as pipe:
            pipe.write(article_lines(10).encode())
            act(pid, folder)
            time.sleep(0.2)

    return during


def _environment() -> dict[str, str]:
    import geomap

    return os.environ | {"PYTHONPATH": str(Path(geomap.__file__).parent.parent)}


def _geomap(folder: Path, *args: str) -> subprocess.Popen[bytes]:
    """Start geomap as a person does, in a folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "geomap", *args],
        cwd=folder,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _left_over(number: int) -> Callable[[Path], None]:
    """Return what kills a run that writes out.csv while it does."""

    def prepare(folder: Path) -> None:
        process = _geomap(folder, "mentions", "-", "--no-stories", "-o", "out.csv")
        assert process.stdin
        process.stdin.write(article_lines(3).encode())
        process.stdin.flush()
        wait_for(lambda: list(folder.glob(".out.csv.*")))
        process.send_signal(number)
        process.wait()
        process.stdin.close()
        left = list(folder.glob(".out.csv.*"))
        assert bool(left) == (number == signal.SIGKILL), left

    return prepare


def _swept(outcome: Outcome, count: int) -> None:
    names = sorted(outcome.after)
    assert len(names) == count, f"there are {names}"


def _with_workers() -> Iterator[Case]:
    """Yield the cases of several processes."""
    settings = {
        "kind": "kills",
        "args": ("mentions", "-", "--no-stories", "--processes", "2", "-o", "out.csv"),
        "files": {"out.csv": "older"},
        "prepare": make_pipe,
        "streams": {0: "pipe"},
        "cold": True,
        "megabytes": 3000,
        "seconds": 120.0,
        "whole": ("out.csv",),
    }
    many = 64 * 9

    def busy(act: Callable[[int, Path], None]) -> Callable[[int, Path], None]:
        def when_there(pid: int, folder: Path) -> None:
            wait_for(lambda: len(_workers(pid)) == 2)
            time.sleep(0.1)
            act(pid, folder)

        return _while_reading(when_there, many)

    for number, code in _SIGNALS.items():
        for group in (False, True):
            whom = "everybody" if group else "the_parent"
            yield Case(
                name=f"{signal.Signals(number).name}_to_{whom}_of_several",
                during=busy(_send(number, group=group)),
                exits=(code,),
                says=("a file that was not finished was not written",),
                slow=number == signal.SIGHUP,
                **settings,
            )
    yield Case(
        name="SIGKILL_to_the_parent_leaves_no_worker",
        during=busy(_send(signal.SIGKILL)),
        exits=(-signal.SIGKILL,),
        leaves=True,
        **settings,
    )

    def kill_worker(pid: int, folder: Path) -> None:  # noqa: ARG001
        wait_for(lambda: _workers(pid))
        for worker in _workers(pid)[:1]:
            os.kill(worker, signal.SIGKILL)

    yield Case(
        name="a_worker_is_killed_while_it_starts",
        during=_before_reading(kill_worker),
        exits=(2,),
        says=("a process was killed while it was starting",),
        **settings,
    )
    yield Case(
        name="a_worker_is_killed_while_it_works",
        during=_when_ready(kill_worker),
        exits=(2,),
        says=("a process that looked for mentions was killed",),
        **settings,
    )


def _before_reading(act: Callable[[int, Path], None]) -> Callable[[int, Path], None]:
    """Return what acts when only so much is there that the run knows what it reads, and then gives some articles."""

    def during(pid: int, folder: Path) -> None:
        articles = padded(64 * 3).splitlines(keepends=True)
        with (folder / "pipe").open("wb", buffering=0) as pipe:
            pipe.write(b"".join(articles[:8]))
            act(pid, folder)
            with contextlib.suppress(BrokenPipeError):
                pipe.write(b"".join(articles[8:]))

    return during


def _when_ready(act: Callable[[int, Path], None]) -> Callable[[int, Path], None]:
    """Return what acts when the first mentions are written, with much still to do."""

    def during(pid: int, folder: Path) -> None:
        with (folder / "pipe").open("wb", buffering=0) as pipe:
            pipe.write(padded(64 * 9))
            wait_for(lambda: any(path.stat().st_size for path in folder.glob(".out*")))
            act(pid, folder)
            with contextlib.suppress(BrokenPipeError):
                pipe.write(padded(64 * 9))
            wait_for(lambda: not _is_running(pid))

    return during


def _importing() -> Iterator[Case]:
    """Yield the cases of a signal while modules are imported."""
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        for module in (
            "click",
            "geomap.cli.commands",
            "numpy",
            "marisa_trie",
            "geomap.pipeline",
            "orjson",
        ):
            yield Case(
                name=f"{signal.Signals(number).name}_while_{module.replace('.', '_')}_is_imported",
                kind="kills",
                cold=True,
                megabytes=2000,
                files={"a.jsonl": article_lines(500)},
                script=_IMPORTING.format(module=module, number=int(number)),
                exits=(code,),
                says=("^geomap: (interrupted|SIGTERM); a file",),
                slow=number == signal.SIGTERM,
            )


_IMPORTING = """
import os, sys, threading, time
def watch():
    while {module!r} not in sys.modules:
        time.sleep(0)
    os.kill(os.getpid(), {number})
import geomap.__main__ as m
sys.setswitchinterval(1e-5)
sys.argv = ['geomap', 'mentions', 'a.jsonl', '-o', 'out.csv']
threading.Thread(target=watch, daemon=True).start()
m.main()
"""


def _building() -> Iterator[Case]:
    """Yield the cases of a build of a gazetteer that is ended."""
    rows = "name,lat,lon,country\n" + "".join(
        f"Mill {n},{n % 170 / 2 - 42},{n % 357 - 178}.5,SY\n" for n in range(60_000)
    )

    def begun(number: int) -> Callable[[int, Path], None]:
        def act(pid: int, folder: Path) -> None:
            wait_for(lambda: list(folder.glob(".idx-*")))
            time.sleep(0.1)
            os.kill(pid, number)

        return act

    for number, code in (*_SIGNALS.items(), (signal.SIGKILL, -signal.SIGKILL)):
        yield Case(
            name=f"{signal.Signals(number).name}_while_a_gazetteer_is_built",
            kind="kills",
            files={"big.csv": rows},
            args=("gazetteer", "build", "-o", "./idx", "--no-embedded", "--add", "big.csv"),
            during=begun(number),
            exits=(code,),
            leaves=number == signal.SIGKILL,
            seconds=120.0,
            slow=number in (signal.SIGHUP, signal.SIGINT),
        )

    for number in (signal.SIGTERM, signal.SIGKILL):
        yield Case(
            name=f"what_a_build_left_after_{signal.Signals(number).name}_is_swept",
            kind="kills",
            files={".idx-of-mine/lock": ""},
            prepare=_killed_build(number),
            script=_BUILDING.format(places=10),
            check=_only_mine,
        )


#: what "geomap gazetteer build" does with the places that it has read, in less time
_BUILDING = """
from geomap.gazetteer.build import build_index
from geomap.gazetteer.sources import SourcePlace
from geomap.runtime.interrupts import catching_signals
def places():
    for n in range({places}):
        yield SourcePlace(id="geonames:%d" % n, name="Mill", lat=1.0, lon=2.0, feature="PPL")
with catching_signals():
    import pathlib
    build_index(places(), pathlib.Path("idx"), description=dict(source="made up"))
"""


def _killed_build(number: int) -> Callable[[Path], None]:
    """Return what kills a build, and makes sure that it left what it must."""

    def prepare(folder: Path) -> None:
        process = subprocess.Popen(
            [sys.executable, "-c", _BUILDING.format(places=10**9)],
            cwd=folder,
            env=_environment(),
            stderr=subprocess.DEVNULL,
        )
        wait_for(lambda: list(folder.glob(".idx-*/scratch/rows")))
        process.send_signal(number)
        process.wait()
        left = list(folder.glob(".idx-*/scratch/rows"))
        assert bool(left) == (number == signal.SIGKILL), left

    return prepare


def _only_mine(outcome: Outcome) -> None:
    hidden = [name for name in outcome.after if name.startswith(".")]
    assert hidden == [".idx-of-mine/lock"], hidden


def cases() -> Iterator[Case]:
    """Yield the cases."""
    yield from _streaming()
    yield from _with_workers()
    yield from _importing()
    yield from _building()

"""A warm interpreter that forks for each trial, so that a trial costs no start: ``python -m tests.hostile.server``.

A line of JSON on standard input asks for a trial; two lines answer: the number of its process, and what came of it.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path
from typing import Any

#: how long a process may live on when the one that started it has ended, in seconds
_GRACE = 2.0
_STEP = 0.004


def _warm_up() -> None:
    """Import what commands open at their first use, and use it once."""
    with contextlib.suppress(ImportError):
        import pyarrow.parquet  # noqa: F401
    from geomap.articles.readers import read_articles
    from geomap.geoparser import Geoparser

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "a.html")
        page.write_text("<html><p>2019-03-21. The bakery in Raqqa, Syria, reopened on Friday.</p>")
        geoparser = Geoparser()
        for article in read_articles(page):
            geoparser.parse(article)
    gc.collect()
    gc.freeze()


def _limit(name: str, value: int) -> None:
    number = getattr(resource, f"RLIMIT_{name}")
    resource.setrlimit(number, (value, resource.getrlimit(number)[1]))


def _open_streams(task: dict[str, Any]) -> None:
    modes = {0: os.O_RDONLY, 1: os.O_WRONLY, 2: os.O_WRONLY}
    for number, mode in modes.items():
        path = task["streams"][str(number)]
        if path == "":
            os.close(number)
            continue
        handle = os.open(path, mode | (os.O_CREAT | os.O_TRUNC if number else 0), 0o644)
        os.dup2(handle, number)
        if handle > 2:
            os.close(handle)


def _used_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _run(task: dict[str, Any]) -> int:
    """Run a trial in a process that was forked for it; return its exit code."""
    os.setsid()
    os.chdir(task["folder"])
    for name, value in task["env"].items():
        os.environ.pop(name, None)
        if value:
            os.environ[name] = value
    cold = task["cold"]
    base = 0 if cold else _used_bytes()
    _open_streams(task)  # as a shell does, before the limits of what it starts
    for name, value in task["limits"].items():
        _limit(name, value)
    _limit("AS", base + (task["megabytes"] << 20))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (
        signal.SIGTERM,
        signal.SIGHUP,
    ):  # nohup ignores one, and what it starts inherits that
        signal.signal(number, signal.SIG_DFL)
    if cold:
        start = ["-c", task["script"]] if task["script"] else ["-m", "geomap", *task["args"]]
        os.execv(sys.executable, [sys.executable, *start])  # noqa: S606
    tempfile.tempdir = None
    sys.argv = ["geomap", *task["args"]]
    try:
        if task["script"]:
            exec(compile(task["script"], "script", "exec"), {"__name__": "__main__"})  # noqa: S102
        else:
            from geomap.__main__ import main

            main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - as an interpreter does
        traceback.print_exc()
        return 1
    return 0


def _leave(code: int) -> None:
    """End a forked process as an interpreter ends, but for what the warm one has at its exit."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            code = code or 120
    os._exit(code)


def _alive(group: int) -> list[int]:
    """Return the processes of a group that are alive."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[3]) == group and fields[0] not in "ZX":
                    found.append(int(entry.name))
    return found


def _wait(pid: int, seconds: float) -> dict[str, Any]:
    begin = time.monotonic()
    hung = False
    while True:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            break
        if not hung and time.monotonic() - begin > seconds:
            hung = True
            os.killpg(pid, signal.SIGKILL)
        time.sleep(_STEP)
    took = time.monotonic() - begin
    end = time.monotonic() + _GRACE
    while (left := _alive(pid)) and not hung and time.monotonic() < end:
        time.sleep(0.05)
    for other in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(other, signal.SIGKILL)
    return {
        "exit": os.waitstatus_to_exitcode(status),
        "hung": hung,
        "seconds": took,
        "megabytes": usage.ru_maxrss / 1024,
        "left": [] if hung else left,
    }


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Answer until standard input ends."""
    warnings.simplefilter(
        "ignore", DeprecationWarning
    )  # a fork beside numpy's threads, which sleep
    _warm_up()
    warnings.resetwarnings()
    _answer({"ready": True})
    for line in sys.stdin:
        task = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _leave(_run(task))
        _answer({"pid": pid})
        _answer(_wait(pid, task["seconds"]))


if __name__ == "__main__":
    main()

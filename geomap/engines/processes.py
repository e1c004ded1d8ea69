"""Find mentions in several processes, with the same records in the same order as in one.

A process lives no longer than the one that started it: signals from the keyboard or to the whole group are that one's
business alone, which kills its processes when it ends, and where it was killed itself they notice and end. A pool of the
standard library is not used, since it waits without an end where one process dies while another one is started.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import pickle
import queue
import signal
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import GeomapError, InputError
from geomap.runtime.expecting import expect
from geomap.runtime.interrupts import end_where_files_are_cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future
    from multiprocessing.connection import Connection

    from geomap.geoparser import Geoparser
    from geomap.model import Article
    from geomap.records import MentionRecord

__all__ = ["find_mentions_in_processes"]

#: articles sent to a process at once: enough work to be worth the sending
_CHUNK: Final = 64
#: chunks under way for each process: enough that none waits, few enough that memory stays flat
_AHEAD: Final = 3
#: signals that the starting process answers for all
_PARENTS_SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
_READY: Final = "ready"


class _Worker:
    """A process that looks for mentions, as its parent sees it; one thread at a time asks it."""

    def __init__(self, geoparser: bytes) -> None:
        spawning = multiprocessing.get_context("spawn")  # a fork copies locks of other threads
        self._line, other = spawning.Pipe()
        # the geoparser comes later: writing much to a process that was killed while it was starting does not end
        self._geoparser = geoparser
        self._process = spawning.Process(target=_serve, args=(other,), daemon=True)
        self._is_ready = False
        # the first process would start the tracker of shared memory, which lets signals through again
        resource_tracker.ensure_running()
        known = _block(_PARENTS_SIGNALS)  # in the new process they stay so
        try:
            self._process.start()
        finally:
            _block(known, only=True)
            other.close()

    def ask(self, articles: list[Article]) -> list[MentionRecord]:
        """Return the mentions of some articles.

        Raises:
            GeomapError: The process could not be started, or was killed.
        """
        try:
            if not self._is_ready:
                self._line.send_bytes(self._geoparser)
                told = self._line.recv()
                if told != _READY:
                    raise GeomapError(
                        f"a process to look for mentions could not be started: {told}"
                    )
                self._is_ready = True
            self._line.send(articles)
            answer = self._line.recv()
        except (EOFError, OSError) as err:
            what = (
                "that looked for mentions was killed"
                if self._is_ready
                else "was killed while it was starting"
            )
            raise GeomapError(
                f"a process {what}, most likely because memory ran out; nothing was written: try again with "
                "fewer --processes"
            ) from err
        if isinstance(answer, BaseException):
            raise answer
        return answer  # type: ignore[no-any-return]

    def stop(self) -> None:
        """Kill the process: it answers to no gentler signal, and holds nothing that could be half-written."""
        self._process.kill()
        self._process.join()


def _block(signals: Iterable[int], *, only: bool = False) -> Iterable[int]:
    """Block signals, and with ``only`` let all others through; return those that were blocked before."""
    if not hasattr(signal, "pthread_sigmask"):
        return ()
    return signal.pthread_sigmask(signal.SIG_SETMASK if only else signal.SIG_BLOCK, signals)


def _end_with_parent() -> None:
    """Wait until the parent has ended, and end as well: it may have been killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _serve(line: Connection) -> None:
    """Look for mentions in what comes along a line, in a process of its own, until nothing comes."""
    for number in _PARENTS_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    # what is heavy is imported when the parent is watched
    threading.Thread(target=_end_with_parent, daemon=True).start()
    end_where_files_are_cut((), message=b"")  # the parent will tell
    try:
        from geomap.geoparser import Geoparser  # noqa: PLC0415
        from geomap.records import mention_records  # noqa: PLC0415
        from geomap.runtime.garbage import collect_rarely  # noqa: PLC0415 - see above

        collect_rarely()
        geoparser = pickle.loads(line.recv_bytes()) or Geoparser()  # noqa: S301 - the parent made it
    except Exception as err:  # noqa: BLE001 - the parent says it, in one line
        line.send(str(err) or type(err).__name__)
        return
    line.send(_READY)
    while True:
        try:
            articles = line.recv()
        except EOFError:
            return
        answer: Any
        try:
            answer = [
                record
                for article in articles
                for record in mention_records(article, geoparser.parse(article))
            ]
        except Exception as err:  # noqa: BLE001 - raised again in the parent
            answer = err
        line.send(answer)


def find_mentions_in_processes(
    articles: Iterable[Article], geoparser: Geoparser | None = None, *, processes: int
) -> Iterator[MentionRecord]:
    """Yield the mention records of some articles in their order, found by several processes.

    Args:
        articles: The articles; a few chunks of them are held at a time.
        geoparser: What finds the mentions; None for one with the gazetteer in use.
        processes: How many processes.

    Raises:
        InputError: The number of processes is not 1 or more.
        GeomapError: A process was killed, or could not be started.
    """
    if expect(processes, int, "a number of processes") < 1:
        raise InputError(f"expected 1 process or more, got {processes}")
    if geoparser is None:
        from geomap.gazetteer import open_gazetteer  # noqa: PLC0415 - see above

        open_gazetteer()  # compile it here, once, where progress can be shown
    pickled = pickle.dumps(geoparser)
    workers: list[_Worker] = []
    threads = ThreadPoolExecutor(processes)
    try:
        workers.extend(_Worker(pickled) for _ in range(processes))
        yield from _spread(iter(articles), workers, threads)
    except GeomapError:
        if geoparser is not None:
            geoparser.gazetteer.check_unchanged()  # which explains more than that a process has ended
        raise
    finally:
        for worker in workers:
            worker.stop()
        threads.shutdown(cancel_futures=True)


def _spread(
    articles: Iterator[Article], workers: list[_Worker], threads: ThreadPoolExecutor
) -> Iterator[MentionRecord]:
    """Yield what the workers find, in order: each thread asks one that is free."""
    free: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
    for worker in workers:
        free.put(worker)

    def ask(chunk: list[Article]) -> list[MentionRecord]:
        worker = free.get()
        try:
            return worker.ask(chunk)
        finally:
            free.put(worker)

    under_way: deque[Future[list[MentionRecord]]] = deque()
    while True:
        while len(under_way) < len(workers) * _AHEAD:
            chunk = list(itertools.islice(articles, _CHUNK))
            if not chunk:
                break
            under_way.append(threads.submit(ask, chunk))
        if not under_way:
            return
        yield from under_way.popleft().result()

"""Find mentions in several processes, with the same records in the same order as in one."""

from __future__ import annotations

import itertools
import multiprocessing
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Final

from geomap.errors import GeomapError, InputError
from geomap.garbage import collect_rarely
from geomap.gazetteer import open_gazetteer
from geomap.geoparse import Geoparser
from geomap.records import mention_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from geomap.model import Article
    from geomap.records import MentionRecord

__all__ = ["find_mentions_in_processes"]

#: articles sent to a process at once: enough work to be worth the sending
_CHUNK: Final = 64
#: chunks under way for each process: enough that none waits, few enough that memory stays flat
_AHEAD: Final = 3

_geoparser: Geoparser | None = None


def _start_worker(geoparser: Geoparser | None) -> None:
    """Make the worker's geoparser; an interrupt is the parent's business alone."""
    global _geoparser  # noqa: PLW0603 - a worker's only state, set once before its first chunk
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()
    _geoparser = geoparser or Geoparser()


def _find_in_chunk(articles: list[Article]) -> list[MentionRecord]:
    assert _geoparser is not None  # noqa: S101 - the pool calls _start_worker first
    return [
        record
        for article in articles
        for record in mention_records(article, _geoparser.parse(article))
    ]


def find_mentions_in_processes(
    articles: Iterable[Article], geoparser: Geoparser | None = None, *, processes: int
) -> Iterator[MentionRecord]:
    """Yield the mention records of some articles in their order, found by several processes.

    Args:
        articles: The articles; a few chunks of them are held at a time.
        geoparser: What finds the mentions; None for one with the embedded gazetteer.
        processes: How many processes.

    Raises:
        InputError: The number of processes is not 1 or more.
        GeomapError: A process was killed.
    """
    if processes < 1:
        raise InputError(f"expected 1 process or more, got {processes}")
    if geoparser is None:
        open_gazetteer()  # compile it here, once, where progress can be shown
    stream = iter(articles)
    with ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),  # a fork copies locks of other threads
        initializer=_start_worker,
        initargs=(geoparser,),
    ) as executor:
        under_way: deque[Future[list[MentionRecord]]] = deque()
        try:
            while True:
                while len(under_way) < processes * _AHEAD:
                    chunk = list(itertools.islice(stream, _CHUNK))
                    if not chunk:
                        break
                    under_way.append(executor.submit(_find_in_chunk, chunk))
                if not under_way:
                    return
                yield from under_way.popleft().result()
        except BrokenProcessPool as err:
            raise GeomapError(
                "a process that looked for mentions was killed, most likely because memory ran "
                "out; nothing was written: try again with fewer --processes"
            ) from err
        finally:
            executor.shutdown(wait=False, cancel_futures=True)

"""Measure how fast geomap turns articles into mentions, on this machine, by one command.

  python benchmarks/throughput.py
      articles made of the demo's sentences
  python benchmarks/throughput.py --corpus lgl.xml TR-News.xml
      articles of one's own: JSON lines, or the XML of annotated corpora
  pip install flashgeotext==0.5.5
  python benchmarks/throughput.py --corpus lgl.xml TR-News.xml --beside flashgeotext
      and flashgeotext on the same texts in the same run

The articles are repeated, each time with new ids, until they last for about --seconds. They are
read and written as `geomap mentions IN.jsonl -o OUT.jsonl` does it, in one process. The first tenth,
in which caches fill, is left out of the speed. What is read for the first time is slower: each new
word is looked up once, so "first time through" stands beside the steady state. The CPU's time is
what the process itself used; on a machine that others use too it is steadier than the clock.

--beside takes as long again, in another process: chunks of articles go to geomap and to the other
in turns, so that what slows the machine slows both. geomap reads JSON lines and writes JSON lines;
the other gets the texts as strings that are in memory already, and its results are dropped.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.metadata
import importlib.util
import itertools
import json
import multiprocessing
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import geomap
from geomap import GeomapError, Geoparser, InputError, export_articles, read_articles
from geomap.corpora import read_corpus
from geomap.demo import demo_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from geomap import Article

SEED = 20_190_321
#: sentences of a made article: some 300 words, as long as an article of the demo
SENTENCES = 16
#: articles of the first time through, which tells how many fill the time
TRIAL = 1_000
#: articles of a chunk of --beside: a fraction of a second, so that both meet the same machine
CHUNK = 100
#: starts of a process, of which the quickest counts: the others waited for something else
STARTS = 5

_FIRST_MENTION = """
import sys, time
from geomap import find_mentions, read_articles
next(find_mentions(read_articles(sys.argv[1])))
print(time.time())
"""


@dataclass(slots=True)
class Lap:
    """What was done, and in how many seconds of the clock and of the CPU."""

    articles: int = 0
    characters: int = 0
    wall: float = 0.0
    cpu: float = 0.0

    @contextlib.contextmanager
    def timed(self) -> Iterator[None]:
        """Add the time that the body takes."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu

    def __str__(self) -> str:
        megabytes = self.characters / self.wall / 1e6
        return (
            f"{self.articles / self.wall:8,.0f} articles/s by the clock, "
            f"{self.articles / self.cpu:,.0f} by the CPU's time; {megabytes:.1f} MB of text/s"
        )


@dataclass(slots=True)
class Stream:
    """One run from JSON lines to JSON lines."""

    lap: Lap
    articles: int
    mentions: int
    memory: float


@dataclass(slots=True)
class Pair:
    """geomap and another system on the same chunks of articles."""

    geomap: Lap = field(default_factory=Lap)
    other: Lap = field(default_factory=Lap)
    ratios: list[float] = field(default_factory=list)


def make_records(number: int) -> list[dict[str, Any]]:
    """Make articles of shuffled sentences from the demo."""
    with demo_articles() as folder:
        text = "\n\n".join(article.text for article in read_articles(folder))
    sentences = [part for part in re.split(r"(?<=[.!?\"])\s+", text) if part]
    chooser = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    bodies = (" ".join(chooser.sample(sentences, SENTENCES)) for _ in range(number))
    return [{"id": str(i), "date": "2019-03-21", "text": body} for i, body in enumerate(bodies)]


def read_records(path: Path) -> list[dict[str, Any]]:
    """Read the articles of a file: the texts of a corpus in XML, or JSON lines as they stand.

    Raises:
        InputError: It is neither.
    """
    if path.suffix.lower() == ".xml":
        return [{"id": article.id, "text": article.text} for article in read_corpus(path)]
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
        records = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as err:
        raise InputError(f"{path}: expected XML (.xml) or JSON lines in UTF-8: {err}") from err
    if not records or not all(isinstance(record, dict) for record in records):
        raise InputError(f"{path}: expected a JSON object on each line, and one line at least")
    return records


def write_articles(path: Path, records: Sequence[dict[str, Any]], number: int) -> Path:
    """Write so many articles as JSON lines, each with a new id, over and over."""
    with path.open("w", encoding="utf-8", errors="replace") as file:
        for i, record in enumerate(itertools.islice(itertools.cycle(records), number)):
            file.write(json.dumps({**record, "id": str(i)}, ensure_ascii=False) + "\n")
    return path


def in_new_process(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in a process of its own, whose caches are empty and whose memory is its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(function, *arguments).result()


def peak_memory() -> float:
    """Return the most megabytes that this process held."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count the process that started this one, too
        [peak] = re.findall(r"^VmHWM:\s*(\d+) kB", status.read_text(), re.MULTILINE)
        return int(peak) * 1024 / 1e6
    import resource  # noqa: PLC0415 - Windows has none

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def measure_stream(path: Path, total: int) -> Stream:
    """Do what ``geomap mentions`` does; time it from the end of the first tenth to the last byte.

    Finding stories counts for all articles, the first tenth too.

    Raises:
        InputError: Less than a tenth of the articles can be read.
    """
    lap = Lap()
    clock = contextlib.ExitStack()

    def counted(articles: Iterable[Article]) -> Iterator[Article]:
        stream = iter(articles)
        with lap.timed():  # all articles are read, and stories found, before the first one comes
            first = list(itertools.islice(stream, 1))
        for number, article in enumerate(itertools.chain(first, stream)):
            if number == total // 10:
                clock.enter_context(lap.timed())
            if number >= total // 10:
                lap.articles += 1
                lap.characters += len(article.text)
            yield article

    with clock:
        report = export_articles([path], path.with_suffix(".out.jsonl"), progress=counted)
    if not lap.articles:
        raise InputError(f"of {total:,} articles only {report.articles:,} can be read")
    return Stream(lap, report.articles, report.mentions, peak_memory())


def measure_first_mention(path: Path) -> float:
    """Return the seconds from the start of Python to the first mention."""
    command = [sys.executable, "-c", _FIRST_MENTION, str(path)]
    seconds = []
    for _ in range(STARTS):
        start = time.time()
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        seconds.append(float(run.stdout) - start)
    return min(seconds)


def measure_version() -> float:
    """Return the seconds that ``geomap --version`` takes."""
    command = [sys.executable, "-m", "geomap", "--version"]
    seconds = []
    for _ in range(STARTS):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def open_flashgeotext() -> Callable[[str], object]:
    """Return flashgeotext's look-up with its own data, as its documentation uses it."""
    geotext = importlib.import_module("flashgeotext.geotext").GeoText()
    return lambda text: geotext.extract(input_text=text)


class Other(NamedTuple):
    """A system to stand beside: the version that was tried, how it is opened, what it lacks."""

    version: str
    open: Callable[[], Callable[[str], object]]
    lacks: str


OTHERS = {
    "flashgeotext": Other(
        "0.5.5",
        open_flashgeotext,
        "counts names of cities and countries, with their spans; it gives no coordinates, does not\n"
        "choose between places of one name, and tells neither kinds of mention nor dates",
    )
}


def measure_beside(
    paths: Sequence[Path], seconds: float, open_other: Callable[[], Callable[[str], object]]
) -> Pair:
    """Give chunks of articles to geomap and to another system in turns, until the time is over.

    Args:
        paths: The chunks, as JSON lines.
        seconds: How long; the first tenth warms both up and does not count.
        open_other: Opens the other system, which takes one text.
    """
    geoparser, find = Geoparser(), open_other()
    chunks = [(path, [article.text for article in read_articles(path)]) for path in paths]
    pair = Pair()
    warm = time.perf_counter() + seconds / 10
    end = time.perf_counter() + seconds
    for turn, (path, texts) in enumerate(itertools.cycle(chunks)):
        ours, theirs = Lap(), Lap()
        for is_ours in (True, False) if turn % 2 else (False, True):
            if is_ours:
                with ours.timed():
                    export_articles([path], path.with_suffix(".out.jsonl"), geoparser=geoparser)
            else:
                with theirs.timed():
                    for text in texts:
                        find(text)
        now = time.perf_counter()
        if now > warm:
            _add(pair, ours, theirs, texts)
        if now > end and pair.ratios:
            return pair
    raise InputError("expected a chunk of articles, got none")


def _add(pair: Pair, ours: Lap, theirs: Lap, texts: Sequence[str]) -> None:
    for whole, part in ((pair.geomap, ours), (pair.other, theirs)):
        whole.articles += len(texts)
        whole.characters += sum(map(len, texts))
        whole.wall += part.wall
        whole.cpu += part.cpu
    pair.ratios.append(theirs.wall / ours.wall)


def write_chunks(folder: Path, records: Sequence[dict[str, Any]]) -> list[Path]:
    """Write each article once, so many a file."""
    parts = [records[start : start + CHUNK] for start in range(0, len(records), CHUNK)]
    return [
        write_articles(folder / f"chunk-{number}.jsonl", part, len(part))
        for number, part in enumerate(parts)
    ]


def report_alone(folder: Path, records: Sequence[dict[str, Any]], seconds: float) -> None:
    """Measure geomap alone, and print."""
    # the gazetteer is compiled once for each machine: that is no part of a start
    command = [sys.executable, "-m", "geomap", "gazetteer", "info"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    number = min(len(records), TRIAL)
    trial = write_articles(folder / "trial.jsonl", records, number)
    tried = in_new_process(measure_stream, trial, number)
    print(f"geomap --version        {measure_version():8.2f} s, the best of {STARTS}")
    first = measure_first_mention(trial)
    print(f"start to first mention  {first:8.2f} s, the best of {STARTS}")
    print(f"first time through      {tried.lap}", flush=True)
    total = max(1, round(seconds * tried.lap.articles / tried.lap.wall))
    path = write_articles(folder / "articles.jsonl", records, total)
    stream = in_new_process(measure_stream, path, total)
    print(f"steady state            {stream.lap}")
    print(f"peak memory             {stream.memory:8,.0f} MB")
    print(f"articles                {stream.articles:8,}, each {total / len(records):.1f} times")
    print(f"mentions                {stream.mentions:8,}", flush=True)


def report_beside(
    folder: Path, records: Sequence[dict[str, Any]], name: str, seconds: float
) -> None:
    """Measure geomap and another system in turns, and print."""
    other = OTHERS[name]
    pair = in_new_process(measure_beside, write_chunks(folder, records), seconds, other.open)
    low, middle, high = (sorted(pair.ratios)[len(pair.ratios) * i // 4] for i in (1, 2, 3))
    label = f"{name} {importlib.metadata.version(name)}"
    print(f"\nin turns on the same texts, chunks of {min(CHUNK, len(records))}")
    print(f"{'geomap':<24}{pair.geomap}")
    print(f"{label:<24}{pair.other}")
    print(
        f"geomap / {name:<15}{pair.other.wall / pair.geomap.wall:8.2f} by the clock, "
        f"{pair.other.cpu / pair.geomap.cpu:.2f} by the CPU's time; "
        f"of {len(pair.ratios)} chunks half between {low:.2f} and {high:.2f}, middle {middle:.2f}"
    )
    print(f"{name} {other.lacks}.")


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--corpus", type=Path, nargs="+", metavar="FILE", help="articles: .jsonl, or a corpus .xml")
    add(
        "--articles",
        type=int,
        default=5_000,
        help="how many to make without --corpus [%(default)s]",
    )
    add("--seconds", type=float, default=60, help="how long each measurement takes [%(default)s]")
    add("--beside", choices=sorted(OTHERS), help="measure this system too, on the same texts")
    options = parser.parse_args()
    if options.articles < 1 or options.seconds <= 0:
        parser.error("expected --articles of 1 or more, and --seconds of more than 0")
    if options.beside and importlib.util.find_spec(options.beside) is None:
        parser.error(
            f"--beside {options.beside}: it is not installed, and geomap does not need it; "
            f"pip install {options.beside}=={OTHERS[options.beside].version}"
        )
    return options


def main() -> None:
    """Measure and print."""
    options = parse_options()
    files = options.corpus or []
    try:
        records = [record for path in files for record in read_records(path)]
        records = records or make_records(options.articles)
        print(f"geomap {geomap.__version__}, Python {platform.python_version()}, one process")
        names = ", ".join(path.name for path in files) or "made of the demo's sentences"
        print(f"{len(records):,} articles: {names}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            report_alone(Path(folder), records, options.seconds)
            if options.beside:
                report_beside(Path(folder), records, options.beside, options.seconds)
    except GeomapError as err:
        sys.exit(f"error: {err}")


if __name__ == "__main__":
    main()

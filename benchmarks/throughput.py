"""Measure how fast geomap turns articles into mentions: ``python benchmarks/throughput.py``.

Without ``--corpus`` the articles are made from the sentences of the demo, shuffled with a fixed
seed. Prints the time from start to the first mention with a compiled gazetteer, articles per second in the steady state
(the first tenth, in which caches fill, is left out), and the peak of memory.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from geomap import find_mentions, open_gazetteer, read_articles
from geomap.demo import demo_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap import Article

SEED = 20_190_321
ARTICLES = 5_000
#: sentences of a made article: some 300 words, as long as an article of the demo
SENTENCES = 16

_FIRST_MENTION = """
import time
start = time.perf_counter()
from geomap import find_mentions, read_articles
next(find_mentions(read_articles({path!r})))
print(time.perf_counter() - start)
"""


def make_corpus(path: Path, number: int) -> None:
    """Write articles of shuffled sentences from the demo as JSON lines."""
    with demo_articles() as folder:
        text = "\n\n".join(article.text for article in read_articles(folder))
    sentences = [part for part in re.split(r"(?<=[.!?\"])\s+", text) if part]
    chooser = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    with path.open("w", encoding="utf-8") as file:
        for article in range(number):
            body = " ".join(chooser.sample(sentences, SENTENCES))
            file.write(json.dumps({"id": str(article), "date": "2019-03-21", "text": body}) + "\n")


def measure_first_mention(path: Path) -> float:
    """Return the seconds from the first import to the first mention, in a new process."""
    code = _FIRST_MENTION.format(path=str(path))
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(run.stdout)


def measure_version() -> float:
    """Return the seconds that ``geomap --version`` takes, the best of five."""
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "geomap", "--version"], capture_output=True, check=True
        )
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def measure_stream(path: Path, total: int) -> tuple[float, float, int]:
    """Return articles and megabytes per second in the steady state, and the number of mentions."""
    read = characters = mentions = 0
    start = time.perf_counter()

    def counted() -> Iterator[Article]:
        nonlocal read, characters, start
        for article in read_articles(path):
            read += 1
            if read == total // 10:
                start, characters = time.perf_counter(), 0
            characters += len(article.text)
            yield article

    for _record in find_mentions(counted()):
        mentions += 1
    seconds = time.perf_counter() - start
    return (read - total // 10) / seconds, characters / seconds / 1e6, mentions


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, help="articles as JSON lines")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="how many to make")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.corpus or Path(folder) / "corpus.jsonl"
        if options.corpus is None:
            make_corpus(path, options.articles)
        with path.open("rb") as file:
            total = sum(1 for _line in file)
        open_gazetteer()  # compiled once for each machine, so not a part of the start
        first = measure_first_mention(path)
        speed, megabytes, mentions = measure_stream(path, total)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"geomap --version        {measure_version():8.2f} s")
    print(f"start to first mention  {first:8.2f} s")
    print(f"steady state            {speed:8.0f} articles/s, {megabytes:.1f} MB/s of text")
    print(f"peak memory             {memory:8.0f} MB")
    print(f"articles                {total:8,}")
    print(f"mentions                {mentions:8,}")


if __name__ == "__main__":
    main()

"""Measure what stories, relations and told times cost together, on top of the mentions alone.

usage: python benchmarks/context.py CORPUS… [--rounds 7] [--write]
usage: python benchmarks/context.py ../shared/corpora/lgl.xml ../shared/corpora/TR-News.xml --write

The articles of the corpora are written as JSON lines, each with a date, so that told times have
something to be told from. Then they go from JSON lines to JSON lines, as `geomap mentions` does it, with
and without the three, in turns, so that what slows the machine slows both. The first time through, all
shapes are new; the rounds after it are the steady state. Times are the CPU's. --write writes the section of
docs/ACCURACY.md about it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from sections import write_section

import geomap
from geomap import Geoparser, Reading, export_articles
from geomap.corpora import read_corpus

_SECTION = """\
## What stories, relations and told times cost

On the {articles} articles of LGL and TR-News, from JSON lines to JSON lines, with the three and without, in turns, by the CPU's
time. Written by `python benchmarks/context.py --write`.

{items}
"""
#: publication dates are dealt from these, day by day
DAYS = 28


def write_articles(corpora: list[Path], path: Path) -> int:
    """Write the articles of some corpora as JSON lines; return how many there are."""
    number = 0
    with path.open("w", encoding="utf-8", errors="replace") as file:
        for corpus in corpora:
            for article in read_corpus(corpus):
                day = f"2019-03-{1 + number % DAYS:02}"
                record = {"id": str(number), "date": day, "text": article.text}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
                number += 1
    return number


def timed(source: Path, geoparser: Geoparser, *, stories: bool) -> float:
    """Return the seconds of CPU that one pass over the articles takes."""
    begin = time.process_time()
    reading = Reading(stories=stories)
    export_articles([source], source.with_suffix(".out.jsonl"), reading, geoparser=geoparser)
    return time.process_time() - begin


def describe(title: str, without: list[float], with_all: list[float], articles: int) -> str:
    """Say what some rounds took, each without and with the three."""
    ratio = statistics.median(b / a for a, b in zip(without, with_all, strict=True))
    bare, full = (1000 * statistics.median(times) / articles for times in (without, with_all))
    return f"{title}: {bare:.2f} ms an article without, {full:.2f} with; {100 * (ratio - 1):+.0f}%"


def main() -> None:
    """Measure, and print milliseconds an article and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    plain = Geoparser(relations=False, told=False)
    whole = Geoparser(plain.gazetteer)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        articles = write_articles(options.corpora, source)
        without, with_all = [], []
        for _ in range(options.rounds + 1):
            without.append(timed(source, plain, stories=False))
            with_all.append(timed(source, whole, stories=True))
    lines = [
        describe("first time through", without[:1], with_all[:1], articles),
        describe("after that, median", without[1:], with_all[1:], articles),
    ]
    print(f"geomap {geomap.__version__}, {articles:,} articles, CPU time", *lines, sep="\n")
    if options.write:
        items = "\n".join(f"- {line}" for line in lines)
        write_section("context", _SECTION.format(articles=articles, items=items))


if __name__ == "__main__":
    main()

"""Score told times on the labelled sentences, and write the section of docs/ACCURACY.md about them.

usage: python benchmarks/told.py [--misses] [--phrases FOLDER] [--cost CORPUS…] [--write]

Each annotated name is given, and gets the time of its sentence. A name agrees where both days are exactly the
annotated ones, or neither has any. Whether a time is told at all is scored beside it, so that a phrase whose days
nobody knows counts as told.

--phrases scores, beside that, the phrases of time of whole texts: a folder of texts with a gold.json whose ``told`` has their bounds
and days. The date of a page's head or foot is no told time here, and is counted apart.

--misses lists what is wrong in the development half, never in the other, and in the folder. --cost parses the articles of annotated
corpora and makes their records with and without told times, in turns, and prints how much longer it takes; each article is dated to
another day of a year, since the corpora tell none. --write writes the section, with the cost where corpora are given.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sections import DOCUMENT, find_sections, write_section

from geomap import Article, Geoparser
from geomap.articles.published import find_head_dates
from geomap.corpora import read_corpus
from geomap.dates import month_span
from geomap.model import UNKNOWN_DATE, DateSpan, Mention, Resolution
from geomap.records import mention_records
from geomap.runtime.garbage import rare_collections
from geomap.text import tokenize
from geomap.told import tell_times
from geomap.told.attach import find_times

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold"
SETS = ("dev", "test")
#: times that a corpus is parsed with and without told times
ROUNDS = 5
#: articles between two turns
CHUNK = 20
PRECISIONS = ("day", "week", "month", "year", "unknown", "none")
DIRECTIONS = ("before publication", "around it", "after it", "without a date")


@dataclass(slots=True)
class Tally:
    """Counts of one half: of each group of names how many there are, and how many agree."""

    sentences: int = 0
    names: Counter[str] = field(default_factory=Counter)
    agreeing: Counter[str] = field(default_factory=Counter)
    told: int = 0
    proposed: int = 0
    both: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def agreement(self) -> float:
        """The share of names whose days are exactly the annotated ones."""
        return self.agreeing["all"] / self.names["all"]

    @property
    def precision(self) -> float:
        """The share of names with a time that have one in the annotation."""
        return self.both / max(self.proposed, 1)

    @property
    def recall(self) -> float:
        """The share of annotated times for whose names one was found."""
        return self.both / max(self.told, 1)


def read_set(name: str) -> list[dict[str, Any]]:
    """Return the labelled sentences of a half."""
    lines = (GOLD / f"told-{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def on_day(day: dt.date | None) -> DateSpan:
    """Return a day as a date of publication; None is unknown."""
    return DateSpan(start=day, end=day, precision="day") if day else UNKNOWN_DATE


def tell(record: dict[str, Any]) -> tuple[Resolution, ...]:
    """Return the annotated names of a sentence with the times that are told for them."""
    text, published = record["text"], record["published"]
    day = dt.date.fromisoformat(published) if published else None
    article = Article(id=record["id"], text=text, published=on_day(day))
    names = [
        Mention(
            article_id=article.id,
            start=item["start"],
            end=item["end"],
            surface=text[item["start"] : item["end"]],
            kind="literal",
        )
        for item in record["mentions"]
    ]
    return tell_times(article, [Resolution(mention=name, status="unknown") for name in names])


def days_of(item: Resolution) -> tuple[str | None, str | None]:
    """Return the told days of a name, as the annotation writes them."""
    span = item.told.span if item.told else UNKNOWN_DATE
    return (
        span.start.isoformat() if span.start else None,
        span.end.isoformat() if span.end else None,
    )


def direction_of(gold: dict[str, Any], published: str | None) -> str:
    """Tell whether annotated days lie before the day of publication, around it or after it."""
    if published is None or gold["event_start"] is None:
        return DIRECTIONS[3]
    if gold["event_end"] < published:
        return DIRECTIONS[0]
    return DIRECTIONS[2] if gold["event_start"] > published else DIRECTIONS[1]


def score(records: Sequence[dict[str, Any]]) -> Tally:
    """Score one half of the set."""
    tally = Tally(sentences=len(records))
    for record in records:
        for gold, item in zip(record["mentions"], tell(record), strict=True):
            agrees = days_of(item) == (gold["event_start"], gold["event_end"])
            groups = [
                "all",
                gold["event_precision"] or "none",
                direction_of(gold, record["published"]),
            ]
            tally.names.update(groups)
            tally.agreeing.update(groups if agrees else ())
            is_told = gold["event_precision"] is not None
            tally.told += is_told
            tally.proposed += item.told is not None
            tally.both += is_told and item.told is not None
            if not agrees or is_told != (item.told is not None):
                tally.misses.append(
                    f"{record['id']}: {item.mention.surface!r} is {gold['event_text']!r} "
                    f"({gold['event_start']}, {gold['event_end']}), told {item.told and item.told.text!r} {days_of(item)}"
                )
    return tally


@dataclass(slots=True)
class PhraseTally:
    """Counts of annotated phrases of time: how many there are, and how they were found.

    ``exact`` have the annotated bounds, ``overlapping`` others; ``heads`` are dates of a page's head, which are no
    told times; ``spurious`` were found and are not annotated. Of ``dated`` ones that were found, ``agreeing`` have the
    annotated first day, and the last one where the annotation has one.
    """

    annotated: int = 0
    exact: int = 0
    overlapping: int = 0
    missed: int = 0
    heads: int = 0
    spurious: int = 0
    dated: int = 0
    agreeing: int = 0
    misses: list[str] = field(default_factory=list)

    def note(self, what: str, name: str, text: str, start: int, end: int, more: str = "") -> None:
        """Keep a phrase, with some words around it, for the list of misses."""
        words = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 25]}"
        self.misses.append(f"{name} {what}: {' '.join(words.split())}{more}")


def published_of(gold: dict[str, Any]) -> DateSpan:
    """Return the date of publication that the annotation gives."""
    date, precision = gold["date"], gold["precision"]
    if precision == "day":
        return on_day(dt.date.fromisoformat(date))
    if precision == "month":
        return month_span(int(date[:4]), int(date[5:7]))
    return UNKNOWN_DATE


def score_phrases(folder: Path) -> PhraseTally:
    """Score the phrases of time in the texts of a folder."""
    tally = PhraseTally()
    for name, gold in json.loads((folder / "gold.json").read_text("utf-8")).items():
        text = (folder / f"{name}.txt").read_text("utf-8")
        _score_text(tally, name, text, gold)
    return tally


def _score_text(tally: PhraseTally, name: str, text: str, gold: dict[str, Any]) -> None:
    found = find_times(text, tokenize(text), published_of(gold["published"]))
    heads = find_head_dates(text)
    hit: set[int] = set()
    for item in gold["told"]:
        start, end = item["start"], item["end"]
        tally.annotated += 1
        over = [i for i, f in enumerate(found) if f.phrase.start < end and start < f.phrase.end]
        hit.update(over)
        if not over:
            in_head = any(low < end and start < high for low, high in heads)
            tally.heads += in_head
            tally.missed += not in_head
            if not in_head:
                tally.note("missed", name, text, start, end)
            continue
        time = found[over[0]]
        is_exact = (time.phrase.start, time.phrase.end) == (start, end)
        tally.exact += is_exact
        tally.overlapping += not is_exact
        if item["start_date"]:
            days = time.told.days
            tally.dated += 1
            first, last = (str(day) for day in days) if days else ("", "")
            agrees = first == item["start_date"] and item["end_date"] in (None, last)
            tally.agreeing += agrees
            if not agrees:
                tally.note("days", name, text, start, end, f" is {item['start_date']}, told {days}")
    for index, time in enumerate(found):
        if index not in hit:
            tally.spurious += 1
            tally.note("spurious", name, text, time.phrase.start, time.phrase.end)


def phrase_table(tally: PhraseTally) -> str:
    """Return how the phrases of a folder were found."""
    head = [
        "annotated",
        "exact",
        "overlapping",
        "missed",
        "dates of heads",
        "spurious",
        "days right",
    ]
    counts = (
        tally.annotated,
        tally.exact,
        tally.overlapping,
        tally.missed,
        tally.heads,
        tally.spurious,
    )
    return _table(head, [[*map(str, counts), f"{tally.agreeing} of {tally.dated}"]])


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def result_table(tallies: dict[str, Tally]) -> str:
    """Return the scores of each half."""
    head = ["half", "sentences", "names", "exact days", "told at all: precision", "recall"]
    rows = [
        [
            name,
            str(tally.sentences),
            str(tally.names["all"]),
            *(f"{value:.3f}" for value in (tally.agreement, tally.precision, tally.recall)),
        ]
        for name, tally in tallies.items()
    ]
    return _table(head, rows)


def group_table(tallies: dict[str, Tally], what: str, groups: Sequence[str]) -> str:
    """Return how many names of each group agree."""
    rows = [
        [group, *(f"{t.agreeing[group]} of {t.names[group]}" for t in tallies.values())]
        for group in groups
    ]
    return _table([what, *(f"{name}: exact days" for name in tallies)], rows)


def read_articles(paths: Sequence[Path]) -> Iterator[Article]:
    """Yield the articles of annotated corpora, dated to the days of a year."""
    number = 0
    for path in paths:
        for article in read_corpus(path):
            day = dt.date(2016, 1, 1) + dt.timedelta(days=number % 366)
            yield Article(id=article.id, text=article.text, published=on_day(day))
            number += 1


def measure_cost(paths: Sequence[Path]) -> dict[str, float]:
    """Return the CPU's time an article with and without told times, in milliseconds, and their ratio."""
    articles = list(read_articles(paths))
    geoparser = Geoparser(relations=False)
    enrichers = {True: geoparser.enrichers, False: ()}
    told = sum(bool(item.told) for article in articles for item in geoparser.parse(article))
    seconds: dict[bool, list[float]] = defaultdict(list)
    with rare_collections():
        for turn in range(ROUNDS):
            lap = {False: 0.0, True: 0.0}
            for low in range(0, len(articles), CHUNK):
                wanted = bool((low // CHUNK + turn) % 2)
                for has_told in (wanted, not wanted):
                    geoparser.enrichers = enrichers[has_told]
                    begin = time.process_time()
                    for article in articles[low : low + CHUNK]:
                        mention_records(article, geoparser.parse(article))
                    lap[has_told] += time.process_time() - begin
            for name, value in lap.items():
                seconds[name].append(value)
    plain, full = min(seconds[False]), min(seconds[True])
    return {
        "articles": len(articles),
        "told": told,
        "plain_ms": 1000 * plain / len(articles),
        "told_ms": 1000 * (full - plain) / len(articles),
        "share": full / plain - 1,
    }


_HEAD = """## Told times

Which time a sentence tells for each place that it names, on sentences of our own
([tests/gold/README.md](../tests/gold/README.md)): rules were written on the development half; of the test half only totals were
looked at. Written by `python benchmarks/told.py --write`.

*Exact days*: the share of names whose first and last day are both the annotated ones, or who have none in either. *Told at all*:
whether a time is told for the name, with days or without ("Friday" in an article that nobody can date).

"""


def section(tallies: dict[str, Tally], cost: dict[str, float] | None, old: str) -> str:
    """Return the section of the document; without a new cost, the old one's stays."""
    body = _HEAD + result_table(tallies)
    body += "\n" + group_table(tallies, "annotated to", PRECISIONS)
    body += "\n" + group_table(tallies, "days", DIRECTIONS)
    kept = re.search(r"^On the [\d,]+ articles .*$", old, re.MULTILINE)
    if cost is not None:
        body += (
            f"\nOn the {cost['articles']:,} articles of LGL and TR-News, where {cost['told']:,} mentions have a told time, making "
            f"their records takes {cost['share']:.0%} longer with told times than without (in turns, by the CPU's time).\n"
        )
    elif kept:
        body += f"\n{kept[0]}\n"
    return body


def main() -> None:
    """Score, print, and write where asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", action="store_true", help="list those of the development half")
    parser.add_argument("--phrases", type=Path, metavar="FOLDER")
    parser.add_argument("--cost", nargs="+", type=Path, metavar="CORPUS")
    parser.add_argument("--write", action="store_true", help=f"write {DOCUMENT.name}'s section")
    options = parser.parse_args()
    tallies = {name: score(read_set(name)) for name in SETS}
    if options.misses:
        print("\n".join(tallies["dev"].misses))
    if options.phrases:
        phrases = score_phrases(options.phrases)
        print(*(phrases.misses if options.misses else ()), phrase_table(phrases), sep="\n")
    cost = measure_cost(options.cost) if options.cost else None
    old = find_sections(DOCUMENT.read_text("utf-8")).get("told", "")
    body = section(tallies, cost, old)
    print(body)
    if cost:
        print(f"{cost['plain_ms']:.3f} ms an article without, {cost['told_ms']:.3f} ms more with")
    if options.write:
        write_section("told", body)


if __name__ == "__main__":
    main()

"""Score stories on the labelled pairs, measure time and memory, and write the section of docs/ACCURACY.md about them.

usage: python benchmarks/stories.py [--misses] [--cost CORPUS…] [--scale [NUMBER…]] [--write]

A pair is told right where its two articles come out with one story exactly if they are labelled as copies. Pairs are
looked at alone, and all articles of a half at once, as they would come in use.

--misses lists the pairs of the development half that are told wrong, never those of the other. --cost looks for stories
among the articles of annotated corpora, and parses them, in turns. --scale does so with that many generated articles
(100,000 and 200,000 unless given), and with 50,000 of each kind that is made to be hard, each in a process of its
own. --write writes the section, with what was measured.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import random
import re
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from sections import DOCUMENT, write_section

from geomap import Article, Geoparser, StoryReport, find_stories, mention_record
from geomap.corpora import read_corpus
from tests.gold.stories import HALVES, load_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.gold.stories import StoryPair

SIZES = (100_000, 200_000)
HARD_SIZE = 50_000
ROUNDS = 3
WAYS = ("each pair alone", "all at once")
#: words of a generated article
WORDS = 330
#: generated articles of a usual stream: 5 of 6 are new, the others copies of one of so many before them
RECENT = 500


# scores


@dataclass(slots=True)
class Scores:
    """How many pairs of each kind were told right, and how many copies were told, rightly and in all."""

    pairs: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    copies: int = 0
    told: int = 0
    hits: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, pair: StoryPair, *, told: bool) -> None:
        """Count one pair."""
        self.pairs[pair.how] += 1
        self.right[pair.how] += told == pair.same
        self.copies += pair.same
        self.told += told
        self.hits += told and pair.same
        if told != pair.same:
            self.misses.append(f"{pair.id} {pair.how}: {'told' if told else 'not told'} a copy")

    @property
    def precision(self) -> float:
        """The share of told copies that are some."""
        return self.hits / max(1, self.told)

    @property
    def recall(self) -> float:
        """The share of copies that are told."""
        return self.hits / max(1, self.copies)


def score_alone(pairs: Sequence[StoryPair]) -> Scores:
    """Look at each pair alone."""
    scores = Scores()
    for pair in pairs:
        one, other = find_stories([pair.a, pair.b])
        scores.add(pair, told=one.story == other.story)
    return scores


def score_together(pairs: Sequence[StoryPair]) -> Scores:
    """Look at all articles of the pairs at once."""
    articles = {article.id: article for pair in pairs for article in (pair.a, pair.b)}
    stories = {article.id: article.story for article in find_stories(articles.values())}
    scores = Scores()
    for pair in pairs:
        scores.add(pair, told=stories[pair.a.id] == stories[pair.b.id])
    return scores


# cost


def read_articles(corpora: Sequence[Path]) -> list[Article]:
    """Return the articles of annotated corpora, without what was annotated."""
    return [
        Article(id=f"{corpus.stem}-{number}", text=item.text)
        for corpus in corpora
        for number, item in enumerate(read_corpus(corpus))
    ]


def measure_cost(articles: Sequence[Article]) -> str:
    """Return a sentence on what finding stories costs beside finding places, in turns."""
    geoparser = Geoparser()
    seconds: dict[str, list[float]] = {"stories": [], "places": []}
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        for _article in find_stories(articles):
            pass
        seconds["stories"].append(time.process_time() - start)
        start = time.process_time()
        for article in articles:
            for resolution in geoparser.parse(article):
                mention_record(article, resolution)
        seconds["places"].append(time.process_time() - start)
    # the first round fills caches
    each = {name: min(times[1:]) / len(articles) * 1e3 for name, times in seconds.items()}
    share = median(
        ours / theirs
        for ours, theirs in list(zip(seconds["stories"], seconds["places"], strict=True))[1:]
    )
    words = sum(len(article.text.split()) for article in articles) / len(articles)
    return (
        f"Among {len(articles):,} articles of corpora ({words:.0f} words each in the mean) finding stories takes "
        f"{each['stories']:.2f} ms of CPU an article, beside {each['places']:.2f} ms for its places: {share:.0%} more."
    )


FUNCTION_WORDS = (
    "the of and to in a that for on with was is by said at from as he it his were an had be they which who are not have "
    "their has its would but after one more than when two will been there about into she year over also"
).split()


class Writer:
    """Writes articles of invented words, as common as those of a language are; some are copies."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311 - no secret
        syllables = [
            c + v for c in "b c d f g h k l m n p r s t v z sh tr".split() for v in "aeiou"
        ]
        self.words = FUNCTION_WORDS + [
            "".join(self.random.choices(syllables, k=self.random.choice((2, 3, 3, 4))))
            for _ in range(30_000)
        ]
        self.weights = list(
            itertools.accumulate(1 / (rank + 2.7) for rank in range(len(self.words)))
        )

    def text(self, number: int = WORDS) -> str:
        """Return so many words, in sentences and paragraphs, some of them with capitals."""
        words = self.random.choices(self.words, cum_weights=self.weights, k=number)
        words = [word.capitalize() if place % 7 == 0 else word for place, word in enumerate(words)]
        lines = [" ".join(words[at : at + 18]) + "." for at in range(0, number, 18)]
        return "\n\n".join(" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3))

    def copy(self, text: str) -> str:
        """Return a text with a line more, cut, or with every twelfth word changed."""
        how = self.random.randrange(3)
        if how == 0:
            return f"{text}\n\nMore from Paper {self.random.randrange(30)}"
        if how == 1:
            return text[: int(len(text) * self.random.uniform(0.2, 0.9))]
        words = text.split(" ")
        for _ in range(len(words) // 12):
            words[self.random.randrange(len(words))] = self.random.choice(self.words)
        return " ".join(words)

    def usual(self, number: int) -> Iterator[str]:
        """Yield texts one of six of which is a copy."""
        recent: list[str] = []
        for _ in range(number):
            if recent and self.random.random() < 1 / 6:
                yield self.copy(self.random.choice(recent))
            else:
                recent = [*recent[1 - RECENT :], self.text()]
                yield recent[-1]

    def alike(self, number: int) -> Iterator[str]:
        """Yield one text, each time with other words in a few places."""
        words = self.text().split(" ")
        for _ in range(number):
            for _ in range(10):
                words[self.random.randrange(len(words))] = self.random.choice(self.words)
                changed = list(words)
            yield " ".join(changed)

    def nearly_identical(self, number: int) -> Iterator[str]:
        """Yield one text with a number in it."""
        text = self.text()
        return (f"{text}\n\nPage {page}" for page in range(number))

    def furnished(self, number: int) -> Iterator[str]:
        """Yield short texts with a hundred words that are the same on all pages."""
        page = self.text(100)
        return (f"{self.text(self.random.randrange(60, 200))}\n\n{page}" for _ in range(number))

    def uneven(self, number: int) -> Iterator[str]:
        """Yield empty texts, short ones, and some of the length of a book."""
        book = " ".join(self.text() for _ in range(300))
        for place in range(number):
            if place % 500 == 0:
                yield f"{place} {book}"
            else:
                yield self.text(self.random.randrange(0, 40)) if place % 3 else ""


HARD = {
    "alike": "one text that changes by ten words from each to the next",
    "nearly_identical": "one text with another number in each",
    "furnished": "60 to 200 words of their own below a frame of 100",
    "uneven": "empty, of a few words, and some of 100,000 words",
}


class Scale(NamedTuple):
    """What a run with generated articles took."""

    kind: str
    articles: int
    stories: int
    milliseconds: float
    bytes: float


def peak_memory() -> int:
    """Return the most bytes that this process held."""
    status = Path("/proc/self/status")
    if status.exists():
        [peak] = re.findall(r"^VmHWM:\s*(\d+) kB", status.read_text(), re.MULTILINE)
        return int(peak) * 1024
    import resource  # noqa: PLC0415 - Windows has none

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def measure_scale(kind: str, number: int) -> Scale:
    """Find stories among generated articles; the time of generating them does not count."""
    texts = getattr(Writer(), kind)
    for _article in find_stories(make_articles(texts(100))):
        pass
    before, generating = peak_memory(), 0.0

    def watched() -> Iterator[Article]:
        nonlocal generating
        articles = make_articles(texts(number))
        while True:
            start = time.process_time()
            article = next(articles, None)
            generating += time.process_time() - start
            if article is None:
                return
            yield article

    report, start = StoryReport(), time.process_time()
    for _article in find_stories(watched(), report=report):
        pass
    spent = time.process_time() - start - generating
    return Scale(
        kind, number, report.stories, spent / number * 1e3, (peak_memory() - before) / number
    )


def make_articles(texts: Iterator[str]) -> Iterator[Article]:
    """Return articles with these texts."""
    return (Article(id=str(number), text=text) for number, text in enumerate(texts))


def in_new_process(kind: str, number: int) -> Scale:
    """Measure in a process whose memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure_scale, kind, number).result()


# words


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def score_tables(scores: dict[str, tuple[Scores, Scores]]) -> str:
    """Return precision and recall of each half, and how many pairs of each kind were told right."""
    totals = [
        [half, way, str(sum(score.pairs.values())), f"{score.precision:.3f}", f"{score.recall:.3f}"]
        for half, both in scores.items()
        for way, score in zip(WAYS, both, strict=True)
    ]
    kinds = [
        [how, *(f"{both[1].right[how]} of {both[1].pairs[how]}" for both in scores.values())]
        for how in sorted({how for both in scores.values() for how in both[1].pairs})
    ]
    return "\n".join(
        [
            table(["half", "looked at", "pairs", "precision", "recall"], totals),
            "Pairs told right, all at once:\n",
            table(["how the pair was made", *scores], kinds),
        ]
    )


def scale_table(scales: Sequence[Scale]) -> str:
    """Return what generated articles took."""
    rows = [
        [
            HARD.get(scale.kind, f"{WORDS} words, one of six a copy"),
            f"{scale.articles:,}",
            f"{scale.stories:,}",
            f"{scale.milliseconds:.2f}",
            f"{scale.bytes:,.0f}",
        ]
        for scale in scales
    ]
    head = ["generated articles", "number", "stories", "ms of CPU each", "bytes of memory each"]
    return table(head, rows)


_HEAD = """Written by `python benchmarks/stories.py --write` (with `--cost` and `--scale` for the last part); do not edit it.

Pairs of articles that we wrote and labelled ([tests/gold/README.md](../tests/gold/README.md)): rules and thresholds were chosen on
the first half; the second one scores them. Positive is a pair of copies.
"""
_MEMORY = """Memory is the most that the process held beyond what it held before; some 15 MB of it are texts that are being compared, whatever
the number of articles. The articles lie in a temporary file meanwhile. Times are those of a small shared machine: compare them with
what finding places takes there.
"""


def section(
    scores: dict[str, tuple[Scores, Scores]], cost: str | None, scales: Sequence[Scale]
) -> str:
    """Return the section of the document."""
    parts = ["## Stories\n", _HEAD, score_tables(scores)]
    if cost:
        parts.append(cost + "\n")
    if scales:
        parts += [scale_table(scales), _MEMORY]
    return "\n".join(parts)


def main() -> None:
    """Measure, print, and write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--cost", nargs="+", type=Path, default=())
    parser.add_argument("--scale", nargs="*", type=int)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--document", type=Path, default=DOCUMENT)
    options = parser.parse_args()
    scores = {}
    for half in HALVES:
        pairs = load_pairs(half)
        scores[half] = score_alone(pairs), score_together(pairs)
    print(score_tables(scores))
    if options.misses:
        for way, score in zip(WAYS, scores["dev"], strict=True):
            print("\n".join(f"{way}: {miss}" for miss in score.misses) or f"{way}: no misses")
    cost = measure_cost(read_articles(options.cost)) if options.cost else None
    print(cost or "")
    scales = []
    if options.scale is not None:
        sizes = options.scale or SIZES
        runs = [("usual", size) for size in sizes] + [
            (kind, min(HARD_SIZE, *sizes)) for kind in HARD
        ]
        for run in runs:
            scales.append(in_new_process(*run))
            print(scales[-1], flush=True)
    if options.write:
        write_section("stories", section(scores, cost, scales), options.document)


if __name__ == "__main__":
    main()

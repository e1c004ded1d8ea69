"""Pairs of articles that a careful editor has called copies of one story, or not: read them.

``stories-articles.jsonl`` holds base articles, ``stories-dev.jsonl`` and ``stories-test.jsonl``
pairs. Each side of a pair is the id of an article, or an article of its own: one with a ``text``,
or one that is derived from another by an edit script. README.md in this folder has the guidelines
and the form of the scripts. An edit that does not apply is an error that names its article.
``python tests/gold/stories.py`` prints the table of README.md.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import textwrap
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any, Final

from geomap.model import UNKNOWN_DATE, Article, DateSpan
from geomap.text import fold_token

__all__ = ["HALVES", "StoryPair", "load_pairs", "measure_overlap", "read_pairs", "tabulate"]

HALVES: Final = ("dev", "test")
_FOLDER: Final = Path(__file__).parent
_BREAK: Final = "\n\n"
_META: Final = frozenset({"id", "title", "published", "source", "lang"})
_OWN: Final = _META | {"text", "borrow"}
_DERIVED: Final = _META | {"of", "keep", "replace", "insert", "join", "wrap"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPair:
    """Two articles, whether they are copies (``same``), and how the pair was made (``how``).

    ``bases`` are the ids of all base articles that the two texts come from.
    """

    id: str
    how: str
    same: bool
    a: Article
    b: Article
    bases: frozenset[str]


class _Shelf:
    """Articles by id, each with the base articles that its text comes from."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.bases: dict[str, frozenset[str]] = {}

    def add(self, fields: dict[str, Any]) -> str:
        """Make an article out of its fields and return its id."""
        name: str = fields["id"]
        if name in self.articles:
            raise ValueError(f"article {name!r}: the id is taken")
        unknown = fields.keys() - (_DERIVED if "of" in fields else _OWN)
        if unknown:
            raise ValueError(f"article {name!r}: no such fields: {sorted(unknown)}")
        article, bases = self._derive(fields) if "of" in fields else self._write(fields)
        if not article.text.strip():
            raise ValueError(f"article {name!r}: its text is empty")
        self.articles[name], self.bases[name] = article, bases
        return name

    def find(self, name: str, asked_by: str) -> Article:
        if name not in self.articles:
            raise ValueError(f"{asked_by}: no article {name!r} before it")
        return self.articles[name]

    def _write(self, fields: dict[str, Any]) -> tuple[Article, frozenset[str]]:
        """Make an article that has a text, with paragraphs borrowed from others."""
        where = f"article {fields['id']!r}"
        bases = {fields["id"]}
        borrowed: list[list[Any]] = []
        for after, name, number in fields.get("borrow", ()):
            paragraphs = self.find(name, where).text.split(_BREAK)
            borrowed.append([after, _pick(paragraphs, number, where)])
            bases |= self.bases[name]
        text = _BREAK.join(_insert(fields["text"].split(_BREAK), borrowed, where))
        article = Article(
            id=fields["id"],
            text=text,
            title=fields["title"],
            published=_read_day(fields["published"]),
            source=fields["source"],
            lang=fields.get("lang", "en"),
        )
        return article, frozenset(bases)

    def _derive(self, fields: dict[str, Any]) -> tuple[Article, frozenset[str]]:
        """Make an article out of another: keep, replace, insert, join, wrap, in this order."""
        where = f"article {fields['id']!r}"
        of = self.find(fields["of"], where)
        paragraphs = of.text.split(_BREAK)
        paragraphs = [
            _pick(paragraphs, number, where)
            for number in fields.get("keep", range(len(paragraphs)))
        ]
        text = _replace(_BREAK.join(paragraphs), fields.get("replace", ()), where)
        paragraphs = _insert(text.split(_BREAK), fields.get("insert", ()), where)
        if "wrap" in fields:
            paragraphs = [textwrap.fill(paragraph, fields["wrap"]) for paragraph in paragraphs]
        article = Article(
            id=fields["id"],
            text=fields.get("join", _BREAK).join(paragraphs),
            title=fields.get("title", of.title),
            published=_read_day(fields["published"]) if "published" in fields else of.published,
            source=fields.get("source", of.source),
            lang=fields.get("lang", of.lang),
        )
        if (article.text, article.title) == (of.text, of.title):
            raise ValueError(f"{where}: it does not differ from {of.id!r}")
        return article, self.bases[of.id]


def _read_day(day: str | None) -> DateSpan:
    if day is None:
        return UNKNOWN_DATE
    date = dt.date.fromisoformat(day)
    return DateSpan(start=date, end=date, precision="day", source="field")


def _pick(paragraphs: list[str], number: int, where: str) -> str:
    if not 0 <= number < len(paragraphs):
        raise ValueError(f"{where}: no paragraph {number} among {len(paragraphs)}")
    return paragraphs[number]


def _replace(text: str, edits: Any, where: str) -> str:
    """Apply replacements one after the other, each wherever its old text stands."""
    for old, new in edits:
        if not old or old not in text:
            raise ValueError(f"{where}: nothing to replace, the text has no {old!r}")
        if old == new:
            raise ValueError(f"{where}: {old!r} is replaced by itself")
        text = text.replace(old, new)
    return text


def _insert(paragraphs: list[str], edits: Any, where: str) -> list[str]:
    """Put paragraphs in, each after so many of the given ones."""
    inserted: list[list[str]] = [[] for _ in range(len(paragraphs) + 1)]
    for after, text in edits:
        if not 0 <= after <= len(paragraphs):
            raise ValueError(f"{where}: cannot insert after {after} of {len(paragraphs)}")
        inserted[after].append(text)
    made = list(inserted[0])
    for paragraph, following in zip(paragraphs, inserted[1:], strict=True):
        made += [paragraph, *following]
    return made


def _read_lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_pairs(articles: list[dict[str, Any]], pairs: list[dict[str, Any]]) -> list[StoryPair]:
    """Return the pairs with their articles made.

    Args:
        articles: base articles, as in ``stories-articles.jsonl``.
        pairs: as in ``stories-dev.jsonl``.

    Raises:
        ValueError: an id is taken or missing, or an edit does not apply.
    """
    shelf = _Shelf()
    for fields in articles:
        shelf.add(fields)
    made: list[StoryPair] = []
    for fields in pairs:
        where = f"pair {fields['id']!r}"
        if any(pair.id == fields["id"] for pair in made):
            raise ValueError(f"{where}: the id is taken")
        names = [
            side if isinstance(side, str) else shelf.add(side)
            for side in (fields["a"], fields["b"])
        ]
        a, b = (shelf.find(name, where) for name in names)
        bases = shelf.bases[a.id] | shelf.bases[b.id]
        made.append(
            StoryPair(id=fields["id"], how=fields["how"], same=fields["same"], a=a, b=b, bases=bases)
        )  # fmt: skip
    return made


def load_pairs(half: str) -> list[StoryPair]:
    """Return the pairs of one half, ``dev`` or ``test``."""
    articles = _read_lines(_FOLDER / "stories-articles.jsonl")
    return read_pairs(articles, _read_lines(_FOLDER / f"stories-{half}.jsonl"))


def _grams(text: str) -> set[tuple[str, ...]]:
    """Return the runs of three words, folded."""
    words = [fold_token(word) for word in re.findall(r"\w+", text)]
    return set(zip(words, words[1:], words[2:], strict=False))


def measure_overlap(a: Article, b: Article) -> tuple[float, float]:
    """Return the Jaccard index and the containment of two texts' word 3-grams, furniture and all."""
    first, second = _grams(a.text), _grams(b.text)
    shared = len(first & second)
    return shared / len(first | second), shared / min(len(first), len(second))


def tabulate() -> str:
    """Return a Markdown table: the pairs of each ``how``, and how much their texts share."""
    lines = [
        "| how | copy | dev | test | Jaccard: least, median, most | containment: least, median, most |",
        "|---|---|---|---|---|---|",
    ]
    halves = {half: load_pairs(half) for half in HALVES}
    every = [pair for half in HALVES for pair in halves[half]]
    every.sort(key=lambda pair: (not pair.same, pair.how))
    for (copy, how), group in groupby(every, key=lambda pair: (pair.same, pair.how)):
        pairs = list(group)
        counts = [sum(pair.how == how for pair in halves[half]) for half in HALVES]
        spreads = [
            ", ".join(f"{value:.2f}" for value in (min(column), median(column), max(column)))
            for column in zip(*(measure_overlap(pair.a, pair.b) for pair in pairs), strict=True)
        ]
        cells = [how, "yes" if copy else "no", *map(str, counts), *spreads]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(tabulate())  # noqa: T201 - a command's output

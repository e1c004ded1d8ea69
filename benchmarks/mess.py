"""Score how well names are found in texts as scans, telex and pages leave them, beside the same texts as they were.

usage: python benchmarks/mess.py CORPUS… [--every 1] [--kinds KIND…]
usage: python benchmarks/mess.py tests/gold/reports ../shared/conflict

Each kind of mess is a list of edits of a text, so that the annotated bounds move with the letters. --every takes every so
many articles only; --kinds some kinds only.
"""

from __future__ import annotations

import argparse
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from geomap import Geoparser
from geomap.corpora import read_corpus
from geomap.evaluate import evaluate_raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geomap.corpora import AnnotatedArticle, GoldToponym
    from geomap.evaluate import Scores

#: lines of telex and of narrow columns
WIDTH = 48
#: letters of a word that a line's end parts: so many at least stay on each side
SHORTEST_PART = 3
#: points of F1 that a kind of mess may cost
ALLOWED = 0.03


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands at ``start`` to ``end`` of a text, and what stands there afterwards."""

    start: int
    end: int
    new: str


def apply_edits(
    article: AnnotatedArticle, edits: Sequence[Edit], *, inside: bool = True
) -> AnnotatedArticle:
    """Return an article whose text is edited, and whose annotated bounds have moved with it.

    Args:
        article: The article.
        edits: Its edits, in order; none overlaps another.
        inside: Whether what is put in at the end of a name belongs to it.
    """
    text, parts, position = article.text, [], 0
    for edit in edits:
        parts += [text[position : edit.start], edit.new]
        position = edit.end
    parts.append(text[position:])
    shifts = [0, *accumulate(len(edit.new) - (edit.end - edit.start) for edit in edits)]
    ends = [edit.end for edit in edits]

    def of_start(offset: int) -> int:
        return offset + shifts[bisect_right(ends, offset)]

    def of_end(offset: int) -> int:
        return offset + shifts[bisect_right(ends, offset - (not inside))]

    def moved(item: GoldToponym) -> GoldToponym:
        bare = item.bare_end
        return replace(
            item,
            start=of_start(item.start),
            end=of_end(item.end),
            bare_end=None if bare is None else of_end(bare),
        )

    return replace(
        article,
        text="".join(parts),
        toponyms=tuple(map(moved, article.toponyms)),
        embedded=tuple((of_start(low), of_end(high)) for low, high in article.embedded),
    )


def recased(change: Callable[[str], str]) -> Callable[[AnnotatedArticle], AnnotatedArticle]:
    """Return what changes the case of a text's letters, those of them that stay one letter."""

    def recase(article: AnnotatedArticle) -> AnnotatedArticle:
        changed = change(article.text)
        if len(changed) != len(article.text):
            changed = "".join(new if len(new := change(c)) == 1 else c for c in article.text)
        return replace(article, text=changed)

    return recase


def _title(text: str) -> str:
    """Return a text with a capital at each word ("Sana'a's" has one)."""
    return re.sub(r"(?<![\w'’])[a-z]", lambda match: match[0].upper(), text)


def substituted(
    pattern: str, new: str, *, names_only: bool = False
) -> Callable[[AnnotatedArticle], AnnotatedArticle]:
    """Return what puts ``new`` in place of each match of a pattern, everywhere or in names alone."""
    compiled = re.compile(pattern)

    def substitute(article: AnnotatedArticle) -> AnnotatedArticle:
        bounds: Iterable[tuple[int, int]] = [(0, len(article.text))]
        if names_only:
            bounds = sorted({(item.start, item.end) for item in article.toponyms})
        edits = [
            Edit(match.start(), match.end(), new)
            for low, high in bounds
            for match in compiled.finditer(article.text, low, high)
        ]
        return apply_edits(article, edits)

    return substitute


def footnoted(article: AnnotatedArticle) -> AnnotatedArticle:
    """Put the number of a note behind each name and each sentence."""
    stops = {match.end() for match in re.finditer(r"(?<=[a-z]{2})\.(?=\s|$)", article.text)}
    places = sorted({item.end for item in article.toponyms} | stops)
    edits = [Edit(place, place, f"[{number % 30 + 1}]") for number, place in enumerate(places)]
    return apply_edits(article, edits, inside=False)


def _line_ends(text: str, *, hyphens: bool) -> list[Edit]:
    """Return the edits that break a text into lines of ``WIDTH``, within words where hyphens may be put."""
    edits: list[Edit] = []
    column = 0
    for match in re.finditer(r"(\S+)(\s*)", text):
        word, gap = match[1], match[2]
        room = WIDTH - column - 1
        if column and len(word) > WIDTH - column:
            before = match.start() - 1
            if (
                hyphens
                and word.isalpha()
                and room >= SHORTEST_PART
                and len(word) - room >= SHORTEST_PART
            ):
                place = match.start() + room
                edits.append(Edit(place, place, "-\n"))
                column = len(word) - room
            else:
                if text[before] == " ":
                    edits.append(Edit(before, before + 1, "\n"))
                column = len(word)
        else:
            column += len(word)
        column = 0 if "\n" in gap else column + len(gap)
    return edits


def wrapped(*, hyphens: bool) -> Callable[[AnnotatedArticle], AnnotatedArticle]:
    """Return what breaks a text into short lines."""
    return lambda article: apply_edits(article, _line_ends(article.text, hyphens=hyphens))


KINDS: dict[str, Callable[[AnnotatedArticle], AnnotatedArticle]] = {
    "as it was": lambda article: article,
    "ALL CAPITALS": recased(str.upper),
    "all lower case": recased(str.lower),
    "Title Case": recased(_title),
    "short lines": wrapped(hyphens=False),
    "lines broken within names": substituted(" ", "\n", names_only=True),
    "hyphens at line ends": wrapped(hyphens=True),
    "non-breaking spaces": substituted(" ", "\u00a0"),
    "double spaces": substituted(" ", "  "),
    "typographic apostrophes": substituted("['`]", "’"),
    "straight apostrophes": substituted("[’ʼ‘]", "'"),
    "footnote marks": footnoted,
    "telex": lambda article: wrapped(hyphens=True)(recased(str.upper)(article)),
}


def score_kinds(
    geoparser: Geoparser, articles: Sequence[AnnotatedArticle], kinds: Iterable[str]
) -> dict[str, Scores]:
    """Return the scores of each kind of mess."""
    return {kind: evaluate_raw(geoparser, map(KINDS[kind], articles)) for kind in kinds}


def describe(scores: dict[str, Scores]) -> str:
    """Return a table of the kinds: F1, what it loses against the plain text, and the share of places that are right."""
    plain = next(iter(scores.values()))
    lines = ["| | F1 | overlap F1 | points lost | acc@161 |", "|---|---|---|---|---|"]
    for kind, found in scores.items():
        lost = plain.f1 - found.f1
        mark = " **" if lost > ALLOWED else ""
        lines.append(
            f"| {kind} | {found.f1:.3f} | {found.overlap_f1:.3f} | {100 * lost:.1f}{mark} | {found.acc161:.3f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--kinds", nargs="+", choices=list(KINDS), default=list(KINDS))
    options = parser.parse_args()
    geoparser = Geoparser(relations=False, told=False)
    kinds = list(dict.fromkeys(["as it was", *options.kinds]))
    for corpus in options.corpora:
        articles = read_corpus(corpus)[:: options.every]
        print(f"\n{corpus.name}: {len(articles)} articles\n")
        print(describe(score_kinds(geoparser, articles, kinds)))


if __name__ == "__main__":
    main()

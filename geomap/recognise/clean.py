"""Read texts as their writers meant them: without the marks of notes, of scans and of lines.

Odd and double spaces, words that a line's end parts, short lines and numbers of notes are edited out of a copy, and what is found
there is put back to where it stands in the text as it was given. A text that has none of these passes through one search.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.recognise.lexicon import is_english
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.model import Article, Resolution
    from geomap.recognise.names import Names

__all__ = ["Cleaned", "clean_text", "unchanged"]


class _Edit(NamedTuple):
    """What stands at ``start`` to ``end`` of a text, and what is read there."""

    start: int
    end: int
    new: str


#: spaces that are no plain ones
_ODD: Final = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_SPACES: Final = rf"[ {_ODD}]"
_ODD_SPACE: Final = re.compile(rf"(?<=\S){_SPACES}{_SPACES}(?=[^\s{_ODD}])|[{_ODD}]")
#: the number of a note behind a word or a mark: [1], [a], [12], [citation needed]; ¹; an asterisk
_NOTE: Final = re.compile(
    r"(?<=[\w.,;:!?\"'”’)%])(?:\s?\[(?:\d{1,3}|[a-z]|note \d{1,2}|citation needed)\]){1,9}(?=[\s.,;:!?\"'”’()–—-]|[A-Z]|\Z)"
    r"|(?<=[^\W\d_][.,;:)\"”’])[¹²³⁴-⁹⁰]{1,3}|(?<=[^\W\d_]{3})[¹²³⁴-⁹⁰]{1,3}(?=[\s.,;:)]|\Z)|(?<=[^\W\d_])[*†‡]{1,3}(?=[\s.,;:)]|\Z)"
)
#: a word that a line's end parts
_PARTED: Final = re.compile(
    r"(?<![\w-])(?P<head>(?:[^\W\d_]{1,40}['’-]){0,4})(?P<left>[^\W\d_]{1,40})(?P<cut>[-\u2010\u00ad¬][ \t]?\r?\n[ \t]{0,8})(?P<right>[^\W\d_]{1,40})"
)
_SOFT: Final = "\u00ad¬"
#: letters of Cyrillic that look like Latin ones, in words that are Latin otherwise: "Kоstiantynivka"
_MIXED: Final = re.compile("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LOOKALIKES: Final = dict(
    zip("АВЕКМНОРСТУХІЈЅасеіјорхуѕ", "ABEKMHOPCTYXIJSaceijopxys", strict=True)
)
#: without one of these a text has no odd space, no mark of a note, no parted word: each is looked for only where it can be
_ODD_SPACES: Final = re.compile(rf"[{_ODD}]")
_NOTES: Final = re.compile("[†‡¹²³⁴-⁹⁰]")
_HAS_CUT: Final = re.compile(r"[-\u2010\u00ad¬][ \t]?\r?\n")
_LINE: Final = re.compile(r"[^\n]*\n?")
#: some short lines one below the other
_SHORT_LINES: Final = re.compile(r"(?:\A|\n)(?:[^\n]{20,120}\n){3}[^\n]")
#: lines that were broken at a width: so many together at least, no longer than this, and not much shorter than the longest
_FEWEST_LINES: Final = 4
_WIDEST: Final = 100
_NARROWEST: Final = 0.6
#: short articles and links that stay with a name by their hyphen: "Deir ez-Zor", "Port-au-Prince"
_LINKS: Final = frozenset(
    "al el ad an ar as ash at az er es ez an en la le au aux sur de du des of the".split()
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text as it is read, and where each of its characters stands in the text as it was given."""

    text: str
    #: where stretches of the cleaned text begin that are shifted alike, and by how much
    begins: tuple[int, ...]
    shifts: tuple[int, ...]

    def place(self, offset: int) -> int:
        """Return where a character of the cleaned text stands in the given one."""
        return offset + self.shifts[bisect_right(self.begins, offset) - 1]

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds in the given text of what stands between two bounds of the cleaned one."""
        return self.place(start), self.place(end - 1) + 1

    def restore(self, item: Resolution, article: Article) -> Resolution:
        """Return a mention of the cleaned text as one of the article as it was given."""
        mention, relation, told = item.mention, item.relation, item.told
        start, end = self.bounds(mention.start, mention.end)
        mention = replace(mention, start=start, end=end, surface=article.text[start:end])
        if relation is not None and relation.end:
            start, end = self.bounds(relation.start, relation.end)
            relation = replace(relation, start=start, end=end, text=article.text[start:end])
        if told is not None:
            start, end = self.bounds(told.start, told.end)
            told = replace(told, start=start, end=end, text=article.text[start:end])
        return replace(item, mention=mention, relation=relation, told=told)


def unchanged(text: str) -> Cleaned:
    """Return a text whose characters stand where those of the given one do."""
    return Cleaned(text, (0,), (0,))


def clean_text(text: str, names: Names) -> Cleaned | None:
    """Return a text as it is read; None where it is read as it stands."""
    edits: list[_Edit] = []
    is_plain = text.isascii()
    if "  " in text or not (is_plain or _ODD_SPACES.search(text) is None):
        edits += _edit_spaces(text)
    if "[" in text or "*" in text or not (is_plain or _NOTES.search(text) is None):
        edits += _edit_notes(text)
    if not is_plain and _MIXED.search(text):
        edits += _edit_lookalikes(text)
    if _HAS_CUT.search(text):
        edits += _join_words(text, names)
    if _SHORT_LINES.search(text):
        edits += _join_lines(text)
    if not edits:
        return None
    return _apply(text, sorted(edits))


def _edit_lookalikes(text: str) -> Iterator[_Edit]:
    """Yield letters of another script in words that are Latin but for these."""
    for word in _WORD.finditer(text):
        odd = [at for at in range(word.start(), word.end()) if not text[at].isascii()]
        others = [at for at in odd if text[at] in _LOOKALIKES]
        if others and others == odd and 2 * len(odd) < word.end() - word.start():
            yield from (_Edit(at, at + 1, _LOOKALIKES[text[at]]) for at in others)


def _apply(text: str, edits: Sequence[_Edit]) -> Cleaned:
    parts: list[str] = []
    begins, shifts = [0], [0]
    position = length = 0
    for start, end, new in edits:
        if start < position:
            continue  # two rules for one place: the first one holds
        parts += [text[position:start], new]
        length += start - position + len(new)
        if len(new) != end - start:
            begins.append(length)
            shifts.append(end - length)
        position = end
    parts.append(text[position:])
    return Cleaned("".join(parts), tuple(begins), tuple(shifts))


def _edit_spaces(text: str) -> Iterator[_Edit]:
    """Read odd spaces as plain ones, and two between words as one; more of them part columns."""
    for match in _ODD_SPACE.finditer(text):
        yield _Edit(match.start(), match.end(), " ")


def _edit_notes(text: str) -> Iterator[_Edit]:
    """Read over the marks of notes; a sentence that goes on right behind one gets its space."""
    for match in _NOTE.finditer(text):
        behind = text[match.end() : match.end() + 1]
        yield _Edit(match.start(), match.end(), " " if behind.isalpha() else "")


def _join_words(text: str, names: Names) -> Iterator[_Edit]:
    """Read words that a line's end parts as one, or as two with a hyphen where they have one."""
    for match in _PARTED.finditer(text):
        left, right = match["left"], match["right"]
        goes_on = text[match.end() : match.end() + 1] == "-" and right.lower() in _LINKS
        keeps = match["cut"][0] not in _SOFT and (
            goes_on or _keeps_hyphen(match["head"], left, right, names)
        )
        yield _Edit(match.start("cut"), match.end("cut"), "-" if keeps else "")


def _keeps_hyphen(head: str, left: str, right: str, names: Names) -> bool:
    """Return whether two parts of a word were written with a hyphen before a line's end parted them."""
    lower, rest = left.lower(), right.lower()
    if lower in _LINKS or (right[0].isupper() and not left.isupper()):
        return True
    joined = fold_name(f"{head}{left}{right}") + " "
    hyphened = fold_name(f"{head}{left} {right}") + " "
    if names.name(joined) is not None or is_english(lower + rest):
        return False
    if names.name(hyphened) is not None:
        return True
    return len(left) > 2 and len(right) > 2 and is_english(lower) and is_english(rest)


def _join_lines(text: str) -> Iterator[_Edit]:
    """Read lines that were broken at a width as one."""
    block: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        if text[start:end].strip():
            block.append((start, end))
            continue
        yield from _join_block(text, block)
        block = []
    yield from _join_block(text, block)


def _join_block(text: str, block: Sequence[tuple[int, int]]) -> Iterator[_Edit]:
    """Join the lines of a paragraph, if a width broke them."""
    if len(block) < _FEWEST_LINES:
        return
    lines = [text[start:end].strip() for start, end in block]
    widest = max(map(len, lines))
    if widest > _WIDEST or min(map(len, lines[:-1])) < _NARROWEST * widest:
        return
    running = sum(line[0].islower() for line in lines[1:])
    if 2 * running < len(lines) - 1 and not all(line.isupper() for line in lines):
        return
    for (first, last), (start, end) in pairwise(block):
        stop = first + len(text[first:last].rstrip())
        begin = end - len(text[start:end].lstrip())
        if text[stop - 1] not in "-\u2010\u00ad¬":
            yield _Edit(stop, begin, " ")

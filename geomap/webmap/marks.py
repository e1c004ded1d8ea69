"""Where the name of each mention stands in its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["find_marks"]

#: characters beyond which an occurrence is that of another mention, not this one after folding
_FAR: Final = 20
#: mentions of a sentence, and occurrences of a name, that are looked at: enough for any real one
_VOTERS, _OCCURRENCES = 12, 24


class _Named(NamedTuple):
    """A mention in a sentence: its row, its name, its offset in the article."""

    row: int
    surface: str
    start: int


def find_marks(
    articles: Sequence[str],
    snippets: Sequence[str],
    surfaces: Sequence[str],
    starts: Sequence[int],
) -> list[int]:
    """Return for each mention the index of its name in its sentence; -1 where it is not in it.

    A name can stand twice in a sentence, once inside the name of something else. All mentions of
    a sentence together tell where it begins in the article, and so which occurrence is meant.

    Args:
        articles: ids of the mentions' articles.
        snippets: their sentences.
        surfaces: their names as they are written there.
        starts: code points before them in the article.
    """
    marks = []
    unclear: dict[tuple[str, str], list[_Named]] = {}
    for row, (snippet, surface) in enumerate(zip(snippets, surfaces, strict=True)):
        at = snippet.find(surface) if surface else -1
        marks.append(at)
        if at >= 0 and snippet.find(surface, at + len(surface)) >= 0:
            unclear[articles[row], snippet] = []
    if not unclear:
        return marks
    for row, key in enumerate(zip(articles, snippets, strict=True)):
        if key in unclear:
            unclear[key].append(_Named(row, surfaces[row], starts[row]))
    for (_, snippet), found in unclear.items():
        places = {named.surface: _occurrences(snippet, named.surface) for named in found}
        begin = _find_beginning(found[:_VOTERS], places)
        for row, surface, start in found:
            wanted = start - begin
            marks[row] = min(places[surface], key=lambda at: abs(at - wanted), default=-1)
    return marks


def _find_beginning(found: Sequence[_Named], places: Mapping[str, list[int]]) -> int:
    """Where a sentence begins in its article: the offset that fits most of its mentions best."""
    offsets = {start - at for _, surface, start in found for at in places[surface]}

    def misfit(begin: int) -> int:
        """Distances to the nearest occurrences; far ones count alike, as they are other names."""
        nearest = (
            min((abs(start - begin - at) for at in places[surface]), default=0)
            for _, surface, start in found
        )
        return sum(min(distance, _FAR) for distance in nearest)

    return min(sorted(offsets, reverse=True), key=misfit, default=0)


def _occurrences(snippet: str, surface: str) -> list[int]:
    """Where a name stands as whole words; if nowhere, where it stands at all."""
    if not surface:
        return []
    everywhere: list[int] = []
    at = snippet.find(surface)
    while at >= 0 and len(everywhere) < _OCCURRENCES:
        everywhere.append(at)
        at = snippet.find(surface, at + len(surface))
    whole = [at for at in everywhere if _is_whole(snippet, at, at + len(surface))]
    return whole or everywhere


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum())

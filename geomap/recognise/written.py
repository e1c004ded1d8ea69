"""What a span that somebody gave by its bounds is called: a name as it stands, or what is left of it without its words for what it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from geomap.recognise.lexicon import DIRECTIONS, UNIT_WORDS, is_english
from geomap.recognise.particles import find_inflected_run
from geomap.recognise.spans import Span
from geomap.text import arabic_key, fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.recognise.names import Name, Names
    from geomap.text import Token

__all__ = ["find_written_span"]

_token_start: Final = itemgetter(0)
_token_end: Final = itemgetter(1)


def find_written_span(
    names: Names, text: str, tokens: Sequence[Token], start: int, end: int
) -> Span | None:
    """Return the span that was given by its bounds, None where no place is called so.

    Leading articles, a possessive and words that only say what it is ("the city of") are
    stepped over where the whole is unknown.
    """
    first = bisect_right(tokens, start, key=_token_end)
    last = bisect_left(tokens, end, key=_token_start) - 1
    if first > last:
        return None
    surface = text[start:end]
    for name in _written_names(names, surface):
        if name is not None and not name.is_phrase:
            return Span(start, end, first, last, name, surface)
    run = find_inflected_run(names, text, tokens, first)
    if run is not None and run[1] == last:
        return Span(start, end, first, last, run[0], surface)
    return None


def _written_names(names: Names, surface: str) -> Iterator[Name | None]:
    """Yield what a written span may be called, best first."""
    bare = surface.strip(" \"'“”‘’.,;:()[]")
    for form in (surface, bare):
        yield names.abbreviation(form)
        yield names.name(fold_name(form) + " ")
    for suffix in ("'s", "’s", "'", "’", "s"):
        if bare.endswith(suffix):
            yield names.name(fold_name(bare.removesuffix(suffix)) + " ")
    words = fold_name(bare).split(" ")
    if words[0] == "the":
        words = words[1:]
        yield names.name(" ".join(words) + " ")
    for kind in ("of", "de"):
        if kind in words[1:-1] and words[0] in UNIT_WORDS:
            yield names.name(" ".join(words[words.index(kind) + 1 :]) + " ")
    if len(words) > 1 and words[-1] in UNIT_WORDS:
        yield names.name(" ".join(words[:-1]) + " ")
    if len(words) > 1 and words[0] in UNIT_WORDS:
        yield names.name(" ".join(words[1:]) + " ")
    if len(words) > 1 and words[0] in DIRECTIONS:
        yield names.name(" ".join(words[1:]) + " ")
    if " ".join(words).isascii() and not (bare.islower() and is_english(bare)):  # "the bakery"
        yield names.loose(arabic_key(" ".join(words)))
    if len(words) == 1 and bare:
        yield names.start(bare).name  # another form, or an adjective of another language

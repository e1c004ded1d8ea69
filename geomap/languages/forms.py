"""Look the other forms of a word up: what joins inflection.py to the gazetteer.

Words whose own form is a known name never come here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from geomap.gazetteer.layout import OTHER_MARK
from geomap.languages.inflection import is_cyrillic, may_inflect, name_bounds, stems
from geomap.text import fold_token

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Form", "find_form", "folded_forms"]

NameT = TypeVar("NameT")
Name_co = TypeVar("Name_co", covariant=True)


class _Lookup(Protocol[Name_co]):
    """What is asked of the gazetteer's names."""

    def name(self, key: str) -> Name_co | None: ...

    def opens(self, key: str) -> bool: ...


class Form(NamedTuple, Generic[NameT]):
    """What a word was found under: the name (None: the start of a longer one), and where in the word."""

    name: NameT | None
    start: int
    end: int


def find_form(
    names: _Lookup[NameT], surface: str, own: NameT | None, renown: Callable[[NameT], float]
) -> Form[NameT] | None:
    """Return what a word names in another language or in another form than its own.

    Args:
        names: The gazetteer's names.
        surface: A word, as it stands.
        own: What the word names as it is: nothing, or a little known place.
        renown: How well known a name is; one below 0 must be spelt out.
    """
    is_other_script = not surface[0].isascii()
    if own is None or is_other_script or surface[0].islower():
        adjective = names.name(f"{OTHER_MARK}{fold_token(surface)} ")
        if adjective is not None:
            return Form(adjective, 0, len(surface))
    return _find_stem(names, surface, renown) if may_inflect(surface) else None


def _find_stem(
    names: _Lookup[NameT], surface: str, renown: Callable[[NameT], float]
) -> Form[NameT] | None:
    best: Form[NameT] | None = None
    most = -1.0
    opening: Form[NameT] | None = None
    for stem in stems(surface):
        folded = fold_token(stem)
        name = names.name(f"{OTHER_MARK}{folded} ") or names.name(f"{folded} ")
        bounds = name_bounds(surface, stem)
        if name is not None and renown(name) > most:
            best, most = Form(name, *bounds), renown(name)
        if opening is None and bounds != (0, len(surface)) and names.opens(f"{folded} "):
            opening = Form(None, *bounds)
    return best or opening


def folded_forms(surface: str, folded: str) -> tuple[str, ...]:
    """Return the folded forms of a Cyrillic word, its own first; of other words none."""
    if not folded or not is_cyrillic(surface[0]):
        return ()
    return tuple(dict.fromkeys((folded, *map(fold_token, stems(surface)))))

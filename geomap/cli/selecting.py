"""The options that choose among mentions: one for each field of ``geomap.Selection``, and made from it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import click

from geomap.errors import InputError
from geomap.selection import Selection, wishes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.selection import Wish

__all__ = ["PAGE_SELECTION_OPTIONS", "SELECTION_OPTIONS", "selection_of"]

#: what the values are called that commands pass on: a page has a language, too
_PREFIX: Final = "wanted_"


def _read(wish: Wish, _ctx: click.Context, _param: click.Parameter, value: object) -> object:
    """Return what an option's words mean; nothing where it was not given."""
    if value is None or value == ():
        return None
    try:
        return wish.check(value)
    except InputError as err:
        raise click.BadParameter(str(err)) from err


def _option(name: str, wish: Wish, *more: str) -> Any:
    """Return the option of one wish.

    Args:
        name: Its field.
        wish: What it asks for.
        more: Other words for it.
    """
    words = [f"{wish.word}/--no-{wish.word.removeprefix('--')}"] if wish.is_switch else [wish.word]
    kind: Any = None
    if wish.choices:
        is_whole = isinstance(wish.choices[0], int)
        kind = click.IntRange(wish.choices[0], wish.choices[-1]) if is_whole else None
        kind = kind or click.Choice(wish.choices)
    elif isinstance(getattr(Selection(), name), float):
        kind = float
    settings: dict[str, Any] = {"metavar": wish.metavar} if wish.metavar else {}
    return click.option(
        *words,
        *more,
        f"{_PREFIX}{name}",
        multiple=wish.is_many,
        default=None,
        type=kind,
        callback=functools.partial(_read, wish),
        help=f"{wish.doc.removesuffix('.')} (repeatable)." if wish.is_many else wish.doc,
        **settings,
    )


def _options(names: dict[str, Sequence[str]]) -> tuple[Any, ...]:
    return tuple(_option(name, wish, *names.get(name, ())) for name, wish in wishes().items())


#: for commands that write a page, whose language is ``--lang``
PAGE_SELECTION_OPTIONS: Final = _options({})
SELECTION_OPTIONS: Final = _options({"lang": ("--lang",)})


def selection_of(options: dict[str, Any]) -> Selection:
    """Return the selection that a command was asked for; takes its options out of the rest.

    Raises:
        InputError: Two of them do not go together.
    """
    given = {name: options.pop(f"{_PREFIX}{name}") for name in wishes()}
    return Selection(**{name: value for name, value in given.items() if value is not None})

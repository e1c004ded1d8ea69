"""The learned numbers: one weight for each feature, read from weights.json."""

from __future__ import annotations

import importlib.resources
import json
import math
from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import GeomapError, InputError
from geomap.runtime.files import read_bounded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["Weights", "read_weights", "shipped_weights"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights of span features and of candidates' features, each for a first and a second look.

    A feature without a weight counts nothing. ``trust`` weighs how far the best candidate can be trusted (trust.py);
    ``associative`` and ``embedded`` weigh the sense of a name against the place itself (kinds.py); ``unknown_below`` is the chance under which no place is given. ``threshold`` is the score from which a span is
    taken for a place; ``ambiguous_below`` the confidence under which a resolution is called so.
    ``calibration`` holds, for the chances called ``span`` and ``place``, points of a rising line from the
    chance as reckoned to the share that was right; where it is missing, chances stay as they are.
    """

    span: Mapping[str, float] = field(default_factory=dict)
    span_again: Mapping[str, float] = field(default_factory=dict)
    first: Mapping[str, float] = field(default_factory=dict)
    second: Mapping[str, float] = field(default_factory=dict)
    third: Mapping[str, float] = field(default_factory=dict)
    trust: Mapping[str, float] = field(default_factory=dict)
    associative: Mapping[str, float] = field(default_factory=dict)
    embedded: Mapping[str, float] = field(default_factory=dict)
    threshold: float = 0.0
    ambiguous_below: float = 0.0
    unknown_below: float = 0.0
    calibration: Mapping[str, Sequence[tuple[float, float]]] = field(default_factory=dict)
    training: Mapping[str, Any] = field(default_factory=dict)


@cache
def shipped_weights() -> Weights:
    """Return the weights that come with the package."""
    path = importlib.resources.files("geomap.recognise") / "weights.json"
    try:
        return Weights(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError) as err:
        raise GeomapError(f"{path}: not a weights file: {err}; install geomap again") from err


_NO_TABLES: Final = ("threshold", "ambiguous_below", "unknown_below", "calibration", "training")
#: the fields that hold a number for each feature
_TABLES: Final = tuple(item.name for item in fields(Weights) if item.name not in _NO_TABLES)


def _is_finite(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _is_line(points: object) -> bool:
    """Tell points of a rising line between chances."""
    if not isinstance(points, list) or not all(
        isinstance(point, list) and len(point) == 2 and all(map(_is_finite, point))
        for point in points
    ):
        return False
    sides = list(zip(*points, strict=True))
    return all(list(side) == sorted(side) and 0 <= side[0] <= side[-1] <= 1 for side in sides)


def _find_fault(document: object) -> str | None:
    """Return what keeps a document from being weights, None where nothing does."""
    if not isinstance(document, dict):
        return "expected a JSON object"
    known = {item.name for item in fields(Weights)}
    if set(document) - known:
        return f"knows no {', '.join(sorted(set(document) - known))}"
    for name in (*_TABLES, "calibration", "training"):
        if not isinstance(document.get(name, {}), dict):
            return f"expected an object as {name!r}"
    for name in _TABLES:
        wrong = [key for key, value in document.get(name, {}).items() if not _is_finite(value)]
        if wrong:
            return f"expected a finite number for {wrong[0]!r} in {name!r}"
    if not document.get("second"):
        return "expected weights in 'second'"
    for name in ("threshold", "ambiguous_below", "unknown_below"):
        if not _is_finite(document.get(name, 0.0)):
            return f"expected a finite number as {name!r}"
    lines = document.get("calibration", {})
    if set(lines) - {"span", "place"} or not all(map(_is_line, lines.values())):
        return "expected rising points [chance, share] for 'span' and 'place' in 'calibration'"
    return None


def read_weights(path: str | Path) -> Weights:
    """Read weights that ``geomap train`` wrote.

    Raises:
        InputError: The file cannot be read, or is no weights file; the message says why.
    """
    try:
        document = json.loads(read_bounded(path, "weights"))
    except (ValueError, RecursionError) as err:
        raise InputError(f"{path}: not a weights file: {err}") from err
    fault = _find_fault(document)
    if fault:
        raise InputError(f"{path}: not a weights file: {fault}; write one with geomap train")
    return Weights(**document)

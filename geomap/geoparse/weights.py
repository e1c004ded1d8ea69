"""The learned numbers: one weight for each feature, read from weights.json."""

from __future__ import annotations

import importlib.resources
import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from geomap.errors import GeomapError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Weights", "shipped_weights"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights of span features and of candidates' features, each for a first and a second look.

    A feature without a weight counts nothing. ``threshold`` is the score from which a span is
    taken for a place; ``ambiguous_below`` the confidence under which a resolution is called so.
    """

    span: Mapping[str, float] = field(default_factory=dict)
    span_again: Mapping[str, float] = field(default_factory=dict)
    first: Mapping[str, float] = field(default_factory=dict)
    second: Mapping[str, float] = field(default_factory=dict)
    third: Mapping[str, float] = field(default_factory=dict)
    threshold: float = 0.0
    ambiguous_below: float = 0.0
    training: Mapping[str, object] = field(default_factory=dict)


@cache
def shipped_weights() -> Weights:
    """Return the weights that come with the package."""
    path = importlib.resources.files("geomap.geoparse") / "weights.json"
    try:
        return Weights(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError) as err:
        raise GeomapError(f"{path}: not a weights file: {err}; install geomap again") from err

"""Learn how much a chance is worth: from what was reckoned to the share that was right.

A model's chances are sure of what they saw in training; mentions of places that the gazetteer does not
hold are wrong however sure they are. A line through a few points puts both right.
Needs scikit-learn (``pip install geomap[train]``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["fit_line"]

#: bounds of the groups whose share right is counted; narrow where most chances lie
_BOUNDS: Final = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995)
#: groups of fewer are joined with the next
_SMALLEST: Final = 60
_DECIMALS: Final = 4


def _find_groups(chances: np.ndarray[Any, Any]) -> list[tuple[int, int]]:
    """Return first and last positions of groups of sorted chances, none too small."""
    ends = [*np.searchsorted(chances, _BOUNDS).tolist(), len(chances)]
    groups: list[tuple[int, int]] = []
    start = 0
    for end in ends:
        if end - start >= _SMALLEST:
            groups.append((start, end))
            start = end
    if groups and start < len(chances):
        groups[-1] = (groups[-1][0], len(chances))
    return groups


def fit_line(chances: Sequence[float], rights: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    """Return points (chance, share right) of a line that never falls; none from too few examples.

    >>> fit_line([0.9] * 50 + [0.3] * 50, [True] * 100)
    ()
    """
    from sklearn.isotonic import isotonic_regression  # noqa: PLC0415 - an extra

    order = np.argsort(np.array(chances), kind="stable")
    reckoned = np.array(chances, dtype=float)[order]
    truth = np.array(rights, dtype=float)[order]
    groups = _find_groups(reckoned)
    if len(groups) < 2:
        return ()
    middles = [float(reckoned[start:end].mean()) for start, end in groups]
    shares = [float(truth[start:end].mean()) for start, end in groups]
    counts = [float(end - start) for start, end in groups]
    risen = isotonic_regression(shares, sample_weight=counts, y_min=0.0, y_max=1.0)
    return tuple(
        (round(middle, _DECIMALS), round(float(share), _DECIMALS))
        for middle, share in zip(middles, risen, strict=True)
    )

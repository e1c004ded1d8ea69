"""Fit linear models whose numbers can be read: logistic regression, softmax, and a choice among candidates.

Needs scikit-learn and SciPy (``pip install geomap[train]``).
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Examples", "fit_logistic", "fit_ranker", "fit_softmax", "rounded"]

#: inverse strength of regularisation of the choice, chosen by cross-validation by article
_RANK_PENALTY: Final = 0.1
#: features seen less often get no weight of their own
_RARE: Final = 4
_DECIMALS: Final = 3


@dataclass(slots=True)
class Examples:
    """Candidates of many mentions: features of each, sizes of the groups, which is right, how often a group counts."""

    features: list[list[tuple[str, float]]]
    sizes: list[int]
    right: list[int]
    times: list[float]


def fit_logistic(
    rows: Sequence[Sequence[tuple[str, float]]],
    labels: Sequence[int],
    *,
    strength: float,
    times: Sequence[float] | None = None,
) -> dict[str, float]:
    """Fit a logistic regression over named features; the intercept is called ``bias``.

    ``times`` says how often each row counts; once without.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - an extra

    matrix, columns = _matrix(rows)
    if not columns or len(set(labels)) < 2:
        return {"bias": math.log((sum(labels) + 1) / (len(labels) - sum(labels) + 1))}
    model = LogisticRegression(C=strength, solver="lbfgs", max_iter=2000, tol=1e-5)
    model.fit(matrix, labels, sample_weight=times)
    weights = dict(zip(columns, model.coef_[0].tolist(), strict=True))
    weights["bias"] = float(model.intercept_[0])
    return weights


def _matrix(rows: Sequence[Sequence[tuple[str, float]]]) -> tuple[Any, list[str]]:
    """Return a sparse matrix of the features that are not rare, and their names."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - an extra

    counts = Counter(feature for row in rows for feature in {feature for feature, _ in row})
    names = sorted(f for f, n in counts.items() if n >= _RARE and f != "bias")
    columns = {feature: i for i, feature in enumerate(names)}
    indices: list[int] = []
    values: list[float] = []
    starts = [0]
    for row in rows:
        summed: dict[int, float] = {}
        for feature, value in row:
            if feature in columns:
                summed[columns[feature]] = summed.get(columns[feature], 0.0) + value
        indices.extend(summed)
        values.extend(summed.values())
        starts.append(len(indices))
    return csr_matrix((values, indices, starts), shape=(len(rows), len(columns))), names


def fit_softmax(
    rows: Sequence[Sequence[tuple[str, float]]],
    labels: Sequence[str],
    *,
    base: str,
    strength: float,
    times: Sequence[float] | None = None,
) -> dict[str, dict[str, float]]:
    """Fit a softmax over labels; return the weights of each but ``base``, whose score is 0."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - an extra

    matrix, columns = _matrix(rows)
    model = LogisticRegression(C=strength, solver="lbfgs", max_iter=2000, tol=1e-5)
    model.fit(matrix, labels, sample_weight=times)
    order = list(model.classes_)
    zero = order.index(base)
    found = {}
    for row, label in enumerate(order):
        if label == base:
            continue
        weights = dict(zip(columns, (model.coef_[row] - model.coef_[zero]).tolist(), strict=True))
        weights["bias"] = float(model.intercept_[row] - model.intercept_[zero])
        found[label] = rounded(weights)
    return found


def fit_ranker(examples: Examples) -> dict[str, float]:
    """Fit a conditional logit: the right candidate against the others of its mention."""
    from scipy.optimize import minimize  # noqa: PLC0415 - an extra

    matrix, columns = _matrix(examples.features)
    if not columns:
        return {}
    sizes = np.array(examples.sizes)
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rights = begins + np.array(examples.right)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    times = np.array(examples.times)

    def loss(weights: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        scores = matrix @ weights
        tops = np.maximum.reduceat(scores, begins)
        raised = np.exp(scores - tops[owner])
        totals = np.add.reduceat(raised, begins)
        chances = raised / totals[owner]
        value = -np.sum(times * (scores[rights] - tops - np.log(totals)))
        chances[rights] -= 1.0
        gradient = matrix.T @ (chances * times[owner]) + _RANK_PENALTY * weights
        return float(value + _RANK_PENALTY / 2 * weights @ weights), gradient

    result = minimize(
        loss,
        np.zeros(len(columns)),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0.0 if feature in _NEVER_AGAINST else None, None) for feature in columns],
        options={"maxiter": 500},
    )
    return dict(zip(columns, result.x.tolist(), strict=True))


#: what speaks for a place where it speaks at all. Left free, features that mean nearly the same get large
#: weights of opposite signs: the most populous namesake lost where nothing else was known, and weights
#: from one corpus did 2 points worse on another
_NEVER_AGAINST: Final = frozenset(
    "capital listed_name main_name most_populous population population_share rank".split()
)


def rounded(weights: dict[str, float]) -> dict[str, float]:
    """Return weights as they are shipped: sorted, with three decimals, without those of 0."""
    rounded = {feature: round(value, _DECIMALS) for feature, value in sorted(weights.items())}
    return {feature: value for feature, value in rounded.items() if value}

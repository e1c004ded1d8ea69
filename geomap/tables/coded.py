"""Columns of texts as categories: each text once, and its number in each row.

Most columns of a mention table hold few different texts. Who looks at each of these once, as the map does, need not
have a table of texts made and each text's number found again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["code_texts", "is_coded", "join_coded"]


def is_coded(cells: pd.Series[Any]) -> bool:
    """Return whether a column is one of categories."""
    return isinstance(cells.dtype, pd.CategoricalDtype)


def code_texts(texts: Sequence[str | None], rows: NDArray[Any]) -> pd.Series[Any]:
    """Return a column of texts by their numbers as categories; -1 is no text.

    >>> code_texts(["SY", "TR", None, "SY"], np.array([0, 1, 2, 3, -1])).cat.codes.tolist()
    [0, 1, -1, 0, -1]
    """
    different = [text for text in dict.fromkeys(texts) if text is not None]
    if len(different) < len(texts):
        numbers = dict(zip(different, range(len(different)), strict=True))
        known = [-1 if text is None else numbers[text] for text in texts]
        rows = np.array([*known, -1], dtype=np.int64)[rows]
    return _of_codes(rows, different)


def join_coded(columns: Sequence[pd.Series[Any]]) -> pd.Series[Any]:
    """Return pieces of a column of texts, or of categories, as one of categories.

    >>> one, other = (code_texts([text], np.array([0, -1])) for text in ("SY", "TR"))
    >>> join_coded([one, other]).cat.codes.tolist()
    [0, -1, 1, -1]
    """
    numbers: dict[Any, int] = {}
    rows = []
    for column in columns:
        codes, texts = pd.factorize(column)
        known = [numbers.setdefault(text, len(numbers)) for text in texts]
        rows.append(np.array([*known, -1], dtype=np.int64)[codes])
    return _of_codes(np.concatenate(rows), list(numbers))


def _of_codes(rows: NDArray[Any], texts: list[Any]) -> pd.Series[Any]:
    return pd.Series(pd.Categorical.from_codes(rows, pd.Index(texts, dtype=object)))

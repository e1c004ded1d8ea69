"""Columns of texts as categories: each text once, and its number in each row.

Most columns of a mention table hold few different texts. Who looks at each of these once, as the map does, need not
have a table of texts made and each text's number found again.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

__all__ = [
    "TEXT",
    "as_texts",
    "code_texts",
    "decode_texts",
    "is_coded",
    "join_coded",
    "take_cells",
    "take_texts",
]

#: one storage, whether pyarrow is installed or not
TEXT: Final = "string[python]"
#: newer pandas keep texts elsewhere unless told otherwise, and would take them over one by one
_TYPED: Final[dict[str, Any]] = (
    {"dtype": pd.StringDtype("python")}
    if "dtype" in inspect.signature(pd.arrays.StringArray).parameters
    else {}
)


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


def take_texts(values: Iterable[str | None], rows: NDArray[Any]) -> pd.Series[Any]:
    """Return a column of texts by their numbers; each text is one object, in however many rows it stands.

    >>> take_texts(["SY", None], np.array([0, 1, 0])).tolist()
    ['SY', <NA>, 'SY']
    """
    return as_texts(take_cells(values, rows))


def take_cells(values: Iterable[str | None], rows: NDArray[Any]) -> NDArray[Any]:
    """Return the cells of a column of texts by their numbers, NA where there is no text."""
    texts: NDArray[Any] = np.array(
        [pd.NA if text is None else text for text in values], dtype=object
    )
    cells: NDArray[Any] = texts[rows]
    return cells


def as_texts(cells: NDArray[Any]) -> pd.Series[Any]:
    """Return texts, and NA where there is none, as a column of the type of all columns of texts."""
    return pd.Series(pd.arrays.StringArray(cells, **_TYPED), dtype=TEXT, copy=False)


def decode_texts(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with texts for categories.

    >>> decode_texts(pd.DataFrame({"country": code_texts(["SY"], np.array([0, -1]))}))["country"].tolist()
    ['SY', <NA>]
    """
    columns = {
        name: take_texts([*cells.cat.categories, None], cells.cat.codes.to_numpy()).array
        if is_coded(cells)
        else cells.array
        for name, cells in table.items()
    }
    return pd.DataFrame(columns, index=table.index, copy=False)


def _of_codes(rows: NDArray[Any], texts: list[Any]) -> pd.Series[Any]:
    return pd.Series(pd.Categorical.from_codes(rows, pd.Index(texts, dtype=object)))

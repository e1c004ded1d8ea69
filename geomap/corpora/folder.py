"""Read annotated texts as a folder: ``NAME.txt`` beside a ``gold.json`` that holds what each of them names.

``gold.json`` is one object keyed by the texts' names; each has ``toponyms`` (``start``, ``end``, ``surface``, ``kind``, ``country``, ``lat``, ``lon``, ``tol_km``, ``level``)
and may have ``region``. Bounds take a unit word behind the name in ("Kharkiv region"); the name alone is as right.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from geomap.corpora.nouns import AnnotatedArticle, GoldToponym, bare_end
from geomap.errors import InputError
from geomap.runtime.files import read_bounded

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_folder"]

_GOLD: Final = "gold.json"


def _read_toponym(item: dict[str, Any], text: str, where: str) -> GoldToponym:
    try:
        start, end = int(item["start"]), int(item["end"])
        lat, lon = item.get("lat"), item.get("lon")
        if not 0 <= start < end <= len(text):
            raise ValueError(f"bounds {start}–{end}")  # noqa: TRY301 - one message for all faults
        return GoldToponym(
            start=start,
            end=end,
            lat=None if lat is None else float(lat),
            lon=None if lon is None else float(lon),
            kind=item.get("kind"),
            country=item.get("country"),
            level=item.get("level"),
            tol_km=None if item.get("tol_km") is None else float(item["tol_km"]),
            bare_end=bare_end(text[start:end], start),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as err:
        raise InputError(f"{where}: not an annotated place: {err!r}") from err


def read_folder(folder: Path) -> list[AnnotatedArticle]:
    """Return the texts of a folder, in the order of its ``gold.json``.

    Raises:
        InputError: The folder has no such file, or a text is missing or faulty; the message says where.
    """
    path = folder / _GOLD
    content = read_bounded(path, "annotations")
    try:
        gold = json.loads(content)
    except (ValueError, RecursionError) as err:
        raise InputError(f"{path}: not JSON: {err}") from err
    if not isinstance(gold, dict):
        raise InputError(f"{path}: expected an object keyed by the names of texts")
    return [_read_article(folder, name, record) for name, record in gold.items()]


def _read_article(folder: Path, name: str, record: object) -> AnnotatedArticle:
    path = folder / f"{name}.txt"
    if not isinstance(record, dict) or not isinstance(record.get("toponyms"), list):
        raise InputError(f"{folder / _GOLD}: {name}: expected an object with toponyms")
    if "/" in name or "\\" in name:
        raise InputError(f"{folder / _GOLD}: expected names of texts, got {name!r}")
    try:
        text = read_bounded(path, "a text").decode("utf-8")
    except UnicodeDecodeError as err:
        raise InputError(f"{path}: not a text that can be read: {err}") from err
    found = {}
    embedded: list[tuple[int, int]] = []
    for number, item in enumerate(record["toponyms"], 1):
        if not isinstance(item, dict):
            raise InputError(f"{folder / _GOLD}: {name}, toponym {number}: expected an object")
        toponym = _read_toponym(item, text, f"{folder / _GOLD}: {name}, toponym {number}")
        if toponym.kind == "embedded":
            embedded.append((toponym.start, toponym.end))
            continue
        found[toponym.start, toponym.end] = toponym
    return AnnotatedArticle(
        id=name,
        text=text,
        toponyms=tuple(found[key] for key in sorted(found)),
        left_out=len(embedded),
        embedded=tuple(embedded),
        region=record.get("region") or record.get("topic"),
    )

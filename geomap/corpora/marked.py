"""Read annotated texts whose place names are marked where they stand.

``{L:Boni|ML 15.08 -2.22 settlement}`` is a name in its literal sense with country, latitude, longitude and level, ``{A:Malian|ML 17 -4 country}`` one
that stands for people or a state, ``{E:Kabul}`` one inside the name of something else. ``-`` stands for what is not known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geomap.corpora.nouns import AnnotatedArticle, GoldToponym, bare_end
from geomap.errors import InputError
from geomap.runtime.files import read_bounded

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.model import Kind

__all__ = ["read_marked", "read_marked_text"]

_KINDS: Final[dict[str, Kind]] = {"L": "literal", "A": "associative", "E": "embedded"}
_MARK: Final = re.compile(
    r"\{(?P<kind>[LAE]):(?P<surface>[^{}|]+)(?:\|(?P<country>[A-Z]{2}|--) (?P<lat>-|-?[\d.]+) (?P<lon>-|-?[\d.]+) (?P<level>[a-z0-9]+))?\}"
)
#: how far off the point of such a level may be, in km
_TOLERANCES: Final = {
    "country": 1500.0,
    "admin1": 150.0,
    "admin2": 60.0,
    "region": 250.0,
    "water": 300.0,
}
_TOLERANCE: Final = 25.0


def _degrees(cell: str | None) -> float | None:
    return None if cell in (None, "-") else float(str(cell))


def read_marked_text(marked: str, name: str, where: str) -> AnnotatedArticle:
    """Return an article whose text is without the marks.

    Raises:
        InputError: A mark is not closed, or a number is none.

    Example:
        >>> article = read_marked_text("In {L:Boni|ML 15.08 -2.22 settlement}.", "1", "here")
        >>> article.text, article.toponyms[0].country
        ('In Boni.', 'ML')
    """
    parts: list[str] = []
    toponyms: list[GoldToponym] = []
    embedded: list[tuple[int, int]] = []
    position = done = 0
    for match in _MARK.finditer(marked):
        parts.append(marked[done : match.start()])
        position += len(parts[-1])
        surface = match["surface"]
        start, end = position, position + len(surface)
        parts.append(surface)
        position, done = end, match.end()
        if match["kind"] == "E":
            embedded.append((start, end))
            continue
        try:
            lat, lon = _degrees(match["lat"]), _degrees(match["lon"])
        except ValueError as err:
            raise InputError(f"{where}: not a point: {match[0]!r}") from err
        toponyms.append(
            GoldToponym(
                start=start,
                end=end,
                lat=lat,
                lon=lon,
                kind=_KINDS[match["kind"]],
                country=match["country"] if match["country"] != "--" else None,
                level=match["level"],
                tol_km=_TOLERANCES.get(match["level"] or "", _TOLERANCE),
                bare_end=bare_end(surface, start),
            )
        )
    parts.append(marked[done:])
    text = "".join(parts)
    if "{" in text or "}" in text:
        spot = max(text.find("{"), text.find("}"))
        raise InputError(
            f"{where}: a mark that is not one: {text[max(0, spot - 20) : spot + 40]!r}"
        )
    return AnnotatedArticle(
        id=name,
        text=text,
        toponyms=tuple(toponyms),
        left_out=len(embedded),
        embedded=tuple(embedded),
    )


def read_marked(folder: Path) -> list[AnnotatedArticle]:
    """Return the marked texts of a folder, by name.

    Raises:
        InputError: A text cannot be read, or a mark is faulty; the message says where.
    """
    articles = []
    for path in sorted(folder.glob("*.txt")):
        try:
            marked = read_bounded(path, "a text").decode("utf-8")
        except UnicodeDecodeError as err:
            raise InputError(f"{path}: not a text that can be read: {err}") from err
        articles.append(read_marked_text(marked, path.stem, str(path)))
    if not articles:
        raise InputError(
            f"{folder}: expected a gold.json with texts, or texts with marks; found none"
        )
    return articles

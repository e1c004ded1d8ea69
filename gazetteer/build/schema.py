"""What the scripts of this folder share: the schema of place tables, their sources, their form."""

from __future__ import annotations

import csv
import importlib.util
import json
import math
import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.gazetteer.distance import distance_km

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = [
    "BY_HAND",
    "OUTLINES",
    "PLACE_COLUMNS",
    "TABLES",
    "add_source_options",
    "distance_km",
    "fold",
    "join_names",
    "package_file",
    "radius_of_area",
    "read_dump",
    "read_json",
    "read_rows",
    "write_places",
    "write_rows",
]

PLACE_COLUMNS = (
    "id",
    "name",
    "names",
    "lat",
    "lon",
    "feature",
    "country",
    "admin1",
    "admin2",
    "population",
    "radius_km",
    "source",
    "remark",
)
TABLES = Path(__file__).resolve().parent.parent
BY_HAND = TABLES / "build" / "by_hand"
#: Natural Earth, as Debian's qgis-common installs it
OUTLINES = Path("/usr/share/qgis/resources/data/world_map.gpkg")

# Letters that Unicode does not decompose, as English text writes them.
_PLAIN = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ə": "a",
    }
)
_NOT_WORD = re.compile(r"[^\w]+")


def add_source_options(parser: argparse.ArgumentParser) -> None:
    """Add the options every script takes: where the sources lie and where its table goes."""
    parser.add_argument("--geonames", type=Path, help="folder with GeoNames dump files")
    parser.add_argument("--outlines", type=Path, default=OUTLINES, help="Natural Earth GeoPackage")
    parser.add_argument("--tables", type=Path, default=TABLES, help="folder to write to")


def package_file(package: str, *parts: str) -> Path:
    """Find a file inside an installed package, without running the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"expected the package {package!r} to be installed: pip install {package}")
    return Path(next(iter(spec.submodule_search_locations))).joinpath(*parts)


def read_json(path: Path) -> Any:
    """Read one JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV table with a header row."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_dump(path: Path) -> Iterator[list[str]]:
    """Yield the tab-separated fields of each line of a GeoNames dump file, without comments."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def fold(name: str) -> str:
    """Fold a name for joining sources: no case, no accents, no punctuation."""
    text = unicodedata.normalize("NFKD", name.lower().translate(_PLAIN))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", text).strip()


def join_names(main: str, names: Iterable[str]) -> str:
    """Join ``lang:name`` forms with ``|``, each once, without the main name in English."""
    seen, kept = {f"en:{main}", f"und:{main}"}, []
    for form in names:
        tag, _, text = form.partition(":")
        text = unicodedata.normalize("NFC", " ".join(text.split())).replace("|", "/")
        if text and f"{tag}:{text}" not in seen:
            seen.add(f"{tag}:{text}")
            kept.append(f"{tag}:{text}")
    return "|".join(kept)


def radius_of_area(square_km: float) -> float:
    """Give the radius of the circle with this area."""
    return math.sqrt(square_km / math.pi)


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV table under a temporary name, then rename it."""
    temporary = path.with_name(path.name + ".part")
    with temporary.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    os.replace(temporary, path)  # noqa: PTH105 - one step, also where the table exists


def write_places(path: Path, places: Iterable[Mapping[str, object]]) -> int:
    """Write places in the shared schema, sorted by id; return how many."""
    rows = sorted([_cell(place.get(key)) for key in PLACE_COLUMNS] for place in places)
    write_rows(path, PLACE_COLUMNS, rows)
    return len(rows)


def _cell(value: object) -> str:
    """Write a value as a cell: coordinates with 5 decimals at most, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.5f}".rstrip("0").rstrip(".")
    return str(value)

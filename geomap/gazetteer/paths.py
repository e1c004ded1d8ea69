"""Where the project's own tables lie, where the index that comes with geomap lies, and where others are kept."""

from __future__ import annotations

import importlib.resources
import os
from pathlib import Path

__all__ = ["cache_folder", "shipped_folder", "table_folder", "table_path"]


def table_path(name: str) -> Path:
    """Return the path of one of our own tables, in the installed package or in a checkout."""
    installed = Path(str(importlib.resources.files("geomap"))) / "gazetteer" / "tables" / name
    if installed.exists():
        return installed
    return table_folder() / name


def table_folder() -> Path:
    """Return the folder of our own tables in a checkout."""
    return Path(str(importlib.resources.files("geomap"))).parent / "gazetteer"


def shipped_folder() -> Path | None:
    """Return the folder of the embedded index that came with geomap; None in a checkout, which has none."""
    folder = Path(str(importlib.resources.files("geomap"))) / "gazetteer" / "embedded_index"
    return folder if folder.is_dir() else None


def cache_folder() -> Path:
    """Return the folder for compiled indexes: ``$GEOMAP_CACHE``, else the user's cache folder."""
    moved = os.environ.get("GEOMAP_CACHE")
    if moved:
        return Path(moved)
    import platformdirs  # noqa: PLC0415 - not needed where GEOMAP_CACHE is set

    return platformdirs.user_cache_path("geomap", appauthor=False)

"""The pages: each one file that needs no network, with the evidence for everything it draws.

folium is imported when a map is written, not when this package is.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from geomap.webmap.explanation import write_explanation, write_explanations
    from geomap.webmap.notebook import MentionMap, to_folium
    from geomap.webmap.page import write_map

__all__ = ["MentionMap", "to_folium", "write_explanation", "write_explanations", "write_map"]

_MODULES: Final = {
    "MentionMap": "geomap.webmap.notebook",
    "to_folium": "geomap.webmap.notebook",
    "write_explanation": "geomap.webmap.explanation",
    "write_explanations": "geomap.webmap.explanation",
    "write_map": "geomap.webmap.page",
}


def __getattr__(name: str) -> Any:
    """Open a page's writer, and with it folium, at first use."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_MODULES[name]), name)

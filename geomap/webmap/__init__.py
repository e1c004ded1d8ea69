"""The pages: each one file that needs no network, with the evidence for everything it draws.

folium is imported when a map is written, not when this package is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.runtime.lazy import lazy_names

if TYPE_CHECKING:
    from geomap.webmap.explanation import write_explanation, write_explanations
    from geomap.webmap.notebook import MentionMap, to_folium
    from geomap.webmap.page import write_map

__all__ = ["MentionMap", "to_folium", "write_explanation", "write_explanations", "write_map"]

__getattr__ = lazy_names(
    __name__,
    {
        "MentionMap": "notebook",
        "to_folium": "notebook",
        "write_explanation": "explanation",
        "write_explanations": "explanation",
        "write_map": "page",
    },
)

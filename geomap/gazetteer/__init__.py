"""The gazetteer: which places there are and what they are called.

The names below are imported from their modules when they are first used: who asks for a feature code's class alone needs no index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.runtime.lazy import lazy_names

if TYPE_CHECKING:
    from geomap.gazetteer.index import Index
    from geomap.gazetteer.layers import Layers
    from geomap.gazetteer.lookup import Gazetteer
    from geomap.gazetteer.opening import open_gazetteer

__all__ = ["Gazetteer", "Index", "Layers", "open_gazetteer"]

__getattr__ = lazy_names(
    __name__,
    {"Gazetteer": "lookup", "Index": "index", "Layers": "layers", "open_gazetteer": "opening"},
)

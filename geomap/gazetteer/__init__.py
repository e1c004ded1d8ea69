"""The gazetteer: which places there are and what they are called."""

from __future__ import annotations

from geomap.gazetteer.index import Index
from geomap.gazetteer.layers import Layers
from geomap.gazetteer.lookup import Gazetteer
from geomap.gazetteer.opening import open_gazetteer

__all__ = ["Gazetteer", "Index", "Layers", "open_gazetteer"]

"""The gazetteer: which places there are and what they are called."""

from __future__ import annotations

from geomap.gazetteer.index import Gazetteer, open_gazetteer

__all__ = ["Gazetteer", "open_gazetteer"]

"""Find the places that articles mention, and decide which place each one means."""

from __future__ import annotations

from geomap.geoparse.parser import Geoparser
from geomap.geoparse.why import WHY

__all__ = ["WHY", "Geoparser"]

"""Find the places that articles mention, and decide which place each one means."""

from __future__ import annotations

from geomap.geoparse.parser import Geoparser

__all__ = ["Geoparser"]

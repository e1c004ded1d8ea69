"""Engines: what runs the geoparser over many articles."""

from __future__ import annotations

__all__: list[str] = []

"""Where the gazetteer's places come from: one module a source, and the table of them all.

Every source yields ``SourcePlace`` rows. To add one, write a module with a function that reads it, and
a row of ``registry.SOURCES``.
"""

from __future__ import annotations

from geomap.gazetteer.sources.place import SourcePlace

__all__ = ["SourcePlace"]

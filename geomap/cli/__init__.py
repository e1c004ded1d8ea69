"""The command line. It is opened by ``geomap.__main__``."""

from __future__ import annotations

__all__: list[str] = []

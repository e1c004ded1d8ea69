"""The map page: one file that needs no network, with the evidence for everything it draws.

folium is imported when a map is written, not when this package is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.webmap.page import write_map

__all__ = ["write_map"]


def __getattr__(name: str) -> Any:
    """Open the page writer, and with it folium, at first use."""
    if name == "write_map":
        from geomap.webmap.page import write_map  # noqa: PLC0415

        return write_map
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

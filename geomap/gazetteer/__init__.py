"""The gazetteer: which places there are and what they are called.

The names below are imported from their modules when they are first used: who asks for a feature code's class alone needs no index.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from geomap.gazetteer.index import Index
    from geomap.gazetteer.layers import Layers
    from geomap.gazetteer.lookup import Gazetteer
    from geomap.gazetteer.opening import open_gazetteer

__all__ = ["Gazetteer", "Index", "Layers", "open_gazetteer"]

_MODULES: Final = {
    "Gazetteer": "lookup",
    "Index": "index",
    "Layers": "layers",
    "open_gazetteer": "opening",
}


def __getattr__(name: str) -> Any:
    """Import a name of the room from its module at its first use."""
    if name not in _MODULES:
        raise AttributeError(f"module 'geomap.gazetteer' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"geomap.gazetteer.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the names of the room, whether they were used yet or not."""
    return sorted({*globals(), *__all__})

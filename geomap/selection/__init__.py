"""Which mentions are wanted: one :class:`Selection` for all commands and calls.

``apply.py`` applies it to records and to tables alike; what it can ask for stands in ``values.py``, which needs nothing
that takes time to open.
"""

from geomap.selection.values import Box, Circle, Selection, Wish, wishes

__all__ = ["Box", "Circle", "Selection", "Wish", "wishes"]

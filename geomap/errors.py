"""The errors that geomap raises.

    GeomapError
    ├── InputError          (ValueError)        what was given cannot be used
    │   ├── NothingReadableError                no article could be read from any input
    │   └── RecordError                         one record is bad, and reading is strict
    ├── GazetteerError      (RuntimeError)      the index cannot be built, opened or trusted
    ├── TableError          (ValueError)        a mention table lacks a column or holds a bad value
    └── OutputError         (OSError)           a result cannot be written

An unknown or ambiguous place is never an error: it is data, in ``Resolution.status``.
"""

__all__ = [
    "GazetteerError",
    "GeomapError",
    "InputError",
    "NothingReadableError",
    "OutputError",
    "RecordError",
    "TableError",
]


class GeomapError(Exception):
    """Root of all errors of this package; its message can be shown to a user as it is."""


class InputError(GeomapError, ValueError):
    """What was given cannot be used; the message says what, where and what to do."""


class NothingReadableError(InputError):
    """No article could be read from any input."""


class RecordError(InputError):
    """One record is bad, and the caller asked to stop at the first bad one."""


class GazetteerError(GeomapError, RuntimeError):
    """The gazetteer index cannot be built, opened or trusted."""


class TableError(GeomapError, ValueError):
    """A mention table lacks a column, or holds a value that no mention can have."""


class OutputError(GeomapError, OSError):
    """A result cannot be written."""

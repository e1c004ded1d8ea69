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
    """Root of all errors of this package; its message can be shown to a user as it is.

    >>> import geomap
    >>> try:
    ...     geomap.map_articles(["a.txt"], "map.pdf")
    ... except geomap.GeomapError as err:
    ...     print(type(err).__name__)
    OutputError
    """


class InputError(GeomapError, ValueError):
    """What was given cannot be used; the message says what, where and what to do.

    >>> import geomap
    >>> try:
    ...     geomap.Article(id=1, text="It rained.")
    ... except ValueError as err:  # an InputError is one
    ...     print(err)
    expected an article's id as text, got 1 (int)
    """


class NothingReadableError(InputError):
    """No article could be read from any input.

    >>> import geomap
    >>> try:
    ...     list(geomap.read_articles("nothing.txt"))
    ... except geomap.NothingReadableError:
    ...     print("there was no article")
    there was no article
    """


class RecordError(InputError):
    r"""One record is bad, and the caller asked to stop at the first bad one.

    >>> import geomap
    >>> from pathlib import Path
    >>> _ = Path("bad.jsonl").write_text("no JSON\n")
    >>> try:
    ...     list(geomap.read_articles("bad.jsonl", strict=True))
    ... except geomap.RecordError:
    ...     print("the first bad record")
    the first bad record
    """


class GazetteerError(GeomapError, RuntimeError):
    """The gazetteer index cannot be built, opened or trusted.

    >>> import geomap
    >>> try:
    ...     geomap.open_gazetteer("no-such-gazetteer")
    ... except geomap.GazetteerError:
    ...     print("there is none of that name")
    there is none of that name
    """


class TableError(GeomapError, ValueError):
    """A mention table lacks a column, or holds a value that no mention can have.

    >>> import geomap
    >>> try:
    ...     geomap.mentions_table([{"surface": "Raqqa"}])
    ... except geomap.TableError as err:
    ...     print("lacks" in str(err))
    True
    """


class OutputError(GeomapError, OSError):
    """A result cannot be written.

    >>> import geomap
    >>> try:
    ...     geomap.map_articles(["a.txt"], "map.pdf")
    ... except OSError as err:  # an OutputError is one
    ...     print(isinstance(err, geomap.OutputError))
    True
    """

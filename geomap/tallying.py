"""From articles or mention tables to a tally in a file: the twin of ``geomap tally``."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geomap.articles.inputs import STDIN
from geomap.export.tally_files import check_tally_target, write_tally
from geomap.export.targets import check_target
from geomap.intake import list_inputs, split_inputs
from geomap.pipeline import ReadOptions, read_mentions
from geomap.reports import RunReport
from geomap.runtime.atomic import STDOUT
from geomap.runtime.expecting import expect
from geomap.runtime.garbage import rare_collections
from geomap.schema import REQUIRED
from geomap.selection.apply import Selector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geomap.geoparser import Geoparser
    from geomap.model import Kind
    from geomap.periods import Period
    from geomap.pipeline import Inputs, Progress
    from geomap.stories.find import Watch
    from geomap.tables.stretches import Vague
    from geomap.tables.tally_by import Count

__all__ = ["tally_inputs"]

_DEFAULT_READING: Final = ReadOptions()


def tally_inputs(
    inputs: Inputs,
    path: str | Path,
    reading: ReadOptions = _DEFAULT_READING,
    *,
    by: str | Sequence[str] | None = None,
    period: Period | None = None,
    vague: Vague = "apart",
    wide: bool = False,
    count: Count = "mentions",
    geoparser: Geoparser | None = None,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> RunReport:
    """Count the mentions of the inputs by any keys and periods, and write the tally to a file.

    Args:
        inputs: Files, folders, globs, ``-`` for standard input, or frames of pandas: articles and mention tables.
        path: The file; see :func:`geomap.write_tally` for the formats.
        reading: How to read, and which mentions are wanted; its selection says which time counts, too.
        by: What to count by; see :func:`geomap.tally`, also for the next four.
        period: The period, if there are to be any.
        vague: What becomes of a date that may lie in several periods.
        wide: Whether periods become columns.
        count: What these hold.
        geoparser: What finds the mentions; None for one with the gazetteer that ``reading`` asks for.
        progress: Wraps the stream of articles, to show how far the run is.
        watch: The same for what comes before, where stories are looked for.

    Returns:
        What the run read and found; it notes how many embedded names are not counted.

    Raises:
        NothingReadableError: Nothing could be read from any input.
        InputError: An option has a value that it cannot have.
        OutputError: The suffix is unknown, the file is one of the inputs, or it cannot be written.

    >>> _ = Path("a.txt").write_text("The market of Raqqa reopened.")
    >>> [file.name for file in tally_inputs(["a.txt"], "places.csv").files]
    ['places.csv']
    """
    from geomap.tables.frames import collect_columns  # noqa: PLC0415 - pandas takes half a second
    from geomap.tables.tally_by import columns_for, select_kinds, tally  # noqa: PLC0415

    expect(reading, ReadOptions, "ReadOptions")
    inputs = list_inputs(inputs)
    selection = reading.selection
    kinds: tuple[Kind, ...] | None = selection.kind or None  # type: ignore[assignment]
    options: dict[str, Any] = {
        "by": by, "period": period, "time": selection.time, "vague": vague, "kinds": kinds,
        "wide": wide, "count": count,
    }  # fmt: skip
    columns = columns_for(by, period=period, time=selection.time)
    # what is wrong with the options or the file is said before anything is read
    check_tally_target(path, tally(collect_columns((), columns), **options).columns)
    check_target(path, inputs=inputs)
    report = RunReport()
    with rare_collections():
        narrow = functools.partial(select_kinds, kinds=kinds, by=by, period=period)
        table = _read_tables(inputs, reading, columns, report, narrow)
        if table is None:
            mentions = read_mentions(
                inputs, reading, geoparser=geoparser, report=report, progress=progress, watch=watch
            )
            table = collect_columns(mentions, columns)
        counted = tally(table, **options)
    write_tally(counted, path)
    embedded = report.kinds.get("embedded", 0)
    if embedded and kinds is None and "kind" not in counted.columns:
        report.notes += (
            f"names that are part of longer ones are not counted: {embedded:,} (--kind embedded counts them)",
        )
    if str(path) != STDOUT:
        report.files.append(Path(path))
    return report


def _read_tables(
    inputs: Sequence[Any],
    reading: ReadOptions,
    columns: tuple[str, ...],
    report: RunReport,
    narrow: Callable[[Any], Any],
) -> Any:
    """Return some columns of mention tables, narrowed and read by pieces; None where the inputs need more than that.

    That is so for articles, for corrections, for standard input, which can be read only once, and where one article of a
    story is to be chosen, for which all must be known.
    """
    selection = reading.selection
    needs_all = reading.corrections or reading.kinds or selection.story_copies == "once"
    if needs_all or any(isinstance(one, str | Path) and str(one) == STDIN for one in inputs):
        return None
    from geomap.tables.coded import decode_texts  # noqa: PLC0415 - pandas
    from geomap.tables.frames import FREE_TEXTS  # noqa: PLC0415
    from geomap.tables.reading import join_tables  # noqa: PLC0415

    with split_inputs(inputs, report.tables, columns=reading.columns) as intake:
        if intake.articles or not intake.tables:
            return None
        selector = Selector(selection, reading.gazetteer, report=report.selection)
        unwanted = FREE_TEXTS - selector.columns.union(columns, REQUIRED)

        def wanted() -> Iterator[Any]:
            for piece in intake.pieces(report.tables, coded=True, without=unwanted):
                kept = selector.select_table(piece)
                report.count_table(kept)
                yield narrow(kept[list(columns)])

        return decode_texts(join_tables(list(wanted())))

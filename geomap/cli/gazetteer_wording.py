"""What geomap tells a person about gazetteers: what they hold, what was built, what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geomap.cli.wording import columns, counted, format_size, inside
from geomap.records import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from geomap.gazetteer.compose import BuildReport
    from geomap.gazetteer.homes import Installed
    from geomap.gazetteer.merge import MergeReport
    from geomap.gazetteer.search import Match
    from geomap.gazetteer.sources.faults import FileReport
    from geomap.gazetteer.sources.registry import Source

__all__ = [
    "describe_build",
    "describe_file",
    "describe_gazetteer",
    "describe_installed",
    "describe_packages",
    "describe_place",
    "describe_places",
    "format_size",
]

#: faults and names that are listed; the others are counted
_SHOWN_FAULTS: Final = 200
_SHOWN_NAMES: Final = 200


def describe_places(matches: Sequence[Match]) -> Iterator[str]:
    """Yield a table of places that were found."""
    head = ("name", "feature", "in", "population", "lat", "lon", "id", "found as")
    rows = [
        (
            clean_text(match.place.name),
            match.place.feature,
            clean_text(inside(match.place)),
            f"{match.place.population:,}" if match.place.population else "",
            f"{match.place.lat:.5f}",
            f"{match.place.lon:.5f}",
            match.place.id,
            "" if match.how in ("exact", "listed") else f"{clean_text(match.name)} ({match.how})",
        )
        for match in matches
    ]
    kept = len(head) if any(row[-1] for row in rows) else len(head) - 1
    return columns([row[:kept] for row in (head, *rows)])


def describe_place(known: Mapping[str, Any]) -> Iterator[str]:
    """Yield all that is known of a place, one fact a line; its names last."""
    facts = {key: value for key, value in known.items() if value not in (None, "", [])}
    width = max(map(len, facts))
    for key, value in facts.items():
        if isinstance(value, list):
            names = ", ".join(map(clean_text, value[:_SHOWN_NAMES]))
            yield f"{key.ljust(width)}  {names}"
            if len(value) > _SHOWN_NAMES:
                yield f"{''.ljust(width)}  … and {len(value) - _SHOWN_NAMES:,} more"
        else:
            yield f"{key.ljust(width)}  {clean_text(str(value))}"


def describe_gazetteer(facts: dict[str, object]) -> Iterator[str]:
    """Yield what a gazetteer says of itself, one fact a line."""
    layers = facts.get("layers")
    if isinstance(layers, list):
        for number, layer in enumerate(layers, 1):
            yield f"layer {number}"
            yield from describe_gazetteer(layer)
        return
    rows = []
    for key, value in facts.items():
        if key == "bytes" and isinstance(value, int):
            key, value = "size", format_size(value)  # noqa: PLW2901
        elif isinstance(value, int) and key != "format":
            value = f"{value:,}"  # noqa: PLW2901
        if value not in ("", None):
            rows.append((key, clean_text(str(value))))
    width = max(len(key) for key, _ in rows)
    yield from (f"{key.ljust(width)}  {value}" for key, value in rows)


def describe_packages(facts: Mapping[str, object], installed: Sequence[Source]) -> Iterator[str]:
    """Yield which installed packages have places that a gazetteer does not hold."""
    layers = facts.get("layers")
    parts = layers if isinstance(layers, list) else [facts]
    held = "; ".join(str(part.get("packages", "")) for part in parts)
    missing = [source for source in installed if f"{source.name} " not in held]
    for source in missing:
        yield clean_text(f"package {source.name} {source.version()} is installed: {source.what}")
    if missing:
        which = "its places are" if len(missing) == 1 else "their places are"
        yield f"{which} not in this gazetteer; 'geomap gazetteer build -o world --use' makes one that has them"


def describe_file(report: FileReport) -> Iterator[str]:
    """Yield what became of the rows of a file: its notes, and every fault with its line."""
    path = clean_text(report.path)
    for fault in report.faults[:_SHOWN_FAULTS]:
        yield f"{path}:{fault.line}: {clean_text(fault.message)}"
    if report.fault_count > _SHOWN_FAULTS:
        yield f"… and {report.fault_count - _SHOWN_FAULTS:,} more faults in {path}"
    skipped = f", {report.skipped:,} that cannot be read" if report.skipped else ""
    faults = f", {counted(report.fault_count, 'fault')}" if report.faults else ""
    yield f"{path}: {counted(report.rows, 'row')}{skipped}{faults}"
    for note in report.notes:
        yield f"  {clean_text(note)}"


def _describe_merges(merges: MergeReport) -> str:
    near = f", {merges.median_km:.1f} km apart in the median" if merges.merged else ""
    ids = f", {merges.by_id:,} by their id" if merges.by_id else ""
    return (
        f"{len(merges.merged):,} merged into known places by name and distance{near}{ids}; "
        f"{merges.new:,} are places of their own"
    )


def describe_build(
    report: BuildReport, target: Path, *, in_use: bool, name: str | None
) -> Iterator[str]:
    """Yield what a gazetteer was built from, what was merged, and how to use it."""
    for file in report.files:
        yield from describe_file(file)
    if report.by_id:
        yield f"{counted(report.by_id, 'place')} known under the same id: joined"
    for what, merges in (
        ("of geomap's own rows", report.embedded),
        ("of geomap's own rows, beside GeoNames", report.geonames),
        ("of the rows of packages", report.packages),
        ("of your rows", report.own),
    ):
        if merges.merged or merges.by_id or merges.new:
            yield f"{what}: {_describe_merges(merges)}"
    if report.stale_overrides:
        some = ", ".join(map(clean_text, report.stale_overrides[:10]))
        yield f"{counted(len(report.stale_overrides), 'correction')} of places that no source has: {some}"
    yield f"wrote {target}: {counted(report.places, 'place')}; merged.csv there lists what was merged"
    if in_use:
        yield f"{name} is used from now on"
    else:
        yield f"use it with --gazetteer {name or target}"


def describe_installed(items: Sequence[Installed], *, in_use: str) -> Iterator[str]:
    """Yield a table of the gazetteers that are kept, the one in use marked."""
    rows = [("", "name", "places", "size", "folder")]
    rows.append(("*" if in_use == "embedded" else "", "embedded", "", "", "comes with geomap"))
    rows += [
        (
            "*" if item.in_use else "",
            item.name,
            f"{item.places:,}",
            format_size(item.bytes),
            clean_text(item.problem or str(item.path)),
        )
        for item in items
    ]
    if in_use not in ("embedded", *(item.name for item in items)):
        rows.append(
            ("*", in_use, "", "", "was deleted: choose another one with 'geomap gazetteer use'")
        )
    return columns(rows)

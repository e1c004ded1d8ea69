"""What geomap tells a person on a terminal: reports of runs, and why a place was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geomap.reasons import word_decision
from geomap.records import clean_text, cut_snippet
from geomap.relations import word_relation
from geomap.told import word_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geomap.model import Article, Candidate, Evidence, Place, Resolution
    from geomap.pipeline import RunReport

__all__ = [
    "describe_article",
    "describe_files",
    "describe_gazetteer",
    "describe_places",
    "describe_run",
    "format_size",
]

#: rejections that a report shows; the others are counted
_SHOWN_REJECTIONS: Final = 10
#: features and candidates that an explanation shows; the strongest come first
_SHOWN_EVIDENCE: Final = 6
_SHOWN_CANDIDATES: Final = 5
_UNITS: Final = ("bytes", "kB", "MB", "GB")


def format_size(size: float) -> str:
    """Return a number of bytes for people.

    >>> [format_size(size) for size in (1, 999, 1234, 5_600_000)]
    ['1 bytes', '999 bytes', '1.2 kB', '5.6 MB']
    """
    for unit in _UNITS:
        if size < 1000 or unit == _UNITS[-1]:
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"


def _counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> _counted(1, "article"), _counted(2000, "article"), _counted(0, "entry", "entries")
    ('1 article', '2,000 articles', '0 entries')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def describe_run(report: RunReport) -> Iterator[str]:
    """Yield the lines that say what a run read, found and wrote, and what it could not read."""
    found = f"{_counted(report.articles, 'article')}, {_counted(report.mentions, 'mention')}"
    parts = [f"{count:,} {name}" for name, count in sorted(report.statuses.items())]
    yield f"{found} ({', '.join(parts)})" if parts else found
    reading, stories = report.reading, report.stories
    if stories is not None and stories.articles > 1:
        told = _counted(stories.stories, "story", "stories")
        yield f"{_counted(stories.articles, 'article')} tell {told}"
    if reading.undated:
        taken = (
            f", {stories.dated:,} of which took the date of a copy"
            if stories and stories.dated
            else ""
        )
        yield f"{_counted(reading.undated, 'article')} without a date{taken}"
    if reading.ambiguous:
        yield (
            f"{_counted(reading.ambiguous, 'date')} whose day and month could be swapped: "
            "--day-first or --month-first settles them"
        )
    if reading.unreadable_dates:
        yield f"{_counted(reading.unreadable_dates, 'date field')} that could not be read as a date"
    if reading.skipped:
        yield f"{_counted(reading.skipped, 'file')} skipped: geomap does not read their suffix"
    if report.spanless:
        yield f"{_counted(report.spanless, 'article')} without spans, so without mentions"
    if reading.rejected:
        yield f"{_counted(reading.rejected, 'record')} rejected:"
        for rejection in reading.rejections[:_SHOWN_REJECTIONS]:
            yield f"  {clean_text(str(rejection))}"
        if reading.rejected > _SHOWN_REJECTIONS:
            yield f"  … and {reading.rejected - _SHOWN_REJECTIONS:,} more"
    yield from describe_files(report.files)


def describe_files(files: Sequence[Path]) -> Iterator[str]:
    """Yield a line for each file that was written."""
    for file in files:
        size = f" ({format_size(file.stat().st_size)})" if file.is_file() else ""
        yield f"wrote {file}{size}"


def _columns(rows: Sequence[Sequence[str]], *, indent: str = "") -> Iterator[str]:
    """Yield rows of cells, each column as wide as its widest cell; numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if _is_number(cell) else cell.ljust(width)
            for cell, width in zip(row, widths, strict=True)
        )
        yield (indent + "  ".join(cells)).rstrip()


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").lstrip("+-").replace(".", "", 1).isdigit()


def _inside(place: Place) -> str:
    """Return where a place lies: its units and its country."""
    units = [place.admin2, place.admin1, place.country]
    return ", ".join(unit for unit in units if unit and unit != place.name)


def describe_places(places: Sequence[Place]) -> Iterator[str]:
    """Yield a table of places."""
    head = ("name", "feature", "in", "population", "lat", "lon", "id")
    rows = [
        (
            place.name,
            place.feature,
            _inside(place),
            f"{place.population:,}" if place.population else "",
            f"{place.lat:.5f}",
            f"{place.lon:.5f}",
            place.id,
        )
        for place in places
    ]
    return _columns([head, *rows])


def describe_gazetteer(facts: dict[str, object]) -> Iterator[str]:
    """Yield what a gazetteer says of itself, one fact a line."""
    rows = []
    for key, value in facts.items():
        if key == "bytes" and isinstance(value, int):
            key, value = "size", format_size(value)  # noqa: PLW2901
        elif isinstance(value, int) and key != "format":
            value = f"{value:,}"  # noqa: PLW2901
        rows.append((key, str(value)))
    width = max(len(key) for key, _ in rows)
    return (f"{key.ljust(width)}  {value}" for key, value in rows)


def describe_article(article: Article, resolutions: Sequence[Resolution]) -> Iterator[str]:
    """Yield why each mention of an article means the place that it means, best reason first."""
    story = article.story
    copies = (
        f", one of {story.size:,} articles that tell {story.id}" if story and story.size > 1 else ""
    )
    yield f"{clean_text(article.id)}: {_counted(len(resolutions), 'mention')}{copies}"
    for resolution in resolutions:
        yield ""
        yield from _describe_resolution(article, resolution)


def _describe_resolution(article: Article, resolution: Resolution) -> Iterator[str]:
    mention, place = resolution.mention, resolution.place
    meaning = f"{place.name} ({_place_label(place)})" if place else "no place of the gazetteer"
    yield (
        f"{clean_text(mention.surface)} [{mention.start}-{mention.end}] {mention.kind}, "
        f"{resolution.status}: {meaning}, confidence {resolution.confidence:.2f}"
    )
    yield f"  “{cut_snippet(article.text, mention.start, mention.end)}”"
    if resolution.relation:
        yield f"  “{clean_text(resolution.relation.text)}” is {word_relation(resolution.relation)}"
    if resolution.told:
        yield f"  told: {clean_text(resolution.told.text)} = {word_time(resolution.told)}"
    if resolution.span_evidence:
        reasons = map(_reason, resolution.span_evidence[:_SHOWN_EVIDENCE])
        yield f"  taken for a place: {', '.join(reasons)}"
    yield f"  decided by: {word_decision(resolution)}"
    shown = resolution.candidates[:_SHOWN_CANDIDATES]
    for rank, candidate in enumerate(shown, start=1):
        yield from _describe_candidate(rank, candidate)
    if len(resolution.candidates) > len(shown):
        yield f"  … and {len(resolution.candidates) - len(shown)} more"


def _place_label(place: Place) -> str:
    return ", ".join(filter(None, (_inside(place), place.feature, place.id)))


def _reason(evidence: Evidence) -> str:
    return clean_text(evidence.detail or f"{evidence.feature} {evidence.weight:+.2f}")


def _describe_candidate(rank: int, candidate: Candidate) -> Iterator[str]:
    place = candidate.place
    yield f"  {rank}. {place.name} ({_place_label(place)}), score {candidate.score:+.2f}"
    telling = [item for item in candidate.evidence if item.value * item.weight][:_SHOWN_EVIDENCE]
    rows = [
        (
            item.feature,
            f"{item.value:.2f}",
            "×",
            f"{item.weight:+.2f}",
            "=",
            f"{item.value * item.weight:+.2f}",
            clean_text(item.detail),
        )
        for item in telling
    ]
    if rows:
        yield from _columns(rows, indent="       ")

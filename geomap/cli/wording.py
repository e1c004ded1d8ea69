"""What geomap tells a person on a terminal: reports of runs, and why a place was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geomap.records import clean_text, cut_snippet
from geomap.selection.conditions import NO_DATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geomap.articles.reports import ReadReport, Rejection
    from geomap.model import Article, Candidate, Evidence, Place, Resolution
    from geomap.pipeline import RunReport
    from geomap.selection.apply import SelectionReport

__all__ = [
    "columns",
    "counted",
    "describe_article",
    "describe_files",
    "describe_reading",
    "describe_run",
    "describe_selection",
    "format_size",
    "inside",
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


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "article"), counted(2000, "article"), counted(0, "entry", "entries")
    ('1 article', '2,000 articles', '0 entries')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def describe_reading(reading: ReadReport) -> Iterator[str]:
    """Yield the lines that say what could not be read, or not as it stood."""
    if reading.adopted:
        pairs = (f"{name} from “{column}”" for name, column in reading.adopted.items())
        yield f"read by other names: {clean_text(', '.join(pairs))} (--column says otherwise)"
    if reading.skipped:
        yield f"{counted(reading.skipped, 'file')} skipped: geomap does not read their suffix"
    if reading.rejected:
        yield f"{counted(reading.rejected, 'record')} rejected:"
        yield from _first_of(reading.rejections, reading.rejected)
    if reading.repaired:
        yield f"{counted(reading.repaired, 'record')} read in spite of bad bytes:"
        yield from _first_of(reading.repairs, reading.repaired)
    if reading.guessed:
        articles = counted(sum(reading.guessed.values()), "article")
        names = (f"{name} ({count:,})" for name, count in sorted(reading.guessed.items()))
        yield f"the encoding of {articles} was guessed: {', '.join(names)}"


def _first_of(faults: Sequence[Rejection], count: int) -> Iterator[str]:
    """Yield the first of some faults, one a line, and how many more there are."""
    for fault in faults[:_SHOWN_REJECTIONS]:
        yield f"  {clean_text(str(fault))}"
    if count > _SHOWN_REJECTIONS:
        yield f"  … and {count - _SHOWN_REJECTIONS:,} more"


def describe_run(report: RunReport) -> Iterator[str]:
    """Yield the lines that say what a run read, found and wrote, and what it could not read."""
    tables = report.tables
    found = counted(report.mentions, "mention")
    if report.articles or not tables.tables:
        found = f"{counted(report.articles, 'article')}, {found}"
    parts = [f"{count:,} {name}" for name, count in sorted(report.statuses.items())]
    yield f"{found} ({', '.join(parts)})" if parts else found
    if tables.tables:
        yield f"{counted(tables.mentions, 'mention')} from {counted(tables.tables, 'table')}"
    if tables.shared:
        yield (
            f"{counted(tables.shared, 'article')} with mentions in more than one input: they count each time"
        )
    if tables.left_out == 1:
        yield "a mention table beside the articles was not read: name it to add its mentions"
    elif tables.left_out:
        yield (
            f"{tables.left_out:,} mention tables beside the articles were not read: name them to add their mentions"
        )
    yield from describe_selection(report.selection)
    reading, stories = report.reading, report.stories
    if stories is not None and stories.articles > 1:
        told = counted(stories.stories, "story", "stories")
        yield f"{counted(stories.articles, 'article')} tell {told}"
    if reading.undated:
        taken = (
            f", {stories.dated:,} of which took the date of a copy"
            if stories and stories.dated
            else ""
        )
        yield f"{counted(reading.undated, 'article')} without a date{taken}"
    if reading.ambiguous:
        yield (
            f"{counted(reading.ambiguous, 'date')} whose day and month could be swapped: "
            "--day-first or --month-first settles them"
        )
    if reading.unreadable_dates and reading.is_undatable:
        yield (
            f"most date fields could not be read as a date ({reading.unreadable_dates:,} of {reading.dates:,}), for instance "
            f"{clean_text(reading.unreadable_date)!r}: write them as 2016-12-31"
        )
    elif reading.unreadable_dates:
        yield f"{counted(reading.unreadable_dates, 'date field')} that could not be read as a date"
    if report.spanless:
        yield f"{counted(report.spanless, 'article')} without spans, so without mentions"
    yield from describe_reading(reading)
    if report.gazetteer:
        yield f"names were looked up in: {report.gazetteer}"
    yield from _describe_unknown(report)
    if report.geocoder is not None:
        yield from map(clean_text, report.geocoder.lines())
    yield from report.notes
    yield from describe_files(report.files)


def describe_selection(selection: SelectionReport) -> Iterator[str]:
    """Yield the lines that say what a selection left out, and which option did.

    >>> from geomap.selection.apply import SelectionReport
    >>> report = SelectionReport(kept=5, left_out={"--country": 2}, articles={"--no-undated": 1})
    >>> list(describe_selection(report))
    ['left out: 2 mentions by --country; 1 article without a date (--undated keeps it)']
    """
    parts = []
    for counts, noun in ((selection.left_out, "mention"), (selection.articles, "article")):
        for word, count in counts.items():
            it = "it" if count == 1 else "them"
            why = f"without a date (--undated keeps {it})" if word == NO_DATE else f"by {word}"
            parts.append(f"{counted(count, noun)} {why}")
    if parts:
        yield f"left out: {'; '.join(parts)}"


#: so many unknown names of one country are worth a larger gazetteer
_MANY_UNKNOWN: Final = 10


def _describe_unknown(report: RunReport) -> Iterator[str]:
    """Yield a line where many names of one country are not known: what they are, and what adds that country."""
    most = max(sorted(report.unknown.items()), key=lambda item: len(item[1]), default=None)
    if most is not None and len(most[1]) >= _MANY_UNKNOWN:
        country, names = most
        yield (
            f"{len(names):,} names of places in {country} are not in the gazetteer: 'geomap gazetteer install geonames "
            f"--countries {country}' adds that country, 'geomap gazetteer suggest' lists them"
        )


def describe_files(files: Sequence[Path]) -> Iterator[str]:
    """Yield a line for each file that was written."""
    for file in files:
        size = f" ({format_size(file.stat().st_size)})" if file.is_file() else ""
        yield f"wrote {file}{size}"


def columns(rows: Sequence[Sequence[str]], *, indent: str = "") -> Iterator[str]:
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


def inside(place: Place) -> str:
    """Return where a place lies: its units and its country."""
    units = [place.admin2, place.admin1, place.country]
    return ", ".join(unit for unit in units if unit and unit != place.name)


def describe_article(article: Article, resolutions: Sequence[Resolution]) -> Iterator[str]:
    """Yield why each mention of an article means the place that it means, best reason first."""
    story = article.story
    copies = (
        f", one of {story.size:,} articles that tell {story.id}" if story and story.size > 1 else ""
    )
    yield f"{clean_text(article.id)}: {counted(len(resolutions), 'mention')}{copies}"
    for resolution in resolutions:
        yield ""
        yield from _describe_resolution(article, resolution)


def _describe_resolution(article: Article, resolution: Resolution) -> Iterator[str]:
    from geomap.reasons.features import word_decision
    from geomap.relations import word_relation
    from geomap.told import word_time

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
    return ", ".join(filter(None, (inside(place), place.feature, place.id)))


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
        yield from columns(rows, indent="       ")

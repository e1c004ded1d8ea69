"""Measure how long tallies take and how much memory, on this machine, by one command.

  python benchmarks/tally.py
      1,000,000 mentions of 20,000 places in 60,000 articles over 2,000 days, all made from a seed: a quarter of the
      articles are copies, one of ten is known to a month, one of twenty has no date, two of five mentions tell a time
  python benchmarks/tally.py --mentions 100000
      fewer

Each tally runs in a process of its own, on a table that is in memory, of the columns that it needs; its time is that of the CPU, with what it imports,
so that what else the machine does counts little. Memory is the most that the process held, the table among it. One tally is
that of the command, from a Parquet file of all columns to a CSV file. Each figure
stands beside its limit, and the command fails where one is missed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from geomap.selection import Selection
from geomap.selection.apply import select_mentions
from geomap.tables.tally_by import columns_for, tally
from geomap.tallying import tally_inputs

SEED: Final = 20_190_321
PLACES, DAYS = 20_000, 2_000
FIRST_DAY: Final = dt.date(2014, 6, 1)
COUNTRIES: Final = tuple(
    "SY IQ TR LB JO IR EG SA YE DE FR GB US RU UA IT ES GR CY IL LY SD ET KE NG".split()
)
#: seconds of the CPU and megabytes for a million mentions
MOST_SECONDS, MOST_MEGABYTES = 10.0, 1_000
TALLIES: Final[dict[str, dict[str, Any]]] = {
    "by place": {"by": "place"},
    "by place and month": {"by": "place", "period": "month"},
    "by place and week, spread": {"by": "place", "period": "week", "vague": "spread"},
    "by country and week, wide": {"by": "country", "period": "week", "wide": True},
    "by admin1 and told month": {"by": "admin1", "period": "month", "time": "told"},
    "by article": {"by": "article"},
    "by story and kind": {"by": ["story", "kind"]},
    "by source and date": {"by": ["source", "date"]},
}
SELECTING: Final = "selecting: --from --country --near"
FILES: Final = "Parquet to CSV, by place and month"
_TEXT: Final = "string[python]"


def make_table(mentions: int, seed: int = SEED) -> pd.DataFrame:
    """Return a mention table of some size, the same for the same seed."""
    random = np.random.default_rng(seed)
    articles = max(1, mentions * 6 // 100)
    article = np.sort(random.integers(0, articles, mentions))
    place = (PLACES * random.random(mentions) ** 3).astype(int)  # few places are mentioned often
    day = random.integers(0, DAYS, articles)
    known = random.choice(3, articles, p=[0.85, 0.1, 0.05])
    days = [_published(int(number), int(how)) for number, how in zip(day, known, strict=True)]
    start, end, precision = (_take([one[at] for one in days], article) for at in range(3))
    tells = random.random(mentions) < 0.4
    told = day[article] - random.integers(0, 400, mentions)
    iso = np.array([_day(number) for number in range(-400, DAYS)], dtype=object)
    event = np.where(tells, iso[told + 400], None)
    story = np.where(np.arange(articles) % 4 == 0, np.arange(articles) // 8, np.arange(articles))
    unit = np.array([f"Unit {number % 900}" for number in range(PLACES)], dtype=object)
    country = np.array(
        [COUNTRIES[number % len(COUNTRIES)] for number in range(PLACES)], dtype=object
    )
    texts = {
        "article_id": _take([f"article-{number:06}.txt" for number in range(articles)], article),
        "title": _take([f"Title of {number}" for number in range(articles)], article),
        "source": _take([f"Courier {number % 300}" for number in range(articles)], article),
        "url": None,
        "lang": "en",
        "kind": np.array(["literal", "associative", "embedded"], dtype=object)[
            random.choice(3, mentions, p=[0.75, 0.2, 0.05])
        ],
        "status": "resolved",
        "place_id": _take([f"geonames:{number}" for number in range(PLACES)], place),
        "name": _take([f"Place {number}" for number in range(PLACES)], place),
        "feature": "PPL",
        "country": country[place],
        "country_iso3": None,
        "admin1": unit[place],
        "admin1_id": _take([f"geonames:9{number % 900}" for number in range(PLACES)], place),
        "admin1_code": None,
        "admin1_iso": None,
        "admin2_id": None,
        "admin2": None,
        "within": None,
        "within_name": None,
        "date_start": start,
        "date_end": end,
        "date_precision": precision,
        "event_start": event,
        "event_end": event,
        "event_precision": np.where(tells, "day", None),
        "story_id": _take([f"s{number:06}" for number in story], article),
    }
    table = pd.DataFrame(
        {name: pd.array(_whole(cells, mentions), dtype=_TEXT) for name, cells in texts.items()}
    )
    lat, lon = random.uniform(10, 60, PLACES), random.uniform(-10, 60, PLACES)
    return table.assign(
        lat=lat[place],
        lon=lon[place],
        radius_km=np.nan,
        precision=pd.array(np.ones(mentions, dtype=int), dtype="Int64"),
        story_size=pd.array(np.ones(mentions, dtype=int), dtype="Int64"),
        confidence=random.random(mentions).round(3),
    )


def _whole(cells: Any, mentions: int) -> Any:
    return (
        np.full(mentions, cells, dtype=object) if cells is None or isinstance(cells, str) else cells
    )


def _take(values: list[Any], rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.array(values, dtype=object)[rows]


def _day(number: int) -> str:
    return (FIRST_DAY + dt.timedelta(days=number)).isoformat()


def _published(number: int, how: int) -> tuple[str | None, str | None, str]:
    day = FIRST_DAY + dt.timedelta(days=number)
    if how == 0:
        return day.isoformat(), day.isoformat(), "day"
    if how == 1:
        first = day.replace(day=1)
        last = (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
        return first.isoformat(), last.isoformat(), "month"
    return None, None, "unknown"


def needed_columns(name: str) -> list[str]:
    """Return the columns that one of the measured calls looks at: what geomap reads of a file for it."""
    options = TALLIES.get(name)
    if options is None:
        return [
            "date_start",
            "date_end",
            "country",
            "lat",
            "lon",
            "radius_km",
            "feature",
            "precision",
        ]
    return list(columns_for(options["by"], time=options.get("time", "published")))


def measure(name: str, path: Path) -> dict[str, float]:
    """Return the CPU's seconds and the most memory of one tally of a table that was pickled."""
    options = TALLIES.get(name)
    if name == FILES:
        begin = time.process_time()
        rows = _tally_file(path.with_suffix(".parquet"), path.with_suffix(".csv"))
        seconds = time.process_time() - begin
        return {"seconds": seconds, "megabytes": peak_megabytes(), "rows": rows}
    table = pd.read_pickle(path)  # noqa: S301 - we wrote it a moment ago
    begin = time.process_time()
    if options is None:
        selection = Selection(from_day="2015", country=("SY", "IQ"), near=(35, 39, 3_000))
        rows = len(select_mentions(table, selection))
    else:
        rows = len(tally(table, **options))
    seconds = time.process_time() - begin
    return {"seconds": seconds, "megabytes": peak_megabytes(), "rows": rows}


def _tally_file(table: Path, tally_file: Path) -> int:
    """Tally a file as the command does; return the number of rows."""
    tally_inputs([table], tally_file, by="place", period="month")
    with tally_file.open("rb") as file:
        return sum(1 for _ in file) - 1


def peak_megabytes() -> float:
    """Return the most memory that this process held; what Linux says of its resources is that of the parent, too."""
    status = Path("/proc/self/status")
    peaks = [
        line.split()[1]
        for line in (status.read_text().splitlines() if status.exists() else ())
        if line.startswith("VmHWM:")
    ]
    if peaks:
        return int(peaks[0]) / 1e3
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> int:
    """Measure each tally; return 1 where a limit is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--table", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.table)))
        return 0
    print(
        f"{options.mentions:,} mentions, Python {platform.python_version()}, pandas {pd.__version__}"
    )
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.pickle"
        table = make_table(options.mentions)
        # a sentence is what no two mentions share, and most of a file
        said = [f"Of mention {number} it says this, and no more" for number in range(len(table))]
        whole = table.assign(surface=table["name"], snippet=said)
        whole.to_parquet(path.with_suffix(".parquet"), row_group_size=50_000)
        for name in (*TALLIES, SELECTING, FILES):
            if name != FILES:
                table[needed_columns(name)].to_pickle(path)
            command = [sys.executable, __file__, "--one", name, "--table", str(path)]
            run = subprocess.run(command, check=True, capture_output=True, text=True)
            found = json.loads(run.stdout)
            bad = found["seconds"] > MOST_SECONDS or found["megabytes"] > MOST_MEGABYTES
            missed += bad
            print(
                f"{name:40} {found['seconds']:6.2f} s (limit {MOST_SECONDS:g})  {found['megabytes']:6.0f} MB "
                f"(limit {MOST_MEGABYTES:,})  {found['rows']:9,.0f} rows{'   MISSED' * bad}"
            )
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())

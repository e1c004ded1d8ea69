"""Measure how fast a mention table is mapped and written again, on this machine, by one command.

  python benchmarks/tables.py
      100,000 mentions, those of benchmarks/map.py, as Parquet, CSV and JSON lines
  python benchmarks/tables.py --mentions 10000
      fewer

Each command runs in a process of its own and is judged by the CPU's time of that process, with all that it imports. The
first one is to take 4 s at most; the command fails where it takes more. Modules are compiled already, as pip and a first run
leave them: the first command is run once before it is measured.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import geomap

sys.path.insert(0, str(Path(__file__).parent))
from map import make_records

#: seconds of the CPU for 100,000 mentions from a Parquet file to a page
MOST = 4.0
MENTIONS = 100_000


def measure(*words: str) -> float:
    """Run a command of geomap; return the seconds of the CPU that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "geomap", *words, "--quiet"]
    subprocess.run(command, check=True, env=kept)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print each figure; fail where the first is above its limit."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mentions", type=int, default=MENTIONS)
    number = parser.parse_args().mentions
    records = make_records(number, articles=max(1, number // 5), places=max(1, number // 20))
    writers = {"csv": geomap.write_csv, "jsonl": geomap.write_jsonl}
    with tempfile.TemporaryDirectory() as folder:
        geomap.write_parquet(records, Path(folder, "m.parquet"))
        for suffix, write in writers.items():
            write(records, Path(folder, f"m.{suffix}"))
        page = str(Path(folder, "map.html"))
        measure("map", str(Path(folder, "m.parquet")), "-o", page)
        first = measure("map", str(Path(folder, "m.parquet")), "-o", page)
        print(
            f"map of {number:,} mentions from Parquet: {first:.1f} s of the CPU, limit {MOST:.0f}"
        )
        for suffix in writers:
            seconds = measure("map", str(Path(folder, f"m.{suffix}")), "-o", page)
            print(f"map of {number:,} mentions from .{suffix}: {seconds:.1f} s")
        table = str(Path(folder, "again.csv"))
        seconds = measure("mentions", str(Path(folder, "m.parquet")), "-o", table)
        print(f"{number:,} mentions from Parquet to CSV: {seconds:.1f} s")
    if first > MOST:
        sys.exit("the map of a table takes too long")


if __name__ == "__main__":
    main()

"""Time the gazetteer: compiling it, opening it, looking names up.

usage: python benchmarks/gazetteer.py

Compiles the embedded gazetteer in a process of its own, in a temporary folder; prints seconds,
peak memory and sizes.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time

SEED = 20261120
LOOKUPS = 100_000
NAMES = (
    "Raqqa", "Şanlıurfa", "Deir al-Zour", "Kobanî", "Paris", "Springfield", "San Antonio",
    "Мосул", "الرقة", "耶路撒冷", "Nowhere at all", "Thessaloniki", "Al Raqqah", "Baghouz", "Zzyzx",
)  # fmt: skip


def compile_index() -> None:
    """Compile the index in this process and print what it took."""
    from geomap.gazetteer import open_gazetteer  # noqa: PLC0415 - timed by the caller

    begun = time.perf_counter()
    gazetteer = open_gazetteer(progress=False)
    took = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = sum(path.stat().st_size for path in gazetteer.folder.iterdir()) / 1e6
    print(f"compile     {took:8.1f} s    peak memory {peak:.0f} MB, {size:.0f} MB on disk")


def look_up() -> None:
    """Open the index and look names up in it."""
    from geomap.gazetteer import open_gazetteer  # noqa: PLC0415 - its import is not timed

    begun = time.perf_counter()
    gazetteer = open_gazetteer(progress=False)
    print(f"open        {(time.perf_counter() - begun) * 1e3:8.1f} ms   with the tables' digest")
    chosen = random.Random(SEED).choices(NAMES, k=LOOKUPS)  # noqa: S311 - a fixed seed is the point
    begun = time.perf_counter()
    found = sum(bool(gazetteer.lookup(name)) for name in chosen)
    took = (time.perf_counter() - begun) / LOOKUPS * 1e6
    print(f"look-up     {took:8.2f} µs   {found:,} of {LOOKUPS:,} names found")


def main() -> None:
    """Run each part in a process of its own."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "GEOMAP_CACHE": cache}
        for part in ("compile_index", "look_up"):
            code = f"import sys; sys.path.insert(0, {os.path.dirname(__file__)!r}); import gazetteer; gazetteer.{part}()"  # noqa: PTH120
            subprocess.run([sys.executable, "-c", code], env=environment, check=True)


if __name__ == "__main__":
    main()

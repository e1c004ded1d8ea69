"""Time the gazetteer: compiling it, opening it, looking names up, reading articles with it.

  python benchmarks/gazetteer.py
      the embedded gazetteer
  python benchmarks/gazetteer.py --places 2000000
      that, and one of so many made-up places of GeoNames' form beside geomap's own (see dump.py)
  python benchmarks/gazetteer.py --full
      the same with as many as GeoNames lists: it takes a quarter of an hour, 6 GB of disk, and 3 GB of memory
  python benchmarks/gazetteer.py --full --corpus lgl.xml TR-News.xml
      and how many articles a second are read with it, and with the embedded gazetteer, in turns

Each part runs in a process of its own. The clock of a machine that others use too is not steady; the CPU's time is: opening and
looking up are timed by that. Private
memory is what a process holds beside the pages of the index, which all processes of a machine share.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import re
import resource
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dump import write_dump
from throughput import in_new_process, read_records

from geomap import Geoparser, read_articles
from geomap.gazetteer import Index, open_gazetteer
from geomap.gazetteer.compose import Recipe, build_gazetteer
from geomap.gazetteer.opening import build_embedded

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED: Final = 20_261_120
FULL: Final = 12_500_000
LOOKUPS: Final = 100_000
#: of the names that are looked up so many of a hundred are those of places
KNOWN: Final = 60
#: seconds for which articles are read with each gazetteer, after all were read once
READING: Final = 30.0
NAMES: Final = (
    "Raqqa", "Şanlıurfa", "Deir al-Zour", "Kobanî", "Paris", "Springfield", "San Antonio",
    "Мосул", "الرقة", "耶路撒冷", "Nowhere at all", "Thessaloniki", "Al Raqqah", "Baghouz", "Zzyzx",
)  # fmt: skip


@dataclass(slots=True)
class Compiled:
    """What compiling took, in seconds and megabytes, and what came of it."""

    wall: float
    cpu: float
    peak: float
    size: float
    places: int
    names: int

    def __str__(self) -> str:
        return (
            f"compile     {self.wall:8.1f} s    {self.cpu:.1f} s of the CPU, peak memory {self.peak:,.0f} MB; "
            f"{self.places:,} places, {self.names:,} names, {self.size:,.0f} MB on disk"
        )


@dataclass(slots=True)
class LookedUp:
    """What opening and looking up took of the CPU: milliseconds, microseconds; and megabytes."""

    first_open: float
    open: float
    first: float
    warm: float
    private: float
    found: int

    def __str__(self) -> str:
        return (
            f"open        {self.open:8.1f} ms   {self.first_open:,.1f} ms the first time, with the digests of its files\n"
            f"look-up     {self.warm:8.2f} µs   {self.first:.2f} µs the first time; {self.found:,} of {LOOKUPS:,} names found\n"
            f"memory      {self.private:8.1f} MB   private, after {LOOKUPS:,} look-ups and the places that they gave"
        )


def _measured(begun: tuple[float, float], folder: Path) -> Compiled:
    wall, cpu = time.perf_counter() - begun[0], time.process_time() - begun[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    meta = Index(folder).meta
    return Compiled(wall, cpu, peak, size, meta["places"], meta["names"])


def compile_embedded(folder: Path) -> Compiled:
    """Compile the embedded gazetteer."""
    begun = time.perf_counter(), time.process_time()
    build_embedded(folder)
    return _measured(begun, folder)


def compile_dump(folder: Path, dump: Path) -> Compiled:
    """Compile a dump and geomap's own places, as the command that installs GeoNames does."""
    begun = time.perf_counter(), time.process_time()
    build_gazetteer(folder, Recipe(geonames=(dump,), packages=False))
    return _measured(begun, folder)


def private_memory() -> float:
    """Return the megabytes of this process that are no pages of files."""
    rollup = Path("/proc/self/smaps_rollup").read_text()
    [anonymous] = re.findall(r"^Anonymous:\s*(\d+) kB", rollup, re.MULTILINE)
    return int(anonymous) * 1024 / 1e6


def choose_names(dump: Path | None) -> list[str]:
    """Return names to look up: some of the places of a dump, others of none."""
    chooser = random.Random(SEED)  # noqa: S311 - a fixed seed is the point
    if dump is None:
        return chooser.choices(NAMES, k=LOOKUPS)
    names = []
    wanted = LOOKUPS * KNOWN // 100
    with (dump / "allCountries.txt").open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        for _ in range(wanted):
            file.seek(chooser.randrange(size))
            file.readline()
            cells = file.readline().decode().split("\t")
            names.append(cells[1] if len(cells) > 1 else NAMES[0])
    names += [f"{name[::-1].title()}x" for name in names[: LOOKUPS - wanted]]
    chooser.shuffle(names)
    return names


def _look_up(gazetteer: Index, names: Sequence[str]) -> tuple[float, int]:
    """Look names up, and read the likeliest places; return microseconds a name, and how many were found."""
    found = 0
    begun = time.process_time()
    for name in names:
        postings = gazetteer.lookup(name)
        found += bool(postings)
        for row, _ in postings[:3]:
            gazetteer.place(row)
    return (time.process_time() - begun) / len(names) * 1e6, found


def look_up(folder: Path, dump: Path | None) -> LookedUp:
    """Open an index and look names up in it."""
    names = choose_names(dump)
    (folder / "verified.json").unlink(
        missing_ok=True
    )  # whose digests were right when it was compiled
    begun = time.process_time()
    Index(folder)
    first_open = (time.process_time() - begun) * 1e3
    before = private_memory()
    begun = time.process_time()
    gazetteer = Index(folder)
    opened = (time.process_time() - begun) * 1e3
    first, found = _look_up(gazetteer, names)
    private = private_memory() - before
    warm, _ = _look_up(gazetteer, names)
    return LookedUp(first_open, opened, first, warm, private, found)


def write_articles(paths: Sequence[Path], folder: Path) -> Path:
    """Write the articles of some corpora as JSON lines."""
    target = folder / "articles.jsonl"
    records = itertools.chain.from_iterable(map(read_records, paths))
    with target.open("w", encoding="utf-8", errors="replace") as file:
        for number, record in enumerate(records):
            file.write(json.dumps({**record, "id": str(number)}, ensure_ascii=False) + "\n")
    return target


def read_in_turns(path: Path, folders: Sequence[Path]) -> list[float]:
    """Return the articles a second of the CPU that each gazetteer reads, in turns; all are read once before."""
    articles = list(read_articles(path))
    parsers = [Geoparser(open_gazetteer(folder)) for folder in folders]
    for parser in parsers:
        for article in articles:
            parser.parse(article)
    spent, done = [0.0] * len(parsers), [0] * len(parsers)
    for start in itertools.count(0, 50):
        chunk = [articles[(start + step) % len(articles)] for step in range(50)]
        for number, parser in enumerate(parsers):
            begun = time.process_time()
            for article in chunk:
                parser.parse(article)
            spent[number] += time.process_time() - begun
            done[number] += len(chunk)
        if min(spent) > READING:
            break
    return [count / seconds for count, seconds in zip(done, spent, strict=True)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument(
        "--places", type=int, default=0, help="made-up places, as GeoNames lists them"
    )
    parser.add_argument("--full", action="store_true", help=f"{FULL:,} of them")
    parser.add_argument(
        "--corpus", nargs="+", type=Path, default=[], help="articles, as throughput.py takes them"
    )
    parser.add_argument(
        "--folder", type=Path, help="where the files go; the system's temporary folder otherwise"
    )
    parser.add_argument(
        "--keep", action="store_true", help="keep the dump and the indexes, for layers.py"
    )
    return parser.parse_args()


def _run(call: Any, *arguments: Any) -> Any:
    result = in_new_process(call, *arguments)
    print(result, flush=True)
    return result


def measure(folder: Path, places: int, corpus: Sequence[Path]) -> None:
    """Measure in a folder, and print."""
    os.environ["GEOMAP_CACHE"] = str(folder)
    print("the embedded gazetteer")
    _run(compile_embedded, folder / "embedded")
    _run(look_up, folder / "embedded", None)
    indexes = [folder / "embedded"]
    if places:
        begun = time.perf_counter()
        made = in_new_process(write_dump, folder / "dump", places)
        print(f"\n{made.places:,} made-up places with {made.names:,} names beside it ({time.perf_counter() - begun:.0f} s to make)")  # fmt: skip
        _run(compile_dump, folder / "large", folder / "dump")
        _run(look_up, folder / "large", folder / "dump")
        indexes.append(folder / "large")
    if corpus:
        path = write_articles(corpus, folder)
        rates = in_new_process(read_in_turns, path, indexes)
        print("\narticles a second of the CPU, in turns: " + ", ".join(f"{rate:,.0f} with {index.name}" for rate, index in zip(rates, indexes, strict=True)))  # fmt: skip


def main() -> None:
    """Measure in a folder of its own."""
    options = _options()
    folder = Path(tempfile.mkdtemp(dir=options.folder, prefix="geomap-"))
    try:
        measure(folder, FULL if options.full else options.places, options.corpus)
    finally:
        if options.keep:
            print(f"\nkept in {folder}")
        else:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()

"""Measure how large and how fast the map page is, on this machine, by one command.

  python benchmarks/map.py
      100,000 mentions of 5,000 places in 20,000 articles over 2,000 days, all made from a seed:
      a quarter of the articles are copies, every 20th mention describes an area beside its place,
      two of five tell a time
  python benchmarks/map.py --mentions 10000 --no-browser
      fewer, and only what Python does
  python benchmarks/map.py --sizes
      how fast the sliders of four sizes are, into docs/MAP.md
  python benchmarks/map.py --profile
      and which functions the writing spends its time in

Each figure stands beside its limit, and the command fails where one is missed. The words of the
made articles are made too, and as frequent as words are (Zipf); their sentences are as long as those
of news, and shrink no better (the command says by how much: sentences of English news have some 125
characters, and deflate leaves 41 of 100). The writing is timed as the first in its process, with what
it imports, and judged by the CPU's time, so that what else the machine does counts little. So are the
frames: a slider is dragged with the mouse over its bars, and a frame is all that the page's thread does
from one step of the mouse to the next. The heap is measured after collecting garbage.

The browser is Chromium: $GEOMAP_CHROMIUM, or the first that is found.
"""

from __future__ import annotations

import argparse
import cProfile
import datetime as dt
import itertools
import json
import math
import platform
import pstats
import random
import statistics
import sys
import tempfile
import time
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from browsers import find_chromium
from sections import write_section

import geomap
from geomap.schema import MENTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import CDPSession, Page

SEED = 20_190_321
ARTICLES, PLACES, DAYS = 20_000, 5_000, 2_000
FIRST_DAY = dt.date(2014, 6, 1)
#: words of the made language, and of one of its sentences
WORDS, SENTENCE = 40_000, (6, 24)
#: how much rarer a word is than the one before it: the exponent of Zipf's law
RARITY = 0.9
#: every so many-th article is a copy; shares of the mentions with a relation and with a told time
COPIED, RELATED, TOLD = 4, 0.05, 0.4
#: points of a described area, without the last one, which is the first
POINTS = 32
#: steps of the mouse over the length of a slider, and how often each slider is dragged
STEPS = 50
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"),
    *("--disable-frame-rate-limit", "--disable-gpu-vsync", "--enable-precise-memory-info"),
)
COUNTRIES = "SY IQ TR LB JO IR EG SA YE DE FR GB US RU UA IT ES GR CY IL LY SD ET KE NG".split()

#: notes in the page when it is ready, before any of its scripts runs
_WATCH_READY = """
new MutationObserver((_, observer) => {
  if (!document.body?.dataset.ready) return;
  window.benchmarkReady = performance.now();
  observer.disconnect();
}).observe(document, { attributes: true, childList: true, subtree: true });
"""
#: the frame after the next one
_NEXT_FRAME = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


#: what a frame's time goes to, as the browser counts it
DURATIONS = {
    "ScriptDuration": "script",
    "RecalcStyleDuration": "styles",
    "LayoutDuration": "layout",
    "TaskDuration": "all of it",
}


class Limit(NamedTuple):
    """What a figure may be at most."""

    name: str
    most: float
    unit: str

    def check(self, value: float) -> bool:
        """Print the figure beside its limit; tell whether it keeps it."""
        good = value <= self.most
        line = f"{self.name:<38} {value:>10,.1f} {self.unit:<3} limit {self.most:,.0f}"
        print(line if good else f"{line}   MISSED", flush=True)
        return good


SIZE = Limit("file", 3_000, "kB")
WRITING = Limit("written, time of the CPU", 3_000, "ms")
READY = Limit("ready after", 2_000, "ms")
MEDIAN = Limit("slider frame, median", 16, "ms")
SLOWEST = Limit("slider frame, 95th percentile", 33, "ms")
TOLD_MEDIAN = Limit("slider frame of told times, median", 16, "ms")
TOLD_SLOWEST = Limit("slider frame of told times, 95th perc.", 33, "ms")
HEAP = Limit("heap of the page's script", 150, "MB")
SMALL_SIZE = Limit("file of five articles", 750, "kB")
FRAMES = (MEDIAN, SLOWEST, TOLD_MEDIAN, TOLD_SLOWEST)

#: mentions of the maps whose sliders are compared
SIZES = (1_000, 10_000, 30_000, 100_000)
DOCUMENT = Path(__file__).parents[1] / "docs" / "MAP.md"
DOCUMENT_HEAD = """\
## How fast the map is

What the page's thread spends on a frame while a slider of dates is dragged with the mouse, by size of the
map, in milliseconds of the CPU: circles, areas and bars are drawn in each frame, where they have changed; words
follow ten times a second, the rows of the list that are seen two times, all else when the slider rests, and its
time is in these figures. Chromium without a graphics card;
`python benchmarks/map.py --sizes` measures it and writes this section. The limits are 16 ms in the median and
33 ms at the 95th percentile.

"""


def make_words(random_: random.Random) -> Iterator[str]:
    """Yield the words of a made text, some of them often."""
    syllables = [a + b for a in "bdfghklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er")]
    made = {
        "".join(random_.choices(syllables, k=random_.choice((1, 2, 2, 3, 4))))
        for _ in range(2 * WORDS)
    }
    words = sorted(made)[:WORDS]
    random_.shuffle(words)
    weights = list(itertools.accumulate(rank**-RARITY for rank in range(1, len(words) + 1)))
    while True:
        yield from random_.choices(words, cum_weights=weights, k=10_000)


def make_places(random_: random.Random, number: int) -> list[dict[str, Any]]:
    """Return places, most of them towns, with some countries, units and regions among them."""
    words = make_words(random_)
    features = ("PPL",) * 45 + ("ADM1",) * 3 + ("PCLI", "RGN")
    places = []
    for n in range(number):
        country = random_.choice(COUNTRIES)
        feature = features[n % len(features)]
        places.append(
            {
                **dict.fromkeys(MENTIONS.of_group("place")),
                "place_id": f"geonames:{100_000 + n * 37}",
                "name": f"{next(words)}{next(words)}".capitalize(),
                "feature": feature,
                "lat": round(random_.uniform(12, 55), 5),
                "lon": round(random_.uniform(-10, 65), 5),
                "radius_km": 5.0,
                "precision": {"PPL": 1, "ADM1": 4, "PCLI": 6, "RGN": 5}[feature],
                "country": country,
                "country_iso3": f"{country}X",
                "admin1": f"{country} {n % 12}",
                "admin1_id": f"geonames:{9_000_000 + 12 * COUNTRIES.index(country) + n % 12}",
                "admin1_code": f"{country}.{n % 12:02}",
                "admin1_iso": f"{country}-{n % 12:02}",
            }
        )
    return places


def make_articles(random_: random.Random, number: int) -> list[dict[str, Any]]:
    """Return what the records of an article share; a few dates are of a month, a few unknown."""
    words = make_words(random_)
    articles = []
    for n in range(number):
        day = FIRST_DAY + dt.timedelta(days=random_.randrange(DAYS))
        span: tuple[str | None, str | None, str] = (day.isoformat(), day.isoformat(), "day")
        if n % 20 == 3:
            span = (day.replace(day=1).isoformat(), day.replace(day=28).isoformat(), "month")
        elif n % 50 == 7:
            span = (None, None, "unknown")
        start, end, precision = span
        articles.append(
            {
                "article_id": f"news/{n // 1000:02}/{n:06}.html",
                "title": " ".join(itertools.islice(words, 8)).capitalize(),
                "source": f"Paper {n % 40}",
                "url": f"https://paper{n % 40}.example/{day.year}/{n:06}",
                "lang": "en",
                "date_start": start,
                "date_end": end,
                "date_precision": precision,
                "date_source": start and "html",
                "story_id": f"story-{n:06}",
                "story_size": 1,
            }
        )
    for n in range(2, number, COPIED):  # each a copy of one that stands before it
        articles[n]["story_id"] = articles[random_.randrange(max(0, n - 9), n)]["story_id"]
    sizes = Counter(article["story_id"] for article in articles)
    for article in articles:
        article["story_size"] = sizes[article["story_id"]]
    return articles


def make_relation(random_: random.Random, place: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a relation: a disc, or a part of one, somewhere beside its place."""
    if random_.random() >= RELATED:
        return dict.fromkeys(MENTIONS.of_group("relation"))
    km, towards = random_.choice((3, 10, 20, 30, 50, 100)), random_.randrange(8)
    angle = towards * math.pi / 4
    lat = place["lat"] + km / 111 * math.cos(angle)
    lon = place["lon"] + km / 111 * math.sin(angle)
    turns = [2 * math.pi * n / POINTS for n in range(POINTS)] + [0.0]
    ring = [
        (round(lon + km / 300 * math.sin(a), 4), round(lat + km / 300 * math.cos(a), 4))
        for a in turns
    ]
    names = ("north", "north-east", "east", "south-east", "south", "south-west", "west")
    return {
        "relation": f"{km} km {(*names, 'north-west')[towards]} of {place['name']}",
        "relation_type": "offset",
        "relation_lat": round(lat, 5),
        "relation_lon": round(lon, 5),
        "relation_radius_km": km / 3,
        "relation_geometry": f"POLYGON (({', '.join(f'{x:g} {y:g}' for x, y in ring)}))",
        "precision": 2,
    }


def make_told(random_: random.Random, head: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a told time: a day of the week before, a month, a year, or none."""
    columns = ("event_start", "event_end", "event_precision", "event_text")
    if random_.random() >= TOLD or head["date_start"] is None:
        return dict.fromkeys(columns)
    published = dt.date.fromisoformat(head["date_start"])
    kind = random_.choices(("day", "month", "year"), (70, 20, 10))[0]
    day = published - dt.timedelta(days=random_.randrange(7))
    if kind == "day":
        return dict(zip(columns, (str(day), str(day), kind, f"on {day:%A}"), strict=True))
    back = random_.randrange(24)
    first = (day.replace(day=1) - dt.timedelta(days=30 * back)).replace(day=1)
    if kind == "year":
        first = first.replace(year=random_.choice((first.year - 1, first.year, 1916)), month=1)
    after = first + dt.timedelta(days=366 if kind == "year" else 31)
    last = after.replace(day=1, **({"month": 1} if kind == "year" else {})) - dt.timedelta(days=1)
    text = f"in {first:%B %Y}" if kind == "month" else f"in {first.year}"
    return dict(zip(columns, (str(first), str(last), kind, text), strict=True))


def make_records(mentions: int, *, articles: int, places: int) -> list[dict[str, Any]]:
    """Return mention records; a sentence has one or two of them, and a few places have most."""
    random_ = random.Random(SEED)  # noqa: S311 - not for secrets
    words = make_words(random_)
    known = make_places(random_, places)
    heads = make_articles(random_, articles)
    weights = list(itertools.accumulate(1 / (rank + 10) for rank in range(places)))
    records: list[dict[str, Any]] = []
    starts = [0] * articles
    while len(records) < mentions:
        article = random_.randrange(articles)
        named = random_.choices(known, cum_weights=weights, k=random_.choice((1, 1, 1, 2)))
        sentence = list(itertools.islice(words, random_.randint(*SENTENCE)))
        for place in named:
            sentence.insert(random_.randrange(len(sentence) + 1), place["name"])
        text = " ".join(sentence) + "."
        for place in named[: mentions - len(records)]:
            start = starts[article] + text.index(place["name"])
            roll = random_.random()
            records.append(
                {
                    **heads[article],
                    "start": start,
                    "end": start + len(place["name"]),
                    "surface": place["name"],
                    "snippet": text,
                    "kind": "literal" if roll < 0.75 else "associative",
                    "status": "ambiguous" if roll > 0.95 else "resolved",
                    **place,
                    "confidence": round(random_.uniform(0.4, 1), 3),
                    **make_relation(random_, place),
                    **make_told(random_, heads[article]),
                    "why": random_.choice(("largest", "country_votes near", "only")),
                }
            )
        starts[article] += len(text) + 1
    return records


def write_timed(records: list[dict[str, Any]], path: Path) -> tuple[float, float]:
    """Write the page; return the milliseconds of the clock and of the CPU."""
    clock, cpu = time.perf_counter(), time.process_time()
    geomap.write_map(records, path, title="A map of made articles")
    return 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - cpu)


def chromium_path() -> str:
    """Return the path of the browser, or end with what to do."""
    found = find_chromium()
    if found is None:
        sys.exit("no Chromium found: install one, name it in GEOMAP_CHROMIUM, or say --no-browser")
    return found


def measure_page(path: Path) -> Iterator[tuple[Limit, float]]:
    """Open the page in a browser without a network, and yield its figures."""
    from playwright import sync_api as playwright  # noqa: PLC0415 - only for the browser's part

    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
        page = context.new_page()
        noise: list[str] = []
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.add_init_script(_WATCH_READY)
        page.goto(path.as_uri(), wait_until="commit")
        try:
            page.wait_for_selector("body[data-ready]", timeout=60_000)
        except playwright.TimeoutError:
            sys.exit(f"the page was not ready after a minute; its console says {noise}")
        session = context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        yield READY, page.evaluate("window.benchmarkReady")
        page.wait_for_timeout(1_000)
        yield HEAP, measure_heap(session)
        before = metrics(session)
        for axis, (median, slowest) in {
            "published": (MEDIAN, SLOWEST),
            "told": (TOLD_MEDIAN, TOLD_SLOWEST),
        }.items():
            page.locator(f".axis input[value={axis}]").check()
            page.wait_for_timeout(500)
            frames = sorted(drag_sliders(page, session))
            if not frames:
                sys.exit("no slider could be dragged")
            yield median, statistics.median(frames)
            yield slowest, frames[math.ceil(0.95 * len(frames)) - 1]
        after = metrics(session)
        spent = {name: 1000 * (after[name] - before[name]) / len(frames) for name in DURATIONS}
        parts = ", ".join(f"{words} {spent[name]:,.1f} ms" for name, words in DURATIONS.items())
        print(f"  {len(frames)} frames, each of the CPU: {parts}")
        print(f"  {measure_heap(session):,.1f} MB of heap after them")
        browser.close()
    if noise:
        sys.exit(f"the page wrote to its console: {noise[0]}")


def drag_sliders(page: Page, session: CDPSession) -> list[float]:
    """Drag both sliders over half of their length and back; return each frame's milliseconds of the CPU."""
    frames = []
    page.evaluate(_NEXT_FRAME)
    for name, begin, end in (
        ("from", 0.0, 0.6),
        ("from", 0.6, 0.1),
        ("to", 1.0, 0.4),
        ("to", 0.4, 1.0),
    ):
        box = page.locator(f"#{name}").bounding_box()
        if box is None:
            sys.exit(f"the slider #{name} is not to be seen")
        thumb = box["height"]

        def place(share: float, box: Any = box, thumb: float = thumb) -> tuple[float, float]:
            return box["x"] + thumb / 2 + share * (box["width"] - thumb), box["y"] + thumb / 2

        page.mouse.move(*place(begin))
        page.mouse.down()
        spent = metrics(session)["TaskDuration"]
        for step in range(1, STEPS + 1):
            page.mouse.move(*place(begin + (end - begin) * step / STEPS))
            page.evaluate(_NEXT_FRAME)
            before, spent = spent, metrics(session)["TaskDuration"]
            frames.append(1000 * (spent - before))
        page.mouse.up()
        page.wait_for_timeout(500)
    return frames


def measure_heap(session: CDPSession) -> float:
    """Return the megabytes that the page's script uses, after collecting garbage."""
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    return metrics(session)["JSHeapUsedSize"] / 1e6


def metrics(session: CDPSession) -> dict[str, float]:
    """Return what the browser counts of the page."""
    return {
        item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]
    }


def report_sentences(records: list[dict[str, Any]]) -> None:
    """Print how long the sentences are, and how much of a sample of them deflate leaves."""
    sentences = list(dict.fromkeys(record["snippet"] for record in records))
    text = "\n".join(sentences[:: max(1, len(sentences) // 2_000)]).encode()
    length = statistics.mean(map(len, sentences))
    left = len(zlib.compress(text, 6)) / len(text)
    print(f"{len(sentences):,} sentences of {length:,.0f} characters, deflated to {left:.0%}")


def report_parts(path: Path) -> None:
    """Print how much of the page is data, and how much of the data is what."""
    html = path.read_text("utf-8")
    block = html.split('<script type="application/json" id="data">')[1].split("</script>")[0]
    parts = {name: len(json.dumps(value)) / 1000 for name, value in json.loads(block).items()}
    sizes = ", ".join(f"{name} {size:,.0f} kB" for name, size in parts.items())
    print(f"  of it {sizes}, the page itself {(len(html) - len(block)) / 1000:,.0f} kB")


def measure_sizes() -> bool:
    """Write the figures of four sizes to docs/MAP.md; tell whether all limits are kept."""
    kept, rows = [], []
    for mentions in SIZES:
        articles, places = mentions // 5, mentions // 20
        records = make_records(mentions, articles=articles, places=places)
        print(f"{mentions:,} mentions, {places:,} places, {articles:,} articles")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "map.html"
            geomap.write_map(records, path, title="A map of made articles")
            figures = dict(measure_page(path))
            size = path.stat().st_size / 1000
        kept += [limit.check(figures[limit]) for limit in FRAMES]
        cells = [f"{mentions:,}", f"{places:,}", f"{articles:,}", f"{size:,.0f} kB"]
        rows.append(cells + [f"{figures[limit]:.1f} ms" for limit in FRAMES])
    heads = "Mentions|Places|Articles|File|Median|95th percentile|Told: median|Told: 95th perc."
    lines = [f"| {' | '.join(row)} |" for row in (heads.split("|"), ["---:"] * 8, *rows)]
    write_section("speed", DOCUMENT_HEAD + "\n".join(lines) + "\n", DOCUMENT)
    return all(kept)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--mentions", type=int, default=100_000, help="how many to make [%(default)s]")
    add("--sizes", action="store_true", help="four sizes, into docs/MAP.md")
    add("--no-browser", action="store_true", help="leave the browser's part out")
    add("--profile", action="store_true", help="say where the writing spends its time")
    add("--keep", type=Path, metavar="FILE", help="keep the page here")
    options = parser.parse_args()
    if options.mentions < 10:
        parser.error("expected --mentions of 10 or more")
    return options


def main() -> None:
    """Measure and print."""
    options = parse_options()
    if options.sizes:
        if not measure_sizes():
            sys.exit("a limit was missed")
        return
    share = options.mentions / 100_000
    articles, places = max(1, round(ARTICLES * share)), max(1, round(PLACES * share))
    records = make_records(options.mentions, articles=articles, places=places)
    print(f"geomap {geomap.__version__}, Python {platform.python_version()}")
    report_sentences(records)
    print(f"{len(records):,} mentions, {places:,} places, {articles:,} articles, {DAYS:,} days")
    kept = []
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "map.html"
        clock, cpu = write_timed(records, path)
        kept.append(WRITING.check(cpu))
        print(f"  {clock:,.0f} ms of the clock")
        kept.append(SIZE.check(path.stat().st_size / 1000))
        report_parts(path)
        if not options.no_browser:
            kept += [limit.check(value) for limit, value in measure_page(path)]
        few = Path(folder) / "few.html"
        write_timed(make_records(40, articles=5, places=20), few)
        kept.append(SMALL_SIZE.check(few.stat().st_size / 1000))
        if options.profile:
            with cProfile.Profile() as profile:
                write_timed(records, path)
            pstats.Stats(profile).sort_stats("cumulative").print_stats(25)
    if not all(kept):
        sys.exit("a limit was missed")


if __name__ == "__main__":
    main()

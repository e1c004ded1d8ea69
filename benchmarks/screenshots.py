"""Take the pictures of the map page that stand under docs/screenshots, by one command.

  python benchmarks/screenshots.py
      the demo's map, in each of its views
  python benchmarks/screenshots.py -o FOLDER first phone
      only these, elsewhere

The map is that of the demo's articles, so that anyone can take the same pictures. What the page
does not have (a view that it was written without) is said and left out. The browser is Chromium:
$GEOMAP_CHROMIUM, or the first that is found.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from browsers import find_chromium

import geomap

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
FLAGS = ("--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage")
DESKTOP, WIDE, PHONE = (1440, 900), (2560, 1440), (390, 844)
#: an A4 page on its side, in CSS pixels
PAGE = (1123, 794)
NEAR = "map=6.75/35.9/39.6"
#: places of the article whose trail is shown
TRAIL = 9
TITLE = ("Places in the geomap demo", "Thirteen invented articles; nothing in them happened")


class Picture(NamedTuple):
    """A view of the page: its address, and what it needs.

    Attributes:
        fragment: What follows ``#``.
        size: Width and height of the window in pixels.
        theme: ``light`` or ``dark``.
        lang: Language of the page.
        needs: A selector that must be on the page; "" for none.
        is_print: Whether it is taken as it would be printed.
    """

    fragment: str = ""
    size: tuple[int, int] = DESKTOP
    theme: str = "light"
    lang: str = "en"
    needs: str = ""
    is_print: bool = False


PICTURES = {
    "first": Picture(),
    "units": Picture("map=5.25/35.5/39.5&view=none"),
    "country": Picture("map=5/35/39&area=SY", needs=".area-view"),
    "place": Picture(f"{NEAR}&place=geonames:172955", needs=".evidence"),
    "trail": Picture("article={article}", needs='body[data-panel="article"]'),
    "month": Picture("map=5.25/35.5/39.5&from=2019-03-01&to=2019-03-31&view=none", needs="#play"),
    "described": Picture("map=7.5/36.3/38.6&place=geonames:167357", needs="path.described.read"),
    "told": Picture("map=5.25/35.5/39.5&time=told&untold=0", needs='.axis input[value="told"]'),
    "table": Picture("view=table", needs="#show-table"),
    "filters": Picture("view=filters", needs="#show-filters"),
    "about": Picture("view=about"),
    "phone": Picture(size=PHONE),
    "phone-place": Picture("map=6.5/33.8/39&place=geonames:172955", size=PHONE, needs=".evidence"),
    "dark": Picture(f"{NEAR}", theme="dark"),
    "wide": Picture("map=5/35/38", size=WIDE),
    "right-to-left": Picture("map=5/35/38", lang="ar"),
    "print": Picture("map=5.25/35.5/39.5&view=none", size=PAGE, is_print=True),
}


def write_pages(folder: Path) -> dict[str, Path]:
    """Write the demo's map in each language that a picture wants; return the paths."""
    command = (sys.executable, "-m", "geomap", "demo", "-o", str(folder))
    subprocess.run(command, check=True, capture_output=True)
    with (folder / "mentions.csv").open(encoding="utf-8", newline="") as file:
        rows = [{key: text or None for key, text in row.items()} for row in csv.DictReader(file)]
    languages = {picture.lang for picture in PICTURES.values()}
    return {
        lang: geomap.write_map(
            rows, folder / f"{lang}.html", title=TITLE[0], subtitle=TITLE[1], lang=lang
        )
        for lang in sorted(languages)
    }


def find_article(page: Page) -> str:
    """Return the id of the article whose places a map shows best: about as many as TRAIL."""
    with (Path(page.url.removeprefix("file://")).parent / "mentions.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = [(row["article_id"], row["place_id"]) for row in csv.DictReader(file)]
    places: dict[str, set[str]] = {}
    for article, place in rows:
        places.setdefault(article, set()).add(place)
    return min(places, key=lambda article: (abs(len(places[article]) - TRAIL), article))


def take(browser: Browser, path: Path, name: str, picture: Picture, folder: Path) -> bool:
    """Take one picture; tell whether the page has what it shows."""
    width, height = picture.size
    context = browser.new_context(
        offline=True,
        viewport={"width": width, "height": height},
        color_scheme=picture.theme,  # type: ignore[arg-type]
        has_touch=picture.size == PHONE,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(path.as_uri())
    fragment = picture.fragment
    if "{article}" in fragment:
        fragment = fragment.format(article=find_article(page))
    page.goto("about:blank")  # a change of the fragment alone would not load the page anew
    page.goto(f"{path.as_uri()}#{fragment}")
    page.wait_for_selector("body[data-ready]")
    page.mouse.move(0, height - 1)  # on the time strip: at 0, 0 it may call a country's tip
    has_all = picture.needs == "" or page.locator(picture.needs).count() > 0
    if has_all:
        if picture.is_print:
            page.emulate_media(media="print")
        page.wait_for_timeout(500)
        page.screenshot(path=folder / f"{name}.png", animations="disabled", caret="hide")
    context.close()
    return has_all


def chromium_path() -> str:
    """Return the path of the browser, or end with what to do."""
    found = find_chromium()
    if found is None:
        sys.exit("no Chromium found: install one, or name it in GEOMAP_CHROMIUM")
    return found


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PICTURES))
    parser.add_argument("-o", "--output", type=Path, default=FOLDER, help="where [%(default)s]")
    options = parser.parse_args()
    if unknown := sorted(set(options.names) - set(PICTURES)):
        parser.error(f"no picture called {', '.join(unknown)}; there are {', '.join(PICTURES)}")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where pictures are taken

    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = write_pages(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        for name, picture in PICTURES.items():
            if options.names and name not in options.names:
                continue
            if take(browser, pages[picture.lang], name, picture, options.output):
                print(f"{name}.png", flush=True)
            else:
                print(f"{name}: left out, the page has no {picture.needs}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()

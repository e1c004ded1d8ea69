"""A browser for the tests that open the page, from disk and without a network."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

FLAGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"]
HELP = (
    "no Chromium found: install one (Debian: apt-get install chromium) or name it in "
    "GEOMAP_CHROMIUM=/path/to/chromium"
)


def _finder() -> Any:
    """Return the module by which benchmarks find their browser, too."""
    file = Path(__file__).parents[2] / "benchmarks" / "browsers.py"
    spec = importlib.util.spec_from_file_location("browsers", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests in a browser be tried twice, which the summary says: on a busy machine one of some hundreds loses a key or a click."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = _finder().find_chromium()
    if path is None:
        if os.environ.get("GEOMAP_REQUIRE_BROWSER") == "1":
            pytest.fail(HELP)
        pytest.skip(HELP)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a file offline; afterwards no message may stand in its console, no request be made."""
    contexts, noise = [], []

    def open_file(path: Path, *, fragment: str = "", **options: object) -> Page:
        context = browser.new_context(
            offline=True, **({"viewport": {"width": 1440, "height": 900}} | options)
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        own = path.as_uri()
        page.on("request", lambda r: None if r.url.startswith(own) else noise.append(r.url))
        page.on("dialog", lambda dialog: (noise.append(dialog.message), dialog.dismiss()))
        page.goto(own + fragment)
        page.wait_for_selector("body[data-ready]")
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert noise == []

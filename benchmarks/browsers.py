"""The browser that pages are opened in, for benchmarks and tests alike."""

from __future__ import annotations

import os
import shutil
from typing import Final

#: Chromium under its names; the same engine without the windows of a desktop is a quarter faster
BROWSERS: Final = (
    *("chromium-headless-shell", "chromium"),
    *("chromium-browser", "google-chrome", "google-chrome-stable"),
)


def find_chromium() -> str | None:
    """Return the path of the browser, None where there is none; GEOMAP_CHROMIUM names another."""
    named = os.environ.get("GEOMAP_CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)

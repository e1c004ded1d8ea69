"""The demo: a dozen invented articles that come with the package.

Places are real; people, outlets and events are invented, and each article says so. The articles
were written for this project and are as varied in form as scraped ones: datelines, dates of
every precision, notices, HTML, records, and one wire story in two rewrites.
"""

from __future__ import annotations

import importlib.resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

__all__ = ["DEMO_TEXT", "demo_articles"]

#: what stands around the demo's map
DEMO_TEXT: Final = {
    "title": "Places in the geomap demo",
    "subtitle": "Thirteen invented articles; nothing in them happened",
}


def demo_articles() -> AbstractContextManager[Path]:
    """Return a context in which the folder of the demo's articles can be read."""
    return importlib.resources.as_file(importlib.resources.files("geomap.demo") / "articles")

"""Units by the label before a name or the short word behind it: "Raion: Shostka", "Hajjah Gov."."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geomap.recognise.lexicon import UNIT_WORDS
from geomap.resolve.holders import lower_word

if TYPE_CHECKING:
    from geomap.recognise.page import Page
    from geomap.recognise.spans import Span

__all__ = ["abbreviated_unit", "labelled_unit"]


def labelled_unit(page: Page, span: Span) -> str | None:
    """Return what a form says that a name is: "Raion: Shostka", "Admin2: Bankass"."""
    if span.first == 0 or page.text[page.tokens[span.first - 1][1] : span.start] != ": ":
        return None
    label = lower_word(page, span.first - 1)
    return _LABELS.get(label) or UNIT_WORDS.get(label)


_LABELS: Final = {
    **dict.fromkeys(("admin1", "adm1"), "ADM1"),
    **dict.fromkeys(("admin2", "adm2", "admin3", "adm3"), "ADM2"),
}


def abbreviated_unit(page: Page, span: Span) -> str | None:
    """Return what is abbreviated behind a name: "Hajjah Gov. and", "Sinjar Dist.", but not "Lviv Gov. Kozytskyi"."""
    match = _ABBREVIATED.match(page.text, span.end)
    return _SHORT[match[1].lower()] if match else None


_ABBREVIATED: Final = re.compile(r" ([Gg]ov|[Dd]ist)(?:\.|(?=[\s,;:)]))(?! ?[A-Z][a-z])")
_SHORT: Final = {"gov": "ADM1", "dist": "ADM2"}

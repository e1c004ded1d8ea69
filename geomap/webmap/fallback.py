"""What a page shows where its script may not run: title, caution, why there is no map, a table of places.

It is plain markup that needs neither script nor style, so that it is there when scripts are off and under the
strictest policy of a server; the script hides it before the page is painted.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomap.webmap.language import Language
    from geomap.webmap.payload import Payload

__all__ = ["fallback_markup", "fragment_markup"]

#: rows of the table: the places with the most mentions
_MOST_ROWS: Final = 100
#: what a frame may do: run the page's script, open articles, save and print; nothing of its host
_FRAME_RIGHTS: Final = (
    "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals"
)
#: height of a frame in another page, in pixels
_FRAME_HEIGHT: Final = 640


def fallback_markup(
    payload: Payload,
    language: Language,
    countries: Mapping[str, str],
    local: Mapping[int, str],
    headline: str,
    subtitle: str,
) -> str:
    """The markup of what a page shows without its script.

    Args:
        payload: The page's tables.
        language: Its words.
        countries: Names of countries by their ISO codes.
        local: Names of places in the page's language, by their rows, where they are called otherwise.
        headline: Its title, cleaned.
        subtitle: The line below, cleaned; "" for none.
    """
    words = language.strings
    heads = (words["list.place"], words["col.country"], words["list.mentions"])
    rows = list(_rows(payload, countries, local))
    left = len(rows) - _MOST_ROWS
    parts = [
        f"<h1>{escape(headline)}</h1>",
        f"<p>{escape(subtitle)}</p>" if subtitle else "",
        f"<p>{escape(str(words['picture.caution']))}</p>",
        f"<p><strong>{escape(str(words['noscript']))}</strong></p>",
        "<table><thead><tr>",
        *(f'<th scope="col">{escape(str(head))}</th>' for head in heads),
        "</tr></thead><tbody>",
        *rows[:_MOST_ROWS],
        "</tbody></table>",
        f"<p>{escape(language.word('fallback.more', left))}</p>" if left > 0 else "",
    ]
    return f'<section id="fallback">{"".join(parts)}</section>\n'


def _rows(
    payload: Payload, countries: Mapping[str, str], local: Mapping[int, str]
) -> Iterator[str]:
    """A row for each place, those with the most mentions first."""
    places, strings = payload.places, payload.strings
    counts = Counter(payload.mentions["place"])
    named = [row for row, precision in enumerate(places["precision"]) if precision]
    names = {row: local.get(row, strings[places["name"][row]]) for row in named}
    for row in sorted(named, key=lambda row: (-counts[row], names[row])):
        iso = strings[places["country"][row]]
        cells = (names[row], countries.get(iso, iso), f"{counts[row]:,}")
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def fragment_markup(page: str, headline: str, language: Language) -> str:
    """A fragment for a web page: the page in a frame without rights of its own, and a line below it.

    Args:
        page: The markup of the page.
        headline: Its title, cleaned.
        language: Its words.
    """
    caution = escape(str(language.strings["picture.caution"]))
    return (
        '<figure class="geomap" style="margin: 0">\n'
        f'<iframe title="{escape(headline)}" width="100%" height="{_FRAME_HEIGHT}" '
        f'sandbox="{_FRAME_RIGHTS}" loading="lazy" style="border: 0" srcdoc="{escape(page)}"></iframe>\n'
        f"<figcaption>{escape(headline)}. {caution}</figcaption>\n</figure>\n"
    )

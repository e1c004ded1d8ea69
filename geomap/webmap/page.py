"""Write the map page: a table of mentions, with the evidence for everything that it draws."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geomap.conform import MADE
from geomap.gazetteer.classes import area_precisions
from geomap.outlines import grid_steps
from geomap.runtime.expecting import expect_path
from geomap.schema import MENTIONS, REQUIRED
from geomap.version import __version__
from geomap.webmap.baseline import compare_places, read_baseline
from geomap.webmap.basemap import build_base, find_towns
from geomap.webmap.borders import read_borders
from geomap.webmap.chapters import pin_chapters, read_chapters
from geomap.webmap.fallback import fallback_markup, fragment_markup
from geomap.webmap.frame import Parts, check_options, data_block, render_frame, write_page
from geomap.webmap.language import find_language
from geomap.webmap.local import country_names, is_english, place_names
from geomap.webmap.names import find_names
from geomap.webmap.options import (
    carried_texts,
    check_created,
    check_projection,
    check_text,
    check_tiles,
    check_view,
)
from geomap.webmap.packing import DATA_LIMIT, pack_payload, pack_text, to_json
from geomap.webmap.payload import Payload, build_payload
from geomap.webmap.security import clean_text
from geomap.webmap.settings import settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Unpack

    import pandas as pd

    from geomap.model import Article
    from geomap.schema import Schema
    from geomap.webmap.settings import PageChanges, PageOptions

__all__ = ["render_map", "write_map"]

#: the page's files; later scripts use earlier ones
_PARTS: Final = Parts(
    markup="shell/page",
    scripts=(
        *(
            "shell/dom",
            "shell/i18n",
            "data/inflate",
            "data/codec",
            "data/columns",
            "data/meridian",
            "data/days",
            "data/axes",
            "shell/state",
            "shell/frames",
            "find/facets",
            "data/filter",
            "data/tally",
            "data/counter",
            "shell/link",
        ),
        *(
            "data/shapes",
            "map/basemap",
            "map/equal_earth",
            "map/projections",
            "map/territories",
            "map/areas",
            "map/relations",
            "data/groups",
            "map/dots",
            "map/painting",
            "map/circles",
        ),
        *(
            "map/space",
            "map/rivers",
            "map/towns",
            "map/lettering",
            "map/labels",
            "shell/layout",
            "shell/keys",
            "map/legend",
        ),
        *("map/framing", "time/time", "time/strip", "time/play"),
        *(
            "share/handout",
            "shell/embedding",
            "find/finder",
            "find/combobox",
            "find/search",
            "panel/list",
        ),
        *(
            "panel/corrections",
            "map/picking",
            "panel/correcting",
            "panel/mention",
            "panel/sparkline",
            "panel/copies",
            "panel/evidence",
            "map/trail",
            "panel/article",
        ),
        *(
            "data/records",
            "data/order",
            "table/sheet",
            "table/table",
            "share/picture_key",
            "share/picture",
            "share/share",
            "chapters/draft",
            "chapters/writing",
            "panel/compare",
            "map/density",
            "panel/multiples",
        ),
        *(
            "map/area",
            "find/filters",
            "find/chips",
            "shell/blame",
            "shell/about",
            "shell/views",
            "panel/panel",
            "map/tips",
            "shell/theme",
        ),
        *("panel/unlocated", "opened/cells", "opened/spoken", "opened/tables", "opened/opening"),
        *("chapters/column", "chapters/notes", "chapters/paper"),
        *("shell/address", "shell/main"),
    ),
    styles=(
        *("shell/theme", "shell/base", "shell/layout", "map/map", "panel/panel", "time/time"),
        *(
            "find/find",
            "panel/article",
            "table/table",
            "panel/unlocated",
            "share/share",
            "shell/fallback",
            "shell/print",
            "chapters/column",
        ),
    ),
)
#: the precision of a country
_COUNTRY: Final = 6
#: the scripts and the words of pages that are not all in Mercator
_EQUAL_AREA: Final = ("map/equal_earth", "map/projections")
_PROJECTION_WORDS: Final = "about.projection."
#: what only a page with chapters needs, and what its words begin with
_CHAPTERS: Final = ("chapters/column", "chapters/notes", "chapters/paper")
_CHAPTERS_WORDS: Final = ("chapters", "notes")


def write_map(
    mentions: pd.DataFrame | Iterable[Mapping[str, Any]],
    path: str | Path,
    options: PageOptions | None = None,
    *,
    counts: Mapping[str, int] | None = None,
    articles: Sequence[Article] | None = None,
    schema: Schema | None = None,
    **changes: Unpack[PageChanges],
) -> Path:
    """Write the map of a table of mentions as one HTML file that needs no network.

    Args:
        mentions: a table with the columns of the mention record, or such records. Only literal
            and associative mentions are on the page. One of a name that no gazetteer knows counts
            with the unit or country that it lies in (``within``), is listed there by its name, and
            is never drawn as a circle.
        path: where to write; the file appears whole or not at all.
        options: how the page looks, and how much of the articles it carries.
        counts: figures of the reading (``articles_read``, ``rejected``, ``undated`` …) for the
            page's "About this map".
        articles: all articles that were read, where at hand: they are counted, and give the
            full text where that is wanted.
        schema: the columns that the page's table and its files have; None for those of the mention record and, behind them,
            your own.
        changes: single options by their names: ``write_map(mentions, "map.html", lang="de")``.

    Returns:
        The path of the file.

    Raises:
        InputError: an option has a value that it cannot have.
        TableError: a column is missing.
        OutputError: the file cannot be written.

    >>> import geomap
    >>> articles = [geomap.Article(id="1", text="The market of Raqqa reopened.")]
    >>> write_map(list(geomap.find_mentions(articles)), "map.html", title="One article").name
    'map.html'
    """
    html = render_map(mentions, options, counts=counts, articles=articles, schema=schema, **changes)
    return write_page(expect_path(path, "a file's name"), html)


def render_map(
    mentions: pd.DataFrame | Iterable[Mapping[str, Any]],
    options: PageOptions | None = None,
    *,
    counts: Mapping[str, int] | None = None,
    articles: Sequence[Article] | None = None,
    schema: Schema | None = None,
    **changes: Unpack[PageChanges],
) -> str:
    """The page of :func:`write_map` as a string."""
    page = settle(options, changes)
    check_options(page.lang, page.theme)
    background = check_tiles(page.tiles)
    projection = check_projection(page.projection, page.tiles)
    check_text(page.text, articles)
    first_center, first_zoom = check_view(page.center, page.zoom)
    own = None if page.basemap is None else read_borders(page.basemap, grid_steps())
    earlier = None if page.baseline is None else read_baseline(page.baseline)
    chapters = None if page.chapters is None else read_chapters(page.chapters)
    payload = build_payload(mentions, sentences=page.text != "none", schema=schema)
    read = {} if articles is None else {"articles_read": len(articles)}
    language = find_language(page.lang)
    default = language.word("headline", len(payload.articles["title"]))
    headline = clean_text(page.title, 200) or default
    subtitle = clean_text(page.subtitle, 400)
    meta = {
        "words": language.to_meta("error"),
        "title": headline,
        "subtitle": subtitle,
        "credit": clean_text(page.credit, 200),
        "theme": page.theme,
        "center": first_center,
        "zoom": first_zoom,
        "tiles": background and background.url,
        "basemap": own and own.name,
        "text": page.text,
        "created": check_created(page.created),
        "version": __version__,
        "counts": {clean_text(k, 60): int(v) for k, v in (read | dict(counts or {})).items()},
    }
    if projection != "mercator":
        meta["projection"] = projection
    places = payload.places
    spots = zip(places["lat"], places["lon"], places["precision"], strict=True)
    points = [(lat, lon) for lat, lon, precision in spots if precision]
    base = build_base(points)
    parts = pack_payload(payload, None if page.text == "full" else DATA_LIMIT)
    tables = parts.pop("tables")
    unused = (_CHAPTERS if chapters is None else ()) + (
        _EQUAL_AREA if projection == "mercator" else ()
    )
    words = [key for key in language.strings if _is_needed_word(key, unused, projection)]
    parts["words"] = pack_text(to_json(language.to_meta(*words)))
    parts["schema"] = pack_text(to_json(_table_schema()))
    parts["names"] = pack_text(to_json(_other_names(payload)))
    if page.text == "full":
        tables["texts"] = carried_texts(articles or (), payload.article_ids)
    base = own.replace(base) if own else base
    countries = _name_countries(base, payload, language.tag)
    if earlier is not None and page.baseline is not None:
        ids = [payload.strings[row] for row in payload.places["id"]]
        tables["baseline"] = compare_places(earlier, ids, Path(page.baseline).name)
    tables["local"] = local = _name_places(payload, countries, language.tag)
    if chapters is not None and page.chapters is not None:
        tables["chapters"] = pin_chapters(
            chapters, page.chapters, payload, (local, countries), has_baseline=earlier is not None
        )
    if background is None:
        base["towns"] = find_towns(points)
    block = data_block(meta, tables, base, parts)
    images = () if background is None else (background.origin,)
    html = render_frame(
        _without(_PARTS, unused),
        block,
        headline=headline,
        lang=language,
        theme=page.theme,
        images=images,
        static=fallback_markup(payload, language, countries, local, headline, subtitle),
    )
    return fragment_markup(html, headline, language) if page.embed else html


def _name_countries(base: dict[str, Any], payload: Payload, lang: str) -> dict[str, str]:
    """Name the base map's countries in a language; returns all names by codes, of those that it lacks, too."""
    local = country_names(lang)
    if not is_english(lang):
        named = zip(base["iso"], base["name"], strict=True)
        base["name"] = [local.get(iso, name) for iso, name in named]
    names: dict[str, str] = dict(zip(base["iso"], base["name"], strict=True))
    codes = {payload.strings[row] for row in payload.places["country"]} - set(names)
    base["others"] = {iso: local[iso] for iso in sorted(codes) if iso in local}
    return {**names, **base["others"]}


def _name_places(payload: Payload, countries: Mapping[str, str], lang: str) -> dict[int, str]:
    """Names of places in a language, by their rows, where they have another one in the table."""
    if is_english(lang):
        return {}
    places, strings, known = payload.places, payload.strings, place_names(lang)
    columns = (places[name] for name in ("id", "name", "country", "precision"))
    found = {}
    for row, (id_, name, iso, precision) in enumerate(zip(*columns, strict=True)):
        own = countries.get(strings[iso]) if precision == _COUNTRY else None
        local = known.get(strings[id_]) or own
        if local and local != strings[name]:
            found[row] = local
    return found


def _table_schema() -> dict[str, Any]:
    """What the page needs to know of a file that it opens.

    Of each column its name and whether it is a number, is shown, is needed, is of the place; columns that GIS files have
    besides; how exactly places of some features are known.
    """
    places = MENTIONS.of_places
    columns = [
        (one.name, one.is_numeric, one.shown, one.name in REQUIRED, one.name in places)
        for one in MENTIONS.columns
    ]
    return {
        "columns": [(name, *map(int, said)) for name, *said in columns],
        "made": MADE,
        "areas": area_precisions(),
    }


def _other_names(payload: Payload) -> list[str]:
    """What its places are called besides, in their order."""
    weights = Counter(payload.mentions["place"])
    ids = [payload.strings[row] for row in payload.places["id"]]
    return find_names(ids, [weights[row] for row in range(len(ids))])


def _without(parts: Parts, names: Sequence[str]) -> Parts:
    """The same parts but for scripts and styles of these names."""
    kept = [
        tuple(one for one in files if one not in names) for files in (parts.scripts, parts.styles)
    ]
    return Parts(parts.markup, *kept)


def _is_needed_word(key: str, unused: Sequence[str], projection: str) -> bool:
    """Whether a page of a projection, without some scripts, has a text."""
    if key.startswith(_PROJECTION_WORDS):
        return key == _PROJECTION_WORDS + projection
    return _CHAPTERS[0] not in unused or not key.startswith(_CHAPTERS_WORDS)

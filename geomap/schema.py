"""Each column of the mention record, defined once.

The fields of :class:`MentionRecord` are the columns: their order is that of every table and file, their
annotation says of what type they are, whether they may be missing and which values they take, and
their :class:`About` says to what they belong and what they hold. Everything else (pandas', Arrow's and
GIS types, the page's packing, docs/RECORD.md) derives from :data:`MENTIONS`.
"""

import types
from dataclasses import dataclass
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    Self,
    TypedDict,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from geomap.model import DatePrecision, Kind, RelationType, Status

__all__ = [
    "COLUMNS",
    "DATES",
    "MENTIONS",
    "REQUIRED",
    "About",
    "Column",
    "ColumnType",
    "Group",
    "MentionRecord",
    "Schema",
]

#: what a column is about
Group = Literal["article", "mention", "place", "relation", "dates", "told", "story"]
#: ``day`` is a day as ISO text (YYYY-MM-DD), ``wkt`` a shape as WKT, longitudes first
ColumnType = Literal["text", "integer", "number", "day", "wkt"]


@dataclass(frozen=True, slots=True)
class About:
    """What an annotation of a field says beside its type.

    Attributes:
        group: What the column belongs to.
        doc: One line: what it holds.
        type: Where the field's own type does not tell: a day and a shape are text.
        unit: The unit of a number.
        quotes: Whether it holds words of the article, which a page without text has to leave out.
        shown: Whether the page's table shows it; its files have it in any case.
        varies: Of the place: whether it differs between mentions of one place.
        limits: The least and the greatest number that it may hold; None for any.
    """

    group: Group
    doc: str
    type: Literal["", "day", "wkt"] = ""
    unit: str = ""
    quotes: bool = False
    shown: bool = True
    varies: bool = False
    limits: tuple[int, int] | None = None


_LATITUDES: Final = (-90, 90)
_LONGITUDES: Final = (-180, 180)


class MentionRecord(TypedDict):
    """One mention of one place: a row of every table and a feature of every GIS file.

    >>> import geomap
    >>> [record] = geomap.find_mentions([geomap.Article(id="1", text="The market of Raqqa reopened.")])
    >>> record["place_id"], record["country"], record["kind"]
    ('geonames:172955', 'SY', 'literal')
    """

    article_id: Annotated[str, About("article", "the article's id")]
    title: Annotated[str | None, About("article", "its title")]
    source: Annotated[str | None, About("article", "the outlet that printed it")]
    url: Annotated[str | None, About("article", "its address")]
    lang: Annotated[str | None, About("article", "its language, as the input gives it")]
    start: Annotated[
        int, About("mention", "where the name starts: code points into the text as given")
    ]
    end: Annotated[int, About("mention", "where the name ends: `text[start:end] == surface`")]
    surface: Annotated[str, About("mention", "the name as it is written")]
    snippet: Annotated[str, About("mention", "the sentence that holds it", quotes=True)]
    kind: Annotated[
        Kind,
        About(
            "mention",
            '`literal`: the place itself ("in Raqqa") · `associative`: its people, its state, an adjective ("Turkish '
            'border", "Washington-based") · `embedded`: part of a longer name of something else ("King\'s College '
            'London"); kept, never drawn',
        ),
    ]
    status: Annotated[
        Status,
        About("mention", "`resolved`, `ambiguous` (the place is the best guess) or `unknown`"),
    ]
    place_id: Annotated[
        str | None,
        About(
            "place",
            "`geonames:172955`, or `geomap:…` for places that only our own tables know",
            varies=True,
        ),
    ]
    name: Annotated[str | None, About("place", "the place's name in the gazetteer")]
    feature: Annotated[
        str | None, About("place", "its GeoNames feature code (`PPL`, `ADM1`, `PCLI`, …)")
    ]
    lat: Annotated[
        float | None, About("place", "its latitude, WGS 84", unit="degrees", limits=_LATITUDES)
    ]
    lon: Annotated[
        float | None, About("place", "its longitude, WGS 84", unit="degrees", limits=_LONGITUDES)
    ]
    radius_km: Annotated[
        float | None,
        About("place", "the radius of a circle with its area, where that is known", unit="km"),
    ]
    precision: Annotated[
        int | None,
        About(
            "place",
            "UCDP's where_prec: 1 the place itself · 2 near it · 3 second-level unit · 4 first-level unit · 5 vague · "
            "6 country · 7 water, or larger than a country",
            limits=(1, 7),
        ),
    ]
    country: Annotated[str | None, About("place", "ISO 3166 code of its country, two letters")]
    country_iso3: Annotated[
        str | None, About("place", "the same in three letters (`SYR`)", shown=False)
    ]
    admin1: Annotated[str | None, About("place", "name of its first-level unit")]
    admin1_id: Annotated[
        str | None,
        About("place", "the unit's id, where it is a place of the gazetteer", shown=False),
    ]
    admin1_code: Annotated[
        str | None, About("place", "GeoNames' code of the unit (`SY.04`)", shown=False)
    ]
    admin1_iso: Annotated[
        str | None,
        About("place", "its code in ISO 3166-2 (`SY-RA`), where it has one", shown=False),
    ]
    admin2: Annotated[str | None, About("place", "name of its second-level unit")]
    admin2_id: Annotated[
        str | None,
        About("place", "the unit's id, where it is a place of the gazetteer", shown=False),
    ]
    within: Annotated[
        str | None,
        About(
            "place",
            'of an unknown place: the id of the smallest known unit or country that the text puts it in ("the village of '
            'Tal Jirz in Raqqa province"); `lat`, `lon`, `radius_km`, `precision` (3, 4 or 6), `country` and the units '
            "are then that unit's. Empty, and those too, where the text does not say; empty where the place is known",
            varies=True,
        ),
    ]
    within_name: Annotated[
        str | None, About("place", "the name of that unit or country", varies=True)
    ]
    other_place_id: Annotated[
        str | None,
        About(
            "place",
            "the second reading where the text leaves open which of two places of one name is meant, as a city and "
            "its province",
            shown=False,
            varies=True,
        ),
    ]
    confidence: Annotated[
        float,
        About(
            "mention",
            "between 0 and 1: that it is a place name, times that it is this place; of an embedded name, that it is no "
            "place",
            limits=(0, 1),
        ),
    ]
    relation: Annotated[
        str | None,
        About(
            "relation",
            'where the text says something is, seen from the place, as it is written ("30 km north of Idlib"); the '
            "place stays the place that is named, and `precision` becomes 2 or 5",
            quotes=True,
        ),
    ]
    relation_type: Annotated[
        RelationType | None,
        About("relation", "what kind of relation; `offset` is a distance in a direction"),
    ]
    relation_lat: Annotated[
        float | None,
        About(
            "relation",
            "latitude of a point of what it describes",
            unit="degrees",
            limits=_LATITUDES,
        ),
    ]
    relation_lon: Annotated[
        float | None, About("relation", "its longitude", unit="degrees", limits=_LONGITUDES)
    ]
    relation_radius_km: Annotated[
        float | None, About("relation", "the radius of its extent", unit="km")
    ]
    relation_geometry: Annotated[str | None, About("relation", "its shape as WKT", type="wkt")]
    date_start: Annotated[
        str | None,
        About("dates", "the first day on which the article may have been published", type="day"),
    ]
    date_end: Annotated[str | None, About("dates", "the last such day", type="day")]
    date_precision: Annotated[DatePrecision, About("dates", "how exactly that is known")]
    date_source: Annotated[
        str | None,
        About(
            "dates",
            "where it was found: `field`, `html`, `header`, `copyright`, `url`, `filename`, `crawled` or `story`",
        ),
    ]
    event_start: Annotated[
        str | None,
        About(
            "told",
            "the first day of the time that the sentence speaks of, where it says one",
            type="day",
        ),
    ]
    event_end: Annotated[str | None, About("told", "its last day", type="day")]
    event_precision: Annotated[
        DatePrecision | None,
        About(
            "told",
            "how exactly that is known; `unknown`, without days, where the phrase needs a publication date that nobody knows",
        ),
    ]
    event_text: Annotated[str | None, About("told", 'the phrase ("on Friday")', quotes=True)]
    story_id: Annotated[
        str | None,
        About("story", "the story that the article tells; empty where nobody looked for copies"),
    ]
    story_size: Annotated[int | None, About("story", "how many of the articles tell it")]


_LARGEST_INT8: Final = 127


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        name: What it is called.
        type: What its cells hold.
        group: What it belongs to.
        doc: One line: what it holds.
        nullable: Whether a cell may be missing.
        values: The values that it may take; empty for any.
        unit: The unit of a number.
        quotes: Whether it holds words of the article, which a page without text has to leave out.
        shown: Whether the page's table shows it; its files have it in any case.
        varies: Of the place: whether it differs between mentions of one place.
        limits: The least and the greatest number that it may hold; None for any.
    """

    name: str
    type: ColumnType
    group: Group
    doc: str
    nullable: bool = True
    values: tuple[str, ...] = ()
    unit: str = ""
    quotes: bool = False
    shown: bool = True
    varies: bool = False
    limits: tuple[int, int] | None = None

    @property
    def dtype(self) -> str:
        """Its type in pandas: one storage of text, whether pyarrow is installed or not."""
        return {"integer": "Int64", "number": "float64"}.get(self.type, "string[python]")

    @property
    def arrow(self) -> str:
        """Its type in Arrow and Parquet; days stay the text that they are in every table."""
        if self.type == "integer" and self.limits is not None:
            return "int8" if max(map(abs, self.limits)) <= _LARGEST_INT8 else "int64"
        return {"integer": "int64", "number": "float64"}.get(self.type, "string")

    @property
    def is_numeric(self) -> bool:
        """Whether its cells are numbers."""
        return self.type in ("integer", "number")


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of a table, in their order."""

    columns: tuple[Column, ...]

    @classmethod
    def of(cls, record: type) -> Self:
        """Return the schema of a record type: :class:`MentionRecord`, or a subclass with more fields.

        Raises:
            TypeError: A field has no :class:`About`, or a type that no column has.
        """
        hints = get_type_hints(record, include_extras=True)
        return cls(tuple(_column(name, hint) for name, hint in hints.items()))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def of_type(self, *kinds: ColumnType) -> tuple[str, ...]:
        """Return the names of the columns of some types."""
        return tuple(column.name for column in self.columns if column.type in kinds)

    def of_group(self, *groups: Group) -> tuple[str, ...]:
        """Return the names of the columns of some groups."""
        return tuple(column.name for column in self.columns if column.group in groups)

    def select(self, *names: str) -> Self:
        """Return the schema of some of the columns, in this order.

        Raises:
            KeyError: One of them is not there.

        >>> MENTIONS.select("place_id", "lat", "lon").names
        ('place_id', 'lat', 'lon')
        """
        return type(self)(tuple(self[name] for name in names))

    @property
    def of_places(self) -> tuple[str, ...]:
        """The names of the columns that are the same in all mentions of a place, its id not among them."""
        found = (column for column in self.columns if column.group == "place")
        return tuple(column.name for column in found if not column.varies)

    def __getitem__(self, name: str) -> Column:
        """Return a column by its name.

        Raises:
            KeyError: There is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


_TYPES: Final[dict[object, ColumnType]] = {str: "text", int: "integer", float: "number"}


def _column(name: str, hint: Any) -> Column:
    """Return the column that an annotated field describes."""
    if get_origin(hint) is not Annotated:
        raise TypeError(f"expected {name!r} annotated with an About, got {hint!r}")
    kind, about = get_args(hint)
    options = get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)
    (kept,) = (option for option in options if option is not type(None))
    values = get_args(kept) if get_origin(kept) is Literal else ()
    column_type = about.type or ("text" if values else _TYPES.get(kept))
    if column_type is None:
        raise TypeError(f"expected {name!r} as text, an integer or a number, got {kept!r}")
    return Column(
        name=name,
        type=column_type,
        group=about.group,
        doc=about.doc,
        nullable=len(options) > 1,
        values=values,
        unit=about.unit,
        quotes=about.quotes,
        shown=about.shown,
        varies=about.varies,
        limits=about.limits,
    )


#: the schema of a mention table
MENTIONS: Final = Schema.of(MentionRecord)
COLUMNS: Final = MENTIONS.names
#: when an article was published and how exactly that is known, without where it was found
DATES: Final = MENTIONS.of_group("dates")[:3]
#: what a table from anywhere has to have to be a mention table: which article names what, in what sense, and where that is;
#: what else it lacks is missing in each of its mentions, or told by other columns (:data:`geomap.conform.DERIVED`)
REQUIRED: Final = ("article_id", "surface", "kind", "place_id", "lat", "lon")

"""A made-up desk of forty articles for the tests of the map page. Every sentence is our own."""

from __future__ import annotations

import math
import re
from typing import Any

import pandas as pd

from geomap.export.geojson import to_features
from geomap.records import COLUMNS

#: id, name, feature, lat, lon, country, admin1, radius in km, precision
PLACES = {
    row[1]: row
    for row in (
        ("geonames:172955", "Raqqa", "PPLA", 35.9528, 39.0079, "SY", "Raqqa", 5, 1),
        ("geonames:99454", "Fallujah", "PPLA2", 33.3558, 43.7861, "IQ", "Anbar", 6, 1),
        ("geonames:169389", "Idlib", "PPLA", 35.9306, 36.6339, "SY", "Idlib", 4, 1),
        ("geonames:173480", "Kobani", "PPL", 36.8914, 38.3536, "SY", "Aleppo", 2, 1),
        ("geomap:sy-baghouz", "Baghouz", "PPL", 34.4523, 40.9482, "SY", "Deir ez-Zor", 2, 1),
        ("geonames:298333", "Sanliurfa", "PPLA", 37.1671, 38.7939, "TR", "Sanliurfa", 8, 1),
        ("geonames:99072", "Mosul", "PPLA", 36.335, 43.1189, "IQ", "Nineveh", 9, 1),
        ("geonames:98182", "Baghdad", "PPLC", 33.3406, 44.4009, "IQ", "Baghdad", 15, 1),
        ("geonames:170654", "Damascus", "PPLC", 33.5102, 36.2913, "SY", "Damascus", 10, 1),
        ("geonames:170063", "Aleppo", "PPLA", 36.2012, 37.1612, "SY", "Aleppo", 9, 1),
        ("geonames:170794", "Deir ez-Zor", "PPLA", 35.3359, 40.1408, "SY", "Deir ez-Zor", 5, 1),
        ("geonames:2988507", "Paris", "PPLC", 48.8534, 2.3488, "FR", "Île-de-France", 10, 1),
        ("geonames:745044", "Istanbul", "PPLA", 41.0138, 28.9497, "TR", "Istanbul", 20, 1),
        ("geonames:4140963", "Washington", "PPLC", 38.8951, -77.0364, "US", None, 10, 1),
        ("geonames:172957", "Raqqa Governorate", "ADM1", 36.0, 38.8, "SY", None, 79, 4),
        ("geonames:99592", "Anbar", "ADM1", 32.8, 41.6, "IQ", None, 209, 4),
        ("geonames:99346", "Sinjar District", "ADM2", 36.32, 41.87, "IQ", "Nineveh", 30, 3),
        ("geonames:163843", "Syria", "PCLI", 35, 38, "SY", None, 240, 6),
        ("geonames:99237", "Iraq", "PCLI", 33, 44, "IQ", None, 370, 6),
        ("geonames:298795", "Turkey", "PCLI", 39, 35, "TR", None, 500, 6),
        ("geonames:3017382", "France", "PCLI", 46, 2, "FR", None, 415, 6),
        ("geonames:6252001", "United States", "PCLI", 39.76, -98.5, "US", None, 1700, 6),
        ("geonames:173154", "Euphrates River", "STM", 31.0, 47.44, None, None, 400, 7),
        ("geonames:6269132", "Middle East", "RGNL", 29.5, 44.8, None, None, 1500, 7),
    )
}

#: name, the sentence (the name stands in it), kind, how often over the forty articles
LINES = (
    ("Raqqa", "Families were seen leaving Raqqa in the early morning.", "literal", 21),
    ("Raqqa", "The Raqqa council met for the second time this week.", "associative", 9),
    ("Mosul", "Two bridges in Mosul were closed to all traffic.", "literal", 14),
    ("Fallujah", "Aid lorries reached Fallujah after three days.", "literal", 9),
    ("Idlib", "Rain filled the streets of Idlib on Sunday.", "literal", 11),
    ("Kobani", "A school in Kobani opened again.", "literal", 7),
    ("Baghouz", "The last tents at Baghouz stood beside the river.", "literal", 5),
    ("Sanliurfa", "Traders from Sanliurfa wait at the crossing.", "literal", 4),
    ("Sanliurfa", "Sanliurfa officials spoke of a quiet night.", "associative", 3),
    ("Baghdad", "In Baghdad the price of bread rose again.", "literal", 8),
    ("Baghdad", "Baghdad said that it would answer within days.", "associative", 6),
    ("Damascus", "Damascus did not comment on the report.", "associative", 10),
    ("Aleppo", "Snow fell on Aleppo, and the power failed.", "literal", 9),
    ("Deir ez-Zor", "The road to Deir ez-Zor was open for an hour.", "literal", 6),
    ("Paris", "Ministers met in Paris and left without a text.", "literal", 5),
    ("Istanbul", "She now edits the paper from Istanbul.", "literal", 6),
    ("Washington", "Washington called the vote a first step.", "associative", 9),
    ("Raqqa Governorate", "Wheat from Raqqa Governorate was sold early.", "literal", 6),
    ("Anbar", "Across Anbar, wells ran dry before the summer.", "literal", 5),
    ("Sinjar District", "Beekeepers came back to Sinjar District.", "literal", 2),
    ("Syria", "Schools across Syria start late this year.", "literal", 18),
    ("Syria", "The Syrian pound lost ground.", "associative", 7),
    ("Iraq", "Iraqi engineers looked at the dam.", "associative", 12),
    ("Turkey", "Turkish lorries stood in a long line.", "associative", 8),
    ("France", "French diplomats asked for more time.", "associative", 4),
    ("United States", "American officials gave no number.", "associative", 5),
    ("Euphrates River", "The Euphrates was lower than in any spring.", "literal", 7),
    ("Middle East", "Few papers in the Middle East printed the picture.", "literal", 3),
)
ADJECTIVES = ("Syrian", "Iraqi", "Turkish", "French", "American", "Euphrates")
SOURCES = ("The Morning Ledger", "Levant Courier", "Rivertown Post", "Agency Nine")
SUBJECTS = ("bread", "water", "schools", "the bridge", "the harvest", "the vote", "the road")


def _date(number: int) -> tuple[str | None, str | None, str]:
    spread = number * 7 % 40  # neighbours in the list lie far apart in time
    year, month, day = 2014 + spread * 6 // 40, 1 + spread * 9 % 12, 1 + spread * 11 % 28
    if number % 13 == 5:
        return f"{year}-01-01", f"{year}-12-31", "year"
    if number % 9 == 4:
        return f"{year}-{month:02}-01", f"{year}-{month:02}-28", "month"
    if number % 14 == 9:
        return None, None, "unknown"
    return f"{year}-{month:02}-{day:02}", f"{year}-{month:02}-{day:02}", "day"


def _surface(name: str, sentence: str) -> str:
    return next((a for a in ADJECTIVES if a in sentence), name)


def make_row(known: str, sentence: str, kind: str, number: int, **changes: Any) -> dict[str, Any]:
    """One record: a mention of a place in article ``number``."""
    place_id, name, feature, lat, lon, country, admin1, radius, precision = PLACES[known]
    start, end, date_precision = _date(number)
    surface = _surface(name, sentence)
    row = dict.fromkeys(COLUMNS) | {
        "article_id": f"{number:03}.txt",
        "title": f"What the week brought for {SUBJECTS[number % 7]}, part {number}",
        "source": SOURCES[number % 4],
        "url": f"https://news.example/{number}" if number % 5 else None,
        "lang": "en",
        "start": 100,
        "end": 100 + len(surface),
        "surface": surface,
        "snippet": sentence,
        "kind": kind,
        "status": "ambiguous" if number % 7 == 6 and feature == "PPL" else "resolved",
        "place_id": place_id,
        "name": name,
        "feature": feature,
        "lat": lat,
        "lon": lon,
        "radius_km": float(radius),
        "precision": precision,
        "country": country,
        "admin1": admin1,
        "confidence": 0.41 if number % 7 == 6 else 0.93,
        "date_start": start,
        "date_end": end,
        "date_precision": date_precision,
        "date_source": None if start is None else "header",
    }
    return row | changes


def make_records() -> list[dict[str, Any]]:
    """All records of the desk."""
    records = []
    for line, (name, sentence, kind, times) in enumerate(LINES):
        records += [make_row(name, sentence, kind, (line * 5 + n * 3) % 40) for n in range(times)]
    return [*records, make_row("Raqqa", "Raqqa Diaries is a book.", "embedded", 1)]


#: a name that no gazetteer knows, the sentence, the unit that it lies in, the numbers of its articles
UNLOCATED = (
    ("Tal Jirz", "Two wells were dug at Tal Jirz.", "Raqqa Governorate", (3, 7, 7, 12)),
    ("Umm Habasha", "Umm Habasha has a school again.", "Sinjar District", (4,)),
    ("Zor Magara", "The road to Zor Magara is a track.", "Syria", (5, 9)),
    ("Old Mill", "Old Mill lies beside the canal.", "Aleppo Governorate", (6, 8)),
    ("Raqqa Point", "A place called Raqqa Point.", None, (2,)),
    ("Snorkton", "Nobody knew the way to Snorkton.", None, (2, 11)),
)
#: a unit that no article names: the first-level unit around Aleppo
ALEPPO = ("geonames:170062", "Aleppo Governorate", None, 36.23, 37.6, "SY", "Aleppo", 77, 4)


def make_unlocated(
    surface: str, sentence: str, unit: str | None, number: int, **changes: Any
) -> dict[str, Any]:
    """One record of a name that no gazetteer knows, in a unit of the sample or nowhere."""
    row = make_row("Raqqa", sentence, "literal", number, surface=surface)
    row |= dict.fromkeys(COLUMNS[COLUMNS.index("place_id") : COLUMNS.index("confidence")])
    row |= {"status": "unknown", "confidence": 0.85, "end": 100 + len(surface)}
    if unit is not None:
        place_id, name, _, lat, lon, country, admin1, radius, precision = (
            ALEPPO if unit == ALEPPO[1] else PLACES[unit]
        )
        row |= {"within": place_id, "within_name": name, "lat": lat, "lon": lon}
        row |= {"radius_km": float(radius), "precision": precision}
        row |= {"country": country, "admin1": admin1}
    return row | changes


def make_unlocated_records() -> list[dict[str, Any]]:
    """Twelve mentions of six names that no gazetteer knows, beside those of the desk."""
    found = [
        make_unlocated(surface, sentence, unit, number, start=at, end=at + len(surface))
        for line, (surface, sentence, unit, numbers) in enumerate(UNLOCATED)
        for at, number in enumerate(numbers, 400 + 100 * line)
    ]
    return [*make_records(), *found]


def _disc(name: str, east: float, north: float, km: float) -> str:
    """A circle of a radius about a point so many degrees from a place, as WKT."""
    lat, lon = PLACES[name][3] + north, PLACES[name][4] + east
    turns = [-2 * math.pi * n / 24 for n in range(24)] + [0.0]  # against the clock
    wide = km / 111 / math.cos(math.radians(lat))
    points = [(lon + wide * math.sin(a), lat + km / 111 * math.cos(a)) for a in turns]
    return f"POLYGON (({', '.join(f'{x:.4f} {y:.4f}' for x, y in points)}))"


def _trim(wkt: str) -> str:
    """Numbers without zeros at their ends, as the record has them."""
    return re.sub(r"(\.\d*?)0+(?=[ ,)])", lambda found: found[1].rstrip("."), wkt)


#: place, sentence, its relation, type, latitude, longitude, radius in km, shape
RELATIONS = (
    (
        *("Raqqa", "A convoy stopped 40 kilometres west of Raqqa.", "40 kilometres west of Raqqa"),
        *("offset", 35.95, 38.5614, 15.0, _trim(_disc("Raqqa", -0.45, 0, 15))),
    ),
    (
        *("Idlib", "Olives are pressed near Idlib.", "near Idlib", "near", 35.9306, 36.6339, 12.0),
        _trim(_disc("Idlib", 0, 0, 12)),
    ),
    (
        *("Mosul", "Floods reached the outskirts of Mosul.", "the outskirts of Mosul", "near"),
        *(
            36.335,
            43.1189,
            10.5,
            "POLYGON ((43 36.2, 43.3 36.2, 43.3 36.5, 43 36.5, 43 36.2), (43.1 36.3, 43.1 36.4, 43.2 36.4, 43.2 36.3, 43.1 36.3))",
        ),
    ),
    (
        *("Kobani", "The road from Kobani is closed.", "the road from Kobani", "along"),
        *(36.7, 38.2, 20.0, "LINESTRING (38.3536 36.8914, 38.2 36.7, 37.95 36.53)"),
    ),
    (
        *("Syria", "Rain fell over eastern Syria.", "eastern Syria", "part", 35.0, 40.0, 150.0),
        "MULTIPOLYGON (((39 34, 41 34, 41 36.5, 39 36.5, 39 34)), ((41.2 36.2, 42.2 36.2, 42.2 37.2, 41.2 36.2)))",
    ),
    ("Paris", "A farm hours from Paris.", "hours from Paris", "distance", None, None, None, None),
)
#: what a sentence says of its time, the first and the last day, how exactly
TIMES = (
    ("on Friday", "2016-06-10", "2016-06-10", "day"),
    ("in January 2014", "2014-01-01", "2014-01-31", "month"),
    ("in 2015", "2015-01-01", "2015-12-31", "year"),
    ("over the weekend", "2016-06-04", "2016-06-05", "day"),
    ("last Tuesday", None, None, "unknown"),
    ("since the war of 1916", "1916-01-01", "1916-12-31", "year"),
)


def make_spoken_records() -> list[dict[str, Any]]:
    """The desk with stories (each article of the first twenty is copied once), relations and told times."""
    records = []
    for n, row in enumerate(make_records()):
        number = int(row["article_id"][:3])
        story = {"story_id": f"story-{number % 20}", "story_size": 2}
        if number == 23:
            day = {"date_start": "2016-06-11", "date_end": "2016-06-11", "date_precision": "day"}
            story |= {**day, "date_source": "story"}
        text, *span = TIMES[(n // 3) % len(TIMES)]
        told = dict(zip(("event_start", "event_end", "event_precision"), span, strict=True))
        records.append(row | story | ({"event_text": text} | told if n % 3 == 0 else {}))
    for number, (name, sentence, phrase, kind, *values) in enumerate(RELATIONS):
        columns = ("relation_lat", "relation_lon", "relation_radius_km", "relation_geometry")
        seen = {
            "relation": phrase,
            "relation_type": kind,
            **dict(zip(columns, values, strict=True)),
        }
        place = {"precision": 5 if kind == "part" else 2}
        story = {"story_id": f"story-{number}", "story_size": 2}
        at = {"start": 300 + number, "end": 300 + number + len(name)}
        row = make_row(name, sentence, "literal", number, surface=name)
        records.append(row | seen | place | story | at)
    return records


def make_frame(records: list[dict[str, Any]] | None = None) -> pd.DataFrame:
    """The same as the data frame that the tables make."""
    return pd.DataFrame(make_records() if records is None else records, columns=list(COLUMNS))


def to_page_feature(record: dict[str, Any]) -> dict[str, Any]:
    """A record as the GeoJSON that the page writes has it: the geometry of geomap's own, and the columns alone."""
    (feature,) = to_features(record)
    return {"type": "Feature", "geometry": feature["geometry"], "properties": record}

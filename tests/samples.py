"""Values that several tests share."""

from geomap.records import COLUMNS, MentionRecord

DAY = ("2019-03-21", "2019-03-21", "day")
MONTH = ("2019-03-01", "2019-03-31", "month")
UNDATED = (None, None, "unknown")


def make_record(
    *, article_id="a.txt", place_id="geonames:172955", name="Raqqa", date=DAY, **fields
) -> MentionRecord:
    """Return a valid mention record; without a ``place_id`` its place is unknown."""
    start, end, precision = date
    record = dict.fromkeys(COLUMNS) | {
        "article_id": article_id,
        "start": 10,
        "end": 15,
        "surface": "Raqqa",
        "snippet": "The market in Raqqa reopened.",
        "kind": "literal",
        "status": "unknown",
        "confidence": 0.0,
        "date_start": start,
        "date_end": end,
        "date_precision": precision,
        "date_source": start and "header",
    }
    if place_id is not None:
        record |= {
            "status": "resolved",
            "place_id": place_id,
            "name": name,
            "feature": "PPLA",
            "lat": 35.95283,
            "lon": 39.00788,
            "precision": 1,
            "country": "SY",
            "admin1": "Raqqa",
            "confidence": 0.95,
        }
    return record | fields

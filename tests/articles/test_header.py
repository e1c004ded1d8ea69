"""Title, byline, dateline and publication date."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.articles import read_header
from geomap.articles.published import find_published
from geomap.model import UNKNOWN_DATE

_SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
_BODY = (
    "The last rebels left the old town on Monday, and nobody knew where they went after that day."
)


def _date(text, **options):
    date = find_published(text, **options)
    return (str(date.start), date.precision, date.source)


_UNDATED = ("None", "unknown", None)


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("Rebels leave the town\n\n", "Rebels leave the town"),
        ("Advertisement\n\nRebels leave the town\n\nShare\n", "Rebels leave the town"),
        ("June 11, 2016\n\nRebels leave the town\n\n", "Rebels leave the town"),
        ("World\n\nRebels leave the town\nBy Ann Lee\n\n", "Rebels leave the town"),
        ("The Paper\n\nRebels leave the town\n\n", "Rebels leave the town"),
        (
            "The Paper\nRebels leave the town\nNews\nRebels leave the town\n",
            "Rebels leave the town",
        ),
        ("Rebels leave the town\n", "Rebels leave the town"),
        ("", None),
        ("PARIS (AFP) - The rebels left it. ", None),
    ],
)
def test_title(top, title):
    assert read_header(top + _BODY).title == title


@pytest.mark.parametrize(
    ("line", "byline", "outlet", "place"),
    [
        ("By Ann Lee", "Ann Lee", None, None),
        ("By Ann Lee, The Homs Post", "Ann Lee", "The Homs Post", None),
        ("By Ann Lee  /  The Paper, Istanbul, Turkey", "Ann Lee", "The Paper", "Istanbul, Turkey"),
        ("By Ann Lee in Beirut", "Ann Lee", None, "Beirut"),
        ("By ANN LEE and BOB ROE, Staff Writer", "ANN LEE and BOB ROE", None, None),
        ("Ann Lee | The Homs Post", "Ann Lee", "The Homs Post", None),
        ("By the river the rebels rested.", None, None, None),
        ("Ann Lee | Bob Roe", None, None, None),
    ],
)
def test_byline(line, byline, outlet, place):
    text = f"Rebels leave the town\n\n{line}\n\n{_BODY}"
    header = read_header(text)
    found = text[slice(*header.dateline)] if header.dateline else None
    assert (header.byline, header.outlet, found) == (byline, outlet, place)


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("PARIS (AFP) - ", "PARIS"),
        ("Paris (AFP) - ", "Paris"),
        ("BEIRUT, Lebanon — ", "BEIRUT, Lebanon"),
        ("BEIRUT -- ", "BEIRUT"),
        ("ISTANBUL: ", "ISTANBUL"),
        ("WASHINGTON, Jan. 5 (Reuters) - ", "WASHINGTON"),
        ("WASHINGTON, Jan. 5, 2016 (Reuters) - ", "WASHINGTON"),
        ("SANLIURFA, Turkey ", "SANLIURFA, Turkey"),
        ("SEOUL, South Korea ", "SEOUL, South Korea"),
        ("NEW YORK (AP) — ", "NEW YORK"),
        ("BEIRUT/AMMAN (Reuters) - ", "BEIRUT/AMMAN"),
        ("Rebels leave the town. MONROE, La. (AP) — ", "MONROE, La."),
        ("(Reuters) - ", None),
        ("BREAKING: ", None),
        ("EXCLUSIVE - ", None),
        ("", None),
    ],
)
def test_dateline_is_the_span_of_the_place(dateline, place):
    text = (
        f"Rebels leave the town\n\n{dateline}{_BODY}"
        if "." not in dateline[:23]
        else dateline + _BODY
    )
    header = read_header(text)
    assert (text[slice(*header.dateline)] if header.dateline else None) == place


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published 11.06.2016 00:00", ("2016-06-11", "day", "header")),
        ("Updated: June 12, 2016 | Published: June 11, 2016", ("2016-06-11", "day", "header")),
        ("Posted on Saturday, June 11, 2016 5:00 p.m. EST", ("2016-06-11", "day", "header")),
        ("Thu, Sep 14, 2017 - Page 9", ("2017-09-14", "day", "header")),
        ("2016-06-11T23:30:00-05:00", ("2016-06-11", "day", "header")),
        ("June 2016", ("2016-06-01", "month", "header")),
        ("Week of June 6, 2016", ("2016-06-06", "week", "header")),
        ("By Ann Lee | June 11, 2016", ("2016-06-11", "day", "header")),
        ("Publié le 11 juin 2016", ("2016-06-11", "day", "header")),
        ("WASHINGTON, Jan. 5, 2016 (Reuters) - They met again.", ("2016-01-05", "day", "header")),
        ("(c)2015 The Paper", ("2015-01-01", "year", "copyright")),
        ("Copyright © 2009-2015 The Paper", ("2015-01-01", "year", "copyright")),
        ("On June 11, 2016, they met.", _UNDATED),
        ("They met on June 11, 2016", _UNDATED),
        ("In January 2014", _UNDATED),
        ("Published in 2014, the study says it.", _UNDATED),
        ("5 years ago", _UNDATED),
        ("June 11", _UNDATED),
    ],
)
def test_publication_date_of_a_header_line(line, expected):
    assert _date(f"Rebels leave the town\n\n{line}\n\n{_BODY}") == expected


def test_dates_inside_the_text_are_those_of_events():
    timeline = "\n".join([_BODY * 3, "June 11, 2016", _BODY * 3, "June 12, 2016", _BODY * 3])
    assert _date(timeline) == _UNDATED


@pytest.mark.parametrize(
    ("footer", "expected"),
    [
        ("Published on 11 June 2016", ("2016-06-11", "day", "header")),
        ("11 June 2016", ("2016-06-11", "day", "header")),
        ("© 2016 The Paper", ("2016-01-01", "year", "copyright")),
    ],
)
def test_publication_date_of_the_footer(footer, expected):
    assert _date(f"Rebels leave the town\n\n{_BODY * 60}\n\n{footer}") == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("5 years ago", ("2019-01-01", "year", "crawled")),
        ("icon_openNews time_icon5 years ago", ("2019-01-01", "year", "crawled")),
        ("Ann Lee | 2 days ago", ("2024-03-29", "day", "crawled")),
        ("The town that fell 5 years ago", _UNDATED),
    ],
)
def test_an_age_needs_the_day_of_the_crawl(line, expected):
    text = f"Rebels leave the town\n\n{line}\n\n{_BODY}"
    assert _date(text, crawled=dt.date(2024, 3, 31)) == expected
    assert _date(text) == _UNDATED


def test_header_before_url_before_file_name_before_copyright():
    url, name = "https://paper.example/2016/06/10/x", "2016-06-09.txt"
    texts = [f"June 11, 2016\n\n{_BODY}", f"{_BODY}\n\n(c) 2016 The Paper", _BODY]
    dates = [_date(text, url=url, filename=name)[0] for text in texts]
    assert dates == ["2016-06-11", "2016-06-10", "2016-06-10"]
    assert _date(texts[1], filename=name) == ("2016-06-09", "day", "filename")
    assert _date(texts[1]) == ("2016-01-01", "year", "copyright")


@pytest.mark.parametrize(
    ("text", "day_first", "expected"),
    [
        ("Published 11.06.2016", None, ("2016-06-11", True)),
        ("Published 11.06.2016", False, ("2016-11-06", False)),
        ("Published 11.06.2016\nUpdated 22.06.2016", False, ("2016-06-11", False)),
        ("Published 11.06.2016\n\nOn June 11, they left.", None, ("2016-06-11", False)),
    ],
)
def test_an_ambiguous_date_says_so(text, day_first, expected):
    date = find_published(text, day_first=day_first)
    assert (str(date.start), date.ambiguous) == expected


@settings(deadline=None)  # the first foreign word opens dateparser
@given(st.text() | st.text(alphabet="ABab12 .,/|-()\n"))
def test_any_text_has_a_header(text):
    header = read_header(text)
    if header.dateline:
        start, end = header.dateline
        assert 0 <= start < end <= len(text)


@pytest.mark.skipif(not _SEEDS.exists(), reason="the annotated articles are not on this machine")
def test_dates_of_the_annotated_articles():
    dates = [_date(path.read_text("utf-8"))[:2] for path in sorted(_SEEDS.glob("00?_*.txt"))]
    assert dates == [
        ("2016-06-11", "day"),
        ("None", "unknown"),
        ("2015-01-01", "year"),
        ("2017-09-14", "day"),
        ("None", "unknown"),
    ]


def test_nothing_is_never_today():
    assert read_header(_BODY).published == UNKNOWN_DATE

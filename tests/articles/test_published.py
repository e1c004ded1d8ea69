"""Publication dates as pages write them: labels, captions, the page's own day."""

import pytest

from geomap.articles.published import find_published

_BODY = (
    "Rebels left the town on Friday after a week of shelling that killed nine people, residents and the mayor said.\n\n"
    "Shops opened again, and the road to the north was cleared of mines by the army in the course of the afternoon."
)
_TITLE = "Rebels leave the town"


def published(text, **given):
    date = find_published(text, **given)
    return str(date.start), date.precision, date.source


@pytest.mark.parametrize(
    "line",
    [
        "Post At: Aug 25/2024 10:50PM",
        "Post at: 25/Aug/2024 22:50",
        "Posted At 25-Aug-2024 10:50 pm",
        "Post Date: August 25, 2024",
        "Post: 25 August 2024",
        "Publish Time: 2024-08-25 10:50",
        "Publication date - Aug 25/2024",
        "Pub Date Sunday 25 August 2024 22:50 UTC",
        "Date Posted: 2024 August 25",
        "Created at: 2024-Aug-25",
        "Uploaded 25 Aug 2024 by the editors",
        "Released on Sunday, Aug. 25th, 2024",
        "News date: 25.08.2024",
        "By Ann Lee | Published on August 25, 2024 Last update August 26, 2024, 09:55",
        "Last update August 26, 2024 | First published Aug 25, 2024",
        "News25 August 2024 - 16:14",
        "Ann Lee • Posted 25 Aug 2024, 10:50hrs",
        "Yayınlanma tarihi: 25 Ağustos 2024",
    ],
)
@pytest.mark.parametrize("order", [f"{_TITLE}\n{{}}\n\n{_BODY}", f"{{}}\n{_TITLE}\n\n{_BODY}"])
def test_a_label_or_an_odd_order_says_the_day(line, order):
    assert published(order.format(line)) == ("2024-08-25", "day", "header")


@pytest.mark.parametrize(
    "line",
    [
        "Published March 8, 2026 at 10:22 PM EDT Rebels left the town, officials in the region said on Friday.",
        "Posted: March 8, 2026 Rebels left the town after a week of shelling that killed nine people, the mayor said.",
        "Published 8 March 2026 22:10 UTC “Rebels have left the town”, the mayor said at a meeting of the council on Friday.",
        "Last updated March 8, 2026 Rebels left the town.",
    ],
)
def test_a_head_that_runs_on_into_the_text(line):
    assert published(line)[0] == "2026-03-08"


@pytest.mark.parametrize(
    "line",
    [
        "Published March 8, 2026, the report says that nine people died in the town.",
        "Post office burnt June 3, 2016",
        "Date 27 March 2022 – present",
        "Released in June 2016, the film shows it.",
        "Issued by the army on June 3, 2016, it ended the truce.",
        "He updated the report of June 3, 2016.",
        "Postings of June 3, 2016 say it",
        "Created in the spring of 2012 by the mayor, on June 3, 2016 the council was closed.",
        "Edited volumes: June 3, 2016 and after",
    ],
)
def test_words_that_are_no_label(line):
    assert published(f"{_TITLE}\n\n{line}\n\n{_BODY}")[1] == "unknown"


_CAPTIONS = [
    "A woman walks past a bakery that was destroyed by shelling in the town. (Photo: Agency)",
    "A woman walks past a bakery that was destroyed by shelling in the town, in this file photo.",
    "FILE - A woman walks past a bakery that was destroyed by shelling in the town last month.",
    "A woman walks past a bakery that was destroyed by shelling in the town. Credit: Ann Lee.",
    "Image: a woman walks past a bakery that was destroyed by shelling in the town last month.",
    "A woman walks past a bakery that was destroyed by shelling (AP Photo/Ann Lee), and a boy looks on.",
    "Residents clear the street in front of a bakery after shelling in the town, in a handout picture of the council.",
    "Archive picture of the bakery in the town, which has been closed since a shell hit its roof in the winter.",
]


@pytest.mark.parametrize("caption", _CAPTIONS)
@pytest.mark.parametrize("line", ["August 25, 2024", "Sunday 25 August 2024 10:50", "25.08.2024"])
def test_a_date_line_below_a_caption(caption, line):
    assert published(f"{_TITLE}\n\n{caption}\n\n{line}\n\n{_BODY}")[0] == "2024-08-25"


@pytest.mark.parametrize(
    "below", ["By Ann Lee", "BEIRUT (Agency) - It was quiet.", "BY ANN LEE", "KYIV — It was quiet."]
)
def test_a_date_between_a_caption_without_a_credit_and_the_byline(below):
    caption = "A woman walks past a bakery that was destroyed by shelling in the east of the town."
    assert (
        published(f"{_TITLE}\n\n{caption}\n\n25 August 2024\n\n{below}\n\n{_BODY}")[0]
        == "2024-08-25"
    )


def test_a_date_below_the_lead_is_the_heading_of_an_event():
    assert published(f"{_TITLE}\n\n{_BODY}\n\n25 August 2024\n\n{_BODY}")[1] == "unknown"


@pytest.mark.parametrize(
    ("page", "own"),
    [
        ("Sunday, November 29, 2026", "March 3, 2019"),
        ("The Daily Paper\nSunday, November 29, 2026", "By Ann Lee | 3 March 2019"),
        ("November 29, 2026 | Latest news", "Ann Lee • March 3, 2019"),
        ("29.11.2026 10:15", "03 March 2019, 08:00"),
        ("Sunday 29 November 2026", "Published: 3 March 2019"),
        ("Sunday 29 November 2026", "Posted on March 3, 2019"),
        ("Today: November 29, 2026\nNovember 29, 2026", "Sun, 3 Mar 2019 10:00"),
        ("29 November 2026", "2019-03-03"),
        ("Nov 29, 2026 10:15 AM", "Mar 3/2019"),
        ("November 29, 2026", "BY ANN LEE | March 3, 2019"),
    ],
)
def test_an_older_date_below_the_day_of_the_page_is_the_article_s(page, own):
    assert published(f"{page}\n\n{_TITLE}\n{own}\n\n{_BODY}")[0] == "2019-03-03"


def test_a_dateline_is_the_article_s_where_the_page_s_day_is_much_later():
    text = f"{{}}\n\n{_TITLE}\n\nKABUL, March 3, 2019 (Agency) - {_BODY}"
    assert published(text.format("Sunday, November 29, 2026"))[0] == "2019-03-03"
    assert published(text.format("March 4, 2019"))[0] == "2019-03-04"


def test_a_link_says_the_day_where_the_page_s_own_day_is_much_later():
    url = "https://paper.example/2019/03/03/rebels"
    text = f"{{}}\n\n{_TITLE}\n\n{_BODY}"
    assert published(text.format("Sunday, November 29, 2026"), url=url)[0] == "2019-03-03"
    assert published(text.format("March 4, 2019"), url=url)[0] == "2019-03-04"
    assert published(text.format("Published November 29, 2026"), url=url)[0] == "2026-11-29"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Bogota, 24 Oct 88 (CONTINENTAL) -- [Text] It was quiet.", "1988-10-24"),
        ("BOGOTA, 24 Oct 88 -- It was quiet.", "1988-10-24"),
        ("April 3, 14 (BOR) – It was quiet in the county.", "2014-04-03"),
        ("Managua, 5 Nov '87 (Agency) - It was quiet.", "1987-11-05"),
        ("2024-09-03 Three dead in the town", "2024-09-03"),
        ("Juba, 3 April 2014 (Agency) – It was quiet.", "2014-04-03"),
    ],
)
def test_datelines_and_titles_with_a_day(line, expected):
    assert published(f"{line}\n\n{_BODY}")[0] == expected


@pytest.mark.parametrize(
    "line",
    [
        "14 September – 22 September 2019",
        "14-22 September 2019",
        "29 August - 22 September 2019",
        "Date: 14 – 22 September 2019",
        "Situation report | 14 to 22 September 2019",
    ],
)
def test_a_report_on_some_days_is_of_the_month_in_which_they_end(line):
    assert published(f"{_TITLE}\n{line}\n\n{_BODY}") == ("2019-09-01", "month", "header")

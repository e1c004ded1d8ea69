"""What phrases mean on the calendar: sentences of one name, published on Wednesday, 15 June 2016."""

import pytest

from tests.told.telling import tell, tell_days

WEDNESDAY = "2016-06-15"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("on Friday", "2016-06-10"),
        ("on Wednesday", WEDNESDAY),
        ("last Wednesday", "2016-06-08"),
        ("late last Friday night", "2016-06-10"),
        ("on Friday of last week", "2016-06-10"),
        ("on Monday and Tuesday", "2016-06-13/2016-06-14"),
        ("on Tuesday and Wednesday", "2016-06-14/2016-06-15"),
        ("from Saturday to Monday", "2016-06-11/2016-06-13"),
        ("yesterday", "2016-06-14"),
        ("the day before yesterday", "2016-06-13"),
        ("last night", "2016-06-14"),
        ("overnight", "2016-06-14/2016-06-15"),
        ("this morning", WEDNESDAY),
        ("two days ago", "2016-06-13"),
        ("about three weeks ago", "2016-05-23/2016-05-29"),
        ("a month ago", "2016-05-01/2016-05-31"),
        ("twenty years ago", "1996-01-01/1996-12-31"),
        ("over the weekend", "2016-06-11/2016-06-12"),
        ("last weekend", "2016-06-11/2016-06-12"),
        ("this week", "2016-06-13/2016-06-19"),
        ("earlier this week", "2016-06-13/2016-06-15"),
        ("last week", "2016-06-06/2016-06-12"),
        ("late last month", "2016-05-21/2016-05-31"),
        ("early this year", "2016-01-01/2016-04-30"),
        ("last year", "2015-01-01/2015-12-31"),
        ("over the past three weeks", "2016-05-26/2016-06-15"),
        ("in the last week", "2016-06-09/2016-06-15"),
        ("throughout the past year", "2015-06-16/2016-06-15"),
        ("in the past 24 hours", "2016-06-14/2016-06-15"),
        ("in May", "2016-05-01/2016-05-31"),
        ("in June", "2016-06-01/2016-06-30"),
        ("in July", "2015-07-01/2015-07-31"),
        ("last June", "2015-06-01/2015-06-30"),
        ("in mid-May", "2016-05-11/2016-05-20"),
        ("in the first week of May", "2016-05-01/2016-05-07"),
        ("in the last week of May", "2016-05-25/2016-05-31"),
        ("at the end of February 2016", "2016-02-21/2016-02-29"),
        ("in March last year", "2015-03-01/2015-03-31"),
        ("on May 22-23", "2016-05-22/2016-05-23"),
        ("on 22 May", "2016-05-22"),
        ("on the 22nd of May", "2016-05-22"),
        ("on July 1", "2015-07-01"),
        ("on Sunday, 1 May 2011,", "2011-05-01"),
        ("from May 30 to June 2", "2016-05-30/2016-06-02"),
        ("between 30 December and 2 January 2015", "2014-12-30/2015-01-02"),
        ("on 2014-03-09", "2014-03-09"),
        ("on 22.05.2014", "2014-05-22"),
        ("on the 3rd", "2016-06-03"),
        ("in early 2014", "2014-01-01/2014-04-30"),
        ("in mid-2014", "2014-05-01/2014-08-31"),
        ("in late 2014", "2014-09-01/2014-12-31"),
        ("in the summer of 2014", "2014-06-01/2014-08-31"),
        ("in the winter of 2014-15", "2014-12-01/2015-02-28"),
        ("last winter", "2015-12-01/2016-02-29"),
        ("in the second half of 2014", "2014-07-01/2014-12-31"),
        ("in the first quarter", "2016-01-01/2016-03-31"),
        ("in the 1990s", "1990-01-01/1999-12-31"),
        ("in the mid-1990s", "1994-01-01/1996-12-31"),
        ("in the 19th century", "1801-01-01/1900-12-31"),
        ("between 2003 and 2006", "2003-01-01/2006-12-31"),
        ("in 2003-06", "2003-01-01/2006-12-31"),
        ("from November to February", "2015-11-01/2016-02-29"),
        ("from March to May 2014", "2014-03-01/2014-05-31"),
        ("since Monday", "2016-06-13/2016-06-15"),
        ("since early May", "2016-05-01/2016-06-15"),
        ("since 2011", "2011-01-01/2016-06-15"),
        ("by Friday", "2016-06-10"),
        ("as of Friday", "2016-06-10"),
        ("until Monday", "?"),
        ("before 2010", "?"),
        ("from mid-2014", "?"),
        ("on Christmas Eve", "2015-12-24"),
        ("on 11 juin 2014", "2014-06-11"),
        ("in the week of May 4", None),
    ],
)
def test_the_past(phrase, expected):
    if phrase.startswith("in the week of"):
        assert tell_days(f"Shops in [Raqqa] shut {phrase}.") == ["2016-05-02/2016-05-08"]
    else:
        assert tell_days(f"Shops in [Raqqa] shut {phrase} as it rained.") == [expected]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("on Friday", "2016-06-17"),
        ("on Wednesday", WEDNESDAY),
        ("next Wednesday", "2016-06-22"),
        ("on Monday next week", "2016-06-20"),
        ("tomorrow", "2016-06-16"),
        ("this weekend", "2016-06-18/2016-06-19"),
        ("next weekend", "2016-06-25/2016-06-26"),
        ("in ten days", "2016-06-25"),
        ("in two weeks", "2016-06-27/2016-07-03"),
        ("three weeks from now", "2016-07-04/2016-07-10"),
        ("within the next two weeks", "2016-06-15/2016-06-28"),
        ("in May", "2017-05-01/2017-05-31"),
        ("in June", "2016-06-01/2016-06-30"),
        ("on May 22", "2017-05-22"),
        ("on February 29", "2020-02-29"),
        ("later this year", "2016-06-15/2016-12-31"),
        ("next spring", "2017-03-01/2017-05-31"),
        ("by the end of the year", "2016-06-15/2016-12-31"),
        ("by early July", "2016-06-15/2016-07-10"),
        ("until Monday", "2016-06-15/2016-06-20"),
        ("from Monday", "2016-06-20"),
        ("from Tuesday to Thursday", "2016-06-21/2016-06-23"),
        ("by 2030", "2016-06-15/2030-12-31"),
    ],
)
def test_the_future(phrase, expected):
    assert tell_days(f"Shops in [Raqqa] will shut {phrase}.") == [expected]


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("shut", "2016-06-10"),
        ("was to shut", "2016-06-17"),
        ("was due to shut", "2016-06-17"),
        ("is expected to shut", "2016-06-17"),
        ("opens", "2016-06-17"),
        ("would shut", "2016-06-17"),
        ("has shut", "2016-06-10"),
        ("had shut", "2016-06-10"),
        ("plans to shut", "2016-06-17"),
        ("was sentenced to shut", "2016-06-10"),
    ],
)
def test_the_verb_tells_the_direction(verb, expected):
    assert tell_days(f"The mill of [Raqqa] {verb} on Friday.") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill of [A] burnt in 2009; two years later [B] got one.", "2011-01-01/2011-12-31"),
        ("It began in [A] on 9 June and reached [B] the next day.", "2016-06-10"),
        ("It began in [A] on 9 June. It reached [B] three days later.", "2016-06-12"),
        ("It began in [A] in 2009. A month later it reached [B].", "?"),
        ("It began on 9 June. Nobody knew. The next day it reached [A] and [B].", "2016-06-10"),
        ("It was cold in [A] in 2011. Since then, [B] has had no snow.", "2011-01-01/2016-06-15"),
        ("It was cold in [A] everywhere. A year earlier, [B] had snow.", "?"),
    ],
)
def test_counted_from_what_was_told_before(text, expected):
    assert tell_days(text)[-1] == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("on Friday", "?"),
        ("last month", "?"),
        ("on May 22", "?"),
        ("in May", "?"),
        ("since 2011", "?"),
        ("two days ago", "?"),
        ("over the past three weeks", "?"),
        ("overnight", "?"),
        ("last weekend", "?"),
        ("on Christmas Eve", "?"),
        ("in January 2014", "2014-01-01/2014-01-31"),
        ("on 3 December 2003", "2003-12-03"),
        ("between 2003 and 2006", "2003-01-01/2006-12-31"),
        ("in the 1960s", "1960-01-01/1969-12-31"),
    ],
)
def test_without_a_publication_date(phrase, expected):
    assert tell_days(f"Shops in [Raqqa] shut {phrase}.", None) == [expected]


@pytest.mark.parametrize(
    ("phrase", "published", "expected"),
    [
        ("on Friday", "2016", "?"),
        ("on Friday", "2016-06", "?"),
        ("last month", "2016", "?"),
        ("last month", "2016-06", "2016-05-01/2016-05-31"),
        ("last year", "2016", "2015-01-01/2015-12-31"),
        ("in May", "2016", "2016-05-01/2016-05-31"),
        ("on May 22", "2016", "?"),
        ("on May 22", "2016-06", "2016-05-22"),
        ("since 2011", "2016-06", "?"),
        ("last winter", "2016", "?"),
    ],
)
def test_a_publication_known_to_a_month_or_a_year(phrase, published, expected):
    assert tell_days(f"Shops in [Raqqa] shut {phrase}.", published) == [expected]


@pytest.mark.parametrize(
    ("phrase", "precision", "text"),
    [
        ("on Friday", "day", "on Friday"),
        ("in early May", "week", "in early May"),
        ("in late 2014", "month", "in late 2014"),
        ("in the 1990s", "year", "in the 1990s"),
        ("over the past three weeks", "week", "over the past three weeks"),
        ("since Monday", "day", "since Monday"),
    ],
)
def test_the_phrase_and_how_exact_it_is(phrase, precision, text):
    [told] = tell(f"Shops in [Raqqa] shut {phrase}.")
    assert (told.span.precision, told.text) == (precision, text)

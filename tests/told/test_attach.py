"""Which name a time belongs to; published on Wednesday, 15 June 2016."""

import pytest

from tests.told.telling import tell_days

FRIDAY, MONDAY, TUESDAY = "2016-06-10", "2016-06-13", "2016-06-14"
LAST_YEAR, Y2014 = "2015-01-01/2015-12-31", "2014-01-01/2014-12-31"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # one verb, one time
        ("On Friday, troops from [A] entered [B] to reach [C].", [FRIDAY] * 3),
        ("Troops from [A], backed by [B], entered [C] on Friday.", [FRIDAY] * 3),
        # every clause its own
        ("[A] fell on Friday, and [B] fell on Monday.", [FRIDAY, MONDAY]),
        ("It snowed in [A] on Friday and in [B] on Monday.", [FRIDAY, MONDAY]),
        ("[A] was cheap in 2014; last year [B] was.", [Y2014, LAST_YEAR]),
        ("He was born in [A] in 2014, studied in [B] and moved to [C] last year.", [Y2014, Y2014, LAST_YEAR]),
        # shared
        ("On Friday shops in [A] opened and schools in [B] shut.", [FRIDAY, FRIDAY]),
        ("On Friday shops in [A] opened and schools in [B] will shut.", [FRIDAY, None]),
        ("Shops in [A] opened and schools in [B] shut on Friday.", [None, FRIDAY]),
        ("When rain fell in [A] on Friday, [B] flooded.", [FRIDAY, FRIDAY]),
        ("After rain fell in [A] on Friday, [B] flooded.", [FRIDAY, None]),
        ("While [A] had rain on Friday, [B] had sun on Monday.", [FRIDAY, MONDAY]),
        # relative clauses and participles
        ("On Friday it hit [A], which lies on the [B].", [FRIDAY, None]),
        ("On Friday it hit [A], which had rebuilt [B].", [FRIDAY, None]),
        ("A ship that left [A] in 2014 reached [B] on Friday.", [Y2014, FRIDAY]),
        ("A cup found in [A] in 2014 is kept in [B].", [Y2014, None]),
        ("[A], captured in 2014, is quiet.", [Y2014]),
        ("[A], captured in 2014, was shelled on Friday.", [FRIDAY]),
        ("[A], whose mill shut in 2014, sent flour to [B] on Friday.", [FRIDAY, FRIDAY]),
        ("It has been shut since 2014, when [A] was rebuilt.", [Y2014]),
        # saying
        ("Police in [A] said on Friday that [B] was quiet.", [FRIDAY, None]),
        ("Police in [A] said on Friday [B] was quiet.", [FRIDAY, None]),
        ("[A] was quiet, police in [B] said on Friday.", [None, FRIDAY]),
        ("[A], police in [B] said on Friday, was quiet.", [None, FRIDAY]),
        ("[A] was quiet on Friday, according to police in [B].", [FRIDAY, None]),
        ('"We stay in [A]," he said in [B] on Friday.', [None, FRIDAY]),
        ("He said in [A] on Monday that [B] would reopen on Friday.", [MONDAY, "2016-06-17"]),
        # genitives
        ("Saturday's storm hit [A] and [B].", ["2016-06-11"] * 2),
        ("Ahead of Saturday's vote in [A], people talk in [B].", ["2016-06-18", None]),
        ("The May 22 vote in [A] was close.", ["2016-05-22"]),
        # no sentence hands its time on; datelines tell none
        ("It rained in [A] on Friday. [B] stayed dry.", [FRIDAY, None]),
        ("[BAGHDAD], June 11 (Reuters) - Rain fell in [A].", [None, None]),
        ("[BAGHDAD] — Rain fell in [A] on Friday.", [None, FRIDAY]),
        # of two times the narrower one
        ("In the first quarter [A] sold 12 ships, from 10 a year earlier.", ["2016-01-01/2016-03-31"]),
    ],
)  # fmt: skip
def test_whose_time_it_is(text, expected):
    assert tell_days(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May flew to [A].",
        "They march through [A] and may stay.",
        "In [A] the march lasted for three hours.",
        "Friday prayers filled [A].",
        "A Sunday market in [A] was shut.",
        "The Black Friday shop in [A] was shut.",
        "The September 11 attacks were on every screen in [A].",
        "[A] is proud of its 2012 constitution.",
        "A 10-year-old from [A] won.",
        "Between 1900 and 2000 people live in [A].",
        "Some 2,000 people live in [A].",
        "The mill of [A] was built in two years.",
        "It was the coldest day in [A] since 1982.",
        "For the first time since 1994 a train reached [A].",
        "Every Monday they mend nets in [A].",
        "In [A] they usually meet in May.",
        "Recently [A] has grown, and soon it will shrink.",
        "In recent weeks [A] has grown.",
        "A few days ago [A] was quiet.",
        "The spring in [A] is dry, and a fall in sales is feared.",
        "The fall of [A] surprised nobody.",
        "The ferry to Friday [Harbor] is full.",
        "Most of it is sold in [A] today.",
        "A 1990s bus burnt in [A].",
        "The poet (1798-1855) never saw [A].",
        "USA Today has an office in [A].",
        "The overnight train to [A] was late.",
        "The end was near in [A], and the second half was played.",
    ],
)
def test_what_tells_no_time(text):
    assert tell_days(text) == [None]

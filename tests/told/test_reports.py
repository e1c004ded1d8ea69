"""Told times as reports of wars and crises write them; published on Wednesday, 15 June 2016."""

import pytest

from tests.told.telling import tell, tell_days

FRIDAY, MONDAY, TUESDAY = "2016-06-10", "2016-06-13", "2016-06-14"
NEXT_FRIDAY, NEXT_MONDAY = "2016-06-17", "2016-06-20"


@pytest.mark.parametrize(
    "head",
    [
        "Published March 8, 2016 at 10:22 PM EDT\n",
        "Published March 8, 2016 at 10:22 PM EDT ",
        "Published March 8, 2016 ",
        "Posted: 8 March 2016\n",
        "Updated 8 March 2016 10:22 UTC\n",
        "Last update: March 8, 2016, 09:55\n",
        "By Ann Lee | March 8, 2016\n",
        "Ann Lee | Published on March 8, 2016 Last update March 9, 2016\n",
        "Post At: Mar 08/2016 10:50PM\n",
        "Tuesday, March 8, 2016\n",
        "8 March 2016\n",
        "2016-03-08 10:22\n",
        "News8 March 2016 - 16:14\n",
        "March 8, 2016 | Latest news\n",
        "Date: 08.03.2016\n",
    ],
)
def test_the_date_of_a_page_s_head_is_no_told_time(head):
    assert tell_days(f"{head}Shells hit [A] and [B], officials said.") == [None, None]
    assert tell_days(f"{head}Shells hit [A] on Friday.") == [FRIDAY]


@pytest.mark.parametrize(
    "text",
    [
        "Posted in [A] on March 8, 2016, the men went home in May.",
        "On March 8, 2016 shells hit [A].",
        "The list of [A], updated on March 8, 2016, has nine names.",
        "March 8, 2016 was quiet in [A].",
    ],
)
def test_the_same_date_in_a_sentence_is_told(text):
    assert tell_days(text) == ["2016-03-08"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks in [A] paused on Friday with negotiators due to meet again in [B].", [FRIDAY, None]),
        ("Talks in [A] paused on Friday with negotiators due to meet in [B] on Monday.", [FRIDAY, NEXT_MONDAY]),
        ("The talks were broken off in [A] on Friday with both sides expected to return.", [FRIDAY]),
        ("Envoys left [A] on Friday, due to return to [B] on Monday.", [FRIDAY, NEXT_MONDAY]),
        ("Troops on Friday left [A] with a truce set to begin.", [FRIDAY]),
        ("The army on Friday dropped its plan to retake [A].", [FRIDAY]),
        ("Fighters likely to surrender left [A] on Friday.", [FRIDAY]),
        ("Aid expected to reach [A] was looted on Friday in [B].", [None, FRIDAY]),
        ("A convoy due to reach [A] on Monday was attacked on Friday in [B].", [NEXT_MONDAY, FRIDAY]),
        ("A bus was set on fire in [A] on Friday.", [FRIDAY]),
        ("The army was pushed back to [A] on Friday.", [FRIDAY]),
        ("The men were brought back to [A] on Friday.", [FRIDAY]),
        ("Shells fell on [A] on Friday as leaders were due to meet in [B].", [FRIDAY, FRIDAY]),
        # what lies ahead
        ("The sides are due to meet in [A] on Friday.", [NEXT_FRIDAY]),
        ("The sides were also set to meet in [A] on Friday.", [NEXT_FRIDAY]),
        ("Talks due to resume on Friday in [A].", [NEXT_FRIDAY]),
        ("A truce is set for Friday in [A].", [NEXT_FRIDAY]),
        ("A vote due on Friday in [A] was put off.", [NEXT_FRIDAY]),
        ("The mayor plans to visit [A] on Friday.", [NEXT_FRIDAY]),
        ("Shops in [A] will stay closed on Friday.", [NEXT_FRIDAY]),
    ],
)  # fmt: skip
def test_what_is_due_says_nothing_of_what_was(text, expected):
    assert tell_days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine bodies were found this Monday in [A].", MONDAY),
        ("This Monday, shells hit [A].", MONDAY),
        ("Troops have entered [A] this Tuesday.", TUESDAY),
        ("The road to [A] was cut this Friday.", FRIDAY),
        ("Rebels who fled [A] this Monday are hiding.", MONDAY),
        ("A drone crashed in [A] this Sunday evening.", "2016-06-12"),
        ("Two men, killed this Saturday in [A], were farmers.", "2016-06-11"),
        ("It had been quiet in [A] until shells fell this Monday.", None),
        ("This Wednesday a mine went off in [A].", "2016-06-15"),
        ("The army took [A] this Thursday.", "2016-06-09"),
        ("They will meet in [A] this Monday.", NEXT_MONDAY),
        ("[A] votes this Friday.", NEXT_FRIDAY),
        ("Elections in [A] this Friday.", NEXT_FRIDAY),
        ("The court of [A] is to decide this Friday.", NEXT_FRIDAY),
        ("Shops opened in [A] this coming Friday.", NEXT_FRIDAY),
    ],
)
def test_this_monday_goes_by_the_verb(text, expected):
    assert tell_days(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Currently there is tension in [A], and on May 31 a post was attacked in [B].", [None, "2016-05-31"]),
        ("Currently there is tension in [A] and, on May 31, a post was attacked in [B].", [None, "2016-05-31"]),
        ("There is tension in [A]; on 31 May a post was attacked in [B].", [None, "2016-05-31"]),
        ("There is calm in [A], but on May 31 shells fell on [B].", [None, "2016-05-31"]),
        ("Tension is high in [A], where a post was attacked on May 31.", ["2016-05-31"]),
        ("Rebels hold [A], and on May 31 they attacked [B].", [None, "2016-05-31"]),
        ("Currently there is tension in [A] after May 31.", ["?"]),
        ("The situation in [A] is tense: on May 31 an attack on a post.", ["2016-05-31"]),
        ("Fear is great in [A] because of the May 31 attack in [B].", [None, "2016-05-31"]),
        ("Fear is great in [A] due to Friday's raid on [B].", [None, FRIDAY]),
        ("On May 31 there is an attack in [A].", ["2016-05-31"]),
        ("The dead of [A] are from the fighting on 31 May.", ["2016-05-31"]),
        ("[A] is under curfew from May 30 to June 2.", ["2016-05-30/2016-06-02"]),
        ("The festival of [A] opens on June 22.", ["2016-06-22"]),
        ("The talks in [A] are on June 22.", ["2016-06-22"]),
        ("The festival of [A] will open on May 22.", ["2017-05-22"]),
    ],
)  # fmt: skip
def test_a_day_beside_the_present_is_the_nearest(text, expected):
    assert tell_days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two people died following Tuesday's attack on [A].", [TUESDAY]),
        ("Following Friday's attack on [A], [B] was quiet.", [FRIDAY, None]),
        ("Security was tightened in [A] following Friday's raid on [B].", [None, FRIDAY]),
        ("Following last Friday's raid on [A] shops shut.", [FRIDAY]),
        ("Nine died in [A] following Monday’s blast in [B].", [None, MONDAY]),
        ("The toll rose following Sunday's shelling of [A].", ["2016-06-12"]),
        ("Schools closed following Saturday night's clashes in [A].", ["2016-06-11"]),
        ("Aid was cut following the May 22 attack on [A].", ["2016-05-22"]),
        ("Thousands fled following this Monday's raid on [A].", [MONDAY]),
        ("He spoke following Wednesday's vote in [A].", ["2016-06-15"]),
        # counted from another day
        ("[A] fell on 2 June; the following Friday [B] fell.", ["2016-06-02", "2016-06-03"]),
        ("[A] fell on 2 June. The following Monday shells hit [B].", ["2016-06-02", "2016-06-06"]),
        ("[A] was shelled on 2 June; the previous Friday [B] was.", ["2016-06-02", "2016-05-27"]),
        ("The following Friday [A] fell.", ["?"]),
        # an attributive weekday
        ("No side of [A] was spared in the Monday attack.", [MONDAY]),
        ("The Friday market of [A] burnt.", [None]),
    ],
)  # fmt: skip
def test_following_is_after_unless_an_article_stands_before_it(text, expected):
    assert tell_days(text) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("from 10 - 22 April", "2016-04-10/2016-04-22"),
        ("from 10 – 22 April", "2016-04-10/2016-04-22"),
        ("from 10-22 April", "2016-04-10/2016-04-22"),
        ("10 to 22 April", "2016-04-10/2016-04-22"),
        ("from April 10 - 22", "2016-04-10/2016-04-22"),
        ("between 10 and 22 April", "2016-04-10/2016-04-22"),
        ("from 10 until 22 April 2014", "2014-04-10/2014-04-22"),
        ("from 28 March - 22 April", "2016-03-28/2016-04-22"),
        ("from 28 March – 22 April 2014", "2014-03-28/2014-04-22"),
        ("(10 - 22 April)", "2016-04-10/2016-04-22"),
        ("from the 10th to the 22nd of April", "2016-04-10/2016-04-22"),
        ("\n10 - 22 April", "2016-04-10/2016-04-22"),
        ("from 30 December - 2 January", "2015-12-30/2016-01-02"),
    ],
)
def test_a_stretch_has_both_ends(phrase, expected):
    assert tell_days(f"The bridge of [A] was closed {phrase} as it rained.") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The curfew in [A] runs from 1750 to 2245.", None),
        ("In [A] the curfew is from 1900 to 0500.", None),
        ("Shots were heard in [A] from 1750 to 2245 on Monday.", MONDAY),
        ("Shelling of [A] lasted from 1650 to 1730 on Monday.", MONDAY),
        ("Drones flew over [A] between 1800 and 2000 hours.", None),
        ("[A] was shelled until 2000 local time.", None),
        ("By 1800 on Friday [A] had fallen.", FRIDAY),
        ("Shops in [A] may open from 0630 until 1750.", None),
        ("Jets circled over [A] since 1640 GMT.", None),
        ("An air alert in [A] lasted from 2010 to 2040.", None),
        ("Firing in [A] went on after 1915 on 12 June.", "2016-06-12"),
        ("The power in [A] was out from 1600 - 2130.", None),
        ("It was quiet in [A] from 1720 until 1900 yesterday.", TUESDAY),
        # years
        ("[A] was part of the empire from 1750 to 1845.", "1750-01-01/1845-12-31"),
        ("[A] was at war from 1990 to 1995.", "1990-01-01/1995-12-31"),
        ("[A] was at peace from 1950 until 2010.", "1950-01-01/2010-12-31"),
        ("In 2015 [A] was shelled on Mondays.", "2015-01-01/2015-12-31"),
        ("The mill of [A] burnt in 1920.", "1920-01-01/1920-12-31"),
    ],
)
def test_hours_of_four_figures_are_no_years(text, expected):
    assert tell_days(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[A] fell in 2013.[1] In 2015 [B] was attacked.[2]", ["2013-01-01/2013-12-31", "2015-01-01/2015-12-31"]),
        ("On Friday they took [A].[1] [B] was quiet.[2]", [FRIDAY, None]),
        ("On Friday they took [A].[1][2] [B] was quiet.", [FRIDAY, None]),
        ("On Friday they took [A].[12]\n[B] was quiet.", [FRIDAY, None]),
        ("On Friday they took [A]. [1] [B] was quiet.", [FRIDAY, None]),
        ('On Friday they took [A]."[3] [B] was quiet.', [FRIDAY, None]),
        ("On Friday they took [A].[1]Meanwhile [B] was quiet.", [FRIDAY, None]),
        ("[A] was quiet.[1] On Friday they took [B].[2][3]", [None, FRIDAY]),
        ("Was [A] taken on Friday?[1] [B] was quiet.", [FRIDAY, None]),
        ("[A] burnt on Friday![1] [B] was quiet.", [FRIDAY, None]),
        ("[A] burnt on Friday.[1 2] [B] was quiet.", [FRIDAY, None]),
        ("On Friday [A][1] burnt, as did [B][2].", [FRIDAY, FRIDAY]),
    ],
)  # fmt: skip
def test_a_sentence_ends_before_the_mark_of_a_note(text, expected):
    assert tell_days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels on Friday retook [A], which the army had taken two weeks before.", [FRIDAY]),
        ("Rebels on Friday retook [A], which the army had taken two weeks before, and moved on [B].", [FRIDAY, FRIDAY]),
        ("Rebels on Friday retook the town of [A] that the army had taken two weeks before.", [FRIDAY]),
        ("Rebels on Friday left [A], where they had arrived two weeks before.", [FRIDAY]),
        ("On Friday the army retook [A], a town that rebels had taken two weeks before.", [FRIDAY]),
        ("Rebels on Friday took [A] after the army had left it two weeks before.", [FRIDAY]),
        ("On Friday shells hit [A], from where people had fled a month before.", [FRIDAY]),
        ("[A] fell on Friday. Rebels had taken [B] two weeks before.", [FRIDAY, "2016-05-23/2016-05-29"]),
        ("[A] fell on Friday; [B] had been taken three days before.", [FRIDAY, "2016-06-07"]),
        ("The army on Friday left [A], which it had entered a day earlier.", [FRIDAY]),
        ("Rebels had entered [A] two weeks earlier and now held [B].", ["?", None]),
        ("Rebels had entered [A] on Friday and then fell back to [B].", [FRIDAY, None]),
        ("Rebels had entered [A] on Friday and looted [B].", [FRIDAY, FRIDAY]),
    ],
)  # fmt: skip
def test_what_had_been_before_is_not_the_main_clause_s_day(text, expected):
    assert tell_days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In [A], nine died in 2015: seven of them were farmers.", "2015-01-01/2015-12-31"),
        ("Since 2015: 900 dead in [A].", "2015-01-01/2016-06-15"),
        ("19 August 2014: A patrol crossed into [A].", "2014-08-19"),
        ("It went on.\n\n2 June - a patrol crossed into [A].", "2016-06-02"),
        ("It went on.\n\nJune 2 – Rebels left [A].", "2016-06-02"),
        ("June 2 (Agency) – Rebels left [A].", None),
        ("Gangs fought each other on Friday in [A].", FRIDAY),
        ("An attack has been carried out in [A] today.", "2016-06-15"),
        ("[A] has become a town of widows today.", None),
        ("The gang left [A] half a year ago.", "2015-12-01/2015-12-31"),
        ("A precedent of May 16\nThe men came from [A].", "2016-05-16"),
        ("A mine went off in [A] on 22 May '14.", "2014-05-22"),
        ("[A] was shelled on 2 June and burnt the same night.", "2016-06-02"),
        ("Fighters entered on 2 June. [A] was shelled the same evening.", "2016-06-02"),
        ("Background\nFrom 2012 to 2013 rebels held [A].", "2012-01-01/2013-12-31"),
        ("Some 300 were, as at 10 May 2014, in [A].", "2014-05-10"),
        ("In the month of\nMay shells hit [A].", "2016-05-01/2016-05-31"),
        ("People were driven out of [A] by last week's attacks.", "2016-06-06/2016-06-12"),
        ("It was on Tuesday (May 31) that [A] fell.", "2016-05-31"),
    ],
)
def test_other_ways_of_saying_it(text, expected):
    assert tell_days(text) == [expected]


@pytest.mark.parametrize(
    ("phrase", "shown"),
    [
        ("late on Monday", "late on Monday"),
        ("early on Monday evening", "early on Monday evening"),
        ("at around 10 a.m. on Monday", "at around 10 a.m. on Monday"),
        ("about 5:30 p.m. on Monday", "about 5:30 p.m. on Monday"),
        ("before dawn on Monday", "before dawn on Monday"),
        ("just after midnight on Monday", "just after midnight on Monday"),
        ("shortly before 8 am on Monday", "shortly before 8 am on Monday"),
        ("by late afternoon on Monday", "by late afternoon on Monday"),
        ("at 22:15 on Monday", "at 22:15 on Monday"),
        ("very late on Monday", "very late on Monday"),
    ],
)
def test_the_hour_belongs_to_the_phrase(phrase, shown):
    [told] = tell(f"Nine died in [A] {phrase}.")
    assert told.text == shown
    assert told.span.start.isoformat() == MONDAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[A] fell on 27 November 2024. On 5 December [B] fell.", ["2024-11-27", "2024-12-05"]),
        ("[A] fell on 29 December 2024. On 5 January [B] fell.", ["2024-12-29", "2025-01-05"]),
        ("In March 2022 [A] fell. In May [B] fell.", ["2022-03-01/2022-03-31", "2022-05-01/2022-05-31"]),
        ("From 11 to 14 November 2021 people fled [A]. By 17 November [B] was empty.", ["2021-11-11/2021-11-14", "2021-11-17"]),
        ("[A] fell on 2 June 2021. On 5 December [B] fell.", ["2021-06-02", "?"]),
        ("In 2022 [A] fell. In May [B] fell.", ["2022-01-01/2022-12-31", "?"]),
        ("[A] fell on 5 December. On 9 December 2024 [B] fell.", ["?", "2024-12-09"]),
    ],
)  # fmt: skip
def test_without_a_publication_date_a_day_takes_the_year_of_the_one_before_it(text, expected):
    assert tell_days(text, None) == expected

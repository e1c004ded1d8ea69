"""Names that are a slip or two sounds away: all of them, and nothing else."""

import random

import pytest

from geomap.gazetteer.slips import CHANGED, SLIP, SOUND, alike_names, near_names


@pytest.mark.parametrize(
    ("written", "listed", "count"),
    [
        ("panyagoor", "panyagor", SOUND),
        ("toummour", "toumour", SOUND),
        ("zargeli", "zargali", SOUND),
        ("grevoronsky", "grayvoronsky", 2 * SOUND),
        ("miramshah", "miranshah", SOUND),
        ("miramshah", "miram shah", SLIP),
        ("rara sham", "rarasham", SLIP),
        ("kiyv", "kyiv", SLIP),
        ("poktak", "poktap", CHANGED),
        ("kharkivv", "kharkiv", SOUND),
    ],
)
def test_a_name_is_found_as_it_is_also_written(gazetteer, written, listed, count):
    assert near_names(gazetteer, written)[listed] == count


def test_every_slip_of_a_name_leads_back_to_it(gazetteer):
    rng = random.Random(3)  # noqa: S311
    names = ["severodonetsk", "al hasakah", "mopti", "chasiv yar", "laukkaing", "port au prince"]
    for name in names:
        for _ in range(20):
            at = rng.randrange(len(name))
            kind = rng.choice(["missing", "more", "other"])
            letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
            middle = {"missing": "", "more": name[at] + letter, "other": letter}[kind]
            written = name[:at] + middle + name[at + 1 :]
            if written != name:
                assert name in near_names(gazetteer, written), (name, written)


def test_the_name_itself_short_names_and_far_ones_are_not_among_them(gazetteer):
    assert "kyiv" not in near_names(gazetteer, "kyiv")
    assert near_names(gazetteer, "rho") == {}
    assert near_names(gazetteer, "x" * 500) == {}
    assert "kharkiv" not in near_names(gazetteer, "kherson")


@pytest.mark.parametrize(
    "written", ["miramshah", "toummour", "zargeli", "kharkivv", "al hasaka", "rho", "x" * 500]
)
def test_names_that_sound_alike_are_those_that_differ_by_a_letter_of_sound(gazetteer, written):
    near = near_names(gazetteer, written)
    assert set(alike_names(gazetteer, written)) == {name for name in near if near[name] == SOUND}

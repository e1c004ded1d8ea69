"""Lists of units, tables of counts, headings in capitals."""

import pytest

from geomap.recognise.listings import is_tallied
from geomap.recognise.listings import read_listings as read
from geomap.text import tokenize


def read_listings(text):
    return read(text, {surface for _, _, surface in tokenize(text)})


def units(text, *names):
    listings = read_listings(text)
    return [listings.unit_of(text, text.index(n), text.index(n) + len(n)) for n in names]


@pytest.mark.parametrize(
    ("text", "names", "levels"),
    [
        ("Cases by locality: Rabak 211 | Kosti 190", ["Rabak", "Kosti"], ["ADM2"] * 2),
        ("By county\n1. Fangak – 84,300\n2. Ayod – 38,900", ["Fangak", "Ayod"], ["ADM2"] * 2),
        ("Top districts of arrival ◦ Baidoa 9,870 ◦ Luuq 12", ["Baidoa", "Luuq"], ["ADM2"] * 2),
        ("Worst-hit provinces are Herat, Farah and Ghor.", ["Herat", "Ghor"], ["ADM1"] * 2),
        ("Affected LGAs: Bama (12), Gwoza (9)", ["Bama", "Gwoza"], ["ADM2"] * 2),
        # the list has ended
        ("By district: Bama 12, Gwoza 9. In Mubi, a bridge fell.", ["Mubi"], [None]),
        ("By district: Bama 12\n\nMubi, a town in Adamawa", ["Mubi"], [None]),
        # no item of it
        ("By district: trucks from Mubi went on", ["Mubi"], [None]),
        # no list
        ("Two districts fell, and Herat held.", ["Herat"], [None]),
        ("A man hit by district police in Herat", ["Herat"], [None]),
    ],
)
def test_a_word_for_units_opens_a_list(text, names, levels):
    assert units(text, *names) == levels


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kosti: 190 | Rabak", True),
        ("Kosti 1,190, Rabak", True),
        ("Kosti (129 HHs), Rabak", True),
        ("Kosti – 40 households", True),
        ("Kosti 12 and Rabak", True),
        ("Kosti 12.", True),
        ("Kosti 190 shells fell", False),
        ("Kosti 2019, Rabak", False),
        ("Kosti, 12 men", False),
        ("Kosti 14:05 hours", False),
    ],
)
def test_a_bare_number_behind_a_name_is_a_count(text, expected):
    assert is_tallied(text, len("Kosti")) is expected


def test_counts_count_where_there_are_several():
    table, lone = "Rabak 211, Kosti 190, Umm 3, and more", "Rabak 211, and then nothing more"
    assert read_listings(table).is_counted(table, 5)
    assert not read_listings(lone).is_counted(lone, 5)


def test_headings_are_several_and_no_text_in_capitals():
    def headed(text, name):
        start = text.index(name)
        return read_listings(text).is_heading(start, start + len(name))

    parts = "BELGOROD. A house burnt.\n\nKURSK / BRYANSK\nTwo men were hurt."
    assert [headed(parts, name) for name in ("BELGOROD", "KURSK", "BRYANSK")] == [True] * 3
    assert not headed("BELGOROD – A house burnt.\n\nThen it rained.", "BELGOROD")
    assert not headed(parts.upper(), "BELGOROD")


@pytest.mark.parametrize(
    ("text", "name", "feature"),
    [
        ("Cases in Sudan by locality\nRabak: 211 | Kosti: 190 | Sheikan: 20", "Rabak", "ADM2"),
        ("Top districts of departure in Somalia: Baidoa 20, Luuq 12, Ceel Buur.", "Baidoa", "ADM2"),
        ("Two men were hurt in Rabak, Sudan.", "Rabak", "PPLA"),
        (
            "Russia this morning\n\nBELGOROD. A house burnt.\n\nKURSK. Two men were hurt.",
            "KURSK",
            "ADM1",
        ),
        ("KURSK, Russia — Two men were hurt on Friday.", "KURSK", "PPLA"),
    ],
)
def test_what_is_listed_by_unit_is_a_unit(geoparser, text, name, feature):
    found = [m for m in geoparser.parse_text(text) if m.mention.surface == name]
    assert [m.place.feature for m in found] == [feature]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("New arrivals: Bama 1,211, Pulka 640, Damboa 402, Ngala 377, Rann 95.", "Bama Pulka Damboa Ngala Rann"),
        ("Persons in sites: Mazraa 31,000; Ariqa 9,200; Shaqa 1,750 in Suwayda, Syria.", "Mazraa Ariqa Shaqa"),
        ("Tents given: Tawila 900 | Kutum 310 | Mellit 95", "Tawila Kutum Mellit"),
    ],
)  # fmt: skip
def test_what_is_counted_by_place_is_a_place(geoparser, text, names):
    found = {item.mention.surface for item in geoparser.parse_text(text)}
    assert found >= set(names.split())

"""What is written like a name and is none; what a name hides."""

import pytest


def named(geoparser, text):
    return [(m.mention.surface, m.place and m.place.name) for m in geoparser.parse_text(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # names in other languages end with what is a small word in English
        ("The cargo went from Colombia to Panama by boat.", [("Colombia", "Colombia"), ("Panama", "Panama")]),
        ("In Seville a man was hurt in Spain.", [("Seville", "Sevilla"), ("Spain", "Spain")]),
        # initials
        ("Rain fell in Kenya. (Reporting by A. Nasir; editing by J. London)", [("Kenya", "Kenya")]),
        ("Hurt in Kenya: P. Mutua, D. Kisumu, an unknown male.", [("Kenya", "Kenya")]),
        ("Talks with N. Korea were held in Oslo.", [("N. Korea", "North Korea"), ("Oslo", "Oslo")]),
        # titles are no towns
        ('"Go home," Hon. Maurice told them in Abuja.', [("Abuja", "Abuja")]),
        # with the word of a state behind it
        ("They fled to Guidan Roumdji in Niger Republic.", [("Guidan Roumdji", "Guidan-Roumdji"), ("Niger Republic", "Niger")]),
    ],
)  # fmt: skip
def test_names_and_what_only_looks_so(geoparser, text, expected):
    assert named(geoparser, text) == expected


@pytest.mark.parametrize(
    ("text", "name", "feature"),
    [
        ("Floods in Guatemala killed 12.", "Guatemala", "PCLI"),
        ("A storm left 34 dead from Belize to Nicaragua.", "Belize", "PCLI"),
        ("He slept in Davao, in the Philippines.", "Davao", "PPLA"),
        ("Gunmen blocked the roads of Matamoros in Tamaulipas, Mexico.", "Matamoros", "PPL"),
        ("They reported from Chiang Mai, Thailand.", "Chiang Mai", "PPL"),
        ("Water entered 44 villages in tehsil Jalalpur Pirwala, district Multan, Pakistan.", "Multan", "ADM2"),
        ("In Sumy district Bilopillia was shelled, Ukraine said.", "Bilopillia", "PPL"),
    ],
)  # fmt: skip
def test_countries_towns_and_units_of_one_name(geoparser, text, name, feature):
    found = [m.place.feature for m in geoparser.parse_text(text) if m.mention.surface == name]
    assert [code[: len(feature)] for code in found] == [feature]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("They were sent to Bobonaro Hospital in Timor-Leste.", "Bobonaro", "embedded"),
        ("He died at Kitui County Referral Hospital in Kenya.", "Kitui County", "embedded"),
        ("Two men were held by Moreh PS in Manipur, India.", "Moreh", "embedded"),
        ("They were sent to the hospital of Rueso in Narathiwat.", "Rueso", "literal"),
    ],
)
def test_houses_that_are_called_by_a_place(geoparser, text, name, kind):
    assert {m.mention.kind for m in geoparser.parse_text(text) if m.mention.surface == name} == {
        kind
    }

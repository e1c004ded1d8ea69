"""What lies across a border from a country does not lie in it, whatever place of the name is there."""

import pytest


def place_of(geoparser, text, surface):
    found = [item for item in geoparser.parse_text(text) if item.mention.surface == surface]
    assert found, f"{surface} is not found"
    return found[0]


@pytest.mark.parametrize(
    ("text", "surface", "country", "feature"),
    [
        ("Attacks along the Niger–Nigeria border killed 12 soldiers.", "Niger", "NE", "PCLI"),
        ("Attacks along the Niger-Nigeria border killed 12 soldiers.", "Niger", "NE", "PCLI"),
        ("Soldiers patrolled the Nigeria–Niger border on Monday.", "Niger", "NE", "PCLI"),
        ("Trade stopped on the border between Niger and Nigeria.", "Niger", "NE", "PCLI"),
        ("Smugglers cross the border between Nigeria and Niger at night.", "Niger", "NE", "PCLI"),
        ("Trucks wait at Niger's border with Nigeria.", "Niger", "NE", "PCLI"),
        ("Floods hit the Georgia–Armenia border on Sunday.", "Georgia", "GE", "PCLI"),
        ("The Armenia–Georgia border was closed.", "Georgia", "GE", "PCLI"),
        ("Rafah, on the border with Egypt, was shelled.", "Rafah", "PS", "PPLA2"),
        ("Trucks waited at Rafah on the border with Egypt.", "Rafah", "PS", "PPLA2"),
        ("The army took Rafah, a city on the border with Egypt.", "Rafah", "PS", "PPLA2"),
        ("Sheikh Zuweid and Rafah, on the border with Gaza, were quiet.", "Rafah", "EG", "PPLA2"),
        ("Customs officers left Nogales, on the border with Mexico.", "Nogales", "US", "PPL"),
        ("Customs officers left Nogales, on the border with the United States.", "Nogales", "MX", "PPL"),
        ("Shells fell on Kobani, a town on the border with Turkey.", "Kobani", "SY", None),
        ("Gunmen fired at Laredo, on the border with Mexico.", "Laredo", "US", None),
    ],
)  # fmt: skip
def test_a_place_at_a_border_lies_on_this_side_of_it(geoparser, text, surface, country, feature):
    found = place_of(geoparser, text, surface)
    assert found.place is not None
    assert found.place.country == country
    assert feature in (None, found.place.feature)


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("Rafah in Egypt was quiet.", "Rafah", "EG"),
        ("In North Sinai, Egypt, Rafah and Arish were quiet.", "Rafah", "EG"),
        ("Gunmen raided Suleja in Niger State, Nigeria.", "Niger State", "NG"),
        ("Soldiers left the border post. Tbilisi is in Georgia.", "Georgia", "GE"),
        ("Atlanta is in Georgia, and the border is far.", "Georgia", "US"),
    ],
)
def test_a_border_elsewhere_in_the_text_changes_nothing(geoparser, text, surface, country):
    found = place_of(geoparser, text, surface)
    assert found.place is not None
    assert found.place.country == country

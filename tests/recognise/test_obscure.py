"""Places of large gazetteers whose people nobody counted, and that are called as a usual word or an abbreviation is."""

from itertools import product

import pytest

from geomap import Article, Geoparser
from geomap.gazetteer.build import build_index
from geomap.gazetteer.importance import importance_of
from geomap.gazetteer.index import Index
from geomap.gazetteer.sources.place import SourcePlace

VILLAGES = ("Some", "Late", "Nato", "Sita", "Zarbek")


@pytest.fixture(scope="module")
def geoparser(tmp_path_factory):
    """Return a geoparser of Mali and villages in it, eight of each name, that a list has without inhabitants."""
    rows = [
        SourcePlace(
            id="geonames:2453866", name="Mali", lat=17.0, lon=-4.0, feature="PCLI", country="ML",
            population=20_000_000, own=True,
        ),
        SourcePlace(
            id="geonames:2", name="LUMO", lat=14.0, lon=-6.0, feature="PPL", country="ML", population=40_000
        ),
        *(
            SourcePlace(id=f"geonames:{100 + n}", name=name, lat=10.0 + n / 20, lon=-5.0, feature=feature, country="ML")
            for n, (name, feature, _) in enumerate(product(VILLAGES, ("ADM4", "PPL"), range(8)))
        ),
    ]  # fmt: skip
    folder = tmp_path_factory.mktemp("villages") / "index"
    build_index(rows, folder, description={"source": "test"})
    return Geoparser(Index(folder))


def literal(geoparser, text):
    """Return what is found as a place itself."""
    found = geoparser.parse(Article(id="1", text=text))
    return [item.mention.surface for item in found if item.mention.kind == "literal"]


def test_a_usual_word_is_no_village(geoparser):
    text = "Some of them slept in the school in Mali. Late trains ran all night. Some went home."
    assert literal(geoparser, text) == ["Mali"]


def test_an_abbreviation_is_no_village(geoparser):
    text = "Troops of NATO left Mali in June, and SITA kept the accounts."
    assert literal(geoparser, text) == ["Mali"]


def test_a_village_of_a_rare_name_is_found(geoparser):
    assert literal(geoparser, "They fled from Zarbek in Mali.") == ["Zarbek", "Mali"]


def test_a_town_with_people_is_found_in_capitals(geoparser):
    assert "LUMO" in literal(geoparser, "LUMO, Mali - They fled from the town of Lumo on Monday.")


def test_small_units_count_less_than_districts_and_no_more_than_villages():
    counts = [importance_of(feature, 0, 0.0) for feature in ("ADM2", "ADM3", "ADM4", "PPL")]
    assert counts == [30_000.0, 10_000.0, 1_000.0, 1_000.0]

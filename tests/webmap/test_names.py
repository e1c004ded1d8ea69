"""Other names of a page's places: as people spell them, bounded, and the same each time."""

from __future__ import annotations

import pytest

from geomap.errors import GazetteerError
from geomap.webmap import names
from geomap.webmap.names import NAMES_LIMIT, PLACE_LIMIT, find_names

#: places, and how one would ask for them
ASKED = {
    "geonames:6251999": ("kanada",),
    "geonames:524901": ("moskau", "москва"),
    "geonames:1816670": ("北京", "pekin"),
    "geonames:5128581": ("nyc",),
    "geonames:290557": ("uae",),
    "geonames:6252001": ("usa", "etats unis"),
    "geonames:163843": ("syrie",),
}


def _lines(text):
    return text.split("\n")


def test_places_are_known_by_usual_spellings_and_scripts():
    ids = [*ASKED, "geomap:nobody-knows-it", ""]
    found = find_names(ids, [1] * len(ids))
    assert found[-2:] == ["", ""]
    for (place, asked), text in zip(ASKED.items(), found, strict=False):
        for name in asked:
            assert any(one.startswith(name) for one in _lines(text)), (place, name)
        assert len(text) <= PLACE_LIMIT
    assert find_names(ids, [1] * len(ids)) == found


def test_the_most_mentioned_have_room_first(monkeypatch):
    ids = list(ASKED)
    whole = find_names(ids, range(len(ids)))
    monkeypatch.setattr(names, "NAMES_LIMIT", len(whole[-1]) + len(whole[0]))
    some = find_names(ids, [5, *range(len(ids) - 2), 9])
    assert some[0]
    assert some[-1]
    assert sum(map(len, some)) <= len(whole[-1]) + len(whole[0]) < NAMES_LIMIT


def test_a_page_is_made_where_no_gazetteer_can_be_opened(monkeypatch, caplog):
    def fail(*_, **__):
        raise GazetteerError("damaged")

    monkeypatch.setattr(names, "open_gazetteer", fail)
    assert find_names(["geonames:524901"], [1]) == [""]
    assert "cannot be searched in other spellings: damaged" in caplog.text


@pytest.mark.parametrize("rows", [[], [0], [5, 3, 70000]])
def test_names_of_many_rows_are_those_of_each(rows):
    gazetteer = names.open_gazetteer()
    assert gazetteer.names_of_all(rows) == {row: gazetteer.names_of(row) for row in rows}

"""Texts that nobody wrote for readers: long, repeated, odd; and what travels to other processes."""

import pickle
import time
from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.geoparser import Geoparser
from geomap.model import Article, Mention, Place, Resolution
from geomap.relations import add_relations, find_phrases

RAQQA = Place(id="r", name="Raqqa", lat=35.95, lon=39.0, feature="PPLA", country="SY")
SYRIA = Place(id="s", name="Syria", lat=35, lon=38, feature="PCLI", country="SY", radius_km=240)
PIECES = (
    "north of ", "the ", "of ", "a ", "and ", "10 km ", "(6 miles) ", "between ", "from ", "near ", "to ", "border ",
    "'s ", "-", " ", "far ", "eastern ", "half ", "hundred ", "two-hour drive ", "road ", "the road from ", "'s south ",
    "town of ", ", ", "within ", "0 km ", "9" * 40 + " km ", "1,000,000 miles ", "\n", ". ", "“", "NW of ", "’",
)  # fmt: skip


def parsed(text, *names):
    """Every occurrence of the names in a text, resolved."""
    found = []
    for name, place in names:
        at = text.find(name)
        while at >= 0:
            mention = Mention(
                article_id="", start=at, end=at + len(name), surface=name, kind="literal"
            )
            found.append(Resolution(mention=mention, status="resolved", place=place))
            at = text.find(name, at + len(name))
    return sorted(found, key=lambda item: item.mention.start)


@settings(max_examples=300)
@given(st.lists(st.sampled_from((*PIECES, "Raqqa", "Syria")), max_size=40).map("".join))
def test_any_text_gives_relations_within_it(text):
    resolutions = parsed(text, ("Raqqa", RAQQA), ("Syria", SYRIA))
    related = add_relations(text, resolutions)
    assert len(related) == len(resolutions)
    end = 0
    for relation in sorted(
        (item.relation for item in related if item.relation), key=lambda item: item.start
    ):
        assert end <= relation.start < relation.end <= len(text)
        assert text[relation.start : relation.end] == relation.text
        end = relation.end
        if relation.lat is None:  # nobody knows on which side of a country
            assert (relation.lon, relation.radius_km, relation.geometry) == (None, None, None)
            continue
        assert -90 <= relation.lat <= 90
        assert -180 <= relation.lon <= 180
        assert relation.radius_km >= 0
        if relation.geometry:
            shape = shapely.from_wkt(relation.geometry)
            assert shapely.box(-180, -90, 180, 90).covers(shape)


@pytest.mark.parametrize(
    "unit",
    [
        "near Raqqa ",
        "Raqqa-Syria border ",
        "between Raqqa and Syria ",
        "a a a a a half hundred km north of the city of Raqqa ",
    ],
)
def test_time_grows_with_the_text_and_not_faster(unit):
    seconds = []
    for times in (150, 1200):
        text = unit * times
        resolutions = parsed(text, ("Raqqa", RAQQA), ("Syria", SYRIA))
        begin = time.process_time()
        find_phrases(text, resolutions)
        add_relations(text, resolutions)
        seconds.append(time.process_time() - begin)
    assert seconds[1] < 30 * seconds[0] + 0.5


@pytest.mark.parametrize("filler", ["a ", "the ", "half-", "1,000,", "north-", "of ", "((", "km "])
def test_a_long_run_before_a_name_takes_no_time(filler):
    text = f"{filler * 20_000}north of Raqqa"
    begin = time.process_time()
    add_relations(text, parsed(text, ("Raqqa", RAQQA)))
    assert time.process_time() - begin < 0.5


@pytest.mark.parametrize(
    "text",
    ["A dam 0 km from Raqqa.", f"A dam {'9' * 50} km from Raqqa.", "A dam 30,000 km from Raqqa."],
)
def test_a_distance_that_there_is_not_on_earth_is_none(text):
    [found] = add_relations(text, parsed(text, ("Raqqa", RAQQA)))
    assert found.relation is None


def test_what_is_a_world_away_has_a_point_and_no_shape():
    text = "A dam 8,000 km west of Raqqa."
    [found] = add_relations(text, parsed(text, ("Raqqa", RAQQA)))
    assert found.relation.geometry is None
    assert found.relation.lon < -30


def test_an_unknown_place_has_what_the_text_says_and_no_point():
    text = "A dam 5 km north of Raqqa."
    mention = Mention(article_id="", start=20, end=25, surface="Raqqa", kind="literal")
    unknown = Resolution(mention=mention, status="unknown")
    [found] = add_relations(text, [unknown])
    relation = found.relation
    assert found == replace(unknown, relation=relation)
    assert (relation.type, relation.text) == ("offset", "5 km north of Raqqa")
    assert (relation.distance_km, relation.azimuth, relation.precision) == (5, 0, 2)
    assert (relation.lat, relation.lon, relation.radius_km, relation.geometry) == (None,) * 4


def test_no_mentions_at_all():
    assert add_relations("", []) == ()


def test_a_geoparser_stays_as_it_is_in_another_process(gazetteer):
    article = Article(id="a", text="A dam 30 km north of Raqqa.")
    for wanted in (True, False):
        there = pickle.loads(pickle.dumps(Geoparser(gazetteer, relations=wanted)))  # noqa: S301 - ours
        [found] = there.parse(article)
        assert (found.relation is not None) is wanted


def test_nothing_heavy_is_opened_before_the_first_relation():
    import subprocess
    import sys

    code = (
        "import sys; from geomap import Geoparser; g = Geoparser(); g.parse_text('In Raqqa.');"
        "print('shapely' in sys.modules); g.parse_text('Far north of Raqqa.'); print('shapely' in sys.modules, 'geopy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True", "False"]

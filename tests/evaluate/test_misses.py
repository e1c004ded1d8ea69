"""Each miss has its cause, and comes with what was expected, found and weighed."""

import csv
import json

import pytest

from geomap.corpora import AnnotatedArticle, GoldToponym
from geomap.errors import OutputError
from geomap.evaluate import CAUSES, Examiner, Parsed, count_causes, write_misses
from geomap.model import Mention, Resolution
from geomap.recognise.weights import Weights

TEXT = (
    "Rain fell in Paris, Texas. Mayor Austin Reed of Xyzzyville praised the Dallas Stork Society."
)
PARIS_TEXAS = (33.66, -95.56)


@pytest.fixture(scope="module")
def examiner(gazetteer):
    return Examiner(gazetteer, Weights())


def bounds(surface):
    start = TEXT.index(surface)
    return start, start + len(surface)


def gold(surface, point=(None, None), **fields):
    start, end = bounds(surface)
    return GoldToponym(start=start, end=end, lat=point[0], lon=point[1], **fields)


def said(gazetteer, surface, place_id=None, kind="literal"):
    start, end = bounds(surface)
    places = gazetteer.search(surface, limit=99)
    place = next((place for place in places if place.id == place_id), None)
    mention = Mention(article_id="a", start=start, end=end, surface=surface, kind=kind)
    status = "resolved" if place else "unknown"
    return Resolution(mention=mention, status=status, place=place, confidence=0.5)


def misses(examiner, toponyms, resolutions, *, given=False):
    article = AnnotatedArticle(id="a", text=TEXT, toponyms=tuple(toponyms))
    parsed = Parsed(article=article, resolutions=tuple(resolutions), given=given)
    return list(examiner.find_misses(parsed))


PARIS_FRANCE, TEXAS = "geonames:2988507", "geonames:4736286"


@pytest.mark.parametrize(
    ("toponym", "found", "cause"),
    [
        (gold("Xyzzyville", (1.0, 1.0)), None, "not in the gazetteer"),
        (gold("Xyzzyville"), None, "not in the gazetteer"),
        (gold("Paris", (-80.0, 0.0)), ("Paris", PARIS_FRANCE), "not in the gazetteer"),
        (gold("Paris", PARIS_TEXAS), None, "rejected by the recogniser"),
        (gold("Paris", PARIS_TEXAS), ("Paris, Texas",), "wrong bounds"),
        (gold("Paris", PARIS_TEXAS), ("Paris", PARIS_FRANCE), "wrong country"),
        (gold("Paris", PARIS_TEXAS), ("Paris", None, "embedded"), "taken for part of another name"),
        (gold("the Dallas"), None, "not a candidate span"),
    ],
)
def test_the_cause_of_a_miss(gazetteer, examiner, toponym, found, cause):
    resolutions = [said(gazetteer, *found)] if found else []
    [miss] = misses(examiner, [toponym], resolutions)
    assert miss.cause == cause
    assert miss.expected == toponym
    assert miss.mode == "raw"


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Fırınlar Mardin'de pazartesi yeniden açıldı.", "Mardin"),
        ("Les boulangers d'Alep ont rouvert lundi.", "Alep"),
    ],
)
def test_a_name_beside_its_particle_is_a_word_as_it_is_to_the_parser(
    geoparser, examiner, text, surface
):
    [found] = geoparser.parse_text(text)
    assert (found.mention.surface, found.status) == (surface, "resolved")
    start = text.index(surface)
    toponym = GoldToponym(
        start=start, end=start + len(surface), lat=found.place.lat, lon=found.place.lon
    )
    article = AnnotatedArticle(id="a", text=text, toponyms=(toponym,))
    parsed = Parsed(article=article, resolutions=(), given=False)
    [miss] = examiner.find_misses(parsed)
    assert miss.cause == "rejected by the recogniser"
    assert found.place.id in [candidate.place.id for candidate in miss.candidates]
    assert examiner.count_held(article) == 1


@pytest.mark.parametrize(
    ("surface", "cause"),
    [
        ("Austin", "spurious: person"),
        ("Dallas", "spurious: organisation"),
        ("Texas", "spurious: other"),
        ("Xyzzyville", "spurious: other"),
    ],
)
def test_the_cause_of_a_spurious_mention(gazetteer, examiner, surface, cause):
    [miss] = misses(examiner, [], [said(gazetteer, surface)])
    assert (miss.cause, miss.surface, miss.expected, miss.error_km) == (cause, surface, None, None)


def test_what_is_right_is_no_miss(gazetteer, examiner):
    found = [said(gazetteer, "Texas", TEXAS), said(gazetteer, "Dallas", kind="embedded")]
    assert misses(examiner, [gold("Texas", (31.25, -99.25))], found) == []
    assert misses(examiner, [gold("Texas")], found) == []


def test_a_given_span_without_a_place_is_not_in_the_gazetteer(gazetteer, examiner):
    found = [said(gazetteer, "Xyzzyville")]
    [miss] = misses(examiner, [gold("Xyzzyville", (1.0, 1.0))], found, given=True)
    assert (miss.cause, miss.mode, miss.error_km) == ("not in the gazetteer", "spans", 20039.0)


def test_points_that_the_gazetteer_holds(examiner):
    toponyms = (gold("Paris", PARIS_TEXAS), gold("Texas", (-80.0, 0.0)), gold("Dallas"))
    article = AnnotatedArticle(id="a", text=TEXT, toponyms=toponyms)
    assert examiner.count_held(article) == 1


@pytest.fixture
def some(gazetteer, examiner):
    toponyms = [gold("Paris", PARIS_TEXAS), gold("Texas", (31.25, -99.25))]
    found = [said(gazetteer, "Paris", PARIS_FRANCE), said(gazetteer, "Austin")]
    return misses(examiner, toponyms, found)


def test_causes_are_counted_in_their_order(some):
    expected = {"rejected by the recogniser": 1, "wrong country": 1, "spurious: person": 1}
    assert count_causes(some) == expected
    assert list(expected) == [cause for cause in CAUSES if cause in expected]


def test_misses_as_json_lines(some, tmp_path):
    assert write_misses((("tiny", miss) for miss in some), tmp_path / "misses.jsonl") == 3
    records = [json.loads(line) for line in (tmp_path / "misses.jsonl").read_text().splitlines()]
    assert [record["cause"] for record in records] == list(count_causes(some))
    rejected, misplaced, _ = records
    assert misplaced["sentence"] == "Rain fell in Paris, Texas."
    assert misplaced["expected_place"]["admin1"] == "Texas"
    assert misplaced["found"]["place"]["id"] == PARIS_FRANCE
    assert misplaced["error_km"] > 7000
    assert rejected["found"] is None
    assert rejected["candidates"][0]["place"]["id"] == TEXAS


def test_misses_as_csv(some, tmp_path):
    write_misses((("=tiny", miss) for miss in some), tmp_path / "misses.csv")
    with (tmp_path / "misses.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["surface"] for row in rows] == ["Texas", "Paris", "Austin"]
    assert {row["corpus"] for row in rows} == {"'=tiny"}
    assert "Paris" in rows[1]["found_place"]


def test_no_misses_give_a_head_alone(tmp_path):
    write_misses([], tmp_path / "misses.csv")
    assert (tmp_path / "misses.csv").read_text().startswith("cause,corpus,mode,article_id,start,")
    assert (tmp_path / "misses.csv").read_text().count("\n") == 1


def test_another_suffix_is_refused(tmp_path):
    with pytest.raises(OutputError, match=r"misses\.xlsx.*expected .* \.csv, \.jsonl"):
        write_misses([], tmp_path / "misses.xlsx")

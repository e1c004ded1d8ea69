"""What comes out right by region and by level, reckoned by hand."""

import pytest

from geomap.corpora import AnnotatedArticle, GoldToponym
from geomap.evaluate import Parsed, find_groups
from geomap.model import Mention, Place, Resolution

TEXT = "Raqqa, Idlib region, Syria, Turkish Army and Nowhere."


def place(name, feature, country, lat, lon):
    return Place(
        id=f"geomap:{name}",
        name=name,
        feature=feature,
        country=country,
        lat=lat,
        lon=lon,
        radius_km=1.0,
    )


def mention(surface, found=None, kind="literal", at=None, other=None):
    start = TEXT.index(surface) if at is None else at
    return Resolution(
        mention=Mention(
            article_id="1", start=start, end=start + len(surface), surface=surface, kind=kind
        ),
        status="resolved" if found else "unknown",
        place=found,
        other=other,
    )


def gold(surface, level, lat=None, lon=None, kind="literal", bare=None):
    start = TEXT.index(surface)
    return GoldToponym(
        start=start,
        end=start + len(surface),
        lat=lat,
        lon=lon,
        kind=kind,
        country="SY",
        level=level,
        tol_km=15.0,
        bare_end=None if bare is None else start + bare,
    )


@pytest.fixture
def groups():
    army = TEXT.index("Turkish")
    article = AnnotatedArticle(
        id="1",
        text=TEXT,
        toponyms=(
            gold("Raqqa", "settlement", 35.95, 39.01),
            gold("Idlib region", "admin1", 35.9, 36.6, bare=5),
            gold("Syria", "country"),
        ),
        region="Syria",
        embedded=((army, army + 7),),
    )
    found = (
        mention("Raqqa", place("Raqqa", "PPLA", "SY", 35.95, 39.01)),
        mention(
            "Idlib",
            place("Idlib", "PPLA", "SY", 35.93, 36.63),
            other=place("Idlib", "ADM1", "SY", 35.9, 36.6),
        ),
        mention("Syria", place("Syria", "PCLI", "SY", 35.0, 38.0), kind="associative"),
        mention("Turkish", place("Turkey", "PCLI", "TR", 39.0, 35.0), kind="associative"),
        mention("Nowhere", place("Nowhere", "PPL", "GB", 51.0, 0.0)),
    )
    parsed = [Parsed(article=article, resolutions=found)]
    return {group.name: group for group in find_groups(parsed)}


def test_places_are_right_within_the_tolerance(groups):
    everything = groups["all"]
    assert (everything.literal, everything.literal_right) == (3, 3)
    assert (everything.below, everything.below_right) == (2, 2)


def test_pins_are_points_and_one_stands_on_nothing(groups):
    everything = groups["all"]
    assert (everything.pins, everything.pins_right, everything.pins_on_nothing) == (3, 2, 1)
    assert everything.share("pins") == pytest.approx(2 / 3)


def test_kinds_and_levels(groups):
    everything = groups["all"]
    # Syria is associative here, and Turkish part of an army's name: two of four
    assert (everything.kinds, everything.kinds_right) == (4, 2)
    # the province came out as its seat
    assert (everything.levels, everything.levels_right) == (3, 2)
    assert (groups["admin1"].levels, groups["admin1"].levels_right) == (1, 0)


def test_one_of_two_readings_is_the_annotated_place(groups):
    # the seat was chosen, and the province kept beside it
    assert (groups["all"].open, groups["all"].open_right) == (1, 1)
    assert groups["settlement"].share("open") is None


def test_regions_and_levels_have_their_own_counts(groups):
    assert list(groups) == ["all", "Syria", "admin1", "country", "settlement"]
    assert groups["Syria"].pins == groups["all"].pins
    assert groups["settlement"].literal == 1


def test_a_place_abroad_is_counted():
    article = AnnotatedArticle(
        id="1", text=TEXT, toponyms=(gold("Raqqa", "settlement", 35.95, 39.01),)
    )
    found = (mention("Raqqa", place("Raqqa", "PPL", "IQ", 33.0, 44.0)),)
    [everything, _] = find_groups([Parsed(article=article, resolutions=found)])
    assert (everything.pins, everything.pins_right, everything.pins_abroad) == (1, 0, 1)


def test_a_corpus_without_levels_has_no_groups():
    plain = GoldToponym(start=0, end=5, lat=35.95, lon=39.01)
    article = AnnotatedArticle(id="1", text=TEXT, toponyms=(plain,))
    assert find_groups([Parsed(article=article, resolutions=())]) == ()

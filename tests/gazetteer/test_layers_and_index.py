"""An index and a stack of them: every name finds its place, and a stack answers as one index of the same rows does.

Where a stack differs from one index that is compiled of all rows, and why:

- rows have other numbers: those of the layers, one behind the other;
- of places that count the same, that of the upper layer comes first, in one index that of the smaller id;
- a main name of a lower layer is kept though it is written as no name is ("MIL"); one index drops it as it drops such
  other names, since it becomes one of those;
- rules give spellings of the main names of every layer; in one index only of the name that wins;
- a population of 0 in an upper layer says nothing; in one index it replaces the number of a lower row;
- a name that one layer alone has comes in the order of that layer, also where the size of a place is filled from below;
- a unit that only another layer has is known by its name, without its id.
"""

import pickle

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geomap.errors import GazetteerError
from geomap.gazetteer import Index
from geomap.gazetteer.build import build_index
from geomap.gazetteer.importance import importance_of
from geomap.gazetteer.layers import Layers
from geomap.gazetteer.layout import ALTERNATE, GENERATED, MAIN, OWN
from geomap.gazetteer.sources import SourcePlace
from geomap.gazetteer.towns import Box
from geomap.gazetteer.traits import traits_of
from geomap.text import fold_name

WORDS = (
    "Mill",
    "Wheel",
    "Old",
    "Ñandú",
    "Борове",
    "Nahr",
    "Ōsaka",
    "O'Neill",
    "St. John",
    "مطحنة",
    "磨坊",
    "St",
)
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
others = st.tuples(st.sampled_from(["en", "und", "ar", "alt"]), names)
numbers = st.integers(0, 10**7) | st.none()
#: the ids of places, each with what is the same in every layer
IDS = {
    "geonames:1": ("PPL", "GB"), "geonames:22": ("PPLA", "GB"), "geonames:333": ("STM", ""), "own:a": ("PPL", "FR"),
    "own:b": ("ADM1", "FR"), "geomap:c": ("PPLX", "DE"),
}  # fmt: skip
ARABIC = {"geonames:4": ("PPL", "SD"), "geomap:d": ("PPL", "IQ"), "own:e": ("PPL", "UA")}


@st.composite
def layers(draw, ids=IDS, least=1, sizes=numbers):
    """The rows of one layer by id."""
    chosen = draw(st.lists(st.sampled_from(sorted(ids)), min_size=least, unique=True))
    return {
        key: SourcePlace(
            id=key,
            name=draw(names),
            names=tuple(draw(st.lists(others, max_size=3))),
            lat=draw(st.floats(-90, 90)),
            lon=draw(st.floats(-180, 180)),
            feature=ids[key][0],
            country=ids[key][1],
            population=draw(sizes),
        )
        for key in chosen
    }


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    def build_from(rows, **options):
        folder = tmp_path_factory.mktemp("index")
        return Index(build_index(rows, folder / "x", description={}, **options))

    return build_from


def contents(index):
    return {path.name: path.read_bytes() for path in index.folder.iterdir() if path.name != "verified.json"}  # fmt: skip


quickly = settings(max_examples=40)


@quickly
@given(layers({**IDS, **ARABIC}))
def test_every_place_is_found_by_each_of_its_names(build, rows):
    index = build(rows.values())
    for row in rows.values():
        for name in (row.name, *(name for _, name in row.names)):
            if len(fold_name(name)) > 1:
                assert row.id in {index.place(at).id for at, _ in index.lookup(name)}
                assert index.begins(fold_name(name) + " ")
                assert index.has(fold_name(name) + " ")
                assert all(index.ends(fold_name(name)[at:]) for at in range(len(fold_name(name))))


@quickly
@given(layers({**IDS, **ARABIC}))
def test_every_place_comes_back_by_its_id(build, rows):
    index = build(rows.values())
    assert len(index) == len(rows)
    for row in rows.values():
        place = index.find_id(row.id)
        assert (place.id, place.name, place.feature, place.country or "") == (
            row.id,
            row.name,
            row.feature,
            row.country,
        )
        assert (place.lat, place.lon) == pytest.approx((row.lat, row.lon), abs=1e-7)
        assert place.population == (row.population or 0)
        assert index.traits(index.row_of_id(row.id)) == traits_of(place)


@quickly
@given(layers({**IDS, **ARABIC}, least=2), st.data())
def test_the_same_rows_in_any_order_give_the_same_bytes(build, rows, data):
    shuffled = data.draw(st.permutations(list(rows.values())))
    assume(shuffled != list(rows.values()))
    assert contents(build(rows.values())) == contents(build(shuffled))


def joined(upper, lower):
    """Return the rows of two layers as one: what the upper one says replaces what the lower one says."""
    both = {
        key: lower[key].extended_by(upper[key]) if key in upper and key in lower else row
        for key, row in {**lower, **upper}.items()
    }
    return both.values()


def postings(gazetteer, key):
    """Return the postings of a key by id; whether a main name is listed again among the others is no matter."""
    found = {gazetteer.place(row).id: bits for row, bits in gazetteer.find(key)}
    return {key: bits & ~ALTERNATE if bits & MAIN else bits for key, bits in found.items()}


def keys_of(*indexes):
    return sorted({key for index in indexes for key, _, _ in index.postings()})


@quickly
@given(layers(), layers())
def test_a_stack_answers_as_one_index(build, upper, lower):
    one, two = build(upper.values()), build(lower.values())
    whole, stack = build(joined(upper, lower)), Layers([one, two])
    for key in keys_of(one, two, whole):
        assert postings(stack, key) == postings(whole, key)
        assert stack.opens(key) == whole.opens(key)
        assert stack.begins(key) == whole.begins(key)
        assert stack.ends(key[:-1]) == whole.ends(key[:-1])
        assert stack.known([key, key + "x"]) == whole.known([key, key + "x"])
        assert stack.prefixes(key + "x ") == whole.prefixes(key + "x ")
    for row in (*upper.values(), *lower.values()):
        for name in (row.name, *(name for _, name in row.names)):
            assert {place.id for place in stack.search(name)} == {
                place.id for place in whole.search(name)
            }


@quickly
@given(layers(), layers())
def test_a_place_of_a_stack_is_that_of_one_index(build, upper, lower):
    assume(all(row.population != 0 for row in upper.values()))
    whole = build(joined(upper, lower))
    stack = Layers([build(upper.values()), build(lower.values())])
    for key in {**upper, **lower}:
        assert stack.find_id(key) == whole.find_id(key)
        assert stack.place(stack.row_of_id(key)).id == key
    assert stack.row_of_id("geonames:999") is None


def rank(gazetteer, posting):
    place = gazetteer.place(posting[0])
    size = importance_of(place.feature, place.population, place.radius_km)
    return not posting[1] & (MAIN | OWN), -size


counted = layers(sizes=st.integers(1, 10**7))


@quickly
@given(counted, counted)
def test_postings_come_likeliest_first(build, upper, lower):
    one, two = build(upper.values()), build(lower.values())
    for gazetteer in (one, Layers([one, two])):
        for key in keys_of(one, two):
            ranks = [rank(gazetteer, posting) for posting in gazetteer.find(key)]
            assert ranks == sorted(ranks)


@quickly
@given(layers({**IDS, **ARABIC}), layers({**IDS, **ARABIC}))
def test_a_stack_finds_all_that_one_index_finds(build, upper, lower):
    one, two = build(upper.values()), build(lower.values())
    whole, stack = build(joined(upper, lower)), Layers([one, two])
    for key in keys_of(whole):
        found = {stack.place(row).id for row, bits in stack.find(key)}
        listed = {whole.place(row).id for row, bits in whole.find(key) if not bits & GENERATED}
        assert listed <= found or not found.isdisjoint(listed)


def place_of(key, name, **fields):
    return SourcePlace(**{"id": key, "name": name, "lat": 1.0, "lon": 2.0, "feature": "PPL"} | fields)  # fmt: skip


KUPIANSK = place_of("geonames:1", "Kupiansk", country="UA")


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ([place_of("own:a", "Kupyansk", country="RU")], [KUPIANSK]),
        ([KUPIANSK], [place_of("own:a", "Kupyansk", country="RU")]),
        ([place_of("own:a", "Kupyansk", country="RU"), KUPIANSK], []),
    ],
)
def test_a_spelling_that_a_rule_made_yields_to_a_listed_name_of_any_layer(build, upper, lower):
    stack = Layers([build(upper), build(lower)])
    assert [stack.place(row).id for row, _ in stack.lookup("Kupyansk")] == ["own:a"]


@pytest.mark.parametrize("turned", [False, True])
def test_a_spelling_that_any_layer_lists_is_not_made_by_a_rule(build, turned):
    listing = place_of("geonames:1", "Kupiansk", country="UA", names=(("en", "Kupyansk"),))
    rows = [[listing], [KUPIANSK]]
    stack = Layers([build(layer) for layer in (rows[::-1] if turned else rows)])
    ((_, bits),) = stack.find("kupyansk ")
    assert not bits & GENERATED


def test_a_name_of_a_lower_layer_alone_is_in_the_order_of_the_whole_places(build):
    upper = [place_of("geonames:2", "Wheel", population=900)]
    lower = [place_of("geonames:1", "Mill", population=500), place_of("geonames:2", "Mill", population=7)]  # fmt: skip
    stack = Layers([build(upper), build(lower)])
    assert [stack.place(row).id for row, _ in stack.find("mill ")] == ["geonames:1", "geonames:2"]
    assert [bits for _, bits in stack.find("mill ")] == [MAIN, ALTERNATE]


def test_what_an_upper_layer_leaves_open_is_filled_from_below(build):
    upper = [place_of("geonames:1", "Mill", country="GB")]
    lower = [place_of("geonames:1", "Wheel", population=9, radius_km=2.0, admin1="Kent", country="GB")]  # fmt: skip
    stack = Layers([build(upper), build(lower)])
    place = stack.find_id("geonames:1")
    assert (place.name, place.population, place.radius_km, place.admin1) == ("Mill", 9, 2.0, "Kent")
    assert stack.names_of(0) == ["mill ", "wheel "]


def test_phrases_of_any_layer_are_no_places(build):
    one = build([place_of("geonames:1", "Mill")])
    two = build([place_of("geonames:2", "Wheel")], phrases=["Mill News", "Mill"])
    stack = Layers([one, two])
    assert [place.id for place in stack.search("Mill")] == ["geonames:1"]
    assert stack.search("Mill News") == []
    assert stack.begins("mill news ")


def test_a_stack_of_one_is_that_index(build):
    index = build([place_of("geonames:1", "Mill"), place_of("own:a", "Mill", population=7)])
    stack = Layers([index])
    assert stack.find("mill ") == index.find("mill ")
    assert [stack.place(row) for row in range(len(stack))] == [index.place(row) for row in range(len(index))]  # fmt: skip


def test_towns_are_found_by_where_they_lie_each_as_the_upper_layer_has_it(build):
    def at(key, lat, lon, population, feature="PPL"):
        return place_of(key, "Mill", lat=lat, lon=lon, population=population, feature=feature)

    lower = build(
        [
            at("geonames:1", 10.0, 20.0, 5000),
            at("geonames:2", 10.5, 20.5, 9000),
            at("geonames:3", 10.5, 30.0, 9000),
            at("geonames:4", 12.0, 20.0, 9000),
            at("geonames:5", 10.2, 20.2, 90),
            at("geonames:6", 10.2, 20.2, 90_000, "ADM1"),
            at("geonames:7", 10.2, 20.2, 90_000, "PPLX"),
        ]
    )
    upper = build([at("geonames:1", 10.1, 20.1, 7000)])
    box = Box(south=9.9, west=19.9, north=11.0, east=21.0)
    assert [town.id for town in lower.towns_within(box)] == ["geonames:1", "geonames:2"]
    towns = Layers([upper, lower]).towns_within(box)
    assert {town.id: town.lat for town in towns} == {"geonames:1": 10.1, "geonames:2": 10.5}
    assert build([]).towns_within(box) == []


def test_a_stack_has_a_layer_and_its_rows_alone(build):
    with pytest.raises(GazetteerError, match="at least one layer, got none"):
        Layers([])
    stack = Layers([build([place_of("geonames:1", "Mill")])])
    for row in (-1, 1):
        with pytest.raises(GazetteerError, match="no row"):
            stack.place(row)


def test_a_pickled_stack_opens_the_same_folders(build):
    stack = Layers([build([place_of("geonames:1", "Mill")]), build([place_of("own:a", "Mill")])])
    again = pickle.loads(pickle.dumps(stack))  # noqa: S301
    assert again.search("Mill") == stack.search("Mill")
    assert again.title == stack.title


@pytest.mark.parametrize("name", ["A\nB", "A\0B", "A\tB", "A\rB", "A\x01B", "\x02A"])
def test_what_separates_names_in_files_spoils_no_other_name(build, name):
    rows = [place_of("geonames:1", name, names=(("abbr", name),)), place_of("geonames:2", "Mill")]
    index = build(rows)
    assert [place.id for place in index.search("Mill")] == ["geonames:2"]
    assert index.find_id("geonames:1").name == name


def test_a_name_of_any_length_is_cut_between_letters(build):
    index = build([place_of("geonames:1", "磨" * 3000)])
    assert index.find_id("geonames:1").name == "磨" * 666


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": f"geonames:{1 << 63}"}, "'Mill' cannot be kept"),
        ({"id": "geonames:x"}, "'Mill' cannot be kept"),
        ({"population": 1 << 63}, "'Mill' cannot be kept"),
        ({"lat": 1e9}, "'Mill' cannot be kept"),
        ({"lon": float("nan")}, "'Mill' cannot be kept"),
        ({"radius_km": 1e99}, "'Mill' cannot be kept"),
    ],
)
def test_what_an_index_cannot_hold_is_an_error(build, fields, message):
    with pytest.raises(GazetteerError, match=message):
        build([place_of(**{"key": "geonames:1", "name": "Mill"} | fields)] if "id" not in fields else [place_of(fields["id"], "Mill")])  # fmt: skip


@pytest.mark.parametrize("key", ["geonames:7", "own:a"])
def test_two_places_of_one_id_are_an_error(build, key):
    with pytest.raises(GazetteerError, match=f"expected each id once, got two places with the id '{key}'"):  # fmt: skip
        build([place_of(key, "Mill"), place_of("own:b", "Hut"), place_of(key, "Wheel")])


def test_too_many_features_are_an_error(build, monkeypatch):
    from geomap.gazetteer import build as module

    monkeypatch.setattr(module, "_MOST_STRINGS", 8)
    rows = [place_of(f"geonames:{n}", "Mill", feature=f"X{n}") for n in range(7)]
    with pytest.raises(GazetteerError, match="at most 8 different feature codes, countries and"):
        build(rows)


def test_an_index_without_places_finds_nothing(build):
    index = build([])
    assert (len(index), index.search("Mill"), index.find("mill "), index.prefixes("mill ")) == (0, [], [], [])  # fmt: skip


def test_postings_in_files_are_those_in_memory(build, monkeypatch):
    from geomap.gazetteer import postings as module

    rows = [place_of(f"geonames:{n}", f"Mill {n % 40}", population=n, country="UA") for n in range(400)]  # fmt: skip
    kept = contents(build(rows, phrases=["Mill News"]))
    monkeypatch.setattr(module, "_BUFFERED", 3)
    assert contents(build(rows, phrases=["Mill News"])) == kept

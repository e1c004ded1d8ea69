"""The shipped numbers: finite, made of closed lists alone, and measured."""

import inspect
import json
import math
import re

import pytest

from geomap.errors import GeomapError, InputError
from geomap.learn.training import write_weights
from geomap.recognise import features, name_features, weights
from geomap.recognise.lexicon import WORD_CLASSES, english_words
from geomap.recognise.weights import Weights, read_weights, shipped_weights
from geomap.resolve.levels import HINTS

SHIPPED = shipped_weights()
TABLES = ("span", "span_again", "first", "second")
GROUPS = (
    "country adm1 adm2 water region facility alt metropolis city town adjective loose abbreviation phrase "
    "continent quarter"
).split()
SHAPES = (
    "year number Owner owner Initial letter CAPITALS Capital -ing -ed -s word Organisation First Last "
    "edge - "
).split()
CAPITALISED = [word.capitalize() for word in set(WORD_CLASSES.values())]
#: what features say themselves, beside classes of words and groups of names
SAID = (
    "bias score person place many none lower run alone title joined linked name True False organisation_word between "
    "county river lake island city park township capitals capitals1 capitals2 capitals3 capitals4 capitals5"
).split()
ATOMS = {*HINTS, "unit", *GROUPS, *SHAPES, *CAPITALISED, *WORD_CLASSES.values(), *SAID}
#: what stands between a name and its neighbour: a space, a line's end, a possessive or one sign
GAP = re.compile(r"^(?:_|n|'s|[^\w\s])")
NUMBER = re.compile(r"-?\d+(?:,\d+)?")


def is_closed(part):
    """Tell a part of a feature's name that only our own lists can make."""
    forms = {part, GAP.sub("", part)}
    return any(form in ATOMS or NUMBER.fullmatch(form) or not form for form in forms)


@pytest.mark.parametrize("table", TABLES)
def test_weights_are_finite_and_not_zero(table):
    numbers = getattr(SHIPPED, table)
    assert numbers
    assert [key for key, value in numbers.items() if not (math.isfinite(value) and value)] == []
    assert max(map(abs, numbers.values())) < 30


@pytest.mark.parametrize("table", TABLES)
def test_no_weight_belongs_to_a_word_of_an_article(table):
    parts = {part for key in getattr(SHIPPED, table) for part in values_of(key)}
    assert sorted(part for part in parts if not is_closed(part)) == []


@pytest.mark.parametrize("table", ["associative", "embedded"])
def test_words_that_tell_the_sense_are_usual_words_of_english(table):
    families = ("next=", "last2=", "of_word=")
    words = {key.partition("=")[2] for key in getattr(SHIPPED, table) if key.startswith(families)}
    assert len(words) > 100
    assert words <= english_words()


def values_of(key):
    """Return what stands behind the name of a feature: ``before=_in&town`` gives both."""
    _, equals, rest = key.partition("=")
    behind = rest if equals else key.partition("&")[2]
    pieces = behind.split("&")
    return [piece.partition("=")[2] if "=" in piece else piece for piece in pieces if behind]


@pytest.mark.parametrize("part", ["_in", "'ssay", "nCapital", "town", "3", "1,2", "“-ing", "-"])
def test_what_counts_as_closed(part):
    assert is_closed(part)


@pytest.mark.parametrize("part", ["_aleppo", "Reuters", "'spolicemen", "12a"])
def test_what_does_not_count_as_closed(part):
    assert not is_closed(part)


def test_every_weighed_feature_of_a_span_is_made_by_a_function():
    code = inspect.getsource(features) + inspect.getsource(name_features)
    made = set(re.findall(r"[\"'](\w+)[=&]", code)) | {"bias", "generated", "organisation_word"}
    weighed = {re.split("[=&]", key)[0] for key in SHIPPED.span}
    assert weighed - made == set()


@pytest.mark.parametrize("corpus", ["lgl", "TR-News"])
def test_the_scores_of_cross_validation_come_with_the_weights(corpus):
    scored = SHIPPED.training["cross_validated"][corpus]
    assert set(scored) == {"precision", "recall", "f1", "acc161_raw", "acc161_spans"}
    assert all(0.7 < value < 1 for value in scored.values())
    assert SHIPPED.training["folds"] >= 2


def test_weights_are_written_and_read_alike(tmp_path, monkeypatch):
    path = tmp_path / "weights.json"
    write_weights(SHIPPED, path)
    assert Weights(**json.loads(path.read_bytes())) == SHIPPED
    assert [file.name for file in tmp_path.iterdir()] == ["weights.json"]
    monkeypatch.setattr(weights.importlib.resources, "files", lambda _package: tmp_path)
    assert shipped_weights.__wrapped__() == SHIPPED


@pytest.mark.parametrize("text", ["", "[", '{"spam": {}}', "[1]"])
def test_broken_weights_are_an_error_that_helps(tmp_path, monkeypatch, text):
    (tmp_path / "weights.json").write_text(text)
    monkeypatch.setattr(weights.importlib.resources, "files", lambda _package: tmp_path)
    with pytest.raises(GeomapError, match=r"weights\.json: not a weights file: .*install geomap"):
        shipped_weights.__wrapped__()


def test_weights_of_ones_own_are_read(tmp_path):
    path = tmp_path / "own.json"
    write_weights(SHIPPED, path)
    assert read_weights(path) == SHIPPED


FIRST = '"second": {"a": 1}'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Expecting value"),
        ("[1]", "expected a JSON object"),
        ('{"spam": {}}', "knows no spam"),
        ("{}", "expected weights in 'second'"),
        ('{"span": []}', "expected an object as 'span'"),
        ('{"first": {"a": "b"}}', "expected a finite number for 'a' in 'first'"),
        ('{"first": {"a": NaN}}', "expected a finite number for 'a' in 'first'"),
        (f'{{{FIRST}, "threshold": null}}', "expected a finite number as 'threshold'"),
        (f'{{{FIRST}, "calibration": {{"spam": []}}}}', "expected rising points"),
        (f'{{{FIRST}, "calibration": {{"span": [1, 2]}}}}', "expected rising points"),
        (f'{{{FIRST}, "calibration": {{"span": [[0.5, 0.5], [0.4, 0.6]]}}}}', "expected rising"),
        (f'{{{FIRST}, "calibration": {{"place": [[0.5, 1.5]]}}}}', "expected rising points"),
    ],
)
def test_what_is_no_weights_file_is_refused(tmp_path, text, reason):
    path = tmp_path / "own.json"
    path.write_text(text)
    with pytest.raises(InputError, match=rf"own\.json: not a weights file: {reason}"):
        read_weights(path)


def test_a_missing_weights_file_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"none\.json: not a weights file: .*No such file"):
        read_weights(tmp_path / "none.json")

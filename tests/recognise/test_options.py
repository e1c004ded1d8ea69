"""The places that a name can mean, and what no article changes of them."""

import pytest

from geomap.recognise.names import Names
from geomap.recognise.options import OptionScorer
from geomap.recognise.weights import shipped_weights


@pytest.fixture(scope="module")
def names(gazetteer):
    return Names(gazetteer)


@pytest.mark.parametrize(
    "key", ["springfield ", "paris ", "kherson ", "syrian ", "georgia ", "\x02US"]
)
def test_a_score_is_the_sum_of_the_weights_of_the_features_that_are_shown(names, key):
    weights = shipped_weights().second
    scorer = OptionScorer(weights)
    for option in names.name(key).options:
        shown = sum(weights.get(feature, 0.0) * value for feature, value in option.static)
        assert scorer.score(option) == pytest.approx(shown, abs=1e-12)


def test_a_capital_and_a_town_in_a_unit_of_its_name_are_marked(names):
    [capital] = [option for option in names.name("paris ").options if option.is_capital]
    assert (capital.country, ("capital", 1.0) in capital.static) == ("FR", True)
    [seat] = [option for option in names.name("kherson ").options if option.is_seat]
    assert (seat.type, ("seat", 1.0) in seat.static) == ("city", True)


@pytest.mark.parametrize(
    ("surface", "found"), [("Kyiv", True), ("said", False), ("Rakka'da", True), ("of", True)]
)
def test_a_word_goes_on_in_a_name_or_not(names, surface, found):
    assert names.start(surface).goes_on is found

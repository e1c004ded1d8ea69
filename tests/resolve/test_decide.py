"""Which place a name means: what stands beside it and what else the article names decide."""

import itertools
import math

import pytest

from geomap.recognise.weights import shipped_weights
from geomap.resolve.decide import softmax


@pytest.fixture
def places(geoparser):
    """Return a function from a text to the ids of the places, by surface."""

    def find(text):
        return {item.mention.surface: item.place.id for item in geoparser.parse_text(text)}

    return find


@pytest.fixture
def where(geoparser):
    """Return a function from a text to (country, first-level unit) of one surface's place."""

    def find(text, surface):
        [place] = {
            item.place for item in geoparser.parse_text(text) if item.mention.surface == surface
        }
        return place.country, place.admin1

    return find


@pytest.mark.parametrize(
    ("text", "surface", "expected"),
    [
        ("She grew up in Paris, Texas, and left.", "Paris", ("US", "Texas")),
        ("They drove from Paris to Lyon in France.", "Paris", ("FR", "Île-de-France")),
        ("The market in Idlib, Syria, was full.", "Idlib", ("SY", "Idlib")),
        ("He farms near Cairo, Georgia.", "Cairo", ("US", "Georgia")),
        ("The road to Springfield, Illinois, was closed.", "Springfield", ("US", "Illinois")),
        ("A ferry reached Alexandria, Virginia, at dawn.", "Alexandria", ("US", "Virginia")),
        ("A ferry reached Alexandria, Egypt, at dawn.", "Alexandria", ("EG", "Alexandria")),
        ("Shoppers in Birmingham, Alabama, cheered.", "Birmingham", ("US", "Alabama")),
        ("Shoppers in Birmingham, England, cheered.", "Birmingham", ("GB", "England")),
        ("The storm hit Bowling Green, Ky., today.", "Bowling Green", ("US", "Kentucky")),
        ("They met in Charleston, W.Va., again.", "Charleston", ("US", "West Virginia")),
        ("Boats left from Tripoli, Lebanon.", "Tripoli", ("LB", "North Lebanon")),
        ("Boats left from Tripoli, Libya.", "Tripoli", ("LY", "Tripoli")),
        ("Snow fell in Tbilisi, Georgia.", "Georgia", ("GE", None)),
        ("Snow fell in Atlanta, Georgia.", "Georgia", ("US", "Georgia")),
        ("Syria's Idlib was quiet on Sunday.", "Idlib", ("SY", "Idlib")),
    ],
)
def test_what_stands_beside_a_name_decides(where, text, surface, expected):
    assert where(text, surface) == expected


@pytest.mark.parametrize(
    ("ambiguous", "surface", "clues"),
    [
        ("Boats left from Tripoli.", "Tripoli", {"Libya opened a port. ": "LY", "Lebanon opened a port. ": "LB"}),
        ("Farmers met in London.", "London", {"Ontario was dry. ": "CA", "Britain was dry. ": "GB"}),
        ("They drove to Valencia.", "Valencia", {"Spain was hot. ": "ES", "Venezuela was hot. ": "VE"}),
        ("They drove to Cordoba.", "Cordoba", {"Spain was hot. ": "ES", "Argentina was hot. ": "AR"}),
        ("They drove to Hyderabad.", "Hyderabad", {"India was hot. ": "IN", "Pakistan was hot. ": "PK"}),
    ],
)  # fmt: skip
def test_a_country_named_in_the_article_moves_a_town_there(where, ambiguous, surface, clues):
    assert {clue: where(clue + ambiguous, surface)[0] for clue in clues} == clues


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("Shops in Dayton, Toledo and Akron closed.", "Toledo", "US"),
        ("Shops in Madrid, Toledo and Seville closed.", "Toledo", "ES"),
        ("Buses link Homs, Hama and Tripoli in an hour.", "Hama", "SY"),
        ("Snow fell on Naples and on Venice.", "Naples", "IT"),
    ],
)
def test_towns_are_near_each_other(where, text, surface, country):
    assert where(text, surface)[0] == country


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("A student in Heidelberg drew it.", "Heidelberg", "DE"),
        ("Boats left from Alexandria at dawn.", "Alexandria", "EG"),
        ("A ferry reached Monrovia at dawn.", "Monrovia", "LR"),
        ("The minister flew to Athens.", "Athens", "GR"),
    ],
)
def test_where_nothing_else_is_known_the_largest_town_wins(where, text, surface, country):
    assert where(text, surface)[0] == country


@pytest.mark.parametrize(
    "text",
    ["The president flew to Washington.", "Talks in Washington failed, a Syrian diplomat said."],
)
def test_a_capital_comes_before_what_is_called_like_it(where, text):
    assert where(text, "Washington") == ("US", "District of Columbia")


@pytest.mark.parametrize("look", ["first", "second", "third"])
def test_what_speaks_for_a_place_never_weighs_against_it(look):
    weights = getattr(shipped_weights(), look)
    for feature in ("most_populous", "population", "population_share", "rank", "main_name"):
        assert weights.get(feature, 0.0) >= 0


def test_containment_beats_population(where, explainer):
    text = "She grew up in Paris, Texas, and left."
    found = next(r for r in explainer.parse_text(text) if r.mention.surface == "Paris")
    best, *others = found.candidates
    assert best.place.admin1 == "Texas"
    assert max(other.place.population for other in others) > 50 * best.place.population
    assert where(text, "Paris") == ("US", "Texas")


@pytest.mark.parametrize(
    ("surface", "better", "worse"),
    [
        ("Georgia", "Snow fell in Tbilisi, Georgia.", "Snow fell in Atlanta, Georgia."),
        ("Tripoli", "Libya and Benghazi and Tripoli.", "Lebanon and Beirut and Tripoli."),
    ],
)
def test_evidence_ranks_a_candidate_higher(explainer, surface, better, worse):
    margins = []
    for text in (better, worse):
        found = next(r for r in explainer.parse_text(text) if r.mention.surface == surface)
        scores = {
            candidate.place.country: candidate.score for candidate in reversed(found.candidates)
        }
        wanted = {"Georgia": ("GE", "US"), "Tripoli": ("LY", "LB")}[surface]
        margins.append(scores[wanted[0]] - scores[wanted[1]])
    assert margins[0] > margins[1]


@pytest.mark.parametrize(
    "names",
    [
        ("Deir ez-Zor", "Raqqa", "Mosul"),
        ("Hama", "Homs", "Latakia"),
        ("Dayton", "Toledo", "Akron"),
        ("Kharkiv", "Odesa", "Lviv"),
        ("Erbil", "Kirkuk", "Tikrit"),
    ],
)
@pytest.mark.parametrize("frame", ["They saw {}, {} and {} again.", "From {} to {}. Then {} too."])
def test_the_order_of_names_changes_nothing(geoparser, names, frame):
    outcomes = set()
    for order in itertools.permutations(names):
        text = f"{names[0]}. {names[1]}. {names[2]}. " + frame.format(*order)
        found = geoparser.parse_text(text)
        outcomes.add(frozenset((r.mention.surface, r.place.id) for r in found))
    assert len(outcomes) == 1


@pytest.mark.parametrize(
    "sentences", [["Rain fell in Dayton.", "Rain fell in Toledo.", "Ohio was wet.", "Rain fell in Paris."]]
)  # fmt: skip
def test_the_order_of_sentences_changes_nothing(places, sentences):
    outcomes = [places(" ".join(order)) for order in itertools.permutations(sentences)]
    assert all(outcome == outcomes[0] for outcome in outcomes)


def test_a_name_means_one_place_throughout(geoparser):
    text = "Paris, Texas, is small. In Paris, rain fell. Paris slept. He left Paris for Austin."
    found = {r.place.id for r in geoparser.parse_text(text) if r.mention.surface == "Paris"}
    assert found == {"geonames:4717560"}


TEXTS = (
    "She grew up in Paris, Texas, and left for Springfield, Illinois.",
    "Libya opened a port, and boats left from Tripoli for Malta and Crete.",
    "A bakery reopened in Raqqa, near the Turkish-Syrian border.",
    "Şanlıurfa.",
    "Rakka and Al-Hasakeh lie in Syria; Deir al-Zour does too.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_evidence_adds_up_to_the_score(explainer, text):
    candidates = [c for r in explainer.parse_text(text) for c in r.candidates]
    assert candidates
    for candidate in candidates:
        total = sum(item.value * item.weight for item in candidate.evidence)
        assert candidate.score == pytest.approx(total, abs=1e-9)


@pytest.mark.parametrize("text", TEXTS)
def test_candidates_come_best_first_and_the_first_is_the_place(explainer, text):
    for found in explainer.parse_text(text):
        scores = [candidate.score for candidate in found.candidates]
        assert found.candidates[0].place == found.place
        assert scores == sorted(scores, reverse=True)
        assert len({candidate.place.id for candidate in found.candidates}) == len(scores)


@pytest.mark.parametrize("text", TEXTS)
def test_keeping_evidence_changes_no_decision(geoparser, explainer, text):
    plain, explained = geoparser.parse_text(text), explainer.parse_text(text)
    assert [(r.mention, r.status, r.place, r.confidence) for r in plain] == [
        (r.mention, r.status, r.place, r.confidence) for r in explained
    ]
    assert not any(r.candidates or r.span_evidence for r in plain)
    assert all(r.candidates and r.span_evidence for r in explained)


@pytest.mark.parametrize(
    "scores", [[0.0], [1.0, 2.0], [-1e6, 1e6], [700.0, 710.0, -50.0], [3.0] * 5]
)
def test_probabilities_add_up_to_one(scores):
    odds = softmax(scores)
    assert math.isclose(sum(odds), 1.0)
    assert odds.index(max(odds)) == scores.index(max(scores))

"""Relations are explained, on the terminal and on the page."""

import pytest

from geomap.cli.wording import describe_article
from geomap.model import Article, Relation
from geomap.relations import word_relation

ARTICLE = Article(id="a", text="A dam 30 km north of Idlib is new.")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"type": "distance", "distance_km": 48.28}, "48.3 km from it"),
        ({"type": "distance", "distance_km": 0.5}, "500 m from it"),
        ({"type": "distance"}, "at a distance from it that is not said exactly"),
        ({"type": "direction", "azimuth": 337.5}, "north-northwest of it"),
        ({"type": "offset", "azimuth": 0.0, "distance_km": 1200.0}, "1,200 km north of it"),
        ({"type": "part", "azimuth": 225.0}, "in the southwest of it"),
        ({"type": "part"}, "in a part of it"),
        ({"type": "part", "text": "central Mali"}, "in the middle of it"),
        ({"type": "direction"}, "on the way to it"),
        ({"type": "between"}, "between it and another place"),
        ({"type": "along", "azimuth": 90.0}, "along a road or a river, east of it"),
        ({"type": "near"}, "near it"),
        ({"type": "near", "azimuth": 270.0}, "near it, on its west side"),
        ({"type": "border", "precision": 5}, "on its border"),
    ],
)
def test_each_type_has_words(fields, words):
    found = word_relation(Relation(**{"text": "", **fields}))
    assert found.startswith(words)
    assert "not drawn" in found


def test_the_terminal_says_what_a_relation_means(explainer):
    lines = list(describe_article(ARTICLE, explainer.parse(ARTICLE)))
    [line] = [line for line in lines if "30 km north of Idlib” is" in line]
    assert line.startswith("  “30 km north of Idlib” is 30 km north of it: around 36.201")
    assert line.endswith("; precision 2 (near it)")

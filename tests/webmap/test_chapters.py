"""Chapters: what a person's file of steps and notes is read as, and what is refused, with its line."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

import geomap
from geomap.cli.commands import cli
from geomap.errors import InputError, OutputError
from geomap.webmap import page, write_map
from geomap.webmap.addresses import _CHECKS, LONGEST_ADDRESS, check_address
from geomap.webmap.chapters import (
    LARGEST_FILE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_NOTES,
    MOST_STEPS,
    Note,
    Step,
    read_chapters,
)
from tests.webmap.sample import make_frame, make_records
from tests.webmap.test_options import data_of
from tests.webmap.test_packing import unpack

STORY = """\
# A year of bread

It began
with rain.

Then came the price.

## Rain in Idlib
view: #map=8/35.93/36.63&place=geonames:169389

Rain filled [the streets](https://example.org/rain).

\\# no heading

## The bridges
View: https://desk.example/map.html#map=9/36.335/43.119&country=IQ&from=2014

## The mill
place: raqqa

It stands there.

## A camp
place: 34.5, -41.1
"""
ROOT = Path(geomap.__file__).parents[1]
ASSETS = Path(page.__file__).parent / "assets"


@pytest.fixture
def story(tmp_path):
    """Write a file of chapters; give its path."""

    def write(text=STORY, name="story.md"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def _carried(path, **options):
    return data_of(page.render_map(make_frame(), chapters=path, **options))["tables"]["chapters"]


def test_a_file_is_steps_and_notes_in_their_order(story):
    chapters = read_chapters(story())
    assert chapters.title == "A year of bread"
    assert chapters.lead == "It began with rain.\n\nThen came the price."
    assert chapters.steps == (
        Step(
            9,
            "Rain in Idlib",
            "Rain filled [the streets](https://example.org/rain).\n\n# no heading",
            "#map=8/35.93/36.63&place=geonames:169389",
        ),
        Step(16, "The bridges", "", "#map=9/36.335/43.119&country=IQ&from=2014"),
    )
    assert chapters.notes == (
        Note(19, "The mill", "It stands there.", "raqqa"),
        Note(24, "A camp", "", "34.5, -41.1"),
    )


@pytest.mark.parametrize(
    "change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text]
)
def test_lines_and_marks_of_other_editors_change_nothing(change, story):
    assert read_chapters(story(change(STORY))) == read_chapters(story())


def test_a_page_has_its_places_by_their_rows(story):
    carried = _carried(story())
    mill, camp = carried["notes"]
    places = data_of(page.render_map(make_frame()))
    assert mill["place"] >= 0
    assert camp == {"title": "A camp", "text": "", "place": -1, "lat": 34.5, "lon": -41.1}
    assert "chapters" not in places["tables"]


def test_a_place_can_be_named_as_the_page_names_it(story):
    text = "## Stadt\nplace: {}\n"
    by_id = _carried(story(text.format("geonames:98182")))
    assert _carried(story(text.format("Bagdad")), lang="de") == by_id
    assert _carried(story(text.format("Baghdad")), lang="de") == by_id


def _lines(*lines):
    return "\n".join(lines)


STEP = ("## One", "view: #map=6/35/39", "")
BAD = {
    "no step": ("Some words.\n", "there is no step in it"),
    "nothing at all": ("", "there is no step in it"),
    "front matter": ("---\ntitle: A\n---\n", "line 1: a heading"),
    "yaml's way": ("view: #map=6/35/39\ntitle: A\n", "line 1: a heading"),
    "no title": ("##\nview: #map=6/35/39\n", "line 1: a title is missing"),
    "invisible title": ("## \u202e\nview: #map=6/35/39\n", "line 1: a title is missing"),
    "third level": (_lines(*STEP, "### More"), "line 4: expected # or ##"),
    "title below": (_lines(*STEP, "# Title"), "line 4: the title with one #"),
    "two titles": ("# A\n# B\n", "line 2: the title with one #"),
    "empty step": ("## One\n\n## Two\n", "line 1: nothing stands under 'One'"),
    "text first": ("## One\n\nWords.\nview: #map=6/35/39\n", "line 3: expected “view: #…”"),
    "no address": ("## One\nview:\n", "line 2: '' is no address"),
    "a link without #": ("## One\nview: https://example.org/\n", "line 2: .* is no address of a view"),
    "a script": ("## One\nview: javascript:alert(1)\n", "line 2: .* is no address of a view"),
    "unknown name": ("## One\nview: #zoom=6\n", "line 2: an address has no 'zoom'"),
    "bad zoom": ("## One\nview: #map=six/35/39\n", "line 2: a page cannot follow map=six"),
    "off the earth": ("## One\nview: #map=6/95/39\n", "line 2: a page cannot follow map="),
    "bad day": ("## One\nview: #from=2016-02-30\n", "line 2: a page cannot follow from="),
    "days turned": ("## One\nview: #from=2017&to=2016-01\n", "line 2: its first day, 2017, is after"),
    "bad view": ("## One\nview: #view=share\n", "line 2: a page cannot follow view=share"),
    "spaces": ("## One\nview: #map=6/35/39 &view=list\n", "line 2: .* is no address"),
    "a control": ("## One\nview: #map=6/35/39\x1b\n", "line 2: .* is no address"),
    "long address": (f"## One\nview: #place={'a' * 5000}\n", "line 2: an address has more than 4,000"),
    "long title": (f"## {'a' * 201}\nview: #map=6/35/39\n", "line 1: a title has more than 200"),
    "long text": (f"## One\nview: #map=6/35/39\n{'a' * 5001}\n", "line 2: a text has more than 5,000"),
    "many steps": ("## One\nview: #map=6/35/39\n" * 101, "line 201: more than 100 steps"),
    "no place": ("## One\nplace:\n", "line 2: expected a place's id or name"),
    "not UTF-8": (b"## One\nview: #map=6/35/39\n\n\xff", "line 4: it is not UTF-8"),
    "too large": (b" " * (LARGEST_FILE + 1), "more than 1,000,000 bytes"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_line(name, story):
    text, message = BAD[name]
    with pytest.raises(InputError, match=message) as caught:
        read_chapters(story(text))
    assert "story.md" in str(caught.value)
    assert len(str(caught.value)) < 600


NOT_ON_THIS_PAGE = {
    "place": ("view: #place=geonames:1", "this page cannot follow place=geonames:1"),
    "article": ("view: #article=nowhere.txt", "this page cannot follow article=nowhere.txt"),
    "area": ("view: #area=BR", "this page cannot follow area=BR"),
    "unit": ("view: #area=SY/Homs", "this page cannot follow area=SY/Homs"),
    "country": ("view: #country=SY&country=BR", "this page cannot follow country=BR"),
    "source": ("view: #source=Nobody", "this page cannot follow source=Nobody"),
    "language": ("view: #article-lang=fr", "this page cannot follow article-lang=fr"),
    "feature": ("view: #feature=XYZ", "this page cannot follow feature=XYZ"),
    "told": ("view: #time=told", "this page cannot follow time=told"),
    "baseline": ("view: #compare=baseline", "this page cannot follow compare=baseline"),
    "days": ("view: #from=2030", "no article of this map is of these days"),
    "note": ("place: Atlantis", "this map has no place 'Atlantis'"),
    "point": ("place: 91, 12", "expected LAT, LON"),
}


@pytest.mark.parametrize("name", NOT_ON_THIS_PAGE)
def test_what_this_page_has_not_is_refused_with_its_line(name, story):
    line, message = NOT_ON_THIS_PAGE[name]
    with pytest.raises(InputError, match=f"line 2: {message}"):
        _carried(story(f"## One\n{line}\n"))


def test_a_name_of_several_places_asks_for_an_id(story):
    rows = make_records()
    rows.append(rows[0] | {"place_id": "geonames:1", "name": rows[-1]["name"]})
    with pytest.raises(
        InputError, match=r"line 2: this map has 2 places called .*; give the id of one: geonames:"
    ):
        page.render_map(rows, chapters=story(f"## One\nplace: {rows[-1]['name']}\n"))


@pytest.mark.parametrize(
    "address",
    [
        "#",
        "#map=6.25/-35.9/-190&view=none",
        "#area=SY&view=area",
        "#area=SY/Raqqa",
        "#country=syria&country=iq",
        "#country=-",
        "#from=2014&to=2014-06&undated=1",
        "#source=Agency+Nine&source=levant%20courier",
        "#article=003.txt&article-lang=en&feature=ADM*&min-confidence=0.5",
        "#compare=source:Agency+Nine&size=articles&order=-mentions&rows=places",
    ],
)
def test_what_this_page_has_is_followed(address, story):
    assert _carried(story(f"## One\nview: {address}\n"))["steps"][0]["view"] == address


def test_every_name_that_the_script_reads_in_an_address_is_known():
    text = "".join(
        (ASSETS / name).read_text("utf-8") for name in ("shell/link.js", "find/facets.js")
    )
    read = set(re.findall(r'\b(?:asked\.(?:get|getAll|has)|day)\("([a-z-]+)"', text))
    read |= set(re.findall(r'\bname: "([a-z-]+)"', text)) | {"undated", "untold"}
    assert read == set(_CHECKS)
    assert check_address("#nothing=1") is not None


def test_the_commands_option_is_called_story(story, tmp_path):
    from click.testing import CliRunner

    articles = tmp_path / "a.txt"
    articles.write_text("Rain fell on Raqqa.", encoding="utf-8")
    bad = story("## One\nview: #zoom=6\n")
    run = CliRunner().invoke(
        cli, ["map", str(articles), "-o", str(tmp_path / "map.html"), "--story", str(bad)]
    )
    assert run.exit_code != 0
    assert "line 2: an address has no 'zoom'" in run.output
    assert not (tmp_path / "map.html").exists()


def test_the_file_is_never_overwritten(story):
    path = story(name="story.html")
    options = dataclasses.replace(geomap.PageOptions(), chapters=path)
    with pytest.raises(OutputError):
        geomap.map_articles(["a.txt"], path, options=options)


def test_yaml_is_named(story):
    with pytest.raises(InputError, match="written as Markdown"):
        read_chapters(story("- view: '#'\n", "story.yaml"))


def test_a_page_without_chapters_has_nothing_of_them(story, tmp_path):
    plain = write_map(make_frame(), tmp_path / "plain.html").read_text("utf-8")
    told = write_map(make_frame(), tmp_path / "told.html", chapters=story()).read_text("utf-8")
    assert "function makeChapters" in told
    assert "function makeChapters" not in plain
    assert "chapters-steps" not in plain


def test_the_documents_example_is_what_the_demos_page_takes(story):
    text = (ROOT / "docs" / "MAP.md").read_text("utf-8")
    (example,) = re.findall(r"^```markdown\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    table = geomap.read_table(ROOT / "outputs" / "demo" / "mentions.csv")
    packed = data_of(page.render_map(table, chapters=story(example)))["tables"]
    carried = json.loads(unpack(packed))["chapters"]
    assert [step["title"] for step in carried["steps"]] == [
        "The ovens are lit again",
        "A bridge opens early",
        "Everything, as a table",
    ]
    assert [note["place"] >= 0 for note in carried["notes"]] == [True, False]
    assert "invented" in carried["lead"]


def test_the_document_names_the_limits():
    text = (ROOT / "docs" / "MAP.md").read_text("utf-8")
    limits = (LARGEST_FILE, MOST_STEPS, MOST_NOTES, LONGEST_TITLE, LONGEST_TEXT, LONGEST_ADDRESS)
    for limit in limits:
        assert f"{limit:,}" in text
    script = (ASSETS / "chapters" / "draft.js").read_text("utf-8")
    for name in ("MOST_STEPS", "MOST_NOTES", "LONGEST_TITLE", "LONGEST_TEXT"):
        assert f"const {name} = {globals()[name]};" in script

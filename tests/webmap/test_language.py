"""The page's words: the same texts in every language, and each in its own words."""

from __future__ import annotations

import json
import re
from importlib import resources

import pytest

from geomap.webmap.language import LANGUAGES, find_language
from geomap.webmap.page import _PARTS, render_map
from tests.webmap.sample import make_frame, make_row
from tests.webmap.test_packing import unpack

#: the forms of whole numbers in Unicode's plural rules
FORMS = {
    "ar": {"zero", "one", "two", "few", "many", "other"},
    "de": {"one", "other"},
    "en": {"one", "other"},
    "fr": {"one", "many", "other"},
    "tr": {"one", "other"},
}
#: words that are the same in both languages
COGNATES = {
    ("fr", "articles"),
    *(("fr", f"col.{name}") for name in ("article", "date", "lat", "lon", "source")),
    ("fr", "filters.sources"),
    ("fr", "list.articles"),
    ("fr", "list.mentions"),
    ("fr", "mentions"),
    ("de", "write.text"),
    *(("fr", name) for name in ("notes", "write.note.of", "write.notes", "write.opening")),
    ("fr", "menu"),
    ("fr", "precision.3"),
    ("fr", "rows.mentions"),
    ("fr", "size.articles"),
    ("fr", "size.mentions"),
}
ASSETS = resources.files("geomap.webmap").joinpath("assets")


def _read(language):
    table = resources.files("geomap.webmap").joinpath("strings", f"{language}.json")
    return json.loads(table.read_text("utf-8"))


def _forms(text):
    return list(text.values()) if isinstance(text, dict) else [text]


def _slots(text):
    return {slot for form in _forms(text) for slot in re.findall(r"\{(\w+)\}", form)}


ENGLISH = _read("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_keys_placeholders_and_forms(language):
    strings = _read(language)
    assert list(strings) == sorted(ENGLISH)
    for key, text in strings.items():
        assert _slots(text) == _slots(ENGLISH[key]), key
        assert isinstance(text, dict) == isinstance(ENGLISH[key], dict), key
        if isinstance(text, dict):
            assert set(text) == FORMS[language], key
            assert "{n}" in text["other"], key
        assert all(form.strip() == form != "" for form in _forms(text)), key
        assert not re.search(r"[{}]", re.sub(r"\{\w+\}", "", "".join(_forms(text)))), key


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_no_text_is_left_in_english(language):
    for key, text in _read(language).items():
        words = re.sub(r"\{\w+\}", "", "".join(_forms(text)))
        if re.search(r"\w", words) is None:
            continue
        same = {*_forms(text)} & {*_forms(ENGLISH[key])}
        assert not same or (language, key) in COGNATES, key
        assert language != "ar" or re.search(r"[\u0621-\u064a]", words), key


def test_arabic_has_its_own_punctuation():
    for key, text in _read("ar").items():
        words = re.sub(r"\u2066[^\u2069]*\u2069", "", "".join(_forms(text)))  # coordinates
        assert not re.search(r"[,;?“”]", words), key


def test_no_turkish_ending_hangs_on_a_word_that_is_filled_in():
    for key, text in _read("tr").items():  # "{name}’da" or "{name}’de": by the vowels of a name
        assert not re.search(r"\}[^\W\d]|[}”]’", "".join(f"{form} " for form in _forms(text))), key


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        # no line ends before a sign, and quotation marks are the language's own
        ("de", r"[\"'”]| …|\d km|„(?![^“„]*“)"),
        ("fr", r"[\"'“”„]| [:;?!»]|[^\u00a0][:»]|[^\u202f][;?!]|«[^\u00a0]|\d km"),
    ],
)
def test_signs_stand_as_the_language_sets_them(language, wrong):
    for key, text in _read(language).items():
        for form in _forms(text):
            assert re.search(wrong, form) is None, (key, form)


def test_every_text_is_used_and_every_text_that_is_used_is_there():
    scripts = "".join(ASSETS.joinpath(f"{name}.js").read_text("utf-8") for name in _PARTS.scripts)
    markup = ASSETS.joinpath("shell/page.html").read_text("utf-8")
    literal = {*re.findall(r"\[\[([a-z.]+)\]\]", markup), *re.findall(r'"([a-z._]+)"', scripts)}
    # a key that is put together names its stem: t(`count.${key}`)
    stems = tuple(re.findall(r"`([a-z]+(?:\.[a-z]+)*\.?)\$\{", scripts))
    unused = {key for key in ENGLISH if key not in literal and not key.startswith(stems)}
    assert unused == {"fallback.more", "headline", "noscript"}  # Python's own
    asked = re.findall(r'\b(?:t|rich)\(\s*"([a-z._]+)"', scripts)
    assert {*asked, *re.findall(r"\[\[([a-z.]+)\]\]", markup)} <= set(ENGLISH)


@pytest.mark.parametrize(
    ("tag", "number", "title"),
    [
        ("en", 1, "Places named in 1 article"),
        ("en-US", 2000, "Places named in 2,000 articles"),
        ("pt-BR", 0, "Places named in 0 articles"),
        ("de", 2000, "In 2.000 Artikeln genannte Orte"),
        ("fr-CA", 0, "Lieux nommés dans 0 article"),
        ("tr", 5, "5 makalede anılan yerler"),
        ("ar", 2, "أماكن مذكورة في مقالين"),
        ("ar-SY", 103, "أماكن مذكورة في 103 مقالات"),
        ("ar", 111, "أماكن مذكورة في 111 مقالًا"),
        ("ar", 100, "أماكن مذكورة في 100 مقال"),
    ],
)
def test_numbers_take_the_form_of_the_language(tag, number, title):
    assert find_language(tag).word("headline", number) == title


@pytest.mark.parametrize(
    ("tag", "head"),
    [("ar-SY", 'lang="ar-SY" dir="rtl"'), ("tr", 'lang="tr" dir="ltr"'), ("pt", 'lang="en"')],
)
def test_the_page_says_its_language_and_holds_no_other(tag, head):
    html = render_map([make_row("Raqqa", "Raqqa.", "literal", 1)], lang=tag)
    assert f"<html {head}" in html
    block = json.loads(re.search(r'id="data">(.*?)</script>', html, re.DOTALL)[1])
    words = unpack(block["words"]).decode()
    held = [one for one in LANGUAGES if _read(one)["about.title"] in words]
    assert held == [find_language(tag).tag.partition("-")[0]]


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_its_language(language, tmp_path, open_page):
    path = tmp_path / "map.html"
    path.write_text(render_map(make_frame(), lang=language), encoding="utf-8")
    page = open_page(path)
    strings = _read(language)
    page.locator("#show-about").click()
    assert page.locator("#panel h2").inner_text() == strings["about.title"]
    page.keyboard.press("/")
    page.keyboard.type("Mosul")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == strings["list"]
    assert page.locator("#panel tbody tr").count() == 1
    page.locator("#panel tbody button").click()
    assert page.locator(".total").inner_text().count("14") == 2


@pytest.mark.browser
def test_right_to_left_is_a_mirror_but_map_and_time_are_not(tmp_path, open_page):
    path = tmp_path / "map.html"
    path.write_text(render_map(make_frame(), lang="ar"), encoding="utf-8")
    page = open_page(path)
    box = {name: page.locator(f"#{name}").bounding_box() for name in ("card", "panel", "legend")}
    assert box["panel"]["x"] == 0
    assert box["card"]["x"] + box["card"]["width"] == 1440 - 16
    assert box["legend"]["x"] > 720
    turned = "(id) => getComputedStyle(document.getElementById(id)).direction"
    assert [page.evaluate(turned, id_) for id_ in ("card", "timeline", "map_geomap")] == [
        "rtl",
        "ltr",
        "ltr",
    ]
    start, end = (
        page.locator(f"#{name}").get_attribute("aria-valuetext") for name in ("from", "to")
    )
    assert ("2014" in start, "2019" in end) == (True, True)

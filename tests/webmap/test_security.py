"""Texts stay texts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.webmap.security import clean_text, safe_url, to_block


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
def test_a_block_comes_back_equal_and_can_end_nothing(value):
    block = to_block(value)
    assert json.loads(block) == value
    assert not set(block) & set("<>&\u2028\u2029")
    assert not any(token in block for token in ("{{", "{%", "{#"))


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_a_cleaned_text_is_bounded_and_can_be_written(text, limit):
    cleaned = clean_text(text, limit)
    assert len(cleaned) <= limit
    assert cleaned.encode().decode() == cleaned
    assert clean_text(cleaned, limit) == cleaned


@given(st.text(st.characters(max_codepoint=0x2FF), max_size=60), st.integers(20, 80))
def test_a_plain_text_is_cleaned_as_any_other(text, limit):
    """A mark that is taken out anyway leads a text around the short cut for plain ones."""
    assert clean_text(text, limit) == clean_text(f"\u200f{text}", limit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, ""),
        (float("nan"), ""),
        (7, "7"),
        ("a\tb\n\nc\x00", "a b c"),
        ("a\u202eb\u2066c", "abc"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("half \ud83d", "half"),
        ("x" * 10**6, "x" * 19 + "…"),
    ],
)
def test_texts_are_folded_stripped_and_cut(text, expected):
    assert clean_text(text, 20) == expected


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,hello",
        "file:///etc/passwd",
        "//example.org/a",
        "https:///a",
        "https://user:secret@example.org/",
        "https://example.org/\u202egpj",
        "https://example.org/" + "a" * 3000,
        "http://[::1",
        None,
        7,
    ],
)
def test_only_plain_web_links_are_links(url):
    assert safe_url(url) == ""


@pytest.mark.parametrize("url", ["http://example.org", "https://example.org/ä?q={{1}}#x"])
def test_web_links_stay_as_they_are(url):
    assert safe_url(url) == url

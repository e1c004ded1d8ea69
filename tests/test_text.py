"""Folding, tokens and sentences: one key for a name's spellings, offsets that always hold."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.text import arabic_key, fold_name, fold_token, has_case, sentence_bounds, tokenize

ANY_TEXT = st.text(max_size=200)


def surfaces(text):
    return [surface for _, _, surface in tokenize(text)]


def sentence_of(text, word):
    start = text.index(word)
    low, high = sentence_bounds(text, start, start + len(word))
    return text[low:high]


@pytest.mark.parametrize(
    ("key", "spellings"),
    [
        ("sanliurfa", ["Şanlıurfa", "Sanliurfa", "SANLIURFA", "ŞANLIURFA", "şanlıurfa"]),
        ("istanbul", ["İstanbul", "Istanbul", "ISTANBUL", "istanbul"]),
        ("kobani", ["Kobanî", "Kobani", "KOBANÎ", unicodedata.normalize("NFD", "Kobanî")]),
        ("st etienne", ["Saint-Étienne", "St. Etienne", "St Étienne", "SAINT ETIENNE"]),
        ("mt hood", ["Mount Hood", "Mt. Hood", "Mt Hood"]),
        ("ft worth", ["Fort Worth", "Ft. Worth"]),
        ("strasse", ["Straße", "STRAẞE", "strasse"]),
        ("fiji", ["ﬁji", "Fiji", "ＦＩＪＩ", "𝐅𝐢𝐣𝐢"]),
        ("sanaa", ["Sana'a", "Sana’a", "Ṣanʿaʾa", "Sanaa"]),
        ("us", ["U.S.", "US", "us"]),
        ("lodz", ["Łódź", "Lodz"]),
        ("tromso", ["Tromsø", "Tromso"]),
        ("aeroskobing", ["Ærøskøbing", "Aeroskobing"]),
        ("baki seheri", ["Bakı şəhəri".replace("ə", "e"), "Baki Seheri"]),
        ("ганджа", ["Ганджа", "ГАНДЖА"]),
        ("николаев", ["Николаев"]),
        ("нальчик йошкар ола".replace("й", "и"), ["Нальчик Йошкар-Ола"]),
        ("αθηνα", ["Αθήνα", "ΑΘΗΝΑ"]),
        ("القاهره", ["القاهرة", "القاهره", "القـاهرة", "القَاهِرَة"]),
        ("كرمانشاه", ["کرمانشاه", "كرمانشاه"]),
        ("المثني", ["المثنى", "المثنی", "المثني"]),
        ("اربيل", ["أربيل", "اربيل", "إربيل"]),
        ("חיפה", ["חיפה", "חֵיפָה"]),
        ("北京", ["北京"]),
        ("baden baden", ["Baden-Baden", "Baden Baden", "Baden\u2011Baden", " Baden – Baden "]),
        ("", ["", " ", "—", "'"]),
    ],
)
def test_spellings_of_a_name_have_one_key(key, spellings):
    assert {spelling: fold_name(spelling) for spelling in spellings} == dict.fromkeys(
        spellings, key
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("Paris", "Parsi"), ("Bath", "Bad"), ("Homs", "Hama"), ("حلب", "حماة"), ("Ulm", "Olm")],
)
def test_other_names_have_other_keys(one, other):
    assert fold_name(one) != fold_name(other)


@given(st.text(alphabet=st.characters(categories=["L", "M", "Zs", "Pd", "Po"]), max_size=40))
def test_a_key_holds_no_marks_no_capitals_and_single_spaces(name):
    key = fold_name(name)
    assert key == " ".join(key.split(" ")).strip()
    assert not any(unicodedata.combining(char) for char in key)
    assert not any(char.isascii() and char.isupper() for char in key)


@given(st.text(alphabet="AaÉéŞşıİß'’-. بحلйЙЁ", max_size=20))
def test_folding_twice_changes_nothing(name):
    assert fold_name(fold_name(name)) == fold_name(name)


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F)))
def test_case_and_composition_never_matter(word):
    assert fold_token(word) == fold_token(unicodedata.normalize("NFD", word))
    assert fold_token(word.lower()) == fold_token(word)


@pytest.mark.parametrize(
    "spellings",
    [
        ["Deir ez-Zor", "Deir al-Zour", "Dayr az-Zawr", "Deir Ezzor".replace("Ezz", "ez-Z")],
        ["al-Raqqah", "Raqqa", "ar-Raqqa", "Raqqah"],
        ["al-Hasakah", "Hasaka", "al-Hasakeh".replace("eh", "ah")],
        ["Daraa", "Dar'a", "Dara"],
        ["Latakia", "Latakiya", "Latakiyah"],
        ["Fallujah", "al-Fallujah", "Faluja", "Fallouja"],
        ["Sulaymaniyah", "Sulaimaniya", "Suleymaniyah".replace("ey", "ay")],
    ],
)
def test_looser_spellings_of_arabic_names_fall_together(spellings):
    assert len({arabic_key(fold_name(name)) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Homs", "Hama"), ("Raqqa", "Rutba"), ("Basra", "Bosra al-Sham")]
)
def test_different_arabic_names_stay_apart(one, other):
    assert arabic_key(fold_name(one)) != arabic_key(fold_name(other))


def test_only_articles_leave_no_loose_key():
    assert [arabic_key(fold_name(name)) for name in ("al", "Al-", "")] == ["", "", ""]


@pytest.mark.parametrize(
    ("char", "expected"),
    [
        ("a", True),
        ("Ж", True),
        ("α", True),
        ("ب", False),
        ("ח", False),
        ("京", False),
        ("1", False),
    ],
)
def test_which_scripts_have_capitals(char, expected):
    assert has_case(char) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("...", []),
        ("one two", ["one", "two"]),
        ("Sana'a, Ta’izz", ["Sana'a", "Ta’izz"]),
        ("the U.S. and the U.K.", ["the", "U.S.", "and", "the", "U.K."]),
        ("in W.Va. too", ["in", "W.Va.", "too"]),
        ("al-Bab", ["al", "Bab"]),
        ("Raqqa's", ["Raqqa's"]),
        ("a_b", ["a", "b"]),
        ("3,000 people", ["3", "000", "people"]),
        ("في حلب", ["في", "حلب"]),
        ("北京", ["北京"]),
        ("Erbil.Mosul", ["Erbil", "Mosul"]),
    ],
)
def test_words(text, expected):
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    "word", ["Şanlıurfa", "Kobanî", "Tromsø", "حَلَب", "חֵיפָה", "दिल्ली", "Йошкар", "சென்னை", "Việt"]
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_marks_belong_to_the_letter_before_them(word, form):
    written = unicodedata.normalize(form, word)
    assert surfaces(f"({written}, {written})") == [written, written]


@given(ANY_TEXT)
def test_words_are_where_they_say_in_order(text):
    tokens = tokenize(text)
    assert all(text[start:end] == surface and start < end for start, end, surface in tokens)
    assert all(one[1] <= other[0] for one, other in pairwise(tokens))


@given(st.text(alphabet="aZé'’.-_ \n١", max_size=60))
def test_every_letter_is_in_some_word(text):
    covered = {i for start, end, _ in tokenize(text) for i in range(start, end)}
    assert all(i in covered for i, char in enumerate(text) if char.isalpha())


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Rain fell. Raqqa slept. Snow came.", "Raqqa", "Raqqa slept."),
        ("Rain fell! Raqqa slept? Snow came.", "Raqqa", "Raqqa slept?"),
        ("He said: “Raqqa slept.” Snow came.", "Raqqa", "He said: “Raqqa slept.”"),
        ("Mr. Ali saw Raqqa. It was hot.", "Raqqa", "Mr. Ali saw Raqqa."),
        ("Gen. Omar left St. Louis on Jan. 5. He slept.", "Louis", "Gen. Omar left St. Louis on Jan. 5."),
        ("The U.S. Army came to Raqqa. It left.", "Raqqa", "The U.S. Army came to Raqqa."),
        ("A headline of Raqqa\n\nThe text begins", "Raqqa", "A headline of Raqqa"),
        ("A headline\n \t\nRaqqa woke up\n\nMore", "Raqqa", "Raqqa woke up"),
        ("A line about\nRaqqa goes on. End.", "Raqqa", "A line about\nRaqqa goes on."),
        ("أين حلب؟ هنا حلب الجديدة", "أين", "أين حلب؟"),
        ("他在北京。我在東京。", "東京", "我在東京。"),
        ("  Raqqa  ", "Raqqa", "Raqqa"),
    ],
)  # fmt: skip
def test_the_sentence_around_a_word(text, word, expected):
    assert sentence_of(text, word) == expected


@st.composite
def texts_with_a_span(draw):
    words = st.sampled_from(["Raqqa", "a", ". ", "\n\n", " ", "? ", "؟ ", "。", "Mr. ", '." ', "É"])
    text = draw(st.one_of(ANY_TEXT, st.lists(words, max_size=60).map("".join)))
    start = draw(st.integers(0, len(text)))
    return text, start, draw(st.integers(start, len(text)))


@given(texts_with_a_span())
def test_a_sentence_holds_its_span(case):
    text, start, end = case
    low, high = sentence_bounds(text, start, end)
    assert 0 <= low <= start <= end <= high <= len(text)


def test_a_sentence_without_end_is_cut():
    text = "word " * 2000
    low, high = sentence_bounds(text, 5000, 5004)
    assert (high - low) <= 2 * 600 + 4

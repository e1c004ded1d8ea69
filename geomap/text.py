"""Names, tokens and sentences: pure functions over text.

Folding makes one key of a name's spellings, the same way in the gazetteer and in an article.
It works token by token, so that offsets always stay those of the given text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import Final

__all__ = [
    "Sentences",
    "Token",
    "arabic_key",
    "fold_name",
    "fold_token",
    "has_case",
    "sentence_bounds",
    "sentences_of",
    "tokenize",
]

Token = tuple[int, int, str]  # start, end, surface

#: letters that no Unicode decomposition takes apart
_LETTERS: Final = str.maketrans(
    {
        "ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e",
        "ħ": "h", "ŧ": "t", "ŋ": "n", "ɓ": "b", "ɗ": "d", "ĸ": "k",
        # signs that writers add or leave out: apostrophes, half rings, middle dots, tatweel, joiners
        **dict.fromkeys("'’‘ʼʻʽʾʿ`´′·.ـ\u200c\u200d\u200e\u200f\u00ad", ""),
        # letters that Arabic, Persian and Urdu writers use for each other
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ھ": "ه", "ہ": "ه", "ە": "ه", "ێ": "ي", "ۆ": "و", "ڕ": "ر", "ڵ": "ل",
    }
)  # fmt: skip
_SEPARATORS: Final = re.compile(r"[\s\-‐‑‒–—/,;:()\[\]\"“”„«»_]+")
_SAME_WORD: Final = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}

#: marks that stand on the letter before them, which regular expressions do not count to words: accents
#: of decomposed text, vowels of Arabic, Hebrew and Indian scripts, voiced kana
_MARKS: Final = "".join(
    char
    for char in map(chr, (*range(0x300, 0x2000), 0x3099, 0x309A, *range(0xFE20, 0xFE30)))
    if unicodedata.category(char).startswith("M")
)
_JOINERS: Final = "\u00ad\u200c\u200d"
_APOSTROPHES: Final = "'’ʼʿʾ`´"
#: what a word runs on with: marks, and letters behind a soft hyphen or a joiner
_RUN_ON: Final = rf"(?:[{_MARKS}][^\W_]*|[{_JOINERS}]+[^\W_]+)*"
#: a word (inner apostrophes belong to it), or initials with their dots ("U.S.", "W.Va.")
#: the first alternatives are short cuts: plain words make up nearly all of a text
_TOKEN: Final = re.compile(
    r"([A-Za-z][a-z]++(?=[ ,.\n])"
    r"|(?:[A-Z]\.){2,}(?:[A-Z](?![^\W\d_]))?|[A-Z]\.(?:[A-Z][a-z]{1,4}\.)"
    rf"|[^\W_]++(?![{_MARKS}{_JOINERS}{_APOSTROPHES}])"
    rf"|[^\W_]+{_RUN_ON}(?:[{_APOSTROPHES}][^\W\d_]+{_RUN_ON})*)"
)


def fold_token(token: str) -> str:
    """Return the key of one word: no case, no diacritics, no apostrophes; may be empty.

    >>> [fold_token(word) for word in ("Şanlıurfa", "SANLIURFA", "Kobanî", "Sana'a", "U.S.")]
    ['sanliurfa', 'sanliurfa', 'kobani', 'sanaa', 'us']
    """
    if token.isascii():
        lower = token.lower()
        folded = lower if token.isalnum() else lower.translate(_LETTERS)
    else:
        # folded twice: the plain letters behind mathematical ones ("𝐏𝐚𝐫𝐢𝐬") come out as capitals
        apart = unicodedata.normalize("NFKD", token.casefold()).casefold()
        bare = "".join(char for char in apart if not unicodedata.combining(char))
        folded = unicodedata.normalize("NFC", bare.translate(_LETTERS))
    return _SAME_WORD.get(folded, folded)


def fold_name(name: str) -> str:
    """Return the key under which a name is kept: its folded words, joined by single spaces.

    >>> fold_name("Ra's al-ʿAyn"), fold_name("Saint-Étienne"), fold_name("St. Louis")
    ('ras al ayn', 'st etienne', 'st louis')
    """
    if name.isalpha():
        return fold_token(name)
    return " ".join(filter(None, map(fold_token, _SEPARATORS.split(name))))


_ARTICLES: Final = frozenset(
    "al el ad ed an en ar er as es ash esh at et az ez adh edh ath eth".split()
)
#: words that are kept in looser spelling
_MOST_WORDS: Final = 50_000
_ARABIC_VOWELS: Final = (
    (re.compile(r"(?:aw|au|ou|oo|o|w)(?=[^aeiouy]|$)"), "u"),
    (re.compile(r"ay|ai|ey|ei|ee|iy|e|y"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=..)(?:ah|a|i)$"), "a"),
    (re.compile(r"kh|gh|dh|th|sh|ch"), lambda m: m.group()[0].upper()),
    (re.compile(r"q"), "k"),
    (re.compile(r"iu|ii"), "i"),
)


def arabic_key(folded: str) -> str:
    """Return a looser key for names transliterated from Arabic, from a folded name.

    The article is dropped, and spellings that differ only in vowels, doubled letters or a final
    ``h`` fall together. Only names of places in Arabic-speaking countries are kept under it.

    >>> arabic_key("deir ez zor") == arabic_key("deir al zour") == arabic_key("dayr az zawr")
    True
    >>> arabic_key("al raqqah") == arabic_key("raqqa")
    True
    """
    return " ".join([_loosened(word) for word in folded.split() if word not in _ARTICLES])


@lru_cache(maxsize=_MOST_WORDS)
def _loosened(word: str) -> str:
    """Return one folded word of an Arabic name without what spellings vary; kept, for news repeats itself."""
    for pattern, replacement in _ARABIC_VOWELS:
        word = pattern.sub(replacement, word)
    return word


def has_case(char: str) -> bool:
    """Tell whether a letter's script has capitals (Latin, Cyrillic, Greek, Armenian …)."""
    return char.lower() != char.upper()


def tokenize(text: str) -> list[Token]:
    """Return the words of a text with their offsets.

    >>> tokenize("The U.S. in Sana'a")
    [(0, 3, 'The'), (4, 8, 'U.S.'), (9, 11, 'in'), (12, 18, "Sana'a")]
    """
    parts = _TOKEN.split(text)  # gap, word, gap, word, … gap
    ends = list(accumulate(map(len, parts)))
    return list(zip(ends[0:-1:2], ends[1::2], parts[1::2], strict=True))


#: where one sentence ends and the next begins: a full stop before a capital, or an empty line
#: (all of its beginnings in one class, which is searched for three times as fast as alternatives are)
_SENTENCE_END: Final = re.compile(
    r"[.!?…\n。！？؟](?:(?<=[.!?…])(?:[\"'”’)\]]*\s+|[\"'”’)]*(?:\[[\w ]{1,12}\]){1,9}\s*)(?=[\"'“‘(\[]*[^\Wa-z_])|(?<=\n)\s*\n|(?<=[。！？؟])\s*)"
)
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sgt|Brig|Maj|Capt|Sen|Rep|Gov|Rev|Prof|Jr|Sr|No|vs|Inc|Co|Corp"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Mt|Ft|Ave|Blvd|Rd)|\b[A-Z]\.[A-Z])\.$"
)


#: a sentence is cut so far from what it is asked for
_SENTENCE_REACH: Final = 600


class Sentences:
    """The sentences of a text, found in one pass.

    Args:
        text: The text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [0]
        self._begins = [0]
        for match in _SENTENCE_END.finditer(text):
            stop = match.start()
            if not _ABBREVIATED.search(text, max(0, stop - 6), stop + 1):
                self._ends.append(stop)
                self._begins.append(match.end())

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the sentence that holds ``text[start:end]``, white space trimmed."""
        text, begins, ends = self._text, self._begins, self._ends
        low = max(begins[bisect_right(begins, start) - 1], start - _SENTENCE_REACH)
        following = bisect_left(ends, end)
        high = begins[following] if following < len(begins) else len(text)
        high = min(high, end + _SENTENCE_REACH)
        while low < start and text[low].isspace():
            low += 1
        while high > end and text[high - 1].isspace():
            high -= 1
        return low, high


@lru_cache(maxsize=1)
def sentences_of(text: str) -> Sentences:
    """Return the sentences of a text; those of the last text are kept, for whoever asks next."""
    return Sentences(text)


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence that holds ``text[start:end]``, white space trimmed.

    >>> sentence_bounds("It rained. Raqqa reopened.", 11, 16)
    (11, 26)
    """
    return Sentences(text).bounds(start, end)

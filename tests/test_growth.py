"""The time of an article grows with its length, whatever repeats in it: no part compares all with all."""

import math
import time

import pytest

from geomap.articles.fields import read_article_text
from geomap.errors import InputError
from geomap.pipeline import find_mentions
from geomap.runtime.garbage import rare_collections
from geomap.stories.find import find_stories

#: characters of the text: few enough for a test, enough for what is quadratic to show
_SIZES = (12_000, 24_000, 48_000)
#: time grows as this power of the length at most; what takes twice as long for twice the text has 1
_STEEPEST = 1.15
#: another process may have had the processor: the best of so many times counts
_TRIES = 8

_PATTERNS = {
    "words": "the market opened again and prices fell ",
    "sentences": "The market in Raqqa reopened on Friday, officials said. ",
    "one letter": "a",
    "one capital": "A",
    "capitals": "AAAA ",
    "initials": "U.S. ",
    "open initials": "A.B.",
    "digits": "1234567890",
    "numbers": "12 ",
    "groups of digits": "000 ",
    "lists by unit": "by district Rabak 211, ",
    "words for units": "districts ",
    "headings": "RAQQA\n",
    "dates": "11 June 2016, ",
    "ambiguous dates": "11/06/2016 ",
    "told days": "on Friday ",
    "told spans": "between Monday and Friday ",
    "ages": "5 years ago\n",
    "times": "at 10:30 on 3 May ",
    "spaces": " ",
    "tabs": "\t",
    "line ends": "\n",
    "carriage returns": "\r\n",
    "paragraphs": "word\n\n",
    "full stops": ".",
    "commas": ",",
    "quotes": '"',
    "curly quotes": "“",
    "nested quotes": '“”"',
    "apostrophes": "'",
    "possessives": "Syria's ",
    "brackets": "(",
    "closed brackets": "()",
    "acronyms": "the Army of the North and the South (ANS) ",
    "hyphens": "al-",
    "dashes": "— ",
    "underscores": "_",
    "ampersands": "&",
    "pipes": "Name | ",
    "bylines": "By John Smith in Aleppo\n",
    "names": "Aleppo ",
    "joined names": "Aleppo-",
    "listed names": "Aleppo, Idlib, Hama and Homs, ",
    "nested phrases": "King's College London ",
    "phrases": "Paris Agreement ",
    "organisations": "Islamic State in Iraq and Syria ",
    "units": "Idlib Governorate, Kharkiv region, ",
    "towns with codes": "Gary, IN, ",
    "articles": "al-Bab Al Bab En Nahud ",
    "unknown villages": "the village of Qxalmar, near Zwerblin ",
    "departments": "Department of Xanthul, ",
    "titles": "Mr. Smith of Paris, President Lincoln ",
    "first names": "Paris Hilton Sydney Sweeney ",
    "cues": "town of town of in near ",
    "distances": "30 km north of ",
    "relations": "30 km north of Idlib ",
    "betweens": "between Aleppo and Idlib ",
    "coordinates": "35.95, 39.01 ",
    "labelled coordinates": "GPS 35.95, 39.01 ",
    "coordinates and notices": "GPS 35.95, 39.01\nRead more: subscribe to our newsletter\n",
    "degrees": "35°57′N 39°00′E ",
    "grid references": "37SDV1234567890 ",
    "arabic": "الرقة ",
    "arabic particles": "والموصل ",
    "cyrillic": "сирийского Мосула ",
    "chinese": "大马士革",
    "marks": "e\u0301",
    "joiners": "\u200d",
    "turkish": "Rakka'daki ",
    "links": "https://paper.example/a?b=c ",
    "copyright": "© 2016 The Paper\n",
    "menus": "Home | News | Sport\n",
    "boilerplate": "Read more: subscribe to our newsletter\n",
    "control codes": "\x1b[31m",
    "html": "<b>",
    "json": '{"a":[',
    "surplus accents": "\u0301",
    "emoji": "👩‍👩‍👧‍👦",
    "right to left": "\u202e",
}


def _seconds(run, size):
    """Return the processor's time for a text of so many characters."""
    with rare_collections():
        began = time.process_time()
        run(size)
        return time.process_time() - began


def _steepness(seconds):
    """Return the power of the length that the times grow with: the slope of a line through their logarithms."""
    xs, ys = [math.log(size) for size in _SIZES], [math.log(value) for value in seconds]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum(
        (a - x) ** 2 for a in xs
    )


def _grows(run):
    """Return how steeply the time grows, measured again while it seems to be too steep."""
    run(_SIZES[0] // 4)
    best = [math.inf] * len(_SIZES)
    for _ in range(_TRIES):
        best = [min(old, _seconds(run, size)) for old, size in zip(best, _SIZES, strict=True)]
        if _steepness(best) <= _STEEPEST:
            break
    return _steepness(best)


def _read(text, geoparser, **fields):
    try:
        article = read_article_text(text, id="a", **fields)
    except InputError:  # white space alone
        return
    for _ in find_mentions(find_stories([article]), geoparser):
        pass


@pytest.mark.parametrize("name", _PATTERNS)
def test_what_repeats_costs_no_more_than_its_length(geoparser, name):
    pattern = _PATTERNS[name]
    assert _grows(lambda size: _read(pattern * (size // len(pattern)), geoparser)) <= _STEEPEST


@pytest.mark.parametrize("name", ["names", "nested phrases", "unknown villages", "coordinates"])
def test_given_spans_cost_no_more_than_their_number(geoparser, name):
    pattern = _PATTERNS[name]
    length = len(pattern)

    def run(size):
        spans = [[length * n, length * n + length - 1] for n in range(size // length)]
        _read(pattern * len(spans), geoparser, spans=spans)

    assert _grows(run) <= _STEEPEST


def test_what_is_quadratic_is_noticed():
    def run(size):
        text = "x" * size
        for _ in range(size // 10):
            text = text[:-1] + "y"

    assert _grows(run) > 1.5

"""Stories: articles that tell the same in the same words, printed once or a hundred times.

A stream of articles is laid down in a temporary file while each one's words are signed (MinHash);
texts whose signatures meet are read back and compared word by word; copies make a story, and
the articles come out again in the order in which they came in.
"""

from __future__ import annotations

import dataclasses
import hashlib
import zlib
from array import array
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import numpy as np

from geomap.model import Article, Story
from geomap.runtime.expecting import each
from geomap.stories.candidates import find_candidates
from geomap.stories.clusters import Clusters, find_groups
from geomap.stories.copies import read_wording
from geomap.stories.dates import StoryDates, find_story_date
from geomap.stories.furniture import FURNITURE_SHINGLE, Furniture
from geomap.stories.shingles import (
    LONGEST_TEXT,
    SIGNATURE_SIZE,
    shingles_of_texts,
    sign_shingles,
    split_words,
)
from geomap.stories.spool import ArticleSpool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from geomap.model import DateSpan
    from geomap.stories.copies import Wording

__all__ = ["StoryReport", "Watch", "find_stories"]

#: with fewer words a text is a headline or a notice: nothing is its copy, not even the same words
_FEWEST_WORDS: Final = 8
#: texts that are signed at once
_BATCH: Final = 64
#: shingles of compared texts that are kept, some 70 bytes each
_KEPT_SHINGLES: Final = 200_000
_NEVER: Final = np.iinfo(np.int32).max

ItemT = TypeVar("ItemT")


class Watch(Protocol):
    """Wraps a stream, to show how far a run is; ``label`` is a word for what is done with it."""

    def __call__(self, items: Iterable[ItemT], label: str, /) -> Iterable[ItemT]:
        """Return the same items."""


@dataclass(slots=True, kw_only=True)
class StoryReport:
    """How many stories a number of articles told.

    ``copies`` are the articles beyond the first of each story; ``dated`` those that took the date
    of their copies.

    >>> StoryReport(articles=10, stories=7).copies
    3
    """

    articles: int = 0
    stories: int = 0
    dated: int = 0

    @property
    def copies(self) -> int:
        """The articles beyond the first of each story."""
        return self.articles - self.stories


def find_stories(
    articles: Iterable[Article],
    *,
    report: StoryReport | None = None,
    watch: Watch | None = None,
) -> Iterator[Article]:
    """Tell which articles are copies of one another, and yield them all with their stories.

    All articles are read, into a temporary file, before the first one comes out; some 700 bytes of each
    are held in memory. What makes a copy, what a story's id depends on, and which date an
    undated copy takes, stands in the README.

    Args:
        articles: The articles; a story that one already has is found anew.
        report: Filled with counts.
        watch: Wraps the streams of a run, to show how far it is: called with a stream and a word for
            what is done with it.

    Yields:
        The articles in their order, with ``story``; those without a date whose copies have one, with
        that date and ``"story"`` as its source.

    Raises:
        OutputError: The temporary file cannot be written.

    >>> from geomap.model import Article
    >>> text = "The bakery on the square sold its last loaf at noon, said Mr Kaya, and closed."
    >>> told = find_stories([Article(id="a", text=text), Article(id="b", text=text + " ")])
    >>> [article.story.size for article in told]
    [2, 2]
    """
    report = report if report is not None else StoryReport()
    articles = each(articles, Article, "articles")
    with ArticleSpool() as spool:
        texts = _Texts()
        for article in watch(articles, "reading") if watch else articles:
            spool.add(article)
            texts.add(article)
        texts.finish()
        stories = texts.tell(spool, watch)
        del texts  # signatures and counts are not needed any more
        report.articles += len(spool)
        report.stories += stories.number
        for number in range(len(spool)):
            article = spool.read(number)
            date = article.published
            if date.start is None or date.source == "story":
                found = stories.date(number)
                report.dated += found is not None
                date = found or date
            yield dataclasses.replace(article, story=stories.story(number), published=date)


def _digest(content: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big")


class _Texts:
    """What is kept in memory of the articles while they are read."""

    def __init__(self) -> None:
        self._digests = array("Q")
        self._dates = StoryDates()
        #: the row of each text that was seen
        self._rows: dict[int, int] = {}
        self._batch: list[list[bytes]] = []
        self._blocks: list[npt.NDArray[np.uint32]] = []
        #: of each row: an article that has the text, what tells its spelling, and its number of words
        self._articles = array("L")
        self._spellings = array("L")
        self._sizes = array("L")
        self._furniture = Furniture()

    def add(self, article: Article) -> None:
        """Keep the words of an article as a signature, unless another one had the same."""
        text = article.text[:LONGEST_TEXT]
        words = split_words(text.lower())
        if len(words) >= _FEWEST_WORDS:
            digest = _digest(b" ".join(words))
            self._add_text(digest, words, zlib.crc32(text.encode("utf-8", "surrogatepass")))
        else:
            digest = _digest(f"{article.id}\0{text}".encode("utf-8", "surrogatepass"))
        self._digests.append(digest)
        self._dates.add(article.published)

    def _add_text(self, digest: int, words: list[bytes], spelling: int) -> None:
        """Sign a new text; of texts with the same words keep one, whichever comes first."""
        row = self._rows.setdefault(digest, len(self._rows))
        number = len(self._digests)
        if row < len(self._articles):
            if spelling < self._spellings[row]:
                self._articles[row], self._spellings[row] = number, spelling
            return
        self._articles.append(number)
        self._spellings.append(spelling)
        self._sizes.append(len(words))
        self._batch.append(words)
        if len(self._batch) == _BATCH:
            self._sign()

    def _sign(self) -> None:
        if self._batch:
            shingles, ends = shingles_of_texts(self._batch, FURNITURE_SHINGLE)
            self._furniture.count(shingles, ends)
            self._blocks.append(sign_shingles(shingles, ends))
            self._batch = []

    def finish(self) -> None:
        """Sign what is left when all articles were read."""
        self._sign()
        self._rows = {}

    def tell(self, spool: ArticleSpool, watch: Watch | None) -> _Stories:
        """Compare the texts and return the stories."""
        digests = np.array(self._digests, dtype=np.uint64)
        articles = np.array(self._articles, dtype=np.int64)
        # in the order of their digests, so that the order of the articles makes no difference
        order = np.argsort(digests[articles], kind="stable")
        pairs = find_candidates(
            self._take_signatures(order), np.array(self._sizes, dtype=np.int64)[order]
        )
        articles = articles[order]
        clusters = Clusters(len(order), _Wordings(spool, articles, self._furniture).get)
        groups = find_groups(pairs, len(order))
        for group in watch(groups, "comparing") if watch else groups:
            clusters.link(group)
        told = _told_texts(digests, digests[articles], clusters.roots())
        return _Stories(digests, told, self._dates)

    def _take_signatures(self, order: npt.NDArray[np.int64]) -> npt.NDArray[np.uint32]:
        """Return the signatures in an order, and forget them."""
        signatures = np.empty((len(order), SIGNATURE_SIZE), dtype=np.uint32)
        places = np.empty(len(order), dtype=np.int64)
        places[order] = np.arange(len(order))
        at = 0
        for block in self._blocks:
            signatures[places[at : at + len(block)]] = block
            at += len(block)
        self._blocks = []
        return signatures


class _Wordings:
    """What is compared of texts; those that were asked for last are kept."""

    def __init__(
        self, spool: ArticleSpool, articles: npt.NDArray[np.int64], furniture: Furniture
    ) -> None:
        self._spool = spool
        self._articles = articles
        self._furniture = furniture
        self._kept: OrderedDict[int, Wording] = OrderedDict()
        self._shingles = 0

    def get(self, number: int) -> Wording:
        """Return the wording of a text."""
        wording = self._kept.get(number)
        if wording is not None:
            self._kept.move_to_end(number)
            return wording
        article = self._spool.read(int(self._articles[number]))
        wording = self._kept[number] = read_wording(article.text, self._furniture)
        self._shingles += len(wording.shingles)
        while self._shingles > _KEPT_SHINGLES and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._shingles -= len(dropped.shingles)
        return wording


class _Stories:
    """The story of each article.

    Args:
        digests: The digest of each article's words.
        told: The same number for all articles of a story.
        dates: The articles' dates.
    """

    def __init__(
        self,
        digests: npt.NDArray[np.uint64],
        told: npt.NDArray[np.uint64],
        dates: StoryDates,
    ) -> None:
        different, self._numbers, self._sizes = np.unique(
            told, return_inverse=True, return_counts=True
        )
        self._ids = _first_digests(digests, self._numbers, dates, len(different))
        self._dates = _find_dates(self._numbers, self._sizes, dates)

    @property
    def number(self) -> int:
        """How many stories there are."""
        return len(self._ids)

    def story(self, article: int) -> Story:
        """Return the story of an article."""
        number = self._numbers[article]
        return Story(id=f"s{self._ids[number]:016x}", size=int(self._sizes[number]))

    def date(self, article: int) -> DateSpan | None:
        """Return the date of an article's story; None where no copy has one, or there is none."""
        return self._dates.get(int(self._numbers[article]))


def _told_texts(
    digests: npt.NDArray[np.uint64],
    texts: npt.NDArray[np.uint64],
    roots: npt.NDArray[np.int64],
) -> npt.NDArray[np.uint64]:
    """Return for each article the digest of the text that its story is known by.

    Args:
        digests: The digest of each article's words.
        texts: The digests of the texts that were compared, in ascending order.
        roots: For each of these which one stands for it.
    """
    if not len(texts):
        return digests
    at = np.searchsorted(texts, digests)
    at[at == len(texts)] = 0
    return np.where(texts[at] == digests, texts[roots[at]], digests)


def _first_digests(
    digests: npt.NDArray[np.uint64], numbers: npt.NDArray[np.int64], dates: StoryDates, stories: int
) -> npt.NDArray[np.uint64]:
    """Return for each story the digest of its earliest article; of several, the smallest."""
    days = np.array(dates.starts, dtype=np.int32)
    days[days == 0] = _NEVER
    order = np.lexsort((digests, days, numbers))
    ids = np.empty(stories, dtype=np.uint64)
    # what is written last stays: the earliest
    ids[numbers[order[::-1]]] = digests[order[::-1]]
    return ids


def _find_dates(
    numbers: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64], dates: StoryDates
) -> dict[int, DateSpan]:
    """Return the date of each story that has articles with a date and others without."""
    dated = np.array(dates.starts, dtype=np.int32) > 0
    with_date = np.bincount(numbers[dated], minlength=len(sizes))
    wanted = (with_date > 0) & (with_date < sizes)
    given: dict[int, list[DateSpan]] = {}
    for article in np.flatnonzero(wanted[numbers] & dated).tolist():
        date = dates.get(article)
        if date is not None:
            given.setdefault(int(numbers[article]), []).append(date)
    found = {number: find_story_date(spans) for number, spans in given.items()}
    return {number: date for number, date in found.items() if date is not None}

"""What is found out about mentions once their places are known.

An enricher is a function from an article and its mentions to the same mentions with more said of each:
the geoparser calls one after the other. A newcomer adds one here, or gives it to :class:`geomap.Geoparser`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from geomap.model import Article, Resolution
from geomap.relations import add_relations
from geomap.told import tell_times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.text import Token

__all__ = ["Enricher", "standard_enrichers"]

#: from an article, as it is read, and its mentions, sorted by where they start, to as many mentions
Enricher: TypeAlias = Callable[[Article, tuple[Resolution, ...]], tuple[Resolution, ...]]


def standard_enrichers(
    gazetteer: Gazetteer,
    words: Callable[[str], Sequence[Token]],
    *,
    relations: bool = True,
    told: bool = True,
) -> tuple[Enricher, ...]:
    """Return the enrichers that come with geomap, in their order.

    Args:
        gazetteer: Where the town is looked up that "north of Idlib" is seen from.
        words: Parts a text into its words.
        relations: Whether to say where the text puts something around a place ("30 km north of").
        told: Whether to say the time that the sentence speaks of ("on Friday").
    """

    def relate(article: Article, found: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
        return add_relations(article.text, found, gazetteer)

    def tell(article: Article, found: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
        return tell_times(article, found, words(article.text))

    wanted = ((relate, relations), (tell, told))
    return tuple(enricher for enricher, is_wanted in wanted if is_wanted)

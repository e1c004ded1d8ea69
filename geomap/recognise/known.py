"""The places that an article names, as those see them who look for further names around them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from geomap.gazetteer.classes import is_country
from geomap.model import Resolution

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.model import Place

__all__ = ["KnownPlaces"]


class KnownPlaces(list[Resolution]):
    """The mentions of an article that mean their place, in the order of the text.

    What is asked of all of them together is worked out once: an article may have thousands of names.

    Args:
        found: All mentions, in the order of the text.
    """

    def __init__(self, found: Iterable[Resolution]) -> None:
        super().__init__(
            item for item in found if item.mention.kind == "literal" and item.place is not None
        )

    @cached_property
    def countries(self) -> frozenset[str | None]:
        """The codes of the countries in which they lie, None among them where one lies in none."""
        return frozenset(item.place.country for item in self if item.place is not None)

    @cached_property
    def only_country(self) -> Place | None:
        """The country that the article names, where all of its places lie there."""
        places = (item.place for item in self if item.place is not None)
        named = next((place for place in places if is_country(place.feature)), None)
        return named if len(self.countries) == 1 else None

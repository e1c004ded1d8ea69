"""One place as a source gives it."""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["SourcePlace"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePlace:
    """One place as a source gives it; None and "" mean that the source does not say.

    ``names`` holds (language, name) pairs; some languages are special: ``adj`` marks adjectives
    and inhabitants, ``abbr`` abbreviations that must be written exactly so, ``alt`` names that are listed
    without a language and that may be codes, ``known`` such names that are no codes. ``admin1`` and ``admin2`` are the names of its units,
    ``admin1_id`` and ``admin2_id`` their ids, or GeoNames' codes of them ("SD.29"), where the source
    has these; ``code`` is such a code of the place itself. ``tol_km`` is how far off the point may be.
    ``size`` is what the place counts where no source counts its people: a city counts more than a hamlet.
    ``own`` marks rows that a person vouches for: ours and the user's. ``is_loose`` marks a row without an id of GeoNames,
    which is the same place as another row with a name of it, near it.
    """

    id: str
    name: str
    names: tuple[tuple[str, str], ...] = ()
    lat: float | None = None
    lon: float | None = None
    feature: str = ""
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int | None = None
    radius_km: float | None = None
    own: bool = False
    admin1_id: str = ""
    admin2_id: str = ""
    code: str = ""
    tol_km: float | None = None
    source: str = ""
    is_loose: bool = False
    size: int | None = None

    def extended_by(self, other: SourcePlace) -> SourcePlace:
        """Return this place with what another row of the same place adds or replaces."""
        moved = other.lat is not None and other.lon is not None
        return replace(
            self,
            name=other.name or self.name,
            names=(*self.names, ("alt", self.name), *other.names),
            lat=other.lat if moved else self.lat,
            lon=other.lon if moved else self.lon,
            feature=other.feature or self.feature,
            country=other.country or self.country,
            admin1=other.admin1 or self.admin1,
            admin2=other.admin2 or self.admin2,
            admin1_id=other.admin1_id or ("" if other.admin1 else self.admin1_id),
            admin2_id=other.admin2_id or ("" if other.admin2 else self.admin2_id),
            code=other.code or self.code,
            population=self.population if other.population is None else other.population,
            radius_km=self.radius_km if other.radius_km is None else other.radius_km,
            own=self.own or other.own,
            tol_km=other.tol_km if moved else self.tol_km,
            source=f"{self.source}+{other.source}" if self.source != other.source else self.source,
            is_loose=self.is_loose and other.is_loose,
            size=self.size if other.size is None else other.size,
        )

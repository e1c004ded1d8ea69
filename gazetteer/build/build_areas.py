"""Work out the outlines and coasts of countries from which parts are cut: ``geomap/outlines/packs/areas.zip``.

    python gazetteer/build/build_areas.py

To be run behind ``build_basemap.py``, from whose packs it takes them, and whenever ``geomap/relations/areas.py`` makes them in
another way. Same packs, same shapes.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import shapely

from geomap.outlines import kept_name, read_pack
from geomap.relations.areas import make_coast, make_country_area

TARGET = Path(__file__).parents[2] / "geomap" / "outlines" / "packs" / "areas.zip"


def main() -> None:
    """Write the pack."""
    countries = sorted(filter(None, read_pack("world")["iso"]))
    with zipfile.ZipFile(TARGET, "w") as pack:
        for country in countries:
            for kind, make in (("area", make_country_area), ("coast", make_coast)):
                shape = make(country)
                if shape is not None:
                    # an entry of its own has no time of writing
                    entry = zipfile.ZipInfo(kept_name(country, kind))
                    pack.writestr(entry, shapely.to_wkb(shape), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()

"""Layers written by GDAL: the home of pyogrio, which an extra brings."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import OutputError
from geomap.export.layers import GEOMETRY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from geomap.export.layers import Layer

__all__ = ["FIXED_DAY", "index_options", "write_layer"]

#: when files say they were made: the same bytes on any day
FIXED_DAY: Final = "1980-01-01"


@contextlib.contextmanager
def _fixed_day(pyogrio: Any) -> Iterator[None]:
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{FIXED_DAY}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def index_options(layer: Layer) -> dict[str, str]:
    """Return the option of FlatGeobuf for its index, which can hold nothing without geometry."""
    geometries = {wkb is not None for _, wkb in layer.features}
    return {"SPATIAL_INDEX": "YES" if geometries == {True} else "NO"}


def write_layer(
    layer: Layer, path: Path, driver: str, options: Mapping[str, str] | None = None
) -> None:
    """Write a layer to a file of its own, or add it to a file that holds several.

    Args:
        layer: The layer.
        path: The file.
        driver: What GDAL calls the format.
        options: What GDAL lets one choose when it makes a layer.

    Raises:
        OutputError: The file cannot be written.
    """
    import pyogrio  # noqa: PLC0415 - an extra

    try:
        with _fixed_day(pyogrio):
            pyogrio.raw.write_arrow(
                layer.reader(),
                path,
                layer=layer.name,
                driver=driver,
                geometry_name=GEOMETRY,
                geometry_type=layer.shape,
                crs="EPSG:4326",
                layer_options=dict(options or {}),
                # what GDAL and QGIS of the last years read without a warning
                dataset_options={"VERSION": "1.3"}
                if driver == "GPKG" and not path.exists()
                else {},
            )
    except (RuntimeError, pyogrio.errors.DataSourceError) as err:
        raise OutputError(f"cannot write the layer {layer.name}: {err}") from err

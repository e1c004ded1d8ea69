"""Read back what each format holds, as records, with the program that people would use."""

import csv
import json
import xml.etree.ElementTree as ET

import geopandas
import openpyxl
import pyarrow.parquet
import pyogrio
from openpyxl.utils.escape import unescape

from geomap.export.fields import fields_of
from geomap.export.shapefile import short_names
from geomap.schema import COLUMNS, MENTIONS

__all__ = ["READERS"]


def _typed(cells):
    """Return cells of text as the record has them."""
    convert = {"integer": int, "number": float}
    return {
        name: convert.get(MENTIONS[name].type, str)(cells[name]) if cells[name] != "" else None
        for name in COLUMNS
    }


def _unguarded(text):
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@", "\t"} else text


def read_csv(path, separator=","):
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=separator))
    return [_typed({name: _unguarded(cell) for name, cell in row.items()}) for row in rows]


def read_tsv(path):
    return read_csv(path, separator="\t")


def read_jsonl(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def read_parquet(path):
    return pyarrow.parquet.read_table(path).to_pylist()


def read_geojson(path):
    features = json.loads(path.read_bytes())["features"]
    return [{name: feature["properties"][name] for name in COLUMNS} for feature in features]


def read_geojsonl(path):
    features = read_jsonl(path)
    return [{name: feature["properties"][name] for name in COLUMNS} for feature in features]


def read_excel(path):
    sheet = openpyxl.load_workbook(path)["mentions"]
    rows = list(sheet.iter_rows())
    names = [cell.value for cell in rows[0]]
    return [dict(zip(names, map(_excel_cell, row), strict=True)) for row in rows[1:]]


def _excel_cell(cell):
    if cell.is_date:
        return cell.value.date().isoformat()
    return unescape(cell.value) if isinstance(cell.value, str) else cell.value


def _rows(frame):
    """Return the rows of a frame that GDAL read, as records."""
    rows = []
    for row in frame.drop(columns="geometry").astype(object).to_dict("records"):
        row["start"] = row.pop("mention_start", row.get("start"))
        row["end"] = row.pop("mention_end", row.get("end"))
        rows.append({name: _gis_cell(name, row[name]) for name in COLUMNS})
    return rows


def _gis_cell(name, cell):
    if cell is None or cell != cell:  # noqa: PLR0124 - NaN and NaT
        return None
    kind = MENTIONS[name].type
    return {"integer": int, "number": float, "day": lambda day: str(day)[:10]}.get(kind, str)(cell)


def read_geopackage(path):
    layers = [pyogrio.read_dataframe(path, layer=name) for name in ("mentions", "undated")]
    return [row for frame in layers for row in _rows(frame)]


def read_flatgeobuf(path):
    return _rows(pyogrio.read_dataframe(path))


def read_geoparquet(path):
    return _rows(geopandas.read_parquet(path))


def read_kml(path):
    root = ET.fromstring(path.read_bytes())  # noqa: S314 - written by us
    space = "{http://www.opengis.net/kml/2.2}"
    rows = []
    for mark in root.iter(f"{space}Placemark"):
        cells = {item.get("name"): item.text or "" for item in mark.iter(f"{space}SimpleData")}
        rows.append(
            _typed(dict.fromkeys(COLUMNS, "") | {k: _unmarked(v) for k, v in cells.items()})
        )
    return rows


def _unmarked(text):
    return text.replace("$\u200b[", "$[")


def read_shapefile(path):
    """Return what a shapefile holds, under the names of the record: less than what was written."""
    long = {
        short: name
        for name, short in short_names(f.name for f in fields_of() if f.type != "wkt").items()
    }
    rows = []
    for ending in ("", "_undated"):
        stem = path.name.partition(".")[0]
        frame = pyogrio.read_dataframe(f"/vsizip/{path}/{stem}{ending}.shp")
        for row in frame.drop(columns="geometry").astype(object).to_dict("records"):
            cells = {long[short]: cell for short, cell in row.items()}
            rows.append({name: _gis_cell(name, cells[name]) for name in COLUMNS if name in cells})
    return rows


#: by the name of the format
READERS = {
    "csv": read_csv,
    "tsv": read_tsv,
    "excel": read_excel,
    "geojson": read_geojson,
    "geojsonl": read_geojsonl,
    "flatgeobuf": read_flatgeobuf,
    "geopackage": read_geopackage,
    "geoparquet": read_geoparquet,
    "kml": read_kml,
    "jsonl": read_jsonl,
    "parquet": read_parquet,
    "shapefile": read_shapefile,
}

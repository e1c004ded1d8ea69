"""The wheel brings every table."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_table_is_in_the_wheel():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    tables = sorted(path.name for path in (ROOT / "gazetteer").glob("*.csv"))
    wanted = {f"gazetteer/{name}": f"geomap/gazetteer/tables/{name}" for name in tables}
    assert wanted.items() <= shipped.items()

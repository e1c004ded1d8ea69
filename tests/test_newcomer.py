"""A newcomer adds a column: it touches the schema and the code that fills it, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import geomap

ROOT = Path(geomap.__file__).parents[1]
#: what is written into the two files: behind which line, and what
PATCHES = {
    "schema.py": (
        '    snippet: Annotated[str, About("mention", "the sentence that holds it", quotes=True)]\n',
        '    example_words: Annotated[int, About("mention", "how many words the sentence has")]\n',
    ),
    "records.py": (
        '        "snippet": snippets.cut(mention.start, mention.end),\n',
        '        "example_words": len(snippets.cut(mention.start, mention.end).split()),\n',
    ),
}
#: what a person does then
TRIAL = """
import sys
from pathlib import Path
import pyarrow.parquet
import geomap
from geomap.export import FORMATS, write_mentions
from geomap.schema import MENTIONS

folder = Path(sys.argv[1])
mention = geomap.Mention(article_id="a", start=13, end=18, surface="Raqqa", kind="literal")
raqqa = geomap.Place(id="geonames:172955", name="Raqqa", lat=35.95, lon=39.0, feature="PPLA", country="SY")
found = geomap.Resolution(mention=mention, status="resolved", place=raqqa, confidence=0.9)
article = geomap.Article(id="a", text="A bakery in  Raqqa reopened. It rained.")
records = [geomap.mention_record(article, found)]
assert records[0]["example_words"] == 5, records
assert MENTIONS["example_words"].arrow == "int64"
table = geomap.mentions_table(records)
assert str(table["example_words"].dtype) == "Int64"
for form in FORMATS:
    if not form.suffixes or form.missing():
        continue
    path = folder / f"m{form.suffixes[0]}"
    write_mentions(records, path)
    print(form.name)
    if form.name in ("jsonl", "csv", "geojson", "geojsonl"):
        assert "example_words" in path.read_text("utf-8"), path
    if form.name == "parquet":
        assert str(pyarrow.parquet.read_schema(path).field("example_words").type) == "int64"
    if form.name in ("jsonl", "csv", "parquet"):
        again = geomap.read_table(path)
        assert again["example_words"].tolist() == [5], again
        assert str(again["example_words"].dtype) == "Int64"
geomap.write_map(records, folder / "map.html")
from geomap.webmap.payload import build_payload
payload = build_payload(records)
assert "example_words" in payload.record
assert ("example_words", 1, 1) in payload.heads
"""


def test_a_column_takes_two_files(tmp_path):
    shutil.copytree(
        ROOT / "geomap", tmp_path / "geomap", ignore=shutil.ignore_patterns("__pycache__")
    )
    (tmp_path / "gazetteer").symlink_to(ROOT / "gazetteer")
    for name, (line, new) in PATCHES.items():
        path = tmp_path / "geomap" / name
        text = path.read_text("utf-8")
        assert text.count(line) == 1, f"{name} is another one: {line}"
        path.write_text(text.replace(line, line + new), "utf-8")
    (tmp_path / "out").mkdir()
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", TRIAL, str(tmp_path / "out")],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert {"jsonl", "csv", "parquet", "geojson"} <= set(run.stdout.split())

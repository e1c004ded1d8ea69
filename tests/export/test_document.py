"""docs/FORMATS.md says what the table of formats says."""

from pathlib import Path

from geomap.export.document import formats_document

DOCUMENT = Path(__file__).parents[2] / "docs" / "FORMATS.md"


def test_the_document_is_fresh():
    assert DOCUMENT.read_text(encoding="utf-8") == formats_document(), (
        "write it anew: python -m geomap.export.document > docs/FORMATS.md"
    )

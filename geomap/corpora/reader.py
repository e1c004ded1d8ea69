"""Read an annotated corpus, whichever of the known formats it is in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from geomap.corpora.folder import read_folder
from geomap.corpora.jsonl import read_jsonl
from geomap.corpora.marked import read_marked
from geomap.corpora.nouns import AnnotatedArticle, Corpus
from geomap.corpora.xml import read_xml
from geomap.runtime.files import is_folder, read_bounded

__all__ = ["load_corpus", "read_corpus"]

#: the largest known corpus has 4 MB; a file is held in memory as a whole
_LARGEST: Final = 256_000_000
_BOM: Final = b"\xef\xbb\xbf"


def read_corpus(path: str | Path) -> list[AnnotatedArticle]:
    """Read the articles of a corpus; its content, not its suffix, tells the format.

    LGL, TR-News, GeoVirus and GeoWebNews in their XML, JSON lines of our own, and folders of texts with a gold.json. Offsets that do not
    point at their phrase are moved to its nearest occurrence; an annotation whose phrase is nowhere
    in the text, or which the corpus says is part of another name, is left out. Both are counted.

    Raises:
        InputError: The file is no such corpus; the message says where.
    """
    path = Path(path)
    if is_folder(path):
        return read_folder(path) if (path / "gold.json").exists() else read_marked(path)
    content = read_bounded(path, "a corpus", _LARGEST).removeprefix(_BOM)
    reader = read_jsonl if content.lstrip()[:1] == b"{" else read_xml
    return reader(content, str(path), path.stem)


def load_corpus(path: str | Path) -> Corpus:
    """Read a corpus as one value, with its name and its counts; errors as of ``read_corpus``."""
    return Corpus(name=Path(path).stem, articles=tuple(read_corpus(path)))

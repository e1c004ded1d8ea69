"""Files beside the articles: read within bounds, whatever they are and however they are named."""

from pathlib import Path

import pytest

from geomap.corpora import read_corpus
from geomap.errors import GeomapError, InputError
from geomap.recognise.weights import read_weights
from geomap.runtime.files import read_bounded
from geomap.webmap.borders import read_borders

_FEATURE = '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"iso_a2": "SY"}, "geometry": %s}]}'


def _borders(path):
    return read_borders(path, 100)


@pytest.mark.parametrize("read", [_borders, read_corpus, read_weights])
@pytest.mark.parametrize("name", ["/dev/zero", "\0", "x" * 5_000, "none.json", "/"])
def test_what_cannot_be_read_whole_is_refused(read, name):
    if name == "/dev/zero" and not Path(name).exists():
        pytest.skip("there is no such device")
    with pytest.raises(GeomapError):
        read(name)


def test_a_file_may_be_as_large_as_the_bound(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert read_bounded(path, "numbers", 5) == b"12345"
    with pytest.raises(InputError, match=r"cannot read numbers from .*: it has more than 4 bytes"):
        read_bounded(path, "numbers", 4)


@pytest.mark.parametrize(
    "geometry",
    [
        '{"type": "Polygon", "coordinates": [[[]]]}',
        '{"type": "Polygon", "coordinates": [[[1]]]}',
        '{"type": "Polygon", "coordinates": [[[%s, 1]]]}' % ("9" * 400),
        '{"type": "Polygon", "coordinates": [[[NaN, 1]]]}',
        '{"type": "Polygon", "coordinates": 5}',
        '{"type": "Polygon"}',
        '{"type": {}, "coordinates": []}',
        "5",
        "[" * 50_000,
    ],
)  # fmt: skip
def test_damaged_borders_are_told(tmp_path, geometry):
    path = tmp_path / "a.geojson"
    path.write_text(_FEATURE % geometry)
    with pytest.raises(InputError, match=r"a\.geojson"):
        _borders(path)


@pytest.mark.parametrize(
    "content",
    [
        b"<?xml version='1.0' encoding='nonsense'?><a/>",
        b"<?xml version='1.0' encoding='utf-7'?><a/>",
        b"<?xml version='1.0' encoding='utf-16'?><a/>",
        b"",
        b"\0" * 100,
        b"{" * 100_000,
        b'{"text": "Raqqa", "toponyms": [{"start": 0, "end": 1e400}]}',
    ],
)
def test_damaged_corpora_are_told(tmp_path, content):
    path = tmp_path / "corpus"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_corpus(path)


@pytest.mark.parametrize(
    "gold",
    [
        "[" * 100_000,
        '{"a": {"toponyms": [{"start": 1e400, "end": 2}]}}',
        '{"a\\u0000": {"toponyms": []}}',
        '{"%s": {"toponyms": []}}' % ("a" * 5_000),
    ],
)  # fmt: skip
def test_damaged_folders_of_texts_are_told(tmp_path, gold):
    (tmp_path / "gold.json").write_text(gold)
    (tmp_path / "a.txt").write_text("Raqqa")
    with pytest.raises(InputError):
        read_corpus(tmp_path)

"""An index that came from a stranger names files of its own folder alone, and nothing of it is read without an end."""

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer.digests import file_digests, read_small_json, verify_files
from geomap.gazetteer.index import read_description


@pytest.mark.parametrize(
    "name", ["../secret", "/dev/zero", "folder/file", "..", "a\\b", "missing", "endless"]
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, name):
    folder = tmp_path / "index"
    folder.mkdir()
    (folder / "index.json").write_text("{}")
    (folder / "endless").symlink_to("/dev/zero")
    (tmp_path / "secret").write_text("")
    with pytest.raises(ValueError, match="is not a file of its folder"):
        verify_files(folder, {name: {"bytes": 0, "sha256": ""}})


@pytest.mark.parametrize("name", ["index.json", "verified.json"])
@pytest.mark.parametrize("kind", ["endless", "large", "deep"])
def test_a_description_or_note_of_a_stranger_is_read_within_bounds(tmp_path, name, kind):
    path = tmp_path / name
    if kind == "endless":
        path.symlink_to("/dev/zero")
    else:
        path.write_text("[" * 200_000 if kind == "deep" else " " * (1 << 20) + "{}")
    with pytest.raises(ValueError, match=r"device|bytes|deeply"):
        read_small_json(path)
    if name == "index.json":
        with pytest.raises(GazetteerError, match="is damaged"):
            read_description(tmp_path)
    else:  # a note that cannot be read is as good as none: the files are looked at again
        (tmp_path / "index.json").write_text("{}")
        (tmp_path / "part").write_text("x")
        verify_files(tmp_path, {"part": file_digests(tmp_path)["part"]})

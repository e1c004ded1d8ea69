"""Gazetteers that are kept by name, and which one is in use."""

import json

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.build import build_index
from geomap.gazetteer.homes import (
    default_name,
    find_gazetteer,
    gazetteer_home,
    list_gazetteers,
    new_gazetteer_path,
    remove_gazetteer,
    use_gazetteer,
)
from geomap.gazetteer.sources import SourcePlace

MILL = SourcePlace(id="geomap:mill", name="Old Mill", lat=1.0, lon=2.0, feature="PPL")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "kept"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "kept"


@pytest.fixture
def kept(home):
    """Keep two gazetteers of one place."""
    for name in ("sahel", "syria"):
        build_index([MILL], home / name, description={"title": name})
    return home


def test_nothing_is_kept_at_first(home):
    assert (list_gazetteers(), default_name(), gazetteer_home()) == ([], "embedded", home)


def test_a_person_without_settings_has_a_folder(monkeypatch):
    monkeypatch.delenv("GEOMAP_GAZETTEERS")
    assert gazetteer_home().parts[-2:] == ("geomap", "gazetteers")


def test_those_that_are_kept_are_listed(kept):
    use_gazetteer("syria")
    listed = [(item.name, item.path, item.places, item.in_use) for item in list_gazetteers()]
    assert listed == [("sahel", kept / "sahel", 1, False), ("syria", kept / "syria", 1, True)]
    assert all(item.bytes > 1000 and not item.problem for item in list_gazetteers())


@pytest.mark.usefixtures("kept")
def test_the_one_in_use_is_opened_without_its_name():
    use_gazetteer("sahel")
    assert open_gazetteer().title == "sahel (1 places)"
    assert open_gazetteer("syria").title == "syria (1 places)"
    use_gazetteer("embedded")
    assert default_name() == "embedded"


def test_only_the_choice_is_left_when_one_is_put_to_use(kept):
    use_gazetteer("sahel")
    assert sorted(path.name for path in kept.iterdir()) == ["in-use", "sahel", "syria"]


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("name", ["aleppo", "", "../kept/sahel", "in-use", ".sahel", "x" * 300])
def test_what_is_not_kept_is_neither_used_nor_deleted(name):
    for act in (use_gazetteer, remove_gazetteer):
        with pytest.raises(GazetteerError, match=r"kept are: embedded, sahel, syria"):
            act(name)


def test_what_is_deleted_is_in_use_no_more(kept):
    use_gazetteer("sahel")
    assert remove_gazetteer("sahel") > 1000
    assert default_name() == "embedded"
    assert sorted(path.name for path in kept.iterdir()) == ["in-use", "syria"]


def test_the_embedded_one_cannot_be_deleted():
    with pytest.raises(GazetteerError, match="comes with geomap and cannot be deleted"):
        remove_gazetteer("embedded")


def test_of_a_link_only_the_link_is_deleted(kept, tmp_path):
    (kept / "syria").rename(tmp_path / "elsewhere")
    (kept / "syria").symlink_to(tmp_path / "elsewhere")
    assert remove_gazetteer("syria") == 0
    assert (tmp_path / "elsewhere" / "index.json").exists()


def test_one_that_was_deleted_by_hand_is_said(kept):
    use_gazetteer("sahel")
    (kept / "sahel").rename(kept / ".gone")
    with pytest.raises(GazetteerError, match=r"is the one in use, and was deleted: .*use embedded"):
        open_gazetteer()


@pytest.mark.parametrize("note", [b"", b"\xff\xfe", b"../../etc", b"a\nb", b"x" * 5000])
def test_a_choice_that_cannot_be_read_is_no_silent_change_of_gazetteer(kept, note):
    (kept / "in-use").write_bytes(note)
    for act in (default_name, list_gazetteers, open_gazetteer):
        with pytest.raises(GazetteerError, match="'geomap gazetteer use embedded'"):
            act()
    use_gazetteer("embedded")
    assert default_name() == "embedded"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "is damaged"),
        ('{"format": 1}', "has format 1"),
        ("[]", "is damaged"),
        ('{"format": 8}', ""),
    ],
)
def test_a_damaged_one_is_listed_with_what_is_wrong(kept, text, problem):
    (kept / "sahel" / "index.json").write_text(text)
    [item] = [item for item in list_gazetteers() if item.name == "sahel"]
    assert problem in item.problem
    assert item.problem
    assert remove_gazetteer("sahel")


def test_a_damaged_one_is_not_put_to_use(kept):
    (kept / "sahel" / "index.json").write_text(json.dumps({"format": 1, "command": "geomap x"}))
    with pytest.raises(GazetteerError, match="build it anew with: geomap x"):
        use_gazetteer("sahel")
    assert default_name() == "embedded"


@pytest.mark.parametrize("name", ["sahel", "geonames-SD-SS", "a.b_c", "2024"])
def test_a_new_name_is_a_folder_among_those_kept(home, name):
    assert new_gazetteer_path(name) == home / name


@pytest.mark.parametrize("path", ["./sahel", "a/b", "/data/x", ".hidden", "ä", "a b", "x" * 62])
def test_anything_else_is_a_path(path):
    assert str(new_gazetteer_path(path)) == path.removeprefix("./")


@pytest.mark.parametrize("name", ["embedded", "in-use"])
def test_names_of_geomaps_own_are_not_given(name):
    with pytest.raises(GazetteerError, match="is a name of geomap's own"):
        new_gazetteer_path(name)


def test_a_name_is_found_before_a_folder_of_that_name(kept, tmp_path):
    (tmp_path / "sahel").mkdir()
    (tmp_path / "mine").mkdir()
    assert find_gazetteer("sahel") == kept / "sahel"
    assert str(find_gazetteer("mine")) == "mine"
    assert str(find_gazetteer(tmp_path / "none")) == str(tmp_path / "none")
    with pytest.raises(GazetteerError, match=r"kept under 'none'.*folder of that name; .*install"):
        find_gazetteer("none")


def test_a_home_that_is_a_file_is_said(home):
    home.write_text("")
    assert (list_gazetteers(), default_name()) == ([], "embedded")
    with pytest.raises(GazetteerError, match=r"cannot write to .* set GEOMAP_GAZETTEERS"):
        use_gazetteer("embedded")

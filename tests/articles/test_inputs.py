"""Folders and names: each thing that cannot be read is one rejection, and the rest is read."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from geomap.articles import ReadReport, read_articles
from geomap.errors import NothingReadableError

_TEXT = "The market in Raqqa reopened."


def _read(*inputs):
    report = ReadReport()
    return [article.id for article in read_articles(*inputs, report=report)], report


def _write(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_TEXT)


@pytest.fixture
def deep(tmp_path):
    """Return a folder for such depths as pytest itself cannot clear away."""
    folder = tmp_path / "deep"
    folder.mkdir()
    yield folder
    subprocess.run(["rm", "-rf", str(folder)], check=True)


def _nest(folder, name, depth):
    """Make folders inside one another, deeper than any path can say, with a text in the last."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    text = os.open("a.txt", os.O_WRONLY | os.O_CREAT, dir_fd=here)
    os.write(text, _TEXT.encode())
    os.close(text)
    os.close(here)


def test_a_folder_that_may_not_be_read_is_passed_over(tmp_path, monkeypatch):
    _write(tmp_path, "a/1.txt", "b/2.txt", "b/c/3.txt", "d/4.txt", "z.txt")
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("b"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    ids, report = _read(tmp_path)
    assert ids == ["a/1.txt", "d/4.txt", "z.txt"]
    assert [str(item) for item in report.rejections] == [
        f"{tmp_path / 'b'}: it cannot be read: Permission denied"
    ]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read anything")
def test_the_system_s_own_refusals(tmp_path):
    _write(tmp_path, "a/1.txt", "b/2.txt", "z.txt")
    (tmp_path / "a").chmod(0)
    (tmp_path / "z.txt").chmod(0)
    try:
        ids, report = _read(tmp_path)
    finally:
        (tmp_path / "a").chmod(stat.S_IRWXU)
    assert (ids, report.rejected) == (["b/2.txt"], 2)


def test_folders_inside_one_another_are_read_however_many(deep):
    _write(deep, "a.txt", "z.txt")
    _nest(deep, "d", 1_100)
    ids, report = _read(deep)
    assert ids == ["a.txt", "d/" * 1_100 + "a.txt", "z.txt"]
    assert report.rejected == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere such folders cannot be made")
def test_a_path_too_long_for_the_system_is_one_rejection(deep):
    _write(deep, "a.txt", "z.txt")
    _nest(deep, "d" * 250, 20)
    ids, report = _read(deep)
    assert ids == ["a.txt", "z.txt"]
    assert [item.reason for item in report.rejections] == ["it cannot be read: File name too long"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are Unicode")
def test_names_that_are_not_utf_8_are_read(tmp_path):
    for name in (b"K\xf6ln.txt", b"caf\xe9/1.txt", b"caf\xe8/1.txt"):
        _write(tmp_path, os.fsdecode(name))
    names = ["K\ufffdln.txt", "caf\ufffd/1.txt", "caf\ufffd/1.txt~2"]
    assert _read(tmp_path)[0] == names
    ids, _ = _read(f"{tmp_path}/K\udcf6ln.txt")
    assert ids == ["K\ufffdln.txt"]


def test_half_a_character_is_no_name(tmp_path):
    with pytest.raises(NothingReadableError, match="no such file"):
        _read(str(tmp_path / "\ud800.txt"))


def test_links_and_pipes_are_told(tmp_path):
    _write(tmp_path, "a.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    os.mkfifo(tmp_path / "pipe.txt")
    ids, report = _read(tmp_path)
    assert ids == ["a.txt"]
    reasons = {Path(item.path).name: item.reason for item in report.rejections}
    assert reasons == {
        "gone.txt": "it cannot be read: No such file or directory",
        "loop.csv": "it cannot be read: Too many levels of symbolic links",
        "pipe.txt": "it is no regular file",
    }


def test_an_empty_name_is_not_the_current_folder(tmp_path, monkeypatch):
    _write(tmp_path, "a.txt")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NothingReadableError, match="got an empty name"):
        _read("")
    ids, report = _read("", "a.txt")
    assert (ids, report.rejected) == (["a.txt"], 1)

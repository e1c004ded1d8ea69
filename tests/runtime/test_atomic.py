"""Files are written as a whole or not at all."""

import os
import subprocess
import sys

import pytest

from geomap.errors import OutputError
from geomap.runtime.atomic import atomic_writer, check_output


def test_a_file_appears_when_it_is_whole(tmp_path):
    target = tmp_path / "new" / "folder" / "out.txt"
    with atomic_writer(target) as file:
        file.write(b"whole")
        assert not target.exists()
    assert target.read_bytes() == b"whole"
    assert [path.name for path in target.parent.iterdir()] == ["out.txt"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, BrokenPipeError])
def test_after_an_error_the_older_file_is_still_there(tmp_path, error):
    target = tmp_path / "out.txt"
    target.write_bytes(b"older")
    with pytest.raises(error), atomic_writer(target) as file:  # noqa: PT012 - the block is tested
        file.write(b"half")
        raise error
    assert target.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [target]


def test_the_file_has_the_usual_permissions(tmp_path):
    usual = tmp_path / "usual"
    usual.touch()
    with atomic_writer(tmp_path / "out"):
        pass
    assert (tmp_path / "out").stat().st_mode == usual.stat().st_mode


def test_the_file_behind_a_link_is_replaced(tmp_path):
    (tmp_path / "real").write_bytes(b"older")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with atomic_writer(tmp_path / "link") as file:
        file.write(b"newer")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"newer"


def test_a_device_is_written_to_directly():
    with atomic_writer(os.devnull) as file:
        file.write(b"gone")
    assert not os.path.isfile(os.devnull)  # noqa: PTH113 - a device has no other test


def test_a_dash_is_standard_output(capfdbinary):
    with atomic_writer("-") as file:
        file.write(b"out")
    assert capfdbinary.readouterr().out == b"out"


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(OutputError, match="it is a folder"), atomic_writer(tmp_path):
        pass


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path):
    (tmp_path / "file").touch()
    with (
        pytest.raises(
            OutputError, match=r"cannot write .*/file/out: (File exists|Not a directory)"
        ),
        atomic_writer(tmp_path / "file" / "out"),
    ):
        pass


def test_a_full_disk_is_an_error_of_the_output():
    with (
        pytest.raises(OutputError, match="cannot write /dev/full: No space left"),
        atomic_writer("/dev/full") as file,
    ):
        file.write(b"x" * 1_000_000)


def test_an_error_of_another_file_keeps_its_name(tmp_path):
    with pytest.raises(FileNotFoundError, match="missing"), atomic_writer(tmp_path / "out"):
        (tmp_path / "missing").read_bytes()


def test_what_a_killed_run_left_is_removed_by_the_next_one(tmp_path):
    script = "import os, sys; from geomap.runtime.atomic import atomic_writer\nwith atomic_writer('out.csv'): os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=False)
    others = [tmp_path / ".out.csv.notours.tmp", tmp_path / ".other.csv.01234567.tmp"]
    for other in others:
        other.touch()
    assert len(list(tmp_path.iterdir())) == 3
    with atomic_writer(tmp_path / "out.csv"):
        pass
    assert sorted(tmp_path.iterdir()) == sorted([tmp_path / "out.csv", *others])


def test_two_runs_that_write_the_same_file_leave_each_other_alone(tmp_path):
    with atomic_writer(tmp_path / "out") as first, atomic_writer(tmp_path / "out") as second:
        first.write(b"first")
        second.write(b"second")
    assert (tmp_path / "out").read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_what_cannot_be_written_shows_before_it_is_written(tmp_path):
    check_output(tmp_path / "new" / "out.csv")
    check_output(os.devnull)
    for bad in (tmp_path, tmp_path / ("x" * 256), "a\0b"):
        with pytest.raises(OutputError, match="cannot write"):
            check_output(bad)
    assert list(tmp_path.iterdir()) == []

"""No bit of an index can turn, and no file of it can be cut, without being noticed before anything is read from it."""

import json
import os
import random

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.build import build_index
from geomap.gazetteer.digests import DESCRIPTION
from geomap.gazetteer.sources import SourcePlace
from geomap.geoparser import Geoparser

FLIPS = 120
NOTE = "verified.json"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    places = [
        SourcePlace(
            id=f"geonames:{number}", name=f"Mill {number}", lat=number / 4, lon=2.0, feature="PPL",
            country="SY", admin1="Raqqa", population=number * 10,
        )
        for number in range(1, 200)
    ]  # fmt: skip
    target = tmp_path_factory.mktemp("damage") / "index"
    build_index(places, target, description={"source": "made up"})
    open_gazetteer(target)  # leaves the note of what was verified
    return target


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def write(path, held, times=None):
    """Write into a file as a disk does that turns a bit: size and inode stay, and the time where it is set back."""
    with path.open("r+b") as file:
        file.write(held)
        file.truncate()
    if times is not None:
        os.utime(path, ns=times)


def test_no_bit_can_turn_unnoticed(folder):
    chance = random.Random(11)  # noqa: S311 - the same trials each time
    assert len(names(folder)) == 16
    for name in names(folder):
        path = folder / name
        held = path.read_bytes()
        state = path.stat()
        for trial in range(FLIPS):
            at, bit = chance.randrange(len(held)), chance.randrange(8)
            turned = held[:at] + bytes([held[at] ^ 1 << bit]) + held[at + 1 :]
            write(path, turned, (state.st_atime_ns, state.st_mtime_ns) if trial % 2 else None)
            if name == NOTE or (name == DESCRIPTION and says_the_same(turned, held)):
                assert_is_right(folder)  # a note is not believed
                continue
            with pytest.raises(GazetteerError, match=r"is damaged|has format|holds no"):
                open_gazetteer(folder)
        write(path, held)
        assert_is_right(folder)


def says_the_same(turned, held):
    try:
        return json.loads(turned) == json.loads(held)
    except ValueError:
        return False


def assert_is_right(folder):
    place = open_gazetteer(folder).find_id("geonames:100")
    assert (place.name, place.lat, place.admin1) == ("Mill 100", 25.0, "Raqqa")


@pytest.mark.parametrize("how", ["cut", "emptied", "written"])
def test_a_file_that_changes_during_a_run_ends_it(folder, how):
    text = "The bakery in Mill 100 reopened."
    for name in names(folder):
        if name in (NOTE, DESCRIPTION):
            continue
        path = folder / name
        held = path.read_bytes()
        geoparser = Geoparser(folder)
        geoparser.parse_text(text)
        # the last page is mapped as far as it goes: what was cut from it reads as zeros
        write(path, {"cut": held[:-1], "emptied": held, "written": held[:-1] + b"\0"}[how])
        if how == "emptied" and len(held) > 4096:
            write(path, held[:4096])
        elif how == "emptied":
            os.utime(path, ns=(1, 1))
        with pytest.raises(GazetteerError, match=f"{name} of the gazetteer index .* was changed"):
            geoparser.parse_text(text)
        write(path, held)


def test_an_index_that_is_built_anew_does_not_disturb_who_reads_the_old_one(folder):
    geoparser = Geoparser(folder)
    folder.rename(folder.with_name("old"))
    assert geoparser.parse_text("The bakery in Mill 100 reopened.")
    folder.with_name("old").rename(folder)


def test_too_many_open_files_are_not_called_damage(folder):
    held = []
    try:
        while True:
            try:
                held.append(os.open(folder, os.O_RDONLY))
            except OSError:
                break
        for _ in range(4):
            os.close(held.pop())
            with pytest.raises(GazetteerError, match=r"Too many open files") as found:
                open_gazetteer(folder)
            assert "damaged" not in str(found.value)
    finally:
        for handle in held:
            os.close(handle)

"""Columns of an index that are kept short: runs by their lengths, texts in packed blocks, numbers in as few bytes as they need."""

from __future__ import annotations

import random
import string
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.layout import PLACE_COLUMNS, place_dtype, place_struct
from geomap.gazetteer.runs import Runs, narrowest, write_runs
from geomap.gazetteer.texts import Texts, common_words, write_texts


def runs_of(folder, lengths):
    write_runs(folder, "some", np.array(lengths, dtype="<i8"))
    return Runs(*(np.load(folder / f"some_{what}.npy") for what in ("lengths", "begins")))


def texts_of(folder, texts, dictionary=b""):
    write_texts(folder, "some", [text.encode() for text in texts], dictionary)
    packed = np.frombuffer((folder / "some.bin").read_bytes(), dtype="u1")
    return Texts(np.load(folder / "some.npy"), packed)


@given(st.lists(st.integers(0, 70_000), max_size=100))
def test_runs_lie_behind_each_other(tmp_path_factory, lengths):
    runs = runs_of(tmp_path_factory.mktemp("runs"), lengths)
    ends = [sum(lengths[:number]) for number in range(len(lengths) + 1)]
    assert [runs.bounds(number) for number in range(len(runs))] == [*pairwise(ends)]
    assert runs.total == ends[-1]
    assert runs.begins().tolist() == ends


def test_a_run_that_is_not_there_is_an_error(tmp_path):
    runs = runs_of(tmp_path, [1] * 16)
    with pytest.raises(IndexError):
        runs.bounds(16)


def test_runs_take_a_byte_each(tmp_path):
    runs_of(tmp_path, [1, 255] * 50_000)
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert sum(sizes.values()) < 130_000


def test_lengths_and_beginnings_of_two_columns_are_told_apart():
    with pytest.raises(ValueError, match="17 runs, and 1 beginnings"):
        Runs(np.zeros(17, dtype="u1"), np.zeros(1, dtype="u1"))


@given(st.lists(st.text(), max_size=100))
def test_texts_come_back_as_they_went_in(tmp_path_factory, texts):
    texts = [text.encode(errors="ignore").decode() for text in texts]
    dictionary = common_words(text.encode() for text in texts)
    kept = texts_of(tmp_path_factory.mktemp("texts"), texts, dictionary)
    assert [kept[number] for number in range(len(kept))] == texts


def test_texts_may_hold_what_separates_others_elsewhere(tmp_path):
    texts = ["", "a\0b", "\n", "ÿ", "\x01", "", "ß" * 5000]
    kept = texts_of(tmp_path, texts)
    assert [kept[number] for number in range(len(kept))] == texts


@pytest.mark.parametrize("number", [-1, 40, 10**9])
def test_a_text_that_is_not_there_is_an_error(tmp_path, number):
    kept = texts_of(tmp_path, ["Mill"] * 40)
    with pytest.raises(ValueError, match="there is no text"):
        kept[number]


@pytest.mark.parametrize("at", [0, 7])
def test_a_damaged_block_is_an_error(tmp_path, at):
    write_texts(tmp_path, "some", [f"Mill {number}".encode() for number in range(64)], b"Mill")
    packed = bytearray((tmp_path / "some.bin").read_bytes())
    ends = np.load(tmp_path / "some.npy")
    packed[int(ends[0]) + at] ^= 0xFF
    column = np.frombuffer(bytes(packed), dtype="u1")
    with pytest.raises(ValueError, match=r"Error -3|codec|there is no text|invalid"):
        [Texts(ends, column)[number] for number in range(64)]


def test_texts_that_were_cut_are_refused(tmp_path):
    write_texts(tmp_path, "some", [b"Mill"], b"")
    packed = np.frombuffer((tmp_path / "some.bin").read_bytes(), dtype="u1")
    with pytest.raises(ValueError, match="do not end where they should"):
        Texts(np.load(tmp_path / "some.npy"), packed[:-1])


def test_packed_texts_take_less_than_the_texts(tmp_path):
    chance = random.Random(3)  # noqa: S311 - the same names each time
    words = ["".join(chance.choices(string.ascii_lowercase, k=6)) for _ in range(300)]
    names = [" ".join(chance.choices(words, k=2)).encode() for _ in range(5000)]
    write_texts(tmp_path, "some", names, common_words(names))
    assert (tmp_path / "some.bin").stat().st_size < 0.6 * sum(map(len, names))


def test_the_dictionary_does_not_depend_on_the_order_of_the_texts():
    names = [b"New Mill", b"Old Mill", b"New Town", b"Mill"]
    assert common_words(names) == common_words(reversed(names))
    assert common_words(names).endswith(b"Mill")


@pytest.mark.parametrize(
    ("most", "kind"),
    [(0, "u1"), (255, "u1"), (256, "<u2"), (65_535, "<u2"), (65_536, "<u4"), (1 << 32, "<i8")],
)
def test_numbers_take_as_few_bytes_as_the_largest_needs(most, kind):
    assert narrowest(most) == kind
    assert np.array([most]).astype(kind)[0] == most


def test_no_number_is_cut():
    with pytest.raises(OverflowError, match="expected a number up to"):
        narrowest(1 << 63)


LIMITS = dict.fromkeys(PLACE_COLUMNS, (0, 200)) | {"lat": (-5, 5), "lon": (-5, 5)}


@pytest.mark.parametrize(
    ("changed", "size"),
    [
        ({}, 23),
        ({"id": (-1, 1 << 31)}, 27),
        ({"population": (-1, 5)}, 27),
        ({"radius": (0, 65_536)}, 25),
        ({"lineage": (0, 65_536)}, 25),
        ({"source": (0, 256)}, 24),
    ],
)
def test_a_row_of_places_is_as_wide_as_its_values_need(changed, size):
    dtype = place_dtype(LIMITS | changed)
    row = place_struct(dtype)
    assert (dtype.itemsize, row.size) == (size, size)
    values = [(LIMITS | changed)[name][1] for name in PLACE_COLUMNS]
    assert row.unpack(np.array([tuple(values)], dtype=dtype).tobytes()) == tuple(values)


@pytest.mark.parametrize(
    "changed", [{"id": (0, 1 << 63)}, {"lat": (0, 1 << 31)}, {"source": (0, 70_000)}]
)
def test_a_value_that_no_column_holds_is_an_error(changed):
    with pytest.raises(OverflowError):
        place_dtype(LIMITS | changed)


@pytest.mark.parametrize(
    "dtype", [[("id", "<i4")], [(name, "<f8") for name in PLACE_COLUMNS], "<i4"]
)
def test_columns_of_another_index_are_refused(dtype):
    with pytest.raises(ValueError, match="its columns are other ones"):
        place_struct(np.dtype(dtype))

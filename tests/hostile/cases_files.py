"""Archives, names and folders that are hostile, and the files that stand beside the articles."""

from __future__ import annotations

import gzip
import os
import zlib
from typing import TYPE_CHECKING, Any

from tests.hostile.cases_inputs import ARTICLE, NAMES, lines, of, reading
from tests.hostile.frame import Case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.hostile.frame import Outcome

__all__ = ["cases"]

_FOUND = (("a.txt", "Raqqa"), ("a.txt", "Syria"))
_BOTH = (*_FOUND, ("z.txt", "Raqqa"), ("z.txt", "Syria"))


def _folder(name: str, prepare: Callable[[Path], None], finds: Any = _BOTH, **more: Any) -> Case:
    """Return the case of a folder ``in`` with two good texts and what is made in it."""

    def make(folder: Path) -> None:
        prepare(folder / "in")

    settings: dict[str, Any] = {
        "files": {"in/a.txt": ARTICLE, "in/z.txt": ARTICLE},
        "args": ("mentions", "in", "-o", "out.jsonl"),
        "rejected": 0,
    }
    return Case(name=name, kind="file system", prepare=make, finds=finds, **settings | more)


def _write(name: str, text: str = ARTICLE) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    return prepare


def _nest(name: str, depth: int) -> Callable[[Path], None]:
    """Make folders inside one another, deeper than a path can say, with a text in the last."""

    def prepare(folder: Path) -> None:
        here = os.open(folder, os.O_RDONLY)
        for _ in range(depth):
            os.mkdir(name, dir_fd=here)
            below = os.open(name, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        text = os.open("m.txt", os.O_WRONLY | os.O_CREAT, dir_fd=here)
        os.write(text, ARTICLE.encode())
        os.close(text)
        os.close(here)

    return prepare


def _between(name: str) -> tuple[tuple[str, str], ...]:
    return (*_FOUND, (name, "Raqqa"), (name, "Syria"), *_BOTH[2:])


def _folders() -> Iterator[Case]:
    """Yield folders with something in them that is no plain text file."""
    yield _folder("folder_nested_1100_deep", _nest("d", 1_100), _between("d/" * 1_100 + "m.txt"))
    yield _folder(
        "folder_with_a_path_too_long",
        _nest("d" * 250, 20),
        rejected=1,
        says=("File name too long",),
    )
    yield _folder(
        "folder_with_a_dangling_link",
        lambda at: (at / "m.txt").symlink_to("none"),
        rejected=1,
        says=(r"m\.txt: it cannot be read",),
    )
    yield _folder(
        "folder_with_a_link_to_itself", lambda at: (at / "m.txt").symlink_to("m.txt"), rejected=1
    )
    yield _folder("folder_with_a_loop_of_folders", lambda at: (at / "m").symlink_to(at))
    yield _folder(
        "folder_with_a_link_to_a_device",
        lambda at: (at / "m.txt").symlink_to("/dev/zero"),
        rejected=1,
        says=("no regular file",),
    )
    yield _folder(
        "folder_with_a_pipe",
        lambda at: os.mkfifo(at / "m.txt"),
        rejected=1,
        says=("no regular file",),
    )
    yield _folder("folder_called_like_a_text", _write("m.txt/n.txt"), _between("m.txt/n.txt"))
    yield _folder("folder_with_hidden_files", _write(".hidden/m.txt"))
    yield _folder("folder_with_unknown_suffixes", _write("m.exe"), says=("1 file skipped",))
    yield _folder("folder_with_suffixes_in_capitals", _write("m.TXT"), _between("m.TXT"))
    yield _folder("folder_with_a_suffix_alone", _write("m/.txt"))
    yield _folder("folder_with_a_suffix_of_an_archive_alone", _write("m.gz"))
    yield _folder(
        "folder_with_ten_thousand_folders",
        lambda at: [(at / f"m{n}").mkdir() for n in range(10_000)] and None,
    )
    for name, file, shown in (
        ("not_utf-8", "m\udcf6ln.txt", "m\ufffdln.txt"),
        ("control_codes", "m\x1b]0;x\x07.txt", None),
        ("a_line_end", "m\nn.txt", None),
        ("directions", "m\u202etxt.txt", None),
        ("255_bytes", "m" * 251 + ".txt", "m" * 251 + ".txt"),
        ("marks_of_a_pattern", "m[a]*?.txt", "m[a]*?.txt"),
        ("quotes", "m\"'<b>.txt", "m\"'<b>.txt"),
        ("a_formula", "m=1+1.txt", "m=1+1.txt"),
        ("spaces", "m  .txt", None),
    ):
        finds = None if shown is None else _between(shown)
        yield _folder(f"file_name_of_{name}", _write(file), finds)
        if shown is not None:
            yield Case(
                name=f"file_named_alone_{name}", kind="file system", prepare=_write(file), args=("mentions", file, "-o", "out.jsonl"),
                finds=((shown, "Raqqa"), (shown, "Syria")), rejected=0,
            )  # fmt: skip
    yield _folder("folder_name_not_utf-8", _write("m\udcff/n.txt"), _between("m\ufffd/n.txt"))
    yield _folder(
        "folder_when_strict",
        lambda at: (at / "m.txt").symlink_to("none"),
        None,
        args=("mentions", "in", "--strict", "-o", "out.jsonl"),
        exits=(2,),
        rejected=None,
    )


def _names() -> Iterator[Case]:
    """Yield inputs that are named wrongly."""
    for name, given, said in (
        ("empty", "", "an empty name"), ("missing", "none.txt", "no such file"), ("a_pattern", "none*.txt", "no such file"),
        ("too_long", "x" * 5_000, "no such file"), ("a_device", "/dev/null", "expected a file that ends in"), ("a_bracket", "[", "no such file"),
        ("many_stars", "**/" * 200 + "x.txt", "no such file"), ("a_tilde", "~none/x.txt", "no such file"), ("unknown", "a.exe", "expected a file that ends in"),
    ):  # fmt: skip
        yield Case(
            name=f"input_{name}", kind="file system", files={"a.exe": "x", "a.md.txt.doc": "x"}, args=("mentions", given, "-o", "out.jsonl"),
            exits=(2,), says=(said,), whole=("out.jsonl",),
        )  # fmt: skip
        if given != "[":
            yield Case(
                name=f"input_{name}_beside_a_good_one", kind="file system", files={"a.exe": "x", "a.txt": ARTICLE},
                args=("mentions", given, "a.txt", "-o", "out.jsonl"), finds=_FOUND, rejected=1,
            )  # fmt: skip
    for name, given in (
        ("a_typing_error", "tpyo.txt"),
        ("a_path", "./none"),
        ("empty", ""),
        ("spaces", "  "),
    ):
        yield Case(
            name=f"explain_{name}",
            kind="file system",
            files={"typo.txt": ARTICLE},
            args=("explain", given),
            exits=(2,),
            says=("no such file|empty text",),
            never=("Raqqa",),
        )
    yield Case(
        name="the_same_file_twice", kind="file system", files={"a.txt": ARTICLE}, args=("mentions", "a.txt", "./a.txt", "-o", "out.jsonl"),
        finds=(*_FOUND, ("a.txt~2", "Raqqa"), ("a.txt~2", "Syria")), rejected=0,
    )  # fmt: skip


_STALE = "scope,action,surface\n" + "everywhere,wrong_place,Nowhere\n" * 200_000
_FEATURE = '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"iso_a2": "SY"}, "geometry": %s}]}'
_ZERO = "/dev/zero"


def _stale(outcome: Outcome) -> None:
    assert "0 mentions corrected, 200,000 corrections stale" in outcome.said
    assert outcome.said.count(": stale, no article names it") == 20
    assert "and 199,980 more" in outcome.said


def _side_inputs() -> Iterator[Case]:
    """Yield corrections, base maps, corpora and indexes that are none."""

    def refused(name: str, *args: str, says: str, **files: str | bytes) -> Case:
        held = {"a.txt": ARTICLE, **{key.replace("_", "."): value for key, value in files.items()}}
        return Case(
            name=name,
            kind="side inputs",
            files=held,
            args=args,
            exits=(2,),
            says=(says,),
            megabytes=900,
        )

    yield Case(
        name="corrections_stale_200000", kind="side inputs", files={"a.txt": ARTICLE, "c.csv": _STALE},
        args=("mentions", "a.txt", "--corrections", "c.csv", "-o", "out.jsonl"), finds=_FOUND, check=_stale, seconds=60, megabytes=900,
    )  # fmt: skip
    corrected = ("mentions", "a.txt", "-o", "out.jsonl", "--corrections")
    for name, content, said in (
        ("empty", "", "lacks scope, action"),
        ("not_utf-8", b"scope,action,surface\neverywhere,wrong_place,\xff\n", "it is not UTF-8"),
        ("an_open_mark", 'scope,action,surface\neverywhere,wrong_place,"Raqqa\n', "is no CSV file"),
        ("bad_rows", "scope,action,surface\n" + "x,y,z\n" * 100_000, "99,995 more rows"),
        (
            "an_unknown_place",
            "scope,action,surface,new_place_id\neverywhere,move,Raqqa,x\n",
            "knows no place 'x'",
        ),
        (
            "far_away",
            "scope,action,surface,new_lat,new_lon\neverywhere,move,Raqqa,999,999\n",
            "expected new_lat in",
        ),
        (
            "no_numbers",
            "scope,action,surface,new_lat,new_lon\neverywhere,move,Raqqa,nan,inf\n",
            "expected new_lat in",
        ),
        (
            "large_numbers",
            f"scope,action,surface,start,end,article_id\nmention,wrong_place,Raqqa,{'9' * 400},1,a\n",
            "expected a whole number",
        ),
    ):
        yield refused(f"corrections_{name}", *corrected, "c.csv", says=said, c_csv=content)
    long = f"scope,action,surface,note\neverywhere,not_a_place,Syria,{'n' * 500_000}\n"
    yield Case(
        name="corrections_with_a_long_cell", kind="side inputs", files={"a.txt": ARTICLE, "c.csv": long},
        args=(*corrected, "c.csv"), finds=_FOUND[:1],
    )  # fmt: skip
    for name, args in (
        ("corrections", (*corrected,)),
        ("basemap", ("map", "a.txt", "-o", "out.html", "--basemap")),
        ("corpus", ("evaluate",)),
        ("weights", ("evaluate", "a.jsonl", "--weights")),
        ("gazetteer", ("mentions", "a.txt", "-o", "out.jsonl", "--gazetteer")),
    ):
        for what, path in (
            ("a_device", _ZERO),
            ("a_folder", "in"),
            ("missing", "none"),
            ("too_long", "x" * 5_000),
        ):
            yield Case(
                name=f"{name}_{what}", kind="side inputs", args=(*args, path), exits=(2,), megabytes=900,
                files={"a.txt": ARTICLE, "a.jsonl": lines({"text": "Raqqa", "toponyms": []}), "in/x": ""},
            )  # fmt: skip
    for name, geometry in (
        ("empty_rings", '{"type": "Polygon", "coordinates": [[[]]]}'),
        ("half_points", '{"type": "Polygon", "coordinates": [[[1]]]}'),
        ("huge_numbers", '{"type": "Polygon", "coordinates": [[[%s, 1]]]}' % ("9" * 400)),
        ("no_numbers", '{"type": "Polygon", "coordinates": [[[NaN, Infinity]]]}'),
        ("points", '{"type": "Point", "coordinates": [1, 2]}'),
        ("depths", "[" * 100_000),
    ):
        yield refused(
            f"basemap_of_{name}", "map", "a.txt", "-o", "out.html", "--basemap", "b.json", says=r"b\.json", b_json=_FEATURE % geometry
        )  # fmt: skip
    for name, content in (
        ("depths", "{" * 100_000),
        (
            "far_bounds",
            lines({"text": "Raqqa", "toponyms": [{"start": 0, "end": 99, "lat": 1, "lon": 1}]}),
        ),
        (
            "huge_numbers",
            '{"text": "Raqqa", "toponyms": [{"start": 0, "end": 5, "lat": 1e999, "lon": 1}]}',
        ),
        ("an_unknown_encoding", "<?xml version='1.0' encoding='nonsense'?><a/>"),
        (
            "a_bomb",
            '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><articles><article><text>&b;</text></article></articles>',
        ),
        ("nothing", ""),
        ("zeros", bytes(1_000)),
    ):
        yield refused(f"corpus_of_{name}", "evaluate", "c.xml", says=r"c\.xml", c_xml=content)
    for name, content in (
        ("depths", "[" * 200_000),
        ("nothing", ""),
        ("a_list", "[]"),
        ("zeros", bytes(1_000)),
    ):
        yield Case(
            name=f"index_description_of_{name}", kind="side inputs", files={"a.txt": ARTICLE, "g/index.json": content},
            args=("mentions", "a.txt", "--gazetteer", "./g", "-o", "out.jsonl"), exits=(2,),
        )  # fmt: skip
    yield Case(
        name="index_description_that_is_a_device", kind="side inputs", files={"a.txt": ARTICLE, "g/x": ""},
        prepare=lambda folder: (folder / "g/index.json").symlink_to(_ZERO),
        args=("mentions", "a.txt", "--gazetteer", "./g", "-o", "out.jsonl"), exits=(2,),
    )  # fmt: skip


def _archives() -> Iterator[Case]:
    """Yield archives that are damaged, or more than they seem."""
    plain = lines(*({"text": f"Bakery {n} in Raqqa reopened."} for n in range(1, 4))).encode()
    packed, found = gzip.compress(plain), tuple((f"a.jsonl.gz#{n}", "Raqqa") for n in (1, 2, 3))
    for name, content in (
        ("a_byte_too_many", packed + b"\n"),
        ("rubbish_at_the_end", packed + b"rubbish and more of it"),
        ("its_end_cut_off", packed[:-8]),
        ("its_last_byte_cut_off", packed[:-1]),
        ("a_wrong_sum", packed[:-8] + bytes(8)),
        ("a_wrong_length", packed[:-4] + b"\xff\xff\xff\xff"),
        ("a_second_one_that_is_cut", packed + packed[:6]),
    ):
        yield reading(
            f"archive_with_{name}", "gz", "a.jsonl.gz", content, found, rejected=1, says=("cannot be read to its end: the archive is",)
        )  # fmt: skip
    yield reading("archive_with_padding", "gz", "a.jsonl.gz", packed + bytes(10_000), found)
    more = tuple((f"a.jsonl.gz#{n}", "Raqqa") for n in range(1, 7))
    yield reading("archives_in_a_row", "gz", "a.jsonl.gz", packed + packed, more)
    for name, content in (
        ("a_text", ARTICLE.encode()), ("empty", b""), ("two_bytes", b"\x1f\x8b"), ("an_archive_of_nothing", gzip.compress(b"")),
        ("zlib", zlib.compress(plain)), ("packed_twice", gzip.compress(packed)), ("a_bomb", gzip.compress(bytes(200 << 20))),
    ):  # fmt: skip
        for file in ("a.txt.gz", "a.jsonl.gz"):
            yield reading(
                f"archive_that_is_{name}_as_{file.split(chr(46))[1]}", "gz", file, content, ()
            )
    yield Case(
        name="archives_behind_a_bad_one", kind="gz", files={"in/a.txt.gz": packed[:12], "in/b.txt.gz": gzip.compress(ARTICLE.encode())},
        args=("mentions", "in", "-o", "out.jsonl"), finds=of("b.txt.gz", NAMES), rejected=1,
    )  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    for part in (_archives, _folders, _names, _side_inputs):
        yield from part()

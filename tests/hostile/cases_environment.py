"""Hostile surroundings: locales, limits, variables, damaged caches, and names that would command a terminal or a page."""

from __future__ import annotations

import csv
import os
import re
from typing import TYPE_CHECKING

from geomap.gazetteer.build import build_index
from geomap.gazetteer.sources import SourcePlace
from tests.hostile.cases_kills import make_pipe, padded, wait_for
from tests.hostile.cases_outputs import ARTICLE, FINDS
from tests.hostile.frame import Case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.hostile.frame import Outcome

__all__ = ["cases"]

_COLD = {"cold": True, "megabytes": 2000, "seconds": 90.0}
_FILES = (
    "ends.marisa lineages.npy names.marisa place_names.bin place_names.npy places.npy posting_flags.npy posting_places.npy "
    "posting_places_above.npy postings_begins.npy postings_lengths.npy strings.bin strings.npy units.npy index.json"
).split()
#: what a terminal obeys: its title, the screen (in one byte of C1), a direction
_ESCAPES = "a\x1b]0;owned\x07\x9b2J\u202eb"
_SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def _locales() -> Iterator[Case]:
    """Yield the cases of locales that know no letters but those of ASCII."""
    settings = {
        "ascii": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        "posix": {"LC_ALL": "POSIX", "PYTHONUTF8": "0"},
        "latin1_streams": {"PYTHONIOENCODING": "latin-1"},
        "unknown": {"LC_ALL": "xx_XX.nothing"},
    }
    for name, env in settings.items():
        yield Case(
            name=f"locale_{name}_with_umlauts_in_names",
            kind="environment",
            env=env,
            files={"Köln.txt": ARTICLE},
            args=("mentions", "Köln.txt", "-o", "Zürich.jsonl"),
            output="Zürich.jsonl",
            finds=tuple(("Köln.txt", surface) for _, surface in FINDS),
            whole=("Zürich.jsonl",),
            **_COLD,
        )
    for command in (
        ("explain", "Köln.txt"),
        ("mentions", "Köln.txt"),
        ("gazetteer", "search", "Köln"),
    ):
        yield Case(
            name=f"locale_ascii_{command[0]}_to_standard_output",
            kind="environment",
            env=settings["ascii"],
            files={"Köln.txt": ARTICLE},
            args=command,
            check=_said_something,
            **_COLD,
        )
    yield Case(
        name="locale_ascii_map",
        kind="environment",
        env=settings["ascii"],
        files={"Köln.txt": "2019-03-21\n\nThe bakery in Köln and in الرقة reopened.\n"},
        args=("map", "Köln.txt", "-o", "Zürich.html", "--title", "Zürich"),
        whole=("Zürich.html",),
        **_COLD,
    )


def _said_something(outcome: Outcome) -> None:
    assert outcome.stdout, "nothing was written"


def _limits() -> Iterator[Case]:
    """Yield the cases of systems that are out of memory, files or room."""
    page = ("map", "a.txt", "-o", "out.html")
    table = ("mentions", "a.txt", "-o", "out.jsonl")
    for megabytes in (300, 400, 600, 900):
        for name, args in (("map", page), ("mentions", table)):
            yield Case(
                name=f"memory_{megabytes}_MB_{name}",
                kind="environment",
                files={"a.txt": ARTICLE},
                args=args,
                cold=True,
                megabytes=megabytes,
                exits=(0, 2),
                whole=(args[-1],),
                check=_one_line_where_failed,
                seconds=90.0,
                slow=megabytes in (400, 900),
            )
    for count in (16, 20, 24, 40):
        yield Case(
            name=f"only_{count}_open_files",
            kind="environment",
            files={"a.txt": ARTICLE},
            args=table,
            limits={"NOFILE": count},
            cold=True,  # a gazetteer that is open already holds more files than that
            exits=(0, 2),
            never=("damaged", "delete"),
            whole=("out.jsonl",),
            check=_one_line_where_failed,
        )
    yield Case(
        name="no_room_for_temporary_files",
        kind="environment",
        files={"a.jsonl": padded(100)},
        args=("mentions", "a.jsonl", "-o", "out.jsonl"),
        limits={"FSIZE": 1000},
        exits=(2,),
        says=("cannot",),
        whole=("out.jsonl",),
    )
    yield Case(
        name="no_folder_for_temporary_files",
        kind="environment",
        files={"a.txt": ARTICLE},
        args=("mentions", "a.txt", "-o", "out.jsonl"),
        env={"TMPDIR": "/nowhere"},
        exits=(0, 2),
        whole=("out.jsonl",),
    )
    yield Case(
        name="a_gazetteer_is_built_on_a_full_disk",
        kind="environment",
        script="from geomap.errors import GeomapError\n"
        "from geomap.gazetteer.build import build_index\n"
        "from geomap.gazetteer.sources import SourcePlace\n"
        "from pathlib import Path\n"
        "places = (SourcePlace(id='geonames:%d' % n, name='Mill', lat=1.0, lon=2.0, feature='PPL') for n in range(5000))\n"
        "try: build_index(places, Path('idx'), description={})\n"
        "except GeomapError as err: raise SystemExit(2 if 'cannot write the gazetteer index to idx' in str(err) else 3)",
        limits={"FSIZE": 20_000},
        exits=(2,),
        check=_nothing_new,
    )


def _one_line_where_failed(outcome: Outcome) -> None:
    lines = outcome.said.splitlines()
    if outcome.exit == 2:
        assert len(lines) == 1, f"{len(lines)} lines instead of one: {lines}"
        assert lines[0].startswith("geomap: error: "), lines


def _nothing_new(outcome: Outcome) -> None:
    assert set(outcome.after) == set(outcome.before), f"there are {sorted(outcome.after)}"


def _variables() -> Iterator[Case]:
    """Yield the cases of variables that say nonsense."""
    table = ("mentions", "a.txt", "-o", "out.jsonl")
    for value in ("yesterday", "1e400", "9" * 40, "-1e9", "nan"):
        yield Case(
            name=f"source_date_epoch_{re.sub('[^0-9a-z]', '_', value)[:12]}",
            kind="environment",
            files={"a.txt": ARTICLE},
            args=("map", "a.txt", "-o", "out.html"),
            env={"SOURCE_DATE_EPOCH": value},
            exits=(2,),
            says=("expected SOURCE_DATE_EPOCH as seconds since 1970",),
            whole=("out.html",),
        )
    for name, path in (("a_file", "a.txt"), ("a_device", "/dev/null"), ("below_a_file", "a.txt/x")):
        yield Case(
            name=f"cache_is_{name}",
            kind="environment",
            files={"a.txt": ARTICLE},
            args=table,
            env={"GEOMAP_CACHE": path},
            exits=(2,),
            says=("GEOMAP_CACHE",),
            whole=("out.jsonl",),
        )
        yield Case(
            name=f"gazetteers_are_{name}",
            kind="environment",
            files={"a.txt": ARTICLE},
            args=table,
            env={"GEOMAP_GAZETTEERS": path},
            exits=(0, 2),
            whole=("out.jsonl",),
        )
    yield Case(
        name="an_empty_environment",
        kind="environment",
        files={"a.txt": ARTICLE},
        args=table,
        env={"PATH": "", "LANG": "", "TERM": "", "TZ": "Nowhere/Nothing", "COLUMNS": "0"},
        finds=FINDS,
        **_COLD,
    )


def _make_index(folder: Path) -> None:
    places = [
        SourcePlace(
            id=f"geonames:{n}", name=f"Mill {n}", lat=n / 20, lon=2.0, feature="PPL", country="SY"
        )
        for n in range(1, 1500)
    ]
    build_index(places, folder / "idx", description={"source": "made up"})


def _make_index_and_pipe(folder: Path) -> None:
    _make_index(folder)
    make_pipe(folder)


def _then(act: Callable[[Path], None]) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        _make_index(folder)
        act(folder / "idx")

    return prepare


def _caches() -> Iterator[Case]:
    """Yield the cases of a gazetteer whose files are not what was built."""

    def turned(path: Path) -> None:
        held = bytearray(path.read_bytes())
        held[len(held) * 2 // 3] ^= 4
        path.write_bytes(held)

    def cut(path: Path) -> None:
        os.truncate(path, path.stat().st_size * 2 // 3)

    def folder(path: Path) -> None:
        path.unlink()
        path.mkdir()

    def endless(path: Path) -> None:
        path.unlink()
        path.symlink_to("/dev/zero")

    ways = {
        "turned": turned,
        "cut": cut,
        "missing": os.unlink,
        "a_folder": folder,
        "endless": endless,
    }
    for file in _FILES:
        for way, act in ways.items():
            yield Case(
                name=f"index_file_{file.replace('.', '_')}_is_{way}",
                kind="caches",
                files={"a.txt": "The bakery in Mill 7 reopened."},
                prepare=_then(lambda idx, act=act, file=file: act(idx / file)),
                args=("mentions", "a.txt", "--gazetteer", "./idx", "-o", "out.jsonl"),
                exits=(2,),
                says=(r"is damaged \(|holds no gazetteer|no gazetteer",),
                whole=("out.jsonl",),
                slow=way in ("missing", "a_folder") and file != "index.json",
            )
    for name, note in (("empty", b""), ("nonsense", b"[1, 2"), ("binary", bytes(range(256)))):
        yield Case(
            name=f"note_of_what_was_verified_is_{name}",
            kind="caches",
            files={"a.txt": "The bakery in Mill 7 reopened."},
            prepare=_then(lambda idx, note=note: (idx / "verified.json").write_bytes(note)),
            args=("mentions", "a.txt", "--gazetteer", "./idx", "-o", "out.jsonl"),
            finds=(("a.txt", "Mill 7"),),
        )
    for file in ("names.marisa", "places.npy", "posting_places.npy", "place_names.bin"):
        yield Case(
            name=f"index_file_{file.replace('.', '_')}_is_cut_during_a_run",
            kind="caches",
            prepare=_make_index_and_pipe,
            streams={0: "pipe"},
            args=("mentions", "-", "--no-stories", "--gazetteer", "./idx", "-o", "out.jsonl"),
            during=_cutting(file),
            exits=(2,),
            says=("was changed while it was in use|was cut short while it was in use",),
            whole=("out.jsonl",),
        )
    yield Case(
        name="a_mapped_file_is_cut_while_it_is_read",
        kind="caches",
        prepare=_make_index,
        script="import os; from pathlib import Path\n"
        "from geomap.runtime.atomic import UNFINISHED, atomic_writer\n"
        "from geomap.gazetteer import open_gazetteer\n"
        "from geomap.runtime.interrupts import end_where_files_are_cut\n"
        "end_where_files_are_cut(UNFINISHED)\n"
        "index = open_gazetteer(Path('idx'))\n"
        "with atomic_writer('out.jsonl') as file:\n"
        "    os.truncate('idx/places.npy', 0)\n"
        "    print([index.place(row) for row in range(len(index))])\n",
        exits=(2,),
        says=("^geomap: error: a file was cut short while it was in use",),
        whole=("out.jsonl",),
    )
    yield Case(
        name="an_index_of_another_format",
        kind="caches",
        files={"idx/index.json": '{"format": 1}'},
        args=("gazetteer", "info", "--gazetteer", "./idx"),
        exits=(2,),
        says=("has format 1, this version reads",),
    )


def _cutting(file: str) -> Callable[[int, Path], None]:
    """Return what cuts a file of the index while a run waits for more articles."""

    def during(pid: int, folder: Path) -> None:  # noqa: ARG001
        with (folder / "pipe").open("wb", buffering=0) as pipe:
            text = b'{"text": "The bakery in Mill 7 and in Mill 1400 reopened."}\n'
            pipe.write(text * 3000)
            wait_for(lambda: any(path.stat().st_size for path in folder.glob(".out*")))
            os.truncate(folder / "idx" / file, 100)
            try:
                pipe.write(text * 3000)
            except BrokenPipeError:
                return

    return during


def _injection() -> Iterator[Case]:
    """Yield the cases of names that would command a terminal, a spreadsheet or a page."""
    escaped = f"{_ESCAPES}.txt"
    commands = {
        "missing": ("mentions", _ESCAPES),
        "bad_suffix": ("mentions", f"{_ESCAPES}.xyz"),
        "output": ("mentions", escaped, "-o", f"{_ESCAPES}.csv"),
        "output_suffix": ("export", escaped, "-o", f"x.{_ESCAPES}"),
        "output_folder": ("export", escaped, "-o", f"{escaped}/x.csv"),
        "map": ("map", escaped, "-o", f"{_ESCAPES}.html"),
        "explain": ("explain", escaped),
        "explain_text": ("explain", f"Raqqa {_ESCAPES} is a town."),
        "corrections": ("mentions", escaped, "--corrections", _ESCAPES),
        "basemap": ("map", escaped, "--basemap", _ESCAPES),
        "gazetteer": ("mentions", escaped, "--gazetteer", _ESCAPES),
        "option": ("mentions", f"--{_ESCAPES}"),
        "command": (_ESCAPES,),
        "value": ("mentions", escaped, "--crawled", _ESCAPES),
        "column": ("mentions", escaped, "--column", _ESCAPES),
        "kind": ("mentions", escaped, "--kind", _ESCAPES),
        "tiles": ("map", escaped, "--tiles", _ESCAPES),
        "lang": ("map", escaped, "-o", "x.html", "--lang", _ESCAPES),
        "search": ("gazetteer", "search", _ESCAPES),
        "show": ("gazetteer", "show", _ESCAPES),
        "use": ("gazetteer", "use", _ESCAPES),
        "remove": ("gazetteer", "remove", _ESCAPES, "--yes"),
        "check": ("gazetteer", "check", _ESCAPES),
        "check_file": ("gazetteer", "check", escaped),
        "suggest": ("gazetteer", "suggest", escaped),
        "build": ("gazetteer", "build", "-o", _ESCAPES, "--add", _ESCAPES),
        "evaluate": ("evaluate", _ESCAPES),
        "train": ("train", _ESCAPES),
        "geocoder": ("mentions", escaped, "--geocoder", _ESCAPES),
    }
    for name, args in commands.items():
        yield Case(
            name=f"control_codes_in_{name}",
            kind="injection",
            files={escaped: f"2019-03-21\n\nRaqqa {_ESCAPES} reopened. Nowhereville too."},
            args=args,
            exits=(0, 1, 2) if name == "remove" else (0, 2),
            seconds=30.0,
        )
    formulas = "".join(
        f'{{"id": "{start}1+1", "title": "{start}cmd", "source": "{start}x", "text": "Raqqa reopened."}}\n'
        for start in ("=", "+", "-", "@")
    )
    yield Case(
        name="formulas_in_every_cell_of_a_table",
        kind="injection",
        files={"a.jsonl": formulas},
        args=("mentions", "a.jsonl", "-o", "out.csv"),
        check=_runs_no_formula,
    )
    texts = f'{{"id": "{_SCRIPT}", "title": "{_SCRIPT}", "source": "{_SCRIPT}", "url": "javascript:alert(1)", "text": "Raqqa {_SCRIPT} reopened."}}\n'
    pages = {
        "map": (
            "map",
            "a.jsonl",
            "-o",
            "out.html",
            "--title",
            _SCRIPT,
            "--subtitle",
            _SCRIPT,
            "--credit",
            _SCRIPT,
        ),
        "full_map": ("map", "a.jsonl", "-o", "out.html", "--text", "full"),
        "explanation": ("explain", "a.jsonl", "--html", "out.html"),
    }
    for name, args in pages.items():
        yield Case(
            name=f"scripts_in_every_field_of_a_{name}",
            kind="injection",
            files={"a.jsonl": texts.encode()},
            args=args,
            whole=("out.html",),
            check=_holds_no_script,
        )


def _runs_no_formula(outcome: Outcome) -> None:
    rows = list(csv.DictReader(outcome.after["out.csv"].decode().splitlines()))
    assert len(rows) == 4, f"{len(rows)} rows"
    for row in rows:
        for column, cell in row.items():
            is_number = re.fullmatch(r"-?[\d.]+", cell)
            assert is_number or not cell.startswith(("=", "+", "-", "@")), f"{column} is {cell!r}"


def _holds_no_script(outcome: Outcome) -> None:
    page = outcome.after["out.html"]
    for bad in (b"<script>alert", b"<img src=x", b'href="javascript:'):
        assert bad not in page, f"the page holds {bad!r}"


def cases() -> Iterator[Case]:
    """Yield the cases."""
    yield from _locales()
    yield from _limits()
    yield from _variables()
    yield from _caches()
    yield from _injection()

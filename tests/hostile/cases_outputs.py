"""Outputs that cannot be written, or must not be."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.hostile.frame import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.hostile.frame import Outcome

__all__ = ["ARTICLE", "FINDS", "article_lines", "cases"]

ARTICLE = "2019-03-21\n\nThe bakery in Raqqa, Syria, reopened.\n"
FINDS = (("a.txt", "Raqqa"), ("a.txt", "Syria"))
#: a table of articles, which is at once an input that must not be lost
TABLE = "id,text\na,The bakery in Raqqa reopened.\n"
_FORMATS = (".csv", ".jsonl", ".parquet", ".geojson")
_LOST = "is one of the inputs, and would be lost"


def article_lines(count: int) -> str:
    """Return JSON lines of articles that differ."""
    return "".join(
        f'{{"id": "{n}", "text": "Bakery {n} in Raqqa reopened."}}\n' for n in range(count)
    )


def _kept(*names: str):
    """Return a check that files are as before."""

    def check(outcome: Outcome) -> None:
        for name in names:
            assert outcome.after.get(name) == outcome.before[name], f"{name} is not as before"

    return check


def _inputs_as_outputs() -> Iterator[Case]:
    """Yield the cases whose output is an input."""

    def refused(name: str, *args: str, files: dict[str, str] | None = None, **more: object) -> Case:
        held = files or {"in/a.csv": TABLE}
        return Case(
            name=f"output_is_{name}",
            kind="outputs",
            files=held,
            args=args,
            exits=(2,),
            says=(_LOST,),
            check=_kept(*held),
            **more,
        )

    yield refused("the_input", "mentions", "in/a.csv", "-o", "in/a.csv")
    yield refused("the_input_by_another_path", "mentions", "in/a.csv", "-o", "in/../in/./a.csv")
    yield refused("in_the_folder", "mentions", "in", "-o", "in/a.csv")
    yield refused("matched_by_the_pattern", "mentions", "in/*.csv", "-o", "in/a.csv")
    yield refused("the_input_of_export", "export", "in/a.csv", "-o", "in/a.csv")
    yield refused(
        "the_page_that_is_read",
        *("map", "in", "-o", "in/a.html"),
        files={"in/a.html": f"<p>{ARTICLE}</p>"},
    )
    yield refused(
        "the_page_that_is_explained",
        *("explain", "in/a.html", "--html", "in/a.html"),
        files={"in/a.html": f"<p>{ARTICLE}</p>"},
    )
    yield refused("what_suggest_reads", "gazetteer", "suggest", "in/a.csv", "-o", "in/a.csv")
    yield refused(
        "the_corrections",
        *("mentions", "a.txt", "--corrections", "c.csv", "-o", "c.csv"),
        files={"a.txt": ARTICLE, "c.csv": "scope,action,surface\neverywhere,not_a_place,Raqqa\n"},
    )
    yield refused(
        "the_base_map",
        *("map", "a.txt", "--basemap", "b.html", "-o", "b.html"),
        files={"a.txt": ARTICLE, "b.html": '{"type": "FeatureCollection", "features": []}'},
    )
    yield refused(
        "the_corpus",
        *("evaluate", "c.jsonl", "--errors", "c.jsonl"),
        files={"c.jsonl": '{"id": "1", "text": "Raqqa", "toponyms": []}\n'},
    )
    yield refused(
        "a_link_to_the_input",
        *("mentions", "in/a.csv", "-o", "link.csv"),
        prepare=lambda folder: (folder / "link.csv").symlink_to("in/a.csv"),
    )
    yield refused(
        "a_hard_link_to_the_input",
        *("mentions", "in/a.csv", "-o", "link.csv"),
        prepare=lambda folder: os.link(folder / "in/a.csv", folder / "link.csv"),
    )
    yield refused(
        "an_input_behind_a_link",
        *("mentions", "linked", "-o", "in/a.csv"),
        prepare=lambda folder: (folder / "linked").symlink_to("in"),
    )
    yield Case(
        name="output_is_what_standard_input_reads",
        kind="outputs",
        files={"a.jsonl": article_lines(1)},
        args=("mentions", "-", "-o", "a.jsonl"),
        streams={0: "a.jsonl"},
        exits=(2,),
        says=(_LOST,),
        check=_kept("a.jsonl"),
    )
    yield Case(
        name="standard_output_is_the_input",
        kind="outputs",
        files={"a.jsonl": ""},
        args=("mentions", "a.jsonl"),
        streams={1: "a.jsonl"},
        exits=(2,),
        says=(_LOST,),
    )
    yield Case(
        name="a_table_of_an_earlier_run_in_the_folder",
        kind="outputs",
        files={
            "in/a.txt": ARTICLE,
            "in/out.csv": "article_id,title,source,url,lang,start,end,surface\n",
        },
        args=("mentions", "in", "-o", "in/out.csv"),
        output="in/out.csv",
        finds=FINDS,
    )
    yield Case(
        name="a_page_of_an_earlier_run_in_the_folder",
        kind="outputs",
        files={
            "in/a.txt": ARTICLE,
            "in/map.html": '<html><meta name="generator" content="geomap">',
        },
        args=("map", "in", "-o", "in/map.html"),
        whole=("in/map.html",),
        check=_is_page,
    )


def _is_page(outcome: Outcome) -> None:
    size = len(outcome.after["in/map.html"])
    assert size > 100_000, f"the page has {size} bytes"


def _names() -> Iterator[Case]:
    """Yield the cases whose output has a hostile name."""
    folders = {f"folder{suffix}/x": "x" for suffix in (*_FORMATS, ".html")}
    for suffix in (*_FORMATS, ".html"):
        page = suffix == ".html"
        command = "map" if page else "export"
        bad = "bad.jsonl"  # what is read would be told: the output is noticed first
        files = {"bad.jsonl": "{\n", **folders}
        kind = suffix[1:]
        yield Case(
            name=f"output_is_a_folder_{kind}",
            kind="outputs",
            files=files,
            args=(command, bad, "-o", f"folder{suffix}"),
            exits=(2,),
            says=("cannot write folder.*it is a folder; name a file in it",),
            never=("rejected",),
        )
        yield Case(
            name=f"output_has_a_name_of_300_bytes_{kind}",
            kind="outputs",
            files=files,
            args=(command, bad, "-o", "x" * 300 + suffix),
            exits=(2,),
            says=("cannot write xxx.*File name too long",),
            never=("rejected",),
        )
        yield Case(
            name=f"output_has_a_name_of_255_bytes_{kind}",
            kind="outputs",
            files={"a.txt": ARTICLE},
            args=(command, "a.txt", "-o", "é" * ((255 - len(suffix)) // 2) + suffix),
            check=lambda outcome: _written(outcome, 2),
        )
        yield Case(
            name=f"output_below_a_file_{kind}",
            kind="outputs",
            files=files,
            args=(command, bad, "-o", f"bad.jsonl/out{suffix}"),
            exits=(2,),
            says=("cannot write bad.jsonl/out.*Not a directory",),
            never=("rejected",),
        )
        yield Case(
            name=f"output_is_a_full_disk_{kind}",
            kind="outputs",
            files={"a.txt": ARTICLE},
            args=(command, "a.txt", "-o", f"out{suffix}"),
            limits={"FSIZE": 100},
            exits=(2,),
            says=(f"cannot write out{suffix}: File too large",),
            whole=(f"out{suffix}",),
        )
        yield Case(
            name=f"output_is_a_full_device_{kind}",
            kind="outputs",
            files={"a.txt": ARTICLE},
            prepare=lambda folder, suffix=suffix: (folder / f"out{suffix}").symlink_to("/dev/full"),
            args=(command, "a.txt", "-o", f"out{suffix}"),
            exits=(2,),
            says=(f"cannot write out{suffix}: No space left on device",),
        )
        yield Case(
            name=f"output_is_a_link_{kind}",
            kind="outputs",
            files={"a.txt": ARTICLE, f"real{suffix}": "older"},
            prepare=lambda folder, suffix=suffix: (folder / f"out{suffix}").symlink_to(
                f"real{suffix}"
            ),
            args=(command, "a.txt", "-o", f"out{suffix}"),
            check=lambda outcome, suffix=suffix: _linked(outcome, suffix),
        )
        yield Case(
            name=f"output_is_a_link_to_nothing_{kind}",
            kind="outputs",
            files={"a.txt": ARTICLE},
            prepare=lambda folder, suffix=suffix: (folder / f"out{suffix}").symlink_to(
                f"real{suffix}"
            ),
            args=(command, "a.txt", "-o", f"out{suffix}"),
            check=lambda outcome, suffix=suffix: _linked(outcome, suffix),
        )
        yield Case(
            name=f"output_has_the_usual_mode_{kind}",
            kind="outputs",
            script="import os, sys; os.umask(0o027); import geomap.__main__ as m; "
            f"sys.argv = ['geomap', '{command}', 'a.txt', '-o', 'out{suffix}']; m.main()",
            files={"a.txt": ARTICLE},
            check=lambda outcome, suffix=suffix: _has_mode(outcome, f"out{suffix}", 0o640),
        )
        yield Case(
            name=f"output_replaces_one_only_when_whole_{kind}",
            kind="outputs",
            files={"a.txt": ARTICLE, "a.jsonl": "{\n", f"out{suffix}": "older"},
            args=(command, "a.txt", "a.jsonl", "--strict", "-o", f"out{suffix}"),
            exits=(2,),
            says=("a.jsonl",),
            whole=(f"out{suffix}",),
        )
    yield Case(
        name="output_has_a_nul_in_its_name",
        kind="outputs",
        script="import geomap\ntry: geomap.write_csv([], 'a\\0b.csv')\n"
        "except geomap.OutputError as err: print(str(err).replace('\\0', '0'))",
        check=lambda outcome: _same(outcome.stdout, b"cannot write a0b.csv: embedded null byte\n"),
    )
    yield Case(
        name="output_of_an_unknown_format",
        kind="outputs",
        files={"bad.jsonl": "{\n"},
        args=("export", "bad.jsonl", "-o", "out.xyz"),
        exits=(2,),
        says=("cannot tell the format of 'out.xyz'",),
        never=("rejected",),
    )
    yield Case(
        name="output_is_an_empty_name",
        kind="outputs",
        files={"a.txt": ARTICLE},
        args=("export", "a.txt", "-o", ""),
        exits=(2,),
        says=("it is a folder; name a file in it",),
    )
    yield Case(
        name="output_ends_with_a_slash",
        kind="outputs",
        files={"a.txt": ARTICLE},
        args=("export", "a.txt", "-o", "new.csv/"),
        exits=(2,),
        says=("cannot write new.csv/: it ends like a folder",),
    )
    yield Case(
        name="output_is_a_loop_of_links",
        kind="outputs",
        files={"a.txt": ARTICLE},
        prepare=lambda folder: (folder / "out.csv").symlink_to("out.csv"),
        args=("mentions", "a.txt", "-o", "out.csv"),
        exits=(2,),
        says=("cannot write out.csv: Too many levels of symbolic links",),
    )
    yield Case(
        name="output_in_folders_to_be_made",
        kind="outputs",
        files={"a.txt": ARTICLE},
        args=("mentions", "a.txt", "-o", "new/and/deeper/out.jsonl"),
        output="new/and/deeper/out.jsonl",
        finds=FINDS,
    )
    yield Case(
        name="output_in_a_path_of_5000_bytes",
        kind="outputs",
        files={"a.txt": ARTICLE},
        args=("mentions", "a.txt", "-o", "/".join(["d" * 200] * 25) + "/out.jsonl"),
        exits=(2,),
        says=("cannot write d+/.*File name too long",),
        check=lambda outcome: _written(outcome, 1),
    )
    yield Case(
        name="output_is_a_device",
        kind="outputs",
        files={"a.txt": ARTICLE},
        prepare=lambda folder: (folder / "out.csv").symlink_to(os.devnull),
        args=("mentions", "a.txt", "-o", "out.csv"),
    )
    yield Case(
        name="demo_over_a_file",
        kind="outputs",
        files={"demo": "x"},
        args=("demo", "-o", "demo"),
        exits=(2,),
        says=("cannot write demo/",),
        check=_kept("demo"),
    )


def _same(found: object, wanted: object) -> None:
    assert found == wanted, f"{found!r} instead of {wanted!r}"


def _written(outcome: Outcome, count: int) -> None:
    assert len(outcome.after) == count, f"there are {sorted(outcome.after)}"


def _linked(outcome: Outcome, suffix: str) -> None:
    assert outcome.links == {f"out{suffix}": f"real{suffix}"}, "the link was replaced"
    assert outcome.after[f"real{suffix}"] not in (b"", b"older"), "the file behind is not new"


def _has_mode(outcome: Outcome, name: str, wanted: int) -> None:
    found = outcome.modes[name]
    assert found == wanted, f"{name} has the mode {found:o} instead of {wanted:o}"


def _streams() -> Iterator[Case]:
    """Yield the cases whose standard streams are closed or full."""
    files = {"a.txt": ARTICLE}
    texts = {
        "mentions": ("mentions", "a.txt"),
        "explain": ("explain", "a.txt"),
        "help": ("--help",),
        "version": ("--version",),
        "info": ("gazetteer", "info"),
        "search": ("gazetteer", "search", "Raqqa", "--json"),
        "show": ("gazetteer", "show", "geonames:172955"),
        "list": ("gazetteer", "list"),
        "check": ("gazetteer", "check"),
        "suggest": ("gazetteer", "suggest", "a.txt"),
    }
    for name, args in texts.items():
        yield Case(
            name=f"stdout_is_full_{name}",
            kind="outputs",
            files=files,
            args=args,
            streams={1: "/dev/full"},
            exits=(2,),
            says=("geomap: error: .*No space left on device",),
        )
    for name in ("mentions", "explain", "search"):
        yield Case(
            name=f"stdout_is_closed_{name}",
            kind="outputs",
            files=files,
            args=texts[name],
            streams={1: ""},
            cold=True,
            megabytes=1500,
            exits=(2,),
            says=("geomap: error: cannot write to standard output: it is closed",),
        )
    yield Case(
        name="stdout_is_closed_but_a_file_is_written",
        kind="outputs",
        files=files,
        args=("mentions", "a.txt", "-o", "out.jsonl"),
        streams={1: ""},
        cold=True,
        megabytes=1500,
        finds=FINDS,
    )
    yield Case(
        name="stderr_is_closed",
        kind="outputs",
        files=files,
        args=("mentions", "a.txt", "-o", "out.jsonl"),
        streams={2: ""},
        cold=True,
        megabytes=1500,
        finds=FINDS,
    )
    yield Case(
        name="stderr_is_closed_and_there_is_an_error",
        kind="outputs",
        args=("mentions", "nothing.txt", "-o", "out.jsonl"),
        streams={2: ""},
        cold=True,
        megabytes=1500,
        exits=(2,),
    )
    yield Case(
        name="stderr_is_full",
        kind="outputs",
        files=files,
        args=("mentions", "a.txt", "-o", "out.jsonl"),
        streams={2: "/dev/full"},
        finds=FINDS,
    )
    yield Case(
        name="everything_is_closed",
        kind="outputs",
        files=files,
        args=("mentions", "a.txt", "-o", "out.jsonl"),
        streams={0: "", 1: "", 2: ""},
        cold=True,
        megabytes=1500,
        finds=FINDS,
    )
    yield Case(
        name="stdin_is_closed_and_read",
        kind="outputs",
        args=("mentions", "-", "-o", "out.jsonl"),
        streams={0: ""},
        cold=True,
        megabytes=1500,
        exits=(2,),
        says=("standard input is closed",),
        whole=("out.jsonl",),
    )
    yield Case(
        name="stdin_is_closed_and_not_read",
        kind="outputs",
        files=files,
        args=("mentions", "a.txt", "-o", "out.jsonl"),
        streams={0: ""},
        cold=True,
        megabytes=1500,
        finds=FINDS,
    )


def cases() -> Iterator[Case]:
    """Yield the cases."""
    yield Case(
        name="an_article",
        kind="outputs",
        files={"a.txt": ARTICLE},
        args=("mentions", "a.txt", "-o", "out.jsonl"),
        finds=FINDS,
        rejected=0,
        whole=("out.jsonl",),
    )
    yield from _inputs_as_outputs()
    yield from _names()
    yield from _streams()

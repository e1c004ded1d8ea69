"""Articles that are hostile: in their encodings, as JSON, as tables, as pages."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from tests.hostile.frame import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ARTICLE", "NAMES", "cases", "lines", "of", "reading"]

ARTICLE = "The bakery in Raqqa, Syria, reopened."
NAMES = ("Raqqa", "Syria")
_ARABIC = "قالت مصادر محلية إن القوات دخلت مدينة الرقة شمال سوريا بعد معارك عنيفة."
_RUSSIAN = "Жители вернулись в Алеппо, и рынок снова открылся в среду, сказал мэр города."
_FRENCH = "Les habitants sont revenus à Besançon, où le marché a rouvert près de la frontière."
_KURDISH = "Bazara Kobanê û Qamişloyê dîsa vebû, şahidan got."
_TEXTS = {
    "arabic": (_ARABIC, ("الرقة", "سوريا")),
    "russian": (_RUSSIAN, ("Алеппо",)),
    "latin": (ARTICLE, NAMES),
}
#: what a page needs to be taken for one with an article
_FILLING = "<p>Nobody knew when it had been built, or by whom, or what for.</p>" * 3
_NOTHING = "no article could be read"


def lines(*records: object) -> str:
    """Return JSON lines; what is text already stays as it is."""
    return "".join(
        (item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)) + "\n"
        for item in records
    )


def reading(
    name: str,
    kind: str,
    file: str,
    content: bytes | str,
    finds: tuple[tuple[str, str], ...] | None,
    **more: Any,
) -> Case:
    """Return the case of reading one file; where nothing is found in it, it must be refused."""
    settings: dict[str, Any] = {
        "files": {file: content},
        "args": ("mentions", file, "-o", "out.jsonl"),
        "finds": finds,
        "rejected": 0,
    }
    if finds == ():
        settings |= {"finds": None, "exits": (2,), "says": (_NOTHING,), "rejected": None}
    return Case(name=name, kind=kind, **settings | more)


def of(article: str, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the mentions of some names in an article."""
    return tuple((article, name) for name in names)


def _first_and_last(file: str, middle: int = 1) -> tuple[tuple[str, str], ...]:
    return (*of(f"{file}#1", NAMES), *of(f"{file}#{middle + 2}", NAMES))


def _encoded() -> Iterator[Case]:
    """Yield texts in the encodings that there are."""
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):  # fmt: skip
        for language, (text, names) in _TEXTS.items():
            yield reading(
                f"{language}_in_{encoding}", "encodings", "a.txt", text.encode(encoding), of("a.txt", names)
            )  # fmt: skip
    for encoding, text, names in (
        ("cp1256", _ARABIC, ("الرقة", "سوريا")),
        ("cp1251", _RUSSIAN, ("Алеппо",)),
        ("koi8-r", _RUSSIAN, ("Алеппо",)),
        ("cp1252", _FRENCH, ("Besançon",)),
    ):
        yield reading(
            f"in_{encoding}",
            "encodings",
            "a.txt",
            text.encode(encoding),
            of("a.txt", names),
            says=("the encoding of 1 article was guessed",),
        )


def _stray() -> Iterator[Case]:
    """Yield texts with a few bad bytes."""
    said = ("1 record read in spite of bad bytes", r"became U\+FFFD, at byte \d+")
    start, end = _ARABIC[:4].encode(), _ARABIC[4:].encode()
    names = ("الرقة", "سوريا")
    for label, stray in (
        ("ff", b"\xff"), ("80", b"\x80"), ("c0_80", b"\xc3"), ("e9", b"\xe9"), ("cut_emoji", b"\xf0\x9f\x98"),
    ):  # fmt: skip
        text = start + stray + end
        yield reading(
            f"stray_{label}_in_a_text", "encodings", "a.txt", text, of("a.txt", names), says=said
        )
    text = start + b"\xff" + end
    for file, content, article in (
        ("a.jsonl", b'{"text": "%s"}\n' % text, "a.jsonl#1"),
        ("a.csv", b"id,text\n1,%s\n" % text, "1"),
        ("a.tsv", b"id\ttext\n1\t%s\n" % text, "1"),
        ("a.txt.gz", gzip.compress(text), "a.txt.gz"),
        ("a.html", b"<html><body><article><p>%s</p>" % text + _FILLING.encode(), "a.html"),
    ):
        yield reading(
            f"stray_byte_in_{file.replace(chr(46), chr(95))}",
            "encodings",
            file,
            content,
            of(article, names),
            says=said,
        )
    both = start + b"\xff\xfe" + end + b"\xff"
    yield reading(
        "stray_bytes_many", "encodings", "a.txt", both, of("a.txt", names),
        says=(r"3 byte sequences are not UTF-8 and became U\+FFFD, the first at byte 8",),
    )  # fmt: skip
    yield reading(
        "stray_byte_behind_a_mark", "encodings", "a.txt", b"\xef\xbb\xbf" + text, of("a.txt", names), says=said
    )  # fmt: skip
    yield reading(
        "stray_byte_when_strict", "encodings", "a.txt", text, None,
        args=("mentions", "a.txt", "--strict", "-o", "out.jsonl"), exits=(2,), says=("reading is strict",), rejected=None,
    )  # fmt: skip
    yield reading(
        "overlong_and_surrogates", "encodings", "a.txt", start + b"\xc0\xaf\xed\xa0\x80" + end, of("a.txt", names),
        says=("byte sequences are not UTF-8",),
    )  # fmt: skip


def _cut() -> Iterator[Case]:
    """Yield texts that end within a character, or hold no characters."""
    said = ("it ends within a character, at byte",)
    cut = "Жители вернулись в Алеппо, и рынок открылся"
    for encoding in ("utf-8", "utf-16", "utf-16-be", "utf-32"):
        content = cut.encode(encoding)[:-1]
        yield reading(
            f"cut_within_a_character_of_{encoding}",
            "encodings",
            "a.txt",
            content,
            (("a.txt", "Алеппо"),),
            says=said,
        )
    half = _RUSSIAN.encode("utf-16-le")
    yield reading(
        "half_a_character_in_utf-16", "encodings", "a.txt", b"\xff\xfe" + half[:20] + b"\x00\xd8" + half[20:], (("a.txt", "Алеппо"),),
        says=("1 byte sequence is not UTF-16-LE",),
    )  # fmt: skip
    for name, content in (
        ("empty", b""), ("only_a_mark", b"\xef\xbb\xbf"), ("only_spaces", b" \r\n\t"), ("zeros", bytes(5_000)),
        ("a_picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20), ("a_zero_in_a_text", b"In Raqqa \0 and Aleppo"),
    ):  # fmt: skip
        for file in ("a.txt", "a.html"):
            yield reading(f"{name}_as_{file[2:]}", "encodings", file, content, ())
    mixed = lines({"text": ARTICLE}).encode() + lines({"text": _FRENCH}).encode("cp1252") + lines({"text": _KURDISH}).encode()  # fmt: skip
    yield reading(
        "lines_in_two_encodings", "encodings", "a.jsonl", mixed,
        (*of("a.jsonl#1", NAMES), ("a.jsonl#3", "Kobanê"), ("a.jsonl#3", "Qamişloyê")), rejected=1, says=("undecodable bytes",),
    )  # fmt: skip
    for charset in (
        "utf-16",
        "utf-7",
        "cp037",
        "punycode",
        "unicode_escape",
        "idna",
        "nonsense",
        "hex",
    ):
        page = f'<html><head><meta charset="{charset}"></head><body><article><p>{_FRENCH}</p>{_FILLING}</article>'
        yield reading(
            f"page_that_says_{charset}",
            "encodings",
            "a.html",
            page.encode("cp1252"),
            of("a.html", ("Besançon",)),
        )
    mark = "\ufeff"
    yield reading(
        "marks_within_a_file", "encodings", "a.jsonl", mark + lines({"text": ARTICLE}) + mark + lines({"text": ARTICLE}),
        (*of("a.jsonl#1", NAMES), *of("a.jsonl#2", NAMES)),
    )  # fmt: skip


_BAD_JSON = {
    "a_brace": "{",
    "a_list": "[1]",
    "a_number": "5",
    "null": "null",
    "no_text": '{"title": "x"}',
    "text_null": '{"text": null}',
    "text_number": '{"text": 5}',
    "text_list": '{"text": ["In Raqqa."]}',
    "text_empty": '{"text": ""}',
    "text_spaces": '{"text": " \\n"}',
    "text_with_zero": '{"text": "In Raqqa\\u0000."}',
    "half_a_character": '{"text": "In Raqqa \\ud800."}',
    "nested": "[" * 100_000,
    "nested_objects": '{"a":' * 100_000,
    "a_comma_too_many": '{"text": "In Raqqa.",}',
    "single_quotes": "{'text': 'In Raqqa.'}",
    "raw_control_codes": '{"text": "In\x01Raqqa"}',
    "a_raw_return": '{"text": "In\rRaqqa"}',
    "two_in_a_line": '{"text": "In Raqqa."}{"text": "In Homs."}',
    "a_number_of_5000_digits": '{"text": "In Raqqa.", "id": NaN, "a": %s}' % ("9" * 5_000),
    "spans_too_far": '{"text": "Raqqa", "spans": [[0, 99]]}',
    "spans_reversed": '{"text": "Raqqa", "spans": [[3, 1]]}',
    "spans_of_text": '{"text": "Raqqa", "spans": [["0", "5"]]}',
    "spans_of_truth": '{"text": "Raqqa", "spans": [[false, true]]}',
    "spans_deep": '{"text": "Raqqa", "spans": [[[0], 5]]}',
}
_ODD_JSON = {
    "nan": '{"text": "%s", "title": NaN, "lat": -Infinity}',
    "odd_types": '{"text": "%s", "title": [], "url": {}, "source": 1.5, "lang": false, "date": {}, "id": []}',
    "odd_numbers": '{"text": "%s", "date": 1e300, "id": true, "title": 1e999}',
    "the_same_key_twice": '{"text": "In Rome.", "text": "%s"}',
    "a_key_of_a_megabyte": '{"text": "%s", "' + "k" * 1_000_000 + '": 1}',
    "an_address_of_a_megabyte": '{"text": "%s", "url": "https://a.example/'
    + "u" * 1_000_000
    + '"}',
    "a_title_of_a_megabyte": '{"text": "%s", "title": "' + "t" * 1_000_000 + '"}',
    "a_date_of_a_megabyte": '{"text": "%s", "date": "' + "1" * 1_000_000 + '"}',
    "dates_that_are_none": '{"text": "%s", "date": "99/99/9999"}',
    "many_keys": '{"text": "%s"' + "".join(f', "k{n}": {n}' for n in range(50_000)) + "}",
    "a_return_between": '{"text":\r "%s"}',
}


def _json() -> Iterator[Case]:
    good = {"text": ARTICLE}
    for name, bad in _BAD_JSON.items():
        yield reading(
            f"json_{name}",
            "JSON",
            "a.jsonl",
            lines(good, bad, good),
            _first_and_last("a.jsonl"),
            rejected=1,
        )
    for name, odd in _ODD_JSON.items():
        finds = tuple(pair for n in (1, 2, 3) for pair in of(f"a.jsonl#{n}", NAMES))
        yield reading(
            f"json_with_{name}", "JSON", "a.jsonl", lines(good, odd % ARTICLE, good), finds
        )
    both = (*of("a.jsonl#1", NAMES), *of("a.jsonl#2", NAMES))
    for name, end in (("returns", "\r"), ("both", "\r\n"), ("empty_lines", "\n\r\n\n")):
        yield reading(
            f"json_lines_that_end_in_{name}",
            "JSON",
            "a.jsonl",
            lines(good, good).replace("\n", end),
            both,
        )
    yield reading(
        "json_without_a_last_line_end", "JSON", "a.jsonl", lines(good, good).rstrip("\n"), both
    )
    for name, content in (
        ("a_whole_list", json.dumps([good] * 3)),
        ("empty", ""),
        ("of_empty_lines", "\n" * 10_000),
    ):
        yield reading(f"json_file_{name}", "JSON", "a.jsonl", content, ())
    yield reading(
        "json_ids_that_repeat", "JSON", "a.jsonl", lines({"id": "a", **good}, {"id": "a", **good}, {"id": "a~2", **good}),
        (*of("a", NAMES), *of("a~2", NAMES), *of("a~2~2", NAMES)),
    )  # fmt: skip
    yield reading(
        "json_id_of_a_megabyte", "JSON", "a.jsonl", lines({"id": "i" * 1_000_000, **good}), of("i" * 500, NAMES)
    )  # fmt: skip
    for name, stdin, finds in (
        ("lines", lines(good).encode(), of("stdin#1", NAMES)),
        ("a_text", ARTICLE.encode(), of("stdin", NAMES)),
        ("wide_lines", lines(good).encode("utf-16"), of("stdin#1", NAMES)),
        ("nothing", b"", ()),
    ):
        yield reading(
            f"standard_input_of_{name}",
            "JSON",
            "x.txt",
            "",
            finds,
            stdin=stdin,
            args=("mentions", "-", "-o", "out.jsonl"),
        )
    yield reading(
        "json_line_longer_than_any", "JSON", "a.jsonl", lines(good, '{"text": "' + "x" * (65 << 20) + '"}', good),
        _first_and_last("a.jsonl", 0), rejected=1, says=("longer than 64 MB",),
    )  # fmt: skip


def _tables() -> Iterator[Case]:
    """Yield tables in which a row, or a mark, is wrong."""
    head, good = "id,text,lang\n", "{},The bakery in Raqqa reopened.,en\n"

    def rows(first: int, last: int) -> str:
        return "".join(good.format(n) for n in range(first, last + 1))

    def found(*numbers: int) -> tuple[tuple[str, str], ...]:
        return tuple((str(n), "Raqqa") for n in numbers)

    for name, bad in (
        ("an_open_mark", '3,"He said,en\n'),
        ("an_open_mark_at_the_end_of_a_line", '3,He said,"\n'),
        ("an_open_mark_in_the_first_cell", '"3,He said,en\n'),
        ("a_doubled_open_mark", '3,"He said ""no,en\n'),
        ("too_many_cells", "3,He said,en,and more\n"),
        ("too_few_cells", "3\n"),
        ("no_text", "3,,en\n"),
        ("a_zero", "3,He\0said,en\n"),
        ("undecodable_bytes", b"3,caf\xe9,en\n"),
        ("ten_thousand_cells", "3" + "," * 10_000 + "\n"),
    ):
        content = (head + rows(1, 2)).encode() + (bad if isinstance(bad, bytes) else bad.encode())
        content += (rows(4, 5) + "6,Šabac and Kobanî are quiet.,en\n").encode()
        yield reading(
            f"table_with_{name}", "CSV and TSV", "a.csv", content, (*found(1, 2, 4, 5), ("6", "Šabac"), ("6", "Kobanî")), rejected=1
        )  # fmt: skip
    for name, bad in (
        ("sloppy_marks", '3,"The "bakery" in Raqqa reopened.",en\n'),
        ("marks_within_a_cell", '3,The "bakery" in Raqqa reopened.,en\n'),
        ("a_cell_of_lines", '3,"The bakery\n\nin Raqqa, \nreopened.",en\n'),
        ("an_empty_row", "\n\n3,The bakery in Raqqa reopened.,en\n\n"),
        ("a_cell_of_200_kB", f'3,"The bakery in Raqqa reopened.{" and closed" * 20_000}",en\n'),
        ("formulas", '=3,"The bakery in Raqqa reopened.",@en\n'),
    ):
        names = tuple(
            ("=3" if name == "formulas" and n == 3 else str(n), "Raqqa") for n in range(1, 6)
        )
        yield reading(
            f"table_with_{name}",
            "CSV and TSV",
            "a.csv",
            head + rows(1, 2) + bad + rows(4, 5),
            names,
        )
    many = head + '1,"He said,en\n' + rows(2, 502)
    yield reading(
        "table_with_501_rows_behind_an_open_mark",
        "CSV and TSV",
        "a.csv",
        many,
        found(*range(2, 503)),
        rejected=1,
    )
    tabbed = many.replace(",", "\t")
    yield reading(
        "tabs_with_501_rows_behind_an_open_mark",
        "CSV and TSV",
        "a.tsv",
        tabbed,
        found(*range(2, 503)),
        rejected=1,
    )
    twice = head + '1,"He said,en\n' + rows(2, 9) + '10,x,"\n' + rows(11, 12)
    yield reading(
        "table_with_rows_between_open_marks",
        "CSV and TSV",
        "a.csv",
        twice,
        found(*range(2, 10), 11, 12),
        rejected=2,
    )
    yield reading(
        "table_with_only_open_marks", "CSV and TSV", "a.csv", head + '1,"x\n' * 20_000, ()
    )
    yield reading(
        "table_with_returns",
        "CSV and TSV",
        "a.csv",
        (head + rows(1, 3)).replace("\n", "\r"),
        found(1, 2, 3),
    )
    yield reading(
        "table_with_a_mark_and_windows_ends",
        "CSV and TSV",
        "a.csv",
        "\ufeff" + (head + rows(1, 3)).replace("\n", "\r\n"),
        found(1, 2, 3),
    )
    yield reading(
        "table_in_utf-16",
        "CSV and TSV",
        "a.csv",
        (head + rows(1, 3)).encode("utf-16"),
        found(1, 2, 3),
    )
    for name, content in (
        ("empty", ""), ("only_a_head", head), ("without_text", "id,words\n1,x\n"), ("semicolons", head.replace(",", ";") + "1;In Raqqa.;en\n"),
        ("a_head_that_is_open", '"id,text\n1,In Raqqa.\n'), ("only_commas", ",,,\n" * 100), ("zeros", "\0" * 1_000),
    ):  # fmt: skip
        yield reading(f"table_that_is_{name}", "CSV and TSV", "a.csv", content, ())
    yield reading(
        "table_with_text_twice",
        "CSV and TSV",
        "a.csv",
        "text,id,text\nIn Rome.,1,In Raqqa.\n",
        found(1),
    )
    yield reading(
        "table_with_another_name_for_text", "CSV and TSV", "a.csv", "id,Body Text\n1,In Raqqa.\n", found(1),
        args=("mentions", "a.csv", "--column", "text=Body Text", "-o", "out.jsonl"),
    )  # fmt: skip


_PARAGRAPHS = f"<p>{ARTICLE}</p>{_FILLING}"


def _pages() -> Iterator[Case]:
    """Yield pages that parsers stumble over."""
    found = of("a.html", NAMES)
    for name, before in (
        ("20000_attributes", "<div " + " ".join(f"a{n}=b" for n in range(20_000)) + "></div>"),
        ("20000_quoted_attributes", "<div " + " ".join(f'a{n}=">"' for n in range(20_000)) + "></div>"),
        ("a_tag_of_200_kB_of_spaces", "<div" + " " * 200_000 + "></div>"),
        ("an_attribute_of_a_megabyte", f'<div class="{"x " * 500_000}"></div>'),
        ("a_comment_of_a_megabyte", f"<!--{'x' * 1_000_000}-->"),
        ("100000_references", "&amp;" * 100_000 + "<br>"),
        ("10000_scripts", "<script>alert(1)</script>" * 10_000),
        ("broken_json-ld", '<script type="application/ld+json">{"@type":' + "[" * 50_000 + "</script>"),
        ("a_base_that_is_a_script", '<base href="javascript:alert(1)">'),
        ("a_refresh", '<meta http-equiv="refresh" content="0;url=https://a.example">'),
        ("a_picture_to_load", '<img src="https://a.example/x.png" onerror="alert(1)">'),
        ("dates_of_nonsense", '<meta property="article:published_time" content="99999999-99-99T99:99">' * 50),
        ("unclosed_marks", "<div class='a\" id=\"></div>'>"),
        ("stray_end_tags", "</div>" * 20_000),
    ):  # fmt: skip
        page = f"<html><head></head><body><article>{before}{_PARAGRAPHS}</article></body></html>"
        yield reading(f"page_with_{name}", "HTML", "a.html", page, found)
    entities = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"  # fmt: skip
    yield reading(
        "page_with_a_bomb_of_entities",
        "HTML",
        "a.html",
        f"{entities}<html><body><article>{_PARAGRAPHS}<p>&a11;</p>",
        found,
    )
    yield reading(
        "page_with_a_file_as_entity",
        "HTML",
        "a.html",
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><article>{_PARAGRAPHS}<p>&x;</p>',
        found,
        never=("root:",),
    )
    for name, page in (
        ("empty_tags", "<html></html>"),
        ("a_frameset", '<frameset><frame src="https://a.example"></frameset>'),
        ("too_many_tags", "<br>" * 200_001 + _PARAGRAPHS),
        ("too_many_bytes", "x" * (21 << 20)),
        ("depths", "<div>" * 50_000 + ARTICLE),
        (
            "a_map_of_geomap",
            '<html><head><meta name="generator" content="geomap"></head>' + _PARAGRAPHS,
        ),
        ("only_scripts", "<html><body><script>" + "var a;" * 1_000 + "</script></body></html>"),
        ("less_than_signs", "<" * 300_000),
    ):
        yield reading(f"page_of_{name}", "HTML", "a.html", page, ())
    bad = "<p " + " ".join(f"a{n}=b" for n in range(20_000)) + f">{_PARAGRAPHS}"
    yield Case(
        name="pages_behind_a_bad_one", kind="HTML", files={"in/a.html": "<br>" * 200_001, "in/b.html": bad, "in/c.html": _PARAGRAPHS},
        args=("mentions", "in", "-o", "out.jsonl"), finds=(*of("b.html", NAMES), *of("c.html", NAMES)), rejected=1,
    )  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    for part in (_encoded, _stray, _cut, _json, _tables, _pages):
        yield from part()

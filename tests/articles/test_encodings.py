"""Bytes to text: what is nearly UTF-8 stays UTF-8, what is plainly UTF-16 needs no mark."""

import json

import pytest

from geomap.articles import ReadReport, read_articles
from geomap.articles.encodings import UndecodableError, decode_bytes, find_wide
from geomap.errors import RecordError

_ARABIC = "قالت مصادر محلية إن القوات دخلت مدينة الرقة شمال سوريا صباح اليوم بعد معارك عنيفة."
_RUSSIAN = "Жители вернулись в Алеппо, и рынок снова открылся в среду, сказал мэр города."
_CHINESE = "大马士革的市场周三重新开放，居民说道。阿勒颇也是如此，人们回到了城里、村里。"
_LATIN = "The market in Raqqa reopened on Friday, officials said."
_KURDISH = "Bazara Kobanê û Qamişloyê dîsa vebû, şahidan got."
_CONTENTS = {
    "a.txt": lambda text: text,
    "a.jsonl": lambda text: json.dumps({"text": text}, ensure_ascii=False) + "\n",
    "a.csv": lambda text: f'text,lang\n"{text}",en\n',
    "a.tsv": lambda text: f"text\tlang\n{text}\ten\n",
}


def _read(path, content):
    path.write_bytes(content)
    report = ReadReport()
    return [article.text for article in read_articles(path, report=report)], report


@pytest.mark.parametrize("name", _CONTENTS)
@pytest.mark.parametrize("text", [_ARABIC, _RUSSIAN, _CHINESE, _KURDISH])
@pytest.mark.parametrize("stray", [b"\xff", b"\x81", b"\xe9", b"\xc3", b"\xf0\x9f\x98"])
def test_a_stray_byte_leaves_the_other_letters_as_they_are(tmp_path, name, text, stray):
    content = _CONTENTS[name](text).encode()
    middle = content.index(text.encode()) + len(text[:10].encode())
    texts, report = _read(tmp_path / name, content[:middle] + stray + content[middle:])
    assert texts == [text[:10] + "\ufffd" + text[10:]]
    assert (report.repaired, report.rejected, report.guessed) == (1, 0, {})
    assert "1 byte sequence is not UTF-8 and became U+FFFD, at byte" in str(report.repairs[0])


def test_bad_bytes_are_counted_and_the_first_one_is_told(tmp_path):
    content = _ARABIC.encode()
    content = content[:20] + b"\xff" + content[20:40] + b"\xfe" + content[40:]
    texts, report = _read(tmp_path / "a.txt", content)
    assert texts[0].count("\ufffd") == 2
    assert str(report.repairs[0]).endswith(
        "a.txt: 2 byte sequences are not UTF-8 and became U+FFFD, the first at byte 20"
    )
    with pytest.raises(RecordError, match=r"became U\+FFFD"):
        list(read_articles(tmp_path / "a.txt", strict=True))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_what_ends_within_a_character_is_read_without_it(tmp_path, encoding):
    texts, report = _read(tmp_path / "a.txt", _RUSSIAN[:-1].encode(encoding)[:-1])
    assert (texts, report.repaired) == ([_RUSSIAN[:-2]], 1)
    assert "it ends within a character" in report.repairs[0].reason


@pytest.mark.parametrize("name", _CONTENTS)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [_ARABIC, _RUSSIAN, _CHINESE, _LATIN])
def test_wide_encodings_need_no_mark(tmp_path, name, encoding, text):
    texts, report = _read(tmp_path / name, _CONTENTS[name](text).encode(encoding))
    assert (texts, report.repaired, report.guessed) == ([text], 0, {})


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1256", _ARABIC),
        ("cp1251", _RUSSIAN),
        ("koi8-r", _RUSSIAN),
        ("gb18030", _CHINESE),
        ("cp1254", "Rakka'daki pazar cuma günü yeniden açıldı, görgü tanıkları böyle dedi; şehir sakin."),
        ("cp1252", "Les rebelles ont quitté la ville près de la frontière, où l’armée était déjà."),
    ],
)  # fmt: skip
def test_older_encodings_are_guessed_and_the_guess_is_told(tmp_path, encoding, text):
    texts, report = _read(tmp_path / "a.txt", (text + " ").encode(encoding) * 3)
    assert texts == [(text + " ") * 3]
    assert sum(report.guessed.values()) == 1


@pytest.mark.parametrize(
    "content",
    [b"id,text\n5,nul\0\n6,The market reopened.\n", b"\0" * 100, bytes(range(256)) * 8, b"PK\3\4" * 50],
)  # fmt: skip
def test_what_only_holds_zeros_is_not_wide(content):
    assert find_wide(content) is None


@pytest.mark.parametrize(
    "declared", ["utf-16", "utf-7", "cp037", "punycode", "idna", "unicode_escape", "hex", "\0", "x"]
)
def test_no_page_is_read_in_an_encoding_that_its_own_head_is_not_in(declared):
    text = "La ville a été reprise près de la frontière, où l'armée était déjà arrivée."
    assert decode_bytes(text.encode("cp1252"), declared=declared).text == text
    with pytest.raises(UndecodableError, match="zero bytes"):
        decode_bytes(b"Raqqa \0 Mosul and Aleppo", declared=declared)


def test_a_mark_within_a_file_is_no_letter(tmp_path):
    line = json.dumps({"text": _LATIN}).encode() + b"\n"
    mark = b"\xef\xbb\xbf"
    texts, report = _read(tmp_path / "a.jsonl", mark + line + mark + line)
    assert (texts, report.rejected) == ([_LATIN] * 2, 0)

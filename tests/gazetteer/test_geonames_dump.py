"""GeoNames' dump files: every published form is read, what is missing is noted, bad rows are counted."""

import zipfile
from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer.sources.faults import FileReport
from geomap.gazetteer.sources.geonames import read_dump

SHARED = Path(__file__).resolve().parents[3] / "shared" / "geonames"
ROW = {
    "id": "366323", "name": "Ar Rahad", "ascii": "Ar Rahad", "others": "", "lat": "12.71", "lon": "30.65", "class": "P", "code": "PPL",
    "country": "SD", "cc2": "", "one": "29", "two": "", "three": "", "four": "", "people": "0", "height": "", "dem": "505",
    "zone": "Africa/Khartoum", "changed": "2020-01-01",
}  # fmt: skip


def row(**cells):
    return "\t".join({**ROW, **cells}.values())


def alternate(number, name, lang="", flags="\t\t\t", years="\t"):
    return f"1\t{number}\t{lang}\t{name}\t{flags}\t{years}"


def write(folder, **files):
    folder.mkdir(exist_ok=True)
    for name, lines in files.items():
        (folder / f"{name}.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return folder


def read(*paths, **options):
    report = FileReport(path="dump")
    return list(read_dump(paths, report=report, **options)), report


def only(folder, **options):
    (place,) = read(folder, **options)[0]
    return place


def test_a_row_is_read_whole(tmp_path):
    units = {
        "admin1CodesASCII": ["SD.29\tKordofan\tKordofan\t408666"],
        "admin2Codes": ["SD.29.01\tRahad\tRahad\t11"],
    }
    full = row(name="Ar Rahād", others="Er Rahad,الرهد", two="01", people="120000", code="PPLA2")
    place = only(write(tmp_path, SD=[full], **units))
    assert (place.id, place.name, place.lat, place.lon) == (
        "geonames:366323",
        "Ar Rahād",
        12.71,
        30.65,
    )
    assert (place.feature, place.country, place.population) == ("PPLA2", "SD", 120_000)
    assert (place.admin1, place.admin1_id) == ("Kordofan", "geonames:408666")
    assert (place.admin2, place.admin2_id) == ("Rahad", "geonames:11")
    assert place.names == (("alt", "Ar Rahad"), ("alt", "Er Rahad"), ("alt", "الرهد"))
    assert (place.own, place.is_loose, place.source) == (False, False, "geonames")


@pytest.mark.parametrize(
    ("code", "one", "two", "expected"),
    [("ADM1", "29", "", "SD.29"), ("ADM2", "29", "01", "SD.29.01"), ("PPL", "29", "01", "")],
)
def test_units_have_codes(tmp_path, code, one, two, expected):
    assert only(write(tmp_path, SD=[row(code=code, one=one, two=two)])).code == expected


@pytest.mark.parametrize("one", ["", "00"])
def test_unknown_units_are_none(tmp_path, one):
    place = only(write(tmp_path, SD=[row(one=one)]))
    assert (place.admin1, place.admin1_id, place.admin2_id) == ("", "", "")


def test_the_hierarchy_says_what_codes_do_not(tmp_path):
    places = [row(one="00")]
    units = {
        "admin1CodesASCII": ["SD.29\tKordofan\tKordofan\t408666"],
        "admin2Codes": ["SD.29.01\tRahad\tRahad\t11"],
        "hierarchy": [
            "11\t366323\tADM",
            "408666\t11\tADM",
            "7\t11\tdependency",
            "366755\t408666",
            "x\ty\t",
        ],
    }
    place = only(write(tmp_path, SD=places, **units))
    assert (place.admin1_id, place.admin2_id) == ("geonames:408666", "geonames:11")


def test_a_hierarchy_that_goes_round_ends(tmp_path):
    folder = write(tmp_path, SD=[row(one="")], hierarchy=["11\t366323\t", "366323\t11\t"])
    assert only(folder).admin1_id == ""


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("Rahad", "en"), ("en", "Rahad")),
        (("الرهد", "ar"), ("alt", "الرهد")),
        (("الرهد", "ar", "1\t\t\t"), ("ar", "الرهد")),
        (("Rahad", "fr", "\t1\t\t"), ("fr", "Rahad")),
        (("Rahad", "en", "\t\t1\t"), ("alt", "Rahad")),
        (("Rahad", "en", "1\t\t\t1"), ("alt", "Rahad")),
        (("Rahad", "en", "\t\t\t", "1900\t1956"), ("alt", "Rahad")),
        (("Rahad", "en", "\t\t\t", "1956\t"), ("en", "Rahad")),
        (("Rahad", ""), ("alt", "Rahad")),
        (("Rahad", "", "1\t\t\t"), ("alt", "Rahad")),
        (("Rahad-l'Égalité", "fr_1793", "1\t\t\t"), ("alt", "Rahad-l'Égalité")),
        (("NYC", "abbr"), ("abbr", "NYC")),
        (("Calif.", "abbr"), ("abbr", "Calif.")),
        (("In", "abbr"), None),
        (("A", "abbr"), None),
        (("https://en.wikipedia.org/wiki/Rahad", "link"), None),
        (("Q12345", "wkdt"), None),
        (("11111", "post"), None),
        (("ERD", "iata"), None),
        (("", "en"), None),
    ],
)
def test_alternate_names_say_whether_they_are_in_use(tmp_path, cells, expected):
    folder = write(tmp_path, SD=[row()], alternateNamesV2=[alternate(366323, *cells)])
    assert only(folder).names == ((expected,) if expected else ())


@pytest.mark.parametrize(
    "lines", ["1\t366323\ten\tRahad\t\t\t\t", alternate(366323, "Rahad", "en")]
)
def test_alternate_names_of_both_versions_are_read(tmp_path, lines):
    folder = write(tmp_path, SD=[row()], alternateNames=[lines])
    assert only(folder).names == (("en", "Rahad"),)


def test_names_are_those_of_their_places_in_any_order(tmp_path):
    numbers = [7, 131_072, 3, 131_075, 5_000_000]
    folder = write(
        tmp_path,
        SD=[row(id=str(number), name=f"Name {number}") for number in numbers],
        alternateNamesV2=[alternate(number, f"Also {number}", "en") for number in sorted(numbers)],
    )
    found = {place.id: place.names[0] for place in read(folder)[0]}
    assert found == {f"geonames:{number}": ("en", f"Also {number}") for number in numbers}


def test_what_is_listed_with_a_language_is_not_listed_again(tmp_path):
    folder = write(
        tmp_path,
        SD=[row(others="Rahad,Er Rahad")],
        alternateNamesV2=[alternate(366323, "Rahad", "en")],
    )
    assert only(folder).names == (("en", "Rahad"), ("alt", "Er Rahad"))


def zipped(folder, name, member, text, more=()):
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, content in more:
            archive.writestr(other, content)
        archive.writestr(member, text)
    return folder / name


def test_zipped_files_are_read_as_plain_ones(tmp_path):
    plain = write(tmp_path / "plain", SD=[row()], alternateNamesV2=[alternate(366323, "R.", "en")])
    folder = tmp_path / "zipped"
    folder.mkdir()
    zipped(
        folder,
        "SD.zip",
        "SD.txt",
        (plain / "SD.txt").read_text(),
        [("readme.txt", "long " * 999)],
    )
    zipped(
        folder,
        "alternateNamesV2.zip",
        "alternateNamesV2.txt",
        (plain / "alternateNamesV2.txt").read_text(),
        [("iso-languagecodes.txt", "ISO 639-3\t\n" * 999)],
    )
    assert read(folder)[0] == read(plain)[0]


def test_alternate_names_of_a_country_are_known_by_their_columns(tmp_path):
    write(tmp_path, SD=[row()])
    (tmp_path / "alternatenames").mkdir()
    names = zipped(tmp_path / "alternatenames", "SD.zip", "SD.txt", alternate(366323, "R.", "en"))
    assert only_names(tmp_path / "SD.txt", names) == (("en", "R."),)


def only_names(*paths):
    (place,) = read(*paths)[0]
    return place.names


@pytest.mark.parametrize(
    "text",
    [row() + "\r\n", "\ufeff" + row() + "\n", row(), "# a comment\n\n" + row() + "\n"],
    ids=["CRLF", "BOM", "no end of line", "comment"],
)
def test_every_kind_of_line_is_read(tmp_path, text):
    (tmp_path / "SD.txt").write_bytes(text.encode())
    places, report = read(tmp_path / "SD.txt")
    assert [place.name for place in places] == ["Ar Rahad"]
    assert (report.rows, report.skipped) == (1, 0)


@pytest.mark.parametrize(
    "bad",
    [
        row(id="x"),
        row(id=""),
        row(id="²"),
        row(id="9" * 19),
        row(lat=""),
        row(lat="north"),
        row(lat="nan"),
        row(lat="90.5"),
        row(lon="-181"),
        row(people="many"),
        row(people="9" * 30),
        row(name="", ascii=""),
        row(name="x" * 300),
        row() + "\tmore",
        "366323\tRahad",
    ],
)
def test_a_bad_row_is_counted_and_left_out(tmp_path, bad):
    places, report = read(write(tmp_path, SD=[row(id="1"), bad, row(id="2")]))
    assert [place.id for place in places] == ["geonames:1", "geonames:2"]
    assert (report.rows, report.skipped) == (3, 1)


def test_what_no_name_holds_is_no_part_of_it(tmp_path):
    (tmp_path / "SD.txt").write_bytes(
        row(name="Ar\x01 Rahad\x00", others="\x02Er\x07,\u202erev\u202c").encode()
    )
    place = only(tmp_path)
    assert place.name == "Ar Rahad"
    assert place.names == (("alt", "Ar Rahad"), ("alt", "Er"), ("alt", "rev"))


def test_bytes_that_are_no_text_spoil_one_name_alone(tmp_path):
    (tmp_path / "SD.txt").write_bytes(row(others="Rahad,Ra\xffhad").encode("latin-1"))
    assert only(tmp_path).names == (("alt", "Rahad"), ("alt", "Ra�had"))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [1, 2, 4]),
        ({"countries": frozenset(["sd"])}, [1, 4]),
        ({"classes": frozenset("A")}, [2]),
        ({"classes": frozenset("RP")}, [1, 3]),
        ({"countries": frozenset(["TD"]), "classes": frozenset("P")}, []),
    ],
)
def test_rows_are_chosen_by_country_and_class(tmp_path, options, expected):
    rows = [
        row(id="1"),
        row(id="2", **{"class": "A"}, code="ADM1", country="TD"),
        row(id="3", **{"class": "R"}, code="RD"),
        row(id="4", **{"class": "S"}, code="AIRP"),
        row(id="5", **{"class": "S"}, code="HTL"),
        row(id="6", **{"class": "H"}, code="WLL"),
        row(id="7", **{"class": "V"}, code="VIN"),
    ]
    found = [place.id for place in read(write(tmp_path, allCountries=rows), **options)[0]]
    assert found == [f"geonames:{number}" for number in expected]


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [("P", "", "PPL"), ("A", "", "ADMD"), ("T", "", "TX"), ("P", "PPLC", "PPLC")],
)
def test_a_row_without_a_code_has_one_of_its_class(tmp_path, kind, code, expected):
    assert only(write(tmp_path, SD=[row(**{"class": kind}, code=code)])).feature == expected


def test_each_number_comes_once(tmp_path):
    large = str(1 << 40)
    one = write(tmp_path / "one", SD=[row(), row(name="Again"), row(id=large), row(id=large)])
    two = write(tmp_path / "two", SD=[row(name="Elsewhere")])
    names = write(tmp_path / "names", alternateNamesV2=[alternate(366323, "R.", "en")])
    for paths in ((one, two), (one, two, names)):
        found = sorted((place.id, place.name) for place in read(*paths)[0])
        assert found == [(f"geonames:{large}", "Ar Rahad"), ("geonames:366323", "Ar Rahad")]


def test_what_is_missing_is_noted(tmp_path):
    _, report = read(
        write(tmp_path, SD=[row()], countryInfo=["SD\tSDN"], shapes=["geoNameId\tgeoJSON"])
    )
    assert report.notes == [
        "shapes.txt is none of GeoNames' files of places: left out",
        "without alternateNamesV2.txt (languages of names)",
        "without admin1CodesASCII.txt (names of first-level units)",
        "without admin2Codes.txt (names of second-level units)",
    ]


def test_codes_of_another_form_name_no_unit(tmp_path):
    folder = write(tmp_path, SD=[row()], admin1CodesASCII=["SD.29\tKordofan", "SD.29\tA\tA\tx"])
    assert only(folder).admin1 == ""


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "expected a file of places as GeoNames publishes them"),
        ({"SD": ["a\tb"]}, "expected a file of places as GeoNames publishes them"),
    ],
)
def test_a_folder_without_places_is_an_error_that_helps(tmp_path, files, message):
    with pytest.raises(GazetteerError, match=message):
        read(write(tmp_path / "x", **files))


def test_a_path_that_is_not_there_is_an_error_that_helps(tmp_path):
    with pytest.raises(
        GazetteerError, match=r"nothing: expected a file of GeoNames' dump.*No such"
    ):
        read(tmp_path / "nothing")


def cut(path):
    path.write_bytes(path.read_bytes()[:-40])


def swap(path):
    whole = path.read_bytes()
    path.write_bytes(whole[:60] + bytes(255 - byte for byte in whole[60:90]) + whole[90:])


def lock(path):
    whole = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(mark) + at] |= 1
    path.write_bytes(whole)


@pytest.mark.parametrize("spoil", [cut, swap, lock])
def test_a_damaged_archive_is_an_error_that_helps(tmp_path, spoil):
    text = "\n".join(row(id=str(number)) for number in range(999))
    spoil(zipped(tmp_path, "SD.zip", "SD.txt", text))
    with pytest.raises(GazetteerError, match=r"SD\.zip: expected a zip archive that is whole"):
        read(tmp_path / "SD.zip")


def test_an_archive_without_text_is_an_error_that_helps(tmp_path):
    zipped(tmp_path, "SD.zip", "readme.txt", "x")
    with pytest.raises(GazetteerError, match=r"expected a \.txt file in the archive, found none"):
        read(tmp_path / "SD.zip")


def test_a_line_without_an_end_is_refused(tmp_path):
    (tmp_path / "SD.txt").write_text(row() + "\n" + "x" * (3 << 20))
    with pytest.raises(GazetteerError, match=r"SD\.txt:2: expected lines of a dump"):
        read(tmp_path / "SD.txt")


def test_temporary_files_lie_where_they_are_wanted_and_go(tmp_path):
    folder = write(tmp_path / "dump", SD=[row()], alternateNamesV2=[alternate(366323, "R.", "en")])
    places = read_dump([folder], scratch=tmp_path / "scratch", report=FileReport(path="dump"))
    assert next(places).names == (("en", "R."),)
    assert list(places) == []
    assert list((tmp_path / "scratch").iterdir()) == []


needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="needs GeoNames' files beside the project"
)


@needs_shared
@pytest.mark.parametrize(("name", "rows", "id", "feature"), [
    ("NL", 22_852, "geonames:2759794", "PPLC"),
    ("AD", 3_268, "geonames:3041563", "PPLC"),
])  # fmt: skip
def test_published_files_are_read(name, rows, id, feature):  # noqa: A002
    codes = [SHARED / "admin1CodesASCII.txt", SHARED / "admin2Codes.txt"]
    places, report = read(SHARED / f"{name}.txt", *codes)
    found = {place.id: place for place in places}
    assert (report.rows, report.skipped) == (rows, 0)
    assert len(found) == len(places) > 0.7 * rows
    assert found[id].feature == feature
    assert {place.country for place in places} == {name}


@needs_shared
def test_units_of_published_files_have_names():
    places, _ = read(SHARED)
    utrecht = next(place for place in places if place.id == "geonames:2745912")
    assert (utrecht.name, utrecht.admin1, utrecht.admin1_id) == (
        "Utrecht",
        "Utrecht",
        "geonames:2745909",
    )
    assert sum(bool(place.admin1) for place in places) > 0.95 * len(places)

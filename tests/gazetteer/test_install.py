"""Downloads of GeoNames' files: whole or not at all, whatever the server does."""

import base64
import errno
import hashlib
import io
import os
import shutil
import zipfile
from email.utils import formatdate
from pathlib import Path
from types import SimpleNamespace

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer.fetching import Patience
from geomap.gazetteer.install import BASE_URL, base_url, download_geonames, geonames_files
from tests.gazetteer.serving import DumpServer, dump_files, make_certificate, send, zipped

#: patience enough for a test
SHORT = {"pause": 0.0, "timeout": 5.0}
CODES = "admin1CodesASCII.txt"
PLACES = "SD.zip"


@pytest.fixture(autouse=True)
def plain_environment(tmp_path, monkeypatch):
    """No proxy of this machine is used, nor its folders."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "kept"))


@pytest.fixture
def server(monkeypatch):
    with DumpServer(dump_files()) as running:
        monkeypatch.setenv("GEOMAP_GEONAMES_URL", running.url)
        yield running


def fetch(folder, **patience):
    return download_geonames(["SD"], folder=folder, patience=Patience(**(SHORT | patience)))


def visible(folder):
    """Return the files of a folder by their names, without those that are on their way."""
    paths = folder.iterdir() if folder.exists() else ()
    return {path.name: path.read_bytes() for path in paths if not path.name.startswith(".")}


def wanted(server):
    return {name.replace("/", "-"): body for name, body in server.files.items()}


# what a server does to one request


def cut(size):
    def fault(server, handler, body):
        name = handler.path.lstrip("/")
        begin = int(handler.headers.get("Range", "bytes=0-")[len("bytes=") : -1])
        rest = len(body) - begin
        span = {"Content_Range": f"bytes {begin}-{len(body) - 1}/{len(body)}"} if begin else {}
        send(handler, 206 if begin else 200, ETag=server.tags[name], Content_Length=rest, **span)
        handler.wfile.write(body[begin : begin + size])

    return fault


def status(code, body=b"", **headers):
    return lambda _server, handler, _body: send(handler, code, body, **headers)


def length(wrong):
    def fault(_server, handler, body):
        send(handler, 200, Content_Length=len(body) + wrong)
        handler.wfile.write(body)

    return fault


def damaged(_server, handler, body):
    middle = len(body) // 2
    send(handler, 200, body[:middle] + bytes([body[middle] ^ 255]) + body[middle + 1 :])


def endless(_server, handler, _body):
    send(handler, 200, Content_Length=None, Transfer_Encoding="chunked")
    while True:
        handler.wfile.write(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")


def silent(server, handler, body):
    send(handler, 200, Content_Length=len(body))
    handler.wfile.write(body[:10])
    server.stopped.wait(20)


def replaced(server, handler, body):
    """The transfer is cut, and then the file is another one."""
    cut(40)(server, handler, body)
    server.files[PLACES] = zipped("SD.txt", "another file")
    server.tags[PLACES] = '"2"'


# which files, from where


@pytest.mark.parametrize(
    ("countries", "names"),
    [
        (["sd", " SS", "SD"], ["SD.zip", "SS.zip", "alternatenames/SD.zip", "alternatenames/SS.zip"]),
        ([], ["allCountries.zip", "alternateNamesV2.zip"]),
    ],
)  # fmt: skip
def test_the_files_that_countries_need(countries, names):
    assert geonames_files(countries) == ("admin1CodesASCII.txt", "admin2Codes.txt", *names)


@pytest.mark.parametrize("code", ["", "S", "SDN", "5D", "../x", "ßß"])
def test_a_country_is_a_code_of_two_letters(code):
    with pytest.raises(GazetteerError, match="expected countries as two-letter ISO codes, got"):
        geonames_files([code])


@pytest.mark.parametrize(
    ("url", "found"),
    [(None, BASE_URL), ("http://a.test/dump", "http://a.test/dump/"), ("", BASE_URL)],
)
def test_where_files_come_from(monkeypatch, url, found):
    monkeypatch.delenv("GEOMAP_GEONAMES_URL", raising=False)
    if url is not None:
        monkeypatch.setenv("GEOMAP_GEONAMES_URL", url)
    assert base_url() == found


@pytest.mark.parametrize(
    "url", ["file:///etc/", "ftp://a.test/", "a.test/dump", "http://", "http://[::1", "http://a b/",
            "http://a.test:x/", "https://me:secret@a.test/"],
)  # fmt: skip
def test_files_come_from_the_web_alone(monkeypatch, url):
    monkeypatch.setenv("GEOMAP_GEONAMES_URL", url)
    with pytest.raises(GazetteerError, match="expected GEOMAP_GEONAMES_URL as an") as caught:
        base_url()
    assert "secret" not in str(caught.value)


# transfers


def test_files_are_the_same_bytes(server, tmp_path):
    shown = []
    download = download_geonames(
        ["SD"], folder=tmp_path / "d", progress=lambda *state: shown.append(state)
    )
    assert visible(tmp_path / "d") == wanted(server)
    total = sum(map(len, server.files.values()))
    assert (download.bytes, download.kept, download.notes) == (total, 0, ())
    codes = len(server.files[CODES])
    assert (CODES, codes, codes) in shown
    assert {agent["User-Agent"] for agent in server.gets(CODES)} == {"geomap (gazetteer install)"}


def test_a_second_run_keeps_what_is_there(server, tmp_path):
    fetch(tmp_path)
    again = fetch(tmp_path)
    assert (again.bytes, again.kept, visible(tmp_path)) == (0, 4, wanted(server))
    assert server.gets(PLACES)[1]["If-None-Match"] == '"1"'


def test_a_newer_file_is_fetched(server, tmp_path):
    fetch(tmp_path)
    server.files[PLACES], server.tags[PLACES] = zipped("SD.txt", "newer"), '"2"'
    again = fetch(tmp_path)
    assert (again.kept, visible(tmp_path)) == (3, wanted(server))


def test_a_file_that_was_changed_on_the_disk_is_fetched_anew(server, tmp_path):
    fetch(tmp_path)
    (tmp_path / PLACES).write_bytes(b"PK, but no more")
    assert fetch(tmp_path).kept == 3
    assert visible(tmp_path) == wanted(server)


def test_a_date_tells_a_file_where_there_is_no_etag(server, tmp_path):
    day = formatdate(1_500_000_000, usegmt=True)
    server.tags[PLACES] = None
    server.headers = {"Last_Modified": day}
    fetch(tmp_path)
    server.faults[PLACES].append(status(304, Content_Length=None))
    assert fetch(tmp_path).kept == 4
    assert server.gets(PLACES)[1]["If-Modified-Since"] == day


@pytest.mark.parametrize("cuts", [[1], [100, 1, 1], [0, 50]])
def test_a_transfer_that_is_cut_goes_on(server, tmp_path, cuts):
    server.faults[PLACES].extend(map(cut, cuts))
    fetch(tmp_path)
    assert visible(tmp_path) == wanted(server)
    last = server.gets(PLACES)[-1]
    assert (last["Range"], last["If-Range"]) == (f"bytes={sum(cuts)}-", '"1"')


def test_a_run_goes_on_where_the_one_before_it_gave_up(server, tmp_path):
    server.faults[PLACES].append(cut(60))
    with pytest.raises(GazetteerError, match=r"in 1 tries \(it was cut off at 60 of .* goes on"):
        fetch(tmp_path, tries=1)
    assert PLACES not in visible(tmp_path)
    assert fetch(tmp_path).bytes == sum(map(len, server.files.values())) - 60 - sum(
        len(server.files[name]) for name in (CODES, "admin2Codes.txt")
    )
    assert visible(tmp_path) == wanted(server)


def test_a_large_file_may_come_in_many_pieces(server, tmp_path):
    server.files[PLACES] = zipped("SD.txt", os.urandom(4 << 20))
    server.faults[PLACES].extend([cut(1 << 20)] * 3)
    fetch(tmp_path, tries=2)
    assert visible(tmp_path) == wanted(server)


def test_a_server_that_knows_no_ranges_sends_all_again(server, tmp_path):
    server.ignores_ranges = True
    server.faults[PLACES].append(cut(50))
    fetch(tmp_path)
    assert "Range" in server.gets(PLACES)[1]
    assert visible(tmp_path) == wanted(server)


def test_a_file_that_changed_between_two_parts_is_fetched_from_its_start(server, tmp_path):
    server.faults[PLACES].append(replaced)
    fetch(tmp_path)
    assert visible(tmp_path) == wanted(server)


@pytest.mark.parametrize(
    "headers",
    [
        {"ETag": '"2"', "Content_Range": "bytes 40-49/50"},
        {"ETag": '"1"', "Content_Range": "bytes 0-9/10"},
        {"ETag": '"1"'},
        {"ETag": '"1"', "Content_Range": "bytes forty-"},
    ],
)
def test_a_part_that_was_not_asked_for_is_thrown_away(server, tmp_path, headers):
    server.faults[PLACES].extend([cut(40), status(206, b"0123456789", **headers)])
    fetch(tmp_path)
    assert visible(tmp_path) == wanted(server)


def test_parts_of_a_server_without_tags_are_not_joined(server, tmp_path):
    server.tags[PLACES] = None
    server.faults[PLACES].append(cut(40))
    fetch(tmp_path)
    assert "Range" not in server.gets(PLACES)[1]
    assert visible(tmp_path) == wanted(server)


def test_a_part_longer_than_the_file_is_thrown_away(server, tmp_path):
    (tmp_path / f".{PLACES}.part").write_bytes(b"x" * 5000)
    (tmp_path / f".{PLACES}.part.tag").write_text('"1"')
    fetch(tmp_path)
    assert visible(tmp_path) == wanted(server)


@pytest.mark.parametrize(
    "fault",
    [
        status(500), status(503, Retry_After="0"), status(429, Retry_After="0"), status(429),
        status(408), length(5), length(-5), damaged, status(200, b"<html>log in</html>"),
        status(200, b"PK\x05\x06"), status(206, b"x"),
        lambda _server, handler, _body: handler.wfile.write(b"\x00\xff no http\r\n\r\n"),
        lambda _server, _handler, _body: None,
    ],
)  # fmt: skip
def test_a_fault_that_passes_is_overcome(server, tmp_path, fault):
    server.faults[PLACES].append(fault)
    fetch(tmp_path)
    assert visible(tmp_path) == wanted(server)
    assert len(server.gets(PLACES)) == 2


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (status(500), r"could not be fetched in 3 tries \(500 Internal Server Error\)"),
        (length(5), r"in 3 tries \(it was cut off at \d+ of \d+ bytes\)"),
        (damaged, r"in 3 tries \(it came damaged: "),
        (status(200, b"<html>log in</html>"), "it came damaged: File is not a zip file"),
        (silent, "in 3 tries .*timed out"),
    ],
)
def test_a_fault_that_stays_is_said(server, tmp_path, fault, message):
    server.faults[PLACES].extend([fault] * 3)
    with pytest.raises(GazetteerError, match=message):
        fetch(tmp_path, tries=3, timeout=0.2)
    assert PLACES not in visible(tmp_path)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (status(404), "the server has no such file .404 Not Found.; is it the ISO code"),
        (status(403), "the server answers 403 Forbidden"),
        (status(304, Content_Length=None), "the server answers 304 Not Modified"),
        (status(429, Retry_After="3600"), "asks to come again in 3,600 seconds"),
        (endless, "sends more bytes than a dump has"),
        (status(200, Content_Length=9 << 40), "offers 9,[0-9,]+ bytes; more than a dump has"),
        (status(302, Location="file:///etc/passwd"), "sends elsewhere, to 'file:///etc/passwd'"),
        (status(301, Location="ftp://127.0.0.1/SD.zip"), "elsewhere, to 'ftp://.*GEOMAP_GEONAMES_URL"),
        (status(307, Location="http://[::1"), "sends elsewhere, to 'http://\\[::1'"),
        (status(302, Location="data:,x"), "sends elsewhere, to 'data:,x'"),
        (status(302, Location="/SD.zip"), "sends from one address to the next"),
    ],
)  # fmt: skip
def test_a_fault_that_would_stay_is_said_at_once(server, tmp_path, fault, message):
    server.faults[PLACES].extend([fault] * 9)
    with pytest.raises(GazetteerError, match=message):
        fetch(tmp_path, most_bytes=1 << 20)
    assert PLACES not in visible(tmp_path)


def test_a_body_without_an_end_leaves_nothing(server, tmp_path):
    server.faults[CODES].append(endless)
    with pytest.raises(GazetteerError, match="more bytes than a dump has"):
        fetch(tmp_path, most_bytes=100_000)
    assert [path.name for path in tmp_path.iterdir() if path.stat().st_size] == []


def test_a_redirect_on_the_web_is_followed(server, tmp_path):
    server.faults[PLACES].append(status(302, Location="/moved/to%20here.zip"))
    server.files["moved/to%20here.zip"] = server.files[PLACES]
    fetch(tmp_path)
    assert visible(tmp_path)[PLACES] == server.files[PLACES]


@pytest.mark.parametrize("where", ["", "alternatenames/"])
def test_only_other_names_may_be_missing(server, tmp_path, where):
    del server.files[f"{where}SD.zip"]
    if where:
        [note] = fetch(tmp_path).notes
        assert note.startswith("without other names of SD: ")
        return
    with pytest.raises(GazetteerError, match="is it the ISO code of a country"):
        fetch(tmp_path)


def test_other_names_that_fail_are_not_left_out_silently(server, tmp_path):
    server.faults["alternatenames/SD.zip"].extend([status(500)] * 9)
    with pytest.raises(GazetteerError, match="could not be fetched"):
        fetch(tmp_path)


def sums(body):
    digest = hashlib.md5(body, usedforsecurity=False).digest()
    return {"Content_MD5": base64.b64encode(digest).decode(), "X_Checksum_MD5": digest.hex()}


@pytest.mark.parametrize("header", ["Content_MD5", "X_Checksum_MD5"])
def test_a_checksum_is_compared(server, tmp_path, header):
    body = server.files[PLACES]
    server.faults[PLACES].extend(
        status(200, body, **{header: sums(summed)[header]}) for summed in (b"other", body, b"none")
    )
    fetch(tmp_path)
    assert (len(server.gets(PLACES)), visible(tmp_path)) == (2, wanted(server))


def test_an_archive_that_unpacks_to_too_much_is_refused(server, tmp_path):
    server.files[PLACES] = zipped("SD.txt", b"\0" * (105 << 20))
    with pytest.raises(GazetteerError, match=r"it came damaged: it unpacks to 110,100,480 bytes"):
        fetch(tmp_path, tries=1)


def test_an_archive_with_a_password_is_refused(server, tmp_path):
    body = bytearray(zipped("SD.txt", "text"))
    body[6] |= 1
    body[body.index(b"PK\x01\x02") + 8] |= 1
    server.files[PLACES] = bytes(body)
    with pytest.raises(GazetteerError, match=r"it came damaged: .*encrypted"):
        fetch(tmp_path, tries=1)


# the network, the disk


def test_a_closed_port_is_said(tmp_path, monkeypatch):
    with DumpServer({}) as gone:
        monkeypatch.setenv("GEOMAP_GEONAMES_URL", gone.url)
    with pytest.raises(GazetteerError, match=r"in 2 tries \(\[Errno \d+\] Connection refused\)"):
        fetch(tmp_path, tries=2)
    assert visible(tmp_path) == {}


def test_a_proxy_of_the_environment_is_used(server, tmp_path, monkeypatch):
    monkeypatch.setenv("GEOMAP_GEONAMES_URL", "http://dump.test/")
    monkeypatch.setenv("http_proxy", server.url)
    fetch(tmp_path)
    assert visible(tmp_path) == wanted(server)
    assert {path.partition("/SD")[0] for _, path, _ in server.asked if "/SD" in path} == {
        "http://dump.test",
        "http://dump.test/alternatenames",
    }


@pytest.mark.usefixtures("server")
def test_a_host_without_a_proxy_is_asked_directly(tmp_path, monkeypatch):
    with DumpServer({}) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        fetch(tmp_path)
    assert proxy.asked == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    path = make_certificate(tmp_path_factory.mktemp("certificate"))
    return path or pytest.skip("openssl is not there to make a certificate")


def test_from_https_nothing_goes_back_to_http(server, certificate, tmp_path, monkeypatch):
    with DumpServer(dump_files(), certificate=certificate) as safe:
        monkeypatch.setenv("GEOMAP_GEONAMES_URL", safe.url)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        fetch(tmp_path)
        safe.faults[CODES].append(status(302, Location=f"{server.url}{CODES}"))
        with pytest.raises(GazetteerError, match="never from https back to http"):
            fetch(tmp_path)
        safe.faults[CODES].append(status(302, Location=f"/{CODES}"))
        assert fetch(tmp_path).kept == 4
    assert server.asked == []


def test_a_certificate_that_nobody_knows_is_refused_at_once(certificate, tmp_path, monkeypatch):
    with DumpServer(dump_files(), certificate=certificate) as safe:
        monkeypatch.setenv("GEOMAP_GEONAMES_URL", safe.url)
        with pytest.raises(GazetteerError, match=r"certificate cannot be trusted.*SSL_CERT_FILE"):
            fetch(tmp_path, pause=60.0)
    assert safe.asked == []


@pytest.mark.usefixtures("server")
def test_the_room_is_said_before(tmp_path):
    said = []
    download_geonames(["SD"], folder=tmp_path, say=said.append)
    assert said[0].startswith("4 files, 0.0 MB from http://127.0.0.1:")
    assert "MB are needed, " in said[1]
    assert said[1].endswith(" MB are free")


def test_a_size_that_nobody_says_is_no_reason_to_stop(server, tmp_path):
    server.headers = {"Content_Length": None, "Connection": "close"}
    said = []
    download_geonames(["SD"], folder=tmp_path, say=said.append)
    assert said == [f"4 files from {server.url}; the server does not say how large they are"]
    assert visible(tmp_path) == wanted(server)


def test_too_little_room_is_said_before_anything_comes(server, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1))
    with pytest.raises(GazetteerError, match=r"MB are needed, 0.0 MB are free; free some space"):
        fetch(tmp_path)
    assert visible(tmp_path) == {}
    assert {method for method, _, _ in server.asked} == {"HEAD"}


@pytest.mark.parametrize(
    ("number", "message"), [(errno.ENOSPC, "the disk is full"), (errno.EIO, "cannot write to")]
)
def test_a_disk_that_refuses_is_said(server, tmp_path, monkeypatch, number, message):
    class Refusing(io.FileIO):
        def write(self, _):
            raise OSError(number, os.strerror(number))

    opened = Path.open
    monkeypatch.setattr(
        Path,
        "open",
        lambda path, *mode, **how: (Refusing if "wb" in mode else opened)(path, *mode, **how),
    )
    with pytest.raises(GazetteerError, match=message):
        fetch(tmp_path, pause=60.0)
    assert visible(tmp_path) == {}
    assert len(server.gets(CODES)) == 1


def test_a_folder_that_is_a_file_is_said(server, tmp_path):
    (tmp_path / "a").write_text("")
    with pytest.raises(GazetteerError, match=r"cannot write to .*GEOMAP_CACHE"):
        fetch(tmp_path / "a" / "b")
    assert server.asked == []


def test_two_processes_do_not_write_to_the_same_files(server, tmp_path):
    messages = []

    def meanwhile(_server, handler, body):
        with pytest.raises(GazetteerError, match="another process downloads") as caught:
            fetch(tmp_path)
        messages.append(str(caught.value))
        send(handler, 200, body)

    server.faults[PLACES].append(meanwhile)
    fetch(tmp_path)
    assert len(messages) == 1
    assert visible(tmp_path) == wanted(server)


@pytest.mark.usefixtures("server")
def test_an_interrupt_leaves_nothing_under_a_files_name(tmp_path):
    def stop(name, _done, _total):
        if name == PLACES:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        download_geonames(["SD"], folder=tmp_path, progress=stop)
    assert sorted(visible(tmp_path)) == [CODES, "admin2Codes.txt"]
    fetch(tmp_path)
    assert zipfile.is_zipfile(tmp_path / PLACES)

"""A server on this machine that answers as a test says, and notes what it was asked."""

import contextlib
import io
import ssl
import subprocess
import threading
import zipfile
from collections import defaultdict, deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

__all__ = ["DumpServer", "Server", "country_rows", "dump_files", "make_certificate", "zipped"]


class Server:
    """Serves what ``respond`` sends; ``asked`` holds (method, path, headers) of every request."""

    def __init__(self, respond=None, *, certificate=None):
        self.asked = []
        self.stopped = threading.Event()
        if respond is not None:
            self.respond = respond
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                owner.asked.append((self.command, self.path, dict(self.headers)))
                with contextlib.suppress(ConnectionError):
                    owner.respond(self)

            do_HEAD = do_GET  # noqa: N815 - as the library calls it

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.scheme = "https" if certificate else "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self._server.server_port}/"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def send(handler, status, body=b"", **headers):
    handler.send_response(status)
    for name, value in {"Content_Length": len(body), **headers}.items():
        if value is not None:
            handler.send_header(name.replace("_", "-"), str(value))
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(body)


class DumpServer(Server):
    """Serves files as a good server does, unless ``faults`` of a file say otherwise: one for each request of it."""

    def __init__(self, files, **options):
        super().__init__(**options)
        self.files = dict(files)
        self.tags = defaultdict(lambda: '"1"')
        self.faults = defaultdict(deque)
        self.ignores_ranges = False
        self.headers = {}

    def respond(self, handler):
        name = urlsplit(handler.path).path.lstrip("/")
        if handler.command == "GET" and self.faults[name]:
            self.faults[name].popleft()(self, handler, self.files.get(name, b""))
        elif name not in self.files:
            send(handler, 404)
        elif self.tags[name] and handler.headers.get("If-None-Match") == self.tags[name]:
            send(handler, 304, Content_Length=None)
        else:
            self.serve(handler, name)

    def serve(self, handler, name):
        body, tag = self.files[name], self.tags[name]
        begin = handler.headers.get("Range", "")[len("bytes=") : -1]
        if begin and tag and handler.headers.get("If-Range") == tag and not self.ignores_ranges:
            if int(begin) >= len(body):
                send(handler, 416)
                return
            span = f"bytes {begin}-{len(body) - 1}/{len(body)}"
            send(handler, 206, body[int(begin) :], ETag=tag, Content_Range=span)
        else:
            send(handler, 200, body, ETag=tag, **self.headers)

    def gets(self, name):
        """Return the headers of each GET of a file."""
        return [head for method, path, head in self.asked if (method, path) == ("GET", f"/{name}")]


def zipped(name, text, **options):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        archive.writestr(name, text)
    return file.getvalue()


def row(number, name, lat, lon, feature, country="SD", *, admin1="01", population=0):
    kind, code = feature.split(".")
    cells = [number, name, name, "", lat, lon, kind, code, country, "", admin1, "", "", ""]
    return "\t".join(map(str, [*cells, population, "", "", "", "2020-01-01"])) + "\n"


def country_rows():
    """Return the rows of an invented country's dump."""
    return (
        row(366755, "Sudan", 16, 30, "A.PCLI", admin1="00", population=40_000_000)
        + row(378389, "Qamar State", 13.5, 25.3, "A.ADM1", population=500_000)
        + row(900001, "Wadi Zurqan", 13.6, 25.35, "P.PPL", population=900)
        + row(900002, "Al Fashir", 13.63, 25.35, "P.PPLA", population=260_000)
    )


def dump_files(code="SD"):
    """Return GeoNames' files of that country, by their names."""
    names = "1\t900001\ten\tZurqan Wells\t1\t\t\t\t\t\n2\t900002\ten\tEl Fasher\t\t\t\t\t\t\n"
    return {
        "admin1CodesASCII.txt": f"{code}.01\tQamar\tQamar\t378389\n".encode() * 300,
        "admin2Codes.txt": f"{code}.01.01\tQamar Rural\tQamar Rural\t378390\n".encode(),
        f"{code}.zip": zipped(f"{code}.txt", country_rows()),
        f"alternatenames/{code}.zip": zipped(f"{code}.txt", names),
    }


def make_certificate(folder):
    """Return a file with a certificate of 127.0.0.1 and its key; None where openssl is missing."""
    path = folder / "server.pem"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command = ["openssl", "req", "-x509", *key, *names, "-keyout", path, "-out", folder / "c.pem"]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    path.write_bytes(path.read_bytes() + (folder / "c.pem").read_bytes())
    return path

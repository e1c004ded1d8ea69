"""Fetch one large file by http(s): resumable, checked, and under its name only when it is whole.

What has come lies in ``.NAME.part``. When a transfer is cut, the rest is asked for by a range request, which the server answers
with the whole file where it has another one by now. Beside a whole file ``.NAME.stamp`` says which one it is, so that it is fetched
again only where the server has a newer one.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Final

from geomap.errors import GazetteerError
from geomap.gazetteer.damage import find_fault
from geomap.gazetteer.digests import digest_of_file
from geomap.gazetteer.web import make_opener, plain_text, retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from http.client import HTTPResponse
    from pathlib import Path

__all__ = ["Fetched", "Fetcher", "NotThereError", "Patience"]

_CHUNK: Final = 1 << 18
#: a try that brought so much is no failure: over a bad line a large file comes in many pieces
_WORTH: Final = 1 << 20
#: how long a server may ask to be left alone, in seconds
_LONGEST_WAIT: Final = 120.0
_LARGEST_STAMP: Final = 10_000
_RANGE: Final = re.compile(r"bytes (\d{1,18})-\d{1,18}/(\d{1,18}|\*)")
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
#: what asks for a file only where it is newer than the one that is there
_NEWER: Final = frozenset({"If-None-Match", "If-Modified-Since"})
_USER_AGENT: Final = "geomap (gazetteer install)"


class NotThereError(GazetteerError):
    """The server has no such file."""


class _TryAgainError(Exception):
    """A try failed, and the next one may not; ``wait`` is how long the server wants to be left alone."""

    def __init__(self, reason: object, wait: float = 0.0) -> None:
        super().__init__(plain_text(reason))
        self.wait = wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How much is borne: failed tries, seconds between them (doubled with each) and of silence, bytes of a file."""

    tries: int = 5
    pause: float = 1.0
    timeout: float = 30.0
    most_bytes: int = 8 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A file that is whole; how many bytes came now, and whether it was there already."""

    path: Path
    bytes: int
    kept: bool


@dataclass(slots=True, kw_only=True)
class Fetcher:
    """Fetches files, one at a time.

    ``progress`` is called with a file's name, the bytes done and the bytes in all (0 where nobody knows).
    """

    patience: Patience
    progress: Callable[[str, int, int], None]

    def size_of(self, url: str) -> int | None:
        """Return the size of a file as the server says it; None where it does not say, or has no such file.

        Raises:
            RedirectError: The server sends the request where it must not go.
            ConnectionError: The server cannot be reached.
        """
        try:
            with _open(url, {}, self.patience.timeout, method="HEAD") as answer:
                return _length(answer)
        except urllib.error.HTTPError as err:
            err.close()
            return None
        except (OSError, HTTPException, ValueError) as err:
            raise ConnectionError(str(err)) from err

    def fetch(self, url: str, target: Path) -> Fetched:
        """Return a file, fetched anew where the server has another one than is there.

        Raises:
            NotThereError: The server has no such file.
            GazetteerError: It could not be fetched whole, or cannot be written.
        """
        transfer = _Transfer(url, target, self)
        patience, failed = self.patience, 0
        while True:
            before = transfer.bytes
            try:
                kept = transfer.attempt()
            except _TryAgainError as err:
                failed = 1 if transfer.bytes - before >= _WORTH else failed + 1
                if failed >= patience.tries:
                    raise GazetteerError(
                        f"{url}: could not be fetched in {patience.tries} tries ({err}); "
                        "run the same command again: it goes on where it stopped"
                    ) from err
                time.sleep(max(err.wait, patience.pause * 2 ** (failed - 1)))
            else:
                return Fetched(path=target, bytes=transfer.bytes, kept=kept)


class _Transfer:
    """One file on its way."""

    def __init__(self, url: str, target: Path, fetcher: Fetcher) -> None:
        self._url = url
        self._target = target
        self._part = target.with_name(f".{target.name}.part")
        self._tag = target.with_name(f".{target.name}.part.tag")
        self._stamp = target.with_name(f".{target.name}.stamp")
        self._patience = fetcher.patience
        self._progress = fetcher.progress
        self.bytes = 0

    def attempt(self) -> bool:
        """Fetch the file, or the rest of it; return whether the one that is there is kept instead.

        Raises:
            _TryAgainError: It is not whole yet.
            GazetteerError: It is of no use to try again.
        """
        begin, headers = self._conditions()
        try:
            answer = _open(self._url, headers, self._patience.timeout)
        except urllib.error.HTTPError as err:
            with err:
                if err.code == 304 and _NEWER & headers.keys():
                    return True
                raise self._refusal(err) from err
        except (OSError, HTTPException, ValueError) as err:
            raise self._failure(err) from err
        with answer:
            self._store(answer, begin)
            self._settle(answer)
        return False

    def _conditions(self) -> tuple[int, dict[str, str]]:
        """Return how many bytes are there already, and the headers that ask for the rest, or for a newer file."""
        tag = _read_text(self._tag)
        begin = self._part.stat().st_size if self._part.exists() else 0
        if begin and tag:
            return begin, {"Range": f"bytes={begin}-", "If-Range": tag}
        stamp = _read_stamp(self._stamp)
        tag = str(stamp.get("tag") or "")
        if tag and stamp.get("file") == _file_marks(self._target):
            return 0, {("If-None-Match" if _is_etag(tag) else "If-Modified-Since"): tag}
        return 0, {}

    def _refusal(self, err: urllib.error.HTTPError) -> Exception:
        """Return what an answer of a status other than 2xx means."""
        said = plain_text(f"{err.code} {err.reason}")
        if err.code == 416:
            self._drop_part()
            return _TryAgainError(said)
        if err.code in (404, 410):
            return NotThereError(f"{self._url}: the server has no such file ({said})")
        if err.code < 500 and err.code not in (408, 425, 429):
            return GazetteerError(f"{self._url}: the server answers {said}")
        wait = retry_after(err.headers) or 0.0
        if wait > _LONGEST_WAIT:
            return GazetteerError(
                f"{self._url}: the server answers {said} and asks to come again in {wait:,.0f} seconds; "
                "run the same command again then: it goes on where it stopped"
            )
        return _TryAgainError(said, wait)

    def _failure(self, err: Exception) -> Exception:
        reason = getattr(err, "reason", err)
        if isinstance(reason, ssl.SSLCertVerificationError):
            return GazetteerError(
                f"{self._url}: the server's certificate cannot be trusted ({reason.verify_message}); "
                "if that of a proxy is in between, name its file in SSL_CERT_FILE"
            )
        return _TryAgainError(reason)

    def _store(self, answer: HTTPResponse, begin: int) -> None:
        """Write what the server sends behind what is there."""
        done = self._place_of(answer, begin)
        length, most = _length(answer), self._patience.most_bytes
        total = done + length if length is not None else 0
        if total > most:
            raise GazetteerError(
                f"{self._url}: the server offers {total:,} bytes; more than a dump has"
            )
        with self._disk():
            self._keep_tag(answer)
            with self._part.open("ab" if done else "wb") as file:
                for chunk in self._chunks(answer):
                    file.write(chunk)
                    done += len(chunk)
                    self.bytes += len(chunk)
                    if done > most:
                        break
                    self._progress(self._target.name, done, total)
                file.flush()
                os.fsync(file.fileno())
        if done > most:
            self._drop_part()
            raise GazetteerError(f"{self._url}: the server sends more bytes than a dump has")
        if length is not None and done != total:
            raise _TryAgainError(f"it was cut off at {done:,} of {total:,} bytes")

    def _place_of(self, answer: HTTPResponse, begin: int) -> int:
        """Return at which byte an answer goes on: 0 for one that is the whole file.

        Raises:
            _TryAgainError: It is another part than was asked for, or a part of another file.
        """
        if answer.status != 206:
            return 0
        found = _RANGE.fullmatch(answer.headers.get("Content-Range", "").strip())
        known = _read_text(self._tag)
        tag = answer.headers.get("ETag" if _is_etag(known) else "Last-Modified", known)
        if not begin or not found or int(found[1]) != begin or tag != known:
            self._drop_part()
            raise _TryAgainError("the server sent another part than it was asked for")
        return begin

    def _keep_tag(self, answer: HTTPResponse) -> None:
        """Keep what tells this file from another one, where the server says something that is strong enough."""
        if answer.status == 206:
            return
        tag = _tag_of(answer)
        if tag and not tag.startswith("W/"):
            self._tag.write_text(tag, encoding="utf-8")
        else:
            self._tag.unlink(missing_ok=True)

    def _chunks(self, answer: HTTPResponse) -> Iterator[bytes]:
        try:
            while chunk := answer.read1(_CHUNK):
                yield chunk
        except (OSError, HTTPException, ValueError) as err:
            raise _TryAgainError(err) from err

    def _settle(self, answer: HTTPResponse) -> None:
        """Check a file that is whole, and put it under its name.

        Raises:
            _TryAgainError: It is damaged; what came is deleted.
        """
        fault = find_fault(self._part, self._target.suffix, _checksums(answer))
        if fault:
            self._drop_part()
            raise _TryAgainError(f"it came damaged: {fault}")
        tag = _tag_of(answer) or _read_text(self._tag)
        with self._disk():
            self._stamp.unlink(missing_ok=True)
            self._part.replace(self._target)
            self._tag.unlink(missing_ok=True)
            if tag:
                stamp = {"tag": tag, "file": _file_marks(self._target)}
                self._stamp.write_text(json.dumps(stamp), encoding="utf-8")

    def _drop_part(self) -> None:
        self._part.unlink(missing_ok=True)
        self._tag.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _disk(self) -> Iterator[None]:
        """Word what the disk refuses."""
        folder = self._target.parent
        try:
            yield
        except OSError as err:
            if err.errno not in _FULL:
                raise GazetteerError(f"cannot write to {folder}: {err.strerror or err}") from err
            with contextlib.suppress(OSError):
                self._drop_part()
            raise GazetteerError(
                f"{folder}: the disk is full; free some space, or move the folder with GEOMAP_CACHE"
            ) from err


def _open(
    url: str, headers: Mapping[str, str], timeout: float, *, method: str = "GET"
) -> HTTPResponse:
    request = urllib.request.Request(  # noqa: S310 - make_opener opens nothing but http(s)
        url, method=method, headers={"User-Agent": _USER_AGENT, **headers}
    )
    answer: HTTPResponse = make_opener().open(request, timeout=timeout)
    return answer


def _checksums(answer: HTTPResponse) -> list[str]:
    """Return the MD5 sums of the whole file that a server gives."""
    names = ["X-Checksum-MD5"]
    if answer.status != 206:  # the sum of a part is none of the file
        names.append("Content-MD5")
    return [answer.headers[name].strip() for name in names if answer.headers.get(name)]


def _is_etag(tag: str) -> bool:
    """Return whether a tag of a file is an ETag, not a date."""
    return tag.startswith(('"', "W/"))


def _length(answer: HTTPResponse) -> int | None:
    if answer.headers.get("Transfer-Encoding"):  # which overrides a length
        return None
    text = answer.headers.get("Content-Length", "")
    return int(text[:18]) if text.isascii() and text.isdigit() else None


def _tag_of(answer: HTTPResponse) -> str:
    """Return what tells a file from another one of the same address; "" where the server does not say."""
    tag = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
    return tag if tag.isascii() and tag.isprintable() and len(tag) < _LARGEST_STAMP // 2 else ""


def _read_text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(_LARGEST_STAMP)
    except (
        OSError,
        ValueError,
    ):  # none was kept, or it was cut: the file is fetched from its start
        return ""


def _read_stamp(path: Path) -> dict[str, object]:
    try:
        stamp = json.loads(_read_text(path))
    except ValueError:
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _file_marks(path: Path) -> list[object]:
    """Return the size and the digest of a file, by which it is known again; none where there is no file."""
    try:
        return [path.stat().st_size, digest_of_file(path)]
    except OSError:
        return []

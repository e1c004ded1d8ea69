"""Requests to servers: http(s) alone, through the proxies of the environment, and no answer is trusted.

A redirect is followed from http to http(s) and from https to https; to another scheme (``file:``, ``ftp:``), or back to http, never.
"""

from __future__ import annotations

import email.utils
import time
import urllib.request
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import quote, urljoin, urlsplit

from geomap.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message
    from http.client import HTTPMessage, HTTPResponse

__all__ = [
    "RedirectError",
    "check_web_address",
    "make_opener",
    "plain_text",
    "read_answer",
    "retry_after",
]

_SCHEMES: Final = ("http", "https")
_MOST_HOPS: Final = 5
_CHUNK: Final = 1 << 16
_LONGEST_WORDS: Final = 120


class RedirectError(GazetteerError):
    """A server sends a request where it must not go."""


def check_web_address(url: str, what: str) -> str:
    """Return an address as it was given.

    Args:
        url: The address.
        what: What it is, for the message: the name of an option or of a variable.

    Raises:
        GazetteerError: It is no http(s) address of a host, or holds a password.
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isascii() or any(char.isspace() for char in url):
        raise GazetteerError(f"expected {what} as an http(s) address, got {url!r}")
    if parts.username is not None or parts.password is not None:
        raise GazetteerError(f"expected {what} as an address without a user and a password")
    return url


class _Redirects(urllib.request.BaseHandler):
    """Follows redirects that stay on the web, a few of them; the others are refused."""

    def http_error_302(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,  # noqa: ARG002 - urllib hands it over
        msg: str,  # noqa: ARG002
        headers: HTTPMessage,
    ) -> HTTPResponse | None:
        """Return the answer from where the server sends the request."""
        location = headers.get("Location")
        if not location:
            return None  # urllib raises the answer as an error
        fp.close()  # unread: its body may be endless
        target = _redirected(req.full_url, location)
        hops = getattr(req, "hops", 0) + 1
        if hops > _MOST_HOPS:
            raise RedirectError(f"{req.full_url}: the server sends from one address to the next")
        request = urllib.request.Request(  # noqa: S310 - _redirected checks the scheme
            target, headers=dict(req.headers), method=req.get_method()
        )
        request.hops = hops  # type: ignore[attr-defined]
        answer: HTTPResponse = self.parent.open(request, timeout=req.timeout)
        return answer

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _redirected(url: str, location: str) -> str:
    try:
        target = urljoin(url, location)
        old, new = urlsplit(url).scheme, urlsplit(target)
        fits = new.scheme in _SCHEMES and bool(new.hostname)
    except ValueError:
        fits = False
    if not fits or (old == "https" and new.scheme == "http"):
        raise RedirectError(
            f"{url}: the server sends elsewhere, to {location[:200]!r}, which is not followed "
            "(only http and https are, and never from https back to http)"
        )
    return quote(target, safe="%/:=&?~#+!$,;'@()*[]")


def make_opener() -> urllib.request.OpenerDirector:
    """Return what opens http(s) addresses, and nothing else."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    return opener


def read_answer(answer: HTTPResponse, *, most_bytes: int, seconds: float) -> bytes:
    """Return the body of an answer.

    Raises:
        ValueError: It is larger than ``most_bytes``.
        TimeoutError: It takes longer than ``seconds``, however steadily it comes.
    """
    deadline = time.monotonic() + seconds
    parts, size = [], 0
    while chunk := answer.read1(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > most_bytes:
            raise ValueError(f"the answer is larger than {most_bytes:,} bytes")
        if time.monotonic() > deadline:
            raise TimeoutError("timed out")
    return b"".join(parts)


def retry_after(headers: Mapping[str, str] | Message) -> float | None:
    """Return for how many seconds a server wants to be left alone; None where it does not say."""
    text = (headers.get("Retry-After") or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    parsed = email.utils.parsedate_tz(text)
    return None if parsed is None else max(0.0, email.utils.mktime_tz(parsed) - time.time())


def plain_text(words: object) -> str:
    r"""Return what a server says on one short line, without what a terminal would obey.

    >>> plain_text("Not\x1b[31m Found\r\n")
    'Not[31m Found'
    """
    text = " ".join(str(words)[: 10 * _LONGEST_WORDS].split())
    return "".join(char for char in text if char.isprintable())[:_LONGEST_WORDS]

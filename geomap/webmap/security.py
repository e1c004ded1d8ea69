"""What keeps an article from running code in the page: bounded text, escapes, the policy.

Texts of articles reach the page in one way only: as strings of a JSON block that no template
reads twice (branca renders what its macros return a second time, as an unsandboxed template) and
that no HTML parser can leave. The page's policy allows the scripts and styles that stand in it,
by hash, and nothing else: no request, no other script, no inline attribute.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["clean_prose", "clean_text", "content_policy", "safe_url", "title_markup", "to_block"]

#: C0 and C1 controls, marks that reorder or isolate text (an article could hide or turn what
#: stands around it), halves of surrogate pairs, non-characters
_UNWANTED = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e"
    "\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\uffff]"
)
_SPACE = re.compile(r"\s+")
#: links as most are, which need no closer look
_PLAIN_URL = re.compile(
    r"https?://[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5})?(?:/[A-Za-z0-9/_.~%=?&+,;:!()*-]*)?", re.ASCII
)
#: one string of a JSON text; linear: each character can match in one way
_JSON_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
_ESCAPES = str.maketrans(
    {
        "<": "\\u003c",
        ">": "\\u003e",
        "&": "\\u0026",
        "{": "\\u007b",
        "}": "\\u007d",
        "\u2028": "\\u2028",
        "\u2029": "\\u2029",
    }
)
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(?P<body>.*?)</style>", re.DOTALL)


def clean_text(value: object, limit: int) -> str:
    r"""A text of at most ``limit`` characters, white space folded, controls removed; None is "".

    >>> clean_text("  Raqqa\u202e \n falls ", 100)
    'Raqqa falls'
    >>> clean_text("abcdef", 4)
    'abc…'
    >>> clean_text(None, 4)
    ''
    """
    if value is None or value != value:  # noqa: PLR0124 NaN is the number that is not itself
        return ""
    text = str(value)[: 4 * limit]  # cut first: a title can be a megabyte
    if text.isascii() and text.isprintable() and len(text) <= limit and "  " not in text:
        return text.strip()  # most texts are plain, and a map has hundreds of thousands
    text = _SPACE.sub(" ", _UNWANTED.sub("", text)).strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def clean_prose(text: str) -> str:
    r"""A stretch of an article as it stands, lines and all, without controls.

    >>> clean_prose("One \u202eline.\r\n\nAnother.\x07")
    'One line.\n\nAnother.'
    """
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def safe_url(value: object, limit: int = 2000) -> str:
    """The link if it is absolute http or https without a password in it, else "".

    >>> safe_url("https://example.org/a?b=1")
    'https://example.org/a?b=1'
    >>> safe_url("javascript:alert(1)"), safe_url("//example.org"), safe_url(None)
    ('', '', '')
    """
    text = value.strip() if isinstance(value, str) else ""
    if len(text) <= limit and _PLAIN_URL.fullmatch(text):
        return text
    if not text or len(text) > limit or _UNWANTED.search(text) or _SPACE.search(text):
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    is_web = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    return text if is_web and "@" not in parts.netloc and "\\" not in text else ""


def to_block(value: Any) -> str:
    r"""JSON that is safe inside a script element and means nothing to a template.

    >>> print(to_block({"a": "</script>{{7*7}}"}))
    {"a":"\u003c/script\u003e\u007b\u007b7*7\u007d\u007d"}
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _JSON_STRING.sub(lambda match: match[0].translate(_ESCAPES), text)


def title_markup(title: str) -> str:
    """The title element; its text is escaped, and placed after all templates are done."""
    return f"<title>{escape(title)}</title>"


def content_policy(html: str, images: Sequence[str] = ()) -> str:
    """The content security policy of a page: hashes of the scripts and styles that it holds.

    ``images`` are the origins that it may load images from, checked by who names them.

    Data blocks (``type="application/json"``) are not scripts and need no hash.
    """
    scripts = [
        match["body"] for match in _SCRIPT.finditer(html) if "application/json" not in match[1]
    ]
    styles = [match["body"] for match in _STYLE.finditer(html)]
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(_hashes(scripts))}",
            f"style-src {' '.join(_hashes(styles))}",
            " ".join(("img-src data:", *images)),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hashes(bodies: list[str]) -> list[str]:
    digests = [hashlib.sha256(body.encode()).digest() for body in bodies]
    return sorted({f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests})

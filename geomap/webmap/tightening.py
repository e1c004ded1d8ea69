"""Scripts and styles of ours as a page carries them: without comments, and without spaces that mean nothing.

It knows as much of JavaScript as is needed to leave alone what stands in texts, templates and patterns; where
a statement could end, a line does. It is for scripts of ours, which begin no line within a text with what looks like a comment.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

__all__ = ["tighten_script", "tighten_styles", "without_comments"]

#: whole lines of comments, types within a line, comments behind one, and what lines begin with
_COMMENT_LINES: Final = re.compile(
    r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE
)
_INNER_COMMENTS: Final = re.compile(r"/\*\* @[^*\n]*\*/ ?| +// [^\n]*$", re.MULTILINE)
_INDENTATION: Final = re.compile(r"^[ \t]+", re.MULTILINE)
#: spaces around the signs of a rule, and behind a property's colon; what ends the last property; a zero before a point
_STYLE_SPACE: Final = re.compile(r"\s*([{};,])\s*|(:)[ \t]+")
_STYLE_IDLE: Final = re.compile(r";(?=\})|(?<=[\s:,(-])0(?=\.\d)")
_CONSTANT: Final = re.compile(r"(?<![\w$.])const(?![\w$:])")
#: what is looked at in a script: spaces, and what no space is taken out of
_PART: Final = re.compile(r"""[ \t]+|\n+|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`|/""")
_PATTERN: Final = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
#: within a template: another one, the end of what is put into it, a brace that is part of that
_TEMPLATE: Final = re.compile(r"\\.|\$\{|[`{}]", re.DOTALL)
#: what a value cannot end with: behind it a slash begins a pattern
_BEFORE_PATTERN: Final = re.compile(r"(?:[(,=:\[!&|?{};]|=>|\breturn|^)\s*\Z", re.MULTILINE)
#: signs beside which a space means nothing, but for that between two of the last
_SIGNS: Final = frozenset("=*<>!&|?:,;(){}[]%+-")
_DOUBLED: Final = frozenset("+-")
#: signs behind which no statement ends
_GOES_ON: Final = frozenset(";,{([")


def without_comments(text: str) -> str:
    """A script or styles without comments and indentation, a fifth of what a page has.

    No text of ours goes over several lines, so that none can begin with what is left out.
    """
    return _INDENTATION.sub("", _INNER_COMMENTS.sub("", _COMMENT_LINES.sub("", text)))


def tighten_styles(text: str) -> str:
    """Styles without comments and without spaces that mean nothing; no string has such signs.

    >>> tighten_styles("a { color: red; }")
    'a{color:red}'
    """
    spaced = _STYLE_SPACE.sub(lambda match: match[1] or match[2], without_comments(text))
    return _STYLE_IDLE.sub("", spaced)


@cache
def tighten_script(text: str) -> str:
    """A script without comments, spaces that mean nothing, and semicolons at a block's end: none of ours is empty.

    Constants become variables, whose word is shorter; that none is set again is checked before.

    >>> print(tighten_script("const a = (b + +c) / 2 + `d = ${e} `.length; // twice"))
    let a=(b+ +c)/ 2+`d = ${e} `.length;
    """
    text = without_comments(text)
    kept: list[str] = []
    at = 0
    while found := _PART.search(text, at):
        _add_code(kept, text[at : found.start()])
        part, end = found[0], found.end()
        if part == "`":
            end = _end_of_template(text, end)
            part = text[found.start() : end]
        elif part == "/" and _BEFORE_PATTERN.search(text, max(0, at - 9), found.start()):
            pattern = _PATTERN.match(text, found.start())
            if pattern:
                part, end = pattern[0], pattern.end()
        elif part[0] == "\n":
            part = "" if text[found.start() - 1 : found.start()] in _GOES_ON else "\n"
        elif part.isspace() and _is_idle(
            text[found.start() - 1 : found.start()], text[end : end + 1]
        ):
            part = ""
        if part:
            kept.append(part)
        at = end
    _add_code(kept, text[at:])
    return "".join(kept)


def _add_code(kept: list[str], code: str) -> None:
    """Add a piece of code without texts to what is kept."""
    if code.startswith("}") and kept and kept[-1].endswith(";"):
        kept[-1] = kept[-1][:-1]
    if code:
        kept.append(_CONSTANT.sub("let", code.replace(";}", "}")))


def _is_idle(before: str, after: str) -> bool:
    """Whether the spaces between two signs mean nothing."""
    if before in _DOUBLED and after in _DOUBLED:
        return False
    return before in _SIGNS or after in _SIGNS or after in ("", "\n")


def _end_of_template(text: str, at: int) -> int:
    """Where a template ends whose first sign stands before ``at``; templates can stand in it."""
    depth = 0
    while found := _TEMPLATE.search(text, at):
        at = found.end()
        if found[0] == "`":
            if depth == 0:
                return at
            at = _end_of_template(text, at)
        elif found[0] == "${":
            depth += 1
        elif depth > 0 and found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
    return len(text)

"""What stands in a scraped article without being part of it: masked, never deleted.

A mask is a span that yields no mentions; offsets stay those of the given text. Each rule is one
small function over a line (or over the whole text, where a cheap test says that it can apply),
and ``_LINE_RULES`` and ``_INLINE_RULES`` list them. Prose is left alone: a rule needs a form
that a sentence does not have, and most look at short lines only.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["find_masks", "find_surroundings", "is_boilerplate_line"]

Span = tuple[int, int]

#: longer lines are prose; only the inline rules look at them
_LONGEST_RULE_LINE: Final = 240
#: a section's name stands alone among so many lines at the top; further down it is a sub-heading
_TOP_LINES: Final = 10
#: shorter lines may stand twice by chance ("Yes.")
_SHORTEST_COPY: Final = 15
#: a caption that comes again with its credit is at most so much longer
_LONGEST_CREDIT: Final = 80
#: a title's copy is looked for among so many lines at the top
_TITLE_LINES: Final = 12

#: whole lines, compared without case and without surrounding punctuation
_EXACT: Final = frozenset(
    """advertisement|advertisements|advertising|advert|ad|sponsored|sponsored content|promoted|story continues below
    story continues below advertisement|article continues below|continue reading|continue reading below|skip advertisement
    share|share this|share this article|share this story|share article|tweet|pin it|email|print|print this article|save|like
    facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|copy link|comment|comments|no comments|0 comments|leave a comment
    post a comment|add a comment|view comments|join the conversation|reply|no script|noscript|please wait|loading|top|top top
    back to top|go to top|menu|search|login|log in|sign in|register|subscribe|subscribe now|newsletter|skip to content
    skip to main content|close|previous|next|previous article|next article|read more|see more|more|related|related articles
    related stories|related news|related topics|related content|related posts|most read|most popular|most viewed|trending
    trending now|recommended|recommended for you|you may also like|you might also like|more from this section|editor's picks
    editors' picks|top stories|latest news|breaking news|news list|add to favorites|add to favourites|selected articles
    tags|topics|follow|follow us|listen|listen to this article|all rights reserved|privacy policy|terms of use|cookie policy
    accept|accept all|accept cookies|photo gallery|image gallery|gallery|slideshow|enlarge|enlarge image|toggle caption
    hide caption""".replace("\n", "|").replace("|    ", "|").split("|")
)  # fmt: skip
#: names of sections: masked where they stand alone at the top
_SECTIONS: Final = frozenset(
    """home|news|world|world news|international|national|local|local news|politics|opinion|opinions|editorial|analysis
    business|economy|sport|sports|culture|lifestyle|technology|science|health|travel|video|videos|photos|features|feature|regional
    middle east|mideast|africa|asia|asia pacific|asia-pacific|europe|americas|latin america|north america|australia
    us|u.s|us news|u.s. news|uk|uk news|arab world|gulf|mena|south asia|central asia|special reports|interviews|blogs|live""".replace(
        "\n", "|"
    )
    .replace("|    ", "|")
    .split("|")
)
#: starts of short lines, in lower case
_STARTS: Final = (
    "read more:", "read more about", "read more on", "read also:", "read also -", "also read:", "also read |", "read:", "read next",
    "see also:", "see more:", "related:", "related articles:", "related stories:", "related story:", "related coverage:",
    "more:", "more from ", "more on this story", "more stories", "more news",
    "sign up for ", "sign up to ", "subscribe to ", "subscribe for ", "subscribe now", "follow us on", "follow us:", "follow us @",
    "follow @", "like us on", "find us on", "join us on", "download our app", "download the app", "get the app", "get our app",
    "share on ", "share this ", "share via ", "share with ", "tweet this", "email this", "print this", "send to a friend",
    "click here to", "click to share", "click to", "tap here", "listen to this article", "listen to article",
    "we use cookies", "this site uses cookies", "this website uses cookies", "our website uses cookies", "our site uses cookies",
    "by continuing to use this", "by continuing to browse", "by using this site", "by clicking accept", "by clicking “accept", 'by clicking "accept',
    "cookie notice", "this site is protected by recaptcha",
    "image copyright ", "media playback is ", "advertisement -", "advertisement:", "story continues below", "article continues below", "continue reading ",
    "javascript is ", "please enable javascript", "you need to enable javascript", "your browser does not support",
    "this video is not available", "video player is loading", "published with permission", "reprinted with permission",
    "send your comments", "have a tip?", "got a tip?", "report a typo", "report an error", "tags:", "filed under:", "topics:", "keywords:",
)  # fmt: skip
#: starts of the rules that stand above or below readers' comments
_COMMENT_RULES: Final = (
    "comments will be moderated", "comments are moderated", "all comments are moderated", "comments are subject to moderation",
    "comments on this article", "please keep comments", "keep comments ", "keep your comments", "comment policy", "comments policy",
    "commenting policy", "commenting rules", "you must be logged in to comment", "you must be logged in to post", "log in to comment",
    "please log in to comment", "comments are closed", "your email address will not be published", "we welcome your comments",
    "we reserve the right to remove comments", "by submitting a comment", "by commenting", "disclaimer: comments",
)  # fmt: skip

_RIGHTS: Final = "all rights reserved"
_COPYRIGHT_SIGNS: Final = ("(c)", "©", "&copy;")
#: "Copyright 2015", "Copyright by"; "Copyright law …" is prose
_COPYRIGHT: Final = re.compile(r"copyright\s{0,2}(?:\(c\)|©|[12]\d{3}|by\b)")
_DISTRIBUTOR_STARTS: Final = ("distributed by ", "provided by ", "syndicated by ")
#: Distributed by Some Agency, LLC. (names only: a sentence has words in lower case)
_DISTRIBUTOR: Final = re.compile(r"\w+ by (?:(?:[A-Z][^\s]*|of|and|the|for|on|behalf)(?:\s|$))+$")
#: names of icons, glued to their labels: folder_openNews, access_time5 hours ago
_ICON: Final = re.compile(r"[a-z]{2,16}_[a-z]{2,16}(?:_[a-z]{2,16})?(?=[A-Z\d\s]|$)|star(?=[A-Z])")
#: (12) Comments, 3 shares, Comments (4)
_COUNT: Final = re.compile(
    r"\(?\d{1,6}\)?\s(?:comments?|shares?|likes?|views?|reactions?)\W{0,3}$|comments?\s?\(\d{1,6}\)$"
)
_BREADCRUMBS: Final = re.compile(r"\s[>»›→/|•·]\s")

_AGENCIES: Final = r"(?:AP|AFP|EPA|EFE|DPA|dpa|ANSA|TASS|SANA|IRNA|UN|UNHCR|UNICEF|REUTERS|Reuters|Getty|GETTY|Xinhua|XINHUA|Anadolu|Shutterstock|Alamy|AAP|PA)"
#: (AP Photo/Name), (Reuters/Name), (Photo by Name), (Photo: Name)
_CREDIT_IN_BRACKETS: Final = re.compile(
    rf"\((?:{_AGENCIES}(?:\sPhoto|\sImages|/)|(?:Photo|PHOTO|Image|Picture|File photo)s?(?:\s(?:by|courtesy|credit)\b|:))[^()\n]{{0,90}}\)"
)
#: a name, taken whole: what follows never makes it give letters back
_NAME: Final = r"(?<![\w.'’-])[A-Z][\w.'’-]{0,24}+"
#: the same without a full stop at its end, but for initials: "Raqqa." closes a sentence
_PERSON: Final = r"(?<![\w.'’-])[A-Z](?:\.|[\w'’-]{1,24}+(?!\.))"
_CREDIT_AT_END: Final = re.compile(
    # PHOTO: REUTERS, Photo: Name Name/Agency, Credit: Name Name
    r"(?:PHOTO|Photo|Photograph|Image|IMAGE|Picture|Credit|CREDIT)s?(?:\s(?:credit|Credit|CREDIT|by))?\s?[:/]\s?"
    rf"(?:{_NAME}(?:[ /]|$)){{1,5}}+(?:via\s[\w ]{{1,30}})?$"
    # Photo by Name Name / Agency
    rf"|(?:Photo|PHOTO|Photograph|Image|Picture)s? (?:by|courtesy of) (?:{_NAME}(?:[, /]{{1,3}}+|$)(?:for |via |and |of |the )?){{1,8}}+$"
    # REUTERS/Name Name; Name Name/AFP/Getty Images
    rf"|{_AGENCIES}/(?:{_NAME}(?:\s|$)){{1,4}}+$"
    rf"|{_PERSON}(?: {_PERSON}){{0,2}}+/{_AGENCIES}\b(?:[ /][A-Z]\w{{1,12}}){{0,3}}+$"
)
#: one of these stands in every credit at a line's end
_CREDIT_SIGNS: Final = ("/", "hoto", "HOTO", "redit", "Image:", "Picture:")
#: a credit is no longer than this
_CREDIT_REACH: Final = 160
#: one of these begins every invitation to share
_SHARE_SIGNS: Final = ("Share ", "Tweet ", "Follow ", "Like ")
_SHARE: Final = re.compile(
    r"(?:Share|Tweet|Follow us|Follow|Like us|Like) (?:this )?(?:on|via|to|by) "
    r"(?:Facebook|Twitter|X|WhatsApp|Telegram|LinkedIn|Pinterest|Reddit|Tumblr|Instagram|YouTube|Google\+?|Email|email)\b"
)
_LINK: Final = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"“”]{1,2000}")
_MAIL_LEFT: Final = re.compile(r"[\w.+-]{1,64}$")
_MAIL_RIGHT: Final = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
#: punctuation that ends a sentence, not a link
_LINK_END: Final = ".,;:!?)]}'’\""


class _Line(NamedTuple):
    """A line that is not empty: its bounds without white space, and its place among such lines."""

    start: int
    end: int
    text: str
    lower: str
    number: int


def _split_lines(text: str) -> Iterator[_Line]:
    """Yield the lines that hold more than white space."""
    position = number = 0
    for raw in text.splitlines(keepends=True):
        line = raw.strip()
        if line:
            start = position + raw.find(line)
            lower = line.lower() if len(line) <= _LONGEST_RULE_LINE else ""
            yield _Line(start, start + len(line), line, lower, number)
            number += 1
        position += len(raw)


def _is_exact(line: _Line) -> bool:
    """Tell "Advertisement", "Please Wait...", "TOP top"."""
    return line.lower.strip(" .:…-–—|*#>»\t") in _EXACT


def _has_start(line: _Line) -> bool:
    """Tell "Read more: …", "Sign up for …", "We use cookies …"."""
    return line.lower.startswith(_STARTS)


def _is_notice(line: _Line) -> bool:
    """Tell "(c)2015 Some Paper", "© …", "Copyright 2015 …", "… All rights reserved."."""
    if line.lower.startswith("copyright"):
        return _COPYRIGHT.match(line.lower) is not None
    return line.lower.startswith(_COPYRIGHT_SIGNS) or _RIGHTS in line.lower


def _is_distributor(line: _Line) -> bool:
    """Tell "Distributed by Some Agency, LLC."."""
    return line.lower.startswith(_DISTRIBUTOR_STARTS) and _DISTRIBUTOR.match(line.text) is not None


def _is_visit(line: _Line) -> bool:
    """Tell "Visit the Some Paper at www.…"."""
    return line.lower.startswith("visit ") and (
        " at www." in line.lower or " at http" in line.lower
    )


def _is_icon(line: _Line) -> bool:
    """Tell a label whose icon came as a word: "folder_openNews"."""
    return line.text[0].islower() and _ICON.match(line.text) is not None


def _is_count(line: _Line) -> bool:
    """Tell "3 comments"."""
    return len(line.text) < 24 and _COUNT.match(line.lower) is not None


def _is_section(line: _Line) -> bool:
    """Tell a section's name that stands alone at the top."""
    return line.number < _TOP_LINES and line.lower.strip(" .:|#") in _SECTIONS


def _is_breadcrumbs(line: _Line) -> bool:
    """Tell "Home > World > Middle East": parts between signs, the first one a section's name."""
    parts = _BREADCRUMBS.split(line.lower)
    return len(parts) > 1 and parts[0].strip() in _SECTIONS and len(line.lower) <= 120


_LINE_RULES: Final[tuple[Callable[[_Line], bool], ...]] = (
    _is_exact,
    _has_start,
    _is_notice,
    _is_distributor,
    _is_visit,
    _is_icon,
    _is_count,
    _is_section,
    _is_breadcrumbs,
)


def _is_taken(line: _Line) -> bool:
    """Tell whether a line rule takes a line as a whole."""
    for rule in _LINE_RULES:  # noqa: SIM110 - twice as fast as any(), for every line of every article
        if rule(line):
            return True
    return False


def is_boilerplate_line(line: str, number: int = 0) -> bool:
    """Tell whether a line, which is the ``number``-th that is not empty, is masked as a whole.

    >>> is_boilerplate_line("Advertisement"), is_boilerplate_line("Share prices fell in London.")
    (True, False)
    """
    line = line.strip()
    if not line or len(line) > _LONGEST_RULE_LINE:
        return False
    return _is_taken(_Line(0, len(line), line, line.lower(), number))


def _find_lines(lines: list[_Line]) -> Iterator[Span]:
    """Yield the lines that a line rule takes as a whole."""
    for line in lines:
        if line.lower and _is_taken(line):
            yield line.start, line.end


def _find_comment_rules(lines: list[_Line], length: int) -> Iterator[Span]:
    """Yield the rules for comments: to the end of the text, where they stand in its second half."""
    for line in lines:
        if line.text[:60].lower().startswith(_COMMENT_RULES):
            if line.start * 2 >= length:
                yield line.start, length
                return
            yield line.start, line.end


def _find_copies(lines: list[_Line]) -> Iterator[Span]:
    """Yield the second copy of a caption or title: the same line twice, or once more with a credit."""
    for first, second in pairwise(lines):
        size = first.end - first.start
        if size < _SHORTEST_COPY or not second.text.startswith(first.text):
            continue
        if len(second.text) - size <= _LONGEST_CREDIT:
            yield second.start, second.end


def _find_title_copies(lines: list[_Line]) -> Iterator[Span]:
    """Yield later copies of a line of at least four words among the first lines."""
    seen: set[str] = set()
    for line in lines[:_TITLE_LINES]:
        if not line.lower or line.lower.count(" ") < 3:
            continue
        if line.lower in seen:
            yield line.start, line.end
        seen.add(line.lower)


def _find_credits(text: str, lines: list[_Line]) -> Iterator[Span]:
    """Yield photo credits; the caption before them stays."""
    for match in _CREDIT_IN_BRACKETS.finditer(text):
        yield match.span()
    if not any(sign in text for sign in _CREDIT_SIGNS):
        return
    for line in lines:
        tail = line.text[-_CREDIT_REACH:]
        if any(sign in tail for sign in _CREDIT_SIGNS):
            credit = _CREDIT_AT_END.search(text, line.end - len(tail), line.end)
            if credit:
                yield credit.span()


def _find_shares(text: str, _lines: list[_Line]) -> Iterator[Span]:
    """Yield "Share on …" wherever it stands in a line."""
    for sign in _SHARE_SIGNS:
        at = text.find(sign)
        while at >= 0:
            if match := _SHARE.match(text, at):
                yield match.span()
            at = text.find(sign, at + 1)


def _find_links(text: str, _lines: list[_Line]) -> Iterator[Span]:
    """Yield bare links, without the punctuation of the sentence around them."""
    if "://" in text or "www." in text:
        for match in _LINK.finditer(text):
            yield match.start(), match.start() + len(match.group().rstrip(_LINK_END))


def _find_mail(text: str, _lines: list[_Line]) -> Iterator[Span]:
    """Yield e-mail addresses: from each @, to both sides, never far."""
    at = text.find("@")
    while at >= 0:
        left = _MAIL_LEFT.search(text, max(0, at - 64), at)
        right = _MAIL_RIGHT.match(text, at + 1)
        if left and right:
            yield left.start(), right.end()
        at = text.find("@", at + 1)


_INLINE_RULES: Final[tuple[Callable[[str, list[_Line]], Iterator[Span]], ...]] = (
    _find_credits,
    _find_shares,
    _find_links,
    _find_mail,
)


def _join_spans(spans: list[Span]) -> tuple[Span, ...]:
    """Return the union of spans, sorted and disjoint."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return tuple(joined)


def find_masks(text: str) -> tuple[Span, ...]:
    r"""Return the spans of a text that yield no mentions, sorted and disjoint.

    >>> text = "Advertisement\n\nRebels left the town.Photo: REUTERS\n"
    >>> [text[start:end] for start, end in find_masks(text)]
    ['Advertisement', 'Photo: REUTERS']
    """
    return _mask(text, list(_split_lines(text)))


def find_surroundings(text: str) -> tuple[Span, ...]:
    """Return the masks of a text, and the second copies of its title and captions, which name their places but tell nothing new."""
    lines = list(_split_lines(text))
    return _join_spans([*_mask(text, lines), *_find_copies(lines), *_find_title_copies(lines)])


def _mask(text: str, lines: list[_Line]) -> tuple[Span, ...]:
    spans = [*_find_lines(lines), *_find_comment_rules(lines, len(text))]
    for rule in _INLINE_RULES:
        spans += rule(text, lines)
    return _join_spans(spans)

"""The features by which the sense of a name is weighed: the words around it, by what they make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geomap.recognise.lexicon import (
    DIRECTIONS,
    GEO_NOUNS,
    INSTITUTION_NOUNS,
    ORGANISATION_HEADS,
    POWER_VERBS,
    STATE_VERBS,
    UNIT_WORDS,
    english_words,
)
from geomap.recognise.page import word_class
from geomap.recognise.roads import ends_road
from geomap.resolve.kind_rules import HEAD_LINKS, find_kind_by_rules, word_at
from geomap.runtime.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geomap.model import Evidence, Kind
    from geomap.recognise.names import Name
    from geomap.recognise.options import Option
    from geomap.recognise.page import Around, Page
    from geomap.recognise.spans import Span

__all__ = ["NEAR_GAPS", "OWNING", "kind_features", "list_opening", "role_of"]

#: the role of a word that makes nothing of a name before it
_NOTHING: Final = ""


def _find_role(word: str) -> str:
    """Return what a word makes of a name before it: an institution, ground, a power's deed, a saying."""
    lower = word.lower()
    if lower in INSTITUTION_NOUNS:
        return "institution"
    if lower in POWER_VERBS:
        return "power"
    if lower in STATE_VERBS:
        return "state"
    if lower in GEO_NOUNS:
        return "ground"
    if lower in UNIT_WORDS:
        return "unit"
    if lower in ORGANISATION_HEADS:
        return "organisation"
    return word_class(word) if word else _NOTHING


#: the role of a word; most are asked for again and again
role_of: Final[Callable[[str], str]] = Memo(_find_role, 100_000).__getitem__


def kind_features(
    page: Page, span: Span, around: Around, by_rules: tuple[Kind, Evidence] | None = None
) -> list[str]:
    """Return the features by which the sense of a name is weighed; what the rules say is one of them."""
    kind, reason = by_rules or find_kind_by_rules(page, span, around)
    group = "country" if _names_a_country(span.name) else span.name.group
    whole = _whole(span.name)
    following = role_of(word_at(page, span.last + 1)) if around.end_gap in NEAR_GAPS else _NOTHING
    second = role_of(word_at(page, span.last + 2)) if following else _NOTHING
    left = f"{around.start_gap}{around.before}"
    right = f"{around.end_gap}{following or around.after}"
    found = [
        "bias",
        f"rule={kind}:{reason.detail}",
        f"group={group}",
        f"whole={whole}",
        f"before={left}",
        f"before={left}&{whole}",
        f"before2={around.before2}&{left}",
        f"after={right}",
        f"after={right}&{whole}",
        f"after2={second}&{right}",
        f"between={left}&{right}",
        f"shape={_form_of(span.surface)}&{group}",
        f"run={min(len(around.run_before), 2)},{min(len(around.run_after), 2)}",
        f"run={min(len(around.run_before), 2)},{min(len(around.run_after), 2)}&{whole}",
    ]
    is_part = _ends_a_part(page, span)
    if around.end_gap in OWNING:
        found.append(f"owns={_owned(page, span)}&{whole}")
    elif around.end_gap == "_" and not is_part and (deed := _deed(page, span)):
        found.append(f"deed={deed}&{whole}")
    if (last := _end_of_list(page, span)) is not span and (deed := _deed(page, last)):
        found.append(f"listed_deed={deed}&{whole}")
    if around.end_gap == "_" and (led := _led(page, span)):
        found.append(f"led={led}&{whole}")
    if around.before == "of" or (around.before == "the" and around.before2 == "of"):
        found.append(f"of={_head(page, span)}&{whole}")
        back = span.first - 2 - (around.before == "the")
        found += _words("of_word", page, back)
    if around.start_gap == "_" and (asked := role_of(word_at(page, span.first - 1))) in _ASKING:
        found.append(f"asked={asked}&{whole}")
    if word_at(page, span.first - 1).lower() in DIRECTIONS and around.start_gap == "_":
        found.append(f"side={whole}")
    if around.end_gap == "_" and not is_part:
        found += _words("next", page, span.last + 1)
    if around.start_gap == "_":
        found += _words("last2", page, span.first - 2)
    if opened := list_opening(page, span):
        found.append(f"list={opened}&{whole}")
    if headed := _headed(page, span):
        found.append(f"headed={headed}")
    if joined := _joined(page, span, around):
        found.append(f"joined={joined}&{whole}")
    if around.start_gap == "n" and around.end_gap in _DATELINE:
        found.append("dateline")
    following_name = page.starts.get(span.last + 1)
    if following_name is not None and around.end_gap == "," and following_name.name.holds:
        found.append(f"chain={whole}")
    for side, run in (("after", around.run_after), ("before", around.run_before)):
        roles = {role_of(word) for word in run}
        found += [
            f"in_run={side}&{role}"
            for role in ("organisation", "institution", "First")
            if role in roles
        ]
    return found


_WHOLE: Final = frozenset(["country", "abbreviation", "adjective"])
OWNING: Final = ("'s", "'")
#: roles of the first word behind "X's" that tells what X stands for
_TELLING_ROLES: Final = frozenset(
    ["institution", "ground", "unit", "organisation", "title", "event"]
)
_OWNED_REACH: Final = 5


def _owned(page: Page, span: Span) -> str:
    """Return what a name owns ("Mali's central and northern regions", "Niger's army"); "" for nothing that tells."""
    for index in range(span.last + 1, span.last + 1 + _OWNED_REACH):
        word = word_at(page, index)
        if index in page.starts:
            return "name"
        role = "ground" if word.lower() in DIRECTIONS else role_of(word) if word else _NOTHING
        if role in _TELLING_ROLES:
            return role
    return _NOTHING


#: words between a subject and its verb
_BEFORE_VERB: Final = frozenset(
    "has have had will would could may might must can is was are were be been also again still itself not never soon later "
    "recently repeatedly now then already".split()
)


def _words(family: str, page: Page, index: int) -> list[str]:
    """Return the feature of one word as it stands, if it is a usual word of English: no name of an article becomes a feature."""
    word = word_at(page, index).lower()
    return [f"{family}={word}"] if word in english_words() else []


def _end_of_list(page: Page, span: Span) -> Span:
    """Return the last name of the list that a name stands in: Warsaw of "Berlin, Paris and Warsaw called"; the name itself for no list."""
    last = span
    for _ in range(_MOST_LISTED):
        index = last.last + 1
        gap = page.text[last.end : page.tokens[index][0]] if index < len(page.tokens) else ""
        if gap in (" ", ", ") and word_at(page, index) in ("and", "or"):
            index += 1
        elif gap != ", ":
            break
        following = page.starts.get(index)
        if following is None:
            break
        last = following
    return last


#: a noun that a name modifies stands among so many words behind it
_LED_REACH: Final = 3
_HEADS: Final = frozenset(["institution", "title", "Title", "people"])


def _led(page: Page, span: Span) -> str:
    """Return the role of the office or the people that a name modifies, with words between: "Kunduz provincial governor", "Kalat Assistant Commissioner"."""
    for index in range(span.last + 1, span.last + 1 + _LED_REACH):
        word = word_at(page, index)
        if not word or index in page.starts or word.lower() in _CLOSED:
            return _NOTHING
        role = "people" if word.lower() in _PEOPLE else role_of(word)
        if word.lower() in _OFFICES:
            role = "title"
        if role in _HEADS:
            return f"{role}{min(index - span.last, 2)}"
        if index + 1 == len(page.tokens) or not _stands_close(page, index):
            return _NOTHING
    return _NOTHING


#: small words that end what a name modifies
_CLOSED: Final = frozenset(
    "a an the and or of in on at to from for with by as is are was were be been has have had that which who when where while after before".split()
)
_PEOPLE: Final = frozenset(
    "people peoples policemen warriors gunmen side garrison infantry troops marines militiamen soldiers herders farmers traders "
    "pastoralists refugees migrants villagers residents inhabitants women men youths nationals voters delegates athletes".split()
)
_OFFICES: Final = frozenset(
    "gov governor commissioner chief mayor prefect administrator aide envoy ambassador".split()
)


#: roles of the verb before a name that is spoken to: "blamed X", "thanked X"
_ASKING: Final = frozenset(["power", "state"])


def _deed(page: Page, span: Span) -> str:
    """Return what a name does ("Russia has tried", "Ukraine would need"): the role of the verb behind it, and whether it is helped."""
    helped = ""
    for index in range(span.last + 1, span.last + 1 + _OWNED_REACH):
        word = word_at(page, index)
        if word.lower() not in _BEFORE_VERB:
            role = role_of(word) if word.islower() else _NOTHING
            return f"{helped}{role}" if role and (helped or role in _VERBAL) else _NOTHING
        helped = "+"
    return _NOTHING


_VERBAL: Final = frozenset(["power", "state", "say", "-ed", "move", "reach", "assault"])


def _ends_a_part(page: Page, span: Span) -> bool:
    """Return whether a name says of what a part is: in "the Kahda district of Mogadishu remains shut" it is the district that does."""
    return word_at(page, span.first - 1) == "of" and _head(page, span) in _PARTS


_PARTS: Final = frozenset(["unit", "ground"])


def _head(page: Page, span: Span) -> str:
    """Return the role of the noun before "of" and a name ("the government of Mali", "the north of Mali")."""
    index = span.first - 2
    if index >= 0 and page.tokens[index][2].lower() == "of":
        index -= 1
    return role_of(page.tokens[index][2]) if index >= 0 else _NOTHING


_MOST_CAPITALS: Final = 3


def _headed(page: Page, span: Span) -> str:
    """Return the head of a longer name that a name ends ("Armed Forces of the X"): its link, its role, how many capitals run up to it."""
    index = span.first - 1
    if index >= 0 and page.tokens[index][2] == "the":
        index -= 1
    link = page.tokens[index][2] if index > 0 else ""
    if link not in HEAD_LINKS:
        return _NOTHING
    head = page.tokens[index - 1][2]
    role = role_of(head)
    capitals = 0
    while capitals < _MOST_CAPITALS and index - 1 - capitals >= 0:
        at = index - 1 - capitals
        if not page.tokens[at][2][0].isupper() or not _stands_close(page, at):
            break
        capitals += 1
    return f"{link}&{role}&{capitals}" if capitals else _NOTHING


def _stands_close(page: Page, index: int) -> bool:
    """Return whether nothing but a space or a hyphen stands behind a word."""
    return page.text[page.tokens[index][1] : page.tokens[index + 1][0]] in (" ", "-")


_MOST_LISTED: Final = 6


def list_opening(page: Page, span: Span) -> str:
    """Return the word before the list that a name goes on: "in" of "in both Iraq and Syria", for Syria; "" for what is in no list."""
    first = span
    for _ in range(_MOST_LISTED):
        index = first.first - 1
        gap = page.text[page.tokens[index][1] : first.start] if index >= 0 else ""
        if gap == " " and word_at(page, index) in ("and", "or"):
            index -= 1
        elif gap != ", ":
            break
        other = page.ends.get(index)
        if other is None:
            break
        first = other
    if first is span:
        return _NOTHING
    before = first.first - 1
    if word_at(page, before) in ("both", "the"):
        before -= 1
    word = word_at(page, before)
    if word == "of":
        return f"of {role_of(word_at(page, before - 1))}"
    return "include" if word.startswith("includ") else role_of(word) if word else _NOTHING


def _joined(page: Page, span: Span, around: Around) -> str:
    """Return what a name is joined with by "and" or a hyphen: a whole country, a capital or another place; "road" for "the X-Y road"."""
    if around.end_gap in _HYPHENS or around.start_gap in _HYPHENS:
        following, previous = page.starts.get(span.last + 1), page.ends.get(span.first - 1)
        other = following if around.end_gap in _HYPHENS else previous
        if other is None:
            return _NOTHING
        return "road" if ends_road(page, span) else f"-{_whole(other.name)}"
    other = None
    if around.before == "and" and around.start_gap == "_":
        other = page.ends.get(span.first - 2)
        first = other.first if other is not None else 0
    elif around.after == "and" and around.end_gap == "_":
        other, first = page.starts.get(span.last + 2), span.first
    if other is None or word_at(page, first - 1 - (word_at(page, first - 1) == "the")) != "between":
        return _NOTHING
    between = first - 1 - (word_at(page, first - 1) == "the")
    return f"+{_whole(other.name)}&{_tie(page, between - 1)}"


#: what holds two powers together or apart, and no ground: "relations between Mali and Niger"
_TIES: Final = frozenset(
    "agreement cooperation deal dispute diplomacy negotiations pact peace relations rivalry summit talks tension tensions trade treaty truce war".split()
)
_LINES: Final = frozenset(
    "border borders boundary crossing distance front frontier road roads".split()
)


def _tie(page: Page, index: int) -> str:
    """Return what stands before "between": what powers have with each other, a line on the ground, or neither."""
    word = word_at(page, index).lower()
    return "tie" if word in _TIES else "line" if word in _LINES else ""


_HYPHENS: Final = ("-", "–", "—")
#: what stands behind the town that a report begins with: "BAKU — ", "New Delhi: "
_DATELINE: Final = ("—", "–", "-", ":")


def _names_a_country(name: Name) -> bool:
    """Return whether a name is short for a country: "DRC" is told like "Congo"."""
    return name.group == "abbreviation" and name.options[0].type == "country"


def _find_whole(name: Name) -> str:
    """Return whether a name is a whole country's, a capital's or another place's."""
    if name.group in _WHOLE:
        return "country"
    return "capital" if _is_capital(name.options) else "place"


_whole: Final[Callable[[Name], str]] = Memo(_find_whole, 50_000).__getitem__


NEAR_GAPS: Final = ("_", "-", "'s", "'")


def _is_capital(options: Sequence[Option]) -> bool:
    return any(option.is_capital for option in options[:3])


def _form_of(surface: str) -> str:
    if surface.isupper():
        return "capitals"
    return "lower" if surface[:1].islower() else "title"

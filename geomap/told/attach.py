"""Which time belongs to which name: the time of the clause that the name stands in.

1. A clause has the time that is told in it; of two, the more exact one, then the one nearer to its verb.
2. A clause beside another ("and", "but", a semicolon) shares that one's time where its tense is the same.
3. "When", "while" and "as" clauses and the clause that they hang on share; "after", "before",
   "because" clauses do not. A relative clause shares where it goes on in the same past or future.
4. The time of saying is not the time of what is said, nor the other way round.
5. A time that belongs to a noun ("Saturday's vote in A") is that of the names behind the noun, and the
   clause's too where the noun stands behind no preposition.
6. Where its clause tells no time, a name has that of the relative clause or participle that
   describes it ("A, captured in 2014, lies on the river").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.articles.published import HEADER_REACH, find_head_dates
from geomap.text import sentences_of
from geomap.told.clauses import read_clauses
from geomap.told.phrases import find_phrases, find_triggers
from geomap.told.resolve import resolve_phrase
from geomap.told.traps import is_genitive, is_trap
from geomap.told.verbs import word_class
from geomap.told.words import DUE_FOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import DateSpan
    from geomap.text import Sentences, Token
    from geomap.told.phrases import Phrase
    from geomap.told.readings import Told
    from geomap.told.sentence import Clause, Sentence
    from geomap.told.verbs import Tense

__all__ = ["Time", "attach_times", "find_times"]

Span = tuple[int, int]

#: a noun phrase behind "Saturday's" goes on to the next of these
_NOUN_END: Final = re.compile(r"[,;:()—–\"“”]|\s(?:and|but|was|were|is|are|has|have|had|will|would|said|while|when|after|before|because)\b")  # fmt: skip
_NOUN_REACH: Final = 90
#: sentences without a name that are read again for "a year later"
_MOST_SKIPPED: Final = 6
_DESCRIBED: Final = re.compile(
    r"(?:['’]s)?,?\s(?:(?:an?|the|its|which|who|that|where|once)\s)?(?:[\w'’-]+\s){0,5}|\s?[(—–]\s?"
)
#: words right before a time that is to come
_EXPECTED: Final = re.compile(
    r"\b(?:scheduled|due|planned|set|slated|expected|to be \w+|until)\s\Z"
)
#: words behind which the time of a noun is not its clause's
_PREPOSITION: Final = re.compile(
    r"\b(?:of|due\sto|owing\sto|thanks\sto|despite|after|following|before|for|about|over|since|from|with|on|than)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
#: what is spoken of behind these has been
_CAUSE: Final = re.compile(
    r"\b(?:because\sof|despite|due\sto|owing\sto|over|since|from|wake\sof|response\sto|result\sof|for|by|in\sspite\sof)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_PROGRESSIVE: Final = re.compile(r"\s(?:\w+\s)?(?:\w+ing|to|due|set|expected)\b")
_NOW: Final = re.compile(r"\b(?:now|then|later|since)\b")
#: behind "has": a state, not what was done today
_HAS_BECOME: Final = re.compile(
    r"\s(?:\w+ly\s|also\s|now\s|long\s)?(?:become|remained|grown|turned|been\s(?:\w+ly\s)?(?!\w+(?:ed|en|wn|ught|ld|ut|ot|de|lt)\b))"
)
#: a clause in the present tells today by these, and not what is so nowadays
_SCHEDULED: Final = frozenset(
    """opens closes begins starts ends leaves arrives returns meets holds hosts votes visits celebrates marks launches plays
    faces departs sails elects runs resumes reopens flies travels joins performs graduates expires plans wants hopes intends
    aims expects forecasts decides receives premieres debuts competes tours sings needs enters follows open close begin start end leave arrive return meet hold vote visit celebrate mark""".split()
)


#: kinds that the date of a page can look like
_OF_HEADS: Final = frozenset("month_day day_month numeric foreign month year weekday".split())


class _Group(NamedTuple):
    """A sentence that holds words of time."""

    bounds: Span
    triggers: list[Token]


@dataclass(slots=True)
class Time:
    """A time that is told: its phrase, what it means, and how it stands in its sentence."""

    phrase: Phrase
    told: Told
    clause: int
    is_of_noun: bool = False
    #: how far the noun phrase goes that a time belongs to
    noun_end: int = 0


def _is_to_come(text: str, phrase: Phrase, clause: Clause, tense: Tense) -> bool:
    """Tell whether a phrase looks ahead of the day of publication."""
    if tense == "future":
        return True
    lead = text[max(0, phrase.start - 24) : phrase.start]
    if _EXPECTED.search(lead):
        return True
    if tense == "present" and clause.verb >= 0:
        verb = text[clause.verb : clause.verb_end].lower()
        if word_class(verb) in ("present", "base") and verb not in _SCHEDULED:
            return False  # a caption: "an officer stands guard in A in March"
        return " after " not in text[clause.verb : phrase.start]
    return False


class _Reader:
    """Reads the times of one article's sentences, in order."""

    def __init__(self, text: str, tokens: Sequence[Token], published: DateSpan) -> None:
        self.text = text
        self.tokens = tokens
        self.published = published
        #: what was told last, and later sentences that nobody has read because no name stands in them
        self.before: Told | None = None
        self.skipped: list[_Group] = []
        #: where the dates of the page's head and foot stand, once somebody has asked
        self.head: list[Span] | None = None

    def read(self, group: _Group, names_end: int) -> tuple[list[Time], Sentence | None]:
        """Return the times of a sentence, and its clauses; none where it tells no time.

        ``names_end`` is where its last name ends.
        """
        text, (low, high), triggers = self.text, group.bounds, group.triggers
        phrases = [
            phrase
            for phrase in find_phrases(text, low, high, triggers)
            if not (is_trap(text, phrase, low, high) or self._is_in_head(phrase))
        ]
        if not phrases:
            return [], None
        bounds = [(phrase.start, phrase.end) for phrase in phrases]
        last = max(names_end, bounds[-1][1])
        sentence = read_clauses(text, group.bounds, bounds, self.tokens, last)
        times: list[Time] = []
        for phrase in phrases:
            time = self._read_phrase(phrase, group.bounds, sentence, times)
            if time is not None:
                times.append(time)
        return times, sentence

    def _read_phrase(
        self, phrase: Phrase, bounds: Span, sentence: Sentence, times: Sequence[Time]
    ) -> Time | None:
        text, (low, high) = self.text, bounds
        index = sentence.at(phrase.start)
        clause, kind = sentence.clauses[index], phrase.first.kind
        genitive = is_genitive(text, phrase, low)
        tense = sentence.tense(index)
        to_come = _is_to_come(text, phrase, clause, tense)
        if (phrase.first.parts.get("turn") or "").lower() == "this" and kind == "weekday":
            to_come = _is_this_to_come(sentence, index)
        if kind == "within" and not to_come:
            return None  # how long something took
        if kind == "word" and not genitive and _is_nowadays(text, phrase, clause, tense):
            return None
        if kind in ("ago", "same", "then"):
            way = phrase.first.parts.get("way")
            if way in ("earlier", "before") and any(time.clause == index for time in times):
                return None  # "in the first quarter, from 1,990 a year earlier"
            self._catch_up()
        if not genitive:
            if to_come and tense == "present" and kind in ("month_day", "day_month"):
                to_come = not _is_nearer_before(phrase, self.published)
            told = resolve_phrase(phrase, self.published, to_come=to_come, before=self.before)
            time = Time(phrase, told, index)
        else:
            lead = text[max(low, phrase.first.start - 32) : phrase.first.start]
            is_cause = phrase.tie == "after" or _CAUSE.search(lead) is not None
            to_come = phrase.tie == "before" or (to_come and not is_cause)
            bare = phrase._replace(tie="in")
            told = resolve_phrase(bare, self.published, to_come=to_come, before=self.before)
            shown = (
                phrase._replace(start=phrase.first.start) if phrase.tie in ("in", "by") else phrase
            )
            end = _NOUN_END.search(text, phrase.end + 2, min(high, phrase.end + _NOUN_REACH))
            time = Time(
                shown,
                told,
                index,
                is_of_noun=phrase.tie not in ("", "in", "by") or _has_preposition(text, phrase),
                noun_end=end.start() if end else min(high, phrase.end + _NOUN_REACH),
            )
        if told.days is not None:
            self.before = told
            self.skipped.clear()
        return time

    def _is_in_head(self, phrase: Phrase) -> bool:
        """Return whether a phrase is the date of the page, which tells no time of a sentence."""
        if (
            phrase.first.kind not in _OF_HEADS
            or HEADER_REACH < phrase.start < len(self.text) - HEADER_REACH
        ):
            return False
        if self.head is None:
            self.head = find_head_dates(self.text)
        return any(low < phrase.end and phrase.start < high for low, high in self.head)

    def _catch_up(self) -> None:
        """Read what was skipped, for a phrase that counts from what was told before it."""
        skipped, self.skipped = self.skipped[-_MOST_SKIPPED:], []
        for group in skipped:
            self.read(group, group.bounds[0])


def _is_this_to_come(sentence: Sentence, index: int) -> bool:
    """Return whether "this Monday" lies ahead: unless the verb around it is one of the past."""
    clauses = sentence.clauses
    while clauses[index].verb < 0 and index != clauses[index].parent:
        index = clauses[index].parent
    past = sentence.tense(index) in ("past", "perfect", "pluperfect")
    return not past or clauses[index].verb < 0


def _is_nearer_before(phrase: Phrase, published: DateSpan) -> bool:
    """Return whether "May 31" beside a present lies nearer to the publication last time than next time."""
    now = published.start
    past = resolve_phrase(phrase, published, to_come=False, before=None).days
    ahead = resolve_phrase(phrase, published, to_come=True, before=None).days
    if now is None or past is None or ahead is None:
        return False
    return abs((now - past.last).days) < abs((ahead.first - now).days)


def _has_preposition(text: str, phrase: Phrase) -> bool:
    """Tell a time's noun behind "because of", "despite" and the like: not the clause's own."""
    lead = text[max(0, phrase.start - 16) : phrase.first.start]
    return _PREPOSITION.search(lead) is not None


def _is_nowadays(text: str, phrase: Phrase, clause: Clause, tense: Tense) -> bool:
    """Tell "today" for nowadays: in the present, of what is not happening on a day."""
    if (phrase.first.parts["word"] or "").lower() != "today" or tense not in ("present", "perfect"):
        return False
    if clause.verb < 0:
        return False
    if tense == "perfect":
        return _HAS_BECOME.match(text, clause.verb_end) is not None
    verb = text[clause.verb : clause.verb_end].lower()
    return verb not in _SCHEDULED and not _PROGRESSIVE.match(text, clause.verb_end)


def _width(time: Time) -> int:
    """Return how many days a time has; one without days is wider than any."""
    days = time.told.days
    return (days.last - days.first).days if days else 10**6


def _choose(times: Sequence[Time], clause: Clause) -> Time | None:
    """Return the time of a clause: the more exact of two, then the one nearer to its verb."""
    if len(times) < 2:
        return times[0] if times else None
    return min(times, key=lambda time: (_width(time), abs(time.phrase.start - clause.verb)))


class _Plan:
    """The times of the clauses of one sentence."""

    def __init__(
        self, text: str, sentence: Sentence, times: Sequence[Time], published: DateSpan
    ) -> None:
        self.text = text
        self.published = published
        self.sentence = sentence
        self.times = times
        self.known: dict[int, Time | None] = {}

    def own(self, index: int) -> list[Time]:
        return [time for time in self.times if time.clause == index and not time.is_of_noun]

    def of_clause(self, index: int, depth: int = 0) -> Time | None:
        """Return the time of a clause, its own or one that it shares."""
        if index in self.known:
            return self.known[index]
        clause = self.sentence.clauses[index]
        time = _choose(self.own(index), clause)
        if time is None and depth < 8:
            time = self._shared(index, clause, depth)
        self.known[index] = time
        return time

    def _shared(self, index: int, clause: Clause, depth: int) -> Time | None:
        clauses = self.sentence.clauses
        if index != clause.parent:
            if clause.kind == "part":
                ahead = clause.is_to_come and clause.word in DUE_FOR
                return None if ahead else self.of_clause(clause.parent, depth + 1)
            tense, around = self.sentence.tense(index), self.sentence.tense(clause.parent)
            same = tense == around or (tense == "past" and around == "pluperfect")
            if (
                clause.kind == "and"
                and same
                and clause.word != ":"
                and not self._is_later(clause, around)
            ):
                return self._beside(index, clause, depth)
            if clause.kind == "which" and same and tense != "present":
                behind = self._right_behind(clause)
                return behind or self.of_clause(clause.parent, depth + 1)
            if clause.kind == "while":
                behind = self._right_behind(clause)
                if behind is not None:
                    return behind
                if same or clause.word in ("when", "as"):
                    return self.of_clause(clause.parent, depth + 1)
                return None
        # the main clause shares the time of its "when"
        for other, child in enumerate(clauses):
            if child.kind != "while" or child.parent != index or child.word == "whereas":
                continue
            same = self.sentence.tense(other) == self.sentence.tense(index)
            if child.word == "when" or (same and child.start <= clause.verb):
                time = _choose(self.own(other), child)
                if time is not None:
                    return time
        return None

    def _is_later(self, clause: Clause, around: Tense) -> bool:
        """Return whether a past clause goes on after what had been before: "had taken A and now held B"."""
        if around != "pluperfect" or clause.tense != "past":
            return False
        return not clause.is_ambiguous or bool(_NOW.search(self.text, clause.start, clause.verb))

    def _beside(self, index: int, clause: Clause, depth: int) -> Time | None:
        """Return the time of the clause before one that stands beside it."""
        clauses = self.sentence.clauses
        before = [
            other
            for other in range(index)
            if clauses[other].kind == "and" and clauses[other].parent == clause.parent
        ]
        return self.of_clause(before[-1] if before else clause.parent, depth + 1)

    def _right_behind(self, clause: Clause) -> Time | None:
        """Return the time that a "when" stands right behind ("since early 2014, when …")."""
        for time in self.times:
            phrase = time.phrase
            if phrase.end <= clause.start <= phrase.end + 3:
                if phrase.tie in ("", "in") or phrase.last is not None:
                    return time
                bare = phrase._replace(tie="in", start=phrase.first.start)
                told = resolve_phrase(bare, self.published, to_come=False, before=None)
                return Time(bare, told, time.clause)
        return None

    def of_name(self, span: Span) -> Time | None:
        """Return the time of a name."""
        start, end = span
        for time in self.times:
            if time.noun_end and time.phrase.end <= start < time.noun_end:
                return time
        if end <= self.sentence.body:
            return None
        index = self.sentence.at(start)
        own = self.own(index)
        if len(own) > 1:
            beside = next((time for time in own if 0 < time.phrase.start - end <= 1), None)
            if beside is not None:
                return beside  # "for a fire in A in 2012"
            part = self._part_of_list(own, start)
            if part is not None:
                return part
        return self.of_clause(index) or self._describing(index, end)

    def _part_of_list(self, own: Sequence[Time], start: int) -> Time | None:
        """Return the time of the part of a clause that a name stands in ("A on Monday and B on Friday")."""
        joints = [joint for joint in self.sentence.joints if own[0].phrase.start < joint]
        cuts = []
        for one, other in pairwise(own):
            between = [j for j in joints if one.phrase.end <= j < other.phrase.start]
            if not between:
                return None
            cuts.append(between[0])
        number = sum(start > cut for cut in cuts)
        return own[number]

    def _describing(self, index: int, end: int) -> Time | None:
        """Return the time of the relative clause or participle right behind a name."""
        for other, clause in enumerate(self.sentence.clauses):
            if other == index or clause.kind not in ("which", "part") or clause.start < end:
                continue
            if _DESCRIBED.fullmatch(self.text, end, clause.start) or clause.start - end <= 2:
                return _choose(self.own(other), clause)
        return None


def _group(sentences: Sentences, triggers: Sequence[Token]) -> list[_Group]:
    """Return the sentences that hold words of time, with these words."""
    groups: list[_Group] = []
    end = -1
    for trigger in triggers:
        if trigger[0] >= end:
            bounds = sentences.bounds(trigger[0], trigger[1])
            groups.append(_Group(bounds, []))
            end = bounds[1]
        groups[-1].triggers.append(trigger)
    return groups


def attach_times(
    text: str, tokens: Sequence[Token], names: Sequence[Span], published: DateSpan
) -> dict[Span, Time]:
    """Return the times of names, those that have one.

    Args:
        text: The article's text.
        tokens: Its words.
        names: Where names stand, in order.
        published: When the article was published.
    """
    triggers = find_triggers(tokens)
    if not triggers or not names:
        return {}
    found: dict[Span, Time] = {}
    reader = _Reader(text, tokens, published)
    starts = [start for start, _ in names]
    for group in _group(sentences_of(text), triggers):
        low, high = group.bounds
        inside = names[bisect_left(starts, low) : bisect_left(starts, high)]
        if not inside:
            reader.skipped.append(group)
            continue
        times, sentence = reader.read(group, inside[-1][1])
        if sentence is None or not times:
            continue
        plan = _Plan(text, sentence, times, published)
        for name in inside:
            time = plan.of_name(name)
            if time is not None:
                found[name] = time
    return found


def find_times(text: str, tokens: Sequence[Token], published: DateSpan) -> list[Time]:
    """Return the times that a text tells, in order, whether or not a name stands with them.

    Args:
        text: The article's text.
        tokens: Its words.
        published: When the article was published.
    """
    reader = _Reader(text, tokens, published)
    groups = _group(sentences_of(text), find_triggers(tokens))
    return [time for group in groups for time in reader.read(group, group.bounds[0])[0]]

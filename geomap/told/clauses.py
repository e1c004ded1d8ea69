"""The clauses of a sentence, as far as telling times needs them: one finite verb each.

Words are looked up in closed lists (geomap/told/words.py) and weighed by their endings; nothing is
parsed. A sentence is read once, from left to right. What may begin a clause (a comma, "and",
"after" …) is kept in mind until a finite verb shows that it did.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geomap.told.verbs import TENSES, Tense, find_tense, guess_class
from geomap.told.words import ADVERBS, CLASSES, NOUN_LIKE, SPEECH

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Clause", "Sentence", "read_clauses"]

#: how a clause hangs on another one: ``main``; ``and`` beside it; ``while`` at the same time;
#: ``after`` with a time of its own; ``which`` describes a name; ``part`` a participle that does;
#: ``content`` what is said; ``report`` who says it
ClauseKind = Literal["main", "and", "while", "after", "which", "part", "content", "report"]

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*|[,;:()\"“”—–]|(?<!\w)['‘](?=\w)|(?<=[,.?!])['’]")  # fmt: skip
#: tokens of a sentence that are read; a longer one is a list of something
_MOST_TOKENS: Final = 160
_QUOTES: Final = frozenset("\"“'‘")
#: CITY (AGENCY) —, CITY, Country, Nov 4 -, WASHINGTON (AP)
_DATELINE: Final = re.compile(
    r"[A-Z][A-Z'’.-]{2,}(?:[ /-][A-Z][A-Z'’.-]+){0,3}(?:,\s[A-Z][\w.'’ ]{1,30}){0,3},?"
    r"\s?(?:\([A-Z][\w .,/&’'-]{1,40}\)\s?(?:--?|[–—]|:)?|--?\s|[–—]|:\s)\s?"
)


@dataclass(slots=True)
class Clause:
    """One clause: ``parent`` is the index of the clause that it hangs on (itself for the first).

    ``word`` is what opens it ("while", "which" …), "" where nothing does. ``verb`` is where its
    finite verb stands, -1 where none was found; ``is_speech`` tells a verb of saying, ``comma`` the
    comma before one, behind which its subject may stand. ``is_ambiguous`` marks a past that could be a
    participle, ``is_weak`` a present that could be a noun.
    """

    kind: ClauseKind
    start: int
    parent: int
    word: str = ""
    tense: Tense = "past"
    verb: int = -1
    verb_end: int = -1
    is_speech: bool = False
    is_ambiguous: bool = False
    is_weak: bool = False
    comma: int = -1


class Sentence:
    """The clauses of a sentence, and which of them holds a position.

    ``body`` is where it begins behind a dateline; ``joints`` are where "and", "but" or a semicolon stands.
    """

    __slots__ = ("_marks", "_owners", "body", "clauses", "joints")

    def __init__(
        self, body: int, clauses: list[Clause], switches: list[tuple[int, int]], joints: list[int]
    ) -> None:
        self.body = body
        self.clauses = clauses
        self.joints = joints
        switches.sort(key=lambda switch: switch[0])
        self._marks = [mark for mark, _ in switches]
        self._owners = [owner for _, owner in switches]

    def at(self, position: int) -> int:
        """Return the index of the clause that holds a position of the text."""
        return self._owners[max(0, bisect_right(self._marks, position) - 1)]


class _Reader:
    """Reads one sentence; see ``read_clauses``."""

    def __init__(self, text: str, low: int, high: int, times: Sequence[tuple[int, int]]) -> None:
        dateline = _DATELINE.match(text, low, high)
        low = dateline.end() if dateline else low
        self.text = text
        self.low = low
        self.high = high
        self.times = times
        self.clauses = [Clause("main", low, 0)]
        self.switches = [(low, 0)]
        self.joints: list[int] = []
        self.now = 0
        #: what may begin a clause: its place, its word and kind
        self.soft: tuple[int, str, str] | None = None
        self.quotes: list[int] = []

    def _open(self, kind: ClauseKind, start: int, word: str = "") -> Clause:
        clause = Clause(kind, start, self.now, word)
        self.clauses.append(clause)
        self.now = len(self.clauses) - 1
        self.switches.append((start, self.now))
        self.soft = None
        return clause

    def _return(self, start: int) -> None:
        """Go on with the clause that the current one hangs on."""
        self.now = self.clauses[self.now].parent
        self.switches.append((start, self.now))

    def _waiting(self) -> int | None:
        """Return the nearest clause around the current one that has no verb yet."""
        index = self.now
        while index != self.clauses[index].parent:
            if self.clauses[index].kind in ("content", "and"):
                return None
            index = self.clauses[index].parent
            if self.clauses[index].verb < 0:
                return index
        return None

    def read(self) -> Sentence:
        times, following = self.times, 0
        group = infinitive = False
        before = ""
        for number, match in enumerate(_TOKEN.finditer(self.text, self.low, self.high)):
            if number > _MOST_TOKENS:
                break
            start, end = match.span()
            while following < len(times) and times[following][1] <= start:
                following += 1
            if following < len(times) and times[following][0] <= start:
                before = "T"
                continue
            token = match.group()
            first = token[0]
            if not first.isalnum():
                self._mark(token, start, end)
                before, group = token, False
                continue
            word = token.lower()
            known = CLASSES.get(word)
            if known is None:
                known = guess_class(word, token, before)
            if known is None:
                if group and not (word in ADVERBS or word.endswith("ly")):
                    group = False
                infinitive = False
                before = word
                continue
            if known == "to":
                infinitive = True
            elif known == "be":
                group = True
            elif known == "according":
                self._report(start, end)
            elif known == "closed":
                group = infinitive = False
            elif known in ("and", "while", "after"):
                self._join(word, known, start, before)
                group = infinitive = False
            elif known in ("which", "that"):
                if known == "which" or self._is_joining(end, before):
                    self._describe(word, start)
                group = infinitive = False
            elif infinitive:
                infinitive = False
            elif group and known in ("present", "participle", "ed", "had", "has"):
                group = known in ("had", "has")
            elif (known == "present" and self._is_noun(word, token, before)) or (
                known in ("participle", "ed", "ing")
                and not self._is_finite(known, word, start, before)
            ):
                pass
            elif known != "ing":
                self._verb(known, word, start, end, before)
                group = known in ("was", "had", "is", "has", "will", "may")
            before = word
        self._finish()
        return Sentence(self.low, self.clauses, self.switches, self.joints)

    def _is_noun(self, word: str, token: str, before: str) -> bool:
        """Tell "the trains", "Exports through" from a verb."""
        if word in NOUN_LIKE and self.clauses[self.now].verb >= 0:
            reports = word in SPEECH and self.soft is not None and self.soft[1] == ","
            if not reports:
                return True
        return (
            CLASSES.get(before) == "closed"
            or (token[0].isupper() and word != token)
            or before in ("", "T")
        )

    def _mark(self, mark: str, start: int, end: int) -> None:
        """Read a comma, a bracket, a quotation mark."""
        if mark in "\"“”'‘’":
            self._quote(mark, start, end)
        elif mark == "(":
            self._open("part", start, "(")
        elif mark == ")":
            while self.clauses[self.now].word != "(" and self.now:
                self.now = self.clauses[self.now].parent
            if self.now:
                self._return(end)
        elif mark in ";:":
            self._close_described(start)
            self.soft = (start, "and", mark)
            self.joints.append(start)
        else:
            self._close_described(start)
            if self.soft is None or not self._is_bare(self.soft[0], start):
                self.soft = (start, ",", mark)

    def _is_bare(self, joint: int, comma: int) -> bool:
        """Tell a comma behind "; this autumn" or "and on Friday": what was joined goes on."""
        soft = self.soft
        if soft is None or soft[1] != "and":
            return False
        if soft[2] == ";":
            return True
        rest = self.text[joint + len(soft[2]) : comma].strip()
        return not rest or any(first <= joint + len(soft[2]) + 1 and comma <= last for first, last in self.times)  # fmt: skip

    def _close_described(self, start: int) -> None:
        """Let a comma end what describes a name, or a clause with a time of its own."""
        clause = self.clauses[self.now]
        if self.now and (
            (clause.kind == "part" and clause.word != "(")
            or clause.word == "according"
            or (clause.kind in ("which", "after", "while") and clause.verb >= 0)
        ):
            self._return(start)

    def _quote(self, mark: str, start: int, end: int) -> None:
        opens = mark in "“‘" or (mark in "\"'" and not self.quotes)
        if opens and mark != "’":
            self.quotes.append(self.now)
            self._open("content", start, mark)
        elif self.quotes:
            self.now = self.quotes.pop()
            self.switches.append((end, self.now))
            self.soft = None

    def _join(self, word: str, known: str, start: int, before: str) -> None:
        """Keep a word in mind that may begin a clause."""
        if known in ("and", "after"):
            self.joints.append(start)
        if known == "and":
            if self.soft is None or self.soft[1] != "after":
                self.soft = (start, "and", word)
        elif (
            known == "while" and word == "as" and before in ("known", "such", "well", "as", "same")
        ):
            pass
        else:
            self.soft = (start, known, word)

    def _report(self, start: int, end: int) -> None:
        """Read "according to", which reports like a verb of saying, up to the next comma."""
        cut = self.soft[0] if self.soft is not None and self.soft[1] == "," else start
        clause = self._open("report", cut, "according")
        clause.verb, clause.verb_end, clause.tense = start, end, "present"

    def _is_joining(self, end: int, before: str) -> bool:
        """Tell a "that" that begins a clause from one that points ("that day")."""
        following = self.text[end : end + 24].lstrip()
        return (
            bool(before) and before not in (",", "and", "T", "of", "in", "on", "at", "by", "to")
        ) or (self.clauses[self.now].is_speech and bool(following))

    def _describe(self, word: str, start: int) -> None:
        clause = self.clauses[self.now]
        if word == "that" and clause.is_speech and clause.verb >= 0 and clause.kind != "which":
            self._open("content", start, word)
            return
        if (
            word == "that"
            and self.soft is not None
            and self.soft[1] == "and"
            and clause.kind == "content"
        ):
            self._open("content", self.soft[0], word)  # "said that …, and that …"
            self.clauses[self.now].parent = clause.parent
            return
        self._open("which", start, word)

    def _is_finite(self, known: str, word: str, start: int, before: str) -> bool:
        """Tell a verb of the past from a participle; open a clause where a participle stands alone."""
        clause = self.clauses[self.now]
        speech = word in SPEECH
        if before == "," and not speech:
            if clause.verb < 0 and self._has_returned():
                return True
            if self.now == 0 and clause.verb < 0 and known == "ing":
                return False
            self._open("part", start, word)
            return False
        if known == "ing":
            return False
        closed = CLASSES.get(before)
        if closed in ("closed", "be", "is", "was") or (
            before.endswith("ly") and clause.verb >= 0 and self.soft is None
        ):
            return False
        if self.soft is None and clause.verb >= 0 and not speech and self._waiting() is None:
            if clause.is_speech and clause.kind != "content":
                return True
            if before == "T" or closed is not None:
                return False
            # "closed a bridge damaged in February"
            self._open("part", start, word)
            return False
        soft = self.soft
        # "if asked", "before opened"
        return soft is None or soft[1] != "after" or self.text[soft[0] : start].strip() != soft[2]

    def _has_returned(self) -> bool:
        """Tell whether the last comma has ended what described the current clause's subject."""
        mark, owner = self.switches[-1]
        return owner == self.now and mark > self.clauses[owner].start

    def _verb(self, known: str, word: str, start: int, end: int, before: str) -> None:
        """Give a finite verb to its clause, which it may open."""
        clause = self.clauses[self.now]
        speech = word in SPEECH
        if clause.kind == "part" and clause.verb < 0 and self._is_in_list(clause, start, known):
            # "was born in A, studied in B and moved": one of several verbs, no participle
            clause.kind, clause.verb, clause.verb_end = "and", clause.start, clause.start
        if clause.verb >= 0 or (self.soft is not None and self.soft[1] in ("after", "while")):
            clause = self._clause_of_verb(clause, start, before, speech=speech)
        if clause.verb >= 0:
            return
        clause.verb, clause.verb_end = start, end
        if speech and self.soft is not None and self.soft[1] == ",":
            clause.comma = self.soft[0]
        self.soft = None
        clause.is_speech = speech
        clause.is_ambiguous = known in ("participle", "ed")
        clause.is_weak = known == "present"
        clause.tense = TENSES[known]

    def _is_in_list(self, clause: Clause, start: int, known: str) -> bool:
        soft = self.soft
        if soft is None or soft[1] != "and" or clause.word == "(" or clause.word.endswith("ing"):
            return False
        if known not in ("participle", "ed", "past") or self._is_whole(soft[0], start):
            return False
        return self.clauses[clause.parent].verb >= 0

    def _clause_of_verb(self, clause: Clause, start: int, before: str, *, speech: bool) -> Clause:
        soft = self.soft
        waiting = self._waiting()
        if soft is not None and soft[1] in ("after", "while"):
            kind: ClauseKind = "while" if soft[1] == "while" else "after"
            return self._open(kind, soft[0], soft[2])
        if waiting is not None and (soft is None or soft[1] == ","):
            # the clause around a finished one goes on: ", which …, sent"
            cut = soft[0] if soft is not None else start
            self.now = waiting
            self.switches.append((cut, waiting))
            self.soft = None
            return self.clauses[waiting]
        if soft is None:
            return self._follow(clause, start)
        if soft[1] == ",":
            if speech:
                return self._open("report", soft[0], ",")
            if before == "," and clause.comma >= 0 and clause.kind != "report":
                return self._set_apart(clause, soft[0])
            return self._open("and", soft[0], ",")
        # "and": a verb of what describes a name goes on there, unless a comma stands before
        if clause.kind in ("which", "part", "after") and self._is_whole(soft[0], start):
            while self.clauses[self.now].kind in ("which", "part", "after") and self.now:
                self.now = self.clauses[self.now].parent
        return self._open("and", soft[0], soft[2])

    def _has_time(self, index: int) -> bool:
        """Tell whether a time stands in a clause."""
        starts = sorted(mark for mark, _ in self.switches)
        for mark, owner in self.switches:
            if owner == index:
                end = next((other for other in starts if other > mark), self.high)
                if any(mark <= first < end for first, _ in self.times):
                    return True
        return False

    def _set_apart(self, clause: Clause, start: int) -> Clause:
        """Read "The bridge, police said on Friday, was closed": what stands between commas reports."""
        report = Clause("report", clause.comma, self.now, ",", "past", clause.verb, clause.verb_end)
        self.clauses.append(report)
        self.switches += [(clause.comma, len(self.clauses) - 1), (start, self.now)]
        clause.verb = clause.comma = -1
        clause.is_speech = False
        return clause

    def _is_whole(self, joint: int, verb: int) -> bool:
        """Tell whether a subject stands between "and" and the verb."""
        return len(self.text[joint:verb].split()) > 1

    def _follow(self, clause: Clause, start: int) -> Clause:
        """Read a second verb behind a first with nothing that parts them."""
        if clause.is_weak and not clause.is_speech:
            clause.verb = -1  # "the trains were": the first was a noun
            return clause
        if clause.is_speech:
            return self._open("content", self._speech_end(clause, start))
        if clause.is_ambiguous and clause.kind != "part":
            # "the manuscript found in A is kept": the first was a participle
            part = Clause("part", clause.verb, self.now, "")
            self.clauses.append(part)
            self.switches += [(clause.verb, len(self.clauses) - 1), (start, self.now)]
            clause.verb = -1
            return clause
        return self._open("and", start)

    def _speech_end(self, clause: Clause, start: int) -> int:
        """Return where what is said begins: behind the verb and the time of saying, if one follows it."""
        for first, last in self.times:
            if clause.verb_end <= first and last <= start and first - clause.verb_end <= 40:
                return last
        return clause.verb_end

    def _finish(self) -> None:
        """Let what stands behind its verb decide on a clause's tense, and drop quotations without a verb."""
        cuts = sorted({mark for mark, _ in self.switches} | {self.high})
        for clause in self.clauses:
            if clause.verb >= 0:
                end = next((cut for cut in cuts if cut > clause.verb), self.high)
                clause.tense = find_tense(clause.tense, self.text[clause.verb : end])
            elif clause.word in _QUOTES:
                clause.tense = "future"  # "See you on Friday"
        kept = {
            index
            for index, clause in enumerate(self.clauses)
            if clause.kind != "content"
            or clause.word not in _QUOTES
            or clause.verb >= 0
            or self._has_time(index)
        }
        self.switches = [
            (mark, owner if owner in kept else self.clauses[owner].parent)
            for mark, owner in self.switches
        ]


def read_clauses(text: str, low: int, high: int, times: Sequence[tuple[int, int]]) -> Sentence:
    """Return the clauses of the sentence ``text[low:high]``.

    Args:
        text: The article's text.
        low: Where the sentence begins.
        high: Where it ends.
        times: Bounds of its phrases of time, in order: words inside join nothing.
    """
    return _Reader(text, low, high, times).read()

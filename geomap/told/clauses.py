"""The clauses of a sentence, as far as telling times needs them: one finite verb each.

Words are looked up in closed lists (geomap/told/words.py) and weighed by their endings; nothing is
parsed. A sentence is read once, from left to right. What may begin a clause (a comma, "and",
"after" …) is kept in mind until a finite verb shows that it did.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from typing import TYPE_CHECKING

from geomap.told.sentence import QUOTES, Clause, Sentence
from geomap.told.signs import (
    BEFORE_POINTING,
    BEHIND_PARTICIPLE,
    CAUSED,
    COMMAS,
    DATELINE,
    LIST_COMMA,
    MOST_TOKENS,
    NEVER,
    awaits,
    is_quote,
    is_whole,
    leads_up,
)
from geomap.told.verbs import TENSES, in_context, is_participle, word_class
from geomap.told.words import CHANGES, DUE_AT, DUE_FOR, DUE_TO, LINKING, NOUN_LIKE, SPEECH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.text import Token
    from geomap.told.sentence import ClauseKind

__all__ = ["read_clauses"]


class _Reader:
    """Reads one sentence; see ``read_clauses``."""

    def __init__(self, text: str, low: int, high: int, times: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.low = low
        self.high = high
        self.times = times
        self.clauses = [Clause("main", low, 0)]
        self.switches = [(low, 0)]
        self.joints: list[int] = []
        self.now = 0
        #: what may begin a clause: its place, its kind and word
        self.soft: tuple[int, str, str] | None = None
        #: an "and" before what stands between two commas: "and the other, B, is"
        self.earlier: tuple[int, str, str] | None = None
        self.quotes: list[int] = []
        self.is_quoting = False

    def _open(self, kind: ClauseKind, start: int, word: str = "") -> Clause:
        clause = Clause(kind, start, self.now, word)
        self.clauses.append(clause)
        self.now = len(self.clauses) - 1
        self.switches.append((start, self.now))
        self.soft = self.earlier = None
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

    def read(self, tokens: Sequence[Token], last: int) -> Sentence:
        """Return the sentence, whose words these are; what stands behind ``last`` matters to nobody."""
        text = self.text
        done = self.low
        times = iter(self.times)
        t_start, t_end = next(times, NEVER)
        group = infinitive = is_being = False
        before, was = "", None
        due: tuple[int, bool] = (
            -1,
            False,
        )  # where "due" stands, and whether a form of "be" holds it
        if tokens and is_participle(tokens[0][2]) and BEHIND_PARTICIPLE.match(text, tokens[0][1]):
            self._open("part", tokens[0][0], tokens[0][2])  # "Born in A in 1950, she …"
        for start, end, token in tokens:
            if start != done + 1 or text[done] != " ":
                gap = text[done:start]
                if gap == "-":
                    done, before, was = end, "-", None
                    continue
                mark = self._read_gap(gap, done)
                if mark:
                    if done > last and self._is_settled():
                        break
                    before, was, group = mark, None, False
            done = end
            if start >= t_start:
                while start >= t_end:
                    t_start, t_end = next(times, NEVER)
                if start >= t_start:
                    if before in DUE_AT:
                        self._await(due, before)
                    before, was = "T", None
                    continue
            known = word_class(token)
            if token in DUE_FOR or token in DUE_TO:
                due = (start, group and is_being)
            if known is None:  # half of all words
                group = infinitive = False
                before, was = token, None
                continue
            if known == "closed":
                if awaits(before, token):
                    self._await(due, before)
                group = infinitive = False
                before, was = token, known
                continue
            if known in ("base", "ing"):
                known = in_context(known, before)
            if known is None:
                group = infinitive = False
            elif known == "adverb":
                pass
            elif known == "to":
                if before == "due" and CAUSED.match(text, end):
                    pass  # "due to Friday's raid"
                elif before in DUE_FOR or before in DUE_TO:
                    self._await(due, before)
                elif group and is_being:
                    self.clauses[self.now].is_to_come = True
                infinitive = True
            elif known == "be":
                if before == "to":
                    self.clauses[self.now].is_to_come = True
                group = True
            elif known in ("and", "while", "after", "which", "that", "according"):
                self._join(known, token.lower(), start, end, before)
                group = infinitive = False
            elif infinitive:
                infinitive = False
            elif group and known in ("present", "participle", "ed", "had", "has"):
                group = known in ("had", "has")
            else:
                word = token.lower()
                if known == "present":
                    verb = not self._is_noun(word, token, before, was)
                else:
                    verb = known not in ("participle", "ed", "ing") or self._is_finite(
                        known, word, start, before, was
                    )
                if verb and known != "ing":
                    self._verb(known, word, start, end, before)
                    is_being = known in ("was", "is")
                    group = is_being or known in ("had", "has", "will", "may")
            before, was = token, known
        if self.is_quoting:
            self._drop_names_in_quotes()
        return Sentence(text, (self.low, self.high), self.clauses, self.switches, self.joints)

    def _await(self, due: tuple[int, bool], word: str) -> None:
        """Read that something lies ahead: for the clause whose verb says so, else for what follows the word alone.

        "The sides were due to meet"; but "talks paused on Friday with the sides due to meet".
        """
        start, is_held = due
        clause = self.clauses[self.now]
        if not is_held and clause.verb != start:
            clause = self._open("part", start, word)
        clause.is_to_come = True

    def _is_settled(self) -> bool:
        """Tell whether nothing that follows can change what has been read."""
        clause = self.clauses[self.now]
        if clause.verb < 0 or clause.comma >= 0 or clause.kind == "part" or self.quotes:
            return False
        return self._waiting() is None

    def _read_gap(self, gap: str, start: int) -> str:
        """Read the marks between two words, and return the last of them; "" for none."""
        last = ""
        for place, mark in enumerate(gap, start):
            if mark in ",;:—–":
                self._mark(mark, place)
            elif mark in '"“”()':
                self._enclose(mark, place)
            elif mark in "'‘’" and len(gap) > 1:
                if is_quote(gap, place - start):
                    self._enclose(mark, place)
            else:
                continue
            last = mark
        return last

    def _is_noun(self, word: str, token: str, before: str, was: str | None) -> bool:
        """Tell "the trains", "Exports through" from a verb."""
        if word in NOUN_LIKE and self.clauses[self.now].verb >= 0:
            reports = word in SPEECH and self.soft is not None and self.soft[1] == ","
            if not reports:
                return True
        return was == "closed" or word != token or before in ("", "T")

    def _mark(self, mark: str, start: int) -> None:
        """Read a comma, a dash, a semicolon, a colon."""
        self._close_described(start)
        if mark in ";:":
            self.soft = (start, "and", mark)
            self.joints.append(start)
        elif self.soft is None or not self._is_bare(self.soft[0], start):
            if self.soft is not None and self.soft[1] == "and":
                self.earlier = self.soft
            self.soft = (start, ",", mark)

    def _enclose(self, mark: str, start: int) -> None:
        """Read a bracket or a quotation mark."""
        if mark == "(":
            self._open("part", start, "(")
        elif mark == ")":
            while self.clauses[self.now].word != "(" and self.now:
                self.now = self.clauses[self.now].parent
            if self.now:
                self._return(start + 1)
        elif mark in "“‘" or (mark in "\"'" and not self.quotes):
            self.quotes.append(self.now)
            self._open("content", start, mark)
            self.is_quoting = True
        elif self.quotes:
            self.now = self.quotes.pop()
            self.switches.append((start + 1, self.now))
            self.soft = None

    def _is_bare(self, joint: int, comma: int) -> bool:
        """Tell a comma behind "; this autumn" or "and on Friday": what was joined goes on."""
        soft = self.soft
        if soft is None or soft[1] != "and" or soft[2] == ";":
            return soft is not None and soft[2] == ";"
        rest = self.text[joint + len(soft[2]) : comma].strip()
        begin = joint + len(soft[2])
        return rest in ("", ",") or any(
            comma <= last and not self.text[begin:first].strip(" ,") for first, last in self.times
        )

    def _close_described(self, start: int) -> None:
        """Let a comma end what describes a name, or a clause with a time of its own."""
        clause = self.clauses[self.now]
        if (
            self.now
            and (
                (clause.kind == "part" and clause.word != "(")
                or clause.word == "according"
                or (clause.kind in ("which", "after", "while") and clause.verb >= 0)
            )
            and not LIST_COMMA.match(self.text, start)
        ):
            self._return(start)

    def _join(self, known: str, word: str, start: int, end: int, before: str) -> None:
        """Read a word that joins clauses, or may."""
        if known == "according":
            self._report(start, end)
        elif known == "which":
            self._describe(word, start)
        elif known == "that":
            if self._is_joining(before):
                self._describe(word, start)
        elif known == "and":
            self.joints.append(start)
            if self.soft is None or self.soft[1] != "after":
                self.soft = (start, "and", word)
        elif word != "as" or before not in ("known", "such", "well", "as", "same"):
            self.soft = (start, known, word)
            if known == "after":
                self.joints.append(start)

    def _report(self, start: int, end: int) -> None:
        """Read "according to", which reports like a verb of saying, up to the next comma."""
        cut = self.soft[0] if self.soft is not None and self.soft[1] == "," else start
        clause = self._open("report", cut, "according")
        clause.verb, clause.verb_end, clause.tense = start, end, "present"

    def _is_joining(self, before: str) -> bool:
        """Tell a "that" that begins a clause from one that points ("that day")."""
        if self.clauses[self.now].is_speech:
            return True
        return bool(before) and before not in BEFORE_POINTING

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

    def _is_finite(self, known: str, word: str, start: int, before: str, was: str | None) -> bool:
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
        if self.text.startswith(" by ", start + len(word)) and word not in CHANGES and not speech:
            self._open("part", start, word)  # "areas controlled by"
            return False
        if was in ("closed", "be", "is", "was") or before in LINKING:
            return False
        if before.endswith("ly") and clause.verb >= 0 and self.soft is None:
            return False
        if self.soft is not None and self.soft[1] == "," and leads_up(self.text, clause):
            self._step_back(clause, self.soft[0])  # "In a letter dated May 3, he thanked"
            return True
        apart = self.soft is None or self.soft[1] == ","
        if apart and clause.verb >= 0 and not speech and self._waiting() is None:
            if clause.is_speech and clause.kind != "content":
                return True
            if before == "T" or was is not None:
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
        is_part = clause.kind == "part" and clause.word != "("
        if (
            clause.verb >= 0
            or is_part
            or (self.soft is not None and self.soft[1] in ("after", "while"))
        ):
            clause = self._clause_of_verb(clause, start, before, speech=speech)
        if clause.verb >= 0:
            return
        clause.verb, clause.verb_end = start, end
        if speech and self.soft is not None and self.soft[1] == ",":
            clause.comma = self.soft[0]
        self.soft = self.earlier = None
        clause.is_speech = speech
        clause.is_ambiguous = known in ("participle", "ed")
        clause.is_weak = known == "present"
        clause.tense = TENSES[known]

    def _is_in_list(self, clause: Clause, start: int, known: str) -> bool:
        soft = self.soft
        if soft is None or soft[1] != "and" or clause.word == "(" or clause.word.endswith("ing"):
            return False
        if known not in ("participle", "ed", "past") or is_whole(self.text[soft[0] : start]):
            return False
        return self.clauses[clause.parent].verb >= 0

    def _clause_of_verb(self, clause: Clause, start: int, before: str, *, speech: bool) -> Clause:
        if self.earlier is not None and before in COMMAS:
            self.soft = self.earlier
        soft = self.soft
        waiting = self._waiting()
        if soft is not None and soft[1] in ("after", "while"):
            kind: ClauseKind = "while" if soft[1] == "while" else "after"
            return self._open(kind, soft[0], soft[2])
        if waiting is not None and (soft is None or soft[1] == "," or clause.kind == "part"):
            # the clause around a finished one goes on: ", which …, sent"
            cut = soft[0] if soft is not None and soft[1] == "," else start
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
        if clause.kind in ("which", "part", "after") and is_whole(self.text[soft[0] : start]):
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

    def _follow(self, clause: Clause, start: int) -> Clause:
        """Read a second verb behind a first with nothing that parts them."""
        if clause.is_weak and not clause.is_speech:
            clause.verb = -1  # "the trains were": the first was a noun
            return clause
        if clause.is_speech:
            return self._open("content", self._speech_end(clause, start))
        if clause.is_ambiguous and clause.kind != "part":
            self._step_back(clause, start)  # "the manuscript found in A is kept"
            return clause
        return self._open("and", start)

    def _step_back(self, clause: Clause, end: int) -> None:
        """Take a clause's verb for a participle that goes on up to ``end``."""
        word = self.text[clause.verb : clause.verb_end].lower()
        part = Clause("part", clause.verb, self.now, word, is_to_come=clause.is_to_come)
        clause.is_to_come = False  # "aid expected to reach A was looted"
        self.clauses.append(part)
        self.switches += [(clause.verb, len(self.clauses) - 1), (end, self.now)]
        clause.verb = -1
        self.soft = None

    def _speech_end(self, clause: Clause, start: int) -> int:
        """Return where what is said begins: behind the verb and the time of saying, if one follows it."""
        for first, last in self.times:
            if clause.verb_end <= first and last <= start and first - clause.verb_end <= 40:
                return last
        return clause.verb_end

    def _drop_names_in_quotes(self) -> None:
        """Give what stands in quotation marks without a verb or a time to the clause around it."""
        kept = {
            index
            for index, clause in enumerate(self.clauses)
            if clause.word not in QUOTES or clause.verb >= 0 or self._has_time(index)
        }
        self.switches = [
            (mark, owner if owner in kept else self.clauses[owner].parent)
            for mark, owner in self.switches
        ]


def read_clauses(
    text: str,
    bounds: tuple[int, int],
    times: Sequence[tuple[int, int]],
    tokens: Sequence[Token],
    last: int = sys.maxsize,
) -> Sentence:
    """Return the clauses of a sentence.

    Args:
        text: The article's text.
        bounds: Where the sentence begins and ends.
        times: Bounds of its phrases of time, in order: words inside join nothing.
        tokens: The words of the text, or of more of it than the sentence.
        last: The last position that is asked for, so that no more is read than tells about it.
    """
    low, high = bounds
    dateline = DATELINE.match(text, low, high) if text[low + 1 : low + 2].isupper() else None
    body = dateline.end() if dateline else low
    first = bisect_left(tokens, (body,))
    end = min(bisect_left(tokens, (high,)), first + MOST_TOKENS)
    return _Reader(text, body, high, times).read(tokens[first:end], last)

"""The clauses of a sentence: what each is, and which one holds a position."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final, Literal

from geomap.told.verbs import Tense, find_tense

__all__ = ["QUOTES", "Clause", "ClauseKind", "Sentence"]

#: marks that open what somebody says
QUOTES: Final = frozenset("\"“'‘")
#: how a clause hangs on another one: ``main``; ``and`` beside it; ``while`` at the same time;
#: ``after`` with a time of its own; ``which`` describes a name; ``part`` a participle that does;
#: ``content`` what is said; ``report`` who says it
ClauseKind = Literal["main", "and", "while", "after", "which", "part", "content", "report"]


@dataclass(slots=True)
class Clause:
    """One clause: ``parent`` is the index of the clause that it hangs on (itself for the first).

    ``word`` is what opens it ("while", "which" …), "" where nothing does. ``verb`` is where its
    finite verb stands, -1 where none was found; ``is_speech`` tells a verb of saying, ``comma`` the
    comma before one, behind which its subject may stand. ``is_ambiguous`` marks a past that could be a
    participle, ``is_weak`` a present that could be a noun, ``is_to_come`` words for what lies ahead
    ("was due to").
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
    is_to_come: bool = False
    comma: int = -1


class Sentence:
    """The clauses of a sentence, and which of them holds a position.

    ``body`` is where it begins behind a dateline; ``joints`` are where "and", "but" or a semicolon stands.
    """

    __slots__ = ("_end", "_marks", "_owners", "_tenses", "_text", "body", "clauses", "joints")

    def __init__(
        self,
        text: str,
        bounds: tuple[int, int],
        clauses: list[Clause],
        switches: list[tuple[int, int]],
        joints: list[int],
    ) -> None:
        self.body, self._end = bounds
        self.clauses = clauses
        self.joints = joints
        self._text = text
        switches.sort(key=_position)
        self._marks = [mark for mark, _ in switches]
        self._owners = [owner for _, owner in switches]
        self._tenses: dict[int, Tense] = {}

    def at(self, position: int) -> int:
        """Return the index of the clause that holds a position of the text."""
        return self._owners[max(0, bisect_right(self._marks, position) - 1)]

    def tense(self, index: int) -> Tense:
        """Return the tense of a clause: what stands behind its verb has a say."""
        known = self._tenses.get(index)
        if known is None:
            known = self._tenses[index] = self._find_tense(self.clauses[index])
        return known

    def _find_tense(self, clause: Clause) -> Tense:
        if clause.verb < 0:
            if clause.is_to_come:
                return "future"
            return "future" if clause.word in QUOTES else clause.tense  # "See you on Friday"
        if clause.is_to_come and clause.tense in ("present", "past"):
            return "future"
        if clause.tense not in ("perfect", "pluperfect"):
            return clause.tense
        following = bisect_right(self._marks, clause.verb)
        end = self._marks[following] if following < len(self._marks) else self._end
        return find_tense(clause.tense, self._text[clause.verb : end])


def _position(switch: tuple[int, int]) -> int:
    return switch[0]

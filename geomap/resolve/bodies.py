"""What a place gives its name to: words behind a name that make it an institution's, a firm's, a paper's, an event's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geomap.recognise.lexicon import UNIT_WORDS
from geomap.recognise.page import word_class

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BEFORE_NAMES", "closes_institution", "opens_institution", "opens_ship"]

#: heads of the names of bodies, works and events that are called by a place, whatever else stands in the name
_HEADS: Final = frozenset(
    "academy accord accords administration administrations agency agreement agreements airlines airways alliance assembly "
    "association associations authority authorities award awards bank board broadcasting bureau cartel chamber championship "
    "championships chronicle club coalition college command commission committee committees company conference congress "
    "convention conventions corp corporation council councils courier court courts cup daily declaration derby directorate "
    "federation festival forum foundation fund gazette group herald holdings inc initiative institute institution journal "
    "league library ltd marathon mission monitor movement museum network news observatory observer office offices ombudsman "
    "orchestra organisation organization pact party philharmonic police polytechnic prize programme project protocol radio railway "
    "railways school secretariat seminary service services society summit telegraph television theatre times tournament "
    "treaty tribune trust tv union units university voice".split()
)
#: heads that next behind a name can be its own words ("the Aden office"), or a part of a place
_NOT_ALONE: Final = frozenset(
    "administration authorities board court courts daily group mission office offices police service services times units".split()
)
#: words that make another word a body's: "Sumy Regional Government", "Sheikh Zayed Medical Centre"
_PAIRS: Final = frozenset(
    [
        *("regional government", "interim government", "emergency room", "emergency rooms"),
        *(f"{word} {house}" for word in ("medical", "health", "media", "research", "trauma") for house in ("center", "centre")),
        *(f"{owner}{mark}s" for owner in ("attorney", "ombudsman", "prosecutor") for mark in "'’"),
    ]
)  # fmt: skip
_MOST_WORDS: Final = 5
#: words of no name that a capital stands at: "Sumy Governor", "Kherson Mayor"
_BREAKING: Final = frozenset(["Title", "title", "First", "date", "Initial"])
#: behind a head these name a place or who works there: "Kharkiv Railway Station", "Lviv Council Chairman"
_GOING_ON: Final = frozenset(
    "station terminal airport junction street road avenue boulevard square bridge hill camp crossing market chief commissioner".split()
)
_SMALL: Final = frozenset("of for and the & de".split())


def opens_institution(run: Sequence[str]) -> bool:
    """Return whether capitalised words behind a name make it an institution's: "Sumy Regional Military Administration".

    >>> opens_institution(["Humanitarian", "Foundation"]), opens_institution(["Railway", "Station"])
    (True, False)
    """
    before = ""
    for index, word in enumerate(run[:_MOST_WORDS]):
        lower = word.lower()
        if lower in _PAIRS or f"{before} {lower}" in _PAIRS:
            return True
        lower = before = lower.removesuffix("'s").removesuffix("’s")
        if lower in _HEADS and (index or lower not in _NOT_ALONE):
            following = run[index + 1].lower() if index + 1 < len(run) else ""
            return following not in _GOING_ON
        if lower in _SMALL or lower in UNIT_WORDS:
            continue
        if not word[0].isupper() or word_class(word) in _BREAKING:
            return False
    return False


#: before "of" and a place
_BEFORE_OF: Final = frozenset(
    "Academy Archdiocese Bishopric Diocese Institute Polytechnic University Universities".split()
)
#: before a place the name of a club, a band of fighters or a ship: "Maccabi Haifa", "the landing ship Novocherkassk"
_CLUBS: Final = frozenset(
    "Atlético Atletico Beitar Borac Dinamo Dynamo Deportivo Hapoel Legia Lokomotiv Maccabi Metalist Metalurh Raków Real Shakhtar Spartak Sporting "
    "Torpedo Zenit Katiba Katibat Liwa Liwaa Saraya Kataib Jaish Jaysh Harakat".split()
)
_WARSHIPS: Final = frozenset(
    "corvette cruiser destroyer frigate minesweeper submarine warship".split()
)
_SHIPS: Final = _WARSHIPS | frozenset(
    "bulker freighter ship ships steamer tanker tugboat vessel".split()
)
#: and in any country's news: "USS Indianapolis", "Operation Olive Branch", "CTD Peshawar"
BEFORE_NAMES: Final = frozenset("BRP CTD HMAS HMS INS KRI MT MV Operation TCG USS".split())
_PAPERS: Final = frozenset(["Diario", "Heraldo", "Noticias", "Periódico"])


def closes_institution(before: str, second: str, third: str) -> bool:
    """Return whether the words next before a name, the nearest first, make it an institution's, a club's or a ship's.

    >>> closes_institution("of", "University", "the"), closes_institution("ship", "landing", "the")
    (True, True)
    """
    if before == "the":  # "the Catholic University of the Graben"
        before, second = second, third
    if before in ("of", "for"):
        return second in _BEFORE_OF
    if before == "de":  # "Diario de Xalapa"
        return second in _PAPERS
    return before in _CLUBS or before in _SHIPS


#: behind a place and an article what is called by it, in lower case: "the Kursk submarine", "the Samarkand brigade"
_CALLED: Final = _WARSHIPS | {"battalion", "brigade", "regiment"}
_KINDS_OF_SHIPS: Final = frozenset(["aircraft", "cargo", "landing", "missile", "patrol", "rescue"])
#: people's defence forces, operational tactical groups
_LETTERS_OF_FORCES: Final = frozenset(["OTG", "PDF", "PDFs"])
_VESSELS: Final = frozenset(["boat", "carrier", "cruiser", "ship", "vessel"])
_OF_SHIPS: Final = frozenset(["base", "bases", "commander", "headquarters", "pen", "plant", "yard"])


def opens_ship(after: str, second: str) -> bool:
    """Return whether the words next behind a name make it a ship's or an armed unit's.

    >>> opens_ship("landing", "ship"), opens_ship("submarine", "base")
    (True, False)
    """
    if after in _LETTERS_OF_FORCES or (after == "tactical" and second in ("group", "groups")):
        return True
    if after in _KINDS_OF_SHIPS:
        return second in _VESSELS
    return after in _CALLED and second not in _OF_SHIPS

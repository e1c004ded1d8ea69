"""Words that show how a sentence is built: its verbs and what joins its clauses. Closed lists, ours."""

from __future__ import annotations

from typing import Final

__all__ = [
    "ADVERBS",
    "BASE",
    "CHANGES",
    "CLASSES",
    "DUE_AT",
    "DUE_FOR",
    "DUE_TO",
    "IRREGULAR",
    "LINKING",
    "NOUN_LIKE",
    "NO_PARTICIPLES",
    "PLURALS",
    "SPEECH",
]

#: told, not done: what follows is what was said, and has times of its own
SPEECH: Final = frozenset(
    """said told announced warned reported added stated claimed declared explained confirmed insisted noted admitted
    argued acknowledged predicted estimated tweeted wrote recalled replied testified promised complained believed thought
    suggested showed revealed found hoped feared denied concluded indicated remarked asserted alleged disclosed
    says tells announces warns reports adds states claims declares explains confirms insists notes admits argues
    predicts estimates writes recalls believes thinks suggests shows hopes fears denies concludes indicates expects
    say tell warn report estimate believe think hope fear expect know knew knows learned learnt heard""".split()
)
#: past forms that are nothing else, and those that are participles too
_ONLY_PAST: Final = """fell took went came began became gave saw rose drew drove ate flew grew knew rang ran sang shook spoke stole
    swam threw woke wore wrote broke chose froze hid bit blew bore fled sank shrank sprang swore tore trod wove undertook
    overcame withdrew forgot lay arose undid overthrew underwent mistook""".split()
IRREGULAR: Final = frozenset(
    """found held built made set cut hit put left lost met won sent sold told said kept brought bought caught fought heard
    led paid read shut spent stood struck taught thought burnt learnt laid bound bred cost dealt dug fed felt fled hung
    hurt knelt lent lit meant rebuilt reset sat shed shot slept slid spread stuck swept swung wept wound spilt spelt
    dreamt lept leapt sought beat split quit cast burst broadcast understood withstood upheld sped""".split()
)
#: participles that are no past forms
PARTICIPLES: Final = frozenset(
    """been had gone seen taken given written fallen driven known grown begun become come run done broken chosen spoken
    stolen risen eaten flown drawn worn thrown hidden got gotten shown proven frozen forgotten forbidden born beaten
    shaken sunk drunk rung sung swum torn sworn withdrawn overtaken undergone overcome""".split()
)
#: present forms after "he", "the town"
_PRESENT: Final = """says tells announces warns reports adds states claims declares explains confirms insists admits argues predicts
    estimates writes recalls believes thinks suggests shows hopes fears denies concludes indicates expects wants plans
    intends aims opens closes begins starts ends runs leaves arrives returns lies stands sits goes comes takes makes gives
    gets keeps holds meets faces needs seeks remains stays becomes seems appears looks works lives sells buys carries brings
    leads belongs includes contains covers allows helps sends moves draws feeds flows falls rises grows plays hosts marks
    celebrates reopens resumes departs sails flies travels drives rows visits votes elects chooses decides considers
    promises offers serves supplies depends continues attracts welcomes receives expires follows joins enters wins loses
    costs pays owns uses knows calls asks urges speaks connects links crosses reaches stretches houses stages launches
    votes votes graduates premieres debuts competes tours performs sings treats trains employs produces exports imports
    makes mends forecasts foresees awaits prepares""".split()
#: the same after "they", "the towns", where they are not nouns
BASE: Final = frozenset(
    """say tell warn report claim argue predict estimate write believe think suggest show hope fear deny expect want plan
    intend aim open close begin start end run leave arrive return lie stand sit go come take make give get keep hold meet
    face need seek remain stay become seem appear look work live sell buy carry bring lead belong include contain cover
    allow help send move draw feed flow fall rise grow play host mark celebrate reopen resume depart sail fly travel drive
    visit vote elect choose decide consider promise offer serve depend continue attract welcome receive expire follow join
    enter win lose cost pay own use know call ask urge speak connect link cross reach stretch graze mend forecast await prepare""".split()
)
#: present forms that are nouns as often: verbs only where a clause has no other
NOUN_LIKE: Final = frozenset(
    """trains houses exports imports plans works visits votes plays marks draws looks falls rises moves costs calls uses hosts
    shows reports claims estimates hopes fears ends starts offers supplies tours links crosses faces needs treats stages
    launches leads runs stands sails flows drives returns forecasts promises aims states notes covers feeds helps""".split()
)
#: words behind which such a form is a verb, beside those that end in s
PLURALS: Final = frozenset(
    "we they i you people who that which police men women children both all some many most others few these those".split()
)
#: participles that are nothing else: never the verb of a clause
NO_PARTICIPLES: Final = frozenset(
    "hundred united need speed indeed feed seed breed exceed proceed embed naked wicked sacred aged bed red".split()
)
#: past forms with "by" behind them that are no passives: "dropped by a third"
CHANGES: Final = frozenset(
    """increased decreased dropped jumped declined climbed gained surged widened slipped improved swelled passed stopped
    ended started reduced multiplied stood went lived""".split()
)
#: what is set, expected, scheduled "to" or "for", and what is hoped or planned "to"
DUE_FOR: Final = frozenset(
    "set expected scheduled slated planned likely supposed meant due".split()
)
#: behind which of these a time or a place may stand: not "set on fire"
DUE_AT: Final = DUE_FOR - {"set", "likely", "supposed", "meant"}
DUE_TO: Final = frozenset(
    """about going hope hopes hoped plan plans planned want wants intend intends intended aim aims expect expects vow vows
    vowed""".split()
)
#: verbs that a participle completes: "will stay closed", "remained shut"
LINKING: Final = frozenset(
    "stay stays stayed remain remains remained keep keeps kept become became look seem".split()
)
#: what may stand between an auxiliary and its participle
ADVERBS: Final = frozenset(
    """not also still already now again just only never ever so been be being to n't both first all twice once recently soon
    largely since then thus finally long often always usually far well even""".split()
)

CLASSES: Final = {
    **dict.fromkeys(_PRESENT, "present"),
    **dict.fromkeys(_ONLY_PAST, "past"),
    **dict.fromkeys(IRREGULAR, "participle"),
    **dict.fromkeys("was were did could wasn't weren't didn't couldn't".split(), "was"),
    **dict.fromkeys(["had", "hadn't"], "had"),
    **dict.fromkeys("is are am do does isn't aren't don't doesn't it's".split(), "is"),
    **dict.fromkeys("has have hasn't haven't".split(), "has"),
    **dict.fromkeys("will shall won't would wouldn't".split(), "will"),
    **dict.fromkeys("may might must can should cannot can't".split(), "may"),
    **dict.fromkeys("be been being".split(), "be"),
    **dict.fromkeys("and but or yet nor".split(), "and"),
    **dict.fromkeys("while when as whereas".split(), "while"),
    **dict.fromkeys(
        "after before until till because since if although though once unless so where-upon".split(),
        "after",
    ),
    **dict.fromkeys("which who whom whose where".split(), "which"),
    "that": "that",
    "according": "according",
    "to": "to",
    **dict.fromkeys(
        """the a an its his her their our my your this these those of in on at by for from with into near between
        newly recently no any some each every""".split(),
        "closed",
    ),
}  # fmt: skip

"""Closed lists of what reports say happens to places: verbs and nouns of movement, fighting, damage, aid and displacement.

Each verb stands with all its forms, so that active and passive sentences count alike ("captured X", "X was captured").
"""

from __future__ import annotations

from typing import Final

__all__ = ["REPORTING_CLASSES", "describe_deed"]

_VOWELS: Final = "aeiou"
#: verbs that double their last letter
_DOUBLED: Final = frozenset(["control", "hit"])


def _forms(verb: str) -> tuple[str, ...]:
    """Return the forms of a regular verb.

    >>> _forms("raid"), _forms("seize")
    (('raid', 'raids', 'raided', 'raiding'), ('seize', 'seizes', 'seized', 'seizing'))
    """
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    if verb.endswith(("s", "sh", "ch", "x")):
        return verb, verb + "es", verb + "ed", verb + "ing"
    if verb in _DOUBLED:
        return verb, verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ing"
    return verb, verb + "s", verb + "ed", verb + "ing"


def _all_forms(verbs: str, irregular: str = "") -> frozenset[str]:
    return frozenset(form for verb in verbs.split() for form in _forms(verb)) | frozenset(
        irregular.split()
    )


#: what is done to a place by force
_ASSAULT: Final = _all_forms(
    "capture recapture storm seize liberate occupy attack raid target shell bomb bombard pound assault besiege encircle surround "
    "invade loot burn torch destroy devastate flatten ravage ambush control secure infiltrate rocket strafe blockade conquer "
    "annex raze clear defend damage mine ransack plunder sack terrorise terrorize cleanse",
    "took taken retake retakes retook retaken retaking hit hits hitting strike strikes struck striking overrun overruns overran "
    "overrunning held lose loses lost losing",
)
#: where somebody goes, or leaves
_REACH: Final = _all_forms(
    "visit enter reach cross abandon evacuate quit tour approach patrol vacate exit",
    "leave leaves left leaving flee flees fled fleeing",
)
#: verbs before a preposition of place
_MOVE: Final = _all_forms(
    "advance withdraw retreat march head arrive return deploy displace relocate travel move drive land converge gather flock pour "
    "erupt explode detonate crash fall fire launch concentrate rage continue intensify escalate break spread protest demonstrate",
    "withdrew withdrawn drove driven fell fallen broke broken went gone came going",
)
#: nouns of what happens, before "in", "near", "on", "at"
_EVENTS: Final = frozenset(
    "attack attacks strike strikes airstrike airstrikes raid raids clash clashes fighting battle battles shelling bombardment bombing "
    "bombings assault assaults offensive offensives siege ambush ambushes explosion explosions blast blasts massacre massacres "
    "violence incursion incursions operation operations advance advances combat gunfire gunfight skirmish skirmishes unrest "
    "protest protests hostilities killing killings abduction abductions kidnapping displacement drone drones missile missiles "
    "rocket rockets mortar mortars artillery landmine famine cholera floods flooding earthquake looting".split()
)
#: what reaches people there
_AID: Final = frozenset(
    "aid convoy convoys food relief supplies hospital hospitals clinic school schools camp camps shelter shelters market "
    "displaced refugees civilians villagers families residents".split()
)

#: what stands at a place and is called by its name
_SITES: Final = frozenset(
    "garrison barracks outpost outposts checkpoint checkpoints checkpost crossing axis sector direction front frontline pocket junction "
    "roundabout countryside outskirts base airbase airstrip bypass hinterland environs".split()
)

REPORTING_CLASSES: Final[dict[str, str]] = {
    **dict.fromkeys(_SITES, "site"),
    **dict.fromkeys(_AID, "aid"),
    **dict.fromkeys(_EVENTS, "event"),
    **dict.fromkeys(_MOVE, "move"),
    **dict.fromkeys(_REACH, "reach"),
    **dict.fromkeys(_ASSAULT, "assault"),
}

_WORDING: Final = {
    "assault": "a word of fighting, such as “captured”",
    "reach": "a word such as “left” or “reached”",
    "move": "a word of movement, such as “fled”",
    "event": "a word for what happened, such as “clashes”",
    "aid": "a word such as “aid” or “camp”",
    "site": "a word such as “garrison” or “outskirts”",
}


def describe_deed(value: str) -> str:
    """Return a class of reporting words, and what may stand behind it after an “&”, in plain words.

    >>> describe_deed("reach&town")
    'a word such as “left” or “reached”'
    """
    deed, _, _ = value.partition("&")
    return _WORDING.get(deed, f"a word such as “{deed}”")

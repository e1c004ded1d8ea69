"""The words around a name that make a relation, as parts of patterns."""

from __future__ import annotations

from typing import Final

__all__ = [
    "BORDER",
    "FILL",
    "KIND",
    "LAND",
    "NO_BORDER",
    "NO_PART",
    "OUTSKIRTS",
    "PARTS",
    "PEOPLE_BETWEEN",
    "PLACES_BETWEEN",
    "ROAD",
    "SERVICES",
    "THING",
    "WAY",
]

#: what a place can be said to be
KIND: Final = (
    r"(?:cit(?:y|ies)|towns?|villages?|townships?|hamlets?|capital|ports?|districts?|provinces?|governorates?|regions?"
    r"|states?|islands?|camps?|suburbs?|settlements?|resorts?|oas[ei]s|rivers?|lakes?|communit(?:y|ies)|count(?:y|ies)"
    r"|municipalit(?:y|ies)|prefectures?|enclaves?|strongholds?|neighbou?rhoods?|metropolis|peninsula|valleys?|mountains?)"
)
_LINK: Final = (
    r"(?:near|of|in|at|from|to|and|or|with|by|on|between|for|outside|around|through|towards?)\b"
)
#: what stands between "of" and a name: "the", "the Syrian city of", "central"
FILL: Final = (
    rf"(?:(?:the|an?|neighbou?ring|nearby)\s+)?(?:(?:(?!{_LINK})[\w.'’-]+\s+){{0,3}}?{KIND},?\s+(?:of\s+)?(?:the\s+)?)?"
    r"(?:(?:central|downtown|mainland|greater|historic|the\s+(?:cent(?:er|re)|middle|heart|outskirts|edge"
    r"|suburbs|gates|ruins|mouth|shores?|coast|walls|foot|site|entrance)\s+(?:of|to))\s+(?:the\s+)?)?"
)
#: behind a name they are what is meant, and the place only tells which
THING: Final = (
    r"(?:police|airport|station|headquarters|hospital|prison|jail|office|offices|stadium|market|university|school|college"
    r"|courthouse|mosque|church|cathedral|embassy|consulate|palace|zoo|parliament|dam|air\s?base|bridge|tunnel|street|avenue|road"
    r"|highway|mall|museum|theat(?:er|re)|hotel|restaurant|park|cemetery|railway|line|plant|refinery|factory|state\s+line|county\s+line|counties|residents|officials|schools)\b"
)
#: what can have a place around it
LAND: Final = frozenset(
    "area areas village villages town towns hill hills field fields farm farms farmland countryside region land lands forest "
    "forests woods mountain mountains district districts road roads water waters plain plains desert lake lakes communities "
    "suburb suburbs neighbourhoods neighborhoods territory frontlines frontline positions valleys valley".split()
)
#: nouns for parts of a place, before "of"
PARTS: Final = (
    r"(?:parts?|halves|half|portions?|areas?|regions?|districts?|provinces?|countryside|tip|ends?|side|corner|coasts?|shores?"
    r"|reaches|third|quarter|section|neighbou?rhoods?|stretch(?:es)?|plains?|desert|deserts|highlands?|hills|mountains?|villages|towns)"
)
#: nouns for what is around a place
OUTSKIRTS: Final = (
    r"(?:outskirts|edges?|fringes?|suburbs?|environs|periphery|surroundings|vicinity|countryside|hinterlands?|gates"
    r"|outlying\s+areas|entrances?|approaches|limits|doorstep)"
)
BORDER: Final = r"(?:borders?|frontiers?|boundary|borderlands?)"
#: behind "border" it is about people or things of the border, or a place at it
NO_BORDER: Final = (
    r"(?!['’]|[-\s]+(?:towns?|city|cities|villages?|crossings?|posts?|guards?|police|patrols?|officials?|agents?|security"
    r"|controls?|forces?|authorit(?:y|ies)|officers?|troops?|fences?|walls?|gates?|checkpoints?|trade|disputes?|conflicts?"
    r"|wars?|clash(?:es)?|agreements?|talks|deal|polic(?:y|ies)|agency|services?|tax(?:es)?|management|protection"
    r"|polic(?:ing|eman|emen)|cooperation|collie|states?)\b)"
)
#: behind a direction it is about somebody else
NO_PART: Final = (
    r"(?![-\s]+(?:neighbou?rs?|neighbou?ring|ally|allies|borders?|frontiers?|boundary|flank|command|hemisphere|accent|dialect"
    r"|cuisine|style|blot|music|alliance|league|wind|winds|star|pole|wall)\b)"
)
ROAD: Final = r"(?:roads?|highways?|motorways?|freeways?|expressways?|railways?|railroads?|routes?)"
#: ways that need both ends to be told from figures of speech
WAY: Final = (
    r"(?:roads?|highways?|motorways?|freeways?|expressways?|railways?|railroads?|routes?|(?:rail|railway|train|tram|metro|bus|power|supply)\s+lines?"
    r"|tracks?|paths?|trails?|corridors?|pipelines?|tunnels?|canal|stretch(?:es)?|segment|axis)"
)
#: what is between people, teams and governments, not between places
PEOPLE_BETWEEN: Final = frozenset(
    "talks talk negotiations negotiation dialogue relations relation relationship relationships ties tie tension tensions "
    "war wars conflict conflicts fight fights fighting dispute disputes row rows ceasefire truce peace deal deals agreement "
    "agreements accord accords pact pacts treaty treaties memorandum trade trading cooperation collaboration alliance "
    "alliances partnership partnerships friendship rivalry rivalries competition contest choice choose chose difference "
    "differences distinction comparison comparisons similarities link links connection connections exchange exchanges swap "
    "summit meeting meetings communication communications call calls visit visits contact contacts diplomacy mediate "
    "mediated mediator mediation mediating split divided torn alternate alternates alternated alternating shuttle shuttled "
    "shuttling shuttles commute commutes commuted commuting rift feud coordination understanding transfer transfers bond "
    "bonds marriage friendly friendlies clash clashes match matches game games final finals semifinal semi-final derby "
    "qualifier series draw flight flights standoff standoffs confrontation confrontations hostilities violence battle "
    "battles fixture fixtures duel encounter crisis bridge-building détente detente rapprochement gap balance debate debates "
    "correspondence letters discussions discussion consultations conversation conversations merger union love test tests "
    "playoff play-off tiebreaker skirmishes cross-fire arms-race race border-dispute back forth flew fly flies flying "
    "travel travels travelled traveled travelling splits divide divides dividing "
    "distance distances difference".split()
)
#: what goes to and fro, where it stands directly before "between"
SERVICES: Final = frozenset(
    "train trains bus buses service services flights flight shuttle shuttles".split()
)
#: what lies between places
PLACES_BETWEEN: Final = frozenset(
    "area areas land lands strip stretch village villages town towns road route border sea strait straits waters water "
    "channel island islands valley valleys mountain mountains hill hills plain plains desert lies lie lay lying located "
    "situated sits sit sat sitting stands stand stood standing somewhere halfway midway half-way sandwiched wedged region "
    "territory territories countryside river rivers stretches stretching runs running field fields farmland forest "
    "forests ship ships boat boats ferry ferries sank sailed sails sail crashed derailed stranded stuck point place spot "
    "junction crossroads checkpoint checkpoints bridge bridges line lines corridor pipeline pass steppe lake lakes coast "
    "camp camps base bases station orchard orchards".split()
)

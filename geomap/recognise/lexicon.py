"""Closed lists of words that tell places from persons, organisations and ordinary words.

English, but for the closed-class words of other languages; every list is ours and short enough to be read.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import Final

from geomap.gazetteer.paths import table_path
from geomap.languages.words import OTHER_WORD_CLASSES
from geomap.recognise.reporting import REPORTING_CLASSES

__all__ = [
    "ARTICLE_PREFIXES",
    "BEFORE_FACILITY",
    "DIRECTIONS",
    "DOTTED",
    "DOTTED_TITLES",
    "FACILITY_WORDS",
    "FUNCTION_WORDS",
    "GEO_NOUNS",
    "INSTITUTION_NOUNS",
    "NAME_LINKS",
    "ORGANISATION_HEADS",
    "ORGANISED",
    "PERSON_TITLES",
    "PLACE_HEADS",
    "PLURAL_UNITS",
    "POWER_VERBS",
    "SAYING",
    "STATE_VERBS",
    "UNIT_WORDS",
    "WORD_CLASSES",
    "english_words",
    "is_english",
    "person_grades",
    "word_grades",
]

#: lower-case words that can open an Arabic name, before a hyphen ("al-Bab")
ARTICLE_PREFIXES: Final = frozenset(
    "al el ad an ar as ash at az ed er es esh et ez Al El As Ash An Ar At Az Ad En Er Es Esh Et Ez".split()
)
#: small words inside names ("Isle of Man", "Deir ez-Zor"), folded; other lower-case words end a name
NAME_LINKS: Final = ARTICLE_PREFIXES | frozenset(
    "of the and on upon in by under over next to at le la les de du des d l sur sous en et aux lez "
    "los las del y do da dos das e di della delle dei van den der het ter aan op bij zu zum am "
    "im an a bei auf und vor ob der den i na nad u al ul bin ibn bani umm abu wa w ve ile s "
    "au ka sul sulla dell degli dels il din cel pri pod pres devant unter ech ou shi gun ri dong".split()
)
#: abbreviations after which a full stop does not end a name ("St. Louis")
DOTTED: Final = frozenset("St Ste Mt Ft Pt ST MT FT Sta Sto N S E W".split())

#: each of these words is a class of its own: the company that names keep
_FUNCTION: Final = (
    "in at near from to into of for with by on off over through across around outside inside toward "
    "towards via between among along beyond against about as after before during since until under "
    "the a an this that these those its his her their our my your and or but nor not than like both "
    "where when which who whose while because if is was are were be been has have had will would "
    "could can may should do does did he she it they we i you there here all some many most other "
    "another one two three four"
).split()
_OWN_CLASS: Final = (
    *_FUNCTION,
    *"former late central downtown greater upper lower inner eastern".split(),
    *"according based born led backed area county city town village state province".split(),
)
#: a capital does not make these part of a name: it only opens a sentence or stands in a headline
FUNCTION_WORDS: Final = frozenset(word.capitalize() for word in _FUNCTION)
PERSON_TITLES: Final = frozenset(
    "mr mrs ms miss dr prof professor sir lord lady dame rev reverend father sister brother pastor bishop "
    "archbishop pope rabbi imam sheikh sheik king queen prince princess emir sultan president chairman "
    "chairwoman chancellor premier minister secretary senator sen rep representative congressman "
    "congresswoman councilman councilwoman councillor alderman selectman selectwoman mayor governor gov attorney judge justice "
    "magistrate sheriff deputy officer detective inspector sergeant sgt sgts lieutenant lt captain capt major "
    "maj colonel col general gen brigadier brig admiral adm commander cmdr corporal cpl private pvt trooper chief "
    "coach manager director founder spokesman spokeswoman spokesperson analyst actor actress singer "
    "author writer coroner constable superintendent principal ambassador commissioner trustee "
    "quarterback pitcher guard forward goalkeeper striker midfielder defender "
    "hon sra srta señor señora mme monsieur hajja hajji alhaji mallam mullah maulvi maulana qari hafiz ustad comandante alias kharji ato mzee "
    "engr barr naik sepoy havildar subedar jawan rifleman".split()
)
#: titles with a full stop that ends no sentence ("Mr. Jordan")
DOTTED_TITLES: Final = frozenset(
    "mr mrs ms messrs dr prof rev hon sen rep gov gen col lt maj capt sgt brig adm cmdr cpl pvt insp supt "
    "det sra srta mme barr engr".split()
)
SAYING: Final = frozenset(
    "said says say told tells added adds asked replied wrote writes argued noted explained testified "
    "recalled insisted warned announced declared claimed denied stated believes thinks knows wants "
    "hopes smiled laughed graduated married died scored threw caught pleaded resigned retired".split()
)
#: what a country does as a power, not as a stretch of land ("Turkey agreed")
_POWER_VERBS: Final = (
    "agree announce approve back ban blame complete condemn consider continue decide declare demand deny deploy "
    "deport express fear finance fire fund hope impose insist invade launch offer oppose order pay plan pledge "
    "pull refuse reject remain respond send sign supply support suspend threaten train urge veto vow want warn "
    "welcome withdraw"
).split()
POWER_VERBS: Final = frozenset(
    form
    for verb in _POWER_VERBS
    for form in (
        verb + "s",
        verb + "d" if verb.endswith("e") else verb + "ed",
        verb[:-1] + "ies" if verb.endswith("y") else verb + "s",
        verb[:-1] + "ied" if verb.endswith("y") else verb + "d",
    )
) | {"sent", "withdrew", "paid", "banned", "planned", "vowed", "signs", "must", "wants"}
#: what states and their capitals do to each other, beside what they do as powers
_STATE_VERBS: Final = (
    "accuse acknowledge appoint arm ask bomb break broker chair claim close complain congratulate control convene criticise criticize cut demonstrate "
    "dismiss dispute dispatch donate downplay enter expel fight form freeze grant halt host intervene invite join lead lobby mediate mobilise "
    "mobilize negotiate occupy open pledge position possess praise propose protest prepare push question quit reach recall recognise recognize reopen "
    "repatriate replace request resort resume retaliate return say seek sell serve shell shut speak spend station stop strike summon target thank "
    "threaten tell trade try tighten use voice vote warn win wish work"
).split()
STATE_VERBS: Final = frozenset(
    form
    for verb in _STATE_VERBS
    for form in (
        verb + "es" if verb.endswith(("s", "sh", "ch")) else verb + "s",
        verb + "d" if verb.endswith("e") else verb + "ed",
        verb[:-1] + "ing" if verb.endswith("e") else verb + "ing",
    )
) | frozenset(
    "broke broken cut fought froze led sought sold shut spoke spent struck told tried tries used won".split()
)
#: the words that end (or open) the name of an organisation, a paper, a building, an event
ORGANISATION_HEADS: Final = frozenset(
    "university college school academy institute institution seminary polytechnic times post herald tribune gazette "
    "journal chronicle observer guardian telegraph news press daily examiner inquirer dispatch sentinel "
    "courier independent mirror star sun globe ledger register bank bureau agency council committee "
    "commission association society foundation federation union league club team fc united rovers "
    "wanderers athletic athletics association party movement front army brigade brigades battalion regiment division "
    "forces force police department ministry office court company corporation corp inc ltd llc group holdings partners "
    "hospital clinic center centre museum gallery library theater theatre orchestra symphony opera "
    "festival fair cup open championship championships tournament games bowl series conference summit "
    "airlines airways railway railways authority service services administration "
    "organization organisation network forum alliance coalition revolutionaries project fund trust program programme "
    "initiative mission church cathedral mosque synagogue temple hotel restaurant cafe studios records "
    "entertainment systems technologies industries motors energy electric power oil gas "
    "hall house tower stadium arena gardens zoo observatory act treaty accord accords agreement declaration "
    "convention bulls bears lions tigers eagles hawks wolves panthers giants rangers yankees dodgers "
    "mets cubs sox braves reds cardinals pirates lakers celtics knicks heat jazz rockets spurs mavericks warriors "
    "cowboys patriots dolphins bills jets steelers ravens browns bengals colts titans texans jaguars broncos chiefs "
    "raiders chargers vikings packers saints falcons buccaneers bulldogs wildcats trojans "
    "spartans democrats republicans medical pact pacts protocol protocols conventions treaties agreements landings circle marathon derby prize award awards "
    "tv radio exchange command monitor fleet corps rifles units cartel casino prison jail palace directorate express wire weekly bulletin "
    "voice parliament assembly secretariat operations branch faction guard guards militia militias fighters resistance ombudsman "
    "committees crescent biennale philharmonic ballet choir syndrome disease virus hound terrier shepherd cheese".split()
)
#: words of institutions' and of no places' names: before "District", "Department" or "community" they name no place, nor do words
#: that only open a sentence ("Meanwhile, the city …")
ORGANISED: Final = frozenset(
    "abatement accounting administrative advisory affairs aging agricultural agriculture aid air ambulance animal annual anti- "
    "corruption appeals appellate applied appropriations arts assessment assistance athletic athletics audit auditing authority "
    "aviation banking beautification benefits better board budget building buildings business cabinet census ceremonial children "
    "civic civil civilian clean clerical clinical code commerce communications community complete computer congressional "
    "conservation construction consumer consumers control coordination correctional corrections court courts crime criminal "
    "cultural culture customs data defence defense democratic dental design development different disabilities disability disaster "
    "disciplinary disease diversity drainage drug ecological ecology economic economics economy education educational elections "
    "electoral electricity elementary eligible elsewhere emergency emissions employment enforcement engineering english enterprise "
    "entertainment entire environment environmental equality equity ethics exclusive executive existing exterior facilities "
    "families family fashion federal finance financial fire fiscal fish fisheries flood food foreign forensic forestry forests "
    "former fraud funding game gaming general geology global government growth guard hazard hazardous health healthcare heritage "
    "highway highways historic historical home homeland homeless homicide hospital housing human humanitarian humanities "
    "immigration improvement incorporated independent indigenous individual industrial industry information infrastructure "
    "innovation inspection inspectorate insurance integrated intelligence intergovernmental interim interior internal "
    "international investigations investigative investment irrigation joint judicial judiciary justice juvenile labor labour land "
    "language languages law legal legislative library licensing licensure livestock local logistics lutheran maintenance "
    "management marine maritime marketing maternity mathematics medical medicine mental metropolitan migration military mineral "
    "mines mobility motor municipal music narcotics national natural neighborhood neighbourhood new nursing nutrition occupational "
    "oceans online open operations outreach oversight parking parks parole partnership patrol peace peacekeeping pension pensions "
    "personnel philosophy physics planning police policy political population port postal preparedness preservation prevention "
    "prison prisons private probation procurement professional program programs property prosecution protection provincial public "
    "purchasing quality real rebuilding reclamation reconstruction records recovery recreation recycling redevelopment refugee "
    "refugees regional registration regulation regulatory rehabilitation relations relief religious renewal rescue research "
    "reserve resettlement resilience resource resources retail retirement revenue road roads rural safety sanitary sanitation "
    "school science sciences scientific secondary security senate senatorial senior services sewage sewer sheriff social sociology "
    "soil solid special specialized sports standards state statistical statistics store stormwater strategic street streets "
    "student students superior support surgery surveillance sustainability sustainable tax taxation technical technology "
    "telecommunications theological theology tourism trade traffic training transit transport transportation treasury unified "
    "unincorporated urban utilities utility vaccination vehicles veteran veterans veterinary victims vocational volunteer voting "
    "waste wastewater water waterway welfare wildlife women women's workforce works world youth zoning "
    # and words that say how many, which or when
    "about affected after also although another any besides both but certain currently each earlier eight eventually every few finally first "
    "five four further furthermore hence here however hundreds indeed instead in last later many meanwhile moreover most much neighboring "
    "neighbouring nearby nevertheless next nine no nonetheless now numerous once only other others otherwise overall own perhaps previously "
    "qualifying recently regardless second seven several similarly since six some soon still such sure ten that then thereafter therefore "
    "these third this those though thousands three thus today together tomorrow tonight two typically usually various very what whatever "
    "which while whose within yes yesterday yet".split()
)
#: words that make a unit of a name ("Idlib province"); what they ask of the place's feature
UNIT_WORDS: Final = {
    "province": "ADM1", "governorate": "ADM1", "state": "ADM1", "oblast": "ADM1", "prefecture": "ADM1",
    "region": "ADM1", "krai": "ADM1", "voivodeship": "ADM1", "wilayat": "ADM1", "muhafazah": "ADM1",
    "county": "ADM2", "district": "ADM2", "distt": "ADM2", "parish": "ADM2", "borough": "ADM2", "municipality": "ADM2",
    "department": "ADM2", "raion": "ADM2", "subdistrict": "ADM2", "township": "ADM2", "territory": "ADM2", "locality": "ADM2",
    "lga": "ADM2", "woreda": "ADM2", "zone": "ADM2", "hromada": "ADM2", "community": "ADM2", "commune": "ADM2", "cercle": "ADM2", "payam": "ADM2",
    "canton": "ADM2", "regency": "ADM2", "upazila": "ADM2", "tehsil": "ADM2", "division": "ADM2", "chiefdom": "ADM2", "groupement": "ADM2",
    "townships": "ADM2", "municipalities": "ADM2", "territories": "ADM2", "localities": "ADM2", "communes": "ADM2", "oblasts": "ADM1",
    "regions": "ADM1", "raions": "ADM2", "caza": "ADM2", "departments": "ADM2", "woredas": "ADM2", "zones": "ADM2", "lgas": "ADM2", "cercles": "ADM2", "payams": "ADM2", "tehsils": "ADM2", "upazilas": "ADM2", "départements": "ADM2", "département": "ADM2", "subcounty": "ADM2", "nahiya": "ADM2", "nahiyah": "ADM2", "subdistricts": "ADM2", "subcounties": "ADM2", "agency": "ADM2",
    "city": "P", "town": "P", "village": "P", "suburb": "P", "neighborhood": "P", "neighbourhood": "P", "hamlet": "P", "camp": "P",
    "counties": "ADM2", "parishes": "ADM2", "districts": "ADM2", "provinces": "ADM1", "governorates": "ADM1", "states": "ADM1",
    "cities": "P", "towns": "P", "villages": "P", "suburbs": "P", "neighborhoods": "P", "rivers": "H", "lakes": "H",
    "river": "H", "lake": "H", "sea": "H", "bay": "H", "gulf": "H", "strait": "H", "dam": "S", "airport": "S",
    "desert": "T", "mountains": "T", "mountain": "T", "valley": "T", "island": "T", "islands": "T", "peninsula": "T",
}  # fmt: skip
#: what stands before the name of a village or quarter in other languages' way, with a capital as often: "Kibbutz Be'eri", "tambon Kayoh Mati"
PLACE_HEADS: Final = frozenset(
    "kibbutz moshav khirbet khirbat tambon barangay vereda corregimiento colonia ejido barrio aldea caserío khutor stanitsa kampung "
    "kampong desa gampong mukim kebele boma mauza fokontany".split()
)
#: words that stand once behind several units: "in Djugu and Irumu territories"
PLURAL_UNITS: Final = frozenset(
    "provinces governorates states districts counties regions oblasts raions townships territories localities communes "
    "municipalities departments zones woredas subdistricts subcounties lgas cercles payams tehsils upazilas départements".split()
)
#: words for what is no settlement, written in lower case as often as not: they belong to the name of a place that is listed with them
FACILITY_WORDS: Final = frozenset(
    "airbase barracks barrage base bridge canal checkpoint clinic complex corridor crossing field forest gasfield hill hills heights hospital "
    "junction market mill mine mosque oilfield outpost pass plant port prison quarry refinery reservoir ridge roundabout site "
    "square stadium station temple terminal tunnel volcano".split()
)
#: and what stands between such a word and a name: "Danyawaddy naval base"
BEFORE_FACILITY: Final = frozenset(
    "air border coal gas general gold industrial military naval nuclear oil power railway refugee teaching thermal train".split()
)
DIRECTIONS: Final = frozenset(
    "north south east west northern southern eastern western northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern north-east north-west south-east south-west "
    "central mid".split()
)
#: after "France's": what belongs to the ground, not to its government
GEO_NOUNS: Final = frozenset(
    "north south east west northeast northwest southeast southwest northern southern eastern western central "
    "border borders capital city cities town towns village villages region regions province provinces "
    "coast coastline countryside outskirts suburbs streets roads mountains desert interior territory soil shores "
    "airspace waters downtown center centre heart districts neighborhoods neighbourhoods state states "
    "largest biggest second main old historic rural urban elite part parts area areas swathe swathes rest corner corners whole".split()
)
#: after a bare name: what makes it stand for a government, an army, a people
INSTITUTION_NOUNS: Final = frozenset(
    "government governments regime authorities officials official minister ministers ministry president "
    "premier parliament lawmakers congress senate embassy ambassador consulate diplomat diplomats police "
    "army military troops soldiers forces force militia militias fighters rebels jets warplanes airstrikes "
    "intelligence spokesman spokeswoman team coach players native natives resident residents man woman "
    "men women couple family families student students teenager lawyer judge court prosecutor prosecutors "
    "company firm bank banks economy market exports imports sanctions policy law laws constitution "
    "election elections voters citizens nationals passport passports coordinator command commander leader leaders "
    "mayor governor senator delegation team's coalition campaign war joint national security foreign "
    "prime interior defense defence supreme federal ruling ambassador's allies ally king queen crown".split()
)


def _classes() -> dict[str, str]:
    classes = OTHER_WORD_CLASSES | REPORTING_CLASSES | {word: word for word in _OWN_CLASS}
    classes |= dict.fromkeys(
        "monday tuesday wednesday thursday friday saturday sunday january february march april june "
        "july august september october november december".split(),
        "date",
    )
    classes |= dict.fromkeys(PERSON_TITLES, "title")
    classes |= dict.fromkeys(SAYING, "say")
    classes |= {word: word for word in DIRECTIONS}
    classes |= {word: f"unit{kind[:4]}" for word, kind in UNIT_WORDS.items()}
    classes |= dict.fromkeys(PLACE_HEADS, "head")
    classes |= dict.fromkeys(
        "street road avenue drive lane boulevard highway route parkway court place square way terrace "
        "st rd ave dr ln blvd hwy pkwy pike trail".split(),
        "street",
    )
    classes |= dict.fromkeys(
        "residents resident native natives police officials authorities government man woman".split(),
        "people",
    )
    return classes


#: lower-case word → its class as somebody's neighbour
WORD_CLASSES: Final = _classes()


@cache
def word_grades() -> dict[str, int]:
    """Return how common ordinary words are that are place names too: 1 (very) to 7 (hardly)."""
    path = table_path("words.csv")
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["word"]: int(row["grade"]) for row in csv.DictReader(file)}


@cache
def english_words() -> frozenset[str]:
    """Return the usual words of English in lower case; none where the table is not there."""
    path = table_path("english_words.csv")
    if not path.exists():
        return frozenset()
    return frozenset(path.read_text("utf-8").split()[1:])


#: endings of English words, without which the dictionary may have them
_ENDINGS: Final = ("'s", "’s", "s", "es", "ed", "ing", "er", "ers", "ly", "n't")
_WITH_E: Final = frozenset(("ed", "ing", "er", "ers"))


def is_english(word: str) -> bool:
    """Return whether a word in lower case is one of the language, as it stands or without an ending.

    >>> is_english("shelled"), is_english("shelling"), is_english("kupiansk")
    (True, True, False)
    """
    words = english_words()
    if word in words or word in WORD_CLASSES:
        return True
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            if stem in words or (ending in _WITH_E and stem + "e" in words):
                return True
    return False


@cache
def person_grades() -> dict[str, tuple[int, int]]:
    """Return how common names of persons are, as (first, last): 1 (very) to 7, 0 for never."""
    path = table_path("person_names.csv")
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["name"]: (int(row["first"] or 0), int(row["last"] or 0))
            for row in csv.DictReader(file)
        }

"""Make dump files as GeoNames publishes them, of places that do not exist, in any number.

What matters for a gazetteer's size and speed is as in the real files: how many places a country has, how long names are and
how many each place has, in which scripts, how many places share a name, which classes and units they are of. Names
are put together from syllables; the same seed gives the same bytes.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from itertools import accumulate
from typing import IO, TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Made", "write_dump"]

SEED: Final = 20_261_120


class Style(NamedTuple):
    """How names of some countries are made: syllables, words before and behind, letters of another script."""

    syllables: list[str]
    before: list[str]
    behind: list[str]
    language: str
    letters: str


def _style(syllables: str, before: str, behind: str, language: str, letters: str) -> Style:
    return Style(syllables.split(), before.split(), behind.split(), language, letters)


_CYRILLIC: Final = "абвгдежзиклмнопрстуфхцчшыьюя"
_ARABIC: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
STYLES: Final = {
    "english": _style(
        "ash brook field ton ham ley wood well ford hill stone clear green spring mill oak bur ker mar den lin col wes har",
        "North South East West New Lake Mount Saint Big Little Old", "Creek Lake Hill Church Park Valley Ridge Island", "en", ""),
    "spanish": _style(
        "san to ro ma la ca lu mar ve ra ño gue jo pal cha co ta qui te na lle po cé á du",
        "San Santa El La Los Las Rancho Cerro Arroyo Laguna", "Nuevo Viejo Grande Chico", "es", ""),
    "french": _style(
        "ville mont bre tai lan cour gny eau ri vi é res bel champ font neuf ar sel dom mé",
        "Saint Le La Les Bois Étang", "sur-Mer le-Grand le-Petit", "fr", ""),
    "german": _style(
        "berg dorf hau sen lin den wie ster feld bach ber wal ha gen mü ö ner stein neu kir chen",
        "Neu Alt Ober Unter Bad Klein Groß", "See Wald Mühle", "de", ""),
    "nordic": _style(
        "vik dal ness fjell stad sjö øy lund berg ha sk by hol men tors ås ta ra ber nes",
        "Nord Sør Store Lille Øvre Nedre", "Fjorden Holmen Vatnet", "no", ""),
    "slavic": _style(
        "no vo ka me ni gor ki sk aya be lo po pet ro iv an ovka kra sn os tro bo ri shche li ma",
        "Novaya Staraya Verkhnyaya Nizhniy Krasnyy Bolshoye", "Rayon Ozero Reka", "ru", _CYRILLIC),
    "ukrainian": _style(
        "no vo myk hai liv ka ky iv pet ro pav kra sn os ol ek san dri by ly pol yan ho ro zhy ya",
        "Nova Stara Velyka Mala Verkhnya", "Balka Stav", "uk", _CYRILLIC),
    "arabic": _style(
        "ra qa ha mi su la ma ba ja far dī ūr ān ay yah sha kh al tal wa na ḩa şa īn ab",
        "Al Ar Bi’r Wādī Jabal Kafr Tall Umm Abū Khirbat", "al-Kabīr ash-Sharqīyah al-Gharbī", "ar", _ARABIC),
    "persian": _style(
        "ābād deh kūh chā shah mo ham gol ra sar qal eh kal āt dar rā zī now bā gh",
        "Deh Kalāteh-ye Qal‘eh-ye Chāh-e Kūh-e", "Bālā Pā’īn Bozorg", "fa", _ARABIC),
    "indian": _style(
        "pur gar h na gar ra ma pa li kan di wa la ba da bha tta cha ki sha mu ro hi dā",
        "Chak Kot Dera Basti Nai", "Kalan Khurd Tola Nagar", "hi", "कखगघचजटडतदनपबभमयरलवसह"),
    "chinese": _style(
        "xi ao dong zhuang jia he shan cun wang li zhen ping nan bei hu xin lin quan da shi",
        "Xia Shang Da Xiao Dong Xi", "Cun Zhen Xiang Shan He", "zh", "东西南北山水河湖村镇新大小王李张家庄平林泉石白"),
    "thai": _style(
        "ban nong khao huai non tha sai pho thong kham muang na mae pa lai yai noi kut don wat",
        "Ban Nong Huai Khao Khlong", "Yai Noi Nuea Tai", "th", "กขคงจชดตถทนบปพมยรลวสหอ"),
    "burmese": _style(
        "kyaung gon ywa ma tha ya myo hpa pa le lay in daw kon taw sin shwe zin aung nyaung hse",
        "Ywathit Shwe Nyaung Kyaung Myo", "Gyi Lay Ywa", "my", "ကခဂငစဆညတထဒနပဖဗမယရလဝသဟအ"),
    "island": _style(
        "ka ra ng su ma ba lo ti pa tu bu ko ta nga da ni wa gu la si ri ga me do",
        "Kampung Desa Sungai Gunung Tanjung Pulau Barangay", "Kidul Lor Wetan Baru", "id", ""),
    "african": _style(
        "ka bo mu lu ngo ma wa nda ki ti ba so ko tshi na mbe ya ra gu do zi le fu",
        "Kijiji Mwana Chief Village Mont", "I II Centre", "fr", ""),
    "horn": _style(
        "ceel dheer x u ba ar dhe gal ka cay qor yo le waa q mu xu maa ro gi rgo dd ha",
        "Ceel Buur Tuulo War", "Dheer Cad Yare", "so", ""),
    "turkish": _style(
        "köy ka ra ba şı de re te pe yay la gö l ağ aç kı lı ören pı nar su çam ak",
        "Yukarı Aşağı Büyük Küçük Yeni", "Köyü Dağı Deresi Mahallesi", "tr", ""),
}  # fmt: skip


class Country(NamedTuple):
    """A country: its share of all places, its style, and a box that lies about where it does."""

    share: float
    style: str
    box: tuple[float, float, float, float]


#: shares in thousands of places, rounded; boxes are rough: south, west, north, east
COUNTRIES: Final = {
    "US": Country(2250, "english", (25, -124, 49, -67)),
    "CN": Country(900, "chinese", (22, 80, 48, 128)),
    "MX": Country(880, "spanish", (15, -115, 32, -87)),
    "IN": Country(690, "indian", (8, 69, 33, 92)),
    "NO": Country(610, "nordic", (58, 5, 70, 30)),
    "ID": Country(560, "island", (-10, 96, 5, 140)),
    "RU": Country(370, "slavic", (45, 30, 70, 170)),
    "CA": Country(330, "english", (43, -130, 68, -60)),
    "TH": Country(290, "thai", (6, 98, 20, 105)),
    "IR": Country(280, "persian", (26, 45, 39, 62)),
    "AU": Country(260, "english", (-38, 115, -12, 153)),
    "PK": Country(230, "indian", (25, 62, 36, 75)),
    "DE": Country(210, "german", (48, 6, 54, 15)),
    "BR": Country(200, "spanish", (-33, -70, 2, -36)),
    "FR": Country(170, "french", (43, -4, 50, 7)),
    "PE": Country(160, "spanish", (-17, -80, -2, -70)),
    "YE": Country(130, "arabic", (13, 43, 18, 52)),
    "MM": Country(110, "burmese", (11, 93, 27, 100)),
    "AF": Country(100, "persian", (30, 61, 38, 73)),
    "TR": Country(95, "turkish", (36, 27, 41, 44)),
    "ZA": Country(95, "african", (-34, 18, -23, 32)),
    "CD": Country(90, "african", (-12, 14, 4, 30)),
    "UA": Country(80, "ukrainian", (45, 23, 51, 39)),
    "PH": Country(75, "island", (6, 118, 18, 126)),
    "MA": Country(60, "arabic", (28, -11, 35, -2)),
    "SA": Country(45, "arabic", (18, 37, 31, 54)),
    "SD": Country(42, "arabic", (10, 22, 21, 36)),
    "IQ": Country(42, "arabic", (30, 40, 37, 47)),
    "EG": Country(40, "arabic", (22, 26, 31, 34)),
    "DZ": Country(40, "arabic", (21, -5, 36, 10)),
    "SY": Country(32, "arabic", (33, 36, 37, 42)),
    "ET": Country(32, "horn", (4, 34, 14, 46)),
    "NG": Country(65, "african", (5, 3, 13, 14)),
    "ML": Country(32, "african", (11, -11, 22, 3)),
    "LY": Country(20, "arabic", (21, 11, 32, 24)),
    "SO": Country(20, "horn", (-1, 41, 11, 50)),
    **{
        code: Country(75, style, (lat, lon, lat + 5.0, lon + 8.0))
        for code, style, lat, lon in (
            ("GB", "english", 51, -5), ("SE", "nordic", 57, 12), ("FI", "nordic", 61, 22), ("ES", "spanish", 37, -6),
            ("IT", "french", 41, 9), ("PL", "slavic", 50, 15), ("CZ", "slavic", 49, 13), ("RO", "french", 44, 22),
            ("GR", "german", 37, 21), ("JP", "chinese", 34, 133), ("KR", "chinese", 35, 126), ("VN", "thai", 11, 104),
            ("NP", "indian", 27, 81), ("BD", "indian", 22, 88), ("LK", "indian", 6, 80), ("CO", "spanish", 2, -77),
            ("VE", "spanish", 5, -70), ("AR", "spanish", -36, -68), ("CL", "spanish", -38, -73), ("BO", "spanish", -18, -67),
            ("KE", "african", -2, 35), ("TZ", "african", -8, 31), ("UG", "african", 0, 30), ("MG", "african", -22, 44),
            ("NA", "african", -24, 15), ("KZ", "slavic", 45, 60), ("BY", "slavic", 52, 24), ("MY", "island", 2, 101),
        )
    },
}  # fmt: skip

#: classes with their codes, and how many of a hundred places are of each
_CLASSES: Final = (
    ("P", ("PPL",) * 18 + ("PPLX", "PPLL"), 41),
    ("H", ("STM",) * 6 + ("STMI", "LK", "LK", "WAD", "RSV", "BAY"), 18),
    ("T", ("HLL", "MT", "MT", "ISL", "PK", "VAL", "CAPE"), 14),
    ("S", ("SCH", "CH", "FRM", "AIRP", "BLDG", "DAM", "TMPL", "RUIN", "HTL"), 18),
    ("L", ("LCTY", "AREA", "PRK", "FLD"), 4),
    ("A", ("ADM3", "ADM4", "ADM4"), 4),
    ("R", ("RD", "RR", "TRL"), 1),
)
#: how many of a hundred places are called as many others are, and how many names are shared so in a country
_NAMESAKES: Final = 30
_SHARED_NAMES: Final = 40
_FIRST_UNITS, _SECOND_UNITS = 20, 12
#: share of places with 0, 1, 2 … further names in the file of places, and in that of alternate names
_FURTHER: Final = (72, 13, 6, 4, 2, 2, 1)
#: one in so many places counts its people
_COUNTED: Final = 30
_BLOCK: Final = 20_000
#: numbers of made-up places begin behind those that GeoNames has given: the same number would be the same place
_FIRST_NUMBER: Final = 100_000_000


@dataclass(slots=True)
class Made:
    """What was made: how many places, and how many names they have in all."""

    places: int = 0
    names: int = 0


class _Maker:
    """Writes the rows of one dump."""

    def __init__(self, rng: random.Random, names: IO[str], places: IO[str]) -> None:
        self.rng, self.names, self.places = rng, names, places
        self.made = Made()
        self.number = _FIRST_NUMBER
        self.alternate = 0
        self.classes = [kind for kind, _, share in _CLASSES for _ in range(share)]
        self.codes = {kind: codes for kind, codes, _ in _CLASSES}
        self.further = list(accumulate(_FURTHER))

    def word(self, style: Style) -> str:
        """Return a new word of two to four syllables."""
        rng = self.rng
        word = "".join(rng.choices(style.syllables, k=rng.choice((2, 3, 3, 4, 4))))
        return word[0].upper() + word[1:]

    def name(self, style: Style) -> str:
        """Return a new name: a word, or two or three."""
        chance = self.rng.random()
        if chance < 0.40:
            return self.word(style)
        if chance < 0.65:
            return f"{self.rng.choice(style.before)} {self.word(style)}"
        if chance < 0.85:
            return f"{self.word(style)} {self.rng.choice(style.behind)}"
        return f"{self.word(style)} {self.word(style)}"

    def native(self, style: Style) -> str:
        """Return a name in the script of a country."""
        least = 2 if style.language == "zh" else 4
        return "".join(self.rng.choices(style.letters, k=self.rng.randint(least, least + 5)))

    def add_country(self, code: str, country: Country, total: int) -> None:
        """Write the places of a country."""
        rng, style = self.rng, STYLES[country.style]
        shared = [self.name(style) for _ in range(max(total * _SHARED_NAMES // 1000, 20))]
        south, west, north, east = country.box
        for _ in range(total):
            self.number += rng.choice((1, 1, 1, 2))
            if rng.randrange(100) < _NAMESAKES:
                name = shared[int(len(shared) * rng.random() ** 2)]
            else:
                name = self.name(style)
            kind = rng.choice(self.classes)
            first = rng.randrange(1, _FIRST_UNITS + 1)
            second = rng.randrange(1, _SECOND_UNITS + 1)
            people = 0
            if kind == "P" and rng.randrange(_COUNTED) == 0:
                people = int(math.exp(rng.gauss(7.5, 1.6)))
            plain = name if name.isascii() else _ascii(name)
            self.places.write(
                f"{self.number}\t{name}\t{plain}\t{self.add_names(name, style)}\t"
                f"{south + rng.random() * (north - south):.5f}\t{west + rng.random() * (east - west):.5f}\t"
                f"{kind}\t{rng.choice(self.codes[kind])}\t{code}\t\t{first:02}\t{first:02}{second:02}\t\t\t"
                f"{people}\t\t{rng.randrange(2000)}\tEtc/UTC\t2020-01-01\n"
            )
            self.made.places += 1

    def add_names(self, name: str, style: Style) -> str:
        """Write the further names of the last place, and return them joined as the file of places has them."""
        rng = self.rng
        (count,) = rng.choices(range(len(_FURTHER)), cum_weights=self.further)
        self.made.names += 1 + count
        if not count:
            return ""
        found = []
        for _ in range(count):
            self.alternate += 1
            if style.letters and rng.random() < 0.5:
                other, language = self.native(style), style.language
            else:
                other = (
                    name[:-1] + rng.choice(("a", "e", "o", "i"))
                    if rng.random() < 0.5
                    else self.name(style)
                )
                language = rng.choice(("", "", "en", style.language))
            preferred = "1" if rng.random() < 0.1 else ""
            self.names.write(
                f"{self.alternate}\t{self.number}\t{language}\t{other}\t{preferred}\t\t\t\t\t\n"
            )
            found.append(other)
        return ",".join(found)


def _ascii(name: str) -> str:
    import unicodedata  # noqa: PLC0415 - beside its only use

    apart = unicodedata.normalize("NFKD", name)
    return "".join(char for char in apart if char.isascii())


def _units(folder: Path, maker: _Maker) -> None:
    """Write the units of all countries: places of their own, and their codes."""
    with (
        (folder / "admin1CodesASCII.txt").open("w", encoding="utf-8") as one,
        (folder / "admin2Codes.txt").open("w", encoding="utf-8") as two,
    ):
        for code, country in COUNTRIES.items():
            style = STYLES[country.style]
            south, west, north, east = country.box
            for first in range(1, _FIRST_UNITS + 1):
                for second in range(_SECOND_UNITS + 1):
                    maker.number += 1
                    name = maker.word(style)
                    feature = "ADM2" if second else "ADM1"
                    local = f"{first:02}{second:02}" if second else ""
                    lat = south + maker.rng.random() * (north - south)
                    lon = west + maker.rng.random() * (east - west)
                    maker.places.write(
                        f"{maker.number}\t{name}\t{_ascii(name)}\t\t{lat:.5f}\t{lon:.5f}\tA\t{feature}\t{code}\t\t"
                        f"{first:02}\t{local}\t\t\t0\t\t0\tEtc/UTC\t2020-01-01\n"
                    )
                    key = f"{code}.{first:02}" + (f".{local}" if local else "")
                    (two if second else one).write(
                        f"{key}\t{name}\t{_ascii(name)}\t{maker.number}\n"
                    )
                    maker.made.places += 1
                    maker.made.names += 1


def write_dump(folder: Path, places: int, seed: int = SEED) -> Made:
    """Write allCountries.txt, alternateNamesV2.txt and the codes of units.

    Args:
        folder: The folder; it is made where missing.
        places: How many places there are, about.
        seed: Another seed gives other places.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)  # noqa: S311 - a fixed seed is the point
    whole = sum(country.share for country in COUNTRIES.values())
    with (
        (folder / "allCountries.txt").open("w", encoding="utf-8") as rows,
        (folder / "alternateNamesV2.txt").open("w", encoding="utf-8") as names,
    ):
        maker = _Maker(rng, names, rows)
        _units(folder, maker)
        left = max(places - maker.made.places, 0)
        for code, country in COUNTRIES.items():
            maker.add_country(code, country, round(left * country.share / whole))
    return maker.made

"""What GeoNames' feature codes mean to geomap: the one place where they are classified.

Codes are those of https://www.geonames.org/export/codes.html. Five are ours: ``RGNL`` marks regions larger than a country,
``PLC`` a place of which nothing more is known, ``CMP`` a camp of displaced people, ``BORD`` a border crossing, ``PPLU`` a town or
village of which only the unit that it lies in is known: its point and radius are those of the unit.
"""

from __future__ import annotations

from functools import cache
from typing import Final

__all__ = [
    "CITIES_APART",
    "KNOWN_BY_UNIT",
    "area_precisions",
    "is_country",
    "is_facility",
    "is_populated",
    "is_unit",
    "is_water",
    "place_class",
    "place_precision",
    "place_type",
    "unit_level",
]

#: GeoNames' class H: streams, lakes, seas, reefs
_WATERS: Final = frozenset(
    "AIRS ANCH BAY BAYS BGHT BNK BNKR BNKX BOG CAPG CHN CHNL CHNM CHNN CNFL CNL CNLA CNLB CNLD CNLI CNLN CNLQ CNLSB CNLX COVE "
    "CRKT CRNT CUTF DCK DCKB DOMG DPRG DTCH DTCHD DTCHI DTCHM ESTY FISH FJD FJDS FLLS FLLSX FLTM FLTT GLCR GULF GYSR HBR HBRX "
    "INLT INLTQ LBED LGN LGNS LGNX LK LKC LKI LKN LKNI LKO LKOI LKS LKSB LKSC LKSI LKSN LKSNI LKX MAR MFGN MGV MOOR MRSH MRSHN "
    "NRWS OCN OVF PND PNDI PNDN PNDNI PNDS PNDSF PNDSI PNDSN POOL POOLI RCH RDGG RDST RF RFC RFX RPDS RSV RSVI RSVT RVN SBKH "
    "SD SEA SHOL SILL SPNG SPNS SPNT STM STMA STMB STMC STMD STMH STMI STMIX STMM STMQ STMS STMSB STMX STRT SWMP SYSI TNLC WAD "
    "WADB WADJ WADM WADS WADX WHRL WLL WLLQ WLLS WTLD WTLDI WTRC WTRH".split()
)
#: waters that are spots: a reef, a well, a spring, a waterfall
_SPOTS_OF_WATER: Final = frozenset(
    "ANCH BNK DCK DCKB FLLS HBR HBRX PND RF RFC RFX RPDS SHOL SPNG SPNS SPNT WLL WLLQ WLLS WTRH".split()
)
_CONTINENTS: Final = frozenset(["CONT", "RGNL"])
#: regions without exact bounds: vague, between places
_VAGUE: Final = frozenset(
    "ADMD AREA CST DSRT FRST FRSTF ISLS LCTY MTS OAS PEN PENX PLAT PLN RGN RGNE RGNH UPLD VAL".split()
)
#: cities that are first-level units themselves, in the middle of a region that is called like them, now or once: Kyiv, Moscow, Saint Petersburg
#: (Leningrad), Sevastopol
CITIES_APART: Final = frozenset(
    ["geonames:703447", "geonames:524894", "geonames:536203", "geonames:694422"]
)
#: a populated place whose own point nobody knows
KNOWN_BY_UNIT: Final = "PPLU"
#: what is built for one purpose and has a name of its own: hospitals, schools, prisons, bases, airports, plants, bridges, crossings
_FACILITIES: Final = frozenset(
    "AIRB AIRF AIRP AIRQ ASYL BDG BLDG BLDO BORD BUSTN CH CLG CSTM CTRF CTRM CVNT DAM DIP FT GOVL HSEC HSP HSPC HSPD HSPL HTL INSM "
    "MALL MFG MKT MNMT MSQE MSTY MUS NAVB OILR PAL PO PP PRN PS PSH PSN PSTB PSTC PSTP RDJCT RLG RSTN SCH SCHC SCHM SHRN STDM TMB "
    "TMPL UNIV".split()
)
#: populated places that GeoNames lists among spots: camps and Israeli settlements
_SETTLEMENTS: Final = frozenset(["CMP", "CMPRF", "CMPLA", "CMPMN", "CMPO", "CMPQ", "STLMT"])


def is_country(feature: str) -> bool:
    """Return whether a feature code is that of a country or a dependent territory."""
    return feature.startswith("PCL") or feature == "TERR"


def unit_level(feature: str) -> int:
    """Return the level of a unit inside its country: 1, 2, …; 0 for what is no unit.

    >>> [unit_level(code) for code in ("ADM1", "ADM1H", "ADM2", "ADMD", "PPLA")]
    [1, 1, 2, 0, 0]
    """
    digit = feature[3:4]
    return int(digit) if feature.startswith("ADM") and digit.isdigit() else 0


def is_unit(feature: str) -> bool:
    """Return whether a feature code is that of a unit of some level inside its country."""
    return unit_level(feature) > 0


def is_water(feature: str) -> bool:
    """Return whether a feature code is that of a water: a river, a lake, a sea, a reef."""
    return feature in _WATERS


def is_facility(feature: str) -> bool:
    """Return whether a feature code is that of something built that has a name of its own: a hospital, a base, a bridge."""
    return feature in _FACILITIES


def is_populated(feature: str) -> bool:
    """Return whether people live at a place of this code: a town, a village, a quarter, a camp."""
    return feature.startswith("PPL") or feature in _SETTLEMENTS


@cache
def place_type(feature: str) -> str:
    """Return the coarse type of a feature code, as resolution ranks places.

    One of country, continent, adm1, adm2, city, quarter, water, region.

    >>> [place_type(code) for code in ("PPLX", "ADM3", "TERR", "CMPRF", "WAD", "AIRB")]
    ['quarter', 'adm2', 'country', 'city', 'water', 'region']
    """
    if feature == "CONT":
        return "continent"
    if is_country(feature):
        return "country"
    level = unit_level(feature)
    if level:
        return "adm1" if level == 1 else "adm2"
    if feature == "PPLX":
        return "quarter"
    if is_populated(feature):
        return "city"
    return "water" if is_water(feature) else "region"


@cache
def place_class(feature: str) -> str:
    """Return what two rows must share to be one place: populated, unit, country, water, spot.

    >>> [place_class(code) for code in ("PPLA2", "CMP", "ADM2", "ADM3", "AIRB", "MT")]
    ['populated', 'populated', 'unit', 'unit', 'spot', 'spot']
    """
    if is_populated(feature):
        return "populated"
    if is_country(feature):
        return "country"
    if is_unit(feature) or feature == "ADMD":
        return "unit"
    return "water" if is_water(feature) else "spot"


@cache
def place_precision(feature: str) -> int:
    """Return how exactly a place of this feature code is known, on UCDP's where_prec scale.

    1 the place itself · 3 second-level unit, or somewhere in it · 4 first-level unit · 5 vague · 6 country ·
    7 water, air or larger than a country. 2, "near", is never a place's own: a relation makes it.

    >>> [place_precision(code) for code in ("PPL", "ADM2", "PPLU", "ADM1", "DSRT", "PCLI", "SEA")]
    [1, 3, 3, 4, 5, 6, 7]
    """
    if is_country(feature):
        return 6
    if feature == KNOWN_BY_UNIT:
        return 3
    level = unit_level(feature)
    if level:
        return 4 if level == 1 else 3
    if feature in _CONTINENTS or (is_water(feature) and feature not in _SPOTS_OF_WATER):
        return 7
    return 5 if feature in _VAGUE else 1


def area_precisions() -> dict[str, int]:
    """Return :func:`place_precision` of each listed code that is no spot; those of countries and units follow from their letters.

    >>> area_precisions()["STM"], area_precisions()["DSRT"], "RF" in area_precisions()
    (7, 5, False)
    """
    codes = sorted(_WATERS | _CONTINENTS | _VAGUE | {KNOWN_BY_UNIT, "TERR"})
    found = {code: place_precision(code) for code in codes}
    return {code: precision for code, precision in found.items() if precision > 1}

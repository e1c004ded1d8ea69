"""Peoples that are called like places: "clashes between Hema and Lendu", "Toposa raiders"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.text import Token

__all__ = ["is_people"]

#: peoples and clans of countries at war whose names, or names like them, places have too
_PEOPLES: Final = frozenset(
    "Afar Agere Alur Anuak Anyuak Bari Bassa Beja Berom Berta Berti Bobo Bodo Borana Bwa Dan Daza Degodia Dinka Dogon Dozo Fang Fula Fur Gabra Garre Gumuz "
    "Gura Hadiya Hamar Hawiye Hema Hmar Hunde Hutu Issa Issaq Jukun Kachin Kalenjin Kanuri Karbi Karen Kikuyu Kokang Kom Kono Kreda Kuki Lendu Lisi Lou "
    "Luba Lulua Luo Maba Mabaan Mai Marehan Masalit Mbororo Meitei Merille Misseriya Mongo Moru Mundari Murle Naga Nande Ndebele Nuba Nuer Nyanga Oromo Pa-O "
    "Pokot Rizeigat Salamat Samburu Sara Shilluk Somba Surma Ta'ang Tama Teke Tem Tigre Tiv Topoke Toposa Toubou Turkana Tutsi Twa Wa Wolof Yaka Zaghawa "
    "Zeghawa Zomi".split()
)
#: who is called by a people
_FOLK: Final = frozenset(
    "armed cattle civilians clan clans clansmen communal communities community elders ethnic farmers fighters folk gunmen herders herdsmen leaders men "
    "militia militiamen militias nomads pastoralists people peoples raiders rebels refugees subclan tribe tribes tribesmen warriors women youth youths".split()
)
_FIGHTING: Final = frozenset(
    "battles clash clashed clashes conflict fighting fought skirmishes strife tension tensions truce violence war".split()
)
_JOINING: Final = frozenset(["and", "&", "against", "with"])


def is_people(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a word is a people's name where it stands: before folk, or beside another people that it fights."""
    if tokens[index][2] not in _PEOPLES:
        return False
    return _is_before_folk(tokens, index) or _is_beside_another(tokens, index)


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index][2] if 0 <= index < len(tokens) else ""


def _is_before_folk(tokens: Sequence[Token], index: int) -> bool:
    after = _word(tokens, index + 1)
    if after in _JOINING and _word(tokens, index + 2) in _PEOPLES:
        after = _word(tokens, index + 3)
    return after in _FOLK


def _is_beside_another(tokens: Sequence[Token], index: int) -> bool:
    """Return whether another people stands beside it, and the words around both speak of a fight."""
    if _word(tokens, index + 1) in _JOINING and _word(tokens, index + 2) in _PEOPLES:
        first, last = index, index + 2
    elif _word(tokens, index - 1) in _JOINING and _word(tokens, index - 2) in _PEOPLES:
        first, last = index - 2, index
    else:
        return False
    around = (
        _word(tokens, number).lower() for number in (first - 2, first - 1, last + 1, last + 2)
    )
    return any(word in _FIGHTING for word in around)

"""The features of a name alone, whatever article it stands in: what places it means, how common a word it is."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.layout import ADJECTIVE, EXACT_MARK, GENERATED, LOOSE_MARK, MAIN, OWN
from geomap.recognise.lexicon import ORGANISATION_HEADS, person_grades, word_grades

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.recognise.options import Option

__all__ = ["OTHER_SCRIPTS", "find_name_features", "is_adjective"]

#: from this letter on a name is in another script than Latin, where gazetteers list main names as others
OTHER_SCRIPTS: Final = "\u0370"
#: a place of 20,000: its name in another script is as good as its main name
_KNOWN_SIZE: Final = 4.3
#: bounds of the features of a name's size, in tenths, and of how many places it means
_SIZES: Final = (30, 35, 40, 45, 50, 55, 60, 65)
_NAMESAKES: Final = (2, 4, 8, 16)
_METROPOLIS, _CITY = 5.3, 4.3
#: the bits of a main name, and of what people or things of a place are called
_OWN_OR_OF: Final = MAIN | ADJECTIVE
#: words behind a name of which it is known what they make it
_ENDINGS: Final = frozenset(["county", "river", "lake", "island", "city", "park", "township"])

#: before a child's name these make the name of a father or mother, as of many a village
_KUNYAS: Final = frozenset("abu abou aboo umm um oum".split())


def is_adjective(options: Sequence[Option]) -> bool:
    """Return whether a name is what people or things of its places are called ("Syrian"), and the main name of none."""
    return bool(options) and all(option.bits & _OWN_OR_OF == ADJECTIVE for option in options)


def find_name_features(key: str, options: Sequence[Option]) -> tuple[tuple[str, ...], str]:
    """Return the features of a name by its key and the places that it can mean, and its group among names."""
    words = key.strip(" \x01\x02\x03").split(" ")
    listed = [option for option in options if option.bits & (MAIN | OWN)]
    # "Awash" is a town's name, with an article a river's
    listed = [option for option in listed if not _is_bare_river(option)] or listed
    if not listed and key[0] >= OTHER_SCRIPTS:
        listed = [option for option in options if option.size >= _KNOWN_SIZE]
    size = max([option.size for option in listed], default=0.0)
    group = _find_group(key, options, listed, size, len(words))
    some, every = 0, GENERATED
    for option in options:
        some |= option.bits
        every &= option.bits
    features = [
        f"group={group}",
        f"size={bisect_right(_SIZES, round(size * 10))}" if size else f"size=none&{group}",
        f"words={min(len(words), 4)}",
        f"length={min(len(key), 9)}" if len(words) == 1 and words[0] else "length=many",
        f"namesakes={bisect_right(_NAMESAKES, len(options))}",
        f"ours={some & OWN > 0}&{group}",
    ]
    if every:
        features.append("generated")
    if len(words) == 1 and words[0]:
        features += _word_features(words[0], group)
    else:
        features.append(f"words={min(len(words), 4)}&{group}")
        if len(words) == 2 and words[0] in _KUNYAS:
            first, last = person_grades().get(words[1], (0, 0))
            features += [f"kunya={first or last}", f"kunya={first or last}&{group}"]
        if words[-1] in _ENDINGS:
            features.append(f"ends={words[-1]}")
    return tuple(features), group


def _is_bare_river(option: Option) -> bool:
    """Return whether a name is but what is left of a river's without its word."""
    return option.type == "water" and option.bits & GENERATED > 0


def _word_features(word: str, group: str) -> list[str]:
    """Return the features of a name of one word: how common a word it is, and how common a person's name."""
    grade = word_grades().get(word, 0)
    first, last = person_grades().get(word, (0, 0))
    features = ["organisation_word"] if word in ORGANISATION_HEADS else []
    features += [
        f"word={grade}",
        f"first={first}",
        f"last={last}",
        f"word={grade}&{group}",
        f"first={first}&{group}",
        f"last={last}&{group}",
    ]
    return features


def _find_group(
    key: str, options: Sequence[Option], listed: Sequence[Option], size: float, words: int
) -> str:
    """Return what kind of name it is: of the weightiest kind of place that it is the main or a listed name of.

    Args:
        key: The key of the name.
        options: The places that it can mean.
        listed: Those whose main or listed name it is.
        size: The size of the largest of these.
        words: How many words it has.
    """
    if key.startswith(EXACT_MARK):
        return "abbreviation"
    if key.startswith(LOOSE_MARK):
        return "loose"
    if is_adjective(options):
        return "adjective"
    kinds = {option.type for option in listed}
    if "country" in kinds or "continent" in kinds:
        return "country"
    for kind in ("adm1", "water"):
        if kind in kinds:
            return kind
    if "region" in kinds:
        regions = [option for option in listed if option.type == "region"]
        return "facility" if all(option.is_facility for option in regions) else "region"
    if not listed:
        return "alt"
    if "adm2" in kinds and words > 1:
        return "adm2"
    if size >= _METROPOLIS:
        return "metropolis"
    return "city" if size >= _CITY else "town"

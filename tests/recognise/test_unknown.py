"""Names that plainly are places and that nobody knows: found, put into their unit, and no traps."""

import csv
from pathlib import Path

import pytest


def unknown(geoparser, text):
    return [
        (item.mention.surface, item.within.name if item.within else None)
        for item in geoparser.parse_text(text)
        if item.status == "unknown"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen burned the village of Kambirova in Gwoza LGA.", [("Kambirova", "Gwoza")]),
        ("They fled Kambirova village, Gwoza LGA.", [("Kambirova", "Gwoza")]),
        ("Soldiers entered Zzorrotown Township on Friday.", [("Zzorrotown Township", None)]),
        (
            "Fighters took Kambirova, a town near Goma.",
            [("Kambirova", None)],
        ),
        (
            "Shelling hit Bakhmut, Kambirova and Chasiv Yar on Friday.",
            [("Kambirova", None)],
        ),
        (
            "Bakhmut / Kambirova / Chasiv Yar — Shelling went on.",
            [("Kambirova", None)],
        ),
        ("Aid reached Kambirova in North Darfur.", [("Kambirova", "North")]),
        ("Rangers were hurt in tambon Kambirova, Yala.", [("Kambirova", None)]),
        ("He was shot in Barangay Kambirova, Malaybalay.", [("Kambirova", None)]),
        ("Soldiers left the vereda El Zzigo in Nariño.", [("El Zzigo", "Nariño")]),
        ("A raid hit khutor Kambirova in Kursk region.", [("Kambirova", "Kursk")]),
    ],
)
def test_names_that_nobody_knows_are_put_into_their_unit(geoparser, text, expected):
    found = unknown(geoparser, text)
    assert [name for name, _ in found] == [name for name, _ in expected]
    for (_, unit), (_, wanted) in zip(found, expected, strict=True):
        assert wanted is None or (unit or "").startswith(wanted)


@pytest.mark.parametrize(
    "text",
    [
        "He drove a Zorrota in Kabul.",
        "Mr. Kambirov spoke in Kabul.",
        "Barangay captain Kambirov spoke in Manila.",
        "The Barangay Council of Malaybalay met.",
        "Operation Kambirova began in Mosul.",
        "The Kambirova Brigade took Mosul.",
        "Fighters of Kambirova Front left Mosul.",
        "The frigate Kambirova left Aden.",
        "In Ramadan, prices rose in Cairo.",
        "Colonel Hassan Kambirov left for Homs.",
        "Talks on the Economic Community of West African States were held.",
        "They fired Zzorrot missiles at Kharkiv.",
        "A street in Kharkiv. Kambirov/Getty Images. Odesa was calm.",
        # a word that begins a sentence has its capital from that
        "Residential quarters of the city were hit, and Kharkiv was dark.",
        "Coastal towns in Libya were flooded.",
        "Fishing villages near Hodeidah were hit.",
        "Displaced camps in Bunia are full.",
        "Mining towns in Durango were closed.",
        "Neighbouring districts sent help to Goma.",
        "Burned villages and empty towns lie around Pokrovsk.",
        "Remote hamlets of Ghor had no food. Isolated communities waited for Kabul.",
        "Flooded wards in Beira were cleared. Poorer suburbs waited.",
        "Mountain villages in Dohuk were emptied. Nearby settlements were not.",
    ],
)
def test_traps_are_no_places(geoparser, text):
    assert unknown(geoparser, text) == []


def test_an_unknown_place_has_its_units_point_and_none_of_its_own(geoparser):
    from geomap import Article, mention_record

    article = Article(id="1", text="Gunmen burned the village of Kambirova in Gwoza LGA.")
    records = [mention_record(article, item) for item in geoparser.parse(article)]
    found, unit = records
    assert (found["status"], found["place_id"], found["within"]) == (
        "unknown",
        None,
        unit["place_id"],
    )
    assert (found["lat"], found["lon"], found["precision"]) == (unit["lat"], unit["lon"], 3)


def test_a_known_name_in_another_spelling_counts_among_the_places_of_a_dateline(geoparser):
    text = "El Fasher / Bara / En Nuhoud / Tawila — Shells fell on Monday, people in Sudan said."
    found = {item.mention.surface: item.place for item in geoparser.parse_text(text)}
    assert found["En Nuhoud"].name == "En Nahud"


#: sentences written by somebody who had not read the rules: invented names, half of them traps; ``also`` are real places
#: in them that the gazetteer lacks
WRITTEN = Path(__file__).parents[1] / "gold" / "unknown_names.csv"


@pytest.fixture(scope="module")
def judged(geoparser):
    """Return each of the sentences with the unknown names that are found in it, and what they lie in."""
    with WRITTEN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(row, dict(unknown(geoparser, row["text"]))) for row in rows]


def test_unknown_names_are_places_in_nine_of_ten_cases(judged):
    assert len(judged) >= 150
    found = [name in (row["name"], row["also"]) for row, names in judged for name in names]
    assert sum(found) / len(found) >= 0.9


def test_most_unknown_names_are_found(judged):
    found = [row["name"] in names for row, names in judged if row["name"]]
    assert len(found) >= 75
    assert sum(found) / len(found) >= 0.85


def test_hardly_a_trap_is_taken_for_a_place(judged):
    traps = [(row["text"], names) for row, names in judged if row["trap"]]
    assert len(traps) >= 75
    assert sum(bool(names) for _, names in traps) <= 5


def test_the_unit_that_a_text_puts_an_unknown_name_in(judged):
    """Units have several names ("Nduga Regency", "Kabupaten Nduga"): one word in common will do."""
    right = []
    for row, names in judged:
        if row["within"] and row["name"] in names:
            unit = names[row["name"]] or ""
            right.append(bool(set(unit.lower().split()) & set(row["within"].lower().split())))
    assert sum(right) / len(right) >= 0.8


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The villages of Kambirova, Zzorrotown and Bukhmirel burned.", 3),
        ("Fighting raged between Kambirova and Zzorrotown villages.", 2),
        ("They live on the northern outskirts of Kambirova.", 1),
        ("M23 entered Kambirova, 12 km north of Sake, on Sunday.", 1),
        ("Cholera was confirmed in Kambirova health zone, South Kivu.", 1),
        ("The state Department of Education said so in Kambirova, Ohio.", 1),
        ("The Fire District and the Water Management District met in Columbus.", 0),
        ("Meanwhile, the city of Homs was quiet.", 0),
        ("Julie Ward, visiting from Los Angeles, sang.", 0),
        ("Bob, the city's mayor, and Monday's city council met in Dayton.", 0),
        ("Santa Clara Valley Water District calls for rationing.", 0),
        ("The Kambirova department store in Cairo closed.", 0),
    ],
)
def test_the_words_around_a_name_decide(geoparser, text, names):
    assert len(unknown(geoparser, text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Gunmen raided Tolvika, Marnessa and Boredo, villages of Middle Shabelle.",
            ["Tolvika", "Marnessa", "Boredo"],
        ),
        (
            # a first name can begin the name of a village, where the text says that it is one
            "Jets struck Ma Gyo Kone, Zaw Chaunga, and Thin Tawra, villages of Kanbalu township.",
            ["Ma Gyo Kone", "Zaw Chaunga", "Thin Tawra"],
        ),
        (
            "Battles were fought at Mehal Zaynt, Rey Wasba and Kebaro Meda in Wollo.",
            ["Mehal Zaynt", "Rey Wasba", "Kebaro Meda"],
        ),
        (
            "All came from Abu Jubaiha locality: Awlad Zzaro and Aldagrad (25% each), Zalkora (22%) and Zabruna (1%).",
            ["Awlad Zzaro", "Aldagrad", "Zalkora", "Zabruna"],
        ),
        ("It happened in the area between Liboi and Harharo.", ["Harharo"]),
        ("The truck burned on the road between Kambirova and Djibo.", ["Kambirova"]),
        ("Shells fell on Tahlura, an area of Khan Yunis.", ["Tahlura"]),
        ("Fire came from the outpost of Zarbuqa.", ["Zarbuqa"]),
        ("A raid on the Kambirova cattle camp in Twic East county.", ["Kambirova"]),
        (
            # once a name is a place's, it is one in each of its sentences
            "They burned Zzorro Gyi village. Troops then shelled Zzorro Gyi again.",
            ["Zzorro Gyi", "Zzorro Gyi"],
        ),
        # traps
        (
            "Talks between Kyiv and Kambirov went on. A deal between Djibo and Zzorrex Ltd failed.",
            [],
        ),
        ("North Kivu: Soldiers, Rebels Clash in Goma", []),
        ("North Kivu: Army, Officials and Doctors Meet in Goma", []),
        ("He met Tom, Dick and Harry in Kachin State.", []),
        ("He spoke Urdu, Pashto and Sindhi in Balochistan.", []),
        ("Logistics, an area of concern, was discussed in Goma.", []),
        (
            "Hassan Kambirov, Ali Zzorrov and Omar Bukhmir, officials of the district, came to Homs.",
            [],
        ),
        ("He resigned from the post of Kambirov's deputy in Homs.", []),
        ("Three villages burned. Kambirov, the governor, said so in Homs.", []),
    ],
)
def test_names_in_lists_of_places_are_places(geoparser, text, names):
    assert [name for name, _ in unknown(geoparser, text)] == names


def test_names_of_a_list_do_not_lie_in_each_other(geoparser):
    found = dict(unknown(geoparser, "Police in Zorrotshire County, Kent and Essex were called."))
    assert found.get("Zorrotshire County", "") not in ("Kent", "Essex")


def test_a_small_place_is_not_drawn_for_the_first_word_of_a_longer_name(geoparser):
    found = geoparser.parse_text(
        "Shells hit the village of Endé-Kambirova in Bankass cercle, Mali."
    )
    assert [item.mention.surface for item in found if item.status == "unknown"] == [
        "Endé-Kambirova"
    ]
    assert all(item.mention.surface != "Endé" for item in found)


@pytest.mark.parametrize(
    ("text", "name", "within"),
    [
        ("They fled Sitio Tandacol, Malaybalay City, Bukidnon.", "Sitio Tandacol", "Bukidnon"),
        ("Shells hit the settlement of Novozorbne, Pokrovsk, Donetsk Oblast, Ukraine.", "Novozorbne", "Pokrovsk Raion"),
        ("The village of Tarkhozan in Taliqan saw fighting.", "Tarkhozan", "Taloqan District"),
        # near a town is not in it
        ("Gunmen raided the village of Zorbakh, near Gusau, Nigeria.", "Zorbakh", "Nigeria"),
    ],
)  # fmt: skip
def test_a_name_in_a_town_lies_in_the_towns_unit(geoparser, text, name, within):
    [found] = [m for m in geoparser.parse_text(text) if m.mention.surface == name]
    assert (found.status, found.within and found.within.name) == ("unknown", within)

"""Ordinary words of other languages are no places, though some place is called so; behind "the town of" they are."""

import pytest

from geomap.languages.common import is_common_noun


def surfaces(geoparser, text):
    return [item.mention.surface for item in geoparser.parse_text(text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("وصل المتظاهرون إلى المدينة صباح اليوم.", []),
        ("قال السكان إن القصف استهدف المدينة صباح الأحد.", []),
        ("انفجرت سيارة في السوق مساء الخميس.", []),
        ("أغلقت القوات الطريق إلى الميناء ليل الأربعاء.", []),
        ("سقطت قذائف على الحي القريب من المدرسة.", []),
        ("عادت النساء إلى البلاد بعد سنة.", []),
        ("توجه الشباب إلى الجبل فجر الجمعة.", []),
        ("خرجت مظاهرة من المسجد بعد صلاة العصر.", []),
        ("نقل الجرحى من القصر إلى السجن.", []),
        ("دخل الجيش المدينة من الشمال ومن الجنوب.", []),
        ("انفجرت قنبلة صباح الأحد في الموصل.", ["الموصل"]),
        ("وصلت القافلة إلى المدينة قادمة من حلب.", ["حلب"]),
        ("Pazar günü bir bomba patladı.", []),
        ("Geçen Pazar yol kapandı.", []),
        ("Yol Pazar sabahı kapandı.", []),
        ("Çarşamba günü Halep'te yağmur yağdı.", ["Halep"]),
        ("Perşembe akşamı yol kapandı.", []),
        ("12 Mart'ta yol kapandı.", []),
        ("Победа близка, говорят люди.", []),
        ("روز دوشنبه در کابل انفجار شد.", ["کابل"]),
    ],
)
def test_days_and_common_nouns_are_no_places(geoparser, text, places):
    assert surfaces(geoparser, text) == places


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Rize'nin Pazar ilçesinde sel oldu.", "Pazar"),
        ("They reached Pazar, a district of Rize in Turkey.", "Pazar"),
        ("Ordu'nun Perşembe ilçesinde sel oldu.", "Perşembe"),
        ("Samsun'un Çarşamba ilçesine yardım geldi.", "Çarşamba"),
        ("اندلعت اشتباكات في بلدة الشهداء بمحافظة المنوفية.", "الشهداء"),
    ],
)
def test_a_place_that_is_called_so_is_found_where_the_text_says_it_is_one(geoparser, text, surface):
    assert surface in surfaces(geoparser, text)


@pytest.mark.parametrize(
    ("surface", "before", "after", "common"),
    [
        ("والمدينة", "القرية", "أمس", True),
        ("حلب", "في", "أمس", False),
        ("Pazar", "", "", False),
        ("PAZAR", "", "GÜNÜ", True),
        ("Nisan", "3", "", True),
        ("Мир", "городе", "", False),
        ("Мир", "", "", True),
        ("Киев", "", "", False),
        ("دوشنبه", "شهر", "", False),
        ("Paris", "", "", False),
    ],
)
def test_what_stands_beside_a_word_decides(surface, before, after, common):
    assert is_common_noun(surface, before, after) is common

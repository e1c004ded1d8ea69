"""Ordinary words of other languages that some place is called by: "the city" in Arabic, "Sunday" in Turkish.

Closed lists. Such a word names its place only where a word for a town, a quarter or a unit stands before it.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from geomap.languages.inflection import stems

__all__ = ["is_common_noun"]

#: places in general, sides, times of day, days, months, what war and news are about: Arabic, then Persian
_ARABIC: Final = frozenset(
    "المدينة مدينة القرية قرية البلدة بلدة المنطقة منطقة المحافظة محافظة الحي حي الحارة حارة المخيم مخيم السوق سوق الشارع شارع الطريق طريق "
    "الجسر جسر المستشفى مستشفى المدرسة مدرسة المسجد مسجد الجامع جامع الكنيسة كنيسة الجامعة جامعة المطار مطار الميناء ميناء الحدود حدود "
    "المعبر معبر الحاجز حاجز الساحة ساحة الميدان ميدان الريف ريف المركز مركز المزرعة مزرعة القصر قصر القلعة قلعة السجن سجن البئر بئر النهر نهر "
    "البحر بحر الجبل جبل الجبال الوادي وادي السهل سهل الصحراء صحراء البيت بيت المنزل منزل الدار دار "
    "الشمال شمال الجنوب جنوب الشرق شرق الغرب غرب الوسط وسط "
    "صباح الصباح مساء المساء ليل الليل ليلة الليلة ظهر الظهر عصر العصر فجر الفجر اليوم يوم أمس امس غدا "
    "الأحد الاحد الإثنين الاثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت "
    "يناير فبراير مارس أبريل ابريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر اكتوبر نوفمبر ديسمبر كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين "
    "محرم صفر رجب شعبان رمضان شوال "
    "الحرب حرب السلام سلام الأمن أمن الجيش جيش الشرطة القوات قوات الحكومة حكومة الرئيس الوزير وزير السكان سكان الأهالي أهالي النساء نساء الرجال "
    "الشباب شباب الأطفال الشهيد شهيد الشهداء شهداء الضحايا الدولة دولة البلاد بلاد الوطن الشعب شعب العالم النصر نصر الحرية حرية الثورة ثورة الوحدة وحدة "
    "الصحة التعليم العمل عمل المال الخير كل بعض عدد السنة سنة العام عام الشهر شهر الأسبوع الساعة ساعة الجديد الجديدة الكبير الكبيرة القديم القديمة الصحافة بيان "
    "مدرسه میدان پل بازار خیابان".split()
)
#: before such a word: the noun of a town, a quarter, a unit, a camp in Arabic and Persian
_ARABIC_PLACES: Final = frozenset(
    "مدينة بلدة قرية حي محافظة مديرية محلية قضاء ناحية ولاية منطقة مخيم ضاحية عزلة مركز مدينتي بلدتي شهر شهرستان روستای".split()
)
#: Persian days, which Dushanbe is called by
_PERSIAN_DAYS: Final = frozenset("دوشنبه".split())
_PERSIAN_DAY: Final = frozenset("روز شامگاه بامداد صبح شب ظهر عصر".split())
#: Russian and Ukrainian
_CYRILLIC: Final = frozenset(
    "март улица юг восток утро мир победа середа перемога улицы востоке юге миру победы перемоги середу востока юга".split()
)
_CYRILLIC_PLACES: Final = frozenset(
    "город города городе село села селе посёлок поселок посёлке поселке деревня деревне хутор місто міста місті селі селище селищі станция".split()
)
#: Turkish days and months, and what stands behind one that is meant as a time
_TURKISH_TIMES: Final = frozenset(
    "pazar pazartesi salı çarşamba perşembe cuma cumartesi ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık".split()
)
_TURKISH_BEHIND: Final = frozenset(
    "günü gününü gününe gününden gününün günleri günkü sabahı sabahından akşamı akşamından gecesi öğleden öğle sabah akşam gece ayı ayında ayının ayından "
    "ayına".split()
)
_TURKISH_BEFORE: Final = frozenset("geçen geçtiğimiz bu önceki gelecek önümüzdeki her".split())
#: from this letter on a word is in another script than Latin or Greek
_BEYOND_LATIN: Final = "\u0400"


@cache
def _is_arabic_noun(word: str) -> bool:
    """Return whether a word is of the Arabic list, as it stands or behind a particle."""
    return word in _ARABIC or any(stem in _ARABIC for stem in stems(word))


def _turkish_lower(word: str) -> str:
    return word.replace("I", "ı").replace("İ", "i").lower()


def is_common_noun(surface: str, before: str, after: str) -> bool:
    """Return whether a word is an ordinary one of its language here, whatever place is called so.

    Args:
        surface: The word as it stands.
        before: The word before it, "" without one.
        after: The word behind it.

    >>> is_common_noun("Pazar", "", "günü"), is_common_noun("Pazar", "in", ",")
    (True, False)
    >>> is_common_noun("المدينة", "في", "أمس"), is_common_noun("الثورة", "حي", "في")
    (True, False)
    """
    if surface[0] < _BEYOND_LATIN:
        if _turkish_lower(surface) not in _TURKISH_TIMES:
            return False
        is_dated = before.isdigit() or _turkish_lower(before) in _TURKISH_BEFORE
        return is_dated or _turkish_lower(after) in _TURKISH_BEHIND
    if surface in _PERSIAN_DAYS:
        return before in _PERSIAN_DAY or after in _PERSIAN_DAY
    if surface.lower() in _CYRILLIC:
        return before.lower() not in _CYRILLIC_PLACES
    return _is_arabic_noun(surface) and before not in _ARABIC_PLACES

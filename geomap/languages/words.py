"""Closed-class words of seven languages, by the English word that they stand for.

The features are learned on English: a name after "في" or "nach" is weighed as one after "in" or "to".
Words that English texts hold too are left out, whatever they mean elsewhere ("die", "war", "de", "la"),
and so are words that open names of persons ("von", "der").
"""

from __future__ import annotations

from typing import Final

__all__ = ["OTHER_WORD_CLASSES", "SUFFIX"]

#: the class of a Turkish case suffix that an apostrophe splits from a name
SUFFIX: Final = "suffix"

#: English class → Arabic (particles that are cut off, too) · Russian and Ukrainian · German, French,
#: Spanish · Turkish, Kurdish
_WORDS: Final = {
    "in": "في فى ب وب فب داخل во в у ув im à dans li",
    "at": "لدى عند при beim chez",
    "on": "على на auf sur",
    "from": "من из з із зі від со aus vom depuis desde dès ji",
    "to": "إلى الى ل ول فل до к ко nach zum zur vers hacia hasta jusqu' jusqu’ heta çû çûn çûye hatin gihîşt gihîştin vegeriya vegeriyan",
    "into": "نحو باتجاه",
    "near": "قرب بالقرب около возле близ біля поблизу недалеко nahe près cerca",
    "for": "لأجل для für",
    "of": "d' d’",
    "the": "l' l’",
    "and": "و ف и та й і да und ve û",
    "or": "أو أم или или або чи oder",
    "with": "مع с із mit avec ile",
    "between": "بين между между між zwischen entre",
    "under": "تحت под під unter sous bajo",
    "over": "فوق над über",
    "through": "عبر через durch",
    "against": "ضد против проти gegen contre",
    "before": "قبل перед vor avant",
    "after": "بعد после після nach après después",
    "during": "خلال während pendant durante",
    "since": "منذ",
    "like": "ك وك مثل как як wie comme",
    "that": "أن إن что що qu' qu’",
    "not": "لا لم لن не nicht",
    "is": "هو هي ist",
    "was": "كان كانت был была было",
    "say": "قال قالت يقول تقول أعلن أعلنت ذكر ذكرت أكد أكدت أضاف أضافت сказал сказала заявил заявила сообщил сообщила "
    "сказав сказала заявив заявила повідомив повідомила sagte erklärte dijo",
    "unitP": "stadt dorf ortschaft",
    "unitADM1": "provinz oblast",
    "title": "الرئيس رئيس الوزير وزير السيد الشيخ президент премьер министр прем'єр міністр генерал господин пан "
    "président présidente ministre präsident kanzler herr monsieur señor presidente ministro sayın",
}
_SUFFIXES: Final = (
    "da de ta te dan den tan ten daki deki taki teki ya ye a e na ne ı i u ü yı yi yu yü nı ni nu nü ın in un ün "
    "nın nin nun nün la le yla yle nda nde ndan nden lı li lu lü"
).split()


def _classes() -> dict[str, str]:
    classes: dict[str, str] = {}
    for name, words in _WORDS.items():
        for word in words.split():
            classes.setdefault(word, name)
    return classes | {mark + suffix: SUFFIX for suffix in _SUFFIXES for mark in "'’"}


#: lower-case word of another language → its class as somebody's neighbour
OTHER_WORD_CLASSES: Final = _classes()

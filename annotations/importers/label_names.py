"""What do others call our labels? Names of the field's corpora and systems, folded, beside the keys of our schemes."""

import re

from annotations.text.fold import search_key

# PEYMA, ARMAN, ParsTwiNER, CoNLL-2003, OntoNotes and spaCy, doccano's and Label Studio's examples; Persian titles.
NAMES = {
    "PER": ("per", "pers", "person", "people", "persname", "psn", "شخص", "فرد", "نام شخص"),
    "ORG": ("org", "organization", "organisation", "orgname", "pog", "سازمان", "نهاد"),
    "LOC": ("loc", "location", "place", "gpe", "city", "country", "مکان", "محل"),
    "DAT": ("dat", "date", "تاریخ"),
    "TIM": ("tim", "time", "زمان", "ساعت"),
    "MON": ("mon", "money", "پول", "مبلغ"),
    "PCT": ("pct", "percent", "percentage", "درصد"),
    "FAC": ("fac", "facility", "سازه", "تاسیسات"),
    "PRO": ("pro", "product", "work of art", "ساخته", "محصول"),
    "EVE": ("eve", "event", "رویداد", "رخداد"),
    "CLAIM": ("claim", "statement", "content", "ادعا"),
    "CUE": ("cue", "نشانه نقل"),
    "EXPRESSION": ("expression", "polar expression", "evidence", "عبارت موضع", "شاهد"),
    "attribution": ("attribution", "انتساب"),
    "stance": ("stance", "موضع"),
    "category": ("category", "topic", "class", "موضوع خبر", "دسته"),
}
_KEY_OF = {name: key for key, names in NAMES.items() for name in names}
_POSITION = re.compile(r"^[BIOESLU][-_](?=.)")
_NO_KEY = re.compile(r"[^A-Za-z0-9_.-]+")
LONGEST_KEY = 40


def folded(name: str) -> str:
    """Returns a name as names are compared: without position tags, separators and the variants of letters."""
    return search_key(_POSITION.sub("", name).replace("_", " ").replace("-", " "))


def known_key(name: str) -> str | None:
    """Returns the key that the field's schemes have for a name, or None."""
    return _KEY_OF.get(folded(name))


def legal_key(name: str, *, taken: set[str], fallback: str) -> str:
    """Returns an ASCII key for a name that may be in any script; one that is not taken yet."""
    stem = _NO_KEY.sub("-", _POSITION.sub("", name)).strip("-._")[: LONGEST_KEY - 4]
    if not stem or not stem[0].isalpha():
        stem = f"{fallback}-{stem}".rstrip("-")
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key

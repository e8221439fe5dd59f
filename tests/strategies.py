"""Which texts should everything survive? Persian as newsrooms publish it, and worse."""

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

# fmt: off
WORDS = (
    "تهران", "کیم", "جونگ", "اون", "می‌خواهم", "خانه‌های‌شان", "رئیس‌جمهور", "رسانههای", "کتاب ها",
    "نمی دانم", "مشخص شده", "گفته شده است", "خواهد رفت", "واشنگتن پست", "علي", "كريم", "خانۀ", "خانهٔ",
    "خانه‌ی", "مسئول", "تأثیر", "إسلام", "رؤیا", "مُحَمَّد", "كـــتاب", "سلاممممم", "ﷺ", "ﻻ", "دکتر.",
    "ه.ش", "ج.ا.ا", "می", "ها", "است", "و", "در", "GPT-4.5", "U.S.", "Korea's", "http://x.ir",
    "https://www.tasnimnews.com/fa/1402?id=4", "info@tasnim.ir", "@user", "#کیم_جونگ", "۱۴۰۲/۰۶/۲۶",
    "2024", "٣٤٥", "10.5", "۱۲:۳۰", "1,250", "۵۰٪", "İstanbul", "Straße", "ﬁn",
)
SPACES = (
    " ", " ", " ", " ", "  ", "\u00a0", "\u200c", " \u200c", "\u200c ", "\n", "\n\n", "\t", "\u2009",
    "\u202f", "\u2028", "\r", "\x85",
)
MARKS = (
    ".", "...", "…", "،", "؛", ":", "!", "؟", "?", "-", "/", "«", "»", "(", ")", "[", "]", '"', "'", "“",
    "”", "_", "@", "٫", "٬", " . ", " : ", "« ", " »",
)
RARE = (
    "😀", "👩‍👩‍👧‍👦", "🇮🇷", "🇰🇵", "❤️", "👍🏽", "1️⃣", "\u200d", "\u200e", "\u200f", "\u202b", "\u202c",
    "\u2067", "\u2069", "\u061c", "\u200b", "\ufeff", "\u00ad", "\u064b", "\u0651", "\u0654", "\u0670",
    "ـ", "\u0301", "\ud7ff", "\uf8ff", "\U0010ffff", "\x1f", "\ufdfd", "한", "中", "ก็", "क्षि", "\u0600",
    "\x00",
)
# fmt: on


def texts(*, max_size: int = 24, wild: bool = True) -> st.SearchStrategy[str]:
    """Returns texts of up to that many pieces: words, spaces, marks; where `wild`, rarities and any character, too."""
    pieces = [st.sampled_from(WORDS), st.sampled_from(SPACES), st.sampled_from(MARKS)]
    if wild:
        pieces += [st.sampled_from(RARE), st.text(st.characters(codec="utf-8"), max_size=3)]
    return st.lists(st.one_of(pieces), max_size=max_size).map("".join)


@st.composite
def texts_with_range(draw: DrawFn, *, max_size: int = 24, wild: bool = True) -> tuple[str, int, int]:
    """Draws a text and a range in it, which may be empty."""
    text = draw(texts(max_size=max_size, wild=wild))
    start = draw(st.integers(0, len(text)))
    return text, start, draw(st.integers(start, len(text)))

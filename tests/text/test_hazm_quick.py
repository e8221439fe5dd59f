"""Do the short cuts around hazm come to what hazm comes to, letter for letter?"""

import re
from collections.abc import Callable

import hazm
import pytest
from hazm import constants, utils
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.text import hazm_quick
from annotations.text.hazm_quick import quick_normaliser, replaced, table
from tests.strategies import texts
from tests.text import corpora

PATTERNS = [
    *constants.PERSIAN_STYLE_PATTERNS, *constants.DIACRITICS_PATTERNS, *constants.EXTRA_SPACE_PATTERNS,
    *constants.AFFIX_SPACING_PATTERNS, *constants.PUNCTUATION_SPACING_PATTERNS, *constants.SPECIAL_CHARS_PATTERNS,
]  # fmt: skip
# What the patterns are about, so that they often match.
PIECES = (
    *' \n\u200c\u200c"«»()[]{}.:!،؛؟…aئ۱۲12%٣+ـ\r\u064eﷺ',
    *("ه", "ها", "ه ی ", " می ", " نمی ", " تر", " ترین", " گر", " های", " ام", " ای", " اند", "ممم", "سلاممم", "کتاب"),
    *("میگفت", "نمیدانم", "...", "  ", "\n\n\n", "\u200c ", " \u200c"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | texts()


@pytest.fixture(scope="module")
def quick() -> Callable[[str], str]:
    normaliser = quick_normaliser(hazm)

    def normalise(text: str) -> str:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(hazm.normalizer, "maketrans", table)
            patch.setattr(hazm.normalizer, "regex_replace", replaced)
            return normaliser.normalize(text)

    return normalise


@given(text=TEXTS)
@example(text="\u200cسلام\u200c\u200c به \u200cهمه\u200c")
@example(text="ب۱ب۲(ب«ب((ب")
@pytest.mark.parametrize(("pattern", "replacement"), PATTERNS)
def test_a_pattern_changes_a_text_as_hazm_does(pattern: str, replacement: str, text: str) -> None:
    assert replaced([(pattern, replacement)], text) == re.sub(pattern, replacement, text)


@given(text=TEXTS)
def test_a_text_is_normalised_as_hazm_does(plain: Callable[[str], str], quick: Callable[[str], str], text: str) -> None:
    assert quick(text) == plain(text)


def test_real_texts_are_normalised_as_hazm_does(plain: Callable[[str], str], quick: Callable[[str], str]) -> None:
    known = [*corpora.hazm_inputs(), *corpora.naughty_strings(), *corpora.seed().split("\n"), corpora.seed()]
    assert [text for text in known if quick(text) != plain(text)] == []


def test_every_short_cut_stands_for_a_pattern_that_hazm_has() -> None:
    known = {pattern for pattern, _replacement in PATTERNS}
    assert (hazm_quick.NEEDED.keys() | hazm_quick.SOONER.keys()) <= known


def test_a_table_translates_as_hazms_does_and_remembers_what_stays() -> None:
    source, target = constants.TRANSLATION_SRC, constants.TRANSLATION_DST
    text = "يك text ۱۲ 🙂 كتاب"
    assert text.translate(table(source, target)) == text.translate(utils.maketrans(source, target))
    assert table(source, target)[ord("t")] == ord("t")

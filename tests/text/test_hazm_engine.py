"""Is hazm loaded late, once and quietly?"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from annotations.text import hazm_engine

ROOT = Path(__file__).parent.parent.parent
TEXT_MODULES = "fold freeze graphemes hazm_engine hazm_words normalise offsets sentences snap tokens utf16 words"


def python(code: str) -> str:
    """Runs code in a fresh interpreter in which a warning is an error; returns what it printed."""
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def test_the_text_engine_loads_neither_hazm_nor_django() -> None:
    names = TEXT_MODULES.replace(" ", ", ")
    code = f"import sys; from annotations.text import {names}; print({{'hazm', 'nltk', 'django'}} & {{*sys.modules}})"
    assert python(code) == "set()"


def test_tokens_need_no_dictionaries_and_no_warning_is_heard() -> None:
    code = "from annotations.text.tokens import tokens; print(tokens('سلام.'))"
    assert python(code) == "[(0, 4), (4, 5)]"


def test_threads_that_come_together_share_one_value() -> None:
    made: list[object] = []
    together = Barrier(4)
    value = hazm_engine.once(lambda: made.append(object()) or made[-1])

    def ask(_: int) -> object:
        together.wait()
        return value()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ask, range(4)))) == 1
    assert len(made) == 1


def test_the_empty_dictionary_changes_no_token() -> None:
    import hazm

    text = "گفته شده است که نمی‌خواهم (خیلی) رفت؛ ۱۲.۵ درصد! www.x.ir"
    assert hazm_engine.word_tokens(text) == hazm.WordTokenizer(join_verb_parts=False).tokenize(text)


def test_the_version_is_told_without_loading() -> None:
    assert hazm_engine.version().startswith("0.12")

"""What does hazm say about a text? The only file that imports it: late, for it takes 0.4 s, its dictionaries 1.5 s.

Its answers are strings. That they lead back to the text they were made of is up to `tokens.py`, `sentences.py` and
`normalise.py`: hazm is free to change what it returns.
"""

import importlib.metadata
import os
import threading
import warnings
from collections.abc import Callable
from functools import cache
from typing import Any

from annotations.text.hazm_quick import replaced, table
from annotations.text.hazm_words import Rewritten, StretchNormaliser

_lock = threading.RLock()


def version() -> str:
    """Returns hazm's version, which derived data are stamped with; does not load it."""
    return importlib.metadata.version("hazm")


def rewritten(line: str) -> list[Rewritten]:
    """Returns the ranges of a line that hazm normalises to another text, in order, with that text.

    A line holds no newline, nor white space at its ends. hazm's dictionaries take 150 MB; the first call loads them.
    """
    return _normaliser()(line)


def word_tokens(text: str) -> list[str]:
    """Returns hazm's tokens, parts of verbs not joined, addresses and numbers not replaced."""
    return _word_tokeniser()(text)


def sentences(text: str) -> list[str]:
    """Returns hazm's sentences."""
    return _sentence_tokeniser()(text)


def once[T](make: Callable[[], T]) -> Callable[[], T]:
    """Returns a function that makes its value at the first call, once, whichever threads call it together."""
    made = cache(make)

    def locked() -> T:
        with _lock:
            return made()

    return locked


@once
def _hazm() -> Any:
    with warnings.catch_warnings():
        # hazm, nltk and flashtext warn of their own syntax and of models that are not used here.
        warnings.simplefilter("ignore")
        import hazm
        import hazm.normalizer
    # hazm builds its tables of letters anew at each call, a third of the time that a short line takes.
    hazm.normalizer.maketrans, hazm.normalizer.regex_replace = table, replaced
    return hazm


@once
def _normaliser() -> Callable[[str], list[Rewritten]]:
    return StretchNormaliser(_hazm()).rewritten


@once
def _word_tokeniser() -> Callable[[str], list[str]]:
    # The list of words serves only to join verbs and takes 50 MB: an empty one makes the same tokens.
    made: Callable[[str], list[str]] = _hazm().WordTokenizer(words_file=os.devnull, join_verb_parts=False).tokenize
    return made


@once
def _sentence_tokeniser() -> Callable[[str], list[str]]:
    made: Callable[[str], list[str]] = _hazm().SentenceTokenizer().tokenize
    return made

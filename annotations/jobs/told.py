"""What is said of a record that went wrong, in the language of the reader?"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.jobs.parsers import digits_here, in_words
from annotations.kinds.reasons import NOT_TAKEN, REASONS
from annotations.models import JobProblem, SetKind


def told(problem: JobProblem) -> str:
    """Returns a problem's message in the active language, filled in; so is why an annotation was not taken."""
    return _filled(problem.message, problem.code, problem.filling, fill=_plain, foreign=str)


def told_html(message: str, filling: Mapping[str, Any], code: str = "") -> SafeString:
    """Returns a message for a page; what a library says in English stands by itself in it, from left to right."""
    return SafeString(_filled(message, code, filling, fill=_markup, foreign=_bdi))


def _filled(
    message: str, code: str, filling: Mapping[str, Any], *, fill: Callable[..., str], foreign: Callable[[str], str]
) -> str:
    values = {name: _said(name, value, foreign) for name, value in filling.items()}
    if message == NOT_TAKEN:
        values |= {"why": fill(_(REASONS[code]), values)}
    return fill(_(message), values)


def _plain(message: str, values: Mapping[str, Any]) -> str:
    return message.format(**values)


def _markup(message: str, values: Mapping[str, Any]) -> str:
    return SafeString(escape(message).format(**{name: conditional_escape(value) for name, value in values.items()}))


def _bdi(words: str) -> str:
    return format_html('<bdi dir="ltr">{}</bdi>', words)


def _said(name: str, value: Any, foreign: Callable[[str], str]) -> Any:
    """Returns a value as the language says it: a number in its digits, a parser's words, a set's kind."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if is_number or not isinstance(value, str):
        return digits_here(str(value)) if is_number else value
    if name == "problem":
        known = in_words(value)
        return foreign(value) if known is None else known
    # A set without an id of its own goes by its kind.
    return SetKind(value).label if name == "set" and value in SetKind.values else value

"""Which day does somebody mean who types one in a form, in either calendar?"""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from annotations.text.day_range import DayUnreadable, day_range


def typed_date(typed: str) -> date | None:
    """Returns the day that was typed, None for nothing. Raises ValidationError, also for a month or a year."""
    if not typed.strip():
        return None
    try:
        first, last = day_range(typed)
    except DayUnreadable as error:
        raise ValidationError(_(error.message).format(**error.data)) from error
    if first != last:
        raise ValidationError(_("Say the day, too: 1402/06/26 or 2023-09-17."))
    return first


class DayField(forms.Field):
    """A day, typed in either calendar."""

    def to_python(self, value: Any) -> date | None:
        """Reads what was typed."""
        return typed_date(value or "")

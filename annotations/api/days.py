"""Which days may a client say? Those that a form reads too: every page can write them in both calendars."""

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from rest_framework import serializers

from annotations.text.dates import GREGORIAN_YEARS

FIRST, LAST = date(GREGORIAN_YEARS[0], 1, 1), date(GREGORIAN_YEARS[-1], 12, 31)


class DayField(serializers.DateField):
    """A day of a year that news and plans are of; 0001 and 9999 are none of the Jalali calendar here."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.validators += [MinValueValidator(FIRST), MaxValueValidator(LAST)]

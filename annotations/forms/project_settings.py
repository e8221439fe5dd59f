"""What may a manager set otherwise, and within which bounds?"""

import hashlib
import json
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.actions.project_settings import ARCHIVED, FIELDS
from annotations.models import Project
from annotations.text.day_range import DayUnreadable, day_range

MOST_OVERLAP = 20
LONGEST_TIMEOUT = 24 * 365


class SettingsForm(forms.ModelForm):
    """A project's settings; the deadline is typed in either calendar."""

    overlap = forms.IntegerField(label=gettext_lazy("Annotators for each article"), min_value=1, max_value=MOST_OVERLAP)
    timeout_hours = forms.IntegerField(
        label=gettext_lazy("Hours until untouched work goes back"), min_value=1, max_value=LONGEST_TIMEOUT,
        required=False,
    )  # fmt: skip
    threshold = forms.FloatField(label=gettext_lazy("Agreement to reach"), min_value=0, max_value=1)
    deadline = forms.CharField(label=gettext_lazy("Deadline"), max_length=40, required=False)
    archived = forms.BooleanField(label=gettext_lazy("Put away"), required=False)

    class Meta:
        model = Project
        fields = FIELDS

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["description"].max_length = 2000
        if not self.is_bound:
            self.initial[ARCHIVED] = self.instance.archived_at is not None

    def clean_deadline(self) -> date | None:
        """Reads a day of either calendar."""
        typed = self.cleaned_data["deadline"].strip()
        if not typed:
            return None
        try:
            first, last = day_range(typed)
        except DayUnreadable as error:
            raise forms.ValidationError(_(error.message).format(**error.data)) from error
        if first != last:
            raise forms.ValidationError(_("Say the day, too: 1402/06/26 or 2023-09-17."))
        return first


def fingerprint(changes: dict[str, list[Any]]) -> str:
    """Returns what tells these changes from others: whoever saves them has been shown what exactly these do."""
    return hashlib.sha256(json.dumps(changes, sort_keys=True).encode()).hexdigest()[:24]

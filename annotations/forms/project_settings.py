"""What may a manager set otherwise, and within which bounds?"""

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from annotations.actions.project_settings import ARCHIVED, FIELDS
from annotations.forms.days import typed_date
from annotations.forms.fields import field_of
from annotations.models import Project
from annotations.queries.project_consequences import offered_orders

if TYPE_CHECKING:
    OfProject = forms.ModelForm[Project]
else:
    OfProject = forms.ModelForm  # takes no types where it runs

MOST_OVERLAP = 20
LONGEST_TIMEOUT = 24 * 365
LONGEST_DESCRIPTION = 2000


class SettingsForm(OfProject):
    """A project's settings; the deadline is typed in either calendar."""

    overlap = forms.IntegerField(label=gettext_lazy("Annotators for each article"), min_value=1, max_value=MOST_OVERLAP)
    timeout_hours = forms.IntegerField(
        label=gettext_lazy("Hours until untouched work goes back"), min_value=1, max_value=LONGEST_TIMEOUT,
        required=False,
    )  # fmt: skip
    threshold = forms.FloatField(label=gettext_lazy("Agreement to reach"), min_value=0, max_value=1)
    deadline = forms.CharField(label=gettext_lazy("Deadline"), max_length=40, required=False)
    description = forms.CharField(
        label=gettext_lazy("Description"), max_length=LONGEST_DESCRIPTION, required=False
    )  # fmt: skip
    archived = forms.BooleanField(label=gettext_lazy("Put away"), required=False)

    class Meta:
        model = Project
        fields = FIELDS

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        orders = [(order.value, order.label) for order in offered_orders(self.instance)]
        field_of(self, "queue_order", forms.ChoiceField).choices = orders
        if not self.is_bound:
            self.initial[ARCHIVED] = self.instance.archived_at is not None

    def clean_deadline(self) -> date | None:
        """Reads a day of either calendar."""
        return typed_date(self.cleaned_data["deadline"])


def fingerprint(changes: dict[str, list[Any]]) -> str:
    """Returns what tells these changes from others: whoever saves them has been shown what exactly these do."""
    return hashlib.sha256(json.dumps(changes, sort_keys=True).encode()).hexdigest()[:24]

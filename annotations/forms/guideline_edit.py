"""What is asked of somebody who writes a guideline? The text, an entry for each label that needs one, what changed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.actions.guidelines import LONGEST_ENTRY, LONGEST_NOTE, LONGEST_TEXT
from annotations.models import Label

ENTRY = "entry-"


class GuidelineForm(forms.Form):
    """The guideline as it shall be; the entry of a label is the field `entry-KEY`."""

    text = forms.CharField(label=_("Guideline"), required=False, max_length=LONGEST_TEXT, strip=False)
    note = forms.CharField(label=_("What changed, in a line"), required=False, max_length=LONGEST_NOTE)
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, labels: Iterable[Label]) -> None:
        super().__init__(data)
        for label in labels:
            self.fields[f"{ENTRY}{label.key}"] = forms.CharField(required=False, max_length=LONGEST_ENTRY)

    @property
    def entries(self) -> dict[str, str]:
        """The entries by label, of a form that is valid."""
        return {
            name.removeprefix(ENTRY): entry for name, entry in self.cleaned_data.items() if name.startswith(ENTRY)
        }  # fmt: skip

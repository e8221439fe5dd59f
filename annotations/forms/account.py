"""What is asked of somebody who wants an API token?"""

from django import forms
from django.utils.translation import gettext_lazy as _

LIVES = (("30", _("30 days")), ("90", _("90 days")), ("365", _("a year")), ("", _("until it is taken back")))


class TokenForm(forms.Form):
    """What the token is for, and how long it lives. `sheet` names the form that was sent: each makes one token."""

    sheet = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("What is it for?"), max_length=80)
    days = forms.ChoiceField(label=_("Lives for"), choices=LIVES, required=False)

    def clean_days(self) -> int | None:
        """Returns the days as a number, None for a token that does not end."""
        return int(self.cleaned_data["days"]) if self.cleaned_data["days"] else None

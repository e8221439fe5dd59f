"""What is asked of a manager who sets up a webhook?"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.actions.webhooks import EVENTS
from annotations.models import Delivery


def event_choices() -> list[tuple[str, str]]:
    """The events in the words of the interface."""
    return [(event, _(title)) for event, title in EVENTS.items()]


class WebhookForm(forms.Form):
    """The address, and what it is to hear of."""

    url = forms.CharField(label=gettext_lazy("Address"), max_length=500)
    events = forms.MultipleChoiceField(label=gettext_lazy("Events"), choices=event_choices)
    active = forms.BooleanField(label=gettext_lazy("Active"), required=False)


def failure_of(delivery: Delivery) -> str:
    """Returns what the last attempt failed with: the server's own words or, where it gave none, what went wrong."""
    if delivery.status_code is not None or not delivery.error:
        return delivery.error
    filling: dict[str, Any] = delivery.filling
    return _(delivery.error).format(**filling)

"""What is asked of a manager who adds somebody, or makes an account for them?"""

from typing import Any

from django import forms
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy

from annotations.models import Role, User


class AddForm(forms.Form):
    """Somebody who has an account, by user name."""

    name = forms.CharField(label=gettext_lazy("User name"), max_length=150)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)


class CreateForm(AddForm):
    """An account for somebody who has none."""

    full_name = forms.CharField(label=gettext_lazy("Name"), max_length=150, required=False)

    def clean_name(self) -> str:
        """Accepts what Django takes for a user name."""
        field: Any = User._meta.get_field("username")
        name: str = field.clean(self.cleaned_data["name"], None)
        return name


class RoleForm(forms.Form):
    """A member's role."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)


def welcome_path(user: User) -> str:
    """Returns the address at which a person chooses their password, once; it holds PASSWORD_RESET_TIMEOUT."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("welcome", args=[key, default_token_generator.make_token(user)])

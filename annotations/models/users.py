"""Who signs in?"""

import re

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# How an article is shown to a person: what may be chosen, first what holds without a choice. Sizes go by steps.
READING = {
    "size": ("0", "-2", "-1", "1", "2"),
    "spacing": ("0", "-1", "1"),
    "measure": ("0", "-1", "1"),
    "chips": ("on", "hover", "off"),
    "focus": ("all", "entities", "claims"),
    "text": ("published", "even"),
    "signs": ("off", "on"),
    "entities": ("text", "things"),
}
# A label's key is remembered by its place on the keyboard; Ctrl, Alt and what moves the cursor belong to the page.
KEY_CODE = re.compile(r"(Key[A-Z]|Digit\d|Comma|Period|Semicolon|Quote|Backslash|Minus|Equal|Backquote)\Z")
MOST_KEYS = 300


def validate_reading(chosen: object) -> None:
    """Accepts what READING names. Raises ValidationError."""
    known = isinstance(chosen, dict) and all(value in READING.get(name, ()) for name, value in chosen.items())
    if not known:
        raise ValidationError(_("There is no such way of reading."), code="unknown_reading")


def validate_keys(chosen: object) -> None:
    """Accepts key codes by label key. Raises ValidationError."""
    known = isinstance(chosen, dict) and len(chosen) <= MOST_KEYS and all(map(_is_key, chosen.values()))
    if not known:
        raise ValidationError(_("There is no such key."), code="unknown_key")


def _is_key(code: object) -> bool:
    return isinstance(code, str) and KEY_CODE.match(code) is not None


class User(AbstractUser):
    """A person with a preferred language, theme and way of reading; what they may do is said by their memberships."""

    class Language(models.TextChoices):
        """Languages of the interface."""

        PERSIAN = "fa", _("Persian")
        ENGLISH = "en", _("English")

    class Theme(models.TextChoices):
        """Colours of the interface."""

        AUTO = "auto", _("Like the system")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.PERSIAN)
    theme = models.CharField(_("theme"), max_length=5, choices=Theme.choices, default=Theme.AUTO)
    reading = models.JSONField(_("way of reading"), default=dict, blank=True, validators=[validate_reading])

    keys = models.JSONField(_("keys of labels"), default=dict, blank=True, validators=[validate_keys])

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(language__in=["fa", "en"]), name="user_language_known"),
            models.CheckConstraint(condition=models.Q(theme__in=["auto", "light", "dark"]), name="user_theme_known"),
        ]

    @property
    def way_of_reading(self) -> dict[str, str]:
        """What was chosen for each name of READING, else the first value."""
        return {name: self.reading.get(name, values[0]) for name, values in READING.items()}

    @property
    def display_name(self) -> str:
        """The full name where there is one, else the user name."""
        return self.get_full_name() or self.username

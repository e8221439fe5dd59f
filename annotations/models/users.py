"""Who signs in?"""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person with a preferred language and theme; what they may do is said by their memberships."""

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

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(language__in=["fa", "en"]), name="user_language_known"),
            models.CheckConstraint(condition=models.Q(theme__in=["auto", "light", "dark"]), name="user_theme_known"),
        ]

    @property
    def display_name(self) -> str:
        """The full name where there is one, else the user name."""
        return self.get_full_name() or self.username

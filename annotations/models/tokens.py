"""What does a person need to know of their API tokens to tell them apart? Knox keeps who, until when, and a hash."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiToken(models.Model):
    """The name of a token and the last day on which it was used; the token itself is Knox's, as a hash."""

    token = models.OneToOneField(
        "knox.AuthToken", verbose_name=_("token"), on_delete=models.CASCADE, related_name="about"
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=80, blank=True, default="")
    # The form that made it, which makes no second one however often it is sent; null for one made by a program.
    sheet = models.UUIDField(null=True, unique=True, editable=False)
    used_on = models.DateField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return f"{self.name or self.token.token_key}"

"""The admin's page of API tokens, to look at: whose they are, how long they live, when they were used last."""

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from annotations.admin.base import ReadOnlyAdmin, moment
from annotations.models import ApiToken


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """A program's right to act for somebody; Knox's own page takes one back."""

    list_display = ["__str__", "token__user", "made_at", "valid_until", "used_on"]
    list_select_related = ["token__user"]
    search_fields = ["name", "token__user__username"]
    date_hierarchy = "used_on"

    @admin.display(description=_("made"), ordering="token__created")
    def made_at(self, row: ApiToken) -> SafeString | str:
        """When it was made."""
        return moment(row.token.created)

    @admin.display(description=_("valid until"), ordering="token__expiry")
    def valid_until(self, row: ApiToken) -> SafeString | str:
        """When it ends; a dash where it does not."""
        return moment(row.token.expiry)

"""The admin's page of API tokens: whose they are, how long they live, when they were used last; to be taken back."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from annotations.actions.tokens import revoke_tokens
from annotations.admin.base import ReadOnlyAdmin, moment
from annotations.models import ApiToken
from annotations.templatetags.newsroom import digits


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """A program's right to act for somebody."""

    list_display = ["__str__", "token__user", "made_at", "valid_until", "used_on"]
    list_select_related = ["token__user"]
    search_fields = ["name", "token__user__username"]
    actions = ["take_back"]

    @admin.display(description=_("made"), ordering="token__created")
    def made_at(self, row: ApiToken) -> SafeString | str:
        """When it was made."""
        return moment(row.token.created)

    @admin.display(description=_("valid until"), ordering="token__expiry")
    def valid_until(self, row: ApiToken) -> SafeString | str:
        """When it ends; a dash where it does not."""
        return moment(row.token.expiry)

    @admin.action(description=_("Take the chosen tokens back"), permissions=["take_back"])
    def take_back(self, request: HttpRequest, rows: QuerySet[ApiToken]) -> None:
        """Ends the right: programs with these tokens open nothing from then on."""
        n = revoke_tokens(rows)
        said = ngettext("%(n)s token was taken back.", "%(n)s tokens were taken back.", n)
        self.message_user(request, said % {"n": digits(n)})

    def has_take_back_permission(self, request: HttpRequest) -> bool:
        """Whether the person may end what lets programs act for others."""
        return request.user.has_perm("knox.delete_authtoken")

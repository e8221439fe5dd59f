"""The admin's pages of people."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations import policy
from annotations.admin.base import ReadOnlyInline, when
from annotations.models import Membership, User


class MembershipInline(ReadOnlyInline):
    """A person's projects."""

    model = Membership
    fields = readonly_fields = ["project", "role", "pseudonym"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """Memberships with their project: of those that whoever looks manages."""
        managed = policy.managed_projects(request.user).order_by().values("pk")
        return super().get_queryset(request).filter(project__in=managed).select_related("project")


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """People, their language and theme, and the projects they work in."""

    list_display = [
        "username", "first_name", "last_name", "language", "is_staff", "is_active",
        when("last_login", _("last sign-in")),
    ]  # fmt: skip
    fieldsets = [*(DjangoUserAdmin.fieldsets or ()), (_("Interface"), {"fields": ["language", "theme"]})]
    inlines = [MembershipInline]

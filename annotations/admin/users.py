"""The admin's pages of people."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.utils.translation import gettext_lazy as _

from annotations.models import Membership, User


class MembershipInline(admin.TabularInline):
    """A person's projects."""

    model = Membership
    extra = 0
    autocomplete_fields = ["project"]


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """People, their language and theme, and the projects they work in."""

    list_display = ["username", "first_name", "last_name", "language", "is_staff", "is_active", "last_login"]
    fieldsets = [*DjangoUserAdmin.fieldsets, (_("Interface"), {"fields": ["language", "theme"]})]
    inlines = [MembershipInline]

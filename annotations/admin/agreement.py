"""The admin's page of agreement reports, to look at: they are made on the project's page."""

from django.contrib import admin

from annotations.admin.base import ReadOnlyAdmin, when
from annotations.models import AgreementReport


@admin.register(AgreementReport)
class AgreementReportAdmin(ReadOnlyAdmin):
    """What was measured when, from which sets."""

    reviewed = "project"
    list_display = ["project", when("made_at"), "fingerprint", "job"]
    list_filter = ["project"]
    list_select_related = ["project", "job"]
    exclude = ["examples"]

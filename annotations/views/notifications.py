"""What somebody was told: the bell, the list, one opened, all marked as read."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from annotations import policy
from annotations.actions.notices import mark_read
from annotations.forms.notification_words import address_of, notice_of
from annotations.jobs.kinds import title_of
from annotations.queries.notifications import notifications_page, unread_count
from annotations.views.asked import asked_id
from annotations.views.signed import SignedRequest


@login_required
@require_GET
def notifications(request: SignedRequest) -> HttpResponse:
    """Lists what the person was told, newest first; `?unread` only what they have not read."""
    unread = "unread" in request.GET
    page = notifications_page(request.user, unread=unread, before=asked_id(request, "before"))
    notices = [notice_of(row, job_title=title_of) for row in page.rows]
    context = {"section": "notifications", "notices": notices, "older": page.older, "unread": unread}
    return render(request, "notifications/list.html", context)


@login_required
@require_GET
def bell(request: SignedRequest) -> HttpResponse:
    """Returns the bell as it is now: pages ask for it while they are looked at."""
    return render(request, "notifications/bell.html", {"bar_unread": unread_count(request.user)})


@login_required
@require_GET
def notification(request: SignedRequest, pk: int) -> HttpResponse:
    """Leads to what a notification is about; whoever goes there has read it."""
    found = get_object_or_404(policy.own_notifications(request.user), pk=pk)
    mark_read(request.user, pk=found.pk)
    return redirect(address_of(found))


@login_required
@require_POST
def notification_read(request: SignedRequest, pk: int) -> HttpResponse:
    """Marks one notification as read."""
    found = get_object_or_404(policy.own_notifications(request.user), pk=pk)
    mark_read(request.user, pk=found.pk)
    return redirect("notifications")


@login_required
@require_POST
def notifications_read(request: SignedRequest) -> HttpResponse:
    """Marks all of them as read."""
    mark_read(request.user)
    return redirect("notifications")

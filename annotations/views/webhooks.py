"""Which programs hear of a project's events: set up, tested, looked into and taken away by its managers."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.actions import webhooks as actions
from annotations.errors import NewsroomError
from annotations.forms.told import told
from annotations.forms.webhooks import WebhookForm, event_choices, failure_of
from annotations.models import Project, Webhook
from annotations.queries.deliveries import deliveries_page, webhooks_of
from annotations.views.asked import asked_id
from annotations.views.project_settings import managed_project
from annotations.views.signed import SignedRequest

SECRET = "webhook_secret"  # noqa: S105  # in the session until it is shown, once


@login_required
@require_http_methods(["GET", "POST"])
def webhooks(request: SignedRequest, slug: str) -> HttpResponse:
    """Lists a project's webhooks; makes one, whose secret is shown once on its own page."""
    project = managed_project(request, slug)
    sent = request.method == "POST"
    form = WebhookForm(request.POST if sent else None, initial={"events": list(actions.EVENTS)})
    if form.is_valid():
        try:
            made = actions.make_webhook(
                project, url=form.cleaned_data["url"], events=form.cleaned_data["events"], by=request.user
            )
        except NewsroomError as error:
            form.add_error("url", told(error))
        else:
            request.session[SECRET] = {"webhook": made.pk, "secret": made.secret}
            return redirect("webhook", slug=slug, pk=made.pk)
    context = {
        "project": project, "tab": "webhooks", "form": form, "webhooks": webhooks_of(project),
        "events": event_choices(), "chosen": form["events"].value() or [],
    }  # fmt: skip
    return render(request, "project/webhooks.html", context, status=422 if form.errors else 200)


def _found(project: Project, pk: int) -> Webhook:
    return get_object_or_404(webhooks_of(project), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def webhook(request: SignedRequest, slug: str, pk: int) -> HttpResponse:
    """Shows a webhook and what became of its messages; changes it, tests it, renews its secret, deletes it."""
    project = managed_project(request, slug)
    found = _found(project, pk)
    begun = {"url": found.url, "events": found.events or list(actions.EVENTS), "active": found.active}
    form = WebhookForm(request.POST if _is_saved(request) else None, initial=begun)
    if request.method == "POST" and _handled(request, found, form):
        return redirect("webhooks", slug=slug) if "delete" in request.POST else redirect("webhook", slug=slug, pk=pk)
    page = deliveries_page(found, before=asked_id(request, "before"))
    context = {
        "project": project, "tab": "webhooks", "webhook": found, "form": form, "secret": _secret(request, found),
        "events": event_choices(), "chosen": form["events"].value() or [],
        "rows": [(row, failure_of(row)) for row in page.rows], "older": page.older, "ping": actions.PING,
        "attempts": len(actions.WAITS) + 1,
    }  # fmt: skip
    return render(request, "project/webhook.html", context, status=422 if form.errors else 200)


def _is_saved(request: HttpRequest) -> bool:
    return request.method == "POST" and not {"delete", "test", "renew"} & set(request.POST)


def _secret(request: HttpRequest, found: Webhook) -> str:
    """Returns a secret that was made for this page to show, and forgets it."""
    kept = request.session.get(SECRET)
    if not kept or kept["webhook"] != found.pk:
        return ""
    del request.session[SECRET]
    return str(kept["secret"])


def _handled(request: HttpRequest, found: Webhook, form: WebhookForm) -> bool:
    """Does what the button says; False where that was refused, and the form says why."""
    if "delete" in request.POST:
        actions.delete_webhook(found)
        messages.success(request, _("The webhook was deleted; nothing is sent there any more."))
    elif "test" in request.POST:
        actions.send_ping(found)
        messages.success(request, _("A test message was queued; its answer appears below."))
    elif "renew" in request.POST:
        request.session[SECRET] = {"webhook": found.pk, "secret": actions.renew_secret(found)}
    elif not form.is_valid():
        return False
    else:
        try:
            actions.change_webhook(found, **form.cleaned_data)
        except NewsroomError as error:
            form.add_error("url", told(error))
            return False
        messages.success(request, _("Saved."))
    return True


@login_required
@require_POST
def delivery_again(request: SignedRequest, slug: str, pk: int, uid: UUID) -> HttpResponse:
    """Sends a message again, under the same id."""
    found = _found(managed_project(request, slug), pk)
    actions.send_again(get_object_or_404(found.deliveries, uid=str(uid)))
    messages.success(request, _("The message was queued again."))
    return redirect("webhook", slug=slug, pk=pk)

"""One undo for a step taken with many sets: offered once, on the page where it was taken."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations import policy
from annotations.actions.batches import undo_batch
from annotations.models import Project
from annotations.templatetags.newsroom import digits
from annotations.views.projects import visible_project
from annotations.views.signed import SignedRequest

PAGES = ("review", "assign")


def offer_undo(request: HttpRequest, project: Project, uid: str) -> None:
    """Remembers a step for the next page; only managers take steps back."""
    if policy.can_assign(request.user, project):
        request.session["batch"] = [project.pk, uid]


def offered_undo(request: HttpRequest, project: Project) -> str:
    """Returns the step of this project that the page may take back, "" for none; it is offered once."""
    held, uid = request.session.get("batch", (None, ""))
    if held != project.pk:
        return ""
    del request.session["batch"]
    return str(uid)


@login_required
@require_POST
def batch_undo(request: SignedRequest, slug: str, uid: UUID) -> HttpResponse:
    """Takes a step back, as far as nobody went on with it, and returns to the page it was taken on."""
    project = visible_project(request, slug)
    if not policy.can_assign(request.user, project):
        raise PermissionDenied
    undone = undo_batch(project, str(uid), by=request.user)
    messages.success(request, _("Taken back: %(n)s") % {"n": digits(undone.moved)})
    if undone.left:
        messages.warning(request, _("Left alone, work on them went on: %(n)s") % {"n": digits(undone.left)})
    page = request.POST.get("page", "")
    return redirect(page if page in PAGES else "review", slug=slug)

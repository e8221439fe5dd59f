"""Articles to people by hand: choose, look at what would come of it, do it in one step, take it back in one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import policy
from annotations.actions.assigning import PRIORITIES, PriorityUnfit, assign_many, preview, prioritise, take_away_many
from annotations.actions.batches import Batch
from annotations.forms.assigning import AssignForm
from annotations.models import Project
from annotations.queries.assigning import Choice, Plan, members, open_on, waiting_by_person
from annotations.templatetags.newsroom import digits
from annotations.views.batches import offer_undo, offered_undo
from annotations.views.projects import visible_project
from annotations.views.signed import SignedRequest
from annotations.views.work import say

# The preview names so many articles, to leave some out; the figures are those of all.
SHOWN = 100
FIELDS = ("source", "since", "until", "story", "first", "last", "most")


@login_required
@require_http_methods(["GET", "POST"])
def assign(request: SignedRequest, slug: str) -> HttpResponse:
    """Shows a choice of articles and people and what comes of it; a POST with the same choice does it."""
    project = visible_project(request, slug)
    if not policy.can_assign(request.user, project):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else request.GET
    form = AssignForm(project, sent if sent or request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _do(request, project, form)
        return redirect(f"{reverse('assign', args=[slug])}?{_chosen(sent)}")
    context: dict[str, Any] = {
        "project": project,
        "form": form,
        "fields": [form[name] for name in FIELDS],
        "people": _people(project, sent),
        "undo": offered_undo(request, project),
        "priorities": (PRIORITIES[0], PRIORITIES[-1]),
        "shown": SHOWN,
    }
    if form.is_bound and form.is_valid():
        context |= _preview(project, form, request)
    return render(request, "assign/assign.html", context, status=422 if form.errors else 200)


def _do(request: SignedRequest, project: Project, form: AssignForm) -> None:
    choice, people, key = form.choice(), list(form.cleaned_data["people"]), request.POST.get("do")
    if key == "assign":
        batch, plan = assign_many(project, choice, people, each=form.per_article(), by=request.user)
        _tell(request, project, batch, _("Sets assigned: %(n)s"))
        if plan.full:
            messages.info(request, _("Articles without a free slot: %(n)s") % {"n": digits(plan.full)})
    elif key == "take_away":
        batch = take_away_many(project, choice, people, by=request.user)
        _tell(request, project, batch, _("Taken away: %(n)s"))
    elif key == "prioritise":
        _prioritise(request, project, choice)


def _prioritise(request: SignedRequest, project: Project, choice: Choice) -> None:
    said = request.POST.get("priority", "")
    try:
        if not said.removeprefix("-").isdecimal() or len(said) > 9:
            raise PriorityUnfit
        step, n = prioritise(project, choice, int(said), by=request.user)
    except PriorityUnfit as error:
        say(request, error)
    else:
        done = _("Articles with the priority %(priority)s now: %(n)s")
        messages.success(request, done % {"priority": digits(said), "n": digits(n)})
        if step.before:
            offer_undo(request, project, step.uid)


def _tell(request: HttpRequest, project: Project, batch: Batch, said: str) -> None:
    messages.success(request, said % {"n": digits(len(batch.moved))})
    if batch.moved:
        offer_undo(request, project, batch.uid)


def _preview(project: Project, form: AssignForm, request: SignedRequest) -> dict[str, Any]:
    """Returns what would become of the choice: the plan, the figures by person, and what is open on those articles."""
    choice, people = form.choice(), list(form.cleaned_data["people"])
    plan: Plan = preview(project, choice, people, each=form.per_article(), by=request.user)
    articles = [place.article_id for place in choice.places(project)]
    return {
        "plan": plan,
        "chosen": len(articles),
        "by_person": [(person, plan.load[person.pk]) for person in people],
        "rows": plan.shares[:SHOWN],
        "open": open_on(project, articles, people).count() if people else 0,
        "sent": [(name, value) for name, values in request.GET.lists() for value in values if name != "without"],
        "without": form.cleaned_data["without"],
    }


def _people(project: Project, sent: QueryDict) -> list[dict[str, Any]]:
    waiting, ticked = waiting_by_person(project), set(sent.getlist("people"))
    return [
        {"member": one, "open": waiting.get(one.user_id, 0), "ticked": str(one.pk) in ticked}
        for one in members(project)
    ]


def _chosen(sent: QueryDict) -> str:
    """Returns the choice as a query, without what was left out once and without what is done."""
    kept = sent.copy()
    for name in ("do", "csrfmiddlewaretoken", "priority", "without"):
        kept.pop(name, None)
    return kept.urlencode()

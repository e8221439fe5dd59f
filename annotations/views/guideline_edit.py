"""Writing a guideline: the text with a preview beside it, entries by label, versions and what differs between two."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotations.actions.guidelines import (
    LONGEST_TEXT,
    GuidelineInvalid,
    GuidelineSame,
    GuidelineStale,
    publish_guideline,
)
from annotations.forms.guideline import Names, passages, render_guideline
from annotations.forms.guideline_edit import GuidelineForm
from annotations.models import GuidelineVersion, Label, Project
from annotations.queries.guidelines import difference, entries_of, versions_of
from annotations.queries.workspace import title
from annotations.templatetags.newsroom import digits
from annotations.views.projects import visible_project
from annotations.views.scheme import managed_project
from annotations.views.signed import SignedRequest


@login_required
@require_http_methods(["GET", "POST"])
def edit_guideline(request: SignedRequest, slug: str) -> HttpResponse:
    """Shows the guideline to be written on, and publishes what was written."""
    project = managed_project(request, slug)
    labels = list(Label.objects.filter(project=project).active())
    form = GuidelineForm(request.POST if request.method == "POST" else None, labels=labels)
    stale_from = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            # Entries of archived labels have no field; they stay as they are.
            version = publish_guideline(
                project, by=request.user, text=said["text"], entries=entries_of(project) | form.entries,
                base=said["base"], note=said["note"],
            )  # fmt: skip
        except (GuidelineStale, GuidelineSame, GuidelineInvalid) as error:
            form.add_error(None, f"{_(error.message)} {_(error.hint)}".format(**error.data))
            stale_from = error.data.get("base")
            project.refresh_from_db()
        else:
            said_number = digits(version.number)
            messages.success(request, _("Version %(number)s of the guideline is published.") % {"number": said_number})
            return redirect("edit-guideline", slug=project.slug)
    # Who has been told of the newer version publishes the next on it.
    context = _context(project, labels, form) | {"stale_from": stale_from, "base": project.guideline_version}
    return render(request, "guideline/edit.html", context, status=422 if form.errors else 200)


def _context(project: Project, labels: list[Label], form: GuidelineForm) -> dict[str, Any]:
    stored = entries_of(project)
    text = form["text"].value() if form.is_bound else project.guideline
    said = {
        label.key: (form[f"entry-{label.key}"].value() if form.is_bound else stored.get(label.key, "")) or ""
        for label in labels
    }
    named = passages(text or "", map(Names.of, labels))
    rows = [(label, title(label), said[label.key], named.get(label.key, "")) for label in labels]
    return {
        "project": project,
        "form": form,
        "text": text or "",
        "note": form["note"].value() or "",
        "entries": rows,
        "preview": _preview(text or "", labels, said),
        "versions": versions_of(project),
        "longest": LONGEST_TEXT,
    }


def _preview(text: str, labels: list[Label], entries: dict[str, str]) -> SafeString:
    return render_guideline(text, tuple(map(Names.of, labels)), tuple(entries.items()))


@login_required
@require_POST
def guideline_preview(request: SignedRequest, slug: str) -> HttpResponse:
    """Returns what is being written as annotators would see it: a piece of HTML."""
    project = managed_project(request, slug)
    labels = list(Label.objects.filter(project=project).active())
    form = GuidelineForm(request.POST, labels=labels)
    if not form.is_valid():
        return HttpResponse(status=422)
    return HttpResponse(_preview(form.cleaned_data["text"], labels, form.entries))


@login_required
@require_GET
def guideline_changes(request: SignedRequest, slug: str) -> HttpResponse:
    """Shows members what differs between two versions: `from` and `to`, the latest and the one before if not given."""
    project = visible_project(request, slug)
    new = _version(project, request.GET.get("to"), project.guideline_version)
    old = _version(project, request.GET.get("from"), max(new.number - 1, 1))
    labels = {label.key: title(label) for label in Label.objects.filter(project=project)}
    found = difference(old, new)
    context = {
        "project": project,
        "old": old,
        "new": new,
        "text": found.text,
        "entries": [(labels.get(key, key), key, lines) for key, lines in found.entries.items()],
    }
    return render(request, "guideline/changes.html", context)


def _version(project: Project, asked: str | None, otherwise: int) -> GuidelineVersion:
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 9 else otherwise
    rows = GuidelineVersion.objects.filter(project=project).select_related("by")
    if number == project.guideline_version and not rows.filter(number=number).exists():
        # Written before there were versions; it is kept as one when the next is published.
        return GuidelineVersion(project=project, number=number, text=project.guideline)
    return get_object_or_404(rows, number=number)

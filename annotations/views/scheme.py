"""The label editor: a project's scheme with its draft, what a draft affects, and the scheme as a file."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from annotations import policy
from annotations.errors import NewsroomError
from annotations.forms.guideline import Names, passages
from annotations.forms.told import told
from annotations.importers.scheme import SCHEMA
from annotations.jobs import runner
from annotations.jobs.relabelling import undo
from annotations.kinds import KINDS, RelationKind, SpanKind
from annotations.kinds.draft import DraftLabel
from annotations.kinds.keys import PAGE_KEYS
from annotations.kinds.soundness import COLORS
from annotations.kinds.verdicts import VERDICTS
from annotations.models import Job, Label, LabelKind, Project, Relabelling, SchemeDraft, SchemeVersion, User
from annotations.presets import PRESETS
from annotations.queries.affected import affected
from annotations.queries.guidelines import entries_of
from annotations.queries.jobs import Progress, progress
from annotations.queries.relabellings import latest_under_way, merges_by_version
from annotations.queries.scheme_labels import draft_labels, draft_state, published_labels, usage
from annotations.queries.scheme_preview import preview_of
from annotations.views.projects import visible_project
from annotations.views.scheme_strings import color_titles, ends, roles, strings
from annotations.views.signed import SignedRequest

LATEST = 50


def managed_project(request: HttpRequest, slug: str) -> Project:
    """Returns a project whose scheme the person may change: 403 to its other members, 404 to strangers."""
    project = visible_project(request, slug)
    if not policy.can_edit_scheme(request.user, project):
        raise PermissionDenied
    return project


@login_required
@require_GET
def scheme(request: SignedRequest, slug: str) -> HttpResponse:
    """Shows the label editor with the draft, or with what is published where there is none."""
    project = managed_project(request, slug)
    runner.look_after()
    context: dict[str, Any] = {"project": project, "under_way": _under_way(project)}
    if request.GET.get("part") == "live":
        return render(request, "scheme/scheme.html#live", context)
    versions = SchemeVersion.objects.filter(project=project).select_related("by").defer("labels")[:LATEST]
    merges = merges_by_version(project)
    context |= {
        "presets": list(PRESETS.values()),
        "versions": [(version, merges.get(version.number)) for version in versions],
        "data": _data(project, request.user),
    }
    return render(request, "scheme/scheme.html", context)


def _under_way(project: Project) -> tuple[Job, Progress] | None:
    """The job by which annotations still follow a merge of labels, and how far it is."""
    merged = latest_under_way(project)
    return (merged.job, progress(merged.job)) if merged and merged.job else None


@login_required
@require_POST
def scheme_undo(request: SignedRequest, slug: str, number: int) -> HttpResponse:
    """Takes the merges of a version back, and shows what became of the annotations."""
    project = managed_project(request, slug)
    merged = get_object_or_404(Relabelling, version__project=project, version__number=number)
    try:
        undone = undo(project, merged, by=request.user)
    except NewsroomError as error:
        messages.error(request, told(error))
        return redirect("scheme", slug)
    return redirect("job", undone.job_id)


@login_required
@require_GET
def scheme_affected(request: SignedRequest, slug: str) -> HttpResponse:
    """Lists annotations of one label that the saved draft affects; each leads to its place in the text."""
    project = managed_project(request, slug)
    was, why, after = (request.GET.get(name, "") for name in ("label", "why", "after"))
    published, draft = published_labels(project), SchemeDraft.objects.filter(project=project).first()
    labels = draft_labels(draft, published) if draft else published
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0
    page = affected(project, labels, was=was, why=why, after=number) if why in VERDICTS else None
    if page is None:
        raise Http404
    label = get_object_or_404(Label, project=project, key=was)
    context = {"project": project, "page": page, "label": label, "why": why}
    return render(request, "scheme/affected.html", context)


@login_required
@require_GET
def scheme_file(request: SignedRequest, slug: str) -> HttpResponse:
    """The published scheme as a file that another project can read."""
    project = visible_project(request, slug)
    labels = [_plain(label, without=("was", "into")) for label in published_labels(project)]
    body = {"schema": SCHEMA, "project": project.slug, "version": project.scheme_version, "labels": labels}
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="scheme-{project.slug}-{project.scheme_version}.json"'
    return response


def _data(project: Project, user: User) -> dict[str, Any]:
    published = published_labels(project)
    draft = SchemeDraft.objects.select_related("by").filter(project=project).first()
    names = [Names(label.key, (label.title_fa, label.title_en)) for label in published]
    addresses = {
        name: reverse(name, args=[project.slug])
        for name in (
            "scheme-draft", "scheme-rebase", "scheme-consequences", "scheme-publish", "scheme-read", "scheme-versions",
            "scheme-affected", "edit-guideline",
        )
    }  # fmt: skip
    return {
        "version": project.scheme_version,
        "articles": project.project_articles.count(),
        "published": [_plain(label) for label in published],
        "draft": [_plain(label) for label in draft_labels(draft, published)] if draft else None,
        "state": draft_state(project, draft, by=user),
        "used": {key: one.total for key, one in usage(project).items()},
        "kinds": [_kind(kind) for kind in LabelKind],
        "ends": ends(),
        "colors": COLORS,
        "color_titles": color_titles(),
        "page_keys": sorted(PAGE_KEYS),
        "presets": {key: [_plain(_spec(one)) for one in preset.labels] for key, preset in PRESETS.items()},
        "guided": sorted({*passages(project.guideline, names), *entries_of(project)}),
        "preview": preview_of(project, by=user),
        "person": user.pk,
        "urls": addresses,
        "strings": strings(),
    }


def _plain(label: DraftLabel, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    return {name: getattr(label, name) for name in DraftLabel.__struct_fields__ if name not in without}


def _spec(spec: Any) -> DraftLabel:
    return DraftLabel(
        key=spec.key, kind=spec.kind, title_fa=spec.title_fa, title_en=spec.title_en, color=spec.color,
        shortcut=spec.shortcut, attributes=spec.attributes, ends=spec.ends,
    )  # fmt: skip


def _kind(kind: LabelKind) -> dict[str, Any]:
    rule = KINDS[kind.value]
    said: dict[str, Any] = {"key": kind.value, "title": str(kind.label), "family": "article"}
    if isinstance(rule, SpanKind):
        said["family"] = "span"
    elif isinstance(rule, RelationKind):
        said |= {"family": "relation", "ends": rule.ends, "roles": roles(rule.roles)}
    return said

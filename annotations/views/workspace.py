"""The annotation workspace of one set."""

from dataclasses import asdict

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from annotations import policy
from annotations.models import AnnotationSet, SkipReason
from annotations.queries.analyses import analysis_tag
from annotations.queries.comments import talk_of
from annotations.queries.corrections import count_waiting
from annotations.queries.guidelines import reading_of
from annotations.queries.queue import has_work, is_slot_free, neighbours, place_in_queue
from annotations.queries.transitions import last_change, moves
from annotations.queries.visits import seconds_on
from annotations.queries.warnings import dismissed_keys
from annotations.queries.workspace import load_workspace
from annotations.views.reading_options import choices
from annotations.views.signed import SignedRequest
from annotations.views.workspace_strings import strings


@login_required
@require_GET
def workspace(request: SignedRequest, pk: int) -> HttpResponse:
    """Shows an annotation set: its annotator may edit it while it is open, reviewers read it."""
    annotation_set = attended_set(request, pk)
    may_edit = policy.may_edit(request.user, annotation_set)
    editable = annotation_set.is_open and may_edit
    page = load_workspace(annotation_set, editable=editable)
    article = annotation_set.article
    last = last_change(annotation_set)
    ways = {way.key for way in moves(policy.actors_of(request.user, annotation_set), annotation_set, last)}
    before, after = (one and reverse("workspace", args=[one]) for one in neighbours(request.user, annotation_set))
    urls = {
        "operations": reverse("operations", args=[pk]),
        "submit": reverse("submit", args=[pk]),
        "comments": reverse("comments", args=[pk]),
        "analysis": f"{reverse('article-analysis', args=[article.pk])}?v={analysis_tag(article.text_sha256)}",
        "warnings": reverse("warnings", args=[pk]),
        "time": reverse("time", args=[pk]),
        "preferences": reverse("preferences"),
        "scheme": reverse("api-scheme", args=[annotation_set.project.slug]),
        "guideline": reverse("guideline", args=[annotation_set.project.slug]),
        "guideline_read": reverse("guideline-read", args=[annotation_set.project.slug]),
        "guideline_changes": reverse("guideline-changes", args=[annotation_set.project.slug]),
        "entities": reverse("entities", args=[annotation_set.project.slug]),
        "occurrences": reverse("occurrences", args=[annotation_set.project.slug]),
        "propagations": reverse("propagations", args=[annotation_set.project.slug]),
        "move": reverse("move", args=[pk]),
        "neighbours": {"before": before, "after": after},
        "back": reverse("project", args=[annotation_set.project.slug]),
        "sign_in": f"{reverse('sign-in-again')}?next={request.path}",
    }
    context = {
        "annotation_set": annotation_set,
        "article": article,
        "project": annotation_set.project,
        "labels": page.labels,
        "paragraphs": [mark_safe(html) for html in page.paragraphs],
        "editable": editable,
        "may_edit": may_edit,
        "reading": request.user.way_of_reading,
        "view_choices": choices(request.user),
        "queue": place_in_queue(request.user, annotation_set),
        "ways": ways,
        "last": last,
        "more": editable and has_work(annotation_set.project, request.user, after=annotation_set),
        "skip_reasons": SkipReason.choices,
        "slot_free": is_slot_free(annotation_set),
        "undecided": count_waiting([annotation_set]).get(pk, 0),
        "data": page.data
        | {
            "person": request.user.pk,
            "urls": urls,
            "strings": strings(),
            "talk": talk_of(annotation_set, request.user),
            "keys": request.user.keys,
            "guideline": asdict(reading_of(annotation_set.project, request.user)),
            "seconds": seconds_on(annotation_set, of=request.user),
            "dismissed": dismissed_keys(annotation_set, by=request.user),
        },
    }
    return render(request, "workspace/workspace.html", context)


def attended_set(request: HttpRequest, pk: int) -> AnnotationSet:
    """Returns a set that the person works on, reviews or manages, else 404."""
    rows = policy.attended_sets(request.user).select_related("project", "article__source")
    return get_object_or_404(rows, pk=pk)

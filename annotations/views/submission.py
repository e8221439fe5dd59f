"""Is the work handed in as it is? Where warnings are open, the person is asked once, with or without scripts."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from annotations.kinds.warnings import KINDS
from annotations.models import AnnotationSet
from annotations.models.warnings import WarningKind
from annotations.queries.warnings import open_findings, quotes_of
from annotations.views.signed import SignedRequest

ANYWAY = "anyway"


def ask_about_warnings(request: SignedRequest, annotation_set: AnnotationSet) -> HttpResponse | None:
    """Returns the page that lists what is open, None where nothing is or the person has said that they know."""
    if ANYWAY in request.POST or not annotation_set.is_open:
        return None
    found = sorted(open_findings(annotation_set, to=request.user), key=lambda one: KINDS.index(one.kind))
    if not found:
        return None
    quotes = quotes_of(annotation_set)
    groups: list[dict[str, Any]] = [
        {"title": WarningKind(kind).label, "quotes": [quotes.get(one.id, "") for one in findings]}
        for kind, group in groupby(found, key=lambda one: one.kind)
        for findings in [list(group)]
    ]
    context = {"annotation_set": annotation_set, "groups": groups, "count": len(found)}
    return render(request, "workspace/submit.html", context)

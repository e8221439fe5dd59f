"""The reader: one article, and nothing else."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from annotations import policy
from annotations.queries.reader import own_work
from annotations.text.segments import render_paragraph, segment


@login_required
@require_GET
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows an article's paragraphs and where the person can annotate it."""
    rows = policy.visible_articles(request.user).select_related("source")
    found = get_object_or_404(rows, pk=pk)
    sections = [(part["kind"], part["start"], part["end"]) for part in found.sections]
    paragraphs = segment(found.text, (), sections=sections)
    context = {
        "section": "library",
        "article": found,
        # Built from escaped text and fixed markup.
        "paragraphs": [mark_safe(render_paragraph(found.text, part)) for part in paragraphs],
        "works": own_work(request.user, found),
    }
    return render(request, "reader/reader.html", context)

"""The reader: one article, and in the margin what it says."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from annotations import policy
from annotations.models import AnnotationSet
from annotations.queries.reader import newer_version, own_work, readable_sets
from annotations.queries.stories import same_story
from annotations.queries.summary import Summary, summary_of
from annotations.text.segments import lines, render_paragraph, segment
from annotations.views.signed import SignedRequest

MOST_VERSIONS = 20


@login_required
@require_GET
def article(request: SignedRequest, pk: int) -> HttpResponse:
    """Shows an article's paragraphs, a set's summary beside them, and its other versions."""
    rows = policy.visible_articles(request.user).select_related("source")
    found = get_object_or_404(rows, pk=pk)
    sections = [(part["kind"], part["start"], part["end"]) for part in found.sections]
    paragraphs = segment(found.text, (), sections=sections)
    sets = readable_sets(request.user, found)
    shown = _chosen(request, sets)
    context = {
        "section": "library",
        "article": found,
        # Built from escaped text and fixed markup.
        "paragraphs": [mark_safe(render_paragraph(found.text, part)) for part in paragraphs],
        "works": own_work(request.user, found),
        "sets": sets,
        "shown": shown,
        "summary": summary_of(shown) if shown else Summary(),
        "newer": newer_version(request.user, found),
        "before": found.supersedes_id and policy.visible_articles(request.user).filter(pk=found.supersedes_id).exists(),
        "story": same_story(request.user, found)[:MOST_VERSIONS],
        "data": {"text": found.text},
    }
    return render(request, "reader/reader.html", context)


def _chosen(request: HttpRequest, sets: list[AnnotationSet]) -> AnnotationSet | None:
    wanted = request.GET.get("set", "")
    return next((work for work in sets if str(work.pk) == wanted), sets[0] if sets else None)


def place_in_reader(pk: int, text: str, end: int) -> str:
    """Returns the address of an article at the paragraph that holds what ends at a code point of its text."""
    return f"{reverse('article', args=[pk])}#p{len(lines(text[:end])) - 1}"

"""A project's guideline beside the text: a piece of HTML that the workspace fetches when it is first wanted."""

from hashlib import sha256

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_GET

from annotations.forms.guideline import Names, render_guideline
from annotations.models import Label
from annotations.queries.guidelines import entries_of
from annotations.views.projects import visible_project
from annotations.views.signed import SignedRequest


@login_required
@require_GET
def guideline(request: SignedRequest, slug: str) -> HttpResponse:
    """Returns the present version with its passages bound to labels: 304 to who has it, 204 where there is none."""
    project = visible_project(request, slug)
    entries = entries_of(project)
    if not project.guideline.strip() and not entries:
        return HttpResponse(status=204)
    labels = tuple(Names.of(label) for label in Label.objects.filter(project=project).active())
    html = render_guideline(project.guideline, labels, tuple(entries.items()))
    etag = f'"{project.guideline_version}-{sha256(html.encode()).hexdigest()[:32]}"'
    response = HttpResponse(html, headers={"ETag": etag, "Guideline-Version": str(project.guideline_version)})
    patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, etag=etag, response=response) or response

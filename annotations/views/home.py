"""The first page: what do I do next?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from annotations.queries.home import load_home


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Shows the work to go on with, what waits for review, and where projects stand."""
    return render(request, "home/home.html", {"section": "home", "home": load_home(request.user)})

"""The first page: what do I do next?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from annotations.queries.home import load_home
from annotations.queries.own_pace import load_own_pace
from annotations.views.dashboard_charts import columns
from annotations.views.signed import SignedRequest


@login_required
@require_GET
def home(request: SignedRequest) -> HttpResponse:
    """Shows the work to go on with, what waits for review, and where projects stand."""
    pace = load_own_pace(request.user)
    context = {
        "section": "home", "home": load_home(request.user), "pace": pace, "weeks": columns(pace.weeks) if pace else [],
    }  # fmt: skip
    return render(request, "home/home.html", context)

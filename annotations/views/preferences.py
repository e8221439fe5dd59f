"""Choosing theme and language: kept with the account, or with the browser of whoever has none."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from annotations.models import User
from annotations.views.context import THEME_COOKIE

YEAR = 365 * 24 * 3600


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Stores a known theme or language and goes back to the page it came from."""
    following = request.POST.get("next", "")
    own = following.startswith("/") and url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(following if own else reverse("home"))
    known = {"theme": User.Theme.values, "language": User.Language.values}
    cookies = {"theme": THEME_COOKIE, "language": settings.LANGUAGE_COOKIE_NAME}
    for field, values in known.items():
        value = request.POST.get(field)
        if value not in values:
            continue
        if request.user.is_authenticated:
            User.objects.filter(pk=request.user.pk).update(**{field: value})
        response.set_cookie(cookies[field], value, max_age=YEAR, samesite="Lax", httponly=True)
    return response

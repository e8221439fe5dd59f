"""Choosing theme, language and the way of reading: kept with the account; theme and language also with the browser."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from annotations.models import User
from annotations.models.users import READING
from annotations.views.context import THEME_COOKIE

YEAR = 365 * 24 * 3600


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Stores what is known of theme, language and way of reading; goes back to the page, or tells a script 204."""
    following = request.POST.get("next", "")
    own = following.startswith("/") and url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(following if own else reverse("home"))
    if request.headers.get("X-Requested-With") == "fetch":
        response = HttpResponse(status=204)
    known = {"theme": User.Theme.values, "language": User.Language.values}
    cookies = {"theme": THEME_COOKIE, "language": settings.LANGUAGE_COOKIE_NAME}
    for field, values in known.items():
        value = request.POST.get(field)
        if value not in values:
            continue
        if request.user.is_authenticated:
            User.objects.filter(pk=request.user.pk).update(**{field: value})
        response.set_cookie(cookies[field], value, max_age=YEAR, samesite="Lax", httponly=True)
    chosen = {name: request.POST[name] for name, values in READING.items() if request.POST.get(name) in values}
    if chosen and request.user.is_authenticated:
        _remember(request.user.pk, chosen)
    return response


@transaction.atomic
def _remember(person: int, chosen: dict[str, str]) -> None:
    """Adds to what the person has chosen; two tabs at once lose nothing."""
    user = User.objects.select_for_update().get(pk=person)
    user.reading |= chosen
    user.save(update_fields=["reading"])

"""Choosing theme, language, way of reading, keys of labels: kept with the account, the first two also by browser."""

import json

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from annotations.models import User
from annotations.models.users import MOST_KEYS, READING, validate_keys
from annotations.views.context import THEME_COOKIE

YEAR = 365 * 24 * 3600


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Stores what is known of theme, language and way of reading; goes back to the page, or tells a script 204."""
    following = request.POST.get("next", "")
    own = following.startswith("/") and url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()})
    response: HttpResponse = HttpResponseRedirect(following if own else reverse("home"))
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
    keys = _keys(request.POST.get("keys", "{}"))
    if (chosen or keys) and request.user.is_authenticated:
        _remember(request.user.pk, chosen, keys)
    return response


def _keys(said: str) -> dict[str, str]:
    """Returns key codes by label as a page says them, "" for the scheme's own; nothing where one is no key."""
    try:
        keys = json.loads(said)
        if not isinstance(keys, dict):
            return {}
        validate_keys({label: code for label, code in keys.items() if code != ""})
    except (ValueError, ValidationError):
        return {}
    return keys


@transaction.atomic
def _remember(person: int, chosen: dict[str, str], keys: dict[str, str]) -> None:
    """Adds to what the person has chosen; two tabs at once lose nothing."""
    user = User.objects.select_for_update().get(pk=person)
    user.reading |= chosen
    bound = {label: code for label, code in (user.keys | keys).items() if code}
    user.keys = dict(list(bound.items())[-MOST_KEYS:])
    user.save(update_fields=["reading", "keys"])

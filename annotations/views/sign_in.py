"""Who is signed in here, if not the person whose page asks? They are told, and led to where another one can sign in."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET


@never_cache
@require_GET
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Leads to the page to sign in; whoever is signed in is asked first whether they make room for another person."""
    asked = request.GET.get("next", "")
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=hosts, require_https=request.is_secure())
    following = asked if is_ours else resolve_url("home")
    sign_in = f"{reverse('login')}?{urlencode({'next': following})}"
    if not request.user.is_authenticated:
        return redirect(sign_in)
    return render(request, "registration/again.html", {"next": following, "sign_in": sign_in})

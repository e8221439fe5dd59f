"""What answers where nothing is, or a request fails? A page to people, problem details to programs."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults

from annotations.api.errors import plain_problem
from annotations.api.prefix import is_to_api


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    if is_to_api(request):
        return plain_problem(400, "bad_request", _("The request can't be read."))
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    if is_to_api(request):
        return plain_problem(404, "not_found", _("There is nothing at this address."))
    return defaults.page_not_found(request, exception)


def with_page(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Returns an answer, with a page where it is an empty 405.

    Who signs in after having sent a form is led to the address of the form.
    """
    if response.status_code != 405 or request.method != "GET":
        return response
    page = render(request, "405.html", status=405)
    page["Allow"] = response["Allow"]
    return page


def with_patience(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Returns an answer, with a page where a person's browser is told to wait: who follows a link reads no problem."""
    if response.status_code != 429 or "text/html" not in request.headers.get("Accept", ""):
        return response
    page = render(request, "429.html", {"seconds": int(response.get("Retry-After", "1"))}, status=429)
    page["Retry-After"] = response.get("Retry-After", "1")
    return page


def server_error(request: HttpRequest) -> HttpResponse:
    """500; what went wrong is in the log."""
    if is_to_api(request):
        return plain_problem(500, "server_error", _("The server failed. It has noted what happened."))
    return defaults.server_error(request)

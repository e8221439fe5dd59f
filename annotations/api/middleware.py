"""What stands in the header of each answer of the API? Its ETag, the client's rate limit, what is deprecated."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from annotations.api.bounds import refusal
from annotations.api.deprecation import Deprecation, deprecation_of, say_deprecated
from annotations.api.nowhere import with_page, with_patience
from annotations.api.prefix import is_to_api
from annotations.api.throttles import say_pace

VARY = ("Authorization", "Cookie", "Accept-Language")


class MarkedRequest(HttpRequest):
    """A request for whose answer is known whether it is deprecated. Only annotated: Django makes the requests."""

    deprecation: Deprecation | None


class ApiMiddleware:
    """Completes the answers below /api/."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answers, with the header fields; 304 where the client has the same already."""
        if not is_to_api(request):
            return with_page(request, self.get_response(request))
        response = with_patience(request, refusal(request) or self.get_response(request))
        if request.method in ("GET", "HEAD") and response.status_code == 200:
            response.headers.setdefault("Cache-Control", "private, no-cache")
            response = _conditional(request, response)
        if pace := getattr(request, "pace", None):
            say_pace(response, pace)
        deprecation = getattr(request, "deprecation", None)
        if deprecation and deprecation.concerns(request):
            say_deprecated(response, deprecation)
        patch_vary_headers(response, VARY)
        return response

    def process_view(self, request: MarkedRequest, view: Callable[..., Any], *_: Any) -> None:
        """Notes whether what answers is deprecated."""
        request.deprecation = deprecation_of(view, request.method or "")


def _conditional(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Gives a whole answer the hash of its body as a weak ETag; streams and files have their own or none.

    It saves the transfer, not the queries: most answers depend on who asks, and no
    number changes whenever one of them does.
    """
    if response.streaming or response.has_header("ETag") or "no-store" in response.get("Cache-Control", ""):
        return response
    if not isinstance(response, HttpResponse):
        return response
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    found = get_conditional_response(request, etag=etag, response=response)
    # Asked to be what it was (`If-Match`), it is given all the same: a weak ETag is never the same for that.
    return found if found is not None and found.status_code == 304 else response

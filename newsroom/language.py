"""In which language is a request answered? The person's choice, else Persian; never the browser's guess."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from annotations.api.prefix import is_to_api


def preferred_language(request: HttpRequest) -> str:
    """Returns the language chosen by the signed-in user, else by this browser's cookie, else the default.

    An API client has neither: there `Accept-Language` decides.
    """
    if is_to_api(request) and "sessionid" not in request.COOKIES:
        return translation.get_language_from_request(request) if "Accept-Language" in request.headers else "fa"
    if request.user.is_authenticated:
        return request.user.language
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class PreferredLanguageMiddleware:
    """Activates the preferred language for the request and says so in `Content-Language`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers in the preferred language."""
        with translation.override(preferred_language(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response

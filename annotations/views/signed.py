"""Who asks behind `login_required`? Somebody who is signed in. Only annotated: Django makes the requests."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from annotations.models import User


class SignedRequest(HttpRequest):
    """The request of a page that only those who are signed in see."""

    user: User
    htmx: HtmxDetails
    placed: tuple[str, str]  # once a view has said where its page belongs

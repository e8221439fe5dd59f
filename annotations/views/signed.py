"""Who asks behind `login_required`? Somebody who is signed in: only an annotation, no request is made of it."""

from django.http import HttpRequest

from annotations.models import User


class SignedRequest(HttpRequest):
    """The request of a page that only those who are signed in see."""

    user: User

"""Who calls the API? Somebody it knows by token or session. Only annotated: REST framework makes the requests."""

from typing import Any

from rest_framework.request import Request

from annotations.models import User


class SignedRequest(Request):
    """The request of a view that only those who are known may use; `data` is what its parser made of the body."""

    user: User
    data: Any

"""What do addresses say, and what is said back? Ids in a query, and an error in the words of the interface."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from annotations.errors import NewsroomError


def asked_id(request: HttpRequest, name: str) -> int | None:
    """Returns an id from the query of an address; None for what can be none."""
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 19 else None


def told(error: NewsroomError) -> str:
    """Returns an error's message and hint, translated and filled in."""
    return " ".join(_(part).format(**error.data) for part in (error.message, error.hint) if part)

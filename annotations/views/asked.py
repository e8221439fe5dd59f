"""What do addresses say? Ids in a query."""

from django.http import HttpRequest


def asked_id(request: HttpRequest, name: str) -> int | None:
    """Returns an id from the query of an address; None for what can be none."""
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 19 else None

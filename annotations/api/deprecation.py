"""How does a client learn that something of the API will go? By `Deprecation` (RFC 9745) and `Sunset` (RFC 8594)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.http import http_date
from drf_spectacular.utils import extend_schema


@dataclass(frozen=True, slots=True)
class Deprecation:
    """Since when something is deprecated, from when on it may be gone, and where that is explained.

    Without `parameters` the whole method is meant, else requests that send one of them.
    """

    since: date
    sunset: date
    about: str
    parameters: frozenset[str] = frozenset()

    def concerns(self, request: HttpRequest) -> bool:
        """Whether the request uses what is deprecated."""
        return not self.parameters or not self.parameters.isdisjoint(request.GET)


def deprecated(
    *, since: date, sunset: date, about: str, parameters: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Marks the method of a view, or parameters of it; a parameter's own description says `deprecated=True`, too."""

    def mark(method: Callable[..., Any]) -> Callable[..., Any]:
        marked = method if parameters else extend_schema(deprecated=True)(method)
        said = Deprecation(since, sunset, about, frozenset(parameters))
        marked.deprecation = said  # type: ignore[attr-defined]  # functions may carry what is said of them
        return marked

    return mark


def deprecation_of(view: Callable[..., Any], method: str) -> Deprecation | None:
    """Returns the mark of the method that answers, None where there is none."""
    verb = "get" if method == "HEAD" else method.lower()
    name = getattr(view, "actions", None) or {}
    handler = getattr(getattr(view, "cls", None), name.get(verb, verb), None)
    return getattr(handler, "deprecation", None)


def say_deprecated(response: HttpResponseBase, said: Deprecation) -> None:
    """Writes the header fields."""
    response["Deprecation"] = f"@{_midnight(said.since)}"
    response["Sunset"] = http_date(_midnight(said.sunset))
    response["Link"] = f'<{said.about}>; rel="deprecation"; type="text/html"'


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), tzinfo=UTC).timestamp())

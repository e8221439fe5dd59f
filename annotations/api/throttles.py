"""How many requests may one client send? So many a minute for each token, person or address; headers say what is left.

What is kept is one number a client, the time at which all it has used will have come back (the generic cell rate
algorithm), in Django's cache. Two requests that are judged at the same instant may count as one.
"""

import math
import time
from dataclasses import dataclass
from typing import Any

from django.core.cache import BaseCache, caches
from django.http import HttpResponseBase
from knox.models import AuthToken
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle, ScopedRateThrottle

from annotations.actions.counters import ask_cache


@dataclass(frozen=True, slots=True)
class Pace:
    """What a client has left: of `most` requests in `seconds`, `left`, and after `full_in` seconds all of them."""

    scope: str
    most: int
    seconds: int
    left: int
    full_in: int


class PacedThrottle(BaseThrottle):
    """Lets each client send its rate: `token`, `session` or `anonymous` of DEFAULT_THROTTLE_RATES; None is no bound."""

    _wait: float | None = None

    def allow_request(self, request: Request, view: object) -> bool:
        """Whether the client has a request left. Notes its pace for the headers.

        While the cache does not answer all have: reading must not end where counting does.
        """
        scope, client = self._client(request)
        rate: str | None = api_settings.DEFAULT_THROTTLE_RATES[scope]  # type: ignore[assignment]  # the stubs say numbers
        most, seconds = ScopedRateThrottle().parse_rate(rate)
        if most is None or seconds is None:
            return True
        if most == 0:
            self._wait = seconds
            return False
        now, each, key = time.time(), seconds / most, f"pace:{scope}:{client}"
        bound = now + seconds + each / 2  # half a request: sums of floats are not exact
        owed = ask_cache(lambda cache: _counted(cache, key, now=now, each=each, bound=bound), otherwise=None)
        if owed is None:
            return True
        allowed = owed <= bound
        if not allowed:
            self._wait = owed - now - seconds
            owed -= each
        left = max(int((seconds - (owed - now)) / each + 0.5), 0)
        pace = Pace(scope, most, seconds, left, math.ceil(owed - now))
        request._request.pace = pace  # type: ignore[attr-defined]  # kept for the middleware, which sees this request
        return allowed

    def wait(self) -> float | None:
        """Seconds until the next request may come."""
        return self._wait

    def _client(self, request: Request) -> tuple[str, str]:
        if isinstance(request.auth, AuthToken):
            return "token", request.auth.digest
        if request.user.is_authenticated:
            return "session", str(request.user.pk)
        return "anonymous", self.get_ident(request)


class _Counts:
    """Django's cache, and while it does not answer the process's own: passwords are never tried without a bound."""

    def get(self, key: str, default: Any = None) -> Any:
        """Returns what is kept under a key."""
        found = ask_cache(lambda cache: (cache.get(key, default),), otherwise=None)
        return found[0] if found else caches["near"].get(key, default)

    def set(self, key: str, value: Any, timeout: float) -> None:
        """Keeps a value for so many seconds."""
        caches["near"].set(key, value, timeout)
        ask_cache(lambda cache: cache.set(key, value, timeout), otherwise=None)


class ScopedThrottle(ScopedRateThrottle):
    """Bounds what is dearer than a read, or tries a password, by the view's `throttle_scope`."""

    cache = _Counts()  # type: ignore[assignment] # to get and to set is all it asks of a cache


def _counted(cache: BaseCache, key: str, *, now: float, each: float, bound: float) -> float:
    """Returns when all will have come back with one request more, and keeps it where that is within the bound."""
    owed: float = max(cache.get(key, now), now) + each
    if owed <= bound:
        cache.set(key, owed, timeout=math.ceil(bound - now))
    return owed


def refusal_of_nobody(request: Request) -> Throttled | None:
    """Counts a request that proved nobody; returns the refusal where its address has none left.

    Throttles are asked after the token: they would see none of those who send wrong ones.
    """
    throttle = PacedThrottle()
    if hasattr(request._request, "pace") or throttle.allow_request(request, None):
        return None
    return Throttled(throttle.wait())


def say_pace(response: HttpResponseBase, pace: Pace) -> None:
    """Writes the fields of the IETF's draft on rate limits: `X-RateLimit-*` mean something else with every service."""
    response["RateLimit-Policy"] = f'"{pace.scope}";q={pace.most};w={pace.seconds}'
    response["RateLimit"] = f'"{pace.scope}";r={pace.left};t={pace.full_in}'

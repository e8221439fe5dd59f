"""Which settings would only fail once a request comes? `manage.py check` and every start say so, and how to mend it."""

import re
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.cache import InvalidCacheBackendError, caches

RATE = re.compile(r"\d+/(s|sec|second|m|min|minute|h|hour|d|day)")
# Those that come from the environment, each by its scope.
RATES = {"token": "API_RATE_TOKEN", "session": "API_RATE_SESSION", "anonymous": "API_RATE_ANONYMOUS"}
TAG = "newsroom"


@checks.register(TAG)
def check_rates(**_options: Any) -> list[checks.CheckMessage]:
    """Sees to it that each rate of the API is a number and a span of time, or empty."""
    given = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    return [
        checks.Error(
            f"{name} is no rate of requests: {given[scope]!r}.",
            hint="Write a number, a stroke and sec, min, hour or day, as in 3000/min; leave it empty for no bound.",
            id="newsroom.E001",
        )
        for scope, name in RATES.items()
        if given[scope] is not None and not RATE.fullmatch(given[scope])
    ]


@checks.register(TAG)
def check_cache(**_options: Any) -> list[checks.CheckMessage]:
    """Sees to it that the cache's library is there; whether its server answers is no matter of the start."""
    try:
        getattr(caches["default"], "_cache", None)  # clients are made, and their libraries loaded, when first used
    except (ImportError, InvalidCacheBackendError) as error:
        return [
            checks.Error(
                f"CACHE_URL names a cache that can't be used here: {error}.",
                hint="Install its library (pip install redis for redis://), or leave CACHE_URL empty.",
                id="newsroom.E002",
            )
        ]
    return []

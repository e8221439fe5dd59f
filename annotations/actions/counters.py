"""How is Django's cache asked, so that one that does not answer stops nobody? Nothing is counted there meanwhile."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from django.core.cache import BaseCache, cache
from django.core.exceptions import ImproperlyConfigured

logger = logging.getLogger(__name__)
# A server that is gone may let each question wait for seconds: after one that failed nobody asks for so long.
REST_SECONDS = 10.0


@dataclass(slots=True)
class _Rest:
    until: float = 0.0


rest = _Rest()


def ask_cache[Answer](question: Callable[[BaseCache], Answer], *, otherwise: Answer) -> Answer:
    """Returns what the cache answers, or `otherwise` while it does not answer, which the log says."""
    now = monotonic()
    if now < rest.until:
        return otherwise
    if rest.until:
        rest.until = now + REST_SECONDS  # one asks whether it is back; the others don't wait with it
    try:
        answer = question(cache)
    except (ImproperlyConfigured, AttributeError, TypeError):
        raise  # a fault of ours
    except Exception as error:  # each cache's library has errors of its own
        rest.until = monotonic() + REST_SECONDS
        logger.warning(
            "The cache of CACHE_URL does not answer (%s: %s). For %d seconds requests to the API are not bounded "
            "by it; passwords and what is dear are counted by each process.",
            type(error).__name__, error, REST_SECONDS,
        )  # fmt: skip
        return otherwise
    rest.until = 0.0
    return answer

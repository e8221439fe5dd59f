"""How is Django's cache asked, so that one that does not answer stops nobody? Nothing is counted meanwhile."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import BaseCache, cache

logger = logging.getLogger(__name__)
# A server that is gone may let each question wait for seconds: after one that failed nobody asks for so long.
REST_SECONDS = 10.0


@dataclass(slots=True)
class _Rest:
    until: float = 0.0


rest = _Rest()


def ask_cache[Answer](question: Callable[[BaseCache], Answer], *, otherwise: Answer) -> Answer:
    """Returns what the cache answers, or `otherwise` while it does not answer, which the log says."""
    if time.monotonic() < rest.until:
        return otherwise
    try:
        return question(cache)
    except Exception as error:  # each cache's library has errors of its own
        rest.until = time.monotonic() + REST_SECONDS
        logger.warning(
            "The cache of CACHE_URL does not answer (%s: %s). For %d seconds requests to the API are not counted, "
            "and no rate bounds them.",
            type(error).__name__, error, REST_SECONDS,
        )  # fmt: skip
        return otherwise

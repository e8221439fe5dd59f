"""Does a setting that would fail only once a request comes stop the start, and say how it is mended?"""

import sys
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test.utils import override_settings

from newsroom import gunicorn

RATES = configured.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]


def with_rate(scope: str, rate: str | None) -> Any:
    return override_settings(
        REST_FRAMEWORK=configured.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": RATES | {scope: rate}}
    )


@pytest.mark.parametrize("rate", ["3000", "many/min", "3000/month", "3000/minutely", "-1/min", "3000 / min"])
def test_a_rate_that_is_none_stops_the_start_by_its_name(rate: str) -> None:
    with with_rate("session", rate), pytest.raises(SystemCheckError, match=r"(?s)API_RATE_SESSION.*3000/min") as told:
        call_command("check", tags=["newsroom"])
    assert repr(rate) in str(told.value)


@pytest.mark.parametrize("rate", ["3000/min", "10/sec", "0/day", "5/h", None])
def test_rates_as_they_are_documented_and_none_are_let_through(rate: str | None) -> None:
    with with_rate("token", rate):
        call_command("check", tags=["newsroom"])


REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/1"}
UNKNOWN = {"BACKEND": "annotations.nowhere.Cache", "LOCATION": "x"}


@pytest.mark.parametrize("named", [REDIS, UNKNOWN], ids=["library", "backend"])
def test_a_cache_that_is_not_there_stops_the_start(named: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with override_settings(CACHES={"default": named}), pytest.raises(SystemCheckError, match="CACHE_URL"):
        call_command("check", tags=["newsroom"])


def test_the_web_server_does_not_start_with_a_rate_that_is_none() -> None:
    with with_rate("anonymous", "120/mni"), pytest.raises(SystemExit, match="API_RATE_ANONYMOUS"):
        gunicorn.on_starting(None)

"""What stands around the answers: rate limits, ETags, compression, deprecations, bounds of parameters."""

import gzip
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client, RequestFactory
from knox.models import AuthToken
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from annotations.actions import counters, tokens
from annotations.actions.tokens import make_token
from annotations.api import throttles
from annotations.api.deprecation import deprecated
from annotations.api.exports import accepts_gzip
from annotations.api.middleware import ApiMiddleware
from annotations.models import ApiToken, Project
from tests.factories import Cast, make_cast, make_set, perform, span_op

pytestmark = pytest.mark.django_db
PROJECT = "/api/v1/projects/test/"
SCHEME = f"{PROJECT}scheme/"


@pytest.fixture
def cast() -> Iterator[Cast]:
    cache.clear()
    yield make_cast()
    cache.clear()


def bearer(person: Any, **headers: str) -> Client:
    return Client(headers={"authorization": f"Token {make_token(person)[1]}", "accept-language": "en"} | headers)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of the throttles, set by hand."""
    now = [1000.0]
    monkeypatch.setattr(throttles.time, "time", lambda: now[0])
    return now


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    rates = {"token": "3/min", "session": "2/min", "anonymous": "1/min", "tokens": "30/min", "bulk_edits": "600/min"}
    monkeypatch.setattr(api_settings, "DEFAULT_THROTTLE_RATES", rates)


def test_a_token_has_its_rate_and_is_told_what_is_left(cast: Cast, clock: list[float], slow: None) -> None:
    first, other = bearer(cast.manager), bearer(cast.manager)
    said = [first.get(PROJECT) for _ in range(4)]
    assert [one.status_code for one in said] == [200, 200, 200, 429]
    assert [one["RateLimit"] for one in said] == [f'"token";r={left};t={full}' for left, full in
                                                  ((2, 20), (1, 40), (0, 60), (0, 60))]  # fmt: skip
    assert said[0]["RateLimit-Policy"] == '"token";q=3;w=60'
    assert (said[3]["Retry-After"], said[3]["Content-Type"]) == ("20", "application/problem+json")
    assert said[3].json()["title"] == "throttled"
    assert other.get(PROJECT).status_code == 200
    clock[0] += 20
    assert [first.get(PROJECT).status_code for _ in range(2)] == [200, 429]


def test_persons_and_addresses_have_rates_of_their_own(cast: Cast, clock: list[float], slow: None) -> None:
    signed_in = Client()
    signed_in.force_login(cast.manager)
    assert [signed_in.get(PROJECT).status_code for _ in range(3)] == [200, 200, 429]
    body = json.dumps({"username": "manager", "password": "wrong"})
    said = [Client().post("/api/v1/tokens/", body, content_type="application/json") for _ in range(2)]
    assert [one.status_code for one in said] == [401, 429]
    # What a client claims of its address counts only where a proxy is known to stand before it.
    claimed = Client(headers={"x-forwarded-for": "10.1.2.3"})
    assert claimed.post("/api/v1/tokens/", body, content_type="application/json").status_code == 429


def test_who_sends_wrong_tokens_or_none_uses_up_the_rate_of_the_address(
    cast: Cast, clock: list[float], slow: None
) -> None:
    wrong = Client(headers={"authorization": f"Token {'0' * 64}"})
    said = [wrong.get(PROJECT), Client().get(PROJECT), wrong.get(PROJECT)]
    assert [one.status_code for one in said] == [401, 429, 429]
    assert (said[1]["Retry-After"], said[1].json()["title"]) == ("60", "throttled")
    assert bearer(cast.manager).get(PROJECT).status_code == 200


def test_who_follows_a_link_too_often_is_told_by_a_page_when_to_come_again(
    cast: Cast, clock: list[float], slow: None
) -> None:
    signed_in = Client(headers={"accept": "text/html,*/*;q=0.8"})
    signed_in.force_login(cast.manager)
    page = [signed_in.get(PROJECT) for _ in range(3)][-1]
    assert (page.status_code, page["Retry-After"], page["RateLimit"]) == (429, "30", '"session";r=0;t=60')
    assert '<header class="bar">' in page.content.decode()
    assert "۳۰ ثانیهٔ دیگر" in page.content.decode()


def test_a_rate_of_nothing_lets_nobody_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    rates = api_settings.DEFAULT_THROTTLE_RATES | {"anonymous": "0/min"}
    monkeypatch.setattr(api_settings, "DEFAULT_THROTTLE_RATES", rates)
    refused = Client().get(PROJECT)
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")


def test_without_a_rate_there_is_no_limit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_settings, "DEFAULT_THROTTLE_RATES", dict.fromkeys(("token", "session", "anonymous")))
    assert "RateLimit" not in bearer(cast.manager).get(PROJECT)


def test_a_cache_that_is_down_stops_no_reading_and_is_asked_again_later(
    cast: Cast, slow: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked = []

    def down(*_key: Any, **_options: Any) -> None:
        asked.append(1)
        raise ConnectionError("refused")

    now = [100.0]
    monkeypatch.setattr(counters, "rest", counters._Rest())
    monkeypatch.setattr(counters, "monotonic", lambda: now[0])
    client = bearer(cast.manager)
    with monkeypatch.context() as patch:
        for verb in ("get", "add", "set"):
            patch.setattr(cache, verb, down)
        body = json.dumps({"username": "manager", "password": "manager"})
        made = Client().post("/api/v1/tokens/", body, content_type="application/json")
        said = [made, *(client.get(PROJECT) for _ in range(5))]
    assert [one.status_code for one in said] == [201] + [200] * 5
    assert not any("RateLimit" in one for one in said)
    assert len(asked) == 1
    (warning,) = [one for one in caplog.records if one.name == counters.__name__]
    assert warning.levelname == "WARNING"
    assert "refused" in warning.getMessage()
    wrong = json.dumps({"username": "manager", "password": "no"})
    with monkeypatch.context() as patch:
        patch.setattr(throttles.PacedThrottle, "allow_request", lambda *_of: True)
        tries = [Client().post("/api/v1/tokens/", wrong, content_type="application/json") for _ in range(31)]
    assert {one.status_code for one in tries[:25]} == {401}
    assert tries[-1].status_code == 429
    now[0] += counters.REST_SECONDS
    assert [client.get(PROJECT).status_code for _ in range(4)] == [200, 200, 200, 429]


def test_the_same_answer_is_sent_once(cast: Cast) -> None:
    client = bearer(cast.manager)
    first = client.get(SCHEME)
    assert first["ETag"].startswith('W/"')
    assert first["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie", "Accept-Language"} <= {one.strip() for one in first["Vary"].split(",")}
    again = client.get(SCHEME, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    Project.objects.update(scheme_version=2)
    changed = client.get(SCHEME, headers={"if-none-match": first["ETag"]})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)


def test_what_should_be_as_it_was_is_given_all_the_same(cast: Cast) -> None:
    client = bearer(cast.manager)
    for condition in ({"if-match": '"unheard"'}, {"if-unmodified-since": "Thu, 01 Jan 2026 00:00:00 GMT"}):
        assert client.get(SCHEME, headers=condition).status_code == 200


def test_below_a_prefix_the_api_is_the_same(cast: Cast) -> None:
    client = bearer(cast.manager)
    said = [client.get(address, SCRIPT_NAME="/newsroom") for address in (SCHEME, "/api/v1/articles/?page_size=0")]
    assert [one.status_code for one in said] == [200, 422]
    assert "ETag" in said[0]
    nowhere = client.get("/api/v1/nothing/", SCRIPT_NAME="/newsroom")
    assert nowhere["Content-Type"] == "application/problem+json"
    assert nowhere["Content-Language"] == "en"


def test_secrets_are_kept_by_nobody_and_not_packed(cast: Cast) -> None:
    body = json.dumps({"username": "manager", "password": "manager", "name": "خروجی " * 12, "days": 30})
    made = Client(headers={"accept-encoding": "gzip"}).post("/api/v1/tokens/", body, content_type="application/json")
    assert (made.status_code, made["Cache-Control"], made["Content-Encoding"]) == (201, "no-store", "identity")
    assert "ETag" not in made
    assert made.json()["name"] == ("خروجی " * 12).strip()
    kept = AuthToken.objects.get()
    assert kept.about.name == made.json()["name"]
    assert (kept.expiry - kept.created).days in (29, 30)


def test_json_and_the_export_are_packed_for_those_who_take_it(cast: Cast) -> None:
    work = make_set(cast)
    perform(work, span_op(work.article.text, "کره شمالی", "LOC"))
    client = bearer(cast.manager)
    export = f"{PROJECT}export/?format=jsonl&kind=annotator"
    plain, packed = client.get(export), client.get(export, headers={"accept-encoding": "gzip, br"})
    assert (plain["Content-Encoding"], packed["Content-Encoding"]) == ("identity", "gzip")
    assert "Accept-Encoding" in plain["Vary"]
    assert plain["Cache-Control"] == "private, no-cache"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(b"".join(packed)) == b"".join(plain)
    listed = client.get("/api/v1/export-formats/", headers={"accept-encoding": "gzip"})
    assert listed["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(listed.content)) == client.get("/api/v1/export-formats/").json()
    known = {"accept-encoding": "gzip", "if-none-match": listed["ETag"]}
    assert client.get("/api/v1/export-formats/", headers=known).status_code == 304


@pytest.mark.parametrize(
    ("said", "taken"),
    [("gzip", True), ("br, GZIP;q=0.5", True), ("gzip;q=0", False), ("gzip;q=0.000", False), ("br", False)],
)
def test_gzip_is_taken_by_those_who_say_so(said: str, taken: bool) -> None:
    assert accepts_gzip({"Accept-Encoding": said}) is taken


@pytest.mark.parametrize("asked", ["page_size=0", "page_size=201", "page_size=٥", "page_size=x", f"q={'ب' * 1001}"])
def test_a_parameter_beyond_its_bounds_is_refused_by_its_name(cast: Cast, asked: str) -> None:
    said = bearer(cast.manager).get(f"/api/v1/articles/?{asked}")
    assert (said.status_code, said["Content-Type"]) == (422, "application/problem+json")
    assert [one["field"] for one in said.json()["errors"]] == [asked.partition("=")[0]]


class _Old(APIView):
    @deprecated(since=date(2026, 1, 1), sunset=date(2027, 1, 1), about="https://example.org/changes")
    def get(self, request: Request) -> Response:
        return Response({})

    @deprecated(since=date(2026, 1, 1), sunset=date(2027, 1, 1), about="https://example.org/x", parameters=("old",))
    def post(self, request: Request) -> Response:
        return Response({})


@pytest.mark.parametrize(
    ("method", "query", "told"),
    [("GET", "", True), ("HEAD", "", True), ("POST", "?old=1", True), ("POST", "?new=1", False)],
)
def test_what_will_go_says_since_when_and_until_when(method: str, query: str, told: bool) -> None:
    view = _Old.as_view(authentication_classes=[], permission_classes=[], throttle_classes=[])

    def answer(request: HttpRequest) -> Any:
        middleware.process_view(request, view)
        return view(request).render()

    middleware = ApiMiddleware(answer)
    said = middleware(RequestFactory().generic(method, f"/api/v1/old/{query}"))
    fields = [said.get(name) for name in ("Deprecation", "Sunset")]
    assert fields == (["@1767225600", "Fri, 01 Jan 2027 00:00:00 GMT"] if told else [None, None])
    assert ('rel="deprecation"' in said.get("Link", "")) is told


def test_an_address_of_the_api_that_leads_nowhere_says_so_to_programs(cast: Cast) -> None:
    said = bearer(cast.manager).get("/api/v1/nothing/")
    assert (said.status_code, said.json()["title"]) == (404, "not_found")
    assert said["Content-Type"] == "application/problem+json"
    assert "text/html" in Client().get("/nothing/")["Content-Type"]


def test_the_day_of_use_is_written_once_a_day(cast: Cast) -> None:
    client = bearer(cast.manager)
    assert ApiToken.objects.get().used_on is None
    assert client.get(PROJECT).status_code == 200
    assert ApiToken.objects.get().used_on is not None
    ApiToken.objects.update(used_on=None)
    assert client.get(PROJECT).status_code == 200
    assert ApiToken.objects.get().used_on is None


def test_every_day_of_use_is_written(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _text = make_token(cast.manager)
    for day in (date(2026, 11, 25), date(2026, 11, 26)):
        monkeypatch.setattr(tokens.timezone, "localdate", lambda today=day: today)
        tokens.note_use(made.token)
        assert ApiToken.objects.get().used_on == day

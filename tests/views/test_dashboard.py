"""What does a dashboard show in each of its states, and to whom?"""

import csv
import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from annotations.actions.transitions import move
from annotations.exporters.dashboard import TABLES
from annotations.models import AgreementReport, Article, Project, User
from annotations.queries.dashboard_progress import Stage
from annotations.views.dashboard_parts import PARTS, part_names
from tests.factories import Cast, make_cast
from tests.work import NOON, article_of, gold_of, span_of, stance_of, work_of

pytestmark = pytest.mark.django_db
ADDRESS = "/projects/test/dashboard/"


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    for person in (cast.annotator, cast.annotator2):
        cast.project.memberships.filter(user=person).update(pseudonym=f"p-{person.username}")
    return cast


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def part(cast: Cast, key: str, by: User | None = None, **parameters: str) -> str:
    response = client_of(by or cast.manager).get(f"{ADDRESS}{key}/", parameters, headers={"HX-Request": "true"})
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def chart(html: str) -> dict[str, Any]:
    return json.loads(re.search(r'<script id="chart-[a-z]+" type="application/json">(.*?)</script>', html)[1])


def make_gold(cast: Cast, *, days_ago: float = 0, source: str = "") -> Article:
    article = article_of(cast.project, source=source)
    for person in (cast.annotator, cast.annotator2):
        work_of(cast.project, person, article, "adjudicated", days_ago=days_ago, minutes=12)
    gold_of(cast.project, article, by=cast.reviewer, days_ago=days_ago)
    return article


def test_the_frame_asks_for_each_panel_at_its_own_address_and_carries_the_filter_on(cast: Cast) -> None:
    make_gold(cast, source="ایسنا")
    html = client_of(cast.manager).get(ADDRESS, {"days": "30", "source": "ایسنا"}).content.decode()
    asked = re.findall(r'hx-get="([^"]+)"', html)
    assert (
        [address.split("/")[4] for address in asked]
        == list(part_names())
        == [key for key in PARTS if key != "articles"]
    )
    assert all(address.endswith("?days=30&amp;source=%D8%A7%DB%8C%D8%B3%D9%86%D8%A7") for address in asked)
    assert html.count('class="chip"') == 2
    assert 'href="/projects/test/dashboard/?days=30"' in html  # without the outlet


@pytest.mark.parametrize("key", [key for key in PARTS if key != "trend"])
@pytest.mark.parametrize("role", ["annotator", "reviewer", "manager"])
def test_every_panel_is_there_for_a_project_without_any_work(cast: Cast, key: str, role: str) -> None:
    article_of(cast.project)
    assert "<h2" in part(cast, key, getattr(cast, role))


@pytest.mark.parametrize("key", PARTS)
def test_a_panel_is_a_page_of_its_own_for_who_has_no_script(cast: Cast, key: str) -> None:
    make_gold(cast)
    html = client_of(cast.manager).get(f"{ADDRESS}{key}/").content.decode()
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert f'id="part-{key}"' in html
    assert "style=" not in html


def test_a_project_without_articles_begins_with_three_steps(cast: Cast) -> None:
    html = client_of(cast.manager).get(ADDRESS).content.decode()
    assert "با سه گام" in html
    assert "hx-get" not in html


def test_a_filter_that_means_nothing_is_said_and_the_whole_is_shown(cast: Cast) -> None:
    make_gold(cast)
    response = client_of(cast.manager).get(ADDRESS, {"since": "دیروز"})
    assert response.status_code == 422
    assert "«دیروز»" in re.search(r'role="alert">(.*?)</p>', response.content.decode())[1]
    assert client_of(cast.manager).get(f"{ADDRESS}figures/", {"since": "دیروز"}).status_code == 404
    assert client_of(cast.manager).get(f"{ADDRESS}nothing/").status_code == 404
    assert client_of(cast.manager).get(f"{ADDRESS}nothing.csv").status_code == 404


@pytest.mark.parametrize(("deadline", "expected"), [(40, "روز زودتر از مهلت"), (1, "روز دیرتر از مهلت"), (None, "")])
def test_the_forecast_is_held_against_the_deadline(cast: Cast, deadline: int | None, expected: str) -> None:
    today = timezone.localdate()
    Project.objects.update(deadline=today + timedelta(days=deadline) if deadline else None)
    behind = (timezone.now() - NOON) / timedelta(days=1)
    for days in (8, 5, 2):
        make_gold(cast, days_ago=days - behind)
    article_of(cast.project)
    html = part(cast, "figures")
    assert "۳</bdi>" in html
    assert ("از مهلت" in html) == bool(expected)
    assert expected in html
    lines = [one["key"] for one in chart(part(cast, "progress"))["series"]]
    assert lines == ["gold", "handed", *(["plan"] if deadline else []), "forecast"]


def test_under_seven_days_there_is_no_forecast_and_it_says_why(cast: Cast) -> None:
    make_gold(cast, days_ago=(timezone.now() - NOON) / -timedelta(days=1))
    article_of(cast.project)
    assert "هفت روز پس از نخستین" in part(cast, "figures")
    assert [one["key"] for one in chart(part(cast, "progress"))["series"]] == ["gold", "handed"]


@pytest.mark.parametrize("stage", Stage)
def test_every_number_of_the_band_leads_to_its_articles(cast: Cast, stage: Stage) -> None:
    Project.objects.update(overlap=2)
    made = {Stage.GOLD: make_gold(cast), Stage.FREE: article_of(cast.project)}
    for key, status in ((Stage.REVIEW, "submitted"), (Stage.IN_HAND, "in_progress"), (Stage.ASSIGNED, "assigned")):
        made[key] = article_of(cast.project)
        for person in (cast.annotator, cast.annotator2):
            work_of(cast.project, person, made[key], status)
    (address,) = re.findall(rf'href="([^"]+stage={stage})"', part(cast, "figures"))
    html = client_of(cast.manager).get(address).content.decode()
    assert re.findall(r'<h2 dir="(?:rtl|ltr)"><a href="/articles/(\d+)/"', html) == [str(made[stage].pk)]
    own = part(cast, "articles", cast.annotator, stage=stage)
    assert (f"/articles/{made[stage].pk}/" in own) == (stage != Stage.FREE)


def scores(cast: Cast, **matched: int) -> None:
    rows = [
        {"person": f"p-{name}", "source": "", "articles": 1, "matched": n, "spans": 100, "gold": 100}
        for name, n in matched.items()
    ]
    AgreementReport.objects.create(project=cast.project, made_at=NOON, fingerprint="", result={"gold": rows})


def test_only_an_f1_under_the_projects_threshold_is_red_and_it_bears_a_sign(cast: Cast) -> None:
    make_gold(cast)
    scores(cast, annotator=80, annotator2=79)
    rows = re.findall(r'<td class="f1( low)?">(.*?)</td>', part(cast, "people"))
    values = {re.search(r"<bdi[^>]*>(.*?)</bdi>", cell)[1]: (low, "⚠" in cell) for low, cell in rows}
    assert values == {"۰٫۸۰": ("", False), "۰٫۷۹": (" low", True)}


def test_an_annotator_sees_nothing_of_others_in_any_panel_table_or_answer(cast: Cast) -> None:
    article = make_gold(cast)
    scores(cast, annotator=90, annotator2=34)
    theirs = article.annotation_sets.get(annotator=cast.annotator2)
    span_of(theirs, 0, 3, "EVE")
    gold = article.annotation_sets.get(kind="gold")
    stance_of(gold, head_kind="implicit", tail_kind="span", tail_span=span_of(gold, 0, 3, "FAC"))
    client = client_of(cast.annotator)
    said = [part(cast, key, cast.annotator, annotator="p-annotator2") for key in PARTS if key != "trend"]
    for key in PARTS:
        if key in TABLES and key != "trend":
            answer = client.get(f"{ADDRESS}{key}.csv", {"annotator": "p-annotator2"})
            said.append(b"".join(answer.streaming_content).decode())
    said.append(client.get("/api/v1/projects/test/dashboard/?annotator=p-annotator2").content.decode())
    for text in said:
        for secret in ("annotator2", "reviewer", "EVE", "FAC", "رویداد", "سازه", "۰٫۳۴", "0.34"):
            assert secret not in text
    assert client.get(f"{ADDRESS}trend/").status_code == 404
    assert json.loads(said[-1])["trend"] is None
    assert [row["person"] for row in json.loads(said[-1])["people"]] == ["p-annotator"]


def test_an_annotator_hears_that_a_reviewer_returned_their_work_and_not_which(cast: Cast) -> None:
    work = work_of(cast.project, cast.annotator, article_of(cast.project), "submitted")
    move(work, "return", by=cast.reviewer, note="باز هم")
    own, team = part(cast, "latest", cast.annotator), part(cast, "latest")
    assert re.search(r"<b><bdi>(.*?)</bdi></b> (.*?):", own).groups() == ("بازبین", "مقاله‌ای را برگرداند")
    assert re.search(r"<b><bdi>(.*?)</bdi></b>", team)[1] == "reviewer"
    assert "باز هم" not in team  # what was said is between the two


def test_a_cell_names_its_count_and_direction_and_opens_its_stances(cast: Cast) -> None:
    work = make_gold(cast).annotation_sets.get(kind="gold")
    text = work.article.text
    start = text.index("تهران")
    ends = {"head_kind": "implicit", "tail_kind": "span"}
    stance_of(work, "AGAINST", **ends, tail_span=span_of(work, start, start + 5, "LOC", words=7))
    html = part(cast, "network")
    (address, name), *_rest = re.findall(r'<a class="against lean-5"[^>]*href="([^"]+)" aria-label="([^"]+)"', html)
    assert name == "ضمنی دربارهٔ تهران: ۱، مخالف"
    opened = client_of(cast.manager).get(address.replace("&amp;", "&"), headers={"HX-Request": "true"}).content.decode()
    assert "<mark>تهران</mark>" in opened
    assert f"/articles/{work.article_id}/#p" in opened
    assert 'aria-current="true"' in opened


def rows_of(cast: Cast, key: str, **parameters: str) -> list[list[str]]:
    answer = client_of(cast.manager).get(f"{ADDRESS}{key}.csv", parameters)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="dashboard-test-{key}.csv"'
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_tables_leave_with_keys_and_plain_numbers(cast: Cast) -> None:
    article = make_gold(cast, source="=ایسنا")
    gold = article.annotation_sets.get(kind="gold")
    span_of(gold, 0, 3, "LOC")
    scores(cast, annotator=90)
    assert rows_of(cast, "figures")[1:] == [
        ["gold", "1"], ["review", "0"], ["in_hand", "0"], ["assigned", "0"], ["free", "0"],
    ]  # fmt: skip
    assert rows_of(cast, "labels") == [["label", "kind", "count"], ["LOC", "entity", "1"]]
    people = {row[0]: row[1:9] for row in rows_of(cast, "people")}
    assert people["p-annotator"] == ["1", "0", "0", "0", "0.9", "1", "12.0", "12.0"]
    assert people["p-annotator2"][4:6] == ["", "0"]
    assert rows_of(cast, "progress")[-1][1:] == ["1", "1"]
    for key in ("network", "entities", "pace", "latest", "trend"):
        assert rows_of(cast, key)[0]


def test_a_headline_that_would_be_a_formula_leaves_as_text(cast: Cast) -> None:
    article = make_gold(cast)
    Article.objects.filter(pk=article.pk).update(headline="=1+1")
    (row,) = [row for row in rows_of(cast, "latest") if row[1] == "finish"]
    assert row[-1] == "'=1+1"


def test_the_home_page_shows_ones_last_weeks_only_to_who_has_some(cast: Cast) -> None:
    work_of(cast.project, cast.annotator, article_of(cast.project), "submitted",
            days_ago=(timezone.now() - NOON) / -timedelta(days=1), minutes=5)  # fmt: skip
    html = client_of(cast.annotator).get("/").content.decode()
    assert "هفته‌های اخیر من" in html
    assert html.count('class="now" x=') == 2
    assert "هفته‌های اخیر من" not in client_of(cast.annotator2).get("/").content.decode()


def test_the_api_gives_the_parts_that_are_asked_for_and_refuses_others(cast: Cast) -> None:
    make_gold(cast)
    client = client_of(cast.reviewer)
    address = "/api/v1/projects/test/dashboard/"
    found = client.get(address, {"parts": "stages,minutes"}).json()
    assert found == {
        "stages": {"total": 1, "gold": 1, "review": 0, "in_hand": 0, "assigned": 0, "free": 0},
        "minutes": {"median": 12.0, "low": 12.0, "high": 12.0, "articles": 2},
    }
    assert client.get(address).json().keys() >= {"forecast", "stances", "trend", "latest"}
    for wrong in ({"parts": "secrets"}, {"days": "3"}, {"since": "x"}):
        refused = client.get(address, wrong)
        assert (refused.status_code, refused.headers["Content-Type"]) == (422, "application/problem+json")

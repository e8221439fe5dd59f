"""How has agreement moved? The lines, the change since a month ago, exact or partial, on the agreement page."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from annotations.models import AgreementReport, GuidelineVersion
from annotations.queries.agreement import last_report
from tests.factories import Cast, make_cast
from tests.jobs.test_agreement import hand_in
from tests.work import gold_of, span_of

pytestmark = pytest.mark.django_db
ADDRESS = "/projects/test/agreement/"


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    for number in range(3):
        hand_in(cast, f"خبر {number}: کیم جونگ اون در تهران به تاس گفت.", differ=number == 0)
    return cast


@pytest.fixture
def reviewer(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.reviewer)
    client.post(ADDRESS)
    return client


def earlier(cast: Cast, days: int, **values: float) -> None:
    """Puts a measuring so many days before the last one, with the last one's figures but for some."""
    last = last_report(cast.project)
    result = last.result | {name: {"value": value, "low": None, "high": None} for name, value in values.items()}
    AgreementReport.objects.create(
        project=cast.project, made_at=last.made_at - timedelta(days=days), fingerprint="", result=result
    )


def chart(html: str) -> dict[str, Any]:
    return json.loads(re.search(r'<script id="chart-trend" type="application/json">(.*?)</script>', html)[1])


def values_of(html: str, key: str) -> list[float]:
    return next(line["values"] for line in chart(html)["series"] if line["key"] == key)


def test_a_change_is_an_arrow_and_a_number_without_a_sign(cast: Cast, reviewer: Client) -> None:
    assert 'class="change' not in reviewer.get(ADDRESS).content.decode()
    now = last_report(cast.project).result
    earlier(cast, 29, exact=0.1)
    earlier(cast, 31, exact=now["exact"]["value"] - 0.05, partial=now["partial"]["value"] + 0.02)
    html = reviewer.get(ADDRESS).content.decode()
    said = re.findall(r'class="change small (\w+)".*?(?:<bdi>(.*?)</bdi>|مانند)', html)
    assert said == [("up", "۰٫۰۵"), ("down", "۰٫۰۲"), ("same", "")]  # exact, partial, alpha; no relation was measured


def test_the_lines_carry_the_versions_and_the_threshold_and_follow_the_period(cast: Cast, reviewer: Client) -> None:
    earlier(cast, 60, exact=0.25)
    earlier(cast, 10, exact=0.5)
    for number, days in ((1, 90), (2, 20), (3, 5)):
        at = timezone.now() - timedelta(days=days)
        GuidelineVersion.objects.update_or_create(project=cast.project, number=number, defaults={"published_at": at})
    whole = reviewer.get(ADDRESS).content.decode()
    assert values_of(whole, "exact")[:2] == [0.25, 0.5]
    assert [mark["label"] for mark in chart(whole)["marks"]] == ["نسخهٔ ۲ شیوه‌نامه", "نسخهٔ ۳ شیوه‌نامه"]
    assert chart(whole)["rule"] == {"y": 0.8, "label": "آستانهٔ پذیرش ۰٫۸۰"}
    month = reviewer.get(ADDRESS, {"days": "30"}).content.decode()
    assert values_of(month, "exact")[0] == 0.5
    assert values_of(reviewer.get(ADDRESS, {"days": "7000"}).content.decode(), "exact")[0] == 0.25


def test_exact_or_partial_is_chosen_for_pairs_and_line(cast: Cast, reviewer: Client) -> None:
    AgreementReport.objects.all().delete()
    work, _other = hand_in(cast, "چهارم: کیم جونگ اون در تهران به تاس گفت.", differ=False)
    span_of(work, 0, 12, "EVE")
    span_of(_other, 0, 10, "EVE")
    reviewer.post(ADDRESS)
    result = last_report(cast.project).result
    for name in ("exact", "partial"):
        html = reviewer.get(ADDRESS, {"f1": name}).content.decode()
        assert values_of(html, "exact") == [result[name]["value"]]
        (shown,) = re.findall(r'class="above [^"]*">([^<]+)<', html)
        assert shown == f"{result['pairs'][0][name]['value']:.2f}".translate(
            str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫")
        )
    assert result["exact"]["value"] != result["partial"]["value"]


def test_a_chosen_label_leaves_what_it_is_taken_for_and_keeps_the_shares(cast: Cast, reviewer: Client) -> None:
    def cells(html: str) -> dict[str, str]:
        return dict(re.findall(r'<button name="cell" value="([^"]*)" class="([^"]*)"', html))

    whole = cells(reviewer.get(ADDRESS).content.decode())
    html = reviewer.get(ADDRESS, {"label": "FAC", "f1": "partial"}).content.decode()
    assert {key for cell in cells(html) for key in cell.split(":") if key} == {"LOC", "FAC"}
    assert cells(html) == {cell: whole[cell] for cell in cells(html)}
    assert re.findall(r'data-cell="([^"]*)"', html) == ["LOC:FAC"]
    assert len(re.findall(r'<li class="c-\w+"><span class="name">', html)) == 1
    assert '<input type="hidden" name="label" value="FAC">' in html
    assert cells(reviewer.get(ADDRESS, {"label": "nothing"}).content.decode()) == whole


def test_measuring_compares_everybody_with_gold(cast: Cast, reviewer: Client) -> None:
    article = cast.project.articles.order_by("pk").first()
    gold = gold_of(cast.project, article, by=cast.reviewer)
    start = article.text.index("تهران")
    span_of(gold, start, start + 5, "LOC")
    reviewer.post(ADDRESS)
    found = {row["person"]: (row["matched"], row["spans"]) for row in last_report(cast.project).result["gold"]}
    assert found == {"annotator": (1, 3), "annotator2": (0, 3)}
    said = reviewer.get("/api/v1/projects/test/agreement/").json()["report"]["gold"]
    assert {row["person"] for row in said} == {"annotator", "annotator2"}

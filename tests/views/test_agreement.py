"""What does the agreement page show, and what in each of its states?"""

import csv
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.actions.demonstration import load_demonstration
from annotations.jobs import agreement as job_kind
from annotations.models import AgreementReport, AnnotationSet, Job, Project, SetKind, SetStatus, User
from annotations.queries.agreement import last_report
from tests.factories import Cast, make_article, make_cast
from tests.jobs.test_agreement import hand_in

pytestmark = pytest.mark.django_db
ADDRESS = "/projects/test/agreement/"
TEXT = "خبر {}: کیم جونگ اون در تهران به تاس گفت."


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def reviewer(cast: Cast) -> Client:
    return client_of(cast.reviewer)


def fill(cast: Cast, number: int = 2) -> None:
    for at in range(number):
        hand_in(cast, TEXT.format(at), differ=at % 2 == 0)


def measured(client: Client) -> str:
    assert client.post(ADDRESS).status_code == 302
    return client.get(ADDRESS).content.decode()


@pytest.fixture
def demonstration() -> Client:
    """The demonstration with both sets of its seed handed in, measured by the reviewer."""
    load_demonstration()
    seed = AnnotationSet.objects.get(kind=SetKind.GOLD).article
    AnnotationSet.objects.filter(kind=SetKind.ANNOTATOR).update(status=SetStatus.IN_PROGRESS)
    AnnotationSet.objects.filter(kind=SetKind.ANNOTATOR, article=seed).update(status=SetStatus.SUBMITTED)
    client = client_of(User.objects.get(username="reviewer"))
    client.post("/projects/demo/agreement/")
    return client


def test_the_demonstrations_figures_are_those_counted_by_hand(demonstration: Client) -> None:
    html = demonstration.get("/projects/demo/agreement/").content.decode()
    values = re.findall(r'<bdi class="value">([^<]*)</bdi>', html)
    assert values[0] == "۰٫۷۶"
    assert last_report(Project.objects.get()).result["exact"]["value"] == pytest.approx(0.764, abs=0.0005)
    assert "۱ مقالهٔ مشترک" in html
    assert '<th scope="row">F1 رابطه</th>' in html
    assert "۲ برچسب‌زن" in html


def test_people_go_by_their_pseudonyms_only(demonstration: Client) -> None:
    people = User.objects.filter(username__startswith="annotator")
    AnnotationSet.objects.filter(pseudonym="annotator").update(pseudonym="P-17")
    demonstration.post("/projects/demo/agreement/")
    pages = ["/projects/demo/agreement/", "/api/v1/projects/demo/agreement/?cell=LOC:ORG"]
    pages += [f"/projects/demo/agreement/{part}.csv" for part in ("pairs", "documents")]
    for page in pages:
        response = demonstration.get(page)
        said = b"".join(response.streaming_content) if response.streaming else response.content
        assert "P-17" in said.decode(), page
        for person in people:
            assert person.get_full_name() not in said.decode(), page


def test_without_a_second_set_the_page_explains_the_overlap(cast: Cast, reviewer: Client) -> None:
    hand_in(cast, TEXT, differ=False)[0].delete()
    html = reviewer.get(ADDRESS).content.decode()
    assert "هنوز مقاله‌ای نیست که دو برچسب‌زن فرستاده باشند" in html
    assert "هم‌پوشانی" in html
    assert "محاسبه</button>" not in html


def test_before_the_first_measuring_the_page_offers_it(cast: Cast, reviewer: Client) -> None:
    fill(cast)
    html = reviewer.get(ADDRESS).content.decode()
    assert "۲ مقاله را دو برچسب‌زن" in html
    assert "محاسبه</button>" in html


@pytest.mark.parametrize(("articles", "few"), [(9, True), (10, False)])
def test_under_ten_shared_articles_the_sample_is_called_small(
    cast: Cast, reviewer: Client, articles: int, few: bool
) -> None:
    fill(cast, articles)
    html = measured(reviewer)
    assert ('class="measures few"' in html) == few
    assert ("نمونهٔ کم" in html) == few


def test_one_article_has_no_interval_and_several_that_differ_have_one(cast: Cast, reviewer: Client) -> None:
    fill(cast, 1)
    assert "بازهٔ ۹۵٪" not in measured(reviewer)
    for at in range(1, 7):
        hand_in(cast, TEXT.format(at), differ=at % 2 == 0)
    assert "بازهٔ ۹۵٪" in measured(reviewer)


def test_figures_are_called_stale_once_a_set_has_changed(cast: Cast, reviewer: Client) -> None:
    fill(cast)
    assert "notice stale" not in measured(reviewer)
    hand_in(cast, "تازه: کیم جونگ اون در تهران به تاس گفت.", differ=False)
    assert "notice stale" in reviewer.get(ADDRESS).content.decode()
    assert "notice stale" not in measured(reviewer)


def test_while_it_is_computed_the_last_figures_stand_with_a_progress_line(
    cast: Cast, reviewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(cast)
    measured(reviewer)
    monkeypatch.setattr(job_kind, "AT_ONCE", 0)
    html = measured(reviewer)
    assert re.search(r'data-poll="\?part=live"', html)
    assert "<progress" in html
    assert '<bdi class="value">' in html
    live = reviewer.get(ADDRESS, {"part": "live"}).content.decode()
    assert live.lstrip().startswith('<div id="live"')


def test_a_failed_measuring_says_why_and_offers_another(cast: Cast, reviewer: Client) -> None:
    fill(cast)
    measured(reviewer)
    Job.objects.update(state="failed", message="The file «{name}» can't be read on this machine any more.",
                       error={"name": "الف"})  # fmt: skip
    html = reviewer.get(ADDRESS).content.decode()
    assert "«الف»" in re.search(r'role="alert">(.*?)</div>', html, re.DOTALL)[1]
    assert "دوباره</button>" in html


def test_one_that_was_broken_off_can_be_begun_again(cast: Cast, reviewer: Client) -> None:
    fill(cast)
    job = job_kind.draft_measuring(cast.project, by=cast.reviewer)
    Job.objects.filter(pk=job.pk).update(state="running", by_hand=True, heartbeat="2026-01-01T00:00:00Z")
    html = reviewer.get(ADDRESS).content.decode()
    assert "قطع شد" in html
    assert not re.search(r"<button[^>]*disabled", html)
    assert '<bdi class="value">' in measured(reviewer)


def cells(html: str) -> dict[str, str]:
    found = re.findall(r'<button name="cell" value="([^"]*)" class="([^"]*)"[^>]*aria-label="([^"]*)"', html)
    return {cell: f"{shade} {name}" for cell, shade, name in found}


def test_the_heat_map_names_each_cell_and_shades_by_the_root_of_its_share(cast: Cast, reviewer: Client) -> None:
    fill(cast, 4)  # in two of them annotator2 says FAC where annotator says LOC
    found = cells(measured(reviewer))
    assert found["PER:PER"] == "full شخص در برابر شخص: ۴"
    assert found["LOC:FAC"] == "shade-7 مکان در برابر سازه: ۲"  # 9 · √(2/4), rounded up
    assert found["FAC:LOC"] == "shade-0 سازه در برابر مکان: ۰"
    assert found["PER:"] == "shade-0 شخص در برابر هیچ: ۰"
    assert ":" not in found


def test_the_most_confused_cell_is_open_and_its_examples_lead_into_the_articles(cast: Cast, reviewer: Client) -> None:
    fill(cast, 3)
    html = measured(reviewer)
    assert re.search(r'value="LOC:FAC"[^>]*aria-pressed="true"', html)
    examples = html[html.index('id="examples"') :]
    assert examples.count("<mark") == 2
    assert re.search(r'<mark class="c-green">تهران</mark>', examples)
    assert re.search(r'href="/articles/\d+/#p0"', examples)
    part = reviewer.get(ADDRESS, {"part": "examples", "cell": "PER:PER"}).content.decode()
    assert part.lstrip().startswith('<div id="examples"')
    assert "مرز همه یکسان است" in part


@pytest.mark.parametrize("cell", ["", ":", "NOTHING:LOC", "LOC", "a:b:c", "\x00:<b>"])
def test_a_cell_that_means_nothing_shows_nothing(cast: Cast, reviewer: Client, cell: str) -> None:
    fill(cast)
    measured(reviewer)
    response = reviewer.get(ADDRESS, {"part": "examples", "cell": cell})
    assert response.status_code == 200
    assert b"<b>" not in response.content


def table(client: Client, part: str) -> list[dict[str, str]]:
    content = b"".join(client.get(f"/projects/demo/agreement/{part}.csv").streaming_content)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_each_table_reads_back_as_what_was_measured(demonstration: Client) -> None:
    result = AgreementReport.objects.get().result
    figures = {row["measure"]: row["value"] for row in table(demonstration, "figures")}
    assert float(figures["exact"]) == result["exact"]["value"]
    assert float(figures["alpha_entity"]) == result["alpha"]["entity"]["value"]
    labels = {row["label"]: float(row["exact"]) for row in table(demonstration, "labels")}
    assert labels == {row["label"]: row["exact"]["value"] for row in result["labels"]}
    counted = {
        (row["one"] or None, row["other"] or None): int(row["count"]) for row in table(demonstration, "confusion")
    }
    assert counted == {(cell["one"], cell["other"]): cell["count"] for cell in result["confusion"]}
    (pair,) = table(demonstration, "pairs")
    assert (pair["one"], pair["other"], pair["articles"]) == ("annotator", "annotator2", "1")
    fleiss = [row for row in table(demonstration, "documents") if row["measure"] == "fleiss"]
    assert {row["value"] for row in fleiss} == {"", "-1.0"}


def test_an_unknown_table_is_not_there(cast: Cast, reviewer: Client) -> None:
    assert reviewer.get("/projects/test/agreement/secrets.csv").status_code == 404


def test_the_number_of_queries_grows_with_nothing(cast: Cast, reviewer: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert reviewer.get(ADDRESS).status_code == 200
        return len(queries)

    fill(cast, 2)
    measured(reviewer)
    few = asked()
    for at in range(2, 12):
        hand_in(cast, TEXT.format(at), differ=True)
    make_article(cast.project, "بی‌کس")
    measured(reviewer)
    assert asked() == few <= 20


def test_the_projects_page_leads_there_whoever_may_see_it(cast: Cast, reviewer: Client) -> None:
    link = f'href="{ADDRESS}"'
    assert link in reviewer.get("/projects/test/").content.decode()
    assert link not in client_of(cast.annotator).get("/projects/test/").content.decode()


def test_the_api_gives_the_figures_and_the_examples_of_a_cell(cast: Cast, reviewer: Client) -> None:
    address = "/api/v1/projects/test/agreement/"
    assert reviewer.get(address).json() == {"made_at": None, "stale": False, "report": None, "examples": []}
    fill(cast, 3)
    measured(reviewer)
    said: dict[str, Any] = reviewer.get(address, {"cell": "LOC:FAC"}).json()
    assert said["report"] == AgreementReport.objects.get().result
    assert [example["spans"][0]["quote"] for example in said["examples"]] == ["تهران"] * 2
    assert said["examples"][0]["people"] == ["annotator", "annotator2"]
    hand_in(cast, "تازه: کیم جونگ اون در تهران به تاس گفت.", differ=False)
    assert reviewer.get(address).json()["stale"]


def test_a_reviewer_may_run_the_measuring_they_began(
    cast: Cast, reviewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(cast)
    monkeypatch.setattr(job_kind, "AT_ONCE", 0)
    reviewer.post(ADDRESS)
    job = Job.objects.get()
    assert reviewer.post(f"/jobs/{job.pk}/run/").status_code == 302
    assert Job.objects.get().state == "done"
    assert f'href="{ADDRESS}"' in reviewer.get(f"/jobs/{job.pk}/").content.decode()

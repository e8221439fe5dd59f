"""What a person sees of an import: dropped, looked at, mapped, run, left and found again, cancelled, unattended."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.actions import imports, jobs
from annotations.jobs import runner
from annotations.models import Article, Job, JobState, Span
from annotations.views import drafts
from tests.browser.conftest import SignIn
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.usefixtures("_without_analyses")
RECORDS, CHUNK = 60, 10
DROP = """([zone, name, content]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([content], name));
  const event = (kind) => new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true });
  const target = document.querySelector(zone);
  target.dispatchEvent(event("dragover"));
  target.dispatchEvent(event("drop"));
}"""


@pytest.fixture
def cast(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """A project whose imports go by small chunks, and wait for a worker however small they are."""
    monkeypatch.setattr(imports, "BATCH", CHUNK)
    monkeypatch.setattr(drafts, "AT_ONCE_BYTES", -1)
    yield make_cast()
    runner._warm.clear()


def lines(label: str = "TEAM") -> str:
    rows = []
    for number in range(RECORDS):
        span = {"label": label, "ranges": [[0, 3]], "quote": "خبر"}
        sets = [{"kind": "imported", "spans": [span]}]
        rows.append(json.dumps({"text": f"خبر شمارهٔ {number}", "annotation_sets": sets}, ensure_ascii=False))
    rows.insert(7, "not a record")
    return "\n".join(rows)


def work() -> None:
    """Runs a worker until its queue is empty."""
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)


def chunks(job: Job, number: int) -> None:
    """Runs some chunks, as a worker that then lets others pass."""
    left = iter(range(number - 1))
    assert runner.run_slice(job.pk, leave=lambda: next(left, None) is None) == "waiting"


def begun(page: Page, sign_in: SignIn, cast: Cast) -> Job:
    """Drops a file and says yes to it."""
    sign_in(cast.manager)
    page.goto("/projects/test/upload/")
    page.wait_for_selector("html[data-ready]")
    page.evaluate(DROP, ["[data-zone]", "خبر.jsonl", lines("PER")])
    page.get_by_role("button", name="وارد کن").click()
    expect(page.locator(".run .phase")).to_contain_text("در انتظار")
    return Job.objects.get()


def state(page: Page, said: str) -> None:
    expect(page.locator(".run .phase")).to_contain_text(said)


def test_a_dropped_file_is_looked_at_mapped_run_and_summed_up(cast: Cast, page: Page, sign_in: SignIn) -> None:
    sign_in(cast.manager)
    page.goto("/projects/test/upload/")
    page.wait_for_selector("html[data-ready]")
    page.evaluate(DROP, ["body", "خبر.jsonl", lines()])
    expect(page.locator(".file .facts")).to_contain_text("۶۰ رکورد")
    expect(page.locator(".sample li")).to_have_count(3)
    expect(page.locator(".mapping tbody tr")).to_contain_text("TEAM ناشناخته")
    assert not Article.objects.exists()
    page.locator(".mapping select").select_option("=ORG")
    page.get_by_role("button", name="وارد کن").click()
    state(page, "در انتظار")
    work()
    state(page, "انجام‌شده")
    expect(page.locator(".run .figures div").first).to_have_text("ذخیره‌شده۶۰")
    page.locator(".kinds summary").click()
    expect(page.locator(".records li")).to_contain_text("رکورد ۸ خبر.jsonl سطر یک رکورد نیست:")
    with page.expect_download() as report:
        page.get_by_role("link", name="CSV").click()
    rows = report.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert rows[1].startswith("خبر.jsonl,8,failure,not_a_record")
    assert Article.objects.count() == Span.objects.filter(label__key="ORG").count() == RECORDS
    assert not cast.project.labels.filter(key="TEAM").exists()


def test_leaving_the_page_is_safe_and_the_work_is_found_again(cast: Cast, page: Page, sign_in: SignIn) -> None:
    job = begun(page, sign_in, cast)
    expect(page.locator("[data-note]")).to_contain_text("می‌توانید این صفحه را ببندید")
    chunks(job, 2)
    page.goto("/")
    expect(page.locator(".bar .jobs b")).to_have_text("۱")
    page.get_by_role("link", name="کارها").click()
    page.get_by_role("link", name="ورود داده: خبر.jsonl").click()
    expect(page.locator(".run progress")).to_have_attribute("value", str(100 * 2 * CHUNK // (RECORDS + 1)))
    work()
    state(page, "انجام‌شده")
    expect(page.locator(".bar .jobs b")).to_be_hidden()
    assert Article.objects.count() == RECORDS


def test_progress_grows_from_the_right_without_the_page_being_redrawn(cast: Cast, page: Page, sign_in: SignIn) -> None:
    job = begun(page, sign_in, cast)
    chunks(job, 1)
    state(page, "در حال اجرا")
    page.evaluate("document.querySelector('.run').kept = true")
    chunks(job, 3)
    expect(page.locator(".percent bdi")).to_have_text("۶۵")
    assert page.evaluate("document.querySelector('.run').kept"), "what has not changed stays the same element"
    assert page.evaluate("getComputedStyle(document.querySelector('progress')).direction") == "rtl"


def test_a_run_is_cancelled_and_goes_on_from_there(cast: Cast, page: Page, sign_in: SignIn) -> None:
    job = begun(page, sign_in, cast)
    chunks(job, 2)
    page.get_by_role("button", name="انصراف").click()
    state(page, "لغوشده")
    stored = Article.objects.count()
    assert stored == 2 * CHUNK - 1
    page.get_by_role("button", name="از همان جا ادامه بده").click()
    work()
    state(page, "انجام‌شده")
    job.refresh_from_db()
    assert (Article.objects.count(), job.count("stored"), job.count("skipped")) == (RECORDS, RECORDS, 0)


def test_without_a_worker_the_page_says_so_and_does_the_work_itself(cast: Cast, page: Page, sign_in: SignIn) -> None:
    job = begun(page, sign_in, cast)
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    expect(page.locator(".alone")).to_contain_text("کارگری نیست")
    page.get_by_role("button", name="همین جا اجرا کن").click()
    state(page, "انجام‌شده")
    job.refresh_from_db()
    assert (job.state, Article.objects.count()) == (JobState.DONE, RECORDS)


def test_what_a_dead_worker_left_is_said_and_goes_on_with_the_next(cast: Cast, page: Page, sign_in: SignIn) -> None:
    job = begun(page, sign_in, cast)
    chunks(job, 1)
    jobs.claim(job.pk)
    jobs.mark_worker("another")
    state(page, "در حال اجرا")
    Job.objects.update(heartbeat=timezone.now() - timedelta(minutes=5))
    state(page, "قطع‌شده")
    work()
    state(page, "انجام‌شده")
    assert Article.objects.count() == RECORDS


def test_a_pasted_text_lands_on_its_article(
    cast: Cast, page: Page, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "AT_ONCE_BYTES", 1000)
    sign_in(cast.manager)
    page.goto("/projects/test/upload/")
    page.get_by_text("یا متنی بچسبانید").click()
    page.locator("textarea").fill("تیتر\n\nمتن خبر")
    page.get_by_role("button", name="ببین چیست").click()
    page.get_by_role("button", name="وارد کن").click()
    page.wait_for_url("**/articles/*/")
    assert Article.objects.get().text == "تیتر\n\nمتن خبر"

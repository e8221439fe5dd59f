"""Is a job run by one at a time, in slices that let others pass, and taken up where it was left?"""

import json
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.tasks import TaskResultStatus
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.actions import import_jobs, imports, jobs
from annotations.actions.jobs import LeaseLost, NotCancellable, NotResumable, Step
from annotations.importers import jsonl
from annotations.jobs import runner
from annotations.jobs.base import JobKind, Run
from annotations.jobs.kinds import job_kinds
from annotations.models import Article, Job, Project, WorkerMark
from annotations.queries.jobs import is_worker_there, progress
from tests.factories import Cast, make_cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_without_analyses")]
RECORDS, CHUNK = 30, 4


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(imports, "BATCH", CHUNK)
    yield
    runner._warm.clear()


def ready(cast: Cast, content: bytes | None = None) -> Job:
    """An import that waits for a worker."""
    lines = b"".join(json.dumps({"text": f"خبر {number}"}).encode() + b"\n" for number in range(RECORDS))
    job = import_jobs.draft_import(cast.project, by=cast.manager)
    import_jobs.add_upload(job, File(BytesIO(lines if content is None else content)), name="a.jsonl")
    import_jobs.confirm(job, params={}, total=None)
    runner.start(job)
    return job


def test_a_slice_lasts_as_long_again_as_its_runner_needed_to_get_to_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(runner, "time", SimpleNamespace(monotonic=lambda: clock.now))

    def ends(*chunks: float) -> list[bool]:
        clock.now = 0.0
        is_over, said = runner.slice_of(4.0), []
        for clock.now in chunks:
            said.append(is_over())
        return said

    assert ends(1.0, 3.9, 4.0) == [False, False, True]
    assert ends(30.0, 59.0, 60.0) == [False, False, True]


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def work(**options: Any) -> None:
    """Runs a worker until its queue is empty."""
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0, **options)


def after_chunks(number: int) -> Callable[[], bool]:
    """A wish to leave that comes up after so many chunks."""
    left = iter(range(number - 1))
    return lambda: next(left, None) is None


def test_a_worker_runs_a_job_to_its_end(cast: Cast) -> None:
    job = ready(cast)
    work()
    job = now(job)
    assert (job.state, job.count("stored"), job.done) == ("done", RECORDS, job.total)
    assert Article.objects.count() == RECORDS
    assert job.finished_at >= job.started_at >= job.created_at


def test_what_one_leaves_another_goes_on_with_and_reads_no_record_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ready(cast)
    opened: list[int] = []
    read = jsonl.IMPORTER.read
    importer = type(jsonl.IMPORTER)
    watched = importer(**{name: getattr(jsonl.IMPORTER, name) for name in importer.__slots__} | {
        "read": lambda file, options: opened.append(1) or read(file, options)
    })  # fmt: skip
    monkeypatch.setitem(import_jobs.IMPORTERS, "jsonl", watched)
    assert runner.run_slice(job.pk, leave=after_chunks(2)) == "waiting"
    assert Article.objects.count() == 2 * CHUNK
    assert runner.run_slice(job.pk, leave=after_chunks(2)) == "waiting"
    assert len(opened) == 1, "this process still has the file open at its place"
    runner._warm.clear()
    assert runner.run_slice(job.pk, leave=lambda: False) == "done"
    assert len(opened) == 2
    assert (Article.objects.count(), now(job).count("stored"), now(job).count("skipped")) == (RECORDS, RECORDS, 0)


def test_a_task_that_somebody_waits_for_comes_in_between(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "slice_of", lambda seconds: lambda: True)
    first, second = ready(cast), ready(cast)
    work(max_tasks=2)
    assert {now(first).cursor["items"], now(second).cursor["items"]} == {CHUNK}
    work()
    assert {now(first).state, now(second).state} == {"done"}
    assert now(first).count("stored") + now(second).count("stored") == RECORDS
    assert now(first).count("skipped") + now(second).count("skipped") == RECORDS


def test_a_job_is_nobody_elses_while_it_is_held(cast: Cast) -> None:
    job = ready(cast)
    held = jobs.claim(job.pk)
    assert held is not None
    assert jobs.claim(job.pk) is None
    assert runner.run_slice(job.pk, leave=lambda: False) == ""
    assert not Article.objects.exists()


def test_of_many_who_claim_at_once_one_gets_the_job(cast: Cast) -> None:
    job, got, barrier = ready(cast), [], threading.Barrier(6)

    def claim() -> None:
        barrier.wait()
        got.append(jobs.claim(job.pk))
        connection.close()

    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([found for found in got if found is not None]) == 1


def test_a_runner_taken_for_dead_that_wakes_up_writes_nothing(cast: Cast, settings: Any) -> None:
    job = ready(cast)
    sleeper = jobs.claim(job.pk)
    Job.objects.update(heartbeat=timezone.now() - timedelta(seconds=settings.JOB_STALE_SECONDS + 1))
    assert runner.run_slice(job.pk, leave=after_chunks(1)) == "waiting"
    before = now(job)
    run = Run(sleeper)
    with pytest.raises(LeaseLost):
        next(job_kinds()["import"].steps(run))
    assert Article.objects.count() == CHUNK
    assert (now(job).cursor, now(job).counts) == (before.cursor, before.counts)
    assert not jobs.let_go(sleeper, "failed")
    assert now(job).state == "waiting"


def test_a_silent_runner_is_noticed_by_whoever_looks_and_its_job_queued_once(cast: Cast, settings: Any) -> None:
    job = ready(cast)
    DBTaskResult.objects.all().delete()
    jobs.claim(job.pk)
    runner.look_after()
    assert now(job).state == "running"
    Job.objects.update(heartbeat=timezone.now() - timedelta(seconds=settings.JOB_STALE_SECONDS + 1))
    assert progress(now(job)).state == "interrupted"
    runner.look_after()
    runner.look_after()
    assert now(job).state == "interrupted"
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 1
    work()
    assert now(job).state == "done"


def test_a_task_lost_with_its_worker_is_queued_again_by_the_next_worker(cast: Cast) -> None:
    job = ready(cast)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    work()
    assert now(job).state == "done"


def test_cancelling_ends_a_job_after_its_chunk_and_it_can_go_on(cast: Cast) -> None:
    job = ready(cast)
    assert runner.run_slice(job.pk, leave=lambda: False, saw=lambda current: jobs.cancel(current)) == "cancelled"
    assert (now(job).state, Article.objects.count(), now(job).cancel_asked) == ("cancelled", CHUNK, False)
    with pytest.raises(NotCancellable):
        jobs.cancel(job)
    runner.resume(now(job))
    work()
    assert (now(job).state, Article.objects.count(), now(job).count("skipped")) == ("done", RECORDS, 0)
    with pytest.raises(NotResumable):
        runner.resume(now(job))


def test_a_job_that_waits_is_cancelled_at_once(cast: Cast) -> None:
    job = ready(cast)
    jobs.cancel(job)
    assert now(job).state == "cancelled"
    work()
    assert not Article.objects.exists()


def test_a_worker_that_is_told_to_end_stops_after_the_chunk_and_leaves_the_job_queued(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ready(cast)
    monkeypatch.setattr(runner.Stop, "asked", True)
    work(max_tasks=1)
    assert (now(job).state, Article.objects.count(), now(job).lease) == ("waiting", CHUNK, "")
    monkeypatch.setattr(runner.Stop, "asked", False)
    work()
    assert (now(job).state, Article.objects.count()) == ("done", RECORDS)


def test_what_goes_wrong_in_a_kind_is_said_and_what_was_committed_stands(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def steps(run: Run) -> Iterator[None]:
        with jobs.write_turn():
            Project.objects.filter(pk=cast.project.pk).update(description="one")
            run.keep(Step(cursor={"at": 1}, done=1))
        yield
        with jobs.write_turn():
            Project.objects.filter(pk=cast.project.pk).update(description="two")
            run.keep(Step(cursor={"at": 2}, done=2))
            raise ZeroDivisionError

    monkeypatch.setitem(job_kinds(), "odd", JobKind(key="odd", title="Odd", steps=steps))
    job = Job.objects.create(kind="odd", project=cast.project, by=cast.manager)
    runner.start(job)
    work()
    job = now(job)
    assert (job.state, job.cursor, job.error) == ("failed", {"at": 1}, {"problem": "ZeroDivisionError"})
    assert Project.objects.get(pk=cast.project.pk).description == "one"


def test_without_a_worker_the_job_says_so_and_a_worker_leaves_no_mark_behind(cast: Cast) -> None:
    job = ready(cast)
    assert not progress(now(job)).lacks_worker, "a worker may be on its way"
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    assert progress(now(job)).lacks_worker
    jobs.mark_worker("w")
    assert is_worker_there()
    assert not progress(now(job)).lacks_worker
    WorkerMark.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
    assert progress(now(job)).lacks_worker
    WorkerMark.objects.all().delete()
    work()
    assert not WorkerMark.objects.exists()


def test_a_worker_says_that_it_lives_while_it_is_at_a_task(cast: Cast) -> None:
    seen = []
    job = ready(cast)
    original = runner.run_slice

    def looking(*args: Any, **options: Any) -> str:
        seen.append(is_worker_there())
        return original(*args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner, "run_slice", looking)
        work()
    assert (seen, now(job).state) == ([True], "done")


def test_a_large_file_takes_no_more_memory_than_a_small_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "BATCH", 50)

    def peak(records: int) -> int:
        text = "متن خبر " * 500
        content = b"".join(json.dumps({"text": f"{records} {at} {text}"}).encode() + b"\n" for at in range(records))
        job = ready(cast, content)
        del content
        tracemalloc.start()
        runner.run_slice(job.pk, leave=lambda: False)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert now(job).count("stored") == records
        return most

    small = peak(100)
    assert peak(1000) < 1.5 * small


def test_uploaded_files_go_with_their_project(cast: Cast) -> None:
    name = ready(cast).files.get().file.name
    assert default_storage.exists(name)
    Project.objects.get(pk=cast.project.pk).delete()
    assert not default_storage.exists(name)


def test_a_job_of_a_kind_that_is_no_more_ends_with_the_reason_and_its_pages_stand(cast: Cast, client: Client) -> None:
    job = ready(cast)
    Job.objects.filter(pk=job.pk).update(kind="forgotten")
    work()
    assert (now(job).state, now(job).error) == ("failed", {"kind": "forgotten"})
    client.force_login(cast.manager)
    for address in ("/jobs/", f"/jobs/{job.pk}/", "/api/v1/jobs/", f"/api/v1/jobs/{job.pk}/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "forgotten" in page.content.decode()

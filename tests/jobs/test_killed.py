"""A worker is killed with SIGKILL in mid-import, again and again: is each record stored exactly once in the end?"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files import File

from annotations.actions import import_jobs
from annotations.actions.steps import is_any_missing
from annotations.jobs import analyses, runner
from annotations.models import Analysis, AnnotationSet, Article, Job, ProjectArticle, Revision, SearchText, Span
from annotations.text.analysed import analysed
from tests.factories import Cast, make_article, make_cast
from tests.service import database_url

pytestmark = [
    pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_without_analyses"), pytest.mark.long,
]  # fmt: skip
ROOT = Path(__file__).resolve().parent.parent.parent
RECORDS = 240
CHUNK = 8


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def lines(number: int) -> Iterator[bytes]:
    for at in range(number):
        text = f"تهران، خبر شمارهٔ {at} 👩‍👩‍👧‍👦"
        span = {"label": "LOC", "ranges": [[0, 5]], "quote": "تهران"}
        yield json.dumps({"text": text, "annotation_sets": [{"kind": "imported", "spans": [span]}]}).encode() + b"\n"
        if at % 10 == 3:
            yield b"no record\n"


def begun(cast: Cast) -> Job:
    job = import_jobs.draft_import(cast.project, by=cast.manager)
    import_jobs.add_upload(job, File(BytesIO(b"".join(lines(RECORDS)))), name="a.jsonl")
    import_jobs.confirm(job, params={}, total=None)
    runner.start(job)
    return job


def run_dying(job: Job, kills: list[int]) -> list[str]:
    """Lets workers die at these statements, and then one finish; returns what was said of the dead."""
    return run("tests.jobs.dying", str(job.pk), str(CHUNK), ",".join(map(str, kills)))


def run(program: str, *arguments: str) -> list[str]:
    """Runs one of the programs beside this file on the test database; returns the lines it printed."""
    environment = os.environ | {"DATABASE_URL": database_url()}
    command = [sys.executable, "-m", program, *arguments]
    answer = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout.splitlines()


@pytest.mark.parametrize("seed", [1, 2])
def test_each_record_is_stored_once_however_often_the_worker_is_killed(cast: Cast, seed: int) -> None:
    job = begun(cast)
    dice = random.Random(seed)
    # In the middle of a chunk, and some chunks later: three deaths over one chunk would be the chunk's own fault.
    kills = [dice.randint(*bounds) for _ in range(5) for bounds in ((2, 24), (30, 80))]
    dead = run_dying(job, kills)
    job.refresh_from_db()
    assert len(dead) == len(kills), dead
    assert (job.state, job.done, job.total) == ("done", job.total, job.total)
    assert {name: job.count(name) for name in ("stored", "skipped", "failed", "records", "spans")} == {
        "stored": RECORDS, "skipped": 0, "failed": RECORDS // 10, "records": RECORDS + RECORDS // 10, "spans": RECORDS,
    }  # fmt: skip
    texts = list(Article.objects.values_list("text", flat=True))
    assert len(texts) == len(set(texts)) == ProjectArticle.objects.count() == RECORDS
    assert AnnotationSet.objects.count() == Span.objects.count() == Revision.objects.count() == RECORDS
    places = list(job.problems.values_list("place", flat=True))
    assert places == sorted(set(places)), "each problem is told once, in the order of the file"
    assert len(places) == RECORDS // 10


def test_a_chunk_that_kills_every_worker_ends_the_job_with_a_reason(cast: Cast) -> None:
    job = begun(cast)
    dead = run_dying(job, [6, 6, 6])
    job.refresh_from_db()
    assert len(dead) == 3
    assert (job.state, job.error) == ("failed", {"attempts": 3})
    assert Article.objects.count() == job.count("stored")


def test_a_worker_told_to_end_stops_cleanly_after_its_chunk_and_the_next_goes_on(cast: Cast) -> None:
    job = begun(cast)
    ended = run_dying(job, [-30, -40])
    job.refresh_from_db()
    assert [line.rpartition(" ")[2] for line in ended] == ["waiting", "waiting"]
    assert (job.state, Article.objects.count(), job.count("skipped")) == ("done", RECORDS, 0)


def test_every_text_is_analysed_once_and_whole_however_often_the_workers_are_killed(cast: Cast) -> None:
    texts = [f"رسانههای تهران، خبر شمارهٔ {number}" for number in range(40)]
    for text in texts:
        make_article(cast.project, text)
    SearchText.objects.all().delete()
    analyses.queue_missing()
    dice = random.Random(3)
    kills = [dice.randint(20, 150) for _ in range(9)]
    assert int(run("tests.jobs.dying_lanes", ",".join(map(str, kills)))[-1]) >= 5
    assert not is_any_missing()
    made = dict(Analysis.objects.values_list("text_sha256", "normalised"))
    assert len(made) == Analysis.objects.count() == len(texts)
    assert all(made[article.text_sha256] == analysed(article.text).view.text for article in Article.objects.all())

"""The import from the command line is a job, too: seen in the browser, interrupted, resumed, told of its format."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotations.actions import imports, jobs
from annotations.jobs import runner
from annotations.models import Article, Job, Span
from tests.factories import Cast, make_cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_without_analyses")]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(imports, "BATCH", 3)
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"خبر {at}"}) + "\n" for at in range(10)), encoding="utf-8")
    return path


def interrupted(file: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    """An import that Ctrl-C ended in its second chunk."""
    stored: list[int] = []

    def keep(job: Job, step: jobs.Step) -> None:
        stored.append(step.done)
        if len(stored) == 2:
            raise KeyboardInterrupt
        original(job, step)

    original = jobs.keep
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "keep", keep)
        with pytest.raises(CommandError, match=r"--resume \d+") as ended:
            call_command("import_articles", "test", str(file))
    assert ended.value.returncode == 130
    return Job.objects.get()


def test_an_import_is_a_job_that_the_project_s_managers_see(cast: Cast, file: Path) -> None:
    call_command("import_articles", "test", str(file), by="manager", stdout=StringIO())
    job = Job.objects.get()
    assert (job.state, job.by, job.project, job.count("stored")) == ("done", cast.manager, cast.project, 10)
    assert (job.done, job.total) == (file.stat().st_size, file.stat().st_size)


def test_ctrl_c_leaves_whole_chunks_and_resume_goes_on(cast: Cast, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = interrupted(file, monkeypatch)
    assert (job.state, Article.objects.count()) == ("interrupted", 3)
    runner.look_after()
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
    assert Article.objects.count() == 3, "what a person runs by hand is theirs to take up again"
    said = StringIO()
    call_command("import_articles", resume=job.pk, stdout=said)
    assert "10 stored, 0 there already, 0 failed" in said.getvalue()
    assert Article.objects.count() == 10
    with pytest.raises(CommandError, match="is done"):
        call_command("import_articles", resume=job.pk)


def test_a_worker_goes_on_with_it_when_asked_to(cast: Cast, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = interrupted(file, monkeypatch)
    runner.resume(job)
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
    assert (Job.objects.get().state, Article.objects.count()) == ("done", 10)


def test_a_file_that_has_changed_meanwhile_is_not_gone_on_with(
    cast: Cast, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = interrupted(file, monkeypatch)
    file.write_text('{"text": "دیگر"}\n' * 4, encoding="utf-8")
    with pytest.raises(CommandError, match="has changed"):
        call_command("import_articles", resume=job.pk, stdout=StringIO())
    file.unlink()
    with pytest.raises(CommandError, match="can't be read"):
        call_command("import_articles", resume=job.pk, stdout=StringIO())
    assert Article.objects.count() == 3


def test_an_option_that_the_format_does_not_have_is_refused_before_anything_begins(cast: Cast, file: Path) -> None:
    with pytest.raises(CommandError, match="nothing that the format jsonl can be told"):
        call_command("import_articles", "test", str(file), option=["colour=red"])
    assert not Job.objects.exists()


def test_the_last_file_is_looked_at_before_the_first_is_imported(cast: Cast, file: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_articles", "test", str(file), str(file.parent / "missing.txt"))
    assert not Article.objects.exists()


def test_each_failed_record_is_told_with_its_file_and_line(cast: Cast, tmp_path: Path, file: Path) -> None:
    bad = tmp_path / "b.jsonl"
    bad.write_text('{"text": "خوب"}\n' + "بد\n" * 5, encoding="utf-8")
    said: Any = StringIO()
    with pytest.raises(CommandError, match="5 records"):
        call_command("import_articles", "test", str(file), str(bad), stderr=said, stdout=StringIO())
    assert [line.split(": ")[0] for line in said.getvalue().splitlines()] == [f"{bad}:{at}" for at in range(2, 7)]


def test_labels_become_the_projects_or_are_made_or_left_out_as_is_said(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    records = [{"text": f"علی {at} آمد", "label": [[0, 3, "کس"], [4, 5, "شمار"], [6, 9, "فعل"]]} for at in range(2)]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    with pytest.raises(CommandError, match=r"«کس=کسی».*\+claim"):
        call_command("import_articles", "test", str(path), map=["کس=کسی"])
    call_command("import_articles", "test", str(path), map=["کس=PER", "شمار=+claim", "فعل=-"], stdout=StringIO())
    assert list(Span.objects.order_by("id").values_list("label__key", "label__kind")) == [
        ("PER", "entity"), ("claim", "claim"), ("PER", "entity"), ("claim", "claim"),
    ]  # fmt: skip

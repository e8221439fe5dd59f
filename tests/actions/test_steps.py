"""Is what is worked out behind the imports made step by step, by the worker or the command, and found missing again?"""

from collections.abc import Sequence

import pytest
from django.core.management import CommandError, call_command
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from annotations.actions import search
from annotations.actions.imports import import_drafts
from annotations.actions.steps import is_any_missing, steps
from annotations.jobs import analyses as jobs
from annotations.models import Analysis, Article, SearchText
from annotations.queries.indexed import count_unindexed, unindexed
from annotations.queries.search import matching
from annotations.records import Draft
from annotations.text.analysed import analysed
from annotations.text.query import parse
from tests.factories import Cast, make_article, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(jobs, "normaliser", analysed)
    return make_cast()


def bring_in(cast: Cast, count: int) -> Sequence[int]:
    """Imports so many articles at once."""
    drafts = ((number, Draft(text=f"خبر شمارهٔ {number}")) for number in range(count))
    return import_drafts(cast.project, drafts, by=None).article_ids


def found() -> int:
    return len(matching(parse("خبر"), Article.objects.all(), limit=1000))


def test_a_small_import_is_found_with_it_and_a_large_one_after_the_worker(cast: Cast) -> None:
    bring_in(cast, search.AT_ONCE)
    assert (found(), count_unindexed()) == (search.AT_ONCE, 0)
    SearchText.objects.all().delete()
    assert found() == 0
    ids = [make_article(cast.project, f"خبر {number}").pk for number in range(3)]
    assert found() == len(ids)
    assert (count_unindexed(), jobs.is_at_work()) == (search.AT_ONCE, True)
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
    assert (found(), count_unindexed(), is_any_missing(), jobs.is_at_work()) == (search.AT_ONCE + 3, 0, False, False)


def test_an_import_of_many_leaves_them_to_the_worker(cast: Cast) -> None:
    bring_in(cast, search.AT_ONCE + 1)
    assert (found(), count_unindexed()) == (0, search.AT_ONCE + 1)


def test_a_slice_goes_on_in_the_step_it_left(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(cast, search.AT_ONCE + 30)
    monkeypatch.setattr(jobs, "SLICE_SECONDS", -1.0)
    jobs.analyse_missing.call(0, "index", 0, 1)
    assert SearchText.objects.count() == 50
    (task,) = DBTaskResult.objects.filter(status=TaskResultStatus.READY, args_kwargs__args__1="index")
    assert task.args_kwargs["args"] == [SearchText.objects.order_by("-pk").first().pk, "index", 0, 1, True]
    jobs.analyse_missing.call(*task.args_kwargs["args"])
    assert SearchText.objects.count() == search.AT_ONCE + 30
    assert Analysis.objects.count() == 0


def test_a_step_that_another_version_had_begins_at_the_first(cast: Cast) -> None:
    bring_in(cast, search.AT_ONCE + 1)
    jobs.analyse_missing.call(0, "what another version did")
    assert list(unindexed()) == []


def test_the_command_makes_what_is_missing_and_the_doctor_compares(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    bring_in(cast, search.AT_ONCE + 1)
    call_command("analyse")
    assert f"{search.AT_ONCE + 1} indexed" in capsys.readouterr().out
    call_command("doctor")
    SearchText.objects.filter(pk=Article.objects.first().pk).update(words="چیز دیگر ¦ چیز دیگر")
    with pytest.raises(CommandError, match="1 problems"):
        call_command("doctor")
    assert "searchable words" in capsys.readouterr().err


def test_steps_have_names_of_their_own() -> None:
    names = [step.name for step in steps()]
    assert len(set(names)) == len(names)

"""Time on task: a visit only grows, whoever says it how often, and counts for the person who made it."""

import random
import uuid
from typing import Any

import pytest
from django.test import Client

from annotations.actions.visits import report_visit
from annotations.models import AnnotationSet, User, Visit
from annotations.queries.project import people_of
from annotations.queries.visits import seconds_on
from tests.factories import Cast, make_cast, make_set, make_user

VISIT = "8c5cbd3a-8a0c-4b58-9a4e-0d6f4a1f6f10"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    return make_set(cast)


def say(user: User, work: AnnotationSet, **said: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.post(f"/api/v1/annotation-sets/{work.pk}/time/", said, content_type="application/json")


def test_a_report_that_comes_twice_late_or_after_a_later_one_counts_once(cast: Cast, work: AnnotationSet) -> None:
    for seconds in (30, 90, 90, 30, 60):
        assert say(cast.annotator, work, visit=VISIT, seconds=seconds).status_code == 200
    assert say(cast.annotator, work, visit=str(uuid.uuid4()), seconds=5).json() == {"seconds": 95}
    assert Visit.objects.count() == 2


def test_the_sum_is_that_of_the_longest_reports_in_any_order(cast: Cast, work: AnnotationSet) -> None:
    dice = random.Random(3)
    for _ in range(40):
        Visit.objects.all().delete()
        reports = [(dice.randrange(4), dice.randrange(1, 600)) for _ in range(12)]
        for visit, seconds in reports:
            report_visit(work, by=cast.annotator, uid=str(uuid.UUID(int=visit)), seconds=seconds)
        assert seconds_on(work, of=cast.annotator) == sum(dict(sorted(reports)).values())


def test_a_visit_of_somebody_else_s_stays_as_it_is(cast: Cast, work: AnnotationSet) -> None:
    say(cast.annotator, work, visit=VISIT, seconds=30)
    assert say(cast.reviewer, work, visit=VISIT, seconds=600).json() == {"seconds": 0}
    assert seconds_on(work, of=cast.annotator) == 30


@pytest.mark.parametrize(
    "said", [{}, {"visit": VISIT}, {"visit": "x", "seconds": 3}, {"visit": VISIT, "seconds": 0},
             {"visit": VISIT, "seconds": 86_401}, {"visit": VISIT, "seconds": "many"}],
)  # fmt: skip
def test_what_is_no_visit_is_refused_and_nothing_is_written(
    cast: Cast, work: AnnotationSet, said: dict[str, Any]
) -> None:
    assert say(cast.annotator, work, **said).status_code == 422
    assert not Visit.objects.exists()


def test_managers_read_it_by_set_and_by_person(cast: Cast, work: AnnotationSet, django_assert_num_queries: Any) -> None:
    report_visit(work, by=cast.annotator, uid=VISIT, seconds=3700)
    report_visit(work, by=cast.reviewer, uid=str(uuid.uuid4()), seconds=40)
    client = Client()
    client.force_login(cast.manager)
    [row] = client.get("/api/v1/annotation-sets/").json()["results"]
    assert row["seconds"] == 3700  # the annotator's, not the reviewer's
    with django_assert_num_queries(2):
        seconds = {person.member.user.username: person.seconds for person in people_of(cast.project)}
    assert (seconds["annotator"], seconds["annotator2"], seconds["reviewer"]) == (3700, 0, 40)
    assert "۱ ساعت و ۱ دقیقه" in client.get("/projects/test/").content.decode()
    client.force_login(make_user("late", is_superuser=True, language="en"))
    assert client.get("/api/v1/annotation-sets/").json()["results"][0]["seconds"] == 3700


def test_a_report_that_overtakes_the_deletion_of_its_set_is_told_so(
    cast: Cast, work: AnnotationSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after_the_deletion(found: AnnotationSet, **said: Any) -> None:
        AnnotationSet.objects.filter(pk=found.pk).delete()
        report_visit(found, **said)

    monkeypatch.setattr("annotations.api.visits.report_visit", after_the_deletion)
    assert say(cast.annotator, work, visit=VISIT, seconds=30).status_code == 404
    assert not Visit.objects.exists()

"""Does a dashboard count what is there, once, for those it is for, and within its filter?"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.errors import NewsroomError
from annotations.models import AgreementReport, GuidelineVersion, Project, User
from annotations.queries.dashboard import Scope, scope_from
from annotations.queries.dashboard_activity import latest
from annotations.queries.dashboard_corpus import load_corpus
from annotations.queries.dashboard_figures import PLAIN, Figures
from annotations.queries.dashboard_people import Minutes, load_people, load_times, minutes_of
from annotations.queries.dashboard_progress import Stage, burn_up, load_progress, week_of, weekly_pace
from annotations.queries.forecast import Outlook
from annotations.queries.own_pace import load_own_pace
from annotations.queries.trend import load_trend, month_before
from tests.factories import Cast, make_cast
from tests.work import NOON, article_of, gold_of, span_of, work_of

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    cast.project.overlap = 2
    cast.project.created_at = NOON - timedelta(days=30)
    cast.project.save()
    return cast


def scope(cast: Cast, by: User | None = None, **parameters: str) -> Scope:
    return scope_from(parameters, project=cast.project, by=by or cast.manager)


def read_by_both(cast: Cast, status: str, *, days_ago: float = 0, minutes: float = 0, source: str = "") -> object:
    article = article_of(cast.project, source=source)
    for person in (cast.annotator, cast.annotator2):
        work_of(cast.project, person, article, status, days_ago=days_ago, minutes=minutes)
    return article


def one_of_each_stage(cast: Cast) -> None:
    gold_of(cast.project, read_by_both(cast, "adjudicated", days_ago=9), by=cast.reviewer, days_ago=8)
    read_by_both(cast, "submitted", days_ago=3)
    half = article_of(cast.project)
    work_of(cast.project, cast.annotator, half, "submitted", days_ago=2)
    work_of(cast.project, cast.annotator2, half, "assigned")
    work_of(cast.project, cast.annotator, article_of(cast.project), "assigned")
    back = article_of(cast.project)
    work_of(cast.project, cast.annotator, back, "given_back")


def test_each_article_stands_at_its_furthest_stage_once(cast: Cast) -> None:
    one_of_each_stage(cast)
    found = load_progress(scope(cast))
    assert found.stages == dict.fromkeys(Stage, 1)
    assert found.golden == {TODAY - timedelta(days=8): 1}
    assert found.handed_in == {TODAY - timedelta(days=9): 1, TODAY - timedelta(days=3): 1}


def test_of_one_person_only_their_own_sets_count_and_a_gold_article_they_have_not_handed_in_is_not_theirs(
    cast: Cast,
) -> None:
    one_of_each_stage(cast)
    made_without_them = article_of(cast.project)
    gold_of(cast.project, made_without_them, by=cast.reviewer)
    work_of(cast.project, cast.annotator, made_without_them, "in_progress")
    expected = {Stage.GOLD: 1, Stage.REVIEW: 2, Stage.ASSIGNED: 1, Stage.IN_HAND: 1}
    assert load_progress(scope(cast, annotator="p-annotator")).stages == expected
    assert load_progress(scope(cast, by=cast.annotator)).stages == expected


def test_gold_that_was_imported_counts_though_nobody_annotated_it(cast: Cast) -> None:
    gold_of(cast.project, article_of(cast.project), by=cast.reviewer)
    article_of(cast.project)
    assert load_progress(scope(cast)).stages == {Stage.GOLD: 1, Stage.FREE: 1}


def test_where_each_article_is_read_once_an_accepted_set_is_gold(cast: Cast) -> None:
    Project.objects.update(overlap=1)
    cast.project.refresh_from_db()
    work_of(cast.project, cast.annotator, article_of(cast.project), "accepted", days_ago=1)
    work_of(cast.project, cast.annotator, article_of(cast.project), "submitted")
    found = load_progress(scope(cast))
    assert (found.stages[Stage.GOLD], found.stages[Stage.REVIEW]) == (1, 1)
    assert found.golden == {TODAY - timedelta(days=1): 1}


def test_an_outlet_narrows_everything(cast: Cast) -> None:
    gold_of(cast.project, read_by_both(cast, "adjudicated", source="ایسنا"), by=cast.reviewer)
    read_by_both(cast, "submitted", source="مهر")
    article_of(cast.project, source="ایسنا")
    assert load_progress(scope(cast, source="ایسنا")).stages == {Stage.GOLD: 1, Stage.FREE: 1}
    assert load_progress(scope(cast, source="نیست")).total == 0
    assert load_times(scope(cast, source="مهر")).all == Minutes()


def test_the_lines_sum_up_day_by_day_and_the_deadline_or_the_forecast_ends_them(cast: Cast) -> None:
    cast.project.deadline = TODAY + timedelta(days=5)
    for days in (9, 9, 2):
        gold_of(cast.project, read_by_both(cast, "adjudicated", days_ago=days), by=cast.reviewer, days_ago=days)
    for _ in range(7):
        article_of(cast.project)
    line = burn_up(scope(cast), load_progress(scope(cast)), today=TODAY)
    assert (line.days[0], line.days[-1], len(line.days)) == (TODAY - timedelta(days=30), TODAY, 31)
    assert line.gold[-11:] == [0, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3]
    assert line.forecast.outlook == Outlook.EXPECTED
    assert line.forecast.day == TODAY + timedelta(days=24)  # 3 in ten days, seven to come
    assert line.ends == line.forecast.day
    narrow = scope(cast, since=str(TODAY - timedelta(days=8)), until=str(TODAY - timedelta(days=1)))
    part = burn_up(narrow, load_progress(narrow), today=TODAY)
    assert (part.days[0], part.ends, part.gold[0], part.gold[-1]) == (
        TODAY - timedelta(days=8), TODAY - timedelta(days=1), 2, 3,
    )  # fmt: skip


def test_weeks_begin_on_saturday_and_the_empty_ones_between_are_there(cast: Cast) -> None:
    assert week_of(date(2026, 11, 28)) == date(2026, 11, 28)  # شنبه
    assert week_of(date(2026, 11, 27)) == date(2026, 11, 21)
    for days in (20, 1, 0):
        gold_of(cast.project, read_by_both(cast, "adjudicated", days_ago=days), by=cast.reviewer, days_ago=days)
    weeks = weekly_pace(scope(cast), load_progress(scope(cast)), today=TODAY)
    assert [(week.begins.isoformat(), week.count) for week in weeks] == [
        ("2026-10-31", 1), ("2026-11-07", 0), ("2026-11-14", 0), ("2026-11-21", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ([], Minutes()),
        ([90], Minutes(median=1.5, low=1.5, high=1.5, articles=1)),
        ([60, 120, 180, 240, 300], Minutes(median=3, low=2, high=4, articles=5)),
    ],
)
def test_minutes_are_median_and_quartiles(seconds: list[int], expected: Minutes) -> None:
    assert minutes_of(seconds) == expected


def test_time_is_that_of_the_sets_own_annotator_on_work_handed_in_within_the_period(cast: Cast) -> None:
    read_by_both(cast, "submitted", minutes=10, days_ago=40)
    article = read_by_both(cast, "submitted", minutes=4, days_ago=1)
    work_of(cast.project, cast.annotator, article_of(cast.project), "in_progress", minutes=50)
    of_both = article.annotation_sets.get(annotator=cast.annotator)
    of_both.visits.create(uid="00000000-0000-0000-0000-00000000000a", user=cast.reviewer, seconds=3600)
    assert load_times(scope(cast)).all == Minutes(median=7, low=4, high=10, articles=4)
    since = str(TODAY - timedelta(days=7))
    assert load_times(scope(cast, since=since)).people["p-annotator"] == Minutes(median=4, low=4, high=4, articles=1)


def test_people_have_their_stages_their_f1_of_the_last_measuring_and_only_themselves_to_see(cast: Cast) -> None:
    one_of_each_stage(cast)
    rows = [
        {"person": "p-annotator", "source": source, "articles": 1, "matched": matched, "spans": 4, "gold": 4}
        for source, matched in (("ایسنا", 4), ("", 2))
    ]
    AgreementReport.objects.create(project=cast.project, made_at=NOON, fingerprint="1", result={"gold": rows})
    first, second = load_people(scope(cast), load_times(scope(cast)))
    assert (first.pseudonym, first.f1, first.compared) == ("p-annotator", 0.75, 2)
    assert first.stages == {Stage.GOLD: 1, Stage.REVIEW: 2, Stage.ASSIGNED: 1}
    assert (second.pseudonym, second.f1, second.stages[Stage.ASSIGNED]) == ("p-annotator2", None, 1)
    own = load_people(scope(cast, by=cast.annotator2), load_times(scope(cast, by=cast.annotator2)))
    assert [one.pseudonym for one in own] == ["p-annotator2"]


def test_a_manager_reads_names_and_a_reviewer_pseudonyms(cast: Cast) -> None:
    cast.project.memberships.filter(user=cast.annotator).update(pseudonym="p-annotator")
    read_by_both(cast, "submitted")
    times = load_times(scope(cast))
    by_manager = {one.pseudonym: one.name for one in load_people(scope(cast), times)}
    by_reviewer = {one.pseudonym: one.name for one in load_people(scope(cast, by=cast.reviewer), times)}
    assert by_manager["p-annotator"] == "annotator"
    assert by_reviewer["p-annotator"] == "p-annotator"


def test_what_is_said_counts_gold_where_there_is_some_and_everybodys_before(cast: Cast) -> None:
    article = read_by_both(cast, "submitted")
    for work in article.annotation_sets.all():
        span_of(work, 0, 3)
    before = load_corpus(scope(cast))
    assert (before.whose, before.sets, before.spans) == ("everyone", 2, 2)
    gold = gold_of(cast.project, article, by=cast.reviewer)
    span_of(gold, 0, 3)
    span_of(gold, 0, 30, "CLAIM")
    after = load_corpus(scope(cast))
    assert (after.whose, after.sets, after.spans, after.kinds) == ("gold", 1, 2, {"entity": 1, "claim": 1})
    one = load_corpus(scope(cast, annotator="p-annotator"))
    assert (one.whose, one.sets, one.spans) == ("everyone", 1, 1)
    own = load_corpus(scope(cast, by=cast.annotator))
    assert (own.whose, own.sets, own.spans) == ("own", 1, 1)


def test_alike_acts_of_a_person_on_a_day_are_one_line_and_annotators_see_their_own(cast: Cast) -> None:
    for days in (0, 0, 1):
        gold_of(cast.project, read_by_both(cast, "adjudicated"), by=cast.reviewer, days_ago=days)
    GuidelineVersion.objects.update(published_at=NOON - timedelta(days=4))
    GuidelineVersion.objects.create(project=cast.project, number=2, published_at=NOON - timedelta(days=3))
    found = [(event.what, event.count) for event in latest(scope(cast))]
    assert found == [("finish", 2), ("finish", 1), ("guideline", 2), ("guideline", 1)]
    assert latest(scope(cast, by=cast.annotator)) == []


def report(cast: Cast, days_ago: int, alpha: float | None, *, articles: int = 12) -> None:
    figure = {"value": alpha, "low": alpha, "high": alpha}
    found = {"articles": articles, "alpha": {"entity": {"value": None, "low": None, "high": None}, "cue": figure}}
    found |= dict.fromkeys(("exact", "partial", "relations"), figure)
    AgreementReport.objects.create(
        project=cast.project, made_at=NOON - timedelta(days=days_ago), fingerprint="x", result=found
    )


def test_agreement_over_time_has_one_point_a_day_and_the_versions_after_the_first(cast: Cast) -> None:
    for days, alpha in ((45, 0.5), (31, 0.6), (31, 0.61), (10, 0.7), (0, 0.8)):
        report(cast, days, alpha)
    report(cast, 5, 0.1, articles=0)
    for number, days in ((1, 60), (2, 20)):
        published = {"published_at": NOON - timedelta(days=days)}
        GuidelineVersion.objects.update_or_create(project=cast.project, number=number, defaults=published)
    trend = load_trend(cast.project)
    assert [(point.kind, point.alpha["value"]) for point in trend.points] == [
        ("cue", 0.5), ("cue", 0.61), ("cue", 0.7), ("cue", 0.8),
    ]  # fmt: skip
    assert trend.versions == [(2, TODAY - timedelta(days=20))]
    assert month_before(trend).alpha["value"] == 0.61
    assert len(load_trend(cast.project, since=TODAY - timedelta(days=12)).points) == 2
    assert month_before(load_trend(cast.project, since=TODAY - timedelta(days=12))) is None


def test_a_persons_last_weeks_are_theirs_alone(cast: Cast) -> None:
    read_by_both(cast, "submitted", days_ago=0, minutes=6)
    read_by_both(cast, "submitted", days_ago=9, minutes=2)
    read_by_both(cast, "submitted", days_ago=70)
    found = load_own_pace(cast.annotator, today=TODAY)
    assert ([week.count for week in found.weeks], found.total) == ([0, 0, 0, 0, 0, 0, 1, 1], 2)
    assert (found.minutes.median, [one.slug for one in found.projects]) == (4, ["test"])
    assert load_own_pace(cast.manager, today=TODAY) is None
    cast.project.memberships.filter(user=cast.annotator).delete()
    assert load_own_pace(cast.annotator, today=TODAY) is None


@pytest.mark.parametrize("wrong", [{"days": "8"}, {"days": "-7"}, {"since": "دیروز"}, {"until": "1402/13/01"}])
def test_a_filter_that_means_nothing_is_refused(cast: Cast, wrong: dict[str, str]) -> None:
    with pytest.raises(NewsroomError):
        scope(cast, **wrong)


def test_an_annotators_filter_for_somebody_else_is_not_heard(cast: Cast) -> None:
    read_by_both(cast, "submitted")
    found = scope(cast, by=cast.annotator, annotator="p-annotator2")
    assert set(found.work().values_list("pseudonym", flat=True)) == {"p-annotator"}


def count_of(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


@pytest.mark.parametrize("part", PLAIN)
def test_a_part_takes_as_many_queries_for_much_as_for_little(cast: Cast, part: str) -> None:
    def read() -> int:
        return count_of(lambda: PLAIN[part](Figures(scope(cast))))

    def more(days: int) -> None:
        article = read_by_both(cast, "adjudicated", days_ago=days, minutes=3)
        gold = gold_of(cast.project, article, by=cast.reviewer, days_ago=days)
        span_of(gold, 0, 3)
        report(cast, days, 0.7)

    more(1)
    little = read()
    for days in range(2, 12):
        more(days)
    assert read() == little <= 13

"""Who is told what: returned and accepted work, work given, mentions, answers, jobs that ended."""

from typing import Any

import pytest

from annotations.actions import jobs
from annotations.actions.assignments import assign, open_own_set
from annotations.actions.comments import rewrite_comment, write_comment
from annotations.actions.import_jobs import draft_import
from annotations.actions.members import change_role, remove_person
from annotations.actions.notices import mark_read
from annotations.actions.transitions import NoteNeeded, move
from annotations.models import AnnotationSet, Comment, Job, JobState, Membership, Notification, Role, User
from annotations.policy import own_notifications
from annotations.queries.mentions import addressees
from annotations.queries.notifications import actor_name, notifications_page, unread_count
from tests.factories import Cast, make_article, make_cast, make_set, uid

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    return make_set(cast)


def told(user: User) -> list[str]:
    return list(own_notifications(user).order_by("id").values_list("kind", flat=True))


def say(work: AnnotationSet, text: str, *, by: User, parent: Comment | None = None) -> Comment:
    return write_comment(work, by=by, uid=uid(), text=text, parent=parent.uid if parent else None)[0]


def test_an_annotator_is_told_of_returned_and_accepted_work_with_the_note(cast: Cast, work: AnnotationSet) -> None:
    move(work, "submit", by=cast.annotator)
    move(work, "return", by=cast.reviewer, note="مرز را ببین")
    move(work, "submit", by=cast.annotator)
    move(work, "accept", by=cast.reviewer)
    assert told(cast.annotator) == ["returned", "accepted"]
    first = Notification.objects.earliest("id")
    assert (first.annotation_set, first.actor, first.data) == (work, cast.reviewer, {"note": "مرز را ببین"})
    assert Notification.objects.count() == 2


def test_the_place_of_a_pseudonym_among_those_who_can_be_called_tells_nothing(cast: Cast, work: AnnotationSet) -> None:
    User.objects.filter(pk=cast.annotator.pk).update(username="zeynab")
    names = [one.name for one in addressees(work, reader=cast.admin)]
    assert names == sorted([work.pseudonym, "manager", "reviewer"])


def test_what_did_not_happen_is_not_told(cast: Cast, work: AnnotationSet) -> None:
    move(work, "submit", by=cast.annotator)
    with pytest.raises(NoteNeeded):
        move(work, "return", by=cast.reviewer)
    assert not Notification.objects.exists()


def test_nobody_is_told_of_their_own_doing(cast: Cast) -> None:
    cast.project.reviewer_not_author = False
    cast.project.save()
    work = open_own_set(cast.project, make_article(cast.project), by=cast.reviewer)
    move(work, "submit", by=cast.reviewer)
    move(work, "accept", by=cast.reviewer)
    assert not Notification.objects.exists()


def test_work_that_somebody_else_gave_is_told_once(cast: Cast) -> None:
    cast.project.overlap = 2
    cast.project.save()
    article = make_article(cast.project)
    for _time in range(2):
        assign(cast.project, article, annotator=cast.annotator, by=cast.manager)
    open_own_set(cast.project, article, by=cast.annotator2)
    assert (told(cast.annotator), told(cast.annotator2)) == (["assigned"], [])


def test_a_mention_reaches_members_who_may_see_the_set(cast: Cast, work: AnnotationSet) -> None:
    say(work, "@reviewer و @manager. نظر؟ @annotator2 @outsider @annotator", by=cast.annotator)
    assert [told(user) for user in (cast.reviewer, cast.manager)] == [["mention"], ["mention"]]
    assert Notification.objects.count() == 2


def test_reviewers_call_the_annotator_by_pseudonym_alone(cast: Cast, work: AnnotationSet) -> None:
    say(work, f"@{work.pseudonym}: چرا؟", by=cast.reviewer)
    say(work, "@annotator چرا؟", by=cast.reviewer)
    assert told(cast.annotator) == ["mention"]


def test_words_that_are_changed_call_only_who_was_not_called_before(cast: Cast, work: AnnotationSet) -> None:
    comment = say(work, "@reviewer", by=cast.annotator)
    rewrite_comment(comment, by=cast.annotator, text="@reviewer @manager")
    assert (told(cast.reviewer), told(cast.manager)) == (["mention"], ["mention"])


def test_an_answer_is_told_to_all_who_spoke_in_the_thread_and_once_to_whom_it_calls(
    cast: Cast, work: AnnotationSet
) -> None:
    thread = say(work, "چرا؟", by=cast.reviewer)
    say(work, "زیرا", by=cast.annotator, parent=thread)
    say(work, "@reviewer نه", by=cast.manager, parent=thread)
    assert told(cast.reviewer) == ["answer", "mention"]
    assert told(cast.annotator) == ["answer"]
    assert told(cast.manager) == []


def test_a_comment_that_is_sent_twice_is_told_once(cast: Cast, work: AnnotationSet) -> None:
    for _time in range(2):
        write_comment(work, by=cast.annotator, uid="0" * 8 + "-0000-4000-8000-" + "0" * 12, text="@reviewer")
    assert told(cast.reviewer) == ["mention"]


def test_an_annotator_goes_by_the_pseudonym(cast: Cast, work: AnnotationSet) -> None:
    say(work, "@reviewer", by=cast.annotator)
    say(work, f"@{work.pseudonym}", by=cast.reviewer)
    assert actor_name(own_notifications(cast.reviewer).get()) == work.pseudonym
    assert actor_name(own_notifications(cast.annotator).get()) == "reviewer"


@pytest.mark.parametrize(("state", "kinds"), [("done", ["job"]), ("failed", ["job"]), ("cancelled", [])])
def test_who_started_a_job_hears_of_its_end(cast: Cast, state: str, kinds: list[str]) -> None:
    job = draft_import(cast.project, by=cast.manager)
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
    held = jobs.claim(job.pk)
    assert held is not None
    jobs.let_go(held, state)
    assert told(cast.manager) == kinds


def test_a_pause_of_a_job_is_no_end(cast: Cast) -> None:
    job = draft_import(cast.project, by=cast.manager)
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
    held = jobs.claim(job.pk)
    assert held is not None
    jobs.let_go(held, JobState.WAITING)
    assert told(cast.manager) == []


def test_who_may_not_see_the_work_any_more_is_told_no_more_of_it(cast: Cast, work: AnnotationSet) -> None:
    say(work, "@reviewer @manager", by=cast.annotator)
    membership = Membership.objects.select_related("user", "project").get(user=cast.reviewer)
    change_role(membership, role=Role.ANNOTATOR, by=cast.manager)
    assert not Notification.objects.filter(user=cast.reviewer).exists()
    change_role(membership, role=Role.MANAGER, by=cast.manager)
    remove_person(Membership.objects.select_related("user", "project").get(user=cast.manager), by=cast.reviewer)
    assert not Notification.objects.filter(user=cast.manager).exists()


def test_a_membership_that_ended_elsewhere_hides_what_was_told(cast: Cast, work: AnnotationSet) -> None:
    say(work, "@reviewer", by=cast.annotator)
    Membership.objects.filter(user=cast.reviewer).delete()
    assert (told(cast.reviewer), unread_count(cast.reviewer)) == ([], 0)


def test_reading_one_and_all(cast: Cast, work: AnnotationSet) -> None:
    for _time in range(3):
        say(work, "@reviewer @manager", by=cast.annotator)
    assert unread_count(cast.reviewer) == 3
    assert mark_read(cast.reviewer, pk=Notification.objects.filter(user=cast.manager).earliest("id").pk) == 0
    assert mark_read(cast.reviewer, pk=Notification.objects.filter(user=cast.reviewer).earliest("id").pk) == 1
    assert [row.read_at is None for row in notifications_page(cast.reviewer).rows] == [True, True, False]
    assert (mark_read(cast.reviewer), unread_count(cast.reviewer), unread_count(cast.manager)) == (2, 0, 3)


def test_the_bell_costs_one_query_and_the_list_two(cast: Cast, django_assert_num_queries: Any) -> None:
    for number in range(35):
        say(make_set(cast, f"خبر {number}\n\nمتن"), "@reviewer", by=cast.annotator)
    with django_assert_num_queries(1):
        assert unread_count(cast.reviewer) == 35
    with django_assert_num_queries(1):
        page = notifications_page(cast.reviewer)
        assert len({row.annotation_set.article.headline for row in page.rows if row.annotation_set}) == 30
    rest = notifications_page(cast.reviewer, before=page.older)
    assert (len(rest.rows), rest.older) == (5, None)

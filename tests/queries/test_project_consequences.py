"""What another setting would do, said before it holds, is what it then does."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from annotations import policy
from annotations.actions.assignments import assign
from annotations.actions.project_settings import change_settings, changes_of
from annotations.actions.transitions import move
from annotations.api.project_settings import SettingsSerializer
from annotations.forms.project_settings import SettingsForm
from annotations.models import AnnotationSet, Project, ProjectArticle, ProjectChange, QueueOrder, Role, Visit
from annotations.queries.project_consequences import consequences, free_slots, offered_orders
from annotations.templatetags.project_consequences import said
from tests.factories import Cast, make_article, make_cast, make_set, uid

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def effects(project: Project, **wanted: Any) -> dict[str, int]:
    return {one.key: one.n for one in consequences(project, changes_of(project, wanted))}


def test_more_annotators_an_article_are_so_many_new_slots(cast: Cast) -> None:
    make_set(cast)
    for number in range(3):
        make_article(cast.project, f"خبر {number}\n\nمتن")
    assert free_slots(cast.project, 1) == 3
    assert effects(cast.project, overlap=3) == {"slots_new": 8}
    change_settings(cast.project, by=cast.manager, overlap=3)
    assert free_slots(cast.project, cast.project.overlap) == 11


def test_what_a_newer_version_supersedes_has_no_slots_to_give(cast: Cast) -> None:
    old, new = make_article(cast.project, "خبر\n\nمتن"), make_article(cast.project, "خبر\n\nمتن درست")
    new.supersedes = old
    new.save()
    assert effects(cast.project, overlap=3) == {"slots_new": 2}


def test_fewer_annotators_an_article_take_no_work_away(cast: Cast) -> None:
    change_settings(cast.project, by=cast.manager, overlap=3)
    work = make_set(cast)
    assign(cast.project, work.article, annotator=cast.annotator2)
    make_article(cast.project, "خبر\n\nمتن")
    assert effects(cast.project, overlap=1) == {"slots_gone": 3, "over_full": 1}
    change_settings(cast.project, by=cast.manager, overlap=1)
    assert (AnnotationSet.objects.count(), free_slots(cast.project, 1)) == (2, 1)


def test_a_time_out_says_how_much_goes_back_at_once(cast: Cast) -> None:
    old, _new = make_set(cast), make_set(cast, "خبر\n\nمتن")
    AnnotationSet.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(hours=25))
    assert effects(cast.project, timeout_hours=24) == {"expires": 1}
    assert effects(cast.project, timeout_hours=26) == {"expires": 0}
    Visit.objects.create(annotation_set=old, user=cast.annotator2, uid=uid(), seconds=9)
    assert effects(cast.project, timeout_hours=24) == {"expires": 1}
    reading = Visit.objects.create(annotation_set=old, user=cast.annotator, uid=uid(), seconds=9)
    assert effects(cast.project, timeout_hours=24) == {"expires": 0}
    reading.delete()
    change_settings(cast.project, by=cast.manager, timeout_hours=24)
    assert effects(cast.project, timeout_hours=None) == {"never_expires": 2}


def test_keeping_authors_apart_says_what_nobody_can_judge_any_more(cast: Cast) -> None:
    change_settings(cast.project, by=cast.manager, reviewer_not_author=False)
    work = make_set(cast)
    move(work, "submit", by=cast.annotator)
    assert effects(cast.project, reviewer_not_author=True) == {"kept_apart": 0, "without_judge": 0}
    own = assign(cast.project, work.article, annotator=cast.reviewer)
    assert effects(cast.project, reviewer_not_author=True) == {"kept_apart": 1, "without_judge": 0}
    assign(cast.project, work.article, annotator=cast.manager)
    assert effects(cast.project, reviewer_not_author=True) == {"kept_apart": 1, "without_judge": 1}
    move(own, "skip", by=cast.reviewer, note="نمی‌دانم")
    assert effects(cast.project, reviewer_not_author=True) == {"kept_apart": 1, "without_judge": 0}


def test_each_policy_has_its_sentence_in_both_languages(cast: Cast) -> None:
    make_set(cast)
    ProjectArticle.objects.update(agreement=0.5)
    wanted = {
        "overlap": 2, "self_assign": False, "queue_order": "disagreement", "timeout_hours": 3, "blind": False,
        "reviewer_not_author": False, "deadline": "2020-01-01", "threshold": 0.4, "archived": True,
    }  # fmt: skip
    found = consequences(cast.project, changes_of(cast.project, wanted))
    assert {one.field for one in found} == set(wanted)
    for language in ("fa", "en"):
        with translation.override(language):
            sentences = [said(one) for one in found]
        assert all("{" not in sentence for sentence in sentences)
    assert {one.key for one in found} >= {"wait_for_work", "without_agreement", "deadline_past", "put_away", "too_low"}


def test_what_only_names_things_does_nothing(cast: Cast) -> None:
    assert effects(cast.project, title="نام دیگر", description="شرح") == {}


def test_a_change_is_written_down_with_what_stood_before(cast: Cast) -> None:
    assert change_settings(cast.project, by=cast.manager, overlap=1, blind=True) == {}
    assert not ProjectChange.objects.exists()
    change_settings(cast.project, by=cast.manager, overlap=4, archived=True)
    noted = ProjectChange.objects.get()
    assert noted.changes == {"overlap": [1, 4], "archived": [False, True]}
    assert (noted.by, noted.member) == (cast.manager, None)
    assert cast.project.archived_at is not None
    change_settings(cast.project, by=cast.manager, archived=False)
    assert cast.project.archived_at is None


def test_counting_costs_no_more_for_more_articles(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        make_set(cast, f"خبر {number}\n\nمتن")
    wanted = {"overlap": 2, "blind": False, "reviewer_not_author": False, "timeout_hours": 1, "archived": True}
    with django_assert_max_num_queries(12):
        effects(cast.project, **wanted)


def test_an_archived_project_begins_nothing_and_lets_work_be_finished(cast: Cast) -> None:
    work = make_set(cast)
    change_settings(cast.project, by=cast.manager, archived=True)
    assert not policy.can_annotate(cast.annotator2, cast.project)
    assert not policy.can_upload(cast.manager, cast.project)
    assert policy.can_manage(cast.manager, cast.project)
    assert policy.may_edit(cast.annotator, work)
    assert policy.role_in(cast.annotator, cast.project) == Role.ANNOTATOR
    move(work, "submit", by=cast.annotator)


def test_the_queue_is_not_offered_an_order_of_which_nothing_is_known(cast: Cast) -> None:
    make_article(cast.project)
    assert "uncertainty" not in offered_orders(cast.project)
    assert "uncertainty" not in dict(SettingsForm(instance=cast.project).fields["queue_order"].choices)
    asked = SettingsSerializer(cast.project, data={"queue_order": "uncertainty"}, partial=True)
    assert not asked.is_valid()
    ProjectArticle.objects.update(uncertainty=0.5)
    assert offered_orders(cast.project) == list(QueueOrder)
    assert SettingsForm(instance=cast.project).fields["queue_order"].choices[-1][0] == "uncertainty"

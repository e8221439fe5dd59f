"""Who joins, who leaves, and what becomes of their work, their pseudonym and the project's last manager."""

import threading

import pytest
from django.db import connection

from annotations.actions.members import (
    AlreadyMember,
    LastManager,
    NameTaken,
    PersonUnknown,
    add_person,
    change_role,
    create_person,
    remove_person,
)
from annotations.actions.transitions import move
from annotations.models import AnnotationSet, Membership, ProjectArticle, ProjectChange, Role, SetStatus, StatusChange
from tests.factories import Cast, make_cast, make_set, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def membership(cast: Cast, name: str) -> Membership:
    return Membership.objects.select_related("user", "project").get(project=cast.project, user__username=name)


def test_somebody_is_added_by_user_name_and_it_is_written_down(cast: Cast) -> None:
    joined = add_person(cast.project, name="outsider", role=Role.REVIEWER, by=cast.manager)
    assert (joined.user, joined.role) == (cast.outsider, Role.REVIEWER)
    assert joined.pseudonym.startswith("a-")
    noted = ProjectChange.objects.get(member=cast.outsider)
    assert (noted.changes, noted.by) == ({"role": [None, "reviewer"]}, cast.manager)


def test_nobody_is_added_twice_or_out_of_nothing(cast: Cast) -> None:
    make_user("closed", is_active=False)
    with pytest.raises(AlreadyMember):
        add_person(cast.project, name="annotator", role=Role.REVIEWER, by=cast.manager)
    for name in ("nobody", "closed", "Outsider"):
        with pytest.raises(PersonUnknown):
            add_person(cast.project, name=name, role=Role.REVIEWER, by=cast.manager)
    assert membership(cast, "annotator").role == Role.ANNOTATOR


def test_who_leaves_keeps_the_work_and_gives_back_what_was_open(cast: Cast) -> None:
    handed_in, open_work = make_set(cast), make_set(cast, "خبری دیگر\n\nمتن خبر")
    move(handed_in, "submit", by=cast.annotator)
    assert remove_person(membership(cast, "annotator"), by=cast.manager) == 1
    assert AnnotationSet.objects.get(pk=handed_in.pk).status == SetStatus.SUBMITTED
    assert AnnotationSet.objects.get(pk=open_work.pk).status == SetStatus.GIVEN_BACK
    assert ProjectArticle.objects.get(project=cast.project, article=open_work.article).taken == 0
    assert StatusChange.objects.filter(annotation_set=open_work).latest("id").transition == "take_away"
    assert not Membership.objects.filter(project=cast.project, user=cast.annotator).exists()


def test_who_comes_back_gets_the_pseudonym_of_their_work(cast: Cast) -> None:
    work = make_set(cast)
    remove_person(membership(cast, "annotator"), by=cast.manager)
    assert add_person(cast.project, name="annotator", role="annotator", by=cast.manager).pseudonym == work.pseudonym


def test_a_pseudonym_that_another_member_has_by_now_is_not_given_twice(cast: Cast) -> None:
    work = make_set(cast)
    remove_person(membership(cast, "annotator"), by=cast.manager)
    Membership.objects.filter(user=cast.annotator2).update(pseudonym=work.pseudonym)
    assert add_person(cast.project, name="annotator", role="annotator", by=cast.manager).pseudonym != work.pseudonym


def test_the_last_manager_neither_goes_nor_becomes_something_else(cast: Cast) -> None:
    for attempt in (
        lambda: remove_person(membership(cast, "manager"), by=cast.admin),
        lambda: change_role(membership(cast, "manager"), role=Role.REVIEWER, by=cast.admin),
    ):
        with pytest.raises(LastManager):
            attempt()
    change_role(membership(cast, "reviewer"), role=Role.MANAGER, by=cast.manager)
    remove_person(membership(cast, "manager"), by=cast.manager)
    assert [one.changes for one in ProjectChange.objects.order_by("id")] == [
        {"role": ["reviewer", "manager"]}, {"role": ["manager", None]},
    ]  # fmt: skip


def test_who_is_removed_twice_is_gone_the_second_time(cast: Cast) -> None:
    first, second = membership(cast, "annotator"), membership(cast, "annotator")
    remove_person(first, by=cast.manager)
    for attempt in (lambda: remove_person(second, by=cast.admin), lambda: change_role(second, role="x", by=cast.admin)):
        with pytest.raises(PersonUnknown):
            attempt()
    assert ProjectChange.objects.count() == 1


def test_a_manager_whose_account_is_closed_is_none(cast: Cast) -> None:
    cast.outsider.is_active = False
    cast.outsider.save()
    Membership.objects.create(project=cast.project, user=cast.outsider, role=Role.MANAGER, pseudonym="x")
    with pytest.raises(LastManager):
        remove_person(membership(cast, "manager"), by=cast.admin)


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_remove_each_other_leave_one(cast: Cast) -> None:
    change_role(membership(cast, "reviewer"), role=Role.MANAGER, by=cast.manager)
    together = threading.Barrier(2)
    outcomes: list[str] = []

    def remove(name: str) -> None:
        row = membership(cast, name)
        together.wait()
        try:
            remove_person(row, by=cast.admin)
            outcomes.append("gone")
        except LastManager:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=remove, args=[name]) for name in ("manager", "reviewer")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["gone", "refused"]
    assert Membership.objects.filter(project=cast.project, role=Role.MANAGER).count() == 1


def test_an_account_is_made_without_a_password_and_speaks_its_makers_language(cast: Cast) -> None:
    cast.manager.language = "en"
    joined = create_person(cast.project, name="نو", full_name="نیما رستمی", role=Role.ANNOTATOR, by=cast.manager)
    assert not joined.user.has_usable_password()
    wide = create_person(cast.project, name="ｎｉｍａ", full_name="", role=Role.ANNOTATOR, by=cast.manager)
    assert wide.user.username == "nima"
    assert (joined.user.first_name, joined.user.last_name, joined.user.language) == ("نیما", "رستمی", "en")
    with pytest.raises(NameTaken):
        create_person(cast.project, name="annotator", full_name="", role=Role.ANNOTATOR, by=cast.manager)
    assert membership(cast, "annotator").user == cast.annotator

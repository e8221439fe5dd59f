"""How does somebody join a project, get another role, or leave it? Each time it is written down."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db import IntegrityError
from django.db.models import QuerySet

from annotations.actions.notices import forget_unseen
from annotations.actions.projects import add_member
from annotations.actions.transitions import move
from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import AnnotationSet, Membership, Project, ProjectChange, Role, SetKind, User
from annotations.models.annotation_sets import OPEN_STATUSES
from annotations.models.fields import new_uid
from annotations.queries.members import is_last_manager


class PersonUnknown(NewsroomError):
    """Raised where nobody who can sign in has this user name."""

    def __init__(self, *, name: str) -> None:
        super().__init__(
            code="person_unknown",
            message=gettext_noop("There is no account with the user name «{name}»."),
            hint=gettext_noop("User names are case-sensitive; an admin can make accounts."),
            data={"name": name},
        )


class AlreadyMember(NewsroomError):
    """Raised where the person is in the project already."""

    def __init__(self, *, name: str) -> None:
        super().__init__(
            code="already_member",
            message=gettext_noop("«{name}» is in this project already."),
            hint=gettext_noop("Change their role in the list."),
            data={"name": name},
        )


class LastManager(NewsroomError):
    """Raised where nobody would be left to manage the project."""

    def __init__(self, *, name: str) -> None:
        super().__init__(
            code="last_manager",
            message=gettext_noop("«{name}» is the only manager of this project."),
            hint=gettext_noop("Make somebody else a manager first."),
            data={"name": name},
        )


class NameTaken(NewsroomError):
    """Raised where an account has this user name already."""

    def __init__(self, *, name: str) -> None:
        super().__init__(
            code="name_taken",
            message=gettext_noop("There is an account with the user name «{name}» already."),
            hint=gettext_noop("If that is this person, add them by it."),
            data={"name": name},
        )


def add_person(project: Project, *, name: str, role: str, by: User) -> Membership:
    """Makes an account, named by its user name, a member. Raises PersonUnknown or AlreadyMember."""
    name = User.normalize_username(name)
    with write_turn():
        _alone(project)
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            raise PersonUnknown(name=name)
        if project.memberships.filter(user=user).exists():
            raise AlreadyMember(name=name)
        return _joined(project, user, role=role, by=by)


def create_person(project: Project, *, name: str, full_name: str, role: str, by: User) -> Membership:
    """Makes an account without a password, whose person chooses one by a link, and a member of it. Raises NameTaken."""
    name = User.normalize_username(name)  # as it is read when somebody signs in
    first, _space, last = full_name.strip().rpartition(" ")
    user = User(username=name, first_name=first or last, last_name=last if first else "", language=by.language)
    user.set_unusable_password()
    try:
        with write_turn():
            user.save()
            return _joined(project, user, role=role, by=by)
    except IntegrityError as error:
        raise NameTaken(name=name) from error


def _joined(project: Project, user: User, *, role: str, by: User) -> Membership:
    _void_links(user)
    membership = add_member(project, user, role=role)
    _note(project, user, before=None, after=role, by=by)
    return membership


def change_role(membership: Membership, *, role: str, by: User) -> Membership:
    """Gives a member another role. Raises LastManager, or PersonUnknown for who has gone meanwhile."""
    with write_turn():
        _alone(membership.project)
        _reread(membership)
        if membership.role != role:
            _must_leave_a_manager(membership, staying=role == Role.MANAGER)
            _note(membership.project, membership.user, before=membership.role, after=role, by=by)
            membership.role = role
            membership.save(update_fields=["role"])
            _void_links(membership.user)
            forget_unseen(membership.user, membership.project)
    return membership


def remove_person(membership: Membership, *, by: User) -> int:
    """Ends a membership: the work stays, what was open goes back to the queue; returns how much that was.

    Raises LastManager, or PersonUnknown for who has gone meanwhile.
    """
    project, user = membership.project, membership.user
    with write_turn():
        _alone(project)
        _reread(membership)
        _must_leave_a_manager(membership, staying=False)
        given_back, batch = 0, new_uid()
        for work in list(open_work(membership)):
            move(work, "take_away", by=by, batch=batch)
            given_back += 1
        _note(project, user, before=membership.role, after=None, by=by)
        membership.delete()
        forget_unseen(user, project)
        _void_links(user)
    return given_back


def open_work(membership: Membership) -> QuerySet[AnnotationSet]:
    """Returns the sets that a member holds and has not handed in."""
    return AnnotationSet.objects.filter(
        project=membership.project_id, annotator=membership.user_id, kind=SetKind.ANNOTATOR, status__in=OPEN_STATUSES
    )


def _void_links(user: User) -> None:
    """Voids the links by which a password could be chosen: who holds one opens with it all that the account may do.

    Whether it has a password says the database: the person may have chosen one since the account was read.
    """
    waiting = User.objects.filter(pk=user.pk, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if waiting.update(password=make_password(None)):
        user.refresh_from_db(fields=["password"])


def _alone(project: Project) -> None:
    """Locks the project: two managers who each remove the other take turns, and one of them stays."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)


def _reread(membership: Membership) -> None:
    """Takes over what another manager has made of the membership before this turn."""
    try:
        membership.refresh_from_db(fields=["role"])
    except Membership.DoesNotExist as error:
        raise PersonUnknown(name=membership.user.username) from error


def _must_leave_a_manager(membership: Membership, *, staying: bool) -> None:
    if not staying and is_last_manager(membership):
        raise LastManager(name=membership.user.username)


def _note(project: Project, user: User, *, before: str | None, after: str | None, by: User) -> None:
    ProjectChange.objects.create(project=project, member=user, by=by, changes={"role": [before, after]})

"""Who is in a project, and what would change if one of them left?"""

from typing import NamedTuple

from django.db.models import Count, Q

from annotations.models import AnnotationSet, Membership, Project, Role, SetKind
from annotations.models.annotation_sets import OPEN_STATUSES
from annotations.queries.visits import project_seconds


class Member(NamedTuple):
    """A member with their seconds of work, open sets and sets handed in; `invited` has never signed in."""

    membership: Membership
    seconds: int
    open: int
    handed_in: int
    invited: bool


def members_of(project: Project) -> list[Member]:
    """Returns the members, managers first, by user name."""
    seconds = project_seconds(project)
    works = AnnotationSet.objects.filter(project=project, kind=SetKind.ANNOTATOR).order_by()
    counted = works.values("annotator").annotate(
        open=Count("pk", filter=Q(status__in=OPEN_STATUSES)),
        handed_in=Count("pk", filter=~Q(status__in=[*OPEN_STATUSES, "given_back"])),
    )
    by_annotator = {row["annotator"]: row for row in counted}
    ranks = {Role.MANAGER: 0, Role.REVIEWER: 1, Role.ANNOTATOR: 2}
    found = []
    for membership in project.memberships.select_related("user"):
        row = by_annotator.get(membership.user_id, {"open": 0, "handed_in": 0})
        found.append(
            Member(
                membership, seconds.get(membership.user_id, 0), row["open"], row["handed_in"],
                is_invited(membership),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (ranks[Role(one.membership.role)], one.membership.user.username))


def member_of(project: Project, *, user: int) -> Member | None:
    """Returns one member by the id of their account."""
    return next((one for one in members_of(project) if one.membership.user_id == user), None)


def is_invited(membership: Membership) -> bool:
    """Whether the account was made for the person and waits for them to choose a password."""
    user = membership.user
    return not user.has_usable_password() and user.last_login is None and not (user.is_staff or user.is_superuser)


def is_last_manager(membership: Membership) -> bool:
    """Whether nobody else manages the project."""
    others = Membership.objects.filter(project=membership.project_id, role=Role.MANAGER, user__is_active=True)
    return membership.role == Role.MANAGER and not others.exclude(pk=membership.pk).exists()

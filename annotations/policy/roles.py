"""Who is somebody in a project?"""

from django.contrib.auth.models import AnonymousUser

from annotations.models import (
    Membership,
    Project,
    Role,
    User,
)

Person = User | AnonymousUser


AGREEMENT = "agreement"  # the kind of job that a reviewer may run


RANK = {Role.ANNOTATOR: 1, Role.REVIEWER: 2, Role.MANAGER: 3}


def role_in(user: Person, project: Project | int) -> str | None:
    """Returns the person's role in a project; an admin is a manager everywhere, a stranger nobody."""
    if not user.is_authenticated or not user.is_active:
        return None
    if user.is_superuser:
        return Role.MANAGER
    return Membership.objects.filter(user=user, project=project).values_list("role", flat=True).first()


def role_at(user: Person, slug: str) -> str | None:
    """Returns the person's role in the project at an address, as `role_in` does."""
    if not user.is_authenticated or not user.is_active:
        return None
    if user.is_superuser:
        return Role.MANAGER
    return Membership.objects.filter(user=user, project__slug=slug).values_list("role", flat=True).first()


def at_least(role: str, user: Person, project: Project) -> bool:
    """Whether the person has the role in the project, or one that may do all that it may."""
    held = role_in(user, project)
    return held is not None and RANK[Role(held)] >= RANK[Role(role)]

"""What of a project may somebody see or do: its articles, people, corpora, jobs?"""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.models import (
    ApiToken,
    Article,
    BulkEdit,
    Entity,
    Job,
    Membership,
    Notification,
    Project,
    ProjectArticle,
    Release,
    Role,
)
from annotations.policy.roles import AGREEMENT, Person, at_least, role_in
from annotations.policy.sets import attended_sets


def visible_projects(user: Person) -> QuerySet[Project]:
    """Projects the person is a member of."""
    if not user.is_authenticated or not user.is_active:
        return Project.objects.none()
    if user.is_superuser:
        return Project.objects.all()
    return Project.objects.filter(memberships__user=user)


def reviewed_projects(user: Person) -> QuerySet[Project]:
    """Projects whose work the person may judge and look through: those they review or manage."""
    return _held_as([Role.REVIEWER, Role.MANAGER], user)


def managed_projects(user: Person) -> QuerySet[Project]:
    """Projects the person manages: what `can_manage` says of each."""
    return _held_as([Role.MANAGER], user)


def _held_as(roles: list[str], user: Person) -> QuerySet[Project]:
    rows = visible_projects(user)
    if not user.is_authenticated or user.is_superuser:
        return rows
    return rows.filter(pk__in=Membership.objects.filter(user=user, role__in=roles).values("project"))


def visible_articles(user: Person) -> QuerySet[Article]:
    """Articles that stand in one of the person's projects, and those they added themselves."""
    if not user.is_authenticated or not user.is_active:
        return Article.objects.none()
    if user.is_superuser:
        return Article.objects.all()
    mine = Membership.objects.filter(user=user).values("project")
    # Asked of each row on the way down the primary key: a page of 25 stops after 25. A join would need DISTINCT,
    # and IN made SQLite gather all 10,000 before it sorted them.
    placed = ProjectArticle.objects.filter(project__in=mine, article=OuterRef("pk"))
    return Article.objects.filter(Exists(placed) | Q(added_by=user))


def ids_within_reach(user: Person) -> list[QuerySet[Any]]:
    """Sets of ids in which all of `visible_articles` are, told by indexes alone; none for whoever sees everything.

    They say where to look, not who may see: what is found there is asked of `visible_articles`.
    """
    if not user.is_authenticated or not user.is_active or user.is_superuser:
        return []
    mine = Membership.objects.filter(user=user).values("project")
    placed = ProjectArticle.objects.filter(project__in=mine).order_by().values("article")
    added = Article.objects.filter(added_by=user).order_by().values("pk")
    return [placed.union(added, all=True)]


def can_annotate(user: Person, project: Project) -> bool:
    """Whether the person may begin a set of their own on any article of the project, unless that was put away."""
    if project.archived_at is not None:
        return False
    return role_in(user, project) is not None and (project.self_assign or at_least(Role.MANAGER, user, project))


def can_upload(user: Person, project: Project) -> bool:
    """Whether the person may bring articles into the project; nobody into one that was put away."""
    return project.archived_at is None and can_manage(user, project)


def can_manage(user: Person, project: Project) -> bool:
    """Whether the person may change a project's settings, its people and who hears of its events."""
    return at_least(Role.MANAGER, user, project)


def can_create_accounts(user: Person, project: Project) -> bool:
    """Whether the person may make accounts for people new to the site: admins and staff, managers by setting."""
    return can_manage(user, project) and (user.is_staff or user.is_superuser or settings.MANAGERS_CREATE_ACCOUNTS)


def can_fetch(user: Person, project: Project) -> bool:
    """Whether the person may have the server fetch an address for the project: those whom `FETCH_ROLES` names."""
    return role_in(user, project) in settings.FETCH_ROLES


def can_export(user: Person, project: Project) -> bool:
    """Whether the person may pull all annotators' work; it would unblind an annotator."""
    return at_least(Role.REVIEWER, user, project)


def can_see_agreement(user: Person, project: Project) -> bool:
    """Whether the person may measure how far annotators agree, and see where they don't: all their work shows there."""
    return at_least(Role.REVIEWER, user, project)


def can_create_project(user: Person) -> bool:
    """Whether the person may make a project; whoever makes one manages it."""
    return user.is_authenticated and user.is_active and user.is_staff


def visible_entities(user: Person) -> QuerySet[Entity]:
    """Entities of the person's projects: the knowledge base is shared by all who work in one."""
    return Entity.objects.filter(project__in=visible_projects(user).values("pk"))


def may_edit_knowledge(user: Person, project: Project) -> bool:
    """Whether the person may change what the knowledge base was given; all members may add and learn."""
    return at_least(Role.REVIEWER, user, project)


def may_invite(user: Person, membership: Membership) -> bool:
    """Whether the person may have a link made to an account that was never used: it opens all its projects."""
    if not can_create_accounts(user, membership.project):
        return False
    others = Membership.objects.filter(user=membership.user_id).exclude(project=membership.project_id)
    return user.is_superuser or not others.exists()


def own_notifications(user: Person) -> QuerySet[Notification]:
    """What the person was told, as long as they may see the work it is about."""
    if not user.is_authenticated or not user.is_active:
        return Notification.objects.none()
    seen = attended_sets(user).filter(pk=OuterRef("annotation_set"))
    return Notification.objects.filter(Q(annotation_set=None) | Exists(seen), user=user.pk)


def own_tokens(user: Person) -> QuerySet[ApiToken]:
    """The person's own tokens; nobody sees, or takes back, those of others."""
    if not user.is_authenticated or not user.is_active:
        return ApiToken.objects.none()
    return ApiToken.objects.filter(token__user=user.pk)


def visible_jobs(user: Person) -> QuerySet[Job]:
    """Jobs that the person started, and those of the projects they manage."""
    if not user.is_authenticated or not user.is_active:
        return Job.objects.none()
    if user.is_superuser:
        return Job.objects.all()
    managed = Membership.objects.filter(user=user, role=Role.MANAGER).values("project")
    return Job.objects.filter(Q(by=user) | Q(project__in=managed))


def can_cancel(user: Person, job: Job) -> bool:
    """Whether the person may end a job: who started it, and managers of its project."""
    return visible_jobs(user).filter(pk=job.pk).exists()


def can_run(user: Person, job: Job) -> bool:
    """Whether the person may begin a job, resume it or run it here: what it writes must still be allowed them."""
    if job.project is None:
        return user.is_authenticated and user.is_active and user.is_superuser
    allowed = can_see_agreement if job.kind == AGREEMENT else can_upload
    return can_cancel(user, job) and allowed(user, job.project)


def own_bulk_edits(user: Person) -> QuerySet[BulkEdit]:
    """The person's own bulk edits in projects they are still a member of: nobody else takes them back."""
    return BulkEdit.objects.filter(made_by=user.pk, project__in=visible_projects(user).order_by().values("pk"))


def articles_of(user: Person, project: Project) -> QuerySet[Article]:
    """The articles of one project, for its members."""
    if role_in(user, project) is None:
        return Article.objects.none()
    return Article.objects.filter(Exists(ProjectArticle.objects.filter(project=project, article=OuterRef("pk"))))


def visible_releases(user: Person) -> QuerySet[Release]:
    """Releases of projects whose work the person may pull: those of all annotators stand in them."""
    rows = Release.objects.filter(project__in=visible_projects(user).values("pk"))
    if not user.is_authenticated or user.is_superuser:
        return rows
    held = Membership.objects.filter(user=user, role__in=[Role.REVIEWER, Role.MANAGER])
    return rows.filter(project__in=held.values("project"))


def can_cut_release(user: Person, project: Project) -> bool:
    """Whether the person may freeze a data set of the project under a name."""
    return at_least(Role.MANAGER, user, project)

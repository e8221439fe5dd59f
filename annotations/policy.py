"""Who may see or do what? Every row that reaches a request comes through here; what is not allowed is not there."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from annotations.models import (
    AnnotationSet,
    Article,
    BulkEdit,
    Comment,
    Entity,
    Job,
    Membership,
    Project,
    ProjectArticle,
    Role,
    SetKind,
    SetStatus,
    User,
)
from annotations.models.annotation_sets import OPEN_STATUSES
from annotations.states import Actor

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


def _at_least(role: str, user: Person, project: Project) -> bool:
    held = role_in(user, project)
    return held is not None and RANK[Role(held)] >= RANK[Role(role)]


def visible_projects(user: Person) -> QuerySet[Project]:
    """Projects the person is a member of."""
    if not user.is_authenticated or not user.is_active:
        return Project.objects.none()
    if user.is_superuser:
        return Project.objects.all()
    return Project.objects.filter(memberships__user=user)


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


def attended_sets(user: Person) -> QuerySet[AnnotationSet]:
    """The person's own sets, and all sets of projects they review or manage: what they work on and talk about."""
    return visible_sets(user)


def visible_sets(user: Person) -> QuerySet[AnnotationSet]:
    """The person's own sets, and all sets of projects they review or manage: peers stay blind to each other."""
    if not user.is_authenticated or not user.is_active:
        return AnnotationSet.objects.none()
    if user.is_superuser:
        return AnnotationSet.objects.all()
    memberships = Membership.objects.filter(user=user)
    own = Q(annotator=user, kind=SetKind.ANNOTATOR, project__in=memberships.values("project"))
    reviewed = memberships.filter(role__in=[Role.REVIEWER, Role.MANAGER]).values("project")
    return AnnotationSet.objects.filter(own | Q(project__in=reviewed))


def lock_set(user: Person, pk: int) -> tuple[AnnotationSet, bool]:
    """Returns a set the person may see, locked for this transaction, and whether they may change it.

    The rules of `visible_sets` and `may_edit`, asked of one row with two queries; the set carries its article's
    `text_sha256`. Raises AnnotationSet.DoesNotExist.
    """
    rows = AnnotationSet.objects.select_for_update(of=("self",)).annotate(text_sha256=F("article__text_sha256"))
    found = rows.get(pk=pk)
    held = role_in(user, found.project_id)
    own = found.annotator_id == user.pk and found.kind == SetKind.ANNOTATOR
    if held is None or (held == Role.ANNOTATOR and not own):
        raise AnnotationSet.DoesNotExist
    return found, own or (found.kind == SetKind.GOLD and RANK[Role(held)] >= RANK[Role.REVIEWER])


def may_edit(user: Person, annotation_set: AnnotationSet) -> bool:
    """Whether the person may change these annotations: their annotator and, for gold, a reviewer."""
    if annotation_set.kind == SetKind.GOLD:
        return _at_least(Role.REVIEWER, user, annotation_set.project)
    return (
        annotation_set.kind == SetKind.ANNOTATOR
        and annotation_set.annotator_id == user.pk
        and role_in(user, annotation_set.project) is not None
    )


def actors_of(user: Person, annotation_set: AnnotationSet) -> set[Actor]:
    """Returns as whom the person may move the work on a set: none, one or several of the roles transitions name.

    Where the project keeps reviewers and authors apart, whoever annotated the article does not judge it.
    """
    held = role_in(user, annotation_set.project_id)
    if held is None:
        return set()
    actors = set()
    if annotation_set.kind == SetKind.ANNOTATOR and annotation_set.annotator_id == user.pk:
        actors.add(Actor.ANNOTATOR)
    if RANK[Role(held)] >= RANK[Role.REVIEWER] and may_judge(user, annotation_set.project, annotation_set.article_id):
        actors.add(Actor.REVIEWER)
    if held == Role.MANAGER:
        actors.add(Actor.MANAGER)
    return actors


def may_judge(user: Person, project: Project, article_id: int) -> bool:
    """Whether the person may review and adjudicate an article: a reviewer, and where policy says so not its author."""
    if not _at_least(Role.REVIEWER, user, project):
        return False
    own = AnnotationSet.objects.filter(project=project, article=article_id, annotator=user.pk, kind=SetKind.ANNOTATOR)
    return not (project.reviewer_not_author and own.exclude(status=SetStatus.GIVEN_BACK).exists())


def can_annotate(user: Person, project: Project) -> bool:
    """Whether the person may begin a set of their own on any article of the project."""
    return role_in(user, project) is not None and (project.self_assign or _at_least(Role.MANAGER, user, project))


def can_upload(user: Person, project: Project) -> bool:
    """Whether the person may bring articles into the project."""
    return _at_least(Role.MANAGER, user, project)


def can_fetch(user: Person, project: Project) -> bool:
    """Whether the person may have the server fetch an address for the project: those whom `FETCH_ROLES` names."""
    return role_in(user, project) in settings.FETCH_ROLES


def can_export(user: Person, project: Project) -> bool:
    """Whether the person may pull all annotators' work; it would unblind an annotator."""
    return _at_least(Role.REVIEWER, user, project)


def can_see_agreement(user: Person, project: Project) -> bool:
    """Whether the person may measure how far annotators agree, and see where they don't: all their work shows there."""
    return _at_least(Role.REVIEWER, user, project)


def can_create_project(user: Person) -> bool:
    """Whether the person may make a project; whoever makes one manages it."""
    return user.is_authenticated and user.is_active and user.is_staff


def may_resolve(user: Person, annotation_set: AnnotationSet) -> bool:
    """Whether the person may close and reopen threads of a set: its annotator, reviewers and managers."""
    return _at_least(Role.REVIEWER, user, annotation_set.project) or (
        annotation_set.annotator_id == user.pk and role_in(user, annotation_set.project) is not None
    )


def may_rewrite(user: Person, comment: Comment) -> bool:
    """Whether the person may change the words of a comment: who wrote it, as long as it stands."""
    return comment.author_id is not None and comment.author_id == user.pk and comment.deleted_at is None


def may_delete_comment(user: Person, comment: Comment) -> bool:
    """Whether the person may take a comment away: who wrote it, and managers."""
    return may_rewrite(user, comment) or _at_least(Role.MANAGER, user, comment.annotation_set.project)


def visible_entities(user: Person) -> QuerySet[Entity]:
    """Entities of the person's projects: the knowledge base is shared by all who work in one."""
    return Entity.objects.filter(project__in=visible_projects(user).values("pk"))


def may_edit_knowledge(user: Person, project: Project) -> bool:
    """Whether the person may change what the knowledge base was given; all members may add and learn."""
    return _at_least(Role.REVIEWER, user, project)


def spreadable_sets(user: Person, project: Project | int) -> QuerySet[AnnotationSet]:
    """The person's own open sets of a project: where they may put the same label on the same words at once."""
    return visible_sets(user).filter(
        project=project, annotator=user.pk, kind=SetKind.ANNOTATOR, status__in=OPEN_STATUSES
    )


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


OWN, GOLD, EVERYONE = "own", "gold", "everyone"


def readable_work(user: Person, project: Project) -> tuple[str, ...]:
    """Whose annotations the person may look through across a project; annotators are blind to each other's."""
    if role_in(user, project) is None:
        return ()
    return (OWN, GOLD, EVERYONE) if _at_least(Role.REVIEWER, user, project) else (OWN,)


def work_of(user: Person, project: Project, whose: str) -> QuerySet[AnnotationSet]:
    """The sets of a project that hold the work asked for: one's own, gold, or that of all annotators."""
    rows = AnnotationSet.objects.filter(project=project)
    if whose not in readable_work(user, project):
        return rows.none()
    if whose == OWN:
        return rows.filter(kind=SetKind.ANNOTATOR, annotator=user.pk)
    return rows.filter(kind=SetKind.GOLD if whose == GOLD else SetKind.ANNOTATOR)

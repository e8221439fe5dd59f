"""Where can a person work on an article? In each of their projects that it stands in."""

from dataclasses import dataclass

from annotations import policy
from annotations.models import AnnotationSet, Article, Project, SetKind, User

# Shown first where somebody may see several: one's own work, then what was agreed on.
_FIRST = (SetKind.GOLD, SetKind.ANNOTATOR, SetKind.IMPORTED, SetKind.MACHINE)


@dataclass(frozen=True, slots=True)
class OwnWork:
    """A project, and the person's own set there if they have begun one."""

    project: Project
    annotation_set: AnnotationSet | None


def own_work(user: User, article: Article) -> list[OwnWork]:
    """Returns the projects in which the person may annotate the article or already does."""
    projects = policy.visible_projects(user).filter(project_articles__article=article)
    sets = {
        work.project_id: work
        for work in AnnotationSet.objects.filter(annotator=user, article=article, kind=SetKind.ANNOTATOR)
    }
    return [
        OwnWork(project, sets.get(project.pk))
        for project in projects
        if project.pk in sets or policy.can_annotate(user, project)
    ]


def readable_sets(user: User, article: Article) -> list[AnnotationSet]:
    """Returns the sets on an article that the person may see: their own first, then gold, then the others."""
    rows = list(policy.visible_sets(user).filter(article=article).select_related("project"))
    return sorted(rows, key=lambda work: (work.annotator_id != user.pk, _FIRST.index(SetKind(work.kind)), work.pk))


def newer_version(user: User, article: Article) -> Article | None:
    """Returns the latest version that supersedes an article and that the person may see."""
    return policy.visible_articles(user).filter(supersedes=article).defer("text").order_by("pk").last()

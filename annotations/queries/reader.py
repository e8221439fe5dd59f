"""Where can a person work on an article? In each of their projects that it stands in."""

from dataclasses import dataclass

from annotations import policy
from annotations.models import AnnotationSet, Article, Project, SetKind, User


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

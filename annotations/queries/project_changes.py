"""How did a project come to be set as it is, and who came and went?"""

from annotations.models import Project, ProjectChange

LATEST = 20


def latest_changes(project: Project) -> list[ProjectChange]:
    """Returns the newest changes of a project's settings and people."""
    rows = ProjectChange.objects.filter(project=project).select_related("by", "member")
    return list(rows.order_by("-id")[:LATEST])

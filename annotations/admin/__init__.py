"""What can an admin look through? One file a noun; history is read-only, and no text or revision can be changed."""

from annotations.admin import (
    agreement,
    annotation_sets,
    annotations,
    articles,
    bulk,
    comments,
    derived,
    history,
    jobs,
    labels,
    projects,
    releases,
    stories,
    team,
    tokens,
    users,
    visits,
)

__all__ = [
    "agreement", "annotation_sets", "annotations", "articles", "bulk", "comments", "derived", "history", "jobs",
    "labels", "projects", "releases", "stories", "team", "tokens", "users", "visits",
]  # fmt: skip

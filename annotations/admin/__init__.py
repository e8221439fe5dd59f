"""What can an admin look through? One file a noun; history is read-only, and no text or revision can be changed."""

from annotations.admin import annotation_sets, articles, comments, jobs, labels, projects, stories, users, visits

__all__ = [
    "annotation_sets", "articles", "comments", "jobs", "labels", "projects", "stories", "users", "visits",
]  # fmt: skip

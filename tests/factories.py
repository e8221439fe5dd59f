"""The cast and the things they work on."""

import itertools
import uuid
from dataclasses import dataclass
from typing import Any

from annotations.actions.articles import add_article
from annotations.actions.assignments import assign
from annotations.actions.operations import Outcome, apply_operations
from annotations.actions.projects import add_member, create_project
from annotations.edits import operation_decoder
from annotations.models import AnnotationSet, Article, Project, Role, User
from annotations.records import quote_of

TEXT = "علاقه کره شمالی به تقویت همکاری با روسیه\n\nکیم جونگ اون گفت: صادرات نفت رشد می‌کند.\nمریم رضایی در تهران است."
EMOJI_TEXT = "👩‍👩‍👧‍👦🇮🇷 " + TEXT
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Cast:
    """One person of each role, two annotators, and one who belongs to no project."""

    annotator: User
    annotator2: User
    reviewer: User
    manager: User
    admin: User
    outsider: User
    project: Project


def make_user(name: str, **fields: Any) -> User:
    """Makes a person whose password is their name."""
    user = User(username=name, **fields)
    user.set_password(name)
    user.save()
    return user


def make_cast(*, preset: str = "news-fa", overlap: int = 1) -> Cast:
    """Makes the cast and the project they work in."""
    people = {name: make_user(name) for name in ("annotator", "annotator2", "reviewer", "manager", "outsider")}
    admin = make_user("admin", is_staff=True, is_superuser=True)
    project = create_project(title="آزمون", slug="test", by=people["manager"], preset=preset)
    if overlap != project.overlap:
        project.overlap = overlap
        project.save(update_fields=["overlap"])
    for name, role in (
        ("annotator", Role.ANNOTATOR), ("annotator2", Role.ANNOTATOR), ("reviewer", Role.REVIEWER),
    ):  # fmt: skip
        add_member(project, people[name], role=role)
    return Cast(admin=admin, project=project, **people)


def make_article(project: Project, text: str = TEXT) -> Article:
    """Adds an article to a project."""
    return add_article(project, text=text, by=None)


def make_set(cast: Cast, text: str = TEXT) -> AnnotationSet:
    """Gives the annotator a new article to work on."""
    return assign(cast.project, make_article(cast.project, text), annotator=cast.annotator)


def uid() -> str:
    """Returns the next of a series of UUIDs."""
    return str(uuid.UUID(int=next(_numbers)))


def op(name: str, **fields: Any) -> dict[str, Any]:
    """Returns an operation as a client sends it."""
    return {"op_id": uid(), "op": name, **fields}


def span_op(text: str, piece: str, label: str = "PER", **fields: Any) -> dict[str, Any]:
    """Returns the operation that labels the first occurrence of a piece of the text."""
    start = text.index(piece)
    ranges = [[start, start + len(piece)]]
    return op("span.create", id=uid(), label=label, ranges=ranges, quote=quote_of(text, ranges)) | fields


def perform(annotation_set: AnnotationSet, *operations: dict[str, Any], by: User | None = None) -> Outcome:
    """Applies operations as the set's annotator, or as somebody else."""
    import msgspec

    return apply_operations(
        annotation_set.pk,
        [operation_decoder.decode(msgspec.json.encode(operation)) for operation in operations],
        by=by or annotation_set.annotator,
        text_sha256=annotation_set.article.text_sha256,
    )

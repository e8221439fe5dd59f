"""What is a project's scheme as a list to be edited? The published labels, the draft, and the use of each label."""

import json
import zlib
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model

from annotations.kinds.draft import DraftLabel, read_labels
from annotations.models import (
    ArticleLabel,
    Entity,
    Label,
    Project,
    Relation,
    Revision,
    SchemeDraft,
    Span,
    Topic,
    User,
)
from annotations.queries.gathered import as_text

TOPIC_COLUMNS = ("key", "title_fa", "title_en", "proposition")


def topics_stamp(project: Project | int) -> str:
    """Returns a short hash of all that a project's topics say: whoever has another has other topics."""
    rows = Topic.objects.filter(project=project).values_list(*TOPIC_COLUMNS)
    return f"{zlib.crc32(json.dumps(list(rows)).encode()):08x}"


def topic_values(project: Project) -> list[dict[str, str]]:
    """Returns a project's topics in their order, titles in both languages."""
    return list(Topic.objects.filter(project=project).values(*TOPIC_COLUMNS))


def published_labels(project: Project) -> list[DraftLabel]:
    """Returns all labels of a project in their order, archived ones included."""
    return [draft_of(label) for label in Label.objects.filter(project=project)]


def draft_of(label: Label) -> DraftLabel:
    """Returns a label as a draft begins with it."""
    return DraftLabel(
        key=label.key, kind=label.kind, title_fa=label.title_fa, title_en=label.title_en, color=label.color,
        shortcut=label.shortcut, attributes=label.attributes, ends=label.ends, archived=label.archived_at is not None,
        was=label.key,
    )  # fmt: skip


def draft_labels(draft: SchemeDraft, published: list[DraftLabel]) -> list[DraftLabel]:
    """Returns the labels of a draft; what has come into the project since, by an import for instance, at their end."""
    labels = list(read_labels(draft.labels))
    known = {label.was for label in labels}
    return labels + [label for label in published if label.was not in known]


@dataclass(frozen=True, slots=True)
class Usage:
    """How many spans, relations and document labels bear a label, in all annotation sets of a project."""

    spans: int = 0
    relations: int = 0
    labels: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.spans + self.relations + self.labels


def usage(project: Project) -> dict[str, Usage]:
    """Counts what bears each label: three queries; labels that nothing bears are left out."""
    spans, relations, labels = (_count(model, project) for model in (Span, Relation, ArticleLabel))
    return {
        key: Usage(spans.get(key, 0), relations.get(key, 0), labels.get(key, 0))
        for key in {*spans, *relations, *labels}
    }


def _count(model: type[Model], project: Project) -> dict[str, int]:
    # Counted by the label's row: its index alone answers that.
    rows = model._default_manager.filter(label__project=project).order_by()
    return dict(rows.values_list("label__key").annotate(n=Count("pk")))


def is_named(project: Project, key: str) -> bool:
    """Whether work names a label by its key: annotations, the knowledge base, or any step of a history.

    A history that names a label must find it: what was deleted can be brought back by undoing.
    """
    for model in (Span, Relation, ArticleLabel):
        if model._default_manager.filter(label__project=project, label__key=key).exists():
            return True
    if Entity.objects.filter(project=project, label_key=key).exists():
        return True
    steps = Revision.objects.filter(annotation_set__project=project).annotate(said=as_text("operations"))
    return steps.filter(said__contains=f'"{key}"').exists()


def draft_state(project: Project, draft: SchemeDraft | None, *, by: User) -> dict[str, Any] | None:
    """Returns whose draft there is, since when, and whether another version was published since it was begun."""
    if draft is None:
        return None
    return {
        "by": draft.by.display_name if draft.by else "",
        "mine": draft.by_id == by.pk,
        "at": draft.updated_at.isoformat(),
        "base": draft.base,
        "stale": draft.base != project.scheme_version,
    }

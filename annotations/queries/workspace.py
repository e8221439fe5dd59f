"""What does the workspace page show? The article as HTML, and the same as data for the browser."""

from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils.translation import get_language

from annotations.models import AnnotationSet, Label, Topic
from annotations.queries.annotation_sets import labels_of, relations_of, spans_of
from annotations.queries.entities import entities_in
from annotations.queries.scheme_labels import topics_stamp
from annotations.records import SpanRecord
from annotations.text.segments import Mark, render_paragraph, segment, short_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """One page: the labels in their order, the paragraphs' HTML (safe) and the JSON value of `#workspace-data`."""

    labels: list[Label]
    paragraphs: list[str]
    data: dict[str, Any]


def load_workspace(annotation_set: AnnotationSet, *, editable: bool) -> Workspace:
    """Reads all that the page of one annotation set needs: five queries."""
    project, article = annotation_set.project, annotation_set.article
    labels = list(Label.objects.filter(project=project))
    spans = spans_of(annotation_set)
    data = {
        "article": {"id": article.pk, "text": article.text, "sha256": article.text_sha256},
        "set": {
            "id": annotation_set.pk,
            "version": annotation_set.version,
            "status": annotation_set.status,
            "editable": editable,
        },
        "scheme": project.scheme_version,
        "labels": [label_data(label) for label in labels],
        "spans": msgspec.to_builtins(spans),
        "relations": msgspec.to_builtins(relations_of(annotation_set)),
        "article_labels": msgspec.to_builtins(labels_of(annotation_set)),
        "topics_stamp": topics_stamp(project),
        "topics": [topic_data(topic) for topic in Topic.objects.filter(project=project)],
        "entities": entities_in(annotation_set),
    }
    return Workspace(labels=labels, paragraphs=paragraphs(article, spans, labels), data=data)


def paragraphs(article: Any, spans: list[SpanRecord], labels: list[Label]) -> list[str]:
    """Returns the article's paragraphs as HTML, the spans drawn as segments."""
    by_key = {label.key: label for label in labels}
    marks = [
        Mark(short_id(at), span.label, label.kind, label.color, span.ranges, title(label))
        for at, span in enumerate(spans)
        for label in [by_key[span.label]]
    ]
    sections = [(part["kind"], part["start"], part["end"]) for part in article.sections]
    return [render_paragraph(article.text, part) for part in segment(article.text, marks, sections=sections)]


def title(row: Label | Topic) -> str:
    """Returns a label's or topic's title in the language of the interface."""
    return row.title_en if get_language() == "en" and row.title_en else row.title_fa


def label_data(label: Label) -> dict[str, Any]:
    """Returns a label as the page's JavaScript reads it, its title in the language of the interface."""
    return {
        "key": label.key,
        "kind": label.kind,
        "title": title(label),
        "color": label.color,
        "shortcut": label.shortcut,
        "attributes": label.attributes,
        "ends": label.ends,
        "archived": label.archived_at is not None,
    }


def topic_data(topic: Topic) -> dict[str, str]:
    """Returns a topic as the page's JavaScript reads it."""
    return {"key": topic.key, "title": title(topic), "proposition": topic.proposition}

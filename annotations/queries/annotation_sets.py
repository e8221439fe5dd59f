"""What stands in one annotation set? Its spans, relations and document labels as records."""

from annotations.models import AnnotationSet, ArticleLabel, Relation, Span
from annotations.queries.rows import RELATION_COLUMNS, SPAN_COLUMNS, relation_record, span_record
from annotations.records import ArticleLabelRecord, RelationRecord, SpanRecord


def spans_of(annotation_set: AnnotationSet) -> list[SpanRecord]:
    """Returns the spans in text order, the wider first."""
    rows = (
        Span.objects.filter(annotation_set=annotation_set).order_by("start", "-end", "uid").values_list(*SPAN_COLUMNS)
    )
    text = annotation_set.article.text
    return [span_record(row, text) for row in rows]


def relations_of(annotation_set: AnnotationSet) -> list[RelationRecord]:
    """Returns the relations in the order they were made."""
    rows = Relation.objects.filter(annotation_set=annotation_set).order_by("id").values_list(*RELATION_COLUMNS)
    return [relation_record(row) for row in rows]


def labels_of(annotation_set: AnnotationSet) -> list[ArticleLabelRecord]:
    """Returns the document labels, sorted by label and topic."""
    rows = (
        ArticleLabel.objects.filter(annotation_set=annotation_set)
        .order_by("label__order", "topic__id")
        .values_list("label__key", "topic__key", "value")
    )
    return [ArticleLabelRecord(*row) for row in rows]

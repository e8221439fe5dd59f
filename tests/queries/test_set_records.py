"""Does the record of a set say what stands in its rows, in an order of its own, whichever database gathered them?"""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from annotations.models import AnnotationSet, ArticleLabel, Entity, Label, Relation, Span, Topic
from annotations.queries import records
from annotations.queries.gathered import rows_of
from annotations.queries.records import stream_records
from annotations.queries.selection import Selection
from annotations.queries.set_records import LABEL, RELATION, SPAN, set_rows
from annotations.records import AnnotationSetRecord
from tests.factories import EMOJI_TEXT, Cast, make_cast, make_set
from tests.work import span_of, stance_of

MOST = len(EMOJI_TEXT)
# Quotes, escapes, joiners, line separators: what JSON, SQL and Python each have a way of writing.
WORDS = st.text(st.sampled_from('یک\u200c"\\\n\u2028\u200f😀{}[],0'), max_size=6)
ATTRIBUTES = st.dictionaries(WORDS, WORDS | st.integers(-9, 9) | st.booleans() | st.none(), max_size=3)
RANGES = st.lists(st.integers(0, MOST), min_size=2, max_size=6, unique=True).map(sorted)


def record_of(work: AnnotationSet) -> AnnotationSetRecord:
    (record,) = stream_records(Selection(project=work.project))
    return record.annotation_sets[0]


def keys(cast: Cast, table: Any, **fields: Any) -> list[Any]:
    """Makes three rows whose keys stand the other way round than their ids."""
    return [table.objects.create(project=cast.project, key=key, **fields) for key in ("p-3", "p-2", "p-1")]


class TestGathered(TestCase):
    """What is gathered by columns are the rows themselves."""

    @settings(max_examples=15)
    @given(st.lists(st.tuples(RANGES, ATTRIBUTES, st.booleans()), max_size=5))
    def test_a_record_has_the_spans_of_the_rows(self, drawn: list[tuple[list[int], dict[str, Any], bool]]) -> None:
        cast = make_cast()
        work = make_set(cast, EMOJI_TEXT)
        entity = Entity.objects.create(project=cast.project, key="e", name="ن")
        for edges, attributes, is_linked in drawn:
            pieces = [list(pair) for pair in zip(edges[::2], edges[1::2], strict=False)]
            span_of(
                work, pieces[0][0], pieces[-1][1], fragments=pieces if len(pieces) > 1 else None,
                attributes=attributes, entity=entity if is_linked else None,
            )  # fmt: skip
        wanted = [
            (s.uid, s.label.key, tuple(map(tuple, s.fragments or [(s.start, s.end)])), s.attributes,
             s.entity and s.entity.key)
            for s in sorted(Span.objects.all(), key=lambda s: (s.start, -s.end, s.uid))
        ]  # fmt: skip
        assert [(s.id, s.label, s.ranges, s.attributes, s.entity) for s in record_of(work).spans] == wanted
        (row,) = set_rows(AnnotationSet.objects.filter(pk=work.pk))
        plain = Span.objects.values_list(*SPAN)
        assert sorted(rows_of(row[8]) if row[8] else ()) == sorted(plain)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.mark.django_db
def test_document_labels_stand_by_the_keys_of_label_and_topic(cast: Cast) -> None:
    work = make_set(cast)
    labels = keys(cast, Label, kind="article", title_fa="ن", title_en="n", order=99)
    for label in labels:
        for topic in (*keys(cast, Topic, title_fa="ن"), None) if label is labels[1] else (None,):
            ArticleLabel.objects.create(annotation_set=work, label=label, topic=topic, value="بله")
    said = [(label.label, label.topic, label.value) for label in record_of(work).labels]
    assert said == [
        ("p-1", None, "بله"), ("p-2", None, "بله"), ("p-2", "p-1", "بله"), ("p-2", "p-2", "بله"),
        ("p-2", "p-3", "بله"), ("p-3", None, "بله"),
    ]  # fmt: skip
    (row,) = set_rows(AnnotationSet.objects.filter(pk=work.pk))
    assert set(rows_of(row[10])) == set(ArticleLabel.objects.values_list(*LABEL))


@pytest.mark.django_db
def test_a_relation_names_its_label_its_spans_and_its_topics(cast: Cast) -> None:
    work = make_set(cast)
    topics, span = keys(cast, Topic, title_fa="ن"), span_of(work, 0, 3)
    for topic in topics:
        stance_of(work, head_kind="span", head_span=span, tail_kind="topic", tail_topic=topic)
    stance_of(work, head_kind="implicit", tail_kind="span", tail_span=span)
    found = {(one.label, one.head, one.via, one.tail) for one in record_of(work).relations}
    assert found == {("stance", span.uid, None, f"topic:p-{n}") for n in (1, 2, 3)} | {
        ("stance", "implicit", None, span.uid)
    }
    (row,) = set_rows(AnnotationSet.objects.filter(pk=work.pk))
    assert sorted(rows_of(row[9])) == sorted(Relation.objects.values_list(*RELATION))
    assert record_of(work).labels == ()


@pytest.mark.django_db
def test_a_topic_made_while_an_export_runs_does_not_break_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "BATCH", 1)
    make_set(cast)
    later = make_set(cast, EMOJI_TEXT)
    stream = stream_records(Selection(project=cast.project))
    next(stream)
    topic = Topic.objects.create(project=cast.project, key="new", title_fa="نو")
    ArticleLabel.objects.create(
        annotation_set=later, label=Label.objects.get(project=cast.project, key="category"), topic=topic, value="نو"
    )
    (record,) = stream
    assert [label.topic for label in record.annotation_sets[0].labels] == [one.key for one in record.topics] == ["new"]

"""How close does each annotator come to gold? Against a plain count, on any sets of spans."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from annotations.actions.demonstration import load_demonstration
from annotations.models import AnnotationSet, Project, SetKind, SetStatus
from annotations.queries.gold_scores import gold_scores
from tests.factories import make_cast
from tests.work import article_of, gold_of, span_of, work_of

spans = st.lists(st.tuples(st.integers(0, 6), st.integers(1, 3), st.sampled_from(["PER", "LOC"])), max_size=6)


class Scores(TestCase):
    @given(articles=st.lists(st.tuples(spans, spans, spans, st.booleans()), max_size=3))
    def test_matched_are_those_with_the_same_bounds_and_label_each_once(self, articles: list) -> None:
        cast = make_cast()
        expected: dict[str, Counter[str]] = {}
        for one, other, truth, is_gold in articles:
            article = article_of(cast.project, source="ایسنا")
            rows = []
            for person, said in ((cast.annotator, one), (cast.annotator2, other)):
                work = work_of(cast.project, person, article, "submitted")
                rows.append((work.pseudonym, work, said))
            if is_gold:
                rows.append(("", gold_of(cast.project, article, by=cast.reviewer), truth))
            for _name, work, said in rows:
                for start, length, label in said:
                    span_of(work, start, start + length, label)
            for name, _work, said in rows[:2] if is_gold else ():
                expected.setdefault(name, Counter()).update(
                    articles=1, matched=(Counter(said) & Counter(truth)).total(), spans=len(said), gold=len(truth)
                )
        found = {row.pop("person"): row for row in gold_scores(cast.project)}
        assert {row.pop("source") for row in found.values()} <= {"ایسنا"}
        assert found == {name: dict(counts) for name, counts in expected.items()}


@pytest.mark.django_db
def test_open_work_and_discontinuous_spans_are_told_apart() -> None:
    cast = make_cast()
    article = article_of(cast.project)
    gold = gold_of(cast.project, article, by=cast.reviewer)
    work = work_of(cast.project, cast.annotator, article, "submitted")
    opened = work_of(cast.project, cast.annotator2, article, "in_progress")
    span_of(gold, 0, 9, fragments=[[0, 3], [6, 9]])
    span_of(work, 0, 9)
    span_of(opened, 0, 9)
    (row,) = gold_scores(cast.project)
    assert (row["person"], row["matched"], row["spans"], row["gold"]) == ("p-annotator", 0, 1, 1)


@pytest.mark.django_db
def test_the_demonstrations_annotators_come_as_close_as_counted_by_hand() -> None:
    load_demonstration()
    seed = AnnotationSet.objects.get(kind=SetKind.GOLD).article
    AnnotationSet.objects.filter(kind=SetKind.ANNOTATOR, article=seed).update(status=SetStatus.SUBMITTED)
    gold = AnnotationSet.objects.get(kind=SetKind.GOLD)

    def units(work: AnnotationSet) -> Counter[tuple[tuple[tuple[int, int], ...], str]]:
        return Counter((span.ranges, span.label.key) for span in work.spans.select_related("label"))

    for row in gold_scores(Project.objects.get()):
        work = AnnotationSet.objects.get(article=seed, pseudonym=row["person"], kind=SetKind.ANNOTATOR)
        assert row["matched"] == (units(work) & units(gold)).total() > 100
        assert (row["spans"], row["gold"]) == (work.spans.count(), gold.spans.count())

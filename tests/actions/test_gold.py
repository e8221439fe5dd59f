"""Who writes gold by hand: whoever may judge the article, unless somebody else adjudicates it."""

import pytest

from annotations.actions.assignments import assign
from annotations.actions.operations import NotYours
from annotations.models import AnnotationSet, SetKind
from tests.factories import TEXT, Cast, make_article, make_cast, perform, span_op

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def gold(cast: Cast) -> AnnotationSet:
    return AnnotationSet.objects.create(project=cast.project, article=make_article(cast.project), kind=SetKind.GOLD)


def test_a_reviewer_writes_gold_that_nobody_else_adjudicates(cast: Cast, gold: AnnotationSet) -> None:
    perform(gold, span_op(TEXT, "روسیه", "LOC"), by=cast.reviewer)
    AnnotationSet.objects.filter(pk=gold.pk).update(annotator=cast.reviewer)
    perform(gold, span_op(TEXT, "تهران", "LOC"), by=cast.reviewer)
    with pytest.raises(NotYours):
        perform(gold, span_op(TEXT, "کره شمالی", "LOC"), by=cast.manager)


def test_who_annotated_the_article_does_not_write_its_gold_where_the_two_are_kept_apart(
    cast: Cast, gold: AnnotationSet
) -> None:
    assign(cast.project, gold.article, annotator=cast.reviewer)
    with pytest.raises(NotYours):
        perform(gold, span_op(TEXT, "روسیه", "LOC"), by=cast.reviewer)
    cast.project.reviewer_not_author = False
    cast.project.save(update_fields=["reviewer_not_author"])
    gold.refresh_from_db()
    perform(gold, span_op(TEXT, "روسیه", "LOC"), by=cast.reviewer)

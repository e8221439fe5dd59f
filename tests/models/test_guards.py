"""What the database refuses, whoever writes."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from annotations.models import AnnotationSet, Article, Label, Relation, Revision, Span
from annotations.models.articles import TextIsImmutable
from tests.factories import TEXT, make_cast, make_set, perform, span_op, uid

pytestmark = pytest.mark.django_db


def refused(sql: str, *parameters: object) -> None:
    """Runs a statement past the models and expects the database itself to refuse it."""
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def test_the_text_of_an_article_is_refused_by_the_model() -> None:
    article = make_set(make_cast()).article
    article.text += "!"
    with pytest.raises(TextIsImmutable):
        article.save()
    assert Article.objects.get().text == TEXT


@pytest.mark.parametrize("column", ["text", "text_sha256", "length"])
def test_the_text_of_an_article_is_refused_by_the_database(column: str) -> None:
    make_set(make_cast())
    refused(f"UPDATE annotations_article SET {column} = %s", 7 if column == "length" else "x" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        Article.objects.update(**{column: 7 if column == "length" else "x" * 64})
    assert Article.objects.get().text == TEXT


def test_what_stands_beside_the_text_can_be_corrected() -> None:
    make_set(make_cast())
    Article.objects.update(author="کسی")
    article = Article.objects.get()
    article.url = "https://example.ir/1"
    article.save()
    assert Article.objects.values_list("author", "url").get() == ("کسی", "https://example.ir/1")


def test_history_is_append_only() -> None:
    work = make_set(make_cast())
    perform(work, span_op(TEXT, "روسیه", "LOC"))
    refused("UPDATE annotations_revision SET operations = '[]'")
    assert Revision.objects.get().operations


def test_a_span_starts_before_it_ends() -> None:
    work = make_set(make_cast())
    label = Label.objects.get(key="PER")
    with pytest.raises(IntegrityError), transaction.atomic():
        Span.objects.create(annotation_set=work, uid=uid(), label=label, start=5, end=5)


def test_an_annotator_has_one_set_on_an_article_of_a_project() -> None:
    work = make_set(make_cast())
    same = {"project": work.project, "article": work.article, "annotator": work.annotator}
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnotationSet.objects.create(**same, pseudonym="another")
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnotationSet.objects.create(**same | {"annotator": None}, pseudonym=work.pseudonym)


def test_a_relation_has_a_span_exactly_where_it_says_so() -> None:
    work = make_set(make_cast())
    label = Label.objects.get(key="attribution")
    with pytest.raises(IntegrityError), transaction.atomic():
        Relation.objects.create(
            annotation_set=work, uid=uid(), label=label, head_kind="span", via_kind="", tail_kind="article"
        )


def test_an_op_id_stands_once_in_a_set() -> None:
    work = make_set(make_cast())
    Revision.objects.create(annotation_set=work, version=1, op_id=uid(), operations=[])
    taken = Revision.objects.get().op_id
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(annotation_set=work, version=2, op_id=taken, operations=[])

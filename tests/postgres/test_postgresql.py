"""Is the run on PostgreSQL really one on PostgreSQL?"""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from annotations.models import Article
from tests.factories import make_article, make_cast

pytestmark = pytest.mark.django_db


def test_the_server_is_a_recent_postgresql() -> None:
    assert connection.vendor == "postgresql"
    assert connection.pg_version >= 160000


def test_text_is_stored_in_utf8() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        assert cursor.fetchone() == ("UTF8",)


def test_the_database_itself_refuses_to_change_a_text() -> None:
    article = make_article(make_cast().project)
    with pytest.raises(DatabaseError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(text="another")
    assert Article.objects.get(pk=article.pk).text == article.text

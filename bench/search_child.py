"""Searches 100,000 articles on one database and prints the medians as JSON: the query alone, and the whole page."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from itertools import batched
from typing import Any

import django

ROUNDS = 9
# What people type, by how common it is in the corpus.
QUERIES = {
    "the commonest word": "و",
    "a common word": "روسیه",
    "a rare word": "{rare}",
    "two words": "روسیه همکاری",
    "a phrase": "«کره شمالی»",
    "a phrase of common words": "«که در»",
    "a beginning": "همکا*",
    "with an exclusion": "روسیه -همکاری",
    "nothing": "{none}",
}


def main() -> None:
    """Makes the corpus where it is missing, measures, prints."""
    django.setup()
    from django.core.management import call_command

    from annotations.models import Article

    call_command("migrate", verbosity=0)
    made = 0.0 if Article.objects.exists() else make_corpus()
    print(json.dumps({"made_s": made, "rows": list(_measured())}))


def make_corpus() -> float:
    """Stores and indexes the articles; returns the seconds that the indexing took."""
    from django.db import connection

    from annotations.actions.projects import add_member, create_project
    from annotations.actions.search import index_articles
    from annotations.models import Article, ProjectArticle, User
    from annotations.text.freeze import text_sha256
    from bench.search_corpus import ARTICLES, texts

    project = create_project(title="bench", slug="bench", by=User.objects.create(username="manager"))
    add_member(project, User.objects.create(username="annotator"), role="annotator", pseudonym="a")
    seconds = 0.0
    for batch in batched(texts(ARTICLES), 500):
        articles = Article.objects.bulk_create(
            Article(text=text, text_sha256=text_sha256(text), length=len(text), headline=text.split("\n")[0])
            for text in batch
        )
        ProjectArticle.objects.bulk_create(ProjectArticle(project=project, article=article) for article in articles)
        began = time.perf_counter()
        index_articles([article.pk for article in articles])
        seconds += time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return seconds


def _measured() -> Any:
    """Yields (name, hits, ms of the first ids, ms of the last ids, ms of the page, ms of bare FTS5)."""
    from django.conf import settings
    from django.test import Client

    from annotations import policy
    from annotations.models import Article, User
    from annotations.queries.search import all_matching, count_matching, matching
    from annotations.text.query import parse

    settings.ALLOWED_HOSTS = ["testserver"]
    user = User.objects.get(username="annotator")
    visible = policy.visible_articles(user)
    client = Client()
    client.force_login(user)
    middle = Article.objects.order_by("pk").values_list("text", flat=True)[50_000]
    rare = min(middle.split()[20:60], key=lambda word: count_matching(parse(word), visible, most=10**6))
    for name, typed in QUERIES.items():
        text = typed.format(rare=rare, none="قققققق")
        query = parse(text)
        ids = list(all_matching(query, visible, page=5000))
        late = ids[-26] if len(ids) > 60 else None
        yield (
            name,
            len(ids),
            median_ms(lambda query=query: matching(query, visible, limit=26)),
            median_ms(lambda query=query, late=late: matching(query, visible, limit=26, before=late)) if late else None,
            median_ms(lambda text=text: _page(client, text)),
            bare_ms(text),
        )


def _page(client: Any, text: str) -> None:
    assert client.get("/library/", {"q": text}).status_code == 200


def median_ms(work: Callable[[], object]) -> float:
    """Returns the median time of a piece of work in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def bare_ms(text: str) -> float | None:
    """Returns what FTS5 alone takes for the same words: the first ids, nobody's rights, no page."""
    import sqlite3

    from django.db import connection

    from annotations.queries.search_sqlite import hits
    from annotations.text.query import parse

    if connection.vendor != "sqlite":
        return None
    bare = sqlite3.connect(connection.settings_dict["NAME"])
    found = hits(parse(text), "words", before=None, after=None)
    return median_ms(lambda: bare.execute(f"{found.sql.replace('%s', '?')} LIMIT 26", found.values).fetchall())


if __name__ == "__main__":
    sys.exit(main())

"""Whose library is searched? 100,000 articles of twelve outlets and ten years, and the work of two people on them."""

import random
import time
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import Any

from bench.search_corpus import ARTICLES, texts

# The n-th outlet has 1/n of the first one's articles; the last has next to none.
OUTLETS = tuple(f"خبرگزاری {number}" for number in range(1, 12))
RARE_OUTLET, RARE = "هفته‌نامهٔ ده", 20
FIRST_DAY, DAYS = datetime(2014, 3, 21, 8, tzinfo=UTC), 3650
# One project holds all articles, one few; `newcomer` is a member of that one only.
LARGE, SMALL, IN_SMALL = "bench", "small", 200
# Every tenth article has been worked on by the annotator, every twentieth by a peer, every fiftieth is gold.
EVERY, EVERY_OF_PEER, EVERY_GOLD = 10, 20, 50
# Where one of these words stands in it, it bears this label.
LABELS = {"روسیه": "LOC", "کیم": "PER"}
RARE_LABEL = "EVE"


def make_library() -> float:
    """Stores and indexes the articles where there are none; returns the seconds that the indexing took."""
    from django.db import connection

    from annotations.actions.projects import add_member, create_project
    from annotations.models import Article, User

    if Article.objects.exists():
        return 0.0
    people = {name: User.objects.create(username=name) for name in ("manager", "annotator", "peer", "newcomer")}
    large = create_project(title="bench", slug=LARGE, by=people["manager"])
    small = create_project(title="small", slug=SMALL, by=people["manager"])
    for name in ("annotator", "peer"):
        add_member(large, people[name], role="annotator", pseudonym=name)
    add_member(small, people["newcomer"], role="annotator", pseudonym="newcomer")
    seconds = _articles(large, small)
    for every, kind, name in (
        (EVERY, "annotator", "annotator"), (EVERY_OF_PEER, "annotator", "peer"), (EVERY_GOLD, "gold", ""),
    ):  # fmt: skip
        _work(large, people.get(name), every=every, kind=kind)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    return seconds


def _articles(large: Any, small: Any) -> float:
    from annotations.actions.search import index_articles
    from annotations.models import Article, ProjectArticle, Source
    from annotations.text.freeze import text_sha256

    rng = random.Random(7)
    outlets = [Source.objects.create(name=name) for name in OUTLETS]
    rare_outlet = Source.objects.create(name=RARE_OUTLET)
    weights = [1 / (rank + 1) for rank in range(len(outlets))]
    from_rare, in_small = (set(rng.sample(range(ARTICLES), number)) for number in (RARE, IN_SMALL))
    seconds, number = 0.0, 0
    for batch in batched(texts(ARTICLES), 500):
        rows = []
        for text in batch:
            source = rare_outlet if number + len(rows) in from_rare else rng.choices(outlets, weights)[0]
            day = FIRST_DAY + timedelta(days=rng.randrange(DAYS), minutes=rng.randrange(600))
            rows.append(
                Article(
                    text=text, text_sha256=text_sha256(text), length=len(text), headline=text.split("\n")[0],
                    source=source, published_at=day if rng.random() < 0.95 else None,
                )
            )  # fmt: skip
        articles = Article.objects.bulk_create(rows)
        ProjectArticle.objects.bulk_create(ProjectArticle(project=large, article=article) for article in articles)
        ProjectArticle.objects.bulk_create(
            ProjectArticle(project=small, article=article)
            for at, article in enumerate(articles, number)
            if at in in_small
        )
        began = time.perf_counter()
        index_articles([article.pk for article in articles])
        seconds += time.perf_counter() - began
        number += len(articles)
    return seconds


def _work(project: Any, annotator: Any, *, every: int, kind: str) -> None:
    """Gives every so manieth article a set with the labels of its words, in all states; a few with a rare label."""
    from annotations.kinds.wording import key_hash, words_key
    from annotations.models import AnnotationSet, Article, ArticleLabel, Label, Span
    from annotations.models.fields import new_uid

    rng = random.Random(every)
    labels = {word: Label.objects.get(project=project, key=key) for word, key in LABELS.items()}
    rare = Label.objects.get(project=project, key=RARE_LABEL)
    category = Label.objects.get(project=project, key="category")
    rows = Article.objects.order_by("pk").values_list("pk", "text").iterator(500)
    content = {pk: text for number, (pk, text) in enumerate(rows) if number % every == 0}
    states = rng.choices(("submitted", "in_progress", "assigned", "returned"), (60, 30, 9.7, 0.3), k=len(content))
    name = annotator.username if annotator else ""
    AnnotationSet.objects.bulk_create(
        [
            AnnotationSet(
                project=project, article_id=pk, annotator=annotator, pseudonym=name, kind=kind, status=state
            )
            for pk, state in zip(content, states, strict=True)
        ],
        batch_size=1000,
    )  # fmt: skip
    sets = list(AnnotationSet.objects.filter(kind=kind, pseudonym=name).order_by("pk").values_list("pk", "article"))
    spans = [
        Span(
            annotation_set_id=work, uid=new_uid(), label=label, start=start, end=start + len(word),
            words=key_hash(words_key(word)),
        )
        for work, pk in sets
        for word, label in labels.items()
        if (start := content[pk].find(f" {word} ") + 1)
    ]  # fmt: skip
    spans += [
        Span(annotation_set_id=work, uid=new_uid(), label=rare, start=0, end=content[pk].find(" "))
        for work, pk in rng.sample(sets, RARE)
    ]
    Span.objects.bulk_create(spans, batch_size=1000)
    ArticleLabel.objects.bulk_create(
        [ArticleLabel(annotation_set_id=work, label=category, value="sport") for work, _pk in sets[::2]],
        batch_size=1000,
    )


def main() -> None:
    """Makes the library of one database and prints the seconds of its indexing."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(make_library())


if __name__ == "__main__":
    main()

"""Hands out articles of a project of 100,000 on one database and prints the medians as JSON."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from itertools import batched
from typing import Any

import django

from bench.clock import ROUNDS, median_ms

ARTICLES = 100_000
STAND = {
    "nothing": (0, 0),
    "90,000 without a slot": (90_000, 0),
    "90,000 without a slot, 5,000 that the person had": (90_000, 5_000),
    "50,000 that the person had": (0, 50_000),
}


def main() -> None:
    """Makes the project, measures, prints."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    project, person = make_project()
    ranked = list(_ranked(project))
    print(json.dumps({"rows": list(_handed(project, person)), "ranked": ranked}))


def make_project() -> tuple[Any, Any]:
    """Stores the articles, short ones, from three outlets."""
    from django.utils import timezone

    from annotations.actions.projects import add_member, create_project
    from annotations.models import Article, ProjectArticle, Source, User
    from annotations.text.freeze import text_sha256

    project = create_project(title="bench", slug="bench", by=User.objects.create(username="manager"))
    project.overlap = 3
    project.save()
    person = User.objects.create(username="annotator")
    add_member(project, person, role="annotator", pseudonym="a")
    sources = [Source.objects.create(name=name) for name in ("a", "b", "c")]
    for numbers in batched(range(ARTICLES), 1000):
        texts = [f"خبر {number}\n\n" + "او گفت صادرات رشد می‌کند. " * 8 for number in numbers]
        made = Article.objects.bulk_create(
            Article(
                text=text, text_sha256=text_sha256(text), length=len(text), headline=text.split("\n")[0],
                source=sources[len(text) % 3], published_at=timezone.now(),
            )
            for text in texts
        )  # fmt: skip
        ProjectArticle.objects.bulk_create(ProjectArticle(project=project, article=article) for article in made)
    return project, person


def _ranked(project: Any) -> Any:
    from annotations.actions.ranks import rank_places

    for order in ("newest", "source", "added"):
        project.queue_order = order
        project.save(update_fields=["queue_order"])
        began = time.perf_counter()
        rank_places(project)
        yield order, time.perf_counter() - began


def _handed(project: Any, person: Any) -> Any:
    """Yields (stand, ms until the next is found, ms until it is handed out, ms of the bare writes)."""
    from django.db import connection

    from annotations.actions.queue import next_article
    from annotations.queries.queue import waiting_for

    for name, (full, had) in STAND.items():
        _stand(project, person, full=full, had=had)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        looked = median_ms(lambda: waiting_for(project, person, pseudonym="a").first())
        times = [_timed(lambda: next_article(project, by=person), person) for _ in range(ROUNDS)]
        yield name, looked, statistics.median(times) * 1000, median_ms(lambda: _bare(project))


def _stand(project: Any, person: Any, *, full: int, had: int) -> None:
    """Brings the project to a stand: the first articles have no free slot, the next ones the person had."""
    from annotations.models import AnnotationSet, ProjectArticle

    AnnotationSet.objects.all().delete()
    places = ProjectArticle.objects.filter(project=project).order_by("pk")
    places.update(taken=0)
    ids = list(places.values_list("pk", "article")[: full + had])
    if full:
        places.filter(pk__lte=ids[full - 1][0]).update(taken=3)
    for batch in batched(ids[full:], 1000):
        AnnotationSet.objects.bulk_create(
            AnnotationSet(project=project, article_id=article, annotator=person, pseudonym="a", status="submitted")
            for _pk, article in batch
        )
        places.filter(pk__in=[pk for pk, _article in batch]).update(taken=1)


def _timed(work: Callable[[], Any], person: Any) -> float:
    """Returns the seconds of handing one out; it is handed in behind the clock."""
    from annotations.actions.transitions import move

    began = time.perf_counter()
    handed = work()
    seconds = time.perf_counter() - began
    assert handed is not None
    assert handed.is_new
    move(handed.annotation_set, "submit", by=person)
    return seconds


def _bare(project: Any) -> None:
    """What no queue does without: a set, its record and a count, in one transaction."""
    from annotations.actions.turns import write_turn
    from annotations.models import AnnotationSet, ProjectArticle, StatusChange
    from annotations.models.fields import new_uid

    with write_turn():
        place = ProjectArticle.objects.filter(project=project).last()
        made = AnnotationSet.objects.create(project=project, article_id=place.article_id, pseudonym=new_uid())
        StatusChange.objects.create(annotation_set=made, transition="assign", source="assigned", target="assigned")
        ProjectArticle.objects.filter(pk=place.pk).update(taken=0)


if __name__ == "__main__":
    sys.exit(main())

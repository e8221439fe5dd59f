"""Makes a large project on one database, measures the parts of its dashboard and prints the medians as JSON."""

import itertools
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import django

ARTICLES, GOLD = 10_000, 5_000
PEOPLE = ("a", "b", "c")
SPANS, STANCES = 45, 3
NAMES = 200  # different names in the stances, their words as they fall
ROUNDS = 5
CHUNK = 20_000
TEXT = "خبر: کاخ سفید و وزارت خارجه ایران از برجام گفتند. " * 8
SETS = "SELECT id FROM annotations_annotationset WHERE project_id = 1 AND kind = 'gold' AND status = 'accepted'"
# The same figure with nothing around it: no person's rights, no names, no objects.
BARE = {
    "stages": """SELECT article_id, count(*), max(submitted_at), sum(status = 'submitted')
        FROM annotations_annotationset WHERE project_id = 1 AND kind = 'annotator' GROUP BY article_id""",
    "minutes": """SELECT s.pseudonym, sum(v.seconds) FROM annotations_annotationset s
        JOIN annotations_visit v ON v.annotation_set_id = s.id AND v.user_id = s.annotator_id
        WHERE s.project_id = 1 GROUP BY s.id""",
    "labels": f"SELECT label_id, count(*) FROM annotations_span WHERE annotation_set_id IN ({SETS}) GROUP BY label_id",
    "stances": f"""SELECT h.words, t.words, r.attributes ->> '$.polarity', count(*) FROM annotations_relation r
        JOIN annotations_span h ON h.id = r.head_span_id JOIN annotations_span t ON t.id = r.tail_span_id
        WHERE r.annotation_set_id IN ({SETS}) GROUP BY 1, 2, 3""",
}


def main() -> None:
    """Makes, measures, prints."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _make()
    print(json.dumps(dict(_measured())))


def _make() -> None:
    from django.db import transaction

    from annotations.actions.projects import add_member, create_project
    from annotations.models import Article, Project, ProjectArticle, Role, User

    if Project.objects.exists():
        return
    manager = User.objects.create(username="manager")
    people = [User.objects.create(username=name) for name in PEOPLE]
    with transaction.atomic():
        project = create_project(title="بزرگ", slug="large", by=manager, overlap=3)
        for person in people:
            add_member(project, person, role=Role.ANNOTATOR, pseudonym=person.username)
        articles = [
            Article(text=TEXT, text_sha256=f"{at:064d}", headline=TEXT[:40], length=len(TEXT)) for at in range(ARTICLES)
        ]
        Article.objects.bulk_create(articles, batch_size=1000)
        ProjectArticle.objects.bulk_create([ProjectArticle(project=project, article=one) for one in articles])
        _work(project, people, articles)


def _work(project: Any, people: list[Any], articles: list[Any]) -> None:
    """Makes the sets with their spans, times and stances."""
    from datetime import timedelta

    from django.utils import timezone

    from annotations.models import AnnotationSet, Label, Relation, SetKind, Span, Visit
    from annotations.models.fields import new_uid

    rng, now = random.Random(5), timezone.now()
    labels = list(Label.objects.filter(project=project, kind__in=["entity", "claim", "cue"]))
    stance = Label.objects.get(project=project, key="stance")

    def sets() -> Iterator[AnnotationSet]:
        for number, article in enumerate(articles):
            at = now - timedelta(minutes=10 * (ARTICLES - number))
            for person in people:
                yield AnnotationSet(
                    project=project, article=article, annotator=person, pseudonym=person.username, status="submitted",
                    submitted_at=at, updated_at=at,
                )  # fmt: skip
            if number < GOLD:
                yield AnnotationSet(
                    project=project, article=article, kind=SetKind.GOLD, status="accepted", updated_at=at
                )

    for made in _stored(AnnotationSet, sets(), CHUNK // SPANS):
        spans = [
            Span(annotation_set=work, uid=new_uid(), label=rng.choice(labels), start=at * 7, end=at * 7 + 5,
                 words=rng.randrange(NAMES))
            for work in made
            for at in range(SPANS)
        ]  # fmt: skip
        Span.objects.bulk_create(spans, batch_size=2000)
        Visit.objects.bulk_create([
            Visit(uid=new_uid(), user_id=work.annotator_id, annotation_set=work, seconds=rng.randrange(60, 2000))
            for work in made
            if work.annotator_id
        ])  # fmt: skip
        Relation.objects.bulk_create(
            Relation(
                annotation_set=work, uid=new_uid(), label=stance, head_kind="span", head_span=spans[SPANS * at + one],
                tail_kind="span", tail_span=spans[SPANS * at + one + STANCES],
                attributes={"polarity": rng.choice(["FAVOR", "AGAINST", "NONE"])},
            )
            for at, work in enumerate(made)
            for one in range(STANCES)
        )  # fmt: skip


def _stored(model: Any, rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    for chunk in itertools.batched(rows, size):
        yield model.objects.bulk_create(chunk)


def _measured() -> Iterator[tuple[str, tuple[float, float | None]]]:
    """Yields (part, (median ms, median ms of bare sqlite3)); the last one is the whole answer of the API."""
    import sqlite3

    from django.db import connection

    from annotations.models import Project, User
    from annotations.queries.dashboard import scope_from
    from annotations.queries.dashboard_figures import PLAIN, Figures
    from annotations.queries.gold_scores import gold_scores

    project, manager = Project.objects.get(), User.objects.get(username="manager")

    def figures(**parameters: str) -> Figures:
        return Figures(scope_from(parameters, project=project, by=manager))

    bare = sqlite3.connect(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None
    for part in PLAIN:
        own = _ms(lambda part=part: PLAIN[part](figures()))
        least = BARE.get(part) if bare else None
        yield part, (own, _ms(lambda least=least: bare.execute(least).fetchall()) if least else None)
    yield "labels of one person", (_ms(lambda: PLAIN["labels"](figures(annotator="a"))), None)
    yield "all parts", (_ms(lambda: [PLAIN[part](every) for every in [figures()] for part in PLAIN]), None)
    yield "F1 with gold (part of a job)", (_ms(lambda: gold_scores(project), rounds=1), None)


def _ms(measured: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """Returns the median: of processor time where the database is in this process, which others can't slow down."""
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    times = []
    for _ in range(rounds):
        began = clock()
        measured()
        times.append(clock() - began)
    return 1000 * statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())

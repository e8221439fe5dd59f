"""Makes a large knowledge base with mentions in an empty database, and times the search in it."""

import json
import os
import random
import sys
import time
from pathlib import Path

import django

WORDS = [
    "دونالد",
    "ترامپ",
    "کیم",
    "جونگ",
    "اون",
    "ولادیمیر",
    "پوتین",
    "مریم",
    "رضایی",
    "تهران",
    "روسیه",
    "مسکو",
    "کره",
    "شمالی",
    "خبرگزاری",
    "تاس",
    "وزارت",
    "دفاع",
    "شورای",
    "امنیت",
    "سازمان",
    "ملل",
    "ایالات",
    "متحده",
    "آمریکا",
    "تکزاس",
    "واشنگتن",
    "پست",
    "نیویورک",
    "تایمز",
    "دانشگاه",
    "علوم",
    "بانک",
    "مرکزی",
    "شرکت",
    "نفت",
    "مجلس",
]
QUERIES = ("ت", "تر", "ترامپ", "دونالد ترامپ", "رئیس جمهور دونالد ترامپ", "ناموجود")
ROUNDS = 40


def main(entities: int, mentions: int, home: str) -> None:
    """Prints [query, found, p50, p95] as JSON."""
    if home:
        from tests.postgres.server import start

        os.environ["DATABASE_URL"] = start(Path(home))
    django.setup()
    from annotations.queries.entities import search_entities

    project, person = _prepare(entities, mentions)
    rows = []
    for query in QUERIES:
        times, found = [], []
        for _round in range(ROUNDS):
            began = time.perf_counter()
            found = search_entities(project, query, to=person, label="PER")
            times.append((time.perf_counter() - began) * 1000)
        times.sort()
        rows.append([query, len(found), times[ROUNDS // 2], times[int(ROUNDS * 0.95)]])
    print(json.dumps(rows, ensure_ascii=False))


def _prepare(entities: int, mentions: int) -> tuple[object, object]:
    from django.core.management import call_command
    from django.db import connection

    from annotations.actions.articles import add_article
    from annotations.actions.assignments import assign
    from annotations.actions.entities import index_names
    from annotations.actions.projects import create_project
    from annotations.models import Entity, Label, Span, User
    from annotations.models.fields import new_uid

    call_command("migrate", verbosity=0)
    person = User.objects.create(username="manager")
    project = create_project(title="bench", slug="bench", by=person)
    chance = random.Random(1)
    names = [" ".join(chance.choices(WORDS, k=chance.randint(1, 3))) + f" {at}" for at in range(entities)]
    for first in range(0, entities, 5000):
        part = [
            Entity(project=project, key=f"e{at}", label_key=chance.choice(("PER", "ORG", "LOC")), name=names[at])
            for at in range(first, min(first + 5000, entities))
        ]
        index_names(Entity.objects.bulk_create(part))
    work = assign(project, add_article(project, text="ا " * mentions, by=None), annotator=person)
    label, ids = Label.objects.get(project=project, key="PER"), list(Entity.objects.values_list("pk", flat=True))
    Span.objects.bulk_create(
        (
            Span(
                annotation_set=work, uid=new_uid(), label=label, start=2 * at, end=2 * at + 1,
                entity_id=ids[int(chance.paretovariate(0.6)) % len(ids)],
            )
            for at in range(mentions)
        ),
        batch_size=2000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return project, person


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])

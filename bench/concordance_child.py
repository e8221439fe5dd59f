"""Measures the concordance of 100,000 articles on one database and prints the medians as JSON."""

import json
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import django

# Every tenth article has been worked on: where one of these words stands in it, it bears this label.
LABELS = {"روسیه": "LOC", "کیم": "PER"}
EVERY = 10
PAGES = (1, 2, 5, 20)
CHOICES: dict[str, dict[str, str]] = {
    "a common word": {"q": "روسیه"},
    "a word of every article": {"q": "و"},
    "a phrase": {"q": "«کره شمالی»"},
    "not labelled LOC": {"q": "روسیه", "label": "-LOC"},
    "labelled LOC": {"q": "روسیه", "label": "LOC"},
    "without a label": {"q": "کیم", "label": "none"},
    "by the next word": {"q": "روسیه", "order": "next"},
}


def main() -> None:
    """Makes the corpus, measures, prints."""
    django.setup()
    from django.core.management import call_command

    from annotations.models import AnnotationSet, Article
    from bench.search_child import make_corpus

    call_command("migrate", verbosity=0)
    if not Article.objects.exists():
        make_corpus()
    if not AnnotationSet.objects.exists():
        _annotate()
    print(json.dumps({"rows": list(_measured()), "labelled": _labelled()}))


def _annotate() -> None:
    """Gives every tenth article a set with the labels of its words."""
    from annotations.kinds.wording import key_hash, words_key
    from annotations.models import AnnotationSet, Article, Label, Project, Span, User
    from annotations.models.fields import new_uid

    project, user = Project.objects.get(), User.objects.get(username="annotator")
    labels = {word: Label.objects.get(project=project, key=key) for word, key in LABELS.items()}
    texts = {
        pk: text
        for number, (pk, text) in enumerate(Article.objects.order_by("pk").values_list("pk", "text").iterator(500))
        if number % EVERY == 0
    }
    common = {"project": project, "annotator": user, "pseudonym": "a"}
    AnnotationSet.objects.bulk_create([AnnotationSet(article_id=pk, **common) for pk in texts], batch_size=1000)
    spans = [
        Span(
            annotation_set_id=work, uid=new_uid(), label=label, start=start, end=start + len(word),
            words=key_hash(words_key(word)),
        )
        for work, pk in AnnotationSet.objects.values_list("pk", "article")
        for word, label in labels.items()
        if (start := texts[pk].find(f" {word} ") + 1)
    ]  # fmt: skip
    Span.objects.bulk_create(spans, batch_size=1000)


def _measured() -> Iterator[tuple[Any, ...]]:
    """Yields (choice, ms of some pages, processor ms of the first, ms of it over HTTP, ms of bare FTS5)."""
    from django.conf import settings
    from django.test import Client

    from annotations.models import Project, User
    from annotations.queries.concordance import concordance
    from annotations.queries.concordance_filter import choice_from
    from bench.search_child import bare_ms, median_ms

    settings.ALLOWED_HOSTS = ["testserver"]
    user, project = User.objects.get(username="annotator"), Project.objects.get()
    client = Client()
    client.force_login(user)
    for name, said in CHOICES.items():
        choice = choice_from(said, project=project, by=user)
        cursor, times = "", []
        for number in range(1, max(PAGES) + 1):
            page = concordance(choice, by=user, cursor=cursor)
            if number in PAGES:
                times.append(median_ms(lambda choice=choice, at=cursor: concordance(choice, by=user, cursor=at)))
            cursor = page.next or ""
            if not cursor:
                break
        times += [None] * (len(PAGES) - len(times))
        own = _processor_ms(lambda choice=choice: concordance(choice, by=user))
        whole = median_ms(lambda said=said: _page(client, project.slug, said))
        yield (name, times, own, whole, bare_ms(said["q"]))


def _processor_ms(work: Callable[[], object]) -> float:
    """Returns what this process computes, whatever else the machine does; SQLite computes in it."""
    times = []
    for _ in range(9):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times) * 1000


def _page(client: Any, slug: str, said: dict[str, str]) -> None:
    assert client.get(f"/projects/{slug}/concordance/", said).status_code == 200


def _labelled() -> dict[str, float]:
    """Returns how long it takes to label 1,000 hits in as many sets as they stand in, and to take that back."""
    from annotations.actions import bulk_edits
    from annotations.actions.giving import label_hits
    from annotations.models import Project, User
    from annotations.models.fields import new_uid
    from annotations.queries.concordance import lines
    from annotations.queries.concordance_filter import choice_from
    from annotations.queries.giving import Asked

    user, project = User.objects.get(username="annotator"), Project.objects.get()
    # Articles with work of one's own alone, so that each hit is written.
    choice = choice_from({"q": "شمالی"}, project=project, by=user)
    mine = set(user.annotation_sets.values_list("article", flat=True))
    hits: list[Asked] = []
    for line in lines(choice, by=user):
        if line.hit.article.pk in mine:
            hits.append(Asked(line.hit.article.pk, line.hit.start, line.hit.end, line.words))
        if len(hits) == 1000:
            break
    began = time.perf_counter()
    edit, _plan = label_hits(project, hits, "LOC", by=user, uid=new_uid())
    labelled = time.perf_counter() - began
    began = time.perf_counter()
    bulk_edits.undo(edit, by=user)
    return {"hits": len(hits), "sets": edit.parts.count(), "label_s": labelled, "undo_s": time.perf_counter() - began}


if __name__ == "__main__":
    main()

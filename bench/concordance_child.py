"""Measures the concordance of 100,000 articles on one database and prints the medians as JSON."""

import json
import time
from collections.abc import Iterator
from typing import Any

import django

from bench.clock import taken
from bench.search_cases import filled
from bench.search_child import rare_words
from bench.search_library import LARGE, RARE_LABEL, RARE_OUTLET, make_library

PAGES = (1, 2, 5, 20)
CHOICES: dict[str, dict[str, str]] = {
    "a common word": {"q": "روسیه"},
    "a word of every article": {"q": "و"},
    "a rare word": {"q": "{rare}"},
    "a phrase": {"q": "«کره شمالی»"},
    "a rare phrase of common words": {"q": "«{pair}»"},
    "a beginning": {"q": "همکا*"},
    "of a rare outlet": {"q": "روسیه", "source": RARE_OUTLET},
    "of a year": {"q": "روسیه", "since": "۱۳۹۶", "until": "۱۳۹۶"},
    "of a day": {"q": "روسیه", "since": "2019-09-17", "until": "2019-09-17"},
    "not labelled LOC": {"q": "روسیه", "label": "-LOC"},
    "labelled LOC": {"q": "روسیه", "label": "LOC"},
    "labelled with a rare label": {"q": "روسیه", "label": RARE_LABEL},
    "labelled with a label nobody gave": {"q": "روسیه", "label": "MON"},
    "without a label": {"q": "کیم", "label": "none"},
    "by the next word": {"q": "روسیه", "order": "next"},
    "by the previous word": {"q": "روسیه", "order": "previous"},
    "by label": {"q": "روسیه", "order": "label"},
    "by date": {"q": "روسیه", "order": "date"},
    "gold, labelled LOC": {"q": "روسیه", "label": "LOC", "whose": "gold"},
    "everyone's, labelled LOC": {"q": "روسیه", "label": "LOC", "whose": "everyone"},
}
# What only those see who review.
REVIEWED = ("gold", "everyone")


def main() -> None:
    """Makes the corpus, measures, prints."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    make_library()
    print(json.dumps({"rows": list(_measured()), "labelled": _labelled()}))


def _measured() -> Iterator[tuple[Any, ...]]:
    """Yields (choice, what some pages, the first one over HTTP and the API take), None where there is no such page."""
    from django.conf import settings
    from django.test import Client

    from annotations.models import Project, User
    from annotations.queries.concordance import concordance
    from annotations.queries.concordance_filter import choice_from

    settings.ALLOWED_HOSTS = ["testserver"]
    project, words = Project.objects.get(slug=LARGE), rare_words()
    for name, given in CHOICES.items():
        user = User.objects.get(username="manager" if given.get("whose") in REVIEWED else "annotator")
        said = filled(given, words)
        choice = choice_from(said, project=project, by=user)
        cursor, times = "", []
        for number in range(1, max(PAGES) + 1):
            page = concordance(choice, by=user, cursor=cursor)
            if number in PAGES:
                times.append(taken(lambda choice=choice, at=cursor, by=user: concordance(choice, by=by, cursor=at)))
            cursor = page.next or ""
            if not cursor:
                break
        times += [None] * (len(PAGES) - len(times))
        client = Client()
        client.force_login(user)
        for address in (f"/projects/{LARGE}/concordance/", f"/api/v1/projects/{LARGE}/concordance/"):
            times.append(taken(lambda address=address, said=said, get=client.get: _got(get(address, said))))
        yield (name, *times)


def _got(answer: Any) -> None:
    assert answer.status_code == 200, answer


def _labelled() -> dict[str, float]:
    """Returns how long it takes to label 1,000 hits in as many sets as they stand in, and to take that back."""
    from annotations.actions import bulk_edits
    from annotations.actions.giving import label_hits
    from annotations.models import Project, User
    from annotations.models.fields import new_uid
    from annotations.queries.concordance import lines
    from annotations.queries.concordance_filter import choice_from
    from annotations.queries.giving import Asked

    user, project = User.objects.get(username="annotator"), Project.objects.get(slug=LARGE)
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

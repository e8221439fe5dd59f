"""Searches 100,000 articles on one database and prints the medians as JSON: ids, whole pages, counts, the API."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import django

from bench.clock import taken
from bench.search_cases import cases, filled
from bench.search_library import make_library

PAGES = (1, 2, 20)


def main() -> None:
    """Makes the library where it is missing, measures, prints."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    made = make_library()
    words = rare_words()
    only = re.compile(os.environ.get("BENCH_CASES", ""))
    rows = []
    for person, query, narrowed, given in cases():
        name = " · ".join(part for part in (person, query, narrowed) if part)
        if only.search(name):
            rows.append((name, *_measured(person, filled(given, words))))
    print(json.dumps({"made_s": made, "rows": rows}))


def rare_words() -> dict[str, str]:
    """Returns a word of few articles, two common words that hardly ever stand side by side, and a word of none."""
    from annotations.models import Article
    from annotations.queries.search import count_matching
    from annotations.text.query import parse

    text = Article.objects.order_by("pk").values_list("text", flat=True)[50_000]

    def hits(typed: str) -> int:
        return count_matching(parse(typed), Article.objects.all(), most=1000)

    rare = min(text.split()[20:60], key=hits)
    pairs = [f"{one} {other}" for one in ("شمالی", "همکاری", "روسیه", "است") for other in ("برای", "دو", "آن", "کیم")]
    pair = min(pairs, key=lambda words: hits(f"«{words}»") or 1000)
    return {"rare": rare, "pair": pair, "none": "قققققق"}


def _measured(username: str, given: dict[str, str]) -> Iterator[Any]:
    """Yields the number of hits, then what each surface takes; None where there is no such page."""
    from annotations.models import User
    from annotations.queries.library import PAGE, Cursor, count, places
    from annotations.queries.library_filter import LibraryFilter, filtered

    user, chosen = User.objects.get(username=username), LibraryFilter(**given)
    yield count(user, chosen)

    def ids(**at: Cursor | None) -> Any:
        return places(user, chosen, filtered(user, chosen), **{"before": None, "after": None} | at, size=PAGE)

    before: Cursor | None = None
    for number in range(1, max(PAGES) + 1):
        if number in PAGES:
            yield taken(lambda before=before: ids(before=before)) if number == 1 or before else None
        if number == 1 or before:
            before = ids(before=before).older
    last = ids(after=Cursor(pk=0, below=chosen.by_relevance)).newer
    yield taken(lambda: ids(before=last)) if last else None
    get = _client(user)
    yield taken(lambda: get("/library/", given))
    yield taken(lambda: get("/library/", given | {"before": str(last)})) if last else None
    yield taken(lambda: get("/library/count/", given))
    yield taken(lambda: get("/api/v1/articles/", given))


def _client(user: Any) -> Callable[[str, dict[str, str]], None]:
    from django.test import Client

    client = Client()
    client.force_login(user)

    def get(address: str, given: dict[str, str]) -> None:
        assert client.get(address, given).status_code == 200, address

    return get


if __name__ == "__main__":
    sys.exit(main())

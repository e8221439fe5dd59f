"""Makes what savers are measured on, a corpus and a desk for each annotator; or pulls the corpus, as a client would."""

import http.client
import json
import sys
import time

import django

CHUNK = 1024 * 1024


def prepare(articles: int, savers: int) -> None:
    """Prints the desks and a manager's token as JSON."""
    django.setup()
    from django.core.management import call_command
    from knox.models import AuthToken

    from annotations.actions.assignments import assign
    from annotations.actions.imports import articles_stored, import_drafts
    from annotations.actions.projects import add_member, create_project
    from annotations.jobs.analyses import queue_missing
    from annotations.models import User
    from bench.corpus import corpus

    call_command("migrate", verbosity=0)
    articles_stored.disconnect(queue_missing)  # nobody is there to analyse
    manager = User.objects.create(username="manager")
    project = create_project(title="bench", slug="bench", by=manager)
    import_drafts(project, enumerate(corpus(articles), 1), by=None)
    report = import_drafts(project, enumerate(corpus(savers, seed=2, with_spans=False), 1), by=None)
    desks = []
    for number, article in enumerate(project.articles.filter(pk__in=report.article_ids)):
        user = User.objects.create(username=f"annotator{number}")
        add_member(project, user, role="annotator")
        work = assign(project, article, annotator=user)
        path, token = f"/api/v1/annotation-sets/{work.pk}/operations/", AuthToken.objects.create(user=user)[1]
        desks.append({"path": path, "token": token, "sha256": article.text_sha256, "quote": article.text[:5]})
    print(json.dumps({"desks": desks, "manager": AuthToken.objects.create(user=manager)[1]}))


def pull(port: int, token: str) -> None:
    """Prints how many articles came, in how many seconds, and after how many the first bytes."""
    connection, began, first, lines = http.client.HTTPConnection("127.0.0.1", port), time.perf_counter(), 0.0, 0
    connection.request("GET", "/api/v1/projects/bench/export/", headers={"Authorization": f"Token {token}"})
    response = connection.getresponse()
    while chunk := response.read1(CHUNK):
        first = first or time.perf_counter() - began
        lines += chunk.count(b"\n")
    print(lines, time.perf_counter() - began, first)


if __name__ == "__main__":
    if sys.argv[1] == "pull":
        pull(int(sys.argv[2]), sys.argv[3])
    else:
        prepare(int(sys.argv[1]), int(sys.argv[2]))

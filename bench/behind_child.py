"""One process that stores the articles and times hazm alone, or one that works out what is missing of them."""

import json
import sys
import time

import django

from bench.export_child import peak_mb


def main(work: str, count: int) -> None:
    """Does the work and prints what was measured as JSON."""
    django.setup()
    print(json.dumps(_store(count) if work == "store" else _work(count)))


def _store(count: int) -> dict[str, float]:
    from django.core.management import call_command

    from annotations.actions.imports import import_drafts
    from annotations.actions.projects import create_project
    from annotations.models import Article, User
    from annotations.text import hazm_engine
    from bench.corpus import corpus

    call_command("flush", verbosity=0, interactive=False) if _is_migrated() else call_command("migrate", verbosity=0)
    project = create_project(title="bench", slug="bench", by=User.objects.create(username="bench"))
    drafts = corpus(count, with_spans=False)
    report = import_drafts(project, ((place, draft) for place, draft in enumerate(drafts, 1)), by=None)
    assert report.stored == count, report.failures[:1]
    texts = list(Article.objects.values_list("text", flat=True))
    hazm_engine.word_tokens(hazm_engine.normalise(texts[0]))  # its dictionaries are loaded once
    began = time.process_time()
    for text in texts:
        hazm_engine.word_tokens(hazm_engine.normalise(text))
    return {"hazm_s": time.process_time() - began}


def _is_migrated() -> bool:
    from django.db import connection

    from annotations.models import Article

    return Article._meta.db_table in connection.introspection.table_names()


def _work(count: int) -> dict[str, float]:
    from annotations.actions.steps import steps
    from annotations.text.normalise import normalised

    normalised("یک متن")
    began, cpu, made, first_peak = time.time(), time.process_time(), 0, 0.0
    for step in steps():
        for batch in step.batches():
            done = step.make(batch)
            made += done if step.name == "analysis" else 0
            first_peak = first_peak or (peak_mb() if made >= count // 10 else 0.0)
    grown = peak_mb() - (first_peak or peak_mb())
    spent = time.process_time() - cpu
    return {"made": made, "began": began, "ended": time.time(), "cpu_s": spent, "grown_mb": grown}


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

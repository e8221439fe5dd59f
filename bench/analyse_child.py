"""hazm's bare loop, a corpus to analyse, or one worker, each in its own process."""

import sys
import time

import django

from bench.export_child import peak_mb


def bare(size: int) -> float:
    """Normalises and tokenises with hazm alone; its dictionaries are loaded before."""
    from hazm import Normalizer, WordTokenizer

    from bench.corpus import corpus

    texts = [draft.text for draft in corpus(size, with_spans=False)]
    normaliser, tokeniser = Normalizer(), WordTokenizer()
    began = time.perf_counter()
    for text in texts:
        tokeniser.tokenize(normaliser.normalize(text))
    return time.perf_counter() - began


def prepare(size: int) -> None:
    """Stores the corpus."""
    from django.core.management import call_command

    from annotations.actions.imports import import_drafts
    from annotations.actions.projects import create_project
    from annotations.models import User
    from bench.corpus import corpus

    call_command("migrate", verbosity=0)
    project = create_project(title="bench", slug="bench", by=User.objects.create(username="bench"))
    report = import_drafts(project, enumerate(corpus(size, with_spans=False), 1), by=None)
    assert report.stored == size, report.failures[:1]


def work() -> None:
    """Works until nothing is missing, like `db_worker`."""
    from django.core.management import call_command

    from annotations.actions.steps import is_any_missing

    while is_any_missing():
        call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
        time.sleep(0.05)


def check(size: int) -> None:
    """Sees that each text was analysed, once, and placed in a story."""
    from annotations.models import Analysis, StoryMember

    assert Analysis.objects.count() == StoryMember.objects.count() == size


def main(what: str, size: int) -> None:
    """Does the work and prints seconds and megabytes over the idle process."""
    django.setup()
    idle, began = peak_mb(), time.perf_counter()
    spent = None
    match what:
        case "bare":
            spent = bare(size)
        case "prepare":
            prepare(size)
        case "work":
            work()
        case "check":
            check(size)
    print(spent or time.perf_counter() - began, peak_mb() - idle)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

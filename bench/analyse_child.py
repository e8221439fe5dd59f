"""hazm's bare loop, a corpus to analyse, or one worker, each in its own process."""

import sys
import time

import django
import psutil

from bench.export_child import peak_mb

Spent = tuple[float, float]


def spent(child: int | None = None) -> Spent:
    """Returns the time, and the processor time of this process and of a child."""
    processes = [psutil.Process(), *([psutil.Process(child)] if child else [])]
    times = [process.cpu_times() for process in processes]
    return time.perf_counter(), sum(one.user + one.system for one in times)


def since(began: Spent, child: int | None = None) -> Spent:
    """Returns what was spent since then."""
    now = spent(child)
    return now[0] - began[0], now[1] - began[1]


def bare(size: int) -> Spent:
    """Normalises and tokenises with hazm alone; its dictionaries are loaded before."""
    from hazm import Normalizer, WordTokenizer

    from bench.corpus import corpus

    texts = [draft.text for draft in corpus(size, with_spans=False)]
    normaliser, tokeniser = Normalizer(), WordTokenizer()
    began = spent()
    for text in texts:
        tokeniser.tokenize(normaliser.normalize(text))
    return since(began)


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


def work() -> Spent:
    """Works until nothing is missing, like `db_worker`; hazm's dictionaries are loaded before, as for the bare loop."""
    from django.core.management import call_command

    from annotations.actions.steps import is_any_missing
    from annotations.jobs.analyses import normaliser

    normaliser("سلام")
    print("ready", flush=True)
    sys.stdin.readline()
    began = spent(normaliser.child.pid)
    while is_any_missing():
        call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
        time.sleep(0.05)
    return since(began, normaliser.child.pid)


def check(size: int) -> None:
    """Sees that each text was analysed, once, and placed in a story."""
    from annotations.models import Analysis, StoryMember

    assert Analysis.objects.count() == StoryMember.objects.count() == size


def main(what: str, size: int) -> None:
    """Does the work and prints seconds, processor seconds and megabytes over the idle process."""
    django.setup()
    idle, took = peak_mb(), (0.0, 0.0)
    match what:
        case "bare":
            took = bare(size)
        case "prepare":
            prepare(size)
        case "work":
            took = work()
        case "check":
            check(size)
    print(*took, peak_mb() - idle)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

"""hazm's bare loop, texts to analyse, or one worker, each in its own process."""

import sys
import time
from collections.abc import Iterator

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


def texts(which: str) -> Iterator[str]:
    """Yields the texts of that name: sentences of the seed, recombined, or what Fars News wrote."""
    from bench.corpus import corpus
    from bench.stories import fars_texts

    yield from fars_texts() if which == NEWS else (draft.text for draft in corpus(SIZE, with_spans=False))


def bare(which: str) -> tuple[float, float]:
    """Normalises and tokenises with hazm alone; its dictionaries are loaded before."""
    from hazm import Normalizer, WordTokenizer

    read = list(texts(which))
    normaliser, tokeniser = Normalizer(), WordTokenizer()
    began = spent()
    for text in read:
        tokeniser.tokenize(normaliser.normalize(text))
    return since(began)


def prepare(which: str) -> None:
    """Stores the texts."""
    from django.core.management import call_command

    from annotations.actions.imports import import_drafts
    from annotations.actions.projects import create_project
    from annotations.models import User
    call_command("migrate", verbosity=0)
    project = create_project(title="bench", slug="bench", by=User.objects.create(username="bench"))
    report = import_drafts(project, ((at, Draft(text=text)) for at, text in enumerate(texts(which), 1)), by=None)
    assert not report.failures, report.failures[:1]


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


def check(which: str) -> None:
    """Sees that each text was analysed, once, can be found, and was placed in a story."""
    from annotations.models import Analysis, SearchText, StoryMember

    made = {model.objects.count() for model in (Analysis, SearchText, StoryMember)}
    assert made == {sum(1 for _text in texts(which))}


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

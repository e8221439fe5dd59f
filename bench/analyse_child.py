"""hazm's bare loop, texts to analyse, or one worker, each in its own process."""

import sys
import time

import django
import psutil

from annotations.records import Draft, Section
from bench.corpus import corpus
from bench.export_child import peak_mb
from bench.stories import fars_texts

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


def texts(which: str, size: int) -> list[str]:
    """Returns so many texts: `news` of Fars News as they are, else sentences of the seed, recombined."""
    if which == "news":
        return fars_texts()[:size]
    return [draft.text for draft in corpus(size, with_spans=False)]


def bare(which: str, size: int) -> Spent:
    """Normalises and tokenises with hazm alone; its dictionaries are loaded before."""
    from hazm import Normalizer, WordTokenizer

    read = texts(which, size)
    normaliser, tokeniser = Normalizer(), WordTokenizer()
    began = spent()
    for text in read:
        tokeniser.tokenize(normaliser.normalize(text))
    return since(began)


def prepare(which: str, size: int) -> None:
    """Stores the texts, with their headlines."""
    from django.core.management import call_command

    from annotations.actions.imports import import_drafts
    from annotations.actions.projects import create_project
    from annotations.models import User

    call_command("migrate", verbosity=0)
    project = create_project(title="bench", slug="bench", by=User.objects.create(username="bench"))
    drafts = [Draft(text=text, sections=(Section("headline", 0, text.index("\n")),)) for text in texts(which, size)]
    report = import_drafts(project, enumerate(drafts, 1), by=None)
    assert report.stored == len(drafts), report.failures[:1]


def work() -> tuple[Spent, float]:
    """Works until nothing is missing, like `db_worker`; hazm's dictionaries are loaded before, as for the bare loop.

    Returns what was spent, and how many megabytes hazm's process grew meanwhile.
    """
    from django.core.management import call_command

    from annotations.actions.steps import is_any_missing
    from annotations.jobs.analyses import normaliser

    normaliser("سلام")
    child = psutil.Process(normaliser.child.pid)
    print("ready", flush=True)
    sys.stdin.readline()
    held, began = child.memory_info().rss, spent(child.pid)
    while is_any_missing():
        call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
        time.sleep(0.05)
    return since(began, child.pid), (child.memory_info().rss - held) / 2**20


def check(which: str, size: int) -> None:
    """Sees that each text was analysed, once, can be found, and was placed in a story."""
    from annotations.models import Analysis, SearchText, StoryMember

    made = {model.objects.count() for model in (Analysis, SearchText, StoryMember)}
    assert made == {len(texts(which, size))}


def main(what: str, which: str, size: int) -> None:
    """Does the work; prints how many texts, seconds, processor seconds, megabytes over the idle process, and hazm's."""
    django.setup()
    idle, took, grown = peak_mb(), (0.0, 0.0), 0.0
    match what:
        case "bare":
            took = bare(which, size)
        case "prepare":
            prepare(which, size)
        case "work":
            took, grown = work()
        case "check":
            check(which, size)
    print(len(texts(which, size)), *took, peak_mb() - idle, grown)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

"""Makes a project with much work in an empty database, and times drafts of its label scheme."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import django


def run(articles: int) -> list[tuple[str, int, float, float]]:
    """Returns rows of (draft, annotations, wall seconds, seconds of the process)."""
    from django.core.management import call_command

    from annotations.actions import schemes
    from annotations.actions.imports import import_drafts
    from annotations.actions.projects import create_project
    from annotations.jobs import relabelling, runner
    from annotations.kinds.draft import DraftLabel, plain, read_labels
    from annotations.models import Span, User
    from annotations.queries.consequences import consequences
    from annotations.queries.scheme_labels import published_labels
    from bench.corpus import corpus

    call_command("migrate", verbosity=0)
    manager = User.objects.create(username="manager")
    project = create_project(title="scheme", slug="scheme", by=manager)
    report = import_drafts(project, enumerate(corpus(articles), start=1), by=manager)
    if report.failures:
        raise ValueError(report.failures[0])

    def draft(**fields: object) -> list[DraftLabel]:
        said = plain(published_labels(project))
        return [*read_labels([label | (fields if label["key"] == "LOC" else {}) for label in said])]

    def measured() -> Iterator[tuple[str, int, float, float]]:
        for name, fields in (
            ("another title", {"title_fa": "جا"}), ("archived", {"archived": True}),
            ("attributes forbidden", {"attributes": {"type": "object", "properties": {}}}),
        ):  # fmt: skip
            labels = draft(**fields)
            found, *seconds = timed(partial(consequences, project, labels))
            yield name, found.affected, *seconds
        schemes.save_draft(project, draft(into="FAC"), by=manager)
        bearing = Span.objects.filter(label__key="LOC").count()
        version, *seconds = timed(partial(relabelling.publish, project, by=manager))
        yield "merged, published", bearing, *seconds
        job = version.relabelling.job
        if job is not None:
            _state, *seconds = timed(partial(runner.run_slice, job.pk, leave=lambda: False))
            yield "merged, followed by all", bearing, *seconds
        undo, *seconds = timed(partial(relabelling.undo, project, version.relabelling, by=manager))
        yield "taken back, published", bearing, *seconds
        if undo.job.state == "waiting":
            _state, *seconds = timed(partial(runner.run_slice, undo.job.pk, leave=lambda: False))
            yield "taken back, followed by all", bearing, *seconds
        if Span.objects.filter(label__key="LOC").count() != bearing:
            raise ValueError("not all annotations came back")

    return list(measured())


def timed[T](work: Callable[[], T]) -> tuple[T, float, float]:
    """Returns what the work gives, its wall time and that of the process."""
    wall, own = time.perf_counter(), time.process_time()
    given = work()
    return given, time.perf_counter() - wall, time.process_time() - own


if __name__ == "__main__":
    django.setup()
    print(json.dumps(run(int(sys.argv[1]))))

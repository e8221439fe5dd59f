"""One import or export in its own process, so that its peak memory is its own."""

import resource
import sys
import time
from pathlib import Path
from urllib.parse import parse_qsl

import django


def peak_mb() -> float:
    """Returns the process' peak resident memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(work: str, path: Path) -> None:
    """Does the work and prints seconds, processor seconds, the server's, those to the first bytes, megabytes over idle.

    `work` is `import`, `export` with a format or without, or `first` with a filter: the first bytes of an export.
    """
    django.setup()
    from django.core.management import call_command

    from annotations.actions.imports import import_drafts
    from annotations.actions.projects import create_project
    from annotations.exporters import EXPORTERS
    from annotations.exporters.losses import Losses
    from annotations.importers import IMPORTERS
    from annotations.models import Project, User
    from annotations.queries.exports import export
    from annotations.queries.selection import selection_from
    from bench.clock import backend, on_processor

    if work == "import":
        call_command("migrate", verbosity=0)
        create_project(title="bench", slug="bench", by=User.objects.create(username="bench"))
    project = Project.objects.get(slug="bench")
    what, _, said = work.partition(" ")
    server = backend()
    idle, served, first = peak_mb(), on_processor(server), 0.0
    began, busy = time.perf_counter(), time.process_time()
    if what == "import":
        with path.open("rb") as file:
            report = import_drafts(project, IMPORTERS["jsonl"].read(file, {}), by=None)
        assert not report.failed, report.failures[:1]
    else:
        exporter = EXPORTERS[said or "jsonl" if what == "export" else "jsonl"]
        selection = selection_from(dict(parse_qsl(said)) if what == "first" else {}, project=project)
        with path.open("wb") as file, Losses() as losses:
            chunks = export(exporter, selection, losses=losses)
            file.write(next(chunks))
            first = time.perf_counter() - began
            if what == "export":
                file.writelines(chunks)
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    print(seconds, busy, on_processor(server) - served, first, peak_mb() - idle)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

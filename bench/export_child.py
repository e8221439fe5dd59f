"""One import or export in its own process, so that its peak memory is its own."""

import resource
import sys
import time
from pathlib import Path

import django


def peak_mb() -> float:
    """Returns the process' peak resident memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(work: str, path: Path) -> None:
    """Does the work and prints seconds, processor seconds and megabytes over the idle process."""
    django.setup()
    from django.core.management import call_command

    from annotations.actions.imports import import_drafts
    from annotations.actions.projects import create_project
    from annotations.exporters import EXPORTERS
    from annotations.exporters.losses import Losses
    from annotations.importers import IMPORTERS
    from annotations.models import Project, User
    from annotations.queries.exports import export
    from annotations.queries.selection import Selection

    if work == "import":
        call_command("migrate", verbosity=0)
        create_project(title="bench", slug="bench", by=User.objects.create(username="bench"))
    project = Project.objects.get(slug="bench")
    idle, began, busy = peak_mb(), time.perf_counter(), time.process_time()
    if work == "import":
        with path.open("rb") as file:
            report = import_drafts(project, IMPORTERS["jsonl"].read(file, {}), by=None)
        assert not report.failed, report.failures[:1]
    else:
        key = work.removeprefix("export").strip() or "jsonl"
        with path.open("wb") as file, Losses() as losses:
            file.writelines(export(EXPORTERS[key], Selection(project=project), losses=losses))
    print(time.perf_counter() - began, time.process_time() - busy, peak_mb() - idle)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

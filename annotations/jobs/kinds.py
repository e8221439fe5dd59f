"""Which kinds of jobs are there? One file a kind, found by its `JOB`."""

import functools
import importlib
import pkgutil
from pathlib import Path

from annotations.jobs.base import JobKind


@functools.cache
def job_kinds() -> dict[str, JobKind]:
    """Returns the kinds by key. The files are imported at the first call: the runner itself lies beside them."""
    names = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    found = [getattr(importlib.import_module(f"annotations.jobs.{name}"), "JOB", None) for name in names]
    return {kind.key: kind for kind in found if kind}


def title_of(key: str) -> str:
    """Returns the msgid that a kind of job goes by; its key where only another version of the program knew it."""
    kind = job_kinds().get(key)
    return kind.title if kind else key

"""What is in the files of an import, before anything is stored? Counted and sampled within a bounded time."""

import codecs
import time
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from annotations.actions.import_jobs import note_preview
from annotations.errors import NewsroomError
from annotations.importers.base import HEAD, Remark, Unreadable
from annotations.jobs.files import opened
from annotations.jobs.imports import drafts_of, storable
from annotations.models import Job, JobFile
from annotations.records import Draft

SECONDS = 4.0
SAMPLE = 3
PROBLEMS = 5
EXCERPT = 160


@dataclass(slots=True)
class Preview:
    """What was seen of one file; `whole` says whether all of it was.

    What a reader remarks of its encoding and fields is shown where the file is, not among the problems.
    """

    records: int = 0
    failed: int = 0
    remarks: int = 0
    sets: int = 0
    spans: int = 0
    relations: int = 0
    whole: bool = True
    encoding: str = ""
    fields: str = ""
    sample: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)


def look(job: Job, file: JobFile, *, until: float) -> Preview:
    """Reads a file as far as the time reaches; a file whose format is not known is not read."""
    seen = Preview()
    if not file.importer:
        return seen
    with opened(file) as stream:
        seen.encoding = _plain(stream.read(HEAD))
        stream.seek(0)
        for place, item in drafts_of(job, file, stream):
            _see(seen, place, item)
            if time.monotonic() > until:
                seen.whole = False
                break
    return seen


def _see(seen: Preview, place: int, item: Draft | Unreadable | Remark) -> None:
    if isinstance(item, Draft):
        seen.records += 1
        seen.sets += len(item.annotation_sets)
        seen.spans += sum(len(work.spans) for work in item.annotation_sets)
        seen.relations += sum(len(work.relations) for work in item.annotation_sets)
        if len(seen.sample) < SAMPLE:
            seen.sample.append(_sample(item))
        return
    if isinstance(item, Remark) and item.code in ("encoding", "fields"):
        setattr(seen, item.code, storable(item.data.get(item.code, "")))
        return
    if isinstance(item, Unreadable):
        seen.failed += 1
    else:
        seen.remarks += 1
    if len(seen.problems) < PROBLEMS:
        data = {name: storable(value) for name, value in item.data.items()}
        seen.problems.append({"place": place, "message": item.message, "data": data, "code": item.code})


def _plain(head: bytes) -> str:
    """Returns UTF-8 for bytes that are: readers only remark on what is not."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return ""
    return "" if 0 in head else "UTF-8"


def _sample(draft: Draft) -> dict[str, Any]:
    ranges = {section.kind: slice(section.start, section.end) for section in reversed(draft.sections)}
    rest = draft.text[ranges["headline"].stop :] if "headline" in ranges else draft.text
    headline = draft.text[ranges["headline"]] if "headline" in ranges else ""
    return {
        "headline": storable(headline.strip()[:EXCERPT]),
        "excerpt": storable(" ".join(islice(rest.split(), 40))[:EXCERPT]),
        "published": draft.published_at,
        "outlet": storable(draft.source.name) if draft.source else "",
        "author": storable(draft.author),
        "length": len(draft.text),
    }


def look_at_all(job: Job) -> None:
    """Looks at all files of a draft and keeps what was seen; the later ones less, where the earlier took the time."""
    until = time.monotonic() + SECONDS
    note_preview(job, [asdict(_seen(job, file, until)) for file in job.files.all()])


def _seen(job: Job, file: JobFile, until: float) -> Preview:
    try:
        return look(job, file, until=until)
    except NewsroomError as error:
        problem = {"place": 0, "message": error.message, "data": error.data, "code": error.code}
        return Preview(whole=False, problems=[problem])

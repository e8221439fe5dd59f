"""What is in the files of an import, before anything is stored? Counted and sampled within a bounded time."""

import codecs
import time
from dataclasses import dataclass, field, replace
from typing import Any

from annotations.actions.import_jobs import note_preview
from annotations.errors import NewsroomError
from annotations.importers.base import HEAD, Remark, Unreadable
from annotations.importers.survey import LabelUse, Survey, Surveyor
from annotations.jobs.files import opened
from annotations.jobs.imports import read_items
from annotations.jobs.labels import Defined, label_rows
from annotations.jobs.values import storable
from annotations.models import Job, JobFile
from annotations.records import Draft

SECONDS = 4.0
PROBLEMS = 5
# What a reader remarks of a file as a whole stands beside the file's name, not among the problems.
OF_THE_FILE = ("encoding", "fields")


@dataclass(slots=True)
class Seen:
    """What was seen of one file, and which labels it defines itself."""

    surveyor: Surveyor = field(default_factory=Surveyor)
    defined: Defined = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    whole: bool = True

    def add(self, place: int, item: Draft | Unreadable | Remark) -> None:
        """Takes one item."""
        if isinstance(item, Remark) and item.code in OF_THE_FILE:
            self.facts[item.code] = str(storable(item.data.get(item.code, "")))
            return
        if isinstance(item, Draft):
            for label in item.labels:
                self.defined.setdefault((label.kind, label.key), label)
        self.surveyor.add(place, item)


def look_at_all(job: Job) -> None:
    """Looks at all files of a draft and keeps what was seen; the later ones less, where the earlier took the time."""
    until = time.monotonic() + SECONDS
    files: list[dict[str, Any]] = []
    uses: list[LabelUse] = []
    defined: Defined = {}
    for file in job.files.all():
        seen = Seen()
        try:
            _look(job, file, seen, until)
        except NewsroomError as error:
            seen.whole = False
            seen.add(1, Remark(place=1, code=error.code, message=error.message, data=error.data))
        survey = seen.surveyor.survey(whole=seen.whole)
        files.append(_as_json(survey) | seen.facts)
        uses += survey.labels
        defined = seen.defined | defined
    note_preview(job, {"files": files, "labels": label_rows(job.own_project, _together(uses), defined)})


def _look(job: Job, file: JobFile, seen: Seen, until: float) -> None:
    if not file.importer:
        seen.whole = False
        return
    with opened(file) as stream:
        if said := _plain(stream.read(HEAD)):
            seen.facts["encoding"] = said
        stream.seek(0)
        for place, item in read_items(job, file, stream):
            seen.add(place, item)
            if time.monotonic() > until:
                seen.whole = False
                return


def _plain(head: bytes) -> str:
    """Returns UTF-8 for bytes that are: readers only remark on what is not."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return ""
    return "" if 0 in head else "UTF-8"


def _together(uses: list[LabelUse]) -> list[LabelUse]:
    """Adds the files' counts of each label; the most used come first."""
    found: dict[tuple[str, str], LabelUse] = {}
    for use in uses:
        other = found.get((use.kind, use.label))
        found[use.kind, use.label] = replace(use, count=use.count + other.count) if other else use
    return sorted(found.values(), key=lambda use: (-use.count, use.kind, use.label))


def _as_json(survey: Survey) -> dict[str, Any]:
    return {
        **{name: getattr(survey, name) for name in ("records", "unreadable", "remarks", "sets", "spans", "relations")},
        "whole": survey.whole,
        "samples": [
            {
                "headline": storable(sample.headline), "source": storable(sample.source),
                "published_at": sample.published_at, "length": sample.length,
            }
            for sample in survey.samples
        ],
        "problems": [
            {
                "place": problem.place, "message": problem.message,
                "data": {name: storable(value) for name, value in problem.data.items()},
            }
            for problem in survey.problems[:PROBLEMS]
        ],
    }  # fmt: skip

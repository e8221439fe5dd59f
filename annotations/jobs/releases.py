"""How is a release built? Records are read as of one moment, then each file is made from them: a chunk a file.

Whoever goes on after a builder that died begins with the file it was at; from the same records come the same bytes.
"""

import csv
import io
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec
from django.db import transaction

from annotations.actions.jobs import LeaseLost, Step
from annotations.actions.releases import RELEASE, draft_release, drop_files, keep_file, seal, write_file
from annotations.actions.stories import place_articles
from annotations.actions.turns import write_turn
from annotations.errors import gettext_noop
from annotations.exporters import EXPORTERS
from annotations.exporters.losses import Losses
from annotations.jobs import runner
from annotations.jobs.base import JobKind, Run
from annotations.models import Project, Release, ReleaseFile, User
from annotations.queries.exports import chosen_records, words_for
from annotations.queries.releases import (
    GUIDELINE,
    RECORDS,
    SPLITS,
    difference,
    file_of,
    freeze_rules,
    item_of,
    records_in,
    selection_of,
    stories_now,
)
from annotations.queries.snapshots import snapshot
from annotations.queries.stories import unplaced_in
from annotations.records import Record
from annotations.releases.card import card_of
from annotations.releases.citation import citation_of
from annotations.releases.counts import Counts
from annotations.releases.manifest import MANIFEST, SUMS, File, manifest_of, sums_of
from annotations.releases.splits import Item, Plan, divided

PLACED_AT_ONCE = 100
FOUND = ("scheme", "scheme_version", "guideline_version", "counts", "losses", "difference")
MARKDOWN, JSON, CSV, TEXT = "text/markdown", "application/json", "text/csv", "text/plain"


def cut(project: Project, *, by: User | None, **said: Any) -> Release:
    """Drafts a release and has it built by a worker. Raises what draft_release does."""
    with transaction.atomic():
        release = draft_release(project, by=by, **said)
        if release.job is not None:
            runner.start(release.job)
    return release


def steps(run: Run) -> Generator[None]:
    """Builds what the job's cursor, {"at": number of the next chunk}, has not built yet."""
    release = Release.objects.select_related("project", "previous").get(job=run.job)
    chunks = [_read, _count, *(_format(key) for key in release.formats), _compare, _finish]
    for at, chunk in enumerate(chunks):
        if at < run.job.cursor.get("at", 0):
            continue
        files, articles = (yield from _read_placed(run, release)) if chunk is _read else chunk(release)
        try:
            with write_turn():
                run.keep(Step(cursor={"at": at + 1}, done=run.job.done + articles))
                for row in files:
                    keep_file(row)
                if chunk is _finish:
                    seal(release, sha256=next(row.sha256 for row in files if row.path == MANIFEST))
                else:
                    release.save(update_fields=FOUND)
        except LeaseLost:
            drop_files(files)
            raise
        yield


def _read_placed(run: Run, release: Release) -> Generator[None, None, tuple[list[ReleaseFile], int]]:
    """Reads the records once all articles are in stories: as stories of their own, copies would be parted."""
    while True:
        while ids := list(islice(unplaced_in(release.project), PLACED_AT_ONCE)):
            place_articles(ids)
            with write_turn():
                run.keep(Step(cursor=run.job.cursor, done=run.job.done))
            yield
        with snapshot():
            if next(unplaced_in(release.project), None) is None:  # none has come in since
                return _read(release)


def _read(release: Release) -> tuple[list[ReleaseFile], int]:
    """The records themselves, the part of each, and the rules they were made by: all as of one moment."""
    items: list[Item] = []
    with snapshot(), Losses(format="jsonl") as losses:
        stories, guideline = stories_now(release.project), freeze_rules(release)

        def noted(records: Iterable[Record]) -> Iterator[Record]:
            for record in records:
                items.append(item_of(record, stories))
                yield record

        lines = EXPORTERS["jsonl"].write(noted(chosen_records(selection_of(release), losses)), losses=losses)
        records = write_file(release, RECORDS, lines, media_type=EXPORTERS["jsonl"].media_type)
        release.losses = {"text": dict(losses.counts)} if losses.counts else {}
    parts = divided(items, plan_of(release))
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(("article", "part", "story", "source", "published_on"))
    writer.writerows((item.id, parts[item.id], item.story, item.source, item.day) for item in items)
    return [
        records,
        write_file(release, SPLITS, [table.getvalue().encode()], media_type=CSV),
        write_file(release, GUIDELINE, [guideline], media_type=MARKDOWN),
    ], len(items)


def _count(release: Release) -> tuple[list[ReleaseFile], int]:
    counts, parts, articles = Counts(), _parts(release), 0
    with file_of(release, RECORDS).content.open("rb") as content:
        for record in records_in(content):
            counts.add(record, parts[record.id])
            articles += 1
    release.counts = counts.as_builtins()
    return [], articles


def _format(key: str) -> Any:
    """Returns the chunk that writes one format: a file for each part, and what it could not hold."""

    def chunk(release: Release) -> tuple[list[ReleaseFile], int]:
        exporter, parts, files = EXPORTERS[key], _parts(release), []
        lost: dict[str, int] = {}
        for part in release.counts["parts"]:
            with file_of(release, RECORDS).content.open("rb") as content, Losses(format=key) as losses:
                chosen = (record for record in records_in(content) if parts[record.id] == part)
                chunks = exporter.write(chosen, losses=losses, words=words_for)
                path = f"{key}/{part}.{exporter.suffix}"
                files.append(write_file(release, path, chunks, media_type=exporter.media_type))
                if losses.counts:
                    path = f"losses/{key}-{part}.jsonl"
                    files.append(write_file(release, path, losses.lines(), media_type="application/x-ndjson"))
                for code, count in losses.counts.items():
                    lost[code] = lost.get(code, 0) + count
        release.losses = {name: counts for name, counts in release.losses.items() if name != key}
        if lost:
            release.losses[key] = lost
        return files, release.counts["total"]["articles"]

    return chunk


def _compare(release: Release) -> tuple[list[ReleaseFile], int]:
    if release.previous is not None:
        release.difference = msgspec.to_builtins(difference(release.previous, release))
    return [], 0


def _finish(release: Release) -> tuple[list[ReleaseFile], int]:
    """What describes the release, and the sums of everything."""
    about = about_of(release)
    scheme = msgspec.json.format(msgspec.json.encode(release.scheme, order="sorted"), indent=2)
    known = list(release.files.exclude(path__in=[MANIFEST, SUMS]))
    written = [
        write_file(release, "scheme.json", [scheme, b"\n"], media_type=JSON),
        write_file(release, "CITATION.cff", [citation_of(about)], media_type="application/yaml"),
    ]
    data = {row.path: row for row in (*known, *written) if row.path != "README.md"}
    card = card_of(about, [(row.path, row.size) for row in data.values()])
    written.append(write_file(release, "README.md", [card], media_type=MARKDOWN))
    sums = [File(row.path, row.size, row.sha256) for row in (*data.values(), written[-1])]
    manifest = write_file(release, MANIFEST, [manifest_of(about, sums)], media_type=JSON)
    sums.append(File(MANIFEST, manifest.size, manifest.sha256))
    return [*written, manifest, write_file(release, SUMS, [sums_of(sums)], media_type=TEXT)], 0


def about_of(release: Release) -> dict[str, Any]:
    """Returns what manifest, card and citation say of a release; nothing of it depends on when it was built."""
    project = release.project
    return {
        "format": "newsroom-release/1",
        "id": release.uid,
        "name": release.name,
        "title": project.title_en or project.title,
        "project": project.slug,
        "dated": release.dated.isoformat(),
        "note": release.note,
        "authors": release.authors,
        "license": release.license,
        "filter": release.filter,
        "split": release.split,
        "formats": release.formats,
        "scheme_version": release.scheme_version,
        "guideline_version": release.guideline_version,
        "counts": release.counts,
        "agreement": release.agreement,
        "losses": release.losses,
        "previous": release.previous and release.previous.name,
    }


def plan_of(release: Release) -> Plan:
    """Returns how a release is divided."""
    return msgspec.convert(release.split, Plan)


def _parts(release: Release) -> dict[str, str]:
    with file_of(release, SPLITS).content.open("rb") as content:
        rows = csv.DictReader(io.TextIOWrapper(content, encoding="utf-8", newline=""))
        return {row["article"]: row["part"] for row in rows}


JOB = JobKind(key=RELEASE, title=gettext_noop("Release"), steps=steps)

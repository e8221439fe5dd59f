"""What is there of a project's releases, and what is frozen into a new one?"""

from collections.abc import Iterator
from typing import IO, Any

import msgspec
from django.db.models import QuerySet

from annotations.models import Article, GuidelineVersion, Label, Project, Release, ReleaseFile, StoryMember
from annotations.queries.agreement import last_report
from annotations.queries.selection import Selection, selection_from
from annotations.records import Record
from annotations.releases.difference import Difference, between
from annotations.releases.guideline import guideline_of
from annotations.releases.splits import Item

RECORDS = "records.jsonl"
GUIDELINE = "guideline.md"
SPLITS = "splits.csv"
_decoder = msgspec.json.Decoder(Record)


def releases_of(project: Project) -> QuerySet[Release]:
    """A project's releases with their files and jobs, the newest first."""
    rows = Release.objects.filter(project=project).select_related("job", "previous", "by")
    return rows.prefetch_related("files").order_by("-pk")


def selection_of(release: Release) -> Selection:
    """Returns the selection that a release was cut by."""
    return selection_from(release.filter, project=release.project)


def freeze_rules(release: Release) -> bytes:
    """Takes scheme and guideline over as they are now, and returns the guideline; within the records' snapshot."""
    project = Project.objects.get(pk=release.project_id)
    release.scheme, release.scheme_version = scheme_of(project), project.scheme_version
    release.guideline_version = project.guideline_version
    version = GuidelineVersion.objects.filter(project=project, number=project.guideline_version).first()
    if version is None:
        return guideline_of(project.guideline, {}, release.scheme)
    return guideline_of(version.text, version.entries, release.scheme)


def scheme_of(project: Project) -> list[dict[str, Any]]:
    """Returns the label scheme as it is now: the labels' fields, in order."""
    columns = ("key", "kind", "title_fa", "title_en", "color", "shortcut", "attributes", "ends")
    rows = Label.objects.filter(project=project).order_by("order", "pk").values(*columns, "archived_at")
    return [row | {"archived": row.pop("archived_at") is not None} for row in rows]


def agreement_now(project: Project) -> dict[str, Any]:
    """Returns the figures that were last measured, empty where none were."""
    report = last_report(project)
    if report is None or not report.result.get("articles"):
        return {}
    found = report.result
    figures = {
        "span F1, exact": found["exact"],
        "span F1, partial": found["partial"],
        "relation F1": found["relations"],
    }
    figures |= {f"Krippendorff's α, {kind} tokens": figure for kind, figure in found["alpha"].items()}
    return {"articles": found["articles"], "figures": figures}


def stories_now(project: Project) -> dict[str, str]:
    """Returns for each article of a project, by id, the id of the first article of its story: itself where alone."""
    members = StoryMember.objects.filter(article__projects=project)
    named = Article.objects.filter(pk__in=members.values("story")).values_list("pk", "uid")
    uids = dict(named.iterator())
    rows = members.values_list("article__uid", "story").iterator()
    return {uid: uids.get(story, uid) for uid, story in rows}


def item_of(record: Record, stories: dict[str, str]) -> Item:
    """Returns what a split asks of an article."""
    labels = {span.label for work in record.annotation_sets for span in work.spans}
    return Item(
        id=record.id,
        story=stories.get(record.id, record.id),
        source=record.source.name if record.source else "",
        day=(record.published_at or "")[:10],
        labels=tuple(sorted(labels)),
    )


def records_in(content: IO[bytes]) -> Iterator[Record]:
    """Yields the records of a native export, a line at a time."""
    for line in content:
        yield _decoder.decode(line)


def difference(before: Release, after: Release) -> Difference:
    """Compares the records of two releases."""
    with file_of(before, RECORDS).content.open("rb") as old, file_of(after, RECORDS).content.open("rb") as new:
        return between(old, new)


def file_of(release: Release, path: str) -> ReleaseFile:
    """Returns a file of a release. Raises ReleaseFile.DoesNotExist."""
    return release.files.get(path=path)

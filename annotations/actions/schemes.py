"""How does a label scheme change? As a draft that any manager may go on with, then all at once by publishing."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from annotations.actions.relabelling import (
    CHUNK,
    RELABELLING,
    RelabellingUnderWay,
    bearing,
    merge_at_once,
    move_entities,
    move_uncarried,
)
from annotations.actions.scheme_lock import take_scheme
from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.kinds.draft import DraftLabel, plain, published, read_labels, rebased, settled
from annotations.kinds.soundness import MESSAGES
from annotations.models import Job, Label, Project, Relabelling, SchemeDraft, SchemeVersion, Unit, User
from annotations.models.jobs import UNFINISHED
from annotations.queries.consequences import consequences
from annotations.queries.scheme_labels import draft_labels, published_labels

LONGEST_NOTE = 300


class DraftChanged(NewsroomError):
    """Raised when somebody else has written the draft since the person saw it."""

    def __init__(self, *, by: str) -> None:
        super().__init__(
            code="draft_changed",
            message=gettext_noop("{by} has changed the draft meanwhile; yours was not saved."),
            hint=gettext_noop("Reload the page to see theirs."),
            data={"by": by},
        )


class DraftMissing(NewsroomError):
    """Raised when there is nothing to publish."""

    def __init__(self) -> None:
        super().__init__(
            code="draft_missing",
            message=gettext_noop("There is no draft to publish."),
            hint=gettext_noop("Change something first."),
        )


class DraftStale(NewsroomError):
    """Raised when another version was published since the draft was begun."""

    def __init__(self, *, base: int, version: int) -> None:
        super().__init__(
            code="draft_stale",
            message=gettext_noop("The draft was begun from version {base}, and version {version} is published by now."),
            hint=gettext_noop("Carry it over to the new version, or discard it."),
            data={"base": base, "version": version},
        )


class SchemeUnsound(NewsroomError):
    """Raised when a draft has problems; the first is named, with the label it is about."""

    def __init__(self, *, problem: str, label: str, data: dict[str, Any]) -> None:
        super().__init__(
            code="scheme_unsound",
            message=problem if not label else gettext_noop("The label {label} stands in the way of publishing."),
            hint=problem if label else "",
            data=data | {"label": label},
        )


def save_draft(
    project: Project, labels: Sequence[DraftLabel], *, by: User, seen: str | None = None, base: int | None = None
) -> SchemeDraft:
    """Saves the one draft of a project; whoever saved it last is named as its author. Raises DraftChanged.

    `seen` is the time of the draft the person had before them, ISO 8601, None where there was none: so nobody writes
    over what they have not seen. `base` is the version they began from, the published one if not given.
    """
    with write_turn():
        locked = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        draft = SchemeDraft.objects.select_related("by").filter(project=locked).first()
        if draft is not None and draft.by_id != by.pk and draft.updated_at.isoformat() != seen:
            raise DraftChanged(by=draft.by.display_name if draft.by else "?")
        fields = {"labels": plain(labels), "by": by, "updated_at": timezone.now()}
        fields["base"] = locked.scheme_version if base is None else base
        return SchemeDraft.objects.update_or_create(project=locked, defaults=fields)[0]


def rebase_draft(project: Project, *, by: User) -> SchemeDraft:
    """Carries the draft over to the version that is published now: what it had left alone is as published.

    Raises DraftMissing.
    """
    with write_turn():
        # The project before its draft, as everywhere: so no two wait for each other.
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        draft = SchemeDraft.objects.filter(project=project).first()
        if draft is None:
            raise DraftMissing
        version = SchemeVersion.objects.filter(project=project, number=draft.base).first()
        current = published_labels(project)
        base = read_labels(version.labels) if version else ()
        labels = rebased(read_labels(draft.labels), base, current) if version else draft_labels(draft, current)
        return save_draft(project, labels, by=by, seen=draft.updated_at.isoformat())


def discard_draft(project: Project) -> None:
    """Takes the draft away; what is published stays."""
    with write_turn():
        SchemeDraft.objects.filter(project=project).delete()


def publish(project: Project, *, by: User, note: str = "", seen: str | None = None) -> SchemeVersion:
    """Makes the draft the scheme that holds, in one transaction: labels, merged annotations, the version's number.

    Where more annotations follow a merge than one transaction should write, the version's `relabelling` has a job
    that does so, which the caller is to start (annotations/jobs/relabelling.py). Raises DraftMissing, DraftChanged,
    DraftStale, RelabellingUnderWay, SchemeUnsound or MergeRefused, and then nothing is different.
    """
    with write_turn():
        take_scheme(project.pk)
        locked = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        draft = SchemeDraft.objects.select_related("by").filter(project=locked).first()
        if draft is None:
            raise DraftMissing
        if draft.by_id != by.pk and seen is not None and draft.updated_at.isoformat() != seen:
            raise DraftChanged(by=draft.by.display_name if draft.by else "?")
        if draft.base != locked.scheme_version:
            raise DraftStale(base=draft.base, version=locked.scheme_version)
        require_quiet(locked)
        labels = draft_labels(draft, published_labels(locked))
        _check(locked, labels)
        keep_version(locked)
        merges = _write(locked, settled(labels))
        version = number(locked, by=by, note=note)
        if merges:
            _relabel(version, merges, by=by)
        draft.delete()
    project.scheme_version = version.number
    return version


def _check(project: Project, labels: Sequence[DraftLabel]) -> None:
    for problem in consequences(project, labels).problems:
        named = labels[problem.at[-1]].key if problem.at else ""
        raise SchemeUnsound(problem=MESSAGES[problem.code], label=named, data=problem.data)


def keep_version(project: Project) -> None:
    """Keeps the published scheme as its version, where it was published before there were versions, or in the admin."""
    SchemeVersion.objects.get_or_create(
        project=project, number=project.scheme_version, defaults={"labels": published(published_labels(project))}
    )


def require_quiet(project: Project) -> None:
    """Sees to it that no annotations follow an earlier change any more. Raises RelabellingUnderWay."""
    if Job.objects.filter(project=project, kind=RELABELLING, state__in=UNFINISHED).exists():
        raise RelabellingUnderWay


def number(project: Project, *, by: User, note: str) -> SchemeVersion:
    """Gives the labels as they are now the next version's number."""
    following = project.scheme_version + 1
    Project.objects.filter(pk=project.pk).update(scheme_version=following)
    return SchemeVersion.objects.create(
        project=project, number=following, labels=published(published_labels(project)), by=by,
        note=note.strip()[:LONGEST_NOTE],
    )  # fmt: skip


def _relabel(version: SchemeVersion, merges: Sequence[tuple[Label, Label]], *, by: User) -> None:
    relabelling = Relabelling(version=version, by=by)
    for label, target in merges:
        entities = move_entities(label, target)
        uncarried = move_uncarried(version.project, label.key, target.key)
        relabelling.merges.append(
            {"label": label.key, "into": target.key, "entities": entities, "uncarried": uncarried}
        )
    total = sum(bearing(label).count() for label, _target in merges)
    if total > CHUNK:
        relabelling.job = draft_job(version.project, total=total, by=by)
    relabelling.save()
    if relabelling.job is None:
        merge_at_once(relabelling, merges)


def draft_job(project: Project, *, total: int, by: User) -> Job:
    """Makes the job by which annotations follow a change of the scheme."""
    return Job.objects.create(kind=RELABELLING, project=project, by=by, unit=Unit.RECORDS, total=total)


def _write(project: Project, labels: Sequence[DraftLabel]) -> list[tuple[Label, Label]]:
    """Writes the labels; returns those that are merged, each with what into."""
    rows = {row.key: row for row in Label.objects.filter(project=project)}
    now = timezone.now()
    changed: list[Label] = []
    made: list[Label] = []
    merged = []
    for order, label in enumerate(labels):
        row = rows.get(label.was) or Label(project=project, kind=label.kind)
        # What is merged is archived with the rest: an operation may still change what bears it.
        archived_at = (row.archived_at or now) if not label.active else None
        fields = {name: getattr(label, name) for name in ("key", "title_fa", "title_en", "color", "attributes", "ends")}
        for name, value in {**fields, "shortcut": label.shortcut, "order": order, "archived_at": archived_at}.items():
            setattr(row, name, value)
        (changed if row.pk else made).append(row)
        if label.into:
            merged.append((row, label.into))
    _set_free(changed)
    Label.objects.bulk_update(
        changed, ["key", "title_fa", "title_en", "color", "shortcut", "attributes", "ends", "order", "archived_at"]
    )
    Label.objects.bulk_create(made)
    by_key = {row.key: row for row in (*changed, *made)}
    return [(row, by_key[into]) for row, into in merged]


def _set_free(rows: Sequence[Label]) -> None:
    """Lets go of keys and shortcuts that change hands: no two labels may share one, not even between two updates."""
    Label.objects.filter(pk__in=[row.pk for row in rows]).update(shortcut="")
    stored = dict(Label.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "key"))
    for row in rows:
        if stored[row.pk] != row.key:
            Label.objects.filter(pk=row.pk).update(key=f"-{row.pk}")


def first_version(project: Project, *, by: User) -> None:
    """Writes the version that a new project begins with."""
    SchemeVersion.objects.create(project=project, number=1, labels=published(published_labels(project)), by=by)

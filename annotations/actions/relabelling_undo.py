"""How is a merge of labels taken back? The scheme gets a version with the label in it again, and annotations follow.

An annotation bears its old label again where it still is what the merge left. What somebody has changed since is left
alone and told, as is what would not fit any more.
"""

from collections.abc import Iterable
from itertools import batched
from typing import Any

from django.utils import timezone

from annotations.actions.relabelling import (
    BATCH,
    CHUNK,
    Refused,
    Written,
    apply,
    bearing,
    lock_sets,
    measure,
    move_uncarried,
)
from annotations.actions.scheme_lock import take_scheme
from annotations.actions.schemes import draft_job, keep_version, number, require_quiet
from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.kinds.touch import touched
from annotations.kinds.undo import Change, restoring, restoring_id, standing
from annotations.models import (
    AnnotationSet,
    Entity,
    Label,
    Project,
    Relabelling,
    Revision,
    RevisionStep,
    SchemeVersion,
    StepKind,
    User,
)
from annotations.queries.current import DatabaseCurrent
from annotations.queries.relabellings import is_given_otherwise, steps_of
from annotations.queries.texts import article_text
from annotations.queries.versions import states_at

CHANGED = "changed"


class NotTakenBack(NewsroomError):
    """Raised for what was taken back already, or takes something back itself."""

    def __init__(self) -> None:
        super().__init__(
            code="merge_not_taken_back",
            message=gettext_noop("This merge of labels was taken back already."),
            hint=gettext_noop("Reload the page."),
        )


def take_back(project: Project, merged: Relabelling, *, by: User) -> Relabelling:
    """Brings merged labels back as a new version of the scheme; annotations follow by the job it has.

    The job is to be started (annotations/jobs/relabelling.py). Raises NotTakenBack or RelabellingUnderWay.
    """
    with write_turn():
        take_scheme(project.pk)
        locked = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        require_quiet(locked)
        found = Relabelling.objects.select_related("version").get(pk=merged.pk, version__project=locked)
        if found.undoes_id or Relabelling.objects.filter(undoes=found).exists():
            raise NotTakenBack
        keep_version(locked)
        _restore_labels(locked, found)
        for one in found.merges:
            for ids in batched(one["entities"], BATCH):
                Entity.objects.filter(pk__in=ids, label_key=one["into"]).update(label_key=one["label"])
            move_uncarried(locked, one["into"], one["label"], among=set(one.get("uncarried", ())))
        version = number(locked, by=by, note="")
        total = sum(last - first + 1 for first, last in steps_of(found).values_list("first", "last"))
        job = draft_job(locked, total=total, by=by)
        undo = Relabelling.objects.create(version=version, merges=found.merges, undoes=found, by=by, job=job)
    project.scheme_version = version.number
    return undo


def _restore_labels(project: Project, merged: Relabelling) -> None:
    """Makes the labels givable again, and lets them stand again where relations allowed them before.

    A label that was made for the merge, as a new name for another, goes again unless something else bears it.
    """
    rows = {row.key: row for row in Label.objects.filter(project=project)}
    before = SchemeVersion.objects.filter(project=project, number__lt=merged.version.number).order_by("-number").first()
    old = {label["key"]: label for label in before.labels} if before else {}
    back = [one["label"] for one in merged.merges if one["label"] in rows]
    for key in {one["into"] for one in merged.merges if one["into"] in rows and one["into"] not in old}:
        if not is_given_otherwise(merged, rows[key], bearing(rows[key])):
            # At once: its shortcut, mostly that of the label that comes back, is free from now on.
            rows[key].archived_at = timezone.now()
            rows[key].save(update_fields=["archived_at"])
    taken = {row.shortcut for row in rows.values() if row.archived_at is None}
    for key in back:
        row, shortcut = rows[key], old.get(key, {}).get("shortcut", "")
        row.archived_at = None
        row.shortcut = "" if shortcut in taken else shortcut
        taken.add(row.shortcut)
    for row in rows.values():
        for slot, allowed in old.get(row.key, {}).get("ends", {}).items():
            if slot in row.ends:
                row.ends[slot] += [key for key in back if key in allowed and key not in row.ends[slot]]
    Label.objects.bulk_update(rows.values(), ["archived_at", "shortcut", "ends"])


def undo_chunk(undo: Relabelling, *, after: int) -> Written:
    """Gives annotations their labels back in the steps of the merge behind a row, at most about CHUNK annotations."""
    steps: list[RevisionStep] = []
    written = Written()
    if undo.undoes is None:
        return written
    for step in steps_of(undo.undoes).filter(pk__gt=after).order_by("pk").iterator(chunk_size=100):
        if written.done >= CHUNK:
            written.after = steps[-1].pk
            break
        steps.append(step)
        written.done += step.last - step.first + 1
    sets = AnnotationSet.objects.filter(pk__in=[step.annotation_set_id for step in steps])
    lock_sets(sets)
    works = sets.select_related("article").defer("article__text").in_bulk()
    for step in sorted(steps, key=lambda step: (step.annotation_set_id, -step.pk)):
        written.refused += _undo_step(undo, works[step.annotation_set_id], step)
    measure(undo.version.project, works)
    return written


def _undo_step(undo: Relabelling, work: AnnotationSet, step: RevisionStep) -> list[Refused]:
    """Takes back what one step of the merge did in a set."""
    changes = _changes(work, step)
    current = DatabaseCurrent(work.pk, article_text(work.article_id, work.article.text_sha256))
    current.read_spans(change["thing"].removeprefix("span:") for change in changes if _is_span(change))
    now = {change["thing"]: standing(current, change["thing"]) for change in changes}
    # A document label is two things, the one that came and the one that went: both or neither.
    changed = {_about(change) for change in changes if now[change["thing"]] != change["after"]}
    kept = [change for change in changes if _about(change) not in changed]
    left = [_left(work, change, CHANGED) for change in changes if change not in kept and change["after"]]
    salt, named = undo.uid, str(step.pk)
    operations = restoring(kept, salt=salt, named=named)
    about = {name: step.about[name] for name in ("label", "into")} | {"uid": undo.uid}
    refused = apply(undo, work.pk, operations, kind=StepKind.MERGE_UNDO, about=about)
    things = {restoring_id(salt, change["thing"], named): change for change in kept}
    return left + [_left(work, things[one.op_id], one.reason) for one in refused]


def _changes(work: AnnotationSet, step: RevisionStep) -> list[Change]:
    """What is different in a set after a step of the merge."""
    before, after = states_at(work, step.first - 1, step.last)
    rows = Revision.objects.filter(annotation_set=work, version__range=(step.first, step.last)).order_by("version")
    stored: Iterable[list[dict[str, Any]]] = rows.values_list("operations", flat=True)
    things = dict.fromkeys(touched(operation)[0] for operations in stored for operation in operations)
    changes = [{"thing": name, "before": standing(before, name), "after": standing(after, name)} for name in things]
    return [change for change in changes if change["before"] != change["after"]]


def _is_span(change: Change) -> bool:
    thing: str = change["thing"]
    return thing.startswith("span:")


def _about(change: Change) -> str:
    """What changes that belong together have in common: a document label's topic, else the thing."""
    noun, _, name = change["thing"].partition(":")
    return f"topic:{name.partition('|')[2]}" if noun == "label" else change["thing"]


def _left(work: AnnotationSet, change: Change, reason: str) -> Refused:
    stood = change["after"] or change["before"]
    return Refused(set_id=work.pk, reason=reason, quote=stood.get("quote", ""))

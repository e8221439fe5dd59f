"""How is a decision of an adjudication written? As operations on the gold set, with its verdict and provenance.

One transaction: lock the gold set (made with the first decision), read the case, write through the one write path, keep
the step as it can be taken back. Refused is all of it or nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from annotations import policy
from annotations.actions import adjudication_errors as errors
from annotations.actions.operations import SetClosed, apply_operations
from annotations.actions.scheme_lock import hold_scheme
from annotations.actions.turns import write_turn
from annotations.adjudication.plan import Plan, planned
from annotations.adjudication.units import Candidate, Unit
from annotations.edits import AnyOperation, operations_to_builtins
from annotations.kinds.touch import touched
from annotations.kinds.undo import Change, restoring, standing
from annotations.models import (
    AdjudicationStep,
    AnnotationSet,
    Article,
    ErrorType,
    Project,
    Provenance,
    SetKind,
    User,
    Verdict,
)
from annotations.queries.adjudication import Dossier, load_dossier
from annotations.queries.adjudication_steps import is_overtaken
from annotations.queries.current import DatabaseCurrent
from annotations.queries.texts import article_text
from annotations.records import quote_of

LONGEST_NOTE = 4000
# What of a verdict comes back, with its time, when the one that replaced it is taken back.
VERDICT_FIELDS = ("kind", "candidates", "chosen", "error_type", "note", "by_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an adjudicator says of one unit.

    `take` names candidates by their keys, none to reject all; `own` is a boundary of the adjudicator's, ranges in code
    points with their quote, that the taken candidate is given. `seen` is the unit's fingerprint as it was seen.
    """

    unit: str
    seen: str
    take: tuple[str, ...] = ()
    own: tuple[tuple[int, int], ...] = ()
    quote: str = ""
    error_type: str = ""
    note: str = ""


@dataclass(slots=True)
class _Written:
    """What a step has to put beside the operations it writes."""

    plan: Plan
    verdict: Callable[[], Verdict | None]
    unit: str = ""
    before: dict[str, Any] = field(default_factory=lambda: {"verdict": None, "provenances": []})


def decide(project: Project, article: Article, said: Said, *, by: User, step: str) -> AdjudicationStep:
    """Decides one unit, again if it was decided before; `step` is a UUID, and sent twice it is done once.

    Raises NotYoursToJudge, AdjudicatedByAnother, SetClosed, UnitGone, UnitChanged, NotAChoice, SpansFirst, GoldRefuses.
    """
    with write_turn():
        gold, known, dossier = _begin(project, article, by=by, step=step)
        if known is not None:
            return known
        unit = dossier.case.alignment.unit(said.unit)
        if unit is None:
            raise errors.UnitGone
        if unit.fingerprint != said.seen:
            raise errors.UnitChanged
        taken = _taken(dossier, unit, said)
        plan = planned(dossier.case, [(unit, taken)], text=article.text, salt=step)
        before = dossier.verdicts.get(unit.key)
        written = _Written(plan, lambda: _write_verdict(gold, unit, taken, said, by=by), unit=unit.key)
        written.before["verdict"] = before and _kept(before)
        return _write(gold, written, by=by, uid=step, text_sha256=article.text_sha256)


def accept_agreed(project: Project, article: Article, *, by: User, step: str) -> AdjudicationStep:
    """Takes over at once all that every set says alike; one step, and one to take back.

    Raises NotYoursToJudge, AdjudicatedByAnother, SetClosed, SetsMissing, NothingAgreed, GoldRefuses.
    """
    with write_turn():
        gold, known, dossier = _begin(project, article, by=by, step=step)
        if known is not None:
            return known
        if dossier.missing:
            raise errors.SetsMissing(numbers=dossier.missing)
        units = sorted(dossier.case.acceptable(), key=lambda unit: unit.noun == "relation")
        if not units:
            raise errors.NothingAgreed
        plan = planned(dossier.case, [(unit, unit.candidates) for unit in units], text=article.text, salt=step)
        written = _Written(plan, lambda: None)
        written.before["units"] = [unit.key for unit in units]
        return _write(gold, written, by=by, uid=step, text_sha256=article.text_sha256)


def undo(project: Project, article: Article, *, by: User, step: str | None = None) -> AdjudicationStep:
    """Takes a step back, without `step` the person's last one: the gold set and the verdict are as they were before.

    Raises NotYoursToJudge, AdjudicatedByAnother, SetClosed, NothingToUndo, Overtaken, GoldRefuses.
    """
    with write_turn():
        gold = _open(project, article, by=by)
        steps = AdjudicationStep.objects.filter(gold=gold, by=by).order_by("-pk")
        found = steps.filter(uid=step).first() if step else steps.filter(undone_at=None).first()
        if found is None:
            raise errors.NothingToUndo
        if found.undone_at is None:
            _undo(gold, found, article, by=by)
        return found


def take_over(project: Project, article: Article, *, by: User) -> AnnotationSet:
    """Makes the person the one who adjudicates an article, whoever did before. Raises NotYoursToJudge."""
    with write_turn():
        gold = _locked_gold(project, article, by=by)
        gold.annotator = by
        gold.save(update_fields=["annotator"])
    return gold


def _locked_gold(project: Project, article: Article, *, by: User) -> AnnotationSet:
    """Returns the article's gold set, made if there is none, locked for this transaction. Raises NotYoursToJudge."""
    if not policy.may_judge(by, project, article.pk):
        raise errors.NotYoursToJudge
    made, _is_new = AnnotationSet.objects.get_or_create(
        project=project, article=article, kind=SetKind.GOLD, pseudonym="", defaults={"annotator": by}
    )
    return AnnotationSet.objects.select_for_update(of=("self",)).get(pk=made.pk)


def _open(project: Project, article: Article, *, by: User) -> AnnotationSet:
    """Returns the gold set where the person is the one who decides in it; who begins is."""
    hold_scheme(project.pk)
    gold = _locked_gold(project, article, by=by)
    if gold.annotator_id is None:
        gold.annotator = by
        gold.save(update_fields=["annotator"])
    elif gold.annotator_id != by.pk and gold.annotator is not None:
        raise errors.AdjudicatedByAnother(person=gold.annotator.display_name)
    if not gold.is_open:
        raise SetClosed(status=gold.get_status_display())
    return gold


def _begin(
    project: Project, article: Article, *, by: User, step: str
) -> tuple[AnnotationSet, AdjudicationStep | None, Dossier]:
    """Returns the gold set that the person may decide in, the step if it was done before, and how things stand."""
    gold = _open(project, article, by=by)
    dossier = load_dossier(project, article)
    if dossier is None or len(dossier.works) < 2:
        raise errors.TooFewSets
    return gold, AdjudicationStep.objects.filter(gold=gold, uid=step).first(), dossier


def _taken(dossier: Dossier, unit: Unit, said: Said) -> tuple[Candidate, ...]:
    """Returns what is to stand in the gold set for a unit. Raises NotAChoice or SpansFirst."""
    found = [unit.candidate(key) for key in dict.fromkeys(said.take)]
    taken = tuple(candidate for candidate in found if candidate is not None)
    one_only = said.own or unit.noun == "label"
    wrong_own = said.own and (unit.noun != "span" or not taken)
    known_type = not said.error_type or said.error_type in ErrorType.values
    if len(taken) < len(found) or (one_only and len(taken) > 1) or wrong_own or not known_type:
        raise errors.NotAChoice
    if len(said.note) > LONGEST_NOTE:
        raise errors.LongNote(longest=LONGEST_NOTE)
    case = dossier.case
    if any(case.waits_for(candidate) or case.is_void(candidate) for candidate in taken):
        raise errors.SpansFirst
    if not said.own:
        return taken
    found_there = quote_of(dossier.article.text, said.own)
    if said.quote != found_there:
        raise errors.GoldRefuses(reason="quote_mismatch", data={"found": found_there})
    value = taken[0].value | {"ranges": [list(piece) for piece in said.own]}
    return (Candidate(value=value, members=()),)


def _write(gold: AnnotationSet, written: _Written, *, by: User, uid: str, text_sha256: str) -> AdjudicationStep:
    """Applies a plan, writes what goes with it, and keeps the step."""
    plan = written.plan
    touched_uids = [*plan.sources, *plan.gone]
    known = Provenance.objects.filter(gold=gold, uid__in=touched_uids)
    written.before["provenances"] = [[row.uid, row.sources, row.verdict_id is not None] for row in known]
    written.before["made"] = list(plan.sources)
    changes = _apply(gold, plan.operations, by=by, text_sha256=text_sha256)
    verdict = written.verdict()
    known.delete()
    Provenance.objects.bulk_create(
        Provenance(gold=gold, uid=uid_, sources=[[m.work, m.uid] for m in members], verdict=verdict)
        for uid_, members in plan.sources.items()
    )
    return AdjudicationStep.objects.create(
        gold=gold, uid=uid, unit=written.unit, changes=changes, before=written.before, by=by
    )


def _kept(verdict: Verdict) -> dict[str, Any]:
    """Returns a verdict as the step that replaces it keeps it."""
    return {name: getattr(verdict, name) for name in VERDICT_FIELDS} | {"at": verdict.at.isoformat()}


def _write_verdict(gold: AnnotationSet, unit: Unit, taken: Sequence[Candidate], said: Said, *, by: User) -> Verdict:
    chosen = {
        "noun": unit.noun, "group": unit.group, "taken": [candidate.value for candidate in taken],
        "own": bool(said.own),
    }  # fmt: skip
    values = {
        "kind": unit.kind, "candidates": [candidate.value for candidate in unit.candidates], "chosen": chosen,
        "error_type": said.error_type, "note": said.note.strip(), "by": by, "at": timezone.now(),
    }  # fmt: skip
    return Verdict.objects.update_or_create(gold=gold, unit=unit.key, defaults=values)[0]


def _apply(gold: AnnotationSet, operations: Sequence[AnyOperation], *, by: User, text_sha256: str) -> list[Change]:
    """Applies operations all or none, and returns what is different after them. Raises GoldRefuses."""
    things = list(dict.fromkeys(touched(stored)[0] for stored in operations_to_builtins(operations)))
    before = _standing(gold, things, text_sha256)
    outcome = apply_operations(gold.pk, operations, by=by, text_sha256=text_sha256)
    refused = next((result for result in outcome.results if result.status == "rejected"), None)
    if refused is not None:
        raise errors.GoldRefuses(reason=refused.reason or "", data=refused.data)
    after = _standing(gold, things, text_sha256)
    changed = [thing for thing in things if before[thing] != after[thing]]
    return [{"thing": thing, "before": before[thing], "after": after[thing]} for thing in changed]


def _standing(gold: AnnotationSet, things: Sequence[str], text_sha256: str) -> dict[str, dict[str, Any] | None]:
    current = DatabaseCurrent(gold.pk, article_text(gold.article_id, text_sha256))
    current.read_spans(thing.removeprefix("span:") for thing in things if thing.startswith("span:"))
    return {thing: standing(current, thing) for thing in things}


def _undo(gold: AnnotationSet, step: AdjudicationStep, article: Article, *, by: User) -> None:
    now = _standing(gold, [change["thing"] for change in step.changes], article.text_sha256)
    if is_overtaken(step) or any(now[change["thing"]] != change["after"] for change in step.changes):
        raise errors.Overtaken
    _apply(gold, restoring(step.changes, salt=step.uid), by=by, text_sha256=article.text_sha256)
    verdict = _restore_verdict(gold, step)
    uids = {change["thing"].partition(":")[2] for change in step.changes}
    uids |= {row[0] for row in step.before["provenances"]} | set(step.before.get("made", ()))
    Provenance.objects.filter(gold=gold, uid__in=uids).delete()
    Provenance.objects.bulk_create(
        Provenance(gold=gold, uid=uid, sources=sources, verdict=verdict if decided else None)
        for uid, sources, decided in step.before["provenances"]
    )
    step.undone_at = timezone.now()
    step.save(update_fields=["undone_at"])


def _restore_verdict(gold: AnnotationSet, step: AdjudicationStep) -> Verdict | None:
    """Brings back the verdict that a step replaced, as its own author's, or takes away the one it made."""
    before = step.before["verdict"]
    if not step.unit:
        return None
    if before is None:
        Verdict.objects.filter(gold=gold, unit=step.unit).delete()
        return None
    # Older steps did not keep who and when: nobody, and not after the step.
    by = User.objects.filter(pk=before.get("by_id")).first()
    at = datetime.fromisoformat(before["at"]) if "at" in before else step.at
    values = {name: before[name] for name in VERDICT_FIELDS if name != "by_id"} | {"by": by, "at": at}
    return Verdict.objects.update_or_create(gold=gold, unit=step.unit, defaults=values)[0]

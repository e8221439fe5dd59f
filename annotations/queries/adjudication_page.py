"""What does the page of one adjudication show? The state as JSON values, and the marks that its text bears."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from annotations.adjudication.align import ends_of
from annotations.adjudication.units import AGREED, Candidate, Member, Unit, canonical, digest
from annotations.models import AnnotationSet, Label, SetKind, User, Verdict
from annotations.queries.adjudication import Dossier
from annotations.queries.adjudication_steps import last_step
from annotations.queries.workspace import title
from annotations.records import Range
from annotations.text.segments import Mark, render_paragraph, segment

SOFT = "soft-"  # the palette colour of what is agreed and not accepted yet


def state(dossier: Dossier, *, user: User) -> dict[str, Any]:
    """Returns how far an adjudication is, for whoever may see it; the API and the page give out the same.

    Units come in the order of the text; candidates name who says them by number.
    """
    case, gold = dossier.case, dossier.gold
    set_ids = dict(
        AnnotationSet.objects.filter(
            project=dossier.project, article=dossier.article, kind=SetKind.ANNOTATOR
        ).values_list("uid", "pk")
    )
    another = gold.annotator if gold is not None and gold.is_open and gold.annotator_id != user.pk else None
    closed = gold is not None and not gold.is_open
    last = last_step(gold, user) if gold is not None and gold.is_open else None
    return {
        "version": gold.version if gold else 0,
        "seen": dossier.seen,
        "status": gold.status if gold else None,
        "gold": gold and gold.pk,
        "another": another.display_name if another is not None else None,
        "editable": another is None and not closed and len(dossier.works) > 1,
        "annotators": [
            {"number": number, "set": set_ids.get(uid), "finished": number not in dossier.missing}
            for uid, number in sorted(dossier.numbers.items(), key=lambda item: item[1])
        ],
        "missing": list(dossier.missing),
        "units": [_unit(dossier, unit, set_ids) for unit in case.alignment.differing],
        "agreed": _agreed(dossier),
        "ends": _ends(dossier),
        "lost": [{"unit": one.unit, "noun": one.noun, "values": list(one.taken)} for one in case.alignment.lost],
        "undo": last is not None,
        "undo_step": last and last.uid,
    }


def _ends(dossier: Dossier) -> dict[str, Any]:
    """Where the spans stand that relations to be decided are between: in the gold set, else as most say."""
    case = dossier.case
    asked = {
        key
        for unit in case.alignment.differing
        if unit.noun == "relation"
        for candidate in unit.candidates
        for key in ends_of(candidate.value)
    }
    found = {}
    for unit in case.alignment.units:
        if unit.key in asked:
            held = case.held(unit)
            ranges = case.gold.spans[held[0]].ranges if held else unit.candidates[0].value["ranges"]
            found[unit.key] = [list(piece) for piece in ranges]
    return found


def _agreed(dossier: Dossier) -> dict[str, Any]:
    """How much is agreed, how much of it can be accepted now, and of which labels that is."""
    case = dossier.case
    acceptable = case.acceptable()
    by_label = Counter((unit.group, unit.candidates[0].value["label"]) for unit in acceptable)
    return {
        "all": len(case.alignment.agreed),
        "pending": len(case.pending()),
        "acceptable": len(acceptable),
        "labels": [{"group": group, "label": label, "n": n} for (group, label), n in sorted(by_label.items())],
    }


def _unit(dossier: Dossier, unit: Unit, set_ids: dict[str, int]) -> dict[str, Any]:
    case, verdict = dossier.case, dossier.verdicts.get(unit.key)
    numbers = dossier.numbers
    return {
        "key": unit.key,
        "seen": unit.fingerprint,
        "noun": unit.noun,
        "group": unit.group,
        # What has come to be agreed after it was decided is shown as what it was.
        "kind": verdict.kind if unit.kind == AGREED and verdict else unit.kind,
        "at": unit.at,
        "ranges": [list(piece) for piece in unit.ranges],
        "pairs": _equal_pairs(unit),
        "candidates": [_candidate(dossier, candidate, set_ids) for candidate in unit.candidates],
        "absent": sorted(numbers[work] for work in unit.absent if work in numbers),
        "preselected": unit.preselected(),
        "settled": case.is_settled(unit),
        "verdict": verdict and _verdict(unit, verdict, dated=unit.key in case.alignment.dated),
    }


def _equal_pairs(unit: Unit) -> float:
    """Returns in which share of all pairs of sets both say the same, or both nothing."""
    sizes = [len(candidate.members) for candidate in unit.candidates] + [len(unit.absent)]
    every = sum(sizes) * (sum(sizes) - 1)
    return sum(n * (n - 1) for n in sizes) / every if every else 1.0


def _candidate(dossier: Dossier, candidate: Candidate, set_ids: dict[str, int]) -> dict[str, Any]:
    numbers, case = dossier.numbers, dossier.case
    return {
        "key": candidate.key,
        "value": candidate.value,
        "by": sorted(numbers[member.work] for member in candidate.members if member.work in numbers),
        "sources": [_source(member, set_ids) for member in candidate.members],
        "waits": case.waits_for(candidate),
        "void": case.is_void(candidate),
    }


def _source(member: Member, set_ids: dict[str, int]) -> dict[str, Any]:
    return {"set": set_ids.get(member.work), "id": member.uid or None}


def _verdict(unit: Unit, verdict: Verdict, *, dated: bool) -> dict[str, Any]:
    keys = {canonical(candidate.value): candidate.key for candidate in unit.candidates}
    taken = verdict.chosen["taken"]
    return {
        "take": [keys[canonical(value)] for value in taken if canonical(value) in keys],
        "values": taken,
        "own": verdict.chosen["own"],
        "error_type": verdict.error_type,
        "note": verdict.note,
        "dated": dated,
    }


def marks(dossier: Dossier, labels: list[Label]) -> list[Mark]:
    """Returns the marks of the text: the gold set's spans in full, what is agreed and not accepted yet softly."""
    by_key, case = {label.key: label for label in labels}, dossier.case
    found = [_mark(uid, span.label, span.ranges, by_key) for uid, span in case.gold.spans.items()]
    for unit in case.pending():
        if unit.noun == "span":
            value = unit.candidates[0].value
            ranges = tuple(tuple(piece) for piece in value["ranges"])
            found.append(_mark(digest(unit.key), value["label"], ranges, by_key, prefix=SOFT))
    return sorted(found, key=lambda mark: (mark.ranges[0][0], -mark.ranges[-1][1], mark.id))


def _mark(name: str, label: str, ranges: Sequence[Range], by_key: dict[str, Label], *, prefix: str = "") -> Mark:
    row = by_key[label]
    return Mark(name, label, row.kind, f"{prefix}{row.color}", ranges, title(row))


def mark_data(mark: Mark) -> dict[str, Any]:
    """Returns a mark as the page's JavaScript reads it."""
    return mark._asdict() | {"ranges": [list(piece) for piece in mark.ranges]}


def paragraphs(dossier: Dossier, drawn: list[Mark]) -> list[str]:
    """Returns the article's paragraphs as HTML, by the renderer of the workspace."""
    article = dossier.article
    sections = [(part["kind"], part["start"], part["end"]) for part in article.sections]
    return [render_paragraph(article.text, part) for part in segment(article.text, drawn, sections=sections)]

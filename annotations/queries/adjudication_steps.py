"""Which steps of an adjudication can be taken back?"""

from annotations.models import AdjudicationStep, AnnotationSet, User


def last_step(gold: AnnotationSet, user: User) -> AdjudicationStep | None:
    """Returns the person's last step that stands; None for no such step, or where others have decided over it."""
    step = AdjudicationStep.objects.filter(gold=gold, by=user, undone_at=None).order_by("pk").last()
    return None if step is None or is_overtaken(step) else step


def is_overtaken(step: AdjudicationStep) -> bool:
    """Whether a later step that stands is about the same: it may have changed the verdict and no annotation."""
    later = AdjudicationStep.objects.filter(gold=step.gold_id, undone_at=None, pk__gt=step.pk)
    about = _about(step)
    return any(about & _about(one) for one in later.only("unit", "before"))


def _about(step: AdjudicationStep) -> set[str]:
    """Names the units that a step decided, and the annotations whose provenance it wrote."""
    before = step.before
    origins = {row[0] for row in before["provenances"]} | set(before.get("made", ()))
    return ({step.unit, *before.get("units", ())} | origins) - {""}

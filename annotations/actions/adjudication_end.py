"""How does the adjudication of an article end, and begin again? The gold set is accepted, the sets are adjudicated."""

from annotations import policy
from annotations.actions import adjudication_errors as errors
from annotations.actions.transitions import move
from annotations.actions.turns import write_turn
from annotations.models import AnnotationSet, Article, Project, SetKind, SetStatus, User
from annotations.models.fields import new_uid
from annotations.queries.adjudication import Dossier, load_dossier
from annotations.states import TRANSITIONS


def finish(project: Project, article: Article, *, by: User, seen: str | None = None) -> AnnotationSet:
    """Closes the gold set and the annotators' sets it was made from, as one batch of transitions.

    `seen` is the dossier's as the person saw it: refused if a set came in, or was changed, since. Raises
    NotYoursToJudge, TooFewSets, AdjudicatedByAnother, UnitChanged, NotDone, NotMovable.
    """
    with write_turn():
        _lock_sets(project, article)
        gold = _gold(project, article, by=by)
        dossier = load_dossier(project, article)
        if dossier is None or len(dossier.works) < 2:
            raise errors.TooFewSets
        if seen is not None and seen != dossier.seen:
            raise errors.UnitChanged
        left = len(dossier.case.open_units()), len(dossier.case.pending())
        if any(left):
            raise errors.NotDone(open_units=left[0], agreed=left[1])
        batch = new_uid()
        move(gold, "finish", by=by, batch=batch)
        for work in _judged(dossier):
            move(work, "adjudicate", by=by, batch=batch)
    return gold


def reopen(project: Project, article: Article, *, by: User) -> AnnotationSet:
    """Opens a finished gold set again; what was decided stands.

    Raises NotYoursToJudge, AdjudicatedByAnother, NotMovable.
    """
    with write_turn():
        gold = _gold(project, article, by=by)
        move(gold, "unseal", by=by)
        gold.annotator = by
        gold.save(update_fields=["annotator"])
    return gold


def _lock_sets(project: Project, article: Article) -> None:
    """Keeps all sets of an article as they are until this transaction ends.

    In the order in which merging labels goes through sets: so no two wait for each other.
    """
    rows = AnnotationSet.objects.filter(project=project, article=article).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))


def _gold(project: Project, article: Article, *, by: User) -> AnnotationSet:
    """Returns the gold set, locked; a finished one is nobody's, so that whoever may judge opens it again."""
    if not policy.may_judge(by, project, article.pk):
        raise errors.NotYoursToJudge
    rows = AnnotationSet.objects.select_for_update(of=("self",))
    gold = rows.filter(project=project, article=article, kind=SetKind.GOLD, pseudonym="").first()
    if gold is None:
        gold = AnnotationSet.objects.create(
            project=project, article=article, kind=SetKind.GOLD, pseudonym="", annotator=by
        )
    if gold.is_open and gold.annotator_id != by.pk and gold.annotator is not None:
        raise errors.AdjudicatedByAnother(person=gold.annotator.display_name)
    return gold


def _judged(dossier: Dossier) -> list[AnnotationSet]:
    """The annotators' sets that this adjudication is the judgement of: those that it was read from."""
    statuses = [SetStatus(state) for state in TRANSITIONS["adjudicate"].sources]
    rows = AnnotationSet.objects.filter(
        project=dossier.project, article=dossier.article, kind=SetKind.ANNOTATOR, status__in=statuses
    )
    return list(rows.filter(uid__in=[work.id for work in dossier.works]).order_by("pk"))

"""What is said of a step, a transition, a decision or a comment in the history? Phrases without by whom."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from annotations.models import (
    AnnotationSet,
    Comment,
    Decision,
    Label,
    RevisionStep,
    StatusChange,
    StepKind,
    Uncarried,
    Verdict,
)
from annotations.queries.sentences import Phrase, Sentences, counted, quoted
from annotations.queries.texts import article_text
from annotations.queries.workspace import title
from annotations.records import quote_of

MOVES = {
    "assign": gettext_noop("gave the article to {person}"),
    "begin": gettext_noop("began the work"),
    "submit": gettext_noop("handed the work in"),
    "accept": gettext_noop("accepted the work"),
    "return": gettext_noop("returned the work"),
    "adjudicate": gettext_noop("adjudicated the work"),
    "skip": gettext_noop("gave the article back"),
    "expire": gettext_noop("put the article back into the queue: nobody had touched it for too long"),
    "take_away": gettext_noop("took the work away"),
    "resume": gettext_noop("took the work up again"),
    "reopen": gettext_noop("opened the work again"),
    "withdraw": gettext_noop("took the judgement back"),
    "take_up": gettext_noop("took the return back"),
    "finish": gettext_noop("finished the gold set"),
    "unseal": gettext_noop("opened the gold set again"),
}
STEPS = {
    StepKind.BULK: gettext_noop("marked {words} as {label} in many articles at once"),
    StepKind.BULK_UNDO: gettext_noop("took back: marked {words} as {label} in many articles at once"),
    StepKind.SPREAD: gettext_noop("put {label} on {words} wherever it stands"),
    StepKind.SPREAD_UNDO: gettext_noop("took back: put {label} on {words} wherever it stands"),
}

MERGES = {
    StepKind.MERGE: gettext_noop("merged {label} into {other}"),
    StepKind.MERGE_UNDO: gettext_noop("took back: merged {label} into {other}"),
}


def of_move(change: StatusChange, person: str | None) -> Phrase:
    """Says a transition; `person` is who annotates the set."""
    if change.transition == "assign" and change.actor_id == change.annotation_set.annotator_id:
        return Phrase(_("took the article"), "moved")
    if change.transition in MOVES:
        return Phrase(_(MOVES[change.transition]), "moved", {"person": person or ""})
    words = {"source": change.get_source_display(), "target": change.get_target_display()}
    return Phrase(_("moved the work from {source} to {target}"), "moved", words)


def of_step(step: RevisionStep, labels: Mapping[str, Label]) -> Phrase:
    """Says a step of many revisions."""
    about: dict[str, Any] = step.about
    if step.kind == StepKind.RESTORE:
        return Phrase(_("restored version {version}"), "restored", {"version": counted(about.get("to", ""))})
    if step.kind in MERGES:
        words = {name: _titled(about.get(key, ""), labels) for name, key in (("label", "label"), ("other", "into"))}
        return Phrase(_(MERGES[StepKind(step.kind)]), "changed", words)
    if about.get("words") and about.get("label"):
        words = {"words": quoted(about["words"]), "label": _titled(about["label"], labels)}
        return Phrase(_(STEPS[StepKind(step.kind)]), "changed", words)
    said = (
        _("took {n} changes of a bulk edit back") if step.kind == StepKind.BULK_UNDO else _("made {n} changes at once")
    )
    return Phrase(said, "changed", {"n": counted(step.last - step.first + 1)})


def of_verdict(verdict: Verdict, gold: AnnotationSet, sentences: Sentences) -> Phrase:
    """Says what was decided of a disagreement, what stands in the gold set or does not, and why annotators differed."""
    taken = verdict.chosen.get("taken", [])
    what = ", ".join(_value(value, gold, sentences) for value in taken or verdict.candidates[:1])
    if not taken:
        said, why = _("decided against {what}"), _("decided against {what} ({why})")
    elif verdict.chosen.get("own"):
        said, why = _("decided on {what}, with other bounds"), _("decided on {what}, with other bounds ({why})")
    else:
        said, why = _("decided on {what}"), _("decided on {what} ({why})")
    if not verdict.error_type:
        return Phrase(said, "decided", {"what": what})
    return Phrase(why, "decided", {"what": what, "why": verdict.get_error_type_display()})


def _value(value: dict[str, Any], gold: AnnotationSet, sentences: Sentences) -> str:
    """Names what there was to choose from: a span by its words and label, a relation by its label, a document label."""
    label = _titled(value.get("label", ""), sentences.labels)
    if "ranges" in value:
        ranges = [(start, end) for start, end in value["ranges"]]
        text = article_text(gold.article_id, gold.article.text_sha256)
        return f"{quoted(quote_of(text, ranges))} · {label}"
    if "value" in value:
        return f"{label} · {sentences.value_title(value.get('label', ''), value['value'])}"
    return label


def _titled(key: str, labels: Mapping[str, Label]) -> str:
    label = labels.get(key)
    return title(label) if label else key


def of_arrival(count: int, *, carried: bool) -> Phrase:
    """Says that annotations came in with the article, or came along from the version before its correction."""
    if carried:
        form = ngettext(
            "{n} annotation came along to the corrected article",
            "{n} annotations came along to the corrected article",
            count,
        )
    else:
        form = ngettext("brought in {n} annotation", "brought in {n} annotations", count)
    return Phrase(form, "arrived", {"n": counted(count)})


def of_decision(row: Uncarried) -> Phrase:
    """Says what was decided about an annotation that did not come along."""
    taken = row.decision == Decision.ACCEPTED
    if row.is_relation:
        said = (
            _("took a relation over after the correction") if taken else _("left a relation out after the correction")
        )
        return Phrase(said, "decided")
    if row.is_document_label:
        return Phrase(_("left a document label out after the correction"), "decided")
    said = _("took {quote} over after the correction") if taken else _("left {quote} out after the correction")
    return Phrase(said, "decided", {"quote": quoted(row.content.get("quote", ""))})


def of_comment(comment: Comment, *, resolved: bool) -> Phrase:
    """Says that somebody spoke, and about which words."""
    about = comment.about.get("quote") if isinstance(comment.about, dict) else None
    words = {"quote": quoted(about)} if about else {}
    if resolved:
        return Phrase(_("closed the thread about {quote}") if about else _("closed a thread"), "said", words)
    if comment.parent_id:
        return Phrase(_("answered"), "said")
    return Phrase(_("wrote about {quote}") if about else _("wrote"), "said", words)

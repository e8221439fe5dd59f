"""What does a view say of who is for or against what? Judgements of the article, and stances between spans."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotations.exporters.losses import Loss, Losses
from annotations.exporters.views import View
from annotations.records import RelationRecord, SpanRecord, TopicRecord

HEADLINE = "headline_stance"
VALUES = ("agree", "disagree", "discuss", "unrelated")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the article, or its headline alone, says of a claim: one of VALUES."""

    claim: str
    topic: str
    value: str
    of_headline: bool


def claim_of(topic: TopicRecord) -> str:
    """Returns the sentence that is judged: the topic's proposition, else its title."""
    return topic.proposition or topic.title_fa


def judgements(view: View, losses: Losses, *, headlines: bool = True) -> Iterator[Judgement]:
    """Yields the article labels that judge a topic, of headlines if asked for.

    Others, and values that are none of the four, are a loss.
    """
    topics = {topic.key: topic for topic in view.record.topics}
    for one in view.work.labels if view.work else ():
        of_headline = one.label == HEADLINE
        if one.topic in topics and one.value in VALUES and (headlines or not of_headline):
            yield Judgement(claim_of(topics[one.topic]), one.topic, one.value, of_headline)
        else:
            losses.add(Loss("labels", view.record.id, view.set_id, None, one.label, was=[one.topic, one.value]))


def headline_and_body(view: View) -> tuple[str, str]:
    """Returns the article's headline, empty where none is known, and the text behind it."""
    text = view.record.text
    for part in view.record.sections:
        if part.kind == "headline":
            return text[part.start : part.end], text[part.end :].strip()
    return "", text


@dataclass(frozen=True, slots=True)
class Stance:
    """A relation of the kind stance with the spans at its ends; None for an end that is no span."""

    relation: RelationRecord
    holder: SpanRecord | None
    expression: SpanRecord | None
    target: SpanRecord | None

    @property
    def polarity(self) -> str:
        """FAVOR, AGAINST or NONE, as the scheme has it; empty where nobody has said."""
        return str(self.relation.attributes.get("polarity") or "")


def stances(view: View) -> Iterator[Stance]:
    """Yields the view's stances."""
    spans, kinds = {span.id: span for span in view.spans}, view.kinds
    for one in view.relations:
        if kinds.get(one.label) == "stance":
            yield Stance(one, spans.get(one.head), spans.get(one.via or ""), spans.get(one.tail))


def report_unused(view: View, used: set[str], losses: Losses) -> None:
    """Reports the relations and spans that are none of `used`, and the attributes of all spans."""
    for relation in view.relations:
        if relation.id not in used:
            ends = [relation.head, relation.via, relation.tail]
            losses.add(Loss("relations", view.record.id, view.set_id, relation.id, relation.label, was=ends))
    for span in view.spans:
        if span.id not in used:
            losses.add(view.loss("spans", span))
        if span.attributes:
            given = (view.record.id, view.set_id, span.id, span.label, span.quote)
            losses.add(Loss("attributes", *given, was=span.attributes, count=len(span.attributes)))

"""Keys alone, and keys with the mouse, reproduce the gold set: entities, claims, cues, sources, stances."""

import msgspec
import pytest
from playwright.sync_api import Page, expect

from annotations.actions.demonstration import DATA
from annotations.models import AnnotationSet, Relation, Span, Topic
from annotations.records import AnnotationSetRecord, Draft
from bench.mixer import Mixer
from bench.typist import Typist
from tests.browser.conftest import SignIn
from tests.browser.hand import queue_empty
from tests.factories import make_cast, make_set

SEED = msgspec.json.decode((DATA / "seed.jsonl").read_bytes(), type=Draft)
GOLD = next(work for work in SEED.annotation_sets if work.kind == "gold")
SLOTS = ("head", "via", "tail")

PART = len(SEED.text) // 3

type Said = tuple[str, tuple[tuple[int, int], ...], list[tuple[str, str]]]


def upto(work: AnnotationSetRecord, end: int) -> AnnotationSetRecord:
    """What stands before `end`, with the relations whose ends all do."""
    spans = tuple(span for span in work.spans if span.ranges[-1][1] <= end)
    gone = {span.id for span in work.spans} - {span.id for span in spans}
    relations = tuple(one for one in work.relations if not gone & {one.head, one.via, one.tail})
    return msgspec.structs.replace(work, spans=spans, relations=relations)


@pytest.mark.long
@pytest.mark.parametrize(("hand", "gold"), [(Typist, GOLD), (Mixer, upto(GOLD, PART))], ids=["keys", "keys and mouse"])
def test_a_hand_reproduces_the_gold_set(
    transactional_db: None, page: Page, sign_in: SignIn, hand: type[Typist], gold: AnnotationSetRecord
) -> None:
    cast = make_cast()
    work = make_set(cast, SEED.text)
    for topic in SEED.topics:
        Topic.objects.create(project=cast.project, key=topic.key, title_fa=topic.title_fa)
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    typist = hand(page, SEED.text, [topic.key for topic in SEED.topics])
    typist.type_set(gold)
    queue_empty(page)
    expect(page.locator(".hint-key")).to_have_count(0)
    assert written_spans(work) == wanted_spans(gold)
    assert written_relations(work) == wanted_relations(gold)


def wanted_spans(work: AnnotationSetRecord) -> list[Said]:
    return sorted((span.label, span.ranges, sorted(span.attributes.items())) for span in work.spans)


def written_spans(work: AnnotationSet) -> list[Said]:
    spans = Span.objects.filter(annotation_set=work).select_related("label")
    return sorted((span.label.key, span.ranges, sorted(span.attributes.items())) for span in spans)


def wanted_relations(work: AnnotationSetRecord) -> list[tuple[object, ...]]:
    spans = {span.id: f"{span.label} {span.ranges}" for span in work.spans}
    return sorted(
        (one.label, *(spans.get(end or "", str(end)) for end in (one.head, one.via, one.tail)), str(one.attributes))
        for one in work.relations
    )


def written_relations(work: AnnotationSet) -> list[tuple[object, ...]]:
    def end(relation: Relation, slot: str) -> str:
        span, topic = getattr(relation, f"{slot}_span"), getattr(relation, f"{slot}_topic")
        if span:
            return f"{span.label.key} {span.ranges}"
        return f"topic:{topic.key}" if topic else getattr(relation, f"{slot}_kind") or "None"

    rows = Relation.objects.filter(annotation_set=work).select_related("label")
    return sorted((row.label.key, *(end(row, slot) for slot in SLOTS), str(row.attributes)) for row in rows)

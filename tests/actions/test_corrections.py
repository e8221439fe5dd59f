"""What becomes of the work on an article when its page is read again with other words?"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from annotations.actions.imports import ImportReport, import_drafts
from annotations.models import (
    AnnotationSet,
    Article,
    Decision,
    Label,
    Outcome,
    ProjectArticle,
    Revision,
    SetStatus,
    Span,
    Uncarried,
)
from annotations.queries.history_words import of_decision
from annotations.queries.invariants import broken_places
from annotations.queries.queue import open_sets
from annotations.records import ArticleLabelRecord, Draft, DraftRelation, DraftSet, DraftSpan
from tests.factories import Cast, make_cast, perform, span_op

pytestmark = pytest.mark.django_db
OLD = "👩‍👩‍👧‍👦 تیتر خبر\n\nمریم رضایی در تهران گفت: بودجه دو برابر می‌شود.\nحسن کریمی آن را رد کرد."
NEW = "👩‍👩‍👧‍👦 تیتر تازه\n\nروز گذشته مریم رضایی در تهران گفت: بودجه سه برابر می‌شود."
URL = "https://www.example.ir/news/12?utm_source=feed"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def bring(cast: Cast, *drafts: Draft) -> ImportReport:
    return import_drafts(cast.project, list(enumerate(drafts, 1)), by=cast.manager, annotators={"a1": cast.annotator})


def draft(text: str, **fields: Any) -> Draft:
    return Draft(text=text, **{"url": URL, "published_at": "2026-01-01T08:00:00Z"} | fields)


def span(text: str, piece: str, label: str = "PER", **fields: Any) -> DraftSpan:
    start = text.index(piece)
    return DraftSpan(label=label, ranges=((start, start + len(piece)),), quote=piece, **fields)


def work(text: str, **fields: Any) -> DraftSet:
    spans = (
        span(text, "مریم رضایی", id="s1"), span(text, "تهران", "LOC", id="s2"),
        span(text, "بودجه دو برابر می‌شود", "CLAIM", id="c1"), span(text, "حسن کریمی", id="s3"),
    )  # fmt: skip
    relations = (DraftRelation(label="attribution", head="c1", tail="s1", id="r1"),)
    return DraftSet(
        kind="annotator", annotator="a1", spans=spans, relations=relations, **{"status": "submitted"} | fields
    )


def corrected(cast: Cast) -> AnnotationSet:
    """Stores the old version with work handed in, then the new one; returns the set on the new one."""
    report = bring(cast, draft(OLD, annotation_sets=(work(OLD),)))
    assert not report.failed, report.failures
    bring(cast, draft(NEW, published_at="2026-01-02T08:00:00Z", url="http://example.ir/news/12/"))
    return AnnotationSet.objects.get(article__text=NEW)


def test_the_new_version_supersedes_the_old_one_and_what_kept_its_words_comes_along(cast: Cast) -> None:
    carried = corrected(cast)
    assert carried.article.supersedes.text == OLD
    quotes = {NEW[s.start : s.end] for s in carried.spans.all()}
    assert quotes == {"مریم رضایی", "تهران"}
    assert (carried.kind, carried.annotator, carried.status) == ("annotator", cast.annotator, SetStatus.RETURNED)
    revision = Revision.objects.get(annotation_set=carried)
    assert {operation["quote"] for operation in revision.operations} == quotes


def test_what_did_not_come_along_is_listed_with_why(cast: Cast) -> None:
    listed = {row.content["id"]: row for row in Uncarried.objects.filter(annotation_set=corrected(cast))}
    by_quote = {row.content.get("quote"): row for row in listed.values()}
    claim, lost = by_quote["بودجه دو برابر می‌شود"], by_quote["حسن کریمی"]
    assert (claim.outcome, lost.outcome) == (Outcome.CHANGED, Outcome.LOST)
    [[start, end]] = claim.proposed
    assert NEW[start:end] == "بودجه سه برابر می‌شود"
    [relation] = [row for row in listed.values() if row.is_relation]
    assert relation.outcome == Outcome.END


def test_the_old_set_stays_as_it_was_and_leaves_the_queue(cast: Cast) -> None:
    carried = corrected(cast)
    old = AnnotationSet.objects.get(article__text=OLD)
    assert (old.status, old.version, old.spans.count()) == (SetStatus.SUBMITTED, 1, 4)
    AnnotationSet.objects.filter(pk=old.pk).update(status=SetStatus.IN_PROGRESS)
    assert list(open_sets(cast.annotator)) == [carried]


def test_taking_a_claim_over_makes_it_with_the_relation_that_waited(cast: Cast) -> None:
    carried = corrected(cast)
    claim = Uncarried.objects.get(annotation_set=carried, outcome=Outcome.CHANGED)
    client = Client()
    client.force_login(cast.annotator)
    answer = client.post(reverse("carried", args=[carried.pk]), {"annotation": claim.pk, "decision": "accepted"})
    assert answer.status_code == 302
    made = Span.objects.get(annotation_set=carried, uid=claim.content["id"])
    assert NEW[made.start : made.end] == "بودجه سه برابر می‌شود"
    assert carried.relations.count() == 1
    assert (
        list(Uncarried.objects.exclude(decision=Decision.OPEN).values_list("decided_by", flat=True))
        == [cast.annotator.pk] * 2
    )
    carried.refresh_from_db()
    assert carried.version == 3  # the import, the span, the relation


def decide(cast: Cast, row: Uncarried, decision: Decision) -> str:
    """Posts a decision as the annotator; returns the page that is shown then."""
    client = Client()
    client.force_login(cast.annotator)
    address = reverse("carried", args=[row.annotation_set_id])
    return client.post(address, {"annotation": row.pk, "decision": decision}, follow=True).content.decode()


def test_what_bears_an_archived_label_comes_along_and_is_taken_over_too(cast: Cast) -> None:
    category = ArticleLabelRecord("category", None, "economy")
    bring(cast, draft(OLD, annotation_sets=(work(OLD, labels=(category,)),)))
    Label.objects.filter(project=cast.project).update(archived_at=timezone.now())
    bring(cast, draft(NEW, published_at="2026-01-02T08:00:00Z"))
    carried = AnnotationSet.objects.get(article__text=NEW)
    assert {NEW[s.start : s.end] for s in carried.spans.all()} == {"مریم رضایی", "تهران"}
    assert list(carried.article_labels.values_list("label__key", "value")) == [("category", "economy")]
    assert not Uncarried.objects.filter(outcome=Outcome.REFUSED).exists()
    decide(cast, Uncarried.objects.get(outcome=Outcome.CHANGED), Decision.ACCEPTED)
    assert (carried.spans.count(), carried.relations.count()) == (3, 1)


def test_a_value_that_left_the_scheme_is_listed_and_can_be_left_out(cast: Cast) -> None:
    category = ArticleLabelRecord("category", None, "economy")
    bring(cast, draft(OLD, annotation_sets=(work(OLD, labels=(category,)),)))
    Label.objects.filter(key="category").update(attributes={"topic": False, "values": ["sport"]})
    bring(cast, draft(NEW, published_at="2026-01-02T08:00:00Z"))
    listed = Uncarried.objects.get(outcome=Outcome.REFUSED)
    assert listed.content == {"label": "category", "topic": None, "value": "economy"}
    assert "<bdi>economy</bdi>" in decide(cast, Uncarried.objects.get(outcome=Outcome.LOST), Decision.DROPPED)
    assert "<bdi>economy</bdi>" not in decide(cast, listed, Decision.DROPPED)
    left_out = {row.outcome: row for row in Uncarried.objects.filter(decision=Decision.DROPPED)}
    assert left_out.keys() == {Outcome.LOST, Outcome.REFUSED}
    with override("en"):
        assert str(of_decision(left_out[Outcome.REFUSED])) == "left a document label out after the correction"


def test_a_relation_that_the_scheme_refuses_keeps_no_span_from_being_taken_over(cast: Cast) -> None:
    carried = corrected(cast)
    Label.objects.filter(key="attribution").update(ends={"head": ["@entity"], "tail": ["@entity"]})
    decide(cast, Uncarried.objects.get(outcome=Outcome.CHANGED), Decision.ACCEPTED)
    assert (carried.spans.count(), carried.relations.count()) == (3, 0)
    assert Uncarried.objects.get(decision=Decision.OPEN, is_relation=True).outcome == Outcome.END


def test_leaving_a_claim_out_leaves_its_relation_out(cast: Cast) -> None:
    carried = corrected(cast)
    claim = Uncarried.objects.get(annotation_set=carried, outcome=Outcome.CHANGED)
    client = Client()
    client.force_login(cast.annotator)
    client.post(reverse("carried", args=[carried.pk]), {"annotation": claim.pk, "decision": "dropped"})
    decided = Uncarried.objects.filter(decision=Decision.DROPPED)
    assert {row.is_relation for row in decided} == {True, False}
    assert carried.spans.count() == 2


@pytest.mark.parametrize("name", ["reviewer", "manager", "annotator2"])
def test_nobody_else_decides(cast: Cast, name: str) -> None:
    carried = corrected(cast)
    client = Client()
    client.force_login(getattr(cast, name))
    for row in Uncarried.objects.all():
        client.post(reverse("carried", args=[carried.pk]), {"annotation": row.pk, "decision": "dropped"})
    assert not Uncarried.objects.exclude(decision=Decision.OPEN).exists()


def test_a_decision_about_another_set_is_not_taken(cast: Cast) -> None:
    carried = corrected(cast)
    row = Uncarried.objects.filter(annotation_set=carried).first()
    other = AnnotationSet.objects.get(article__text=OLD)
    AnnotationSet.objects.filter(pk=other.pk).update(status=SetStatus.IN_PROGRESS)
    client = Client()
    client.force_login(cast.annotator)
    answer = client.post(reverse("carried", args=[other.pk]), {"annotation": row.pk, "decision": "dropped"})
    assert answer.status_code == 404


def test_what_is_taken_over_twice_says_so(cast: Cast) -> None:
    carried = corrected(cast)
    claim = Uncarried.objects.get(annotation_set=carried, outcome=Outcome.CHANGED)
    perform(carried, span_op(NEW, "بودجه سه برابر", "CLAIM") | {"id": claim.content["id"]})
    client = Client()
    client.force_login(cast.annotator)
    address = reverse("carried", args=[carried.pk])
    page = client.post(address, {"annotation": claim.pk, "decision": "accepted"}, follow=True)
    assert "id_taken" in page.content.decode()
    claim.refresh_from_db()
    assert claim.decision == Decision.OPEN


def test_work_in_the_same_import_comes_along_too(cast: Cast) -> None:
    bring(cast, draft(OLD, annotation_sets=(work(OLD),)), draft(NEW, published_at="2026-01-02T08:00:00Z"))
    carried = AnnotationSet.objects.get(article__text=NEW)
    assert carried.spans.count() == 2
    assert Uncarried.objects.count() == 3


def test_a_crawl_that_is_older_is_kept_and_supersedes_nothing(cast: Cast) -> None:
    bring(cast, draft(NEW, published_at="2026-01-02T08:00:00Z"))
    report = bring(cast, draft(OLD))
    assert [remark.code for remark in report.noticed] == ["older_version"]
    assert not Article.objects.exclude(supersedes=None).exists()
    third = NEW.replace("سه", "چهار")
    bring(cast, draft(third, published_at="2026-01-03T08:00:00Z"))
    assert Article.objects.get(text=third).supersedes.text == NEW


def test_another_page_another_project_and_a_front_page_correct_nothing(cast: Cast) -> None:
    from annotations.actions.projects import create_project

    bring(
        cast, draft(OLD), draft(OLD + " یک", url="https://example.ir/"), draft(OLD + " دو", url="https://example.ir/")
    )
    bring(cast, draft(NEW, url="https://example.ir/news/13"))
    other = create_project(title="دیگر", slug="other", by=cast.manager)
    import_drafts(other, [(1, draft(NEW + " سه"))], by=cast.manager)
    assert not Article.objects.exclude(supersedes=None).exists()


def test_a_text_that_says_the_same_is_left_out_and_reported(cast: Cast) -> None:
    bring(cast, draft(OLD))
    arabic = OLD.replace("ی", "ي").replace("ک", "ك")
    report = bring(cast, draft(arabic), draft(OLD, id="another-id", url=""))
    assert (report.stored, report.skipped) == (0, 2)
    assert [(remark.place, remark.code) for remark in report.noticed] == [(1, "duplicate"), (2, "duplicate")]
    assert report.noticed[0].data["article"] == Article.objects.get().uid


def test_twins_within_one_import_are_seen(cast: Cast) -> None:
    report = bring(cast, draft(OLD, url=""), draft(OLD.replace("ی", "ي"), url=""))
    assert (report.stored, report.skipped) == (1, 1)


def test_a_twin_that_carries_work_is_stored(cast: Cast) -> None:
    bring(cast, draft(OLD))
    arabic = OLD.replace("ی", "ي")
    person = DraftSpan(label="LOC", ranges=((arabic.index("تهران"), arabic.index("تهران") + 5),), quote="تهران")
    report = bring(cast, draft(arabic, annotation_sets=(DraftSet(kind="gold", spans=(person,)),)))
    assert (report.stored, report.skipped, Article.objects.count()) == (1, 0, 2)
    assert Article.objects.get(text=arabic).supersedes is None


def test_a_twin_in_another_project_is_none(cast: Cast) -> None:
    from annotations.actions.projects import create_project

    bring(cast, draft(OLD))
    other = create_project(title="دیگر", slug="other", by=cast.manager)
    report = import_drafts(other, [(1, draft(OLD.replace("ی", "ي")))], by=cast.manager)
    assert (report.stored, report.remarks) == (1, 0)


@pytest.mark.parametrize(
    ("status", "carried", "taken"), [("submitted", "returned", 1), ("given_back", "given_back", 0)]
)
def test_a_slot_of_the_new_version_is_held_as_one_of_the_old_was(
    cast: Cast, status: str, carried: str, taken: int
) -> None:
    bring(cast, draft(OLD, annotation_sets=(work(OLD, status=status),)))
    bring(cast, draft(NEW, published_at="2026-01-02T08:00:00Z"))
    found = AnnotationSet.objects.get(article__text=NEW)
    assert found.status == carried
    assert list(ProjectArticle.objects.order_by("pk").values_list("taken", flat=True)) == [taken, taken]
    assert not list(broken_places())

"""One label for many hits: new, relabelled, already so, refused; in one's own work or in gold, as one step."""

import pytest

from annotations.actions import bulk_edits
from annotations.actions.assignments import assign
from annotations.actions.giving import NotForYou, TooManyHits, label_hits, preview
from annotations.models import AnnotationSet, Project, Span
from annotations.queries.concordance import lines
from annotations.queries.concordance_filter import choice_from
from annotations.queries.giving import MOST_HITS, Asked, LabelNotForWords
from annotations.queries.invariants import broken_sets
from tests.factories import Cast, make_article, make_cast, make_set, perform, span_op, uid

pytestmark = pytest.mark.django_db

TEXT = "👩‍👩‍👧‍👦 كيم جونگ اون و کیم و «کیم» و کیم‌ها"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def hits(cast: Cast, q: str = "کیم") -> list[Asked]:
    choice = choice_from({"q": q}, project=cast.project, by=cast.manager)
    found = lines(choice, by=cast.manager)
    return [Asked(line.hit.article.pk, line.hit.start, line.hit.end, line.words) for line in found]


def labelled(work: AnnotationSet) -> list[tuple[str, str]]:
    rows = Span.objects.filter(annotation_set=work).order_by("start", "end").select_related("label")
    return [(row.label.key, work.article.text[row.start : row.end]) for row in rows]


def fates(planned: object) -> list[str]:
    return [str(one.fate) for one in planned.outcomes]


def test_each_hit_has_its_fate_and_the_text_holds_what_was_said(cast: Cast) -> None:
    work = make_set(cast, TEXT)
    perform(work, span_op(TEXT, "كيم جونگ اون"), span_op(TEXT, "کیم", label="ORG", attributes={"mention": "name"}))
    edit, planned = label_hits(cast.project, hits(cast), "PER", by=cast.annotator, uid=uid(), words="کیم")
    assert fates(planned) == ["same", "relabelled", "new", "new"]
    assert labelled(work) == [("PER", "كيم جونگ اون"), ("PER", "کیم"), ("PER", "کیم"), ("PER", "کیم")]
    assert Span.objects.filter(annotation_set=work, attributes={"mention": "name"}).count() == 1
    assert [revision.actor for revision in work.revisions.order_by("version")[2:]] == [cast.annotator] * 3
    assert bulk_edits.undo(edit, by=cast.annotator).restored == 3
    assert labelled(work) == [("PER", "كيم جونگ اون"), ("ORG", "کیم")]
    assert list(broken_sets()) == []


def test_a_preview_writes_nothing_and_says_what_will_be(cast: Cast) -> None:
    work = make_set(cast, TEXT)
    planned = preview(cast.project, hits(cast), "PER", by=cast.annotator, uid=uid())
    assert fates(planned) == ["new"] * 4
    assert labelled(work) == []
    assert AnnotationSet.objects.count() == 1


def test_sent_again_under_its_id_nothing_is_done_twice(cast: Cast) -> None:
    work, name = make_set(cast, TEXT), uid()
    for _ in range(2):
        edit, _planned = label_hits(cast.project, hits(cast), "PER", by=cast.annotator, uid=name)
    assert len(labelled(work)) == 4
    assert work.revisions.count() == 4
    assert edit.parts.count() == 1


def test_articles_not_begun_are_told_apart_and_begun_only_when_asked_for(cast: Cast) -> None:
    make_set(cast, TEXT)
    make_article(cast.project, f"دو {TEXT}")
    planned = preview(cast.project, hits(cast), "PER", by=cast.annotator, uid=uid())
    assert sorted(fates(planned)) == ["new"] * 4 + ["not_begun"] * 4
    label_hits(cast.project, hits(cast), "PER", by=cast.annotator, uid=uid())
    assert (AnnotationSet.objects.count(), Span.objects.count()) == (1, 4)
    edit, planned = label_hits(cast.project, hits(cast), "PER", by=cast.annotator, uid=uid(), begin=True)
    assert (AnnotationSet.objects.count(), Span.objects.count()) == (2, 8)
    assert sorted(fates(planned)) == ["new"] * 4 + ["same"] * 4
    bulk_edits.undo(edit, by=cast.annotator)
    assert (AnnotationSet.objects.count(), Span.objects.count()) == (2, 4)


def test_where_articles_are_given_out_none_is_begun(cast: Cast) -> None:
    Project.objects.update(self_assign=False)
    cast.project.refresh_from_db()
    make_article(cast.project, TEXT)
    _edit, planned = label_hits(cast.project, hits(cast), "PER", by=cast.annotator, uid=uid(), begin=True)
    assert set(fates(planned)) == {"no_set"}
    assert not AnnotationSet.objects.exists()


@pytest.mark.parametrize(("overlap", "fate"), [(1, "no_set"), (2, "not_begun")])
def test_handed_in_work_and_another_s_work_stay_as_they_are(cast: Cast, overlap: int, fate: str) -> None:
    cast.project.overlap = overlap
    cast.project.save()
    work = make_set(cast, TEXT)
    other = assign(cast.project, make_article(cast.project, f"دو {TEXT}"), annotator=cast.annotator2)
    AnnotationSet.objects.filter(pk=work.pk).update(status="submitted")
    _edit, planned = label_hits(cast.project, hits(cast), "PER", by=cast.annotator, uid=uid())
    assert sorted(fates(planned)) == ["closed"] * 4 + [fate] * 4
    assert labelled(other) == []


def test_gold_is_labelled_by_reviewers_and_nobody_else(cast: Cast) -> None:
    article = make_article(cast.project, TEXT)
    gold = AnnotationSet.objects.create(project=cast.project, article=article, kind="gold", status="in_progress")
    with pytest.raises(NotForYou):
        label_hits(cast.project, hits(cast), "PER", by=cast.annotator, uid=uid(), into="gold")
    with pytest.raises(NotForYou):
        label_hits(cast.project, hits(cast), "PER", by=cast.outsider, uid=uid())
    label_hits(cast.project, hits(cast), "PER", by=cast.reviewer, uid=uid(), into="gold")
    assert len(labelled(gold)) == 4


def test_hits_that_are_not_there_are_refused(cast: Cast) -> None:
    work = make_set(cast, TEXT)
    start = TEXT.index("کیم")
    elsewhere = [
        Asked(work.article_id, start, start + 3, "کیو"),
        Asked(10**9, 0, 3, "کیم"),
        Asked(work.article_id, 900, 903, ""),
    ]
    _edit, planned = label_hits(cast.project, elsewhere, "PER", by=cast.annotator, uid=uid())
    assert fates(planned) == ["gone"] * 3
    assert labelled(work) == []


def test_several_labels_on_the_same_words_are_not_guessed_about(cast: Cast) -> None:
    work = make_set(cast, "کیم")
    perform(work, span_op("کیم", "کیم", label="ORG"), span_op("کیم", "کیم", label="LOC"))
    _edit, planned = label_hits(cast.project, hits(cast), "PER", by=cast.annotator, uid=uid())
    assert fates(planned) == ["several"]


def test_what_the_judge_refuses_stays_and_the_rest_goes_on(cast: Cast) -> None:
    work, other = make_set(cast, "کیم آمد"), make_set(cast, "کیم رفت")
    perform(work, span_op("کیم آمد", "کیم", label="DAT", attributes={"value": "1402"}))
    edit, planned = label_hits(cast.project, hits(cast), "MON", by=cast.annotator, uid=uid())
    assert sorted(fates(planned)) == ["new", "relabelled"]
    refused = [said["reason"] for part in edit.parts.all() for said in part.refusals]
    assert refused == ["attribute_invalid"]
    assert (labelled(work), labelled(other)) == ([("DAT", "کیم")], [("MON", "کیم")])


@pytest.mark.parametrize("label", ["CLAIM", "stance", "category", "NOPE"])
def test_only_labels_of_words_are_given(cast: Cast, label: str) -> None:
    make_set(cast, TEXT)
    with pytest.raises(LabelNotForWords):
        preview(cast.project, hits(cast), label, by=cast.annotator, uid=uid())


def test_too_many_hits_are_refused_before_anything_is_written(cast: Cast) -> None:
    work = make_set(cast, "کیم " * (MOST_HITS + 1))
    for asked in (hits(cast), hits(cast)[:MOST_HITS]):
        with pytest.raises(TooManyHits):
            label_hits(cast.project, asked, "PER", by=cast.annotator, uid=uid())
    assert labelled(work) == []

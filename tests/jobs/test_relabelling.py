"""Do annotations follow a merge of labels in chunks that survive a killed runner, and can a merge be taken back?"""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from annotations.actions import jobs as job_actions
from annotations.actions import relabelling, schemes
from annotations.actions.relabelling import MergeRefused, RelabellingUnderWay
from annotations.actions.relabelling_undo import NotTakenBack
from annotations.jobs import relabelling as following
from annotations.jobs import runner
from annotations.kinds.draft import read_labels
from annotations.models import (
    AnnotationSet,
    ArticleLabel,
    Decision,
    Entity,
    Job,
    Label,
    Relabelling,
    Revision,
    RevisionStep,
    SchemeVersion,
    Span,
    StepKind,
    Uncarried,
)
from annotations.queries.invariants import broken_sets
from annotations.queries.scheme_labels import published_labels
from tests.factories import EMOJI_TEXT, TEXT, Cast, make_cast, make_set, op, perform, span_op

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_without_analyses")]
WORDS = ("روسیه", "تهران", "کره شمالی")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def _many(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two annotations are many: what is done by one transaction ends there."""
    for module in (relabelling, schemes, following):
        monkeypatch.setattr(module, "CHUNK", 2)
    monkeypatch.setattr("annotations.actions.relabelling_undo.CHUNK", 2)
    yield
    runner._warm.clear()


def placed(cast: Cast, *words: str, text: str = TEXT) -> AnnotationSet:
    """Work in which these words are places."""
    work = make_set(cast, text)
    perform(work, *(span_op(work.article.text, word, "LOC") for word in words))
    work.refresh_from_db()
    return work


def merged(cast: Cast, **changes: dict[str, Any]) -> SchemeVersion:
    """Publishes a scheme in which some labels are others."""
    labels = [msgspec.structs.replace(label, **changes.pop(label.key, {})) for label in published_labels(cast.project)]
    labels += read_labels([{"key": key, "kind": "entity", "title_fa": key, "title_en": key, **fields}
                           for key, fields in changes.items()])  # fmt: skip
    schemes.save_draft(cast.project, labels, by=cast.manager)
    return following.publish(cast.project, by=cast.manager)


def ran(job: Job | None, *, chunks: int = 1000) -> Job:
    """Lets a job run for so many chunks."""
    assert job is not None
    left = iter(range(chunks - 1))
    runner.run_slice(job.pk, leave=lambda: next(left, None) is None)
    job.refresh_from_db()
    return job


def bearing(key: str) -> list[str]:
    spans = Span.objects.filter(label__key=key).order_by("pk")
    return [span.annotation_set.article.text[span.start : span.end] for span in spans]


@pytest.mark.usefixtures("_many")
def test_many_annotations_follow_by_a_job_whose_killed_runner_is_gone_on_with(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    works = [placed(cast, *WORDS), placed(cast, *WORDS, text=EMOJI_TEXT)]
    Entity.objects.create(project=cast.project, key="q1", label_key="LOC", name="روسیه")
    version = merged(cast, LOC={"into": "FAC"})
    job = version.relabelling.job
    assert (job.state, job.total, len(bearing("LOC"))) == ("waiting", 6, 6)
    assert Entity.objects.get().label_key == "FAC"
    ran(job, chunks=2)
    assert (job.done, len(bearing("LOC"))) == (4, 2)
    write, calls = following.merge_chunk, []

    def killed(*args: Any, **options: Any) -> Any:
        calls.append(write(*args, **options))
        raise KeyboardInterrupt

    monkeypatch.setattr(following, "merge_chunk", killed)
    with pytest.raises(KeyboardInterrupt):
        ran(job)
    assert (len(calls), len(bearing("LOC"))) == (1, 2)
    monkeypatch.setattr(following, "merge_chunk", write)
    assert ran(job).state == "done"
    assert (job.done, job.count("changed"), bearing("LOC")) == (6, 6, [])
    assert list(broken_sets()) == []
    for work in works:
        assert Revision.objects.filter(annotation_set=work).count() == 6
        steps = RevisionStep.objects.filter(annotation_set=work, kind=StepKind.MERGE)
        assert sum(step.last - step.first + 1 for step in steps) == 3


@pytest.mark.usefixtures("_many")
def test_the_scheme_does_not_change_again_before_all_have_followed(cast: Cast) -> None:
    placed(cast, *WORDS)
    version = merged(cast, LOC={"into": "FAC"})
    with pytest.raises(RelabellingUnderWay):
        merged(cast, PER={"title_fa": "کس"})
    with pytest.raises(RelabellingUnderWay):
        following.undo(cast.project, version.relabelling, by=cast.manager)
    ran(version.relabelling.job)
    assert following.publish(cast.project, by=cast.manager).number == 3


@pytest.mark.usefixtures("_many")
def test_what_does_not_fit_any_more_keeps_its_label_and_is_reported(cast: Cast) -> None:
    work = placed(cast, *WORDS)
    version = merged(cast, LOC={"into": "DAT"})
    span = Span.objects.get(label__key="LOC", start=work.article.text.index("تهران"))
    perform(work, op("span.update", id=span.uid, attributes={"metonymy": "government"}))
    job = ran(version.relabelling.job)
    assert (job.count("changed"), job.count("remarks"), bearing("LOC")) == (2, 1, ["تهران"])
    (problem,) = job.problems.all()
    assert (problem.code, problem.place) == ("refused", work.pk)


@pytest.mark.parametrize("small", [True, False])
def test_a_merge_is_taken_back_where_nobody_has_changed_anything_since(
    cast: Cast, small: bool, request: pytest.FixtureRequest
) -> None:
    if not small:
        request.getfixturevalue("_many")
    works = [placed(cast, *WORDS), placed(cast, *WORDS, text=EMOJI_TEXT)]
    perform(works[0], span_op(works[0].article.text, "مریم رضایی", "FAC"))
    Entity.objects.create(project=cast.project, key="q1", label_key="LOC", name="روسیه")
    before = Label.objects.get(key="LOC")
    stance = Label.objects.get(key="stance").ends
    version = merged(cast, LOC={"into": "FAC"})
    if not small:
        ran(version.relabelling.job)
    text = works[0].article.text
    moved, gone = (Span.objects.get(annotation_set=works[0], start=text.index(word)) for word in WORDS[:2])
    perform(works[0], op("span.update", id=moved.uid, attributes={"metonymy": "government"}))
    perform(works[0], op("span.delete", id=gone.uid))
    undo = following.undo(cast.project, version.relabelling, by=cast.manager)
    job = undo.job if small else ran(undo.job)
    assert (job.state, job.count("changed"), job.count("remarks")) == ("done", 4, 2)
    assert sorted(bearing("LOC")) == sorted([*WORDS, WORDS[2]])
    assert sorted(bearing("FAC")) == sorted([WORDS[0], "مریم رضایی"])
    assert {problem.data["quote"] for problem in job.problems.all()} == {f"«{word}»" for word in WORDS[:2]}
    after = Label.objects.get(key="LOC")
    assert (after.archived_at, after.shortcut, after.attributes) == (None, before.shortcut, before.attributes)
    assert {slot: set(ends) for slot, ends in Label.objects.get(key="stance").ends.items()} == {
        slot: set(ends) for slot, ends in stance.items()
    }
    assert (undo.version.number, Entity.objects.get().label_key) == (3, "LOC")
    assert list(broken_sets()) == []
    with pytest.raises(NotTakenBack):
        following.undo(cast.project, version.relabelling, by=cast.manager)


def test_a_new_name_of_a_label_goes_with_the_step_that_brought_it(cast: Cast) -> None:
    placed(cast, *WORDS)
    before = Label.objects.get(key="LOC")
    new = {"attributes": before.attributes, "shortcut": before.shortcut}
    version = merged(cast, LOC={"into": "PLACE"}, PLACE=new)
    following.undo(cast.project, version.relabelling, by=cast.manager)
    assert Label.objects.get(key="PLACE").archived_at is not None
    after = Label.objects.get(key="LOC")
    assert (after.archived_at, after.shortcut) == (None, before.shortcut)


@pytest.mark.parametrize(
    ("since", "stays"), [("nothing", False), ("another thing", False), ("given by hand", True), ("changed", True)]
)
def test_a_new_name_stays_where_something_bears_it_that_does_not_come_back(
    cast: Cast, since: str, stays: bool
) -> None:
    work = placed(cast, *WORDS)
    version = merged(cast, LOC={"into": "PLACE"}, PLACE={"attributes": Label.objects.get(key="LOC").attributes})
    first = Span.objects.get(annotation_set=work, start=TEXT.index(WORDS[0]))
    if since == "another thing":
        perform(work, span_op(TEXT, "مریم رضایی"))
    elif since == "given by hand":  # and as many bear it as before
        perform(work, op("span.delete", id=first.uid), span_op(TEXT, "نفت", "PLACE"))
    elif since == "changed":
        perform(work, op("span.update", id=first.uid, attributes={"metonymy": "government"}))
    following.undo(cast.project, version.relabelling, by=cast.manager)
    assert (Label.objects.get(key="PLACE").archived_at is None) is stays
    assert bool(bearing("PLACE")) is stays


def test_what_waits_after_a_correction_goes_along_and_comes_back(cast: Cast) -> None:
    work = placed(cast, *WORDS)
    content = {"id": "x", "label": "LOC", "ranges": [[0, 4]], "quote": "علاق", "attributes": {}, "entity": None}
    rows = [
        Uncarried.objects.create(annotation_set=work, content=content | {"label": key}, outcome="lost", decision=said)
        for key, said in (("LOC", ""), ("LOC", Decision.DROPPED), ("FAC", ""))
    ]

    def labels() -> list[str]:
        return [Uncarried.objects.get(pk=row.pk).content["label"] for row in rows]

    version = merged(cast, LOC={"into": "FAC"})
    assert labels() == ["FAC", "LOC", "FAC"]
    following.undo(cast.project, version.relabelling, by=cast.manager)
    assert labels() == ["LOC", "LOC", "FAC"]


def test_document_labels_come_back_as_they_were(cast: Cast) -> None:
    work = make_set(cast)
    values = {"topic": False, "values": ["sport", "news"]}
    merged(cast, type={"kind": "article", "attributes": values})
    perform(work, op("label.set", label="category", value="sport"))
    version = merged(cast, category={"into": "type"})
    assert list(ArticleLabel.objects.values_list("label__key", "value")) == [("type", "sport")]
    following.undo(cast.project, version.relabelling, by=cast.manager)
    assert list(ArticleLabel.objects.values_list("label__key", "value")) == [("category", "sport")]
    again = merged(cast, category={"into": "type"})
    perform(work, op("label.set", label="type", value="news"))
    undo = following.undo(cast.project, again.relabelling, by=cast.manager)
    assert list(ArticleLabel.objects.values_list("label__key", "value")) == [("type", "news")]
    assert undo.job.count("remarks") == 1


@pytest.mark.usefixtures("_many")
def test_a_job_whose_manager_has_left_ends_with_a_reason(cast: Cast) -> None:
    placed(cast, *WORDS)
    version = merged(cast, LOC={"into": "FAC"})
    cast.project.memberships.filter(user=cast.manager).delete()
    job = ran(version.relabelling.job)
    assert (job.state, len(bearing("LOC"))) == ("failed", 3)
    assert "manage" in job.message
    assert Relabelling.objects.count() == 1
    assert not job_actions.waiting().filter(pk=job.pk).exists()


@pytest.mark.usefixtures("_many")
@pytest.mark.parametrize("since", ["taken back", "published anew"])
def test_a_cancelled_merge_does_not_go_on_once_the_scheme_is_another(cast: Cast, since: str) -> None:
    placed(cast, *WORDS)
    version = merged(cast, LOC={"into": "FAC"})
    job = ran(version.relabelling.job, chunks=1)
    job_actions.cancel(job)
    if since == "taken back":
        ran(following.undo(cast.project, version.relabelling, by=cast.manager).job)
    else:
        merged(cast, LOC={"archived": False})
    before = (bearing("LOC"), bearing("FAC"))
    job.refresh_from_db()
    runner.resume(job)
    assert (ran(job).state, "anew" in job.message) == ("failed", True)
    assert (bearing("LOC"), bearing("FAC")) == before


@pytest.mark.usefixtures("_many")
def test_a_document_label_that_was_given_meanwhile_is_not_written_over(cast: Cast) -> None:
    merged(cast, type={"kind": "article", "attributes": {"topic": False, "values": ["sport", "news"]}})
    works = [make_set(cast, f"{TEXT}\n{at}") for at in range(3)]
    for work in works:
        perform(work, op("label.set", label="category", value="sport"))
    job = merged(cast, category={"into": "type"}).relabelling.job
    perform(works[0], op("label.set", label="type", value="news"))
    perform(works[1], op("label.set", label="type", value="sport"))
    perform(works[2], op("label.clear", label="category"))
    assert (ran(job).count("changed"), job.count("remarks")) == (1, 1)
    rows = ArticleLabel.objects.order_by("annotation_set", "label__key")
    assert list(rows.values_list("annotation_set", "label__key", "value")) == [
        (works[0].pk, "category", "sport"), (works[0].pk, "type", "news"), (works[1].pk, "type", "sport"),
    ]  # fmt: skip
    (problem,) = job.problems.all()
    assert (problem.code, problem.data["quote"]) == ("clash", "«sport»")


def test_two_document_labels_that_differ_are_not_merged_into_one(cast: Cast) -> None:
    attributes = {"topic": False, "values": ["sport", "news"]}
    merged(cast, **{key: {"kind": "article", "attributes": attributes} for key in ("type", "desk")})
    work = make_set(cast)
    perform(work, op("label.set", label="category", value="sport"), op("label.set", label="desk", value="news"))
    with pytest.raises(MergeRefused):
        merged(cast, category={"into": "type"}, desk={"into": "type"})
    assert sorted(ArticleLabel.objects.values_list("label__key", "value")) == [("category", "sport"), ("desk", "news")]

"""Publishing a label scheme: what it does to labels and work, what it refuses, and that it is all or nothing."""

from typing import Any

import msgspec
import pytest

from annotations.actions import schemes
from annotations.actions.assignments import assign, submit
from annotations.actions.projects import add_member, create_project
from annotations.actions.schemes import DraftChanged, DraftMissing, DraftStale, SchemeUnsound
from annotations.edits import operations_from_builtins
from annotations.kinds.draft import DraftLabel, read_labels
from annotations.models import (
    AnnotationSet,
    ArticleLabel,
    Entity,
    Label,
    ProjectArticle,
    Relation,
    Revision,
    Role,
    SchemeDraft,
    SchemeVersion,
    Span,
)
from annotations.queries.annotation_sets import spans_of
from annotations.queries.consequences import Change, Consequences, consequences
from annotations.queries.invariants import broken_sets, rebuilt, stored_state
from annotations.queries.scheme_labels import published_labels
from tests.factories import Cast, make_article, make_cast, make_set, op, perform, span_op, uid

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    work = make_set(cast)
    text = work.article.text
    holder = span_op(text, "کیم جونگ اون", attributes={"mention": "name"})
    target = span_op(text, "روسیه", "LOC", attributes={"metonymy": "government"})
    plain = span_op(text, "تهران", "LOC")
    stance = op(
        "relation.create", id=uid(), label="stance", head=holder["id"], tail=target["id"],
        attributes={"polarity": "FAVOR"},
    )  # fmt: skip
    said = op("label.set", label="category", value="sport")
    outcome = perform(work, holder, target, plain, stance, said)
    assert {result.status for result in outcome.results} == {"ok"}
    return work


def edited(cast: Cast, **changes: dict[str, Any] | None) -> list[DraftLabel]:
    """The published labels with some fields of some labels changed; new keys come at the end."""
    published = published_labels(cast.project)
    labels = [msgspec.structs.replace(label, **changes.pop(label.key, None) or {}) for label in published]
    for key, fields in changes.items():
        said = {"kind": "entity", "title_fa": key, "title_en": key, **(fields or {})}
        labels += read_labels([{"key": key, **said}])
    return labels


def publish(cast: Cast, labels: list[DraftLabel]) -> SchemeVersion:
    schemes.save_draft(cast.project, labels, by=cast.manager)
    return schemes.publish(cast.project, by=cast.manager, note="چرا")


def change(found: Consequences, key: str) -> Change:
    (one,) = [one for one in found.changes if one.key == key]
    return one


def test_a_new_project_has_its_first_version(cast: Cast) -> None:
    version = SchemeVersion.objects.get(project=cast.project)
    assert version.number == 1
    assert [label["key"] for label in version.labels] == [label.key for label in published_labels(cast.project)]


def test_a_draft_holds_nothing_and_publishing_makes_the_next_version(cast: Cast, work: AnnotationSet) -> None:
    labels = edited(cast, PER={"title_fa": "کس", "color": "teal"}, BIRD={"shortcut": "KeyB"})
    schemes.save_draft(cast.project, labels, by=cast.manager)
    assert Label.objects.get(key="PER").title_fa == "شخص"
    version = schemes.publish(cast.project, by=cast.manager, note=" پرنده ")
    cast.project.refresh_from_db()
    assert (version.number, cast.project.scheme_version, version.note) == (2, 2, "پرنده")
    assert Label.objects.get(key="PER").title_fa == "کس"
    assert Label.objects.get(key="BIRD").shortcut == "KeyB"
    assert version.labels[-1]["key"] == "BIRD"
    assert not SchemeDraft.objects.exists()
    with pytest.raises(DraftMissing):
        schemes.publish(cast.project, by=cast.manager)


def test_labels_swap_keys_of_the_keyboard_and_names_that_nothing_bears(cast: Cast) -> None:
    labels = edited(
        cast, PER={"shortcut": "Digit2"}, ORG={"shortcut": "Digit1"}, TIM={"key": "MON"}, MON={"key": "TIM"}
    )
    publish(cast, labels)
    stored = dict(Label.objects.values_list("key", "shortcut"))
    assert (stored["PER"], stored["ORG"]) == ("Digit2", "Digit1")
    assert (Label.objects.get(key="MON").title_en, Label.objects.get(key="TIM").title_en) == ("Time", "Money")


def test_the_order_of_the_draft_is_the_order_of_the_labels(cast: Cast) -> None:
    labels = published_labels(cast.project)[::-1]
    publish(cast, labels)
    assert [label.key for label in Label.objects.all()] == [label.key for label in labels]


def test_attributes_that_work_has_are_counted_before_they_are_forbidden(cast: Cast, work: AnnotationSet) -> None:
    schema = {"type": "object", "properties": {"mention": {"enum": ["nominal"]}}, "required": ["mention"]}
    found = consequences(cast.project, edited(cast, PER={"attributes": schema}, LOC={"attributes": schema}))
    per, loc = change(found, "PER"), change(found, "LOC")
    assert (per.used, per.invalid, per.missing, per.affected) == (1, 1, 0, 1)
    assert (loc.used, loc.invalid, loc.missing) == (2, 1, 2)
    assert (found.affected, found.articles) == (2, 1)


def test_ends_that_relations_have_are_counted_before_they_are_forbidden(cast: Cast, work: AnnotationSet) -> None:
    ends = {"head": ["ORG"], "via": [], "tail": ["@entity"]}
    stance = change(consequences(cast.project, edited(cast, stance={"ends": ends})), "stance")
    assert (stance.used, stance.ends, stance.invalid) == (1, 1, 0)
    fine = {"head": ["PER"], "via": [], "tail": ["LOC"]}
    assert change(consequences(cast.project, edited(cast, stance={"ends": fine})), "stance").ends == 0


def test_what_bears_an_archived_label_is_counted_and_stays(cast: Cast, work: AnnotationSet) -> None:
    found = consequences(cast.project, edited(cast, LOC={"archived": True}, category={"archived": True}))
    assert (change(found, "LOC").affected, change(found, "category").affected, found.articles) == (2, 1, 1)
    publish(cast, edited(cast, LOC={"archived": True}))
    assert Span.objects.filter(label__key="LOC").count() == 2
    assert not Label.objects.active().filter(key="LOC").exists()


def test_titles_colours_and_keys_affect_no_annotation(cast: Cast, work: AnnotationSet) -> None:
    found = consequences(cast.project, edited(cast, LOC={"title_fa": "جا", "color": "teal", "shortcut": "KeyB"}))
    assert (change(found, "LOC").used, found.affected, found.articles, found.problems) == (2, 0, 0, [])


def test_merging_writes_the_history_of_every_set_also_of_closed_ones(cast: Cast, work: AnnotationSet) -> None:
    submit(work, by=cast.annotator)
    before = AnnotationSet.objects.get(pk=work.pk)
    Entity.objects.create(project=cast.project, key="q1", label_key="LOC", name="روسیه")
    publish(cast, edited(cast, LOC={"into": "PLACE"}, PLACE={"attributes": Label.objects.get(key="LOC").attributes}))
    after = AnnotationSet.objects.get(pk=work.pk)
    assert {span.label for span in spans_of(after)} == {"PER", "PLACE"}
    assert (after.status, after.version) == (before.status, before.version + 2)
    steps = Revision.objects.filter(annotation_set=work, version__gt=before.version)
    assert {step.actor_id for step in steps} == {cast.manager.pk}
    assert {operation.label for step in steps for operation in operations_from_builtins(step.operations)} == {"PLACE"}
    assert Entity.objects.get(key="q1").label_key == "PLACE"
    assert Label.objects.get(key="LOC").archived_at is not None


def test_a_merge_measures_agreement_of_finished_work_again(cast: Cast) -> None:
    article = make_article(cast.project)
    for person, label in ((cast.annotator, "LOC"), (cast.annotator2, "FAC")):
        work = assign(cast.project, article, annotator=person)
        perform(work, span_op(article.text, "تهران", label))
        submit(work, by=person)
    assert ProjectArticle.objects.get(article=article).agreement == 0
    publish(cast, edited(cast, LOC={"into": "FAC"}))
    assert ProjectArticle.objects.get(article=article).agreement == 1


def test_a_history_with_merges_can_be_replayed(cast: Cast, work: AnnotationSet) -> None:
    values = {"topic": False, "values": ["sport"]}
    labels = edited(cast, LOC={"into": "FAC"}, category={"into": "t"}, t={"kind": "article", "attributes": values})
    publish(cast, labels)
    deleted = span_op(work.article.text, "صادرات", "FAC")
    work.refresh_from_db()
    perform(work, deleted, op("span.delete", id=deleted["id"]))
    assert rebuilt(work) == stored_state(work)
    assert list(broken_sets()) == []


def test_a_merge_of_work_that_has_not_begun_leaves_it_so(cast: Cast, work: AnnotationSet) -> None:
    AnnotationSet.objects.update(status="assigned")
    publish(cast, edited(cast, LOC={"into": "FAC"}))
    assert AnnotationSet.objects.get().status == "assigned"


def test_document_labels_and_relations_merge_as_well(cast: Cast, work: AnnotationSet) -> None:
    values = {"topic": False, "values": ["sport", "news"]}
    ends = {"head": ["@entity"], "tail": ["@entity"]}
    attributes = Label.objects.get(key="stance").attributes
    labels = edited(
        cast, category={"into": "type"}, type={"kind": "article", "attributes": values}, stance={"into": "view"},
        view={"kind": "stance", "ends": ends, "attributes": attributes},
    )  # fmt: skip
    publish(cast, labels)
    assert list(ArticleLabel.objects.values_list("label__key", "value")) == [("type", "sport")]
    assert Relation.objects.get().label.key == "view"


REFUSED = [
    ({"LOC": {"into": "DAT"}}, 1),  # a date takes no metonymy
    ({"category": {"into": "type"}, "type": {"kind": "article", "attributes": {"values": ["news"]}}}, 1),
    ({"stance": {"into": "v"}, "v": {"kind": "stance", "ends": {"head": ["ORG"], "tail": ["LOC"]}}}, 1),
]


@pytest.mark.parametrize(("changes", "n"), REFUSED)
def test_a_merge_that_does_not_fit_is_counted_and_nothing_is_published(
    cast: Cast, work: AnnotationSet, changes: dict[str, Any], n: int
) -> None:
    labels = edited(cast, **changes)
    found = consequences(cast.project, labels)
    assert [(problem.code, problem.data["n"]) for problem in found.problems] == [("into_refused", n)]
    with pytest.raises(SchemeUnsound):
        publish(cast, labels)
    cast.project.refresh_from_db()
    assert cast.project.scheme_version == 1
    assert not Label.objects.exclude(key__in=[one.was for one in labels]).exists()


def test_a_document_label_that_says_otherwise_already_stands_in_the_way(cast: Cast, work: AnnotationSet) -> None:
    publish(cast, edited(cast, type={"kind": "article", "attributes": {"topic": False}}))
    perform(work, op("label.set", label="type", value="news"))
    found = consequences(cast.project, edited(cast, category={"into": "type"}))
    assert change(found, "category").refused == 1
    perform(work, op("label.set", label="type", value="sport"))
    assert consequences(cast.project, edited(cast, category={"into": "type"})).problems == []


def test_a_key_that_work_or_history_names_stays(cast: Cast, work: AnnotationSet) -> None:
    span = span_op(work.article.text, "مریم رضایی", "ORG")
    perform(work, span, op("span.delete", id=span["id"]))
    for key in ("PER", "ORG"):
        found = consequences(cast.project, edited(cast, **{key: {"key": "NEW"}}))
        assert [problem.code for problem in found.problems] == ["key_used"]
    assert consequences(cast.project, edited(cast, FAC={"key": "NEW"})).problems == []


def test_a_published_label_can_neither_be_left_out_nor_change_its_kind(cast: Cast) -> None:
    found = consequences(cast.project, edited(cast, PER={"kind": "cue", "shortcut": ""})[:-1])
    assert {problem.code for problem in found.problems} == {"kind_changed", "label_missing"}


def test_a_conflict_refuses_publishing_and_names_the_label(cast: Cast) -> None:
    with pytest.raises(SchemeUnsound) as refusal:
        publish(cast, edited(cast, PRO={"shortcut": "Digit3"}))
    assert refusal.value.data["label"] == "PRO"
    assert SchemeDraft.objects.exists()
    assert SchemeVersion.objects.count() == 1


def test_broken_attributes_are_a_problem_not_a_crash(cast: Cast, work: AnnotationSet) -> None:
    broken = {"properties": {"mention": {"type": "nonsense"}}}
    found = consequences(cast.project, edited(cast, LOC={"attributes": broken}, PER={"into": "LOC"}))
    assert [problem.code for problem in found.problems] == ["attributes_invalid"]


def test_nobody_writes_over_a_draft_they_have_not_seen(cast: Cast) -> None:
    labels = published_labels(cast.project)
    add_member(cast.project, cast.outsider, role=Role.MANAGER)
    draft = schemes.save_draft(cast.project, labels, by=cast.manager)
    with pytest.raises(DraftChanged):
        schemes.save_draft(cast.project, labels, by=cast.outsider, seen=None)
    with pytest.raises(DraftChanged):
        schemes.publish(cast.project, by=cast.outsider, seen="2020-01-01T00:00:00+00:00")
    taken = schemes.save_draft(cast.project, labels, by=cast.outsider, seen=draft.updated_at.isoformat())
    assert taken.by == cast.outsider


def test_a_draft_of_an_older_version_is_refused_until_it_is_carried_over(cast: Cast) -> None:
    mine = edited(cast, PER={"title_fa": "کس"})
    publish(cast, edited(cast, PER={"color": "teal"}, ORG={"title_fa": "نهاد"}, BIRD={}))
    schemes.save_draft(cast.project, mine, by=cast.manager, base=1)
    with pytest.raises(DraftStale):
        schemes.publish(cast.project, by=cast.manager)
    schemes.rebase_draft(cast.project, by=cast.manager)
    schemes.publish(cast.project, by=cast.manager)
    stored = {label.key: label for label in Label.objects.all()}
    assert (stored["PER"].title_fa, stored["PER"].color, stored["ORG"].title_fa) == ("کس", "teal", "نهاد")
    assert stored["BIRD"].archived_at is None


def test_labels_that_came_by_an_import_meanwhile_are_kept(cast: Cast) -> None:
    labels = edited(cast, PER={"title_fa": "کس"})
    schemes.save_draft(cast.project, labels, by=cast.manager)
    Label.objects.create(project=cast.project, key="LATE", kind="entity", title_fa="دیر", title_en="Late")
    version = schemes.publish(cast.project, by=cast.manager)
    assert version.labels[-1]["key"] == "LATE"


def test_a_copy_of_a_project_has_its_labels_but_archived_ones(cast: Cast, work: AnnotationSet) -> None:
    publish(cast, edited(cast, TIM={"archived": True}, BIRD={"shortcut": "KeyB"}))
    copy = create_project(title="رونوشت", by=cast.admin, copy_of=cast.project)
    assert [(x.key, x.shortcut, x.ends) for x in published_labels(copy)] == [
        (x.key, x.shortcut, x.ends) for x in published_labels(cast.project) if not x.archived
    ]
    assert copy.scheme_version == 1

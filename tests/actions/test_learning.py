"""What the knowledge base learns from edits, and how it forgets: by the transaction that links, whoever links."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.actions.entities import NotYourKnowledge, change_entity, create_entity, index_names
from annotations.kinds.wording import words_key
from annotations.models import AnnotationSet, Entity, EntityName, Revision, Span
from annotations.queries.invariants import broken_entities, broken_sets
from tests.factories import Cast, make_cast, make_set, op, perform, span_op

pytestmark = pytest.mark.django_db
TEXT = "کیم جونگ اون و رهبر کره و كيم جونگ‌اون و کیم و کیم آمدند."
KOREA = {"key": "loc-1", "name": "کره", "label": "LOC"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    create_entity(cast.project, by=cast.manager, name="کیم جونگ اون", label="PER", key="per-kim")
    return make_set(cast, TEXT)


def kim() -> Entity:
    return Entity.objects.get(key="per-kim")


def keys() -> set[str]:
    return {bytes(key).decode() for key in EntityName.objects.filter(entity=kim()).values_list("key", flat=True)}


def test_the_words_of_a_linked_name_are_learned_and_found(work: AnnotationSet) -> None:
    perform(work, span_op(TEXT, "کیم", entity="per-kim", ranges=[[39, 42]], quote=TEXT[39:42]))
    assert kim().aliases == kim().learned == [TEXT[39:42]]
    assert words_key(TEXT[39:42]) in keys()


def test_another_spelling_of_a_known_name_is_no_new_name(work: AnnotationSet) -> None:
    perform(work, span_op(TEXT, "كيم جونگ‌اون", entity="per-kim"))
    assert kim().aliases == []


@pytest.mark.parametrize("mention", ["nominal", "pronoun"])
def test_a_description_or_pronoun_is_no_name(work: AnnotationSet, mention: str) -> None:
    outcome = perform(work, span_op(TEXT, "رهبر کره", entity="per-kim", attributes={"mention": mention}))
    assert outcome.results[0].status == "ok"
    assert kim().aliases == []


def test_pieces_teach_nothing(work: AnnotationSet) -> None:
    perform(work, span_op(TEXT, "کیم", entity="per-kim", ranges=[[0, 3], [4, 8]], quote="کیم … جونگ"))
    assert kim().aliases == []


@pytest.mark.parametrize("ending", ["unlink", "delete", "relabel to another's", "move"])
def test_with_the_last_link_what_was_learned_goes(work: AnnotationSet, ending: str) -> None:
    first = span_op(TEXT, "رهبر کره", entity="per-kim")
    perform(work, first)
    assert kim().learned == ["رهبر کره"]
    create_entity(work.project, by=work.annotator, name="دیگری", key="other")
    how = {
        "unlink": op("span.update", id=first["id"], entity=None),
        "delete": op("span.delete", id=first["id"]),
        "relabel to another's": op("span.update", id=first["id"], entity="other"),
        "move": op("span.update", id=first["id"], ranges=[[0, 12]], quote=TEXT[:12]),
    }
    perform(work, how[ending])
    assert (kim().aliases, kim().learned) == ([], [])
    assert words_key("رهبر کره") not in keys()


def test_what_another_mention_of_anybody_still_says_stays(cast: Cast, work: AnnotationSet) -> None:
    first = span_op(TEXT, "رهبر کره", entity="per-kim")
    perform(work, first)
    other = make_set(cast, "رهبرِ كره آمد")
    perform(other, span_op("رهبرِ كره آمد", "رهبرِ كره", entity="per-kim"))
    perform(work, op("span.delete", id=first["id"]))
    assert kim().learned == ["رهبر کره"]


def test_a_given_name_stays_without_any_link(work: AnnotationSet) -> None:
    change_entity(kim(), by=work.annotator, add=["رهبر کره"])
    first = span_op(TEXT, "رهبر کره", entity="per-kim")
    perform(work, first)
    perform(work, op("span.delete", id=first["id"]))
    assert (kim().aliases, kim().learned) == (["رهبر کره"], [])


def test_a_name_that_was_taken_away_is_not_learned_again(work: AnnotationSet) -> None:
    first = span_op(TEXT, "رهبر کره", entity="per-kim")
    perform(work, first)
    change_entity(kim(), by=work.annotator, remove=["رهبر کره"])
    perform(work, op("span.update", id=first["id"], entity=None), op("span.update", id=first["id"], entity="per-kim"))
    assert kim().aliases == []
    change_entity(kim(), by=work.annotator, add=["رهبر کره"])
    assert kim().aliases == ["رهبر کره"]


def test_an_annotator_takes_no_given_name_away(cast: Cast, work: AnnotationSet) -> None:
    change_entity(kim(), by=cast.manager, add=["رهبر کره"])
    with pytest.raises(NotYourKnowledge):
        change_entity(kim(), by=cast.annotator, remove=["رهبر کره"])
    with pytest.raises(NotYourKnowledge):
        change_entity(kim(), by=cast.annotator, name="دیگر")
    assert change_entity(kim(), by=cast.reviewer, remove=["رهبر کره"], name="کیم").name == "کیم"
    assert keys() == {"کیم"}


def test_an_entity_is_made_before_the_link_that_needs_it_and_only_once(work: AnnotationSet) -> None:
    made = {**op("entity.create"), **KOREA}
    link = span_op(TEXT, "کره", "LOC", entity="loc-1")
    assert [one.status for one in perform(work, made, link).results] == ["ok", "ok"]
    assert [one.status for one in perform(work, made, link).results] == ["duplicate", "duplicate"]
    assert Entity.objects.get(key="loc-1").created_by == work.annotator
    assert list(broken_sets()) == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"key": "per-kim"}, "entity_taken"),
        ({"label": "CLAIM"}, "label_kind"),
        ({"label": "NONE"}, "label_unknown"),
        ({"name": "\u200c «» "}, "entity_nameless"),
    ],
)
def test_what_is_no_entity_is_refused_with_its_reason(work: AnnotationSet, fields: dict[str, str], reason: str) -> None:
    (result,) = perform(work, {**op("entity.create"), "key": "new", "name": "نو", **fields}).results
    assert (result.status, result.reason) == ("rejected", reason)
    assert Entity.objects.count() == 1


def test_taking_back_an_entity_leaves_what_others_have_linked(cast: Cast, work: AnnotationSet) -> None:
    perform(work, {**op("entity.create"), **KOREA})
    other = make_set(cast, "کره شمالی")
    held = span_op("کره شمالی", "کره", "LOC", entity="loc-1")
    perform(other, held)
    assert perform(work, op("entity.delete", key="loc-1")).results[0].status == "ok"
    assert Entity.objects.filter(key="loc-1").exists()
    perform(other, op("span.delete", id=held["id"]))
    perform(work, op("entity.delete", key="loc-1"))
    assert not Entity.objects.filter(key="loc-1").exists()
    assert perform(work, {**op("entity.create"), **KOREA}).results[0].status == "ok"


def test_nobody_takes_back_what_others_made(work: AnnotationSet) -> None:
    (result,) = perform(work, op("entity.delete", key="per-kim")).results
    assert (result.status, result.reason) == ("rejected", "entity_not_yours")
    (result,) = perform(work, op("entity.delete", key="none")).results
    assert (result.status, result.reason) == ("rejected", "entity_unknown")


PLACES = [(0, 3), (0, 12), (15, 23), (39, 42), (45, 48)]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from([None, "per-kim", "two"]), st.booleans()), max_size=12))
def test_learned_names_are_always_the_words_of_the_links_that_stand(
    work: AnnotationSet, steps: list[tuple[int, str | None, bool]]
) -> None:
    Span.objects.all().delete()
    Revision.objects.all().delete()
    Entity.objects.update(aliases=[], learned=[])
    index_names(list(Entity.objects.all()))
    if not Entity.objects.filter(key="two").exists():
        create_entity(work.project, by=work.annotator, name="دو", key="two")
    AnnotationSet.objects.update(version=0)
    standing: dict[int, str] = {}
    for at, entity, drops in steps:
        start, end = PLACES[at]
        if at not in standing:
            made = op("span.create", label="PER", ranges=[[start, end]], quote=TEXT[start:end], entity=entity)
            standing[at] = made["id"] = f"00000000-0000-4000-8000-{at:012}"
            perform(work, made)
        elif drops:
            perform(work, op("span.delete", id=standing.pop(at)))
        else:
            perform(work, op("span.update", id=standing[at], entity=entity))
    assert list(broken_entities()) == []
    for thing in Entity.objects.all():
        linked = {words_key(TEXT[span.start : span.end]) for span in Span.objects.filter(entity=thing)}
        assert {words_key(name) for name in thing.learned} == linked - {words_key(thing.name)}
        assert thing.aliases == thing.learned

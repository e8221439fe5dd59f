"""Are stances counted by who holds them towards what, whatever the spelling, and found again behind their cell?"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.kinds.wording import key_hash, words_key
from annotations.models import AnnotationSet, Entity, Topic
from annotations.queries import stances
from annotations.queries.dashboard import Scope, scope_from
from annotations.queries.stances import Cell, load_network, stances_of
from tests.factories import Cast, make_article, make_cast
from tests.work import gold_of, span_of, stance_of, work_of

pytestmark = pytest.mark.django_db
# Arabic yeh and kaf, a half-space, a family before the words: one holder all the same.
TEXTS = (
    "👩‍👩‍👧‍👦 کاخ‌سفید از برجام گفت و این یک خبر است.", "كاخ سفيد از برجام پرسيد و آن خبری دیگر.", "کاخ سفید از برجام.",
)  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def scope(cast: Cast, **parameters: str) -> Scope:
    return scope_from(parameters, project=cast.project, by=cast.manager)


def gold(cast: Cast, text: str) -> AnnotationSet:
    return gold_of(cast.project, make_article(cast.project, text), by=cast.reviewer)


def named(work: AnnotationSet, words: str, **fields: object) -> object:
    start = work.article.text.index(words)
    return span_of(work, start, start + len(words), words=key_hash(words_key(words)), **fields)


def add(work: AnnotationSet, holder: str, target: str, polarity: str) -> None:
    stance_of(
        work, polarity, head_kind="span", head_span=named(work, holder), tail_kind="span",
        tail_span=named(work, target),
    )  # fmt: skip


def test_the_same_words_in_any_spelling_are_one_holder(cast: Cast) -> None:
    for text, polarity in zip(TEXTS, ("FAVOR", "AGAINST", "AGAINST"), strict=True):
        words = text.split(" از ")[0].removeprefix("👩‍👩‍👧‍👦 ")
        add(gold(cast, text), words, "برجام", polarity)
    network = load_network(scope(cast))
    assert (network.whose, network.total) == ("gold", 3)
    assert [(one.name, one.count) for one in network.holders] == [("کاخ سفید", 3)]
    assert [(one.name, one.count) for one in network.targets] == [("برجام", 3)]
    (cell,) = network.cells.values()
    assert cell == Cell(count=3, favor=1, against=2)
    assert cell.polarity == pytest.approx(-1 / 3)


def test_a_linked_entity_a_topic_a_claim_and_what_has_no_span_have_their_own_keys(cast: Cast) -> None:
    work = gold(cast, TEXTS[2])
    entity = Entity.objects.create(project=cast.project, key="org-1", name="دولت آمریکا")
    topic = Topic.objects.create(project=cast.project, key="jcpoa", title_fa="توافق هسته‌ای")
    head = {"head_kind": "span", "head_span": named(work, "کاخ سفید", entity=entity)}
    stance_of(work, **head, tail_kind="topic", tail_topic=topic)
    stance_of(work, **head, tail_kind="span", tail_span=span_of(work, 0, 20, "CLAIM"))
    stance_of(work, head_kind="implicit", tail_kind="topic", tail_topic=topic)
    stance_of(work, head_kind="article", tail_kind="topic", tail_topic=topic)
    pronoun = span_of(work, 9, 11, attributes={"mention": "pronoun"})
    stance_of(work, head_kind="span", head_span=pronoun, tail_kind="topic", tail_topic=topic)
    network = load_network(scope(cast))
    assert [(one.key, one.name) for one in network.holders] == [
        (f"e{entity.pk}", "دولت آمریکا"), ("article", ""), ("implicit", ""), ("unnamed", ""),
    ]  # fmt: skip
    assert [(one.key, one.name) for one in network.targets] == [(f"t{topic.pk}", "توافق هسته‌ای"), ("claim", "")]


def test_every_cell_leads_to_just_the_stances_it_counts(cast: Cast) -> None:
    test_a_linked_entity_a_topic_a_claim_and_what_has_no_span_have_their_own_keys(cast)
    add(gold(cast, TEXTS[0]), "کاخ‌سفید", "برجام", "AGAINST")
    negative = gold(cast, "تاس از ایران گفت.")  # a hash may be negative
    add(negative, "تاس", "ایران", "NONE")
    network = load_network(scope(cast))
    found = {key: stances_of(scope(cast), holder=key[0], target=key[1]) for key in network.cells}
    assert {key: len(rows) for key, rows in found.items()} == {key: one.count for key, one in network.cells.items()}
    pks = [row.pk for rows in found.values() for row in rows]
    assert len(pks) == len(set(pks)) == network.total


NO_KEYS = [
    "", "x", "e", "ex", "e1 OR 1=1", "w99999999999999999999999", "t۱", "q5", "-", "w--5", "e9999999999999999999",
    "w-9999999999999999999",
]  # fmt: skip


@pytest.mark.parametrize("key", NO_KEYS)
def test_a_key_that_means_nothing_finds_nothing(cast: Cast, key: str) -> None:
    add(gold(cast, TEXTS[0]), "کاخ‌سفید", "برجام", "AGAINST")
    assert stances_of(scope(cast), holder=key, target="implicit") == []


def test_only_the_first_eight_are_drawn_and_those_without_a_name_come_last(cast: Cast) -> None:
    letters = "ابپتثجچحخد"
    work = gold(cast, " ".join(f"{letter * 3} از برجام" for letter in letters))
    for at, letter in enumerate(letters):
        for _ in range(at + 1):
            add(work, letter * 3, "برجام", "FAVOR")
    network = load_network(scope(cast))
    assert [one.name[0] for one in network.holders] == list("دخحچجثتپ")
    assert len(load_network(scope(cast), shown=None).holders) == len(letters)
    assert network.total == 55


def test_only_the_strongest_cells_leave_with_all_their_names(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    letters = "ابپتثج"
    work = gold(cast, " ".join(f"{letter * 3} از برجام" for letter in letters))
    for at, letter in enumerate(letters):
        for _ in range(at + 1):
            add(work, letter * 3, "برجام", "FAVOR")
    monkeypatch.setattr(stances, "AT_ONCE", 2)
    with CaptureQueriesContext(connection) as seen:
        network = load_network(scope(cast), shown=None, most=5)
    assert [cell.count for cell in network.cells.values()] == [6, 5, 4, 3, 2]
    assert [(one.name[0], one.count) for one in network.holders] == list(zip("جثتپب", (6, 5, 4, 3, 2), strict=True))
    assert [(one.name, one.count) for one in network.targets] == [("برجام", 21)]
    assert (network.total, sum("SUBSTR" in query["sql"].upper() for query in seen)) == (21, 3)


def test_many_holders_of_many_targets_are_looked_at_cell_by_cell(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [((f"w{n}", n), (f"w-{n}", -n), "FAVOR", 1) for n in range(1, 50_001)]
    monkeypatch.setattr(stances, "_counted", lambda _sets: iter(many))
    network = load_network(scope(cast), shown=None)
    assert len(network.cells) == len(network.holders) == len(network.targets) == len(many)


def test_an_annotator_counts_their_own_stances_and_none_of_gold_or_others(cast: Cast) -> None:
    article = make_article(cast.project, TEXTS[2])
    add(gold_of(cast.project, article, by=cast.reviewer), "کاخ سفید", "برجام", "FAVOR")
    add(work_of(cast.project, cast.annotator2, article, "submitted"), "کاخ سفید", "برجام", "FAVOR")
    own = scope_from({}, project=cast.project, by=cast.annotator)
    assert load_network(own).total == 0
    add(work_of(cast.project, cast.annotator, article, "in_progress"), "کاخ سفید", "برجام", "AGAINST")
    network = load_network(own)
    assert (network.whose, network.total) == ("own", 1)
    (key,) = network.cells
    assert [row.attributes for row in stances_of(own, holder=key[0], target=key[1])] == [{"polarity": "AGAINST"}]

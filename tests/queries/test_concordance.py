"""Is each place of a word shown once, with its labels, in either direction and on any page?"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from annotations import policy
from annotations.actions.assignments import assign
from annotations.errors import NewsroomError
from annotations.models import AnnotationSet, Source
from annotations.queries import concordance as pages
from annotations.queries.concordance import Concordance, concordance, lines, spread
from annotations.queries.concordance_filter import Choice, choice_from
from annotations.text.query import find, parse
from tests.factories import Cast, make_article, make_cast, make_set, perform, span_op

pytestmark = pytest.mark.django_db

TEXT = "👩‍👩‍👧‍👦 دیدار\n\nكيم جونگ اون از روسیه آمد. کیم رفت؛ «کیم» ماند\nکیم‌ها"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def choice(cast: Cast, q: str = "کیم", by: str = "annotator", **said: str) -> Choice:
    return choice_from({"q": q} | said, project=cast.project, by=getattr(cast, by))


def said(page: Concordance) -> list[tuple[str, str, str]]:
    return [(line.before, line.words, line.after) for line in page.lines]


def test_all_spellings_are_found_and_shown_as_they_were_published(cast: Cast) -> None:
    make_set(cast, TEXT)
    assert said(concordance(choice(cast), by=cast.annotator)) == [
        ("", "كيم", " جونگ اون از روسیه آمد. کیم رفت؛ «کیم» ماند"),
        ("كيم جونگ اون از روسیه آمد. ", "کیم", " رفت؛ «کیم» ماند"),
        ("كيم جونگ اون از روسیه آمد. کیم رفت؛ «", "کیم", "» ماند"),
        ("", "کیم", "‌ها"),
    ]


def everything(cast: Cast, asked: Choice, size: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Goes through all pages and back again."""
    there: list[tuple[int, int]] = []
    page = concordance(asked, by=cast.annotator, size=size)
    while True:
        there += [(line.hit.article.pk, line.hit.start) for line in page.lines]
        if page.next is None:
            break
        page = concordance(asked, by=cast.annotator, cursor=page.next, size=size)
    back = [[(line.hit.article.pk, line.hit.start) for line in page.lines]]
    while page.previous is not None:
        page = concordance(asked, by=cast.annotator, cursor=page.previous, size=size)
        back.insert(0, [(line.hit.article.pk, line.hit.start) for line in page.lines])
    return there, [place for part in back for place in part]


@pytest.mark.parametrize("order", ["corpus", "next", "previous", "label", "date"])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_pages_join_to_all_hits_in_both_directions(cast: Cast, order: str, size: int) -> None:
    articles = [make_article(cast.project, f"{n} {TEXT}") for n in range(3)] + [make_article(cast.project, "بی آن")]
    expected = {(a.pk, start) for a in articles for start, _ in find(a.text, parse("کیم"))}
    there, back = everything(cast, choice(cast, order=order), size)
    assert there == back
    assert len(there) == len(set(there)) == 12
    assert set(there) == expected
    if order == "corpus":
        assert there == sorted(expected, key=lambda place: (-place[0], place[1]))


def test_a_page_that_looked_far_enough_stops_and_goes_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_ARTICLES", 2)
    monkeypatch.setattr(pages, "FEW", 2)
    monkeypatch.setattr(pages, "MANY", 2)
    works = [make_set(cast, f"{n} کیم") for n in range(7)]
    perform(works[0], span_op("0 کیم", "کیم"))
    perform(works[5], span_op("5 کیم", "کیم"))
    asked = choice(cast, label="-PER")
    page = concordance(asked, by=cast.annotator)
    assert (len(page.lines), page.partial) == (1, True)
    there, back = everything(cast, asked, 50)
    assert there == back
    assert len(there) == 5


def test_filters_by_label_ask_the_work_that_is_read(cast: Cast) -> None:
    work = make_set(cast, TEXT)
    perform(
        work,
        span_op(TEXT, "كيم جونگ اون"),
        span_op(TEXT, "کیم", label="ORG"),
        span_op(TEXT, "كيم جونگ اون از روسیه آمد", label="CLAIM"),
    )

    def starts(by: str = "annotator", **said: str) -> list[int]:
        page = concordance(choice(cast, by=by, **said), by=getattr(cast, by))
        return [line.hit.start for line in page.lines]

    one, two, three, four = (start for start, _ in find(TEXT, parse("کیم")))
    assert starts(label="PER") == [one]
    assert starts(label="ORG") == [two]
    assert starts(label="-PER") == [two, three, four]
    assert starts(label="none") == [three, four]
    # Another annotator is blind to it, a reviewer sees it, and gold holds nothing yet.
    assert starts(by="annotator2", label="PER") == []
    assert starts(by="annotator2", label="none") == [one, two, three, four]
    assert starts(by="reviewer", whose="everyone", label="PER") == [one]
    assert starts(by="reviewer", whose="gold", label="PER") == []
    line = concordance(choice(cast), by=cast.annotator).lines[0]
    assert [(one.label, one.exact, one.sets) for one in line.hit.said] == [("PER", False, 1)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"whose": "everyone"},
        {"whose": "gold"},
        {"label": "-X"},
        {"label": "CLAIM"},
        {"order": "x"},
        {"since": "x"},
    ],
)
def test_what_means_nothing_or_is_not_for_annotators_is_refused(cast: Cast, wrong: dict[str, str]) -> None:
    with pytest.raises(NewsroomError, match=r"not a value|as a day"):
        choice(cast, **wrong)


@pytest.mark.parametrize("cursor", ["x", "a1", "a1.2.3", "n5", "a" + "9" * 30 + ".1", "b1.-1"])
def test_a_cursor_of_nobody_s_is_refused(cast: Cast, cursor: str) -> None:
    with pytest.raises(NewsroomError, match=r"not a value|as a day"):
        concordance(choice(cast), by=cast.annotator, cursor=cursor)


def test_only_the_project_s_articles_of_the_outlet_and_days(cast: Cast) -> None:
    inside = make_article(cast.project, "کیم")
    source = Source.objects.create(name="تسنیم")
    outside = make_article(cast.project, "کیم آمد")
    type(outside).objects.filter(pk=outside.pk).update(source=source, published_at="2023-09-17T10:00:00Z")
    assert len(concordance(choice(cast), by=cast.annotator).lines) == 2
    for narrowed in ({"source": "تسنیم"}, {"since": "۱۴۰۲/۰۶/۲۶", "until": "2023-09"}):
        found = concordance(choice(cast, **narrowed), by=cast.annotator).lines
        assert [line.hit.article.pk for line in found] == [outside.pk]
    cast.project.project_articles.filter(article=outside).delete()
    assert [line.hit.article.pk for line in concordance(choice(cast), by=cast.annotator).lines] == [inside.pk]
    assert concordance(choice(cast), by=cast.outsider).lines == []


def test_sorted_by_the_next_word_in_the_order_of_the_alphabet(cast: Cast) -> None:
    for word in ("گفت", "پیر", "آمد", "یک", "چند"):
        make_article(cast.project, f"آنجا کیم {word}")
    found = concordance(choice(cast, order="next"), by=cast.annotator)
    assert [line.after.strip() for line in found.lines] == ["آمد", "پیر", "چند", "گفت", "یک"]
    assert (found.sorted_hits, found.more_unsorted) == (5, False)


def test_more_hits_than_are_sorted_are_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "WINDOW", 3)
    make_article(cast.project, TEXT)
    found = concordance(choice(cast, order="next"), by=cast.annotator)
    assert (len(found.lines), found.sorted_hits, found.more_unsorted) == (3, 3, True)


def test_labels_of_exactly_these_words_are_counted(cast: Cast) -> None:
    work, other = make_set(cast, TEXT), make_set(cast, f"دو {TEXT}")
    perform(work, span_op(TEXT, "كيم"), span_op(TEXT, "کیم", label="ORG"), span_op(TEXT, "كيم جونگ اون", label="PER"))
    perform(other, span_op(other.article.text, "كيم"))
    assert spread(choice(cast), by=cast.annotator).labels == [("PER", 2), ("ORG", 1)]
    assert spread(choice(cast, q="کیم جونگ*"), by=cast.annotator).labels == []
    assert spread(choice(cast, by="annotator2"), by=cast.annotator2).labels == []


def test_a_page_costs_as_many_queries_wherever_it_is(cast: Cast, django_assert_max_num_queries: object) -> None:
    for n in range(30):
        assign(cast.project, make_article(cast.project, f"{n} {TEXT}"), annotator=cast.annotator)
    first = concordance(choice(cast), by=cast.annotator, size=20)
    for cursor in ("", first.next):
        with django_assert_max_num_queries(15):  # on PostgreSQL with savepoints; on SQLite half as many
            concordance(choice(cast), by=cast.annotator, cursor=cursor or "", size=20)


class EveryHit(TestCase):
    """With any texts and labels, each hit is shown by exactly one of «labelled X» and «not labelled X»."""

    def setUp(self) -> None:
        self.cast = make_cast()

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(st.lists(st.sampled_from(["کیم", "كيم", "رفت", "کیم‌ها", "«کیم»"]), min_size=1), min_size=1, max_size=4)
    )
    def test_a_filter_and_its_opposite_share_all_hits(self, drawn: list[list[str]]) -> None:
        for n, words in enumerate(drawn):
            text = " ".join([str(n), *words])
            work = make_set(self.cast, text)
            if "کیم" in text:
                perform(work, span_op(text, "کیم"))
        asked = {label: self._places(label) for label in ("", "PER", "-PER")}
        assert sorted(asked["PER"] + asked["-PER"]) == sorted(asked[""])
        for work in AnnotationSet.objects.select_related("article"):
            expected = find(work.article.text, parse("کیم"))
            assert [place[1:] for place in asked[""] if place[0] == work.article_id] == expected

    def _places(self, label: str) -> list[tuple[int, int, int]]:
        asked = choice(self.cast, label=label)
        return [(line.hit.article.pk, line.hit.start, line.hit.end) for line in lines(asked, by=self.cast.annotator)]


def test_whose_work_is_a_question_of_the_role(cast: Cast) -> None:
    assert policy.readable_work(cast.annotator, cast.project) == ("own",)
    assert policy.readable_work(cast.outsider, cast.project) == ()
    assert policy.readable_work(cast.manager, cast.project) == ("own", "gold", "everyone")
    work = make_set(cast, TEXT)
    assert not policy.work_of(cast.annotator2, cast.project, "everyone").exists()
    assert list(policy.work_of(cast.reviewer, cast.project, "everyone")) == [work]
    assert not policy.work_of(cast.reviewer, cast.project, "own").exists()

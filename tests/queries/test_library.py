"""Does the library find what its filter says, page by page, and nothing of another's work?"""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations_with_replacement, pairwise, product

import pytest

from annotations.actions.search import index_articles
from annotations.models import Article, SetStatus, Source
from annotations.queries import within
from annotations.queries.library import Cursor, count, library_page
from annotations.queries.library_filter import GIVEN, LibraryFilter, filtered
from annotations.queries.near_misses import near_misses
from annotations.queries.within import ids_labelled, small
from annotations.text.day_range import DayUnreadable
from annotations.text.query import parse
from tests.factories import Cast, make_article, make_cast, make_set, perform, span_op

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def headlines(cast: Cast, **chosen: str) -> list[str]:
    return [article.headline for article in library_page(cast.annotator, LibraryFilter(**chosen)).articles]


def test_relevance_puts_headlines_first_and_pages_go_both_ways(cast: Cast) -> None:
    expected = {True: [], False: []}
    for number in range(60):
        in_headline = number % 3 == 0
        text = f"نفت {number}\n\nمتن" if in_headline else f"خبر {number}\n\nبهای نفت"
        expected[in_headline].insert(0, make_article(cast.project, text).pk)
    wanted = expected[True] + expected[False]
    chosen = LibraryFilter(q="نفت", order="relevance")
    pages = [library_page(cast.annotator, chosen)]
    while pages[-1].older:
        pages.append(library_page(cast.annotator, chosen, before=Cursor.read(str(pages[-1].older))))
    assert [article.pk for page in pages for article in page.articles] == wanted
    assert len(pages) == 3
    assert pages[0].newer is None
    for page, following in pairwise(pages):
        back = library_page(cast.annotator, chosen, after=Cursor.read(str(following.newer)))
        assert [article.pk for article in back.articles] == [article.pk for article in page.articles]
    newest = library_page(cast.annotator, LibraryFilter(q="نفت"))
    assert [article.pk for article in newest.articles] == sorted(wanted, reverse=True)[:25]
    assert count(cast.annotator, chosen) == 60


def test_days_are_those_of_either_calendar_and_both_ends_count(cast: Cast) -> None:
    for number, moment in enumerate(
        [datetime(2023, 9, 16, 20, 29, tzinfo=UTC), datetime(2023, 9, 16, 20, 31, tzinfo=UTC),
         datetime(2023, 9, 17, 20, 29, tzinfo=UTC), datetime(2023, 9, 17, 20, 31, tzinfo=UTC)]
    ):  # fmt: skip
        article = make_article(cast.project, f"خبر {number}\n\nمتن {number}")
        Article.objects.filter(pk=article.pk).update(published_at=moment)
    for day in ("۱۴۰۲/۰۶/۲۶", "2023-09-17", "٢٦ شهریور ١٤٠٢"):
        assert headlines(cast, since=day, until=day) == ["خبر 2", "خبر 1"]
    assert len(headlines(cast, since="1402", until="1402")) == 4
    with pytest.raises(DayUnreadable):
        headlines(cast, since="دیروز")


def test_filters_of_outlet_project_and_state_meet(cast: Cast) -> None:
    first, second = make_article(cast.project, "نفت یک"), make_article(cast.project, "نفت دو")
    Article.objects.filter(pk=first.pk).update(source=Source.objects.create(name="ایرنا"))
    assert headlines(cast, q="نفت", source="ایرنا") == [first.headline]
    assert headlines(cast, q="نفت", project="test") == [second.headline, first.headline]
    assert headlines(cast, q="نفت", project="other") == []
    make_set(cast, "نفت سه")
    assert headlines(cast, q="نفت", state=SetStatus.ASSIGNED) == ["نفت سه"]
    assert headlines(cast, q="نفت", state="none") == [second.headline, first.headline]


def test_a_label_of_a_peer_does_not_show(cast: Cast) -> None:
    work = make_set(cast)
    perform(work, span_op(work.article.text, "کیم جونگ اون", "PER"))
    chosen = LibraryFilter(label="PER")
    for person, found in (
        (cast.annotator, 1), (cast.annotator2, 0), (cast.reviewer, 1), (cast.manager, 1), (cast.outsider, 0),
    ):  # fmt: skip
        assert len(library_page(person, chosen).articles) == found == count(person, chosen)
    assert library_page(cast.annotator, LibraryFilter(label="LOC")).articles == []
    assert len(library_page(cast.annotator, LibraryFilter(label="PER", project="test", q="روسیه")).articles) == 1
    assert [page.own_status for page in library_page(cast.annotator2, LibraryFilter()).articles] == [""]


def test_a_row_shows_where_the_words_stand(cast: Cast) -> None:
    make_article(cast.project, "رسانههای كره\n\n👩‍👩‍👧‍👦 به گزارش رسانه‌های کُره، نفت گران شد.")
    (article,) = library_page(cast.annotator, LibraryFilter(q="رسانه های کره")).articles
    assert [piece for piece, is_hit in article.headline_parts if is_hit] == ["رسانههای", "كره"]
    assert [piece for piece, is_hit in article.passage_parts if is_hit] == ["رسانه‌های", "کُره"]
    assert "".join(piece for piece, _is_hit in article.passage_parts).startswith("👩‍👩‍👧‍👦 به گزارش")


def test_near_misses_are_found_and_only_in_what_one_may_see(cast: Cast) -> None:
    make_article(cast.project, "کره شمالی\n\nاجلاس بین‌المللی")

    def near(typed: str) -> list[str]:
        return [miss.typed for miss in near_misses(parse(typed), Article.objects.filter(projects=cast.project))]

    assert near("کرهه")[0] == "کره"
    assert near("کرهشمالی") == ["«کره شمالی»"]
    assert "بینالمللی" in near("بی نالمللی")
    assert near("«شمالی کره»")[0] == "شمالی کره"
    assert near("کره قققققق") == ["کره"]
    assert near("کرهه شمالیی") == ["کره شمالی"]
    assert near("کزه شمال")[0] == "کره شمالی"
    assert near("«اجلاس بینن المللی»") == ["«اجلاس بین المللی»"]
    assert near_misses(parse("کرهه"), Article.objects.none()) == []


def test_what_indexes_leave_out_early_is_what_the_filter_leaves_out(cast: Cast) -> None:
    outlet, label = Source.objects.create(name="ایرنا"), "PER"
    for number in range(4):
        work = make_set(cast, f"نفت {number}\n\nکیم جونگ اون در روز {number}")
        perform(work, span_op(work.article.text, "کیم جونگ اون", label))
        moment = datetime(2023, 9, 15 + number, tzinfo=UTC)
        Article.objects.filter(pk=work.article_id).update(source=outlet if number % 2 else None, published_at=moment)
    own = Article.objects.create(text="نفت خام", headline="نفت خام", added_by=cast.outsider)
    index_articles([own.pk])
    fields = ({"project": "test"}, {"source": "ایرنا"}, {"since": "2023-09-16"}, {"until": "1402/6/26"},
              {"state": "assigned"}, {"state": "in_progress"}, {"state": "none"}, {"label": label},
              {"label": "LOC"}, {"order": "relevance"})  # fmt: skip
    pairs = combinations_with_replacement(fields, 2)
    for (one, other), person in product(pairs, (cast.annotator, cast.reviewer, cast.outsider, cast.admin)):
        listed = LibraryFilter(**one | other)
        seen = list(filtered(person, listed).order_by("-pk").values_list("pk", flat=True))
        for chosen in (listed, replace(listed, q="نفت")):
            assert [article.pk for article in library_page(person, chosen).articles] == seen, (chosen, person)
            assert count(person, chosen) == len(seen)


def test_what_many_rows_lead_to_is_not_gathered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    work = make_set(cast)
    perform(work, *(span_op(work.article.text, name) for name in ("کیم جونگ اون", "مریم رضایی", "مریم")))
    given = ids_labelled("PER", kinds=GIVEN)
    for most, sets in ((3, 1), (2, 0)):
        monkeypatch.setattr(within, "MOST", most)
        assert len(small([given])) == sets


def test_a_superseded_article_says_so(cast: Cast) -> None:
    old, new = make_article(cast.project, "خبر کهنه"), make_article(cast.project, "خبر تازه")
    Article.objects.filter(pk=new.pk).update(supersedes=old)
    page = library_page(cast.annotator, LibraryFilter(q="خبر"))
    assert [article.is_superseded for article in page.articles] == [False, True]


def test_a_cursor_that_nobody_gave_out_is_none() -> None:
    assert [Cursor.read(value) for value in ("", "b", "x", "-1", "9" * 19, "۵", "1bb")] == [None] * 7
    assert str(Cursor.read("12b")) == "12b"

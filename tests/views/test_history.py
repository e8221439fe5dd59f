"""What do the pages of the history show, and what does restoring by form do?"""

import re

import pytest
from django.test import Client
from django.urls import reverse

from annotations.actions.comments import write_comment
from annotations.actions.imports import import_drafts
from annotations.actions.transitions import move
from annotations.models import AnnotationSet, Label, Revision
from annotations.queries.comparison import compare
from annotations.queries.invariants import stored_state
from annotations.queries.versions import states_at
from annotations.records import Draft, DraftSet, DraftSpan
from tests.factories import EMOJI_TEXT, Cast, make_cast, make_set, op, perform, span_op, uid

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    """Three versions: one span stays, one is relabelled, one is taken away."""
    work = make_set(cast, EMOJI_TEXT)
    stays, changes, goes = (span_op(EMOJI_TEXT, words, "LOC") for words in ("کره شمالی", "روسیه", "تهران"))
    perform(work, stays, changes, goes)
    perform(work, op("span.update", id=changes["id"], label="ORG"), op("span.delete", id=goes["id"]))
    perform(work, span_op(EMOJI_TEXT, "کیم جونگ اون"))
    work.refresh_from_db()
    return work


def client_of(name: str) -> Client:
    client = Client()
    assert client.login(username=name, password=name)
    return client


def test_a_comment_that_begins_with_a_name_runs_as_its_words_do(cast: Cast, work: AnnotationSet) -> None:
    write_comment(work, by=cast.annotator, uid=uid(), text="@reviewer مرز این نام؟")
    html = client_of("annotator").get(f"/sets/{work.pk}/history/").content.decode()
    assert '<blockquote dir="auto"><bdi>@reviewer</bdi> مرز این نام؟</blockquote>' in html


def test_two_versions_are_drawn_over_each_other_in_the_text(work: AnnotationSet) -> None:
    before, after = states_at(work, 3, 6)
    drawn = compare(work, before, after)
    html = "".join(drawn.paragraphs)
    found = re.findall(r'<span class="s ([^"]*)" data-i="[^"]*"[^>]*>([^<]*)</span>', html)
    assert {(words, re.search(r"u0-(\w+)", classes)[1]) for classes, words in found} == {
        ("کره شمالی", "same"), ("روسیه", "changed"), ("تهران", "removed"), ("کیم جونگ اون", "added"),
    }  # fmt: skip
    assert drawn.counts == {"added": 1, "changed": 1, "removed": 1}
    assert [(one.state, one.words) for one in drawn.differences] == [
        ("changed", "«روسیه»"), ("added", "«کیم جونگ اون»"), ("removed", "«تهران»"),
    ]  # fmt: skip
    assert [(old, new) for _what, old, new in drawn.differences[0].fields] == [("مکان", "سازمان")]
    assert all(EMOJI_TEXT[a:b] == one.words[1:-1] for one in drawn.differences for a, b in one.ranges)


def test_a_span_whose_bounds_moved_is_drawn_where_it_was_and_where_it_is(cast: Cast) -> None:
    work = make_set(cast, EMOJI_TEXT)
    span = span_op(EMOJI_TEXT, "کیم جونگ")
    perform(work, span)
    wider = span_op(EMOJI_TEXT, "کیم جونگ اون")
    perform(work, op("span.update", id=span["id"], ranges=wider["ranges"], quote=wider["quote"]))
    work.refresh_from_db()
    html = "".join(compare(work, *states_at(work, 1, 2)).paragraphs)
    assert re.findall(r">(کیم جونگ)</span>", html)
    assert "u0-removed" in html
    assert "u1-changed" in html


def test_the_form_restores_what_its_preview_showed(work: AnnotationSet) -> None:
    client, address = client_of("annotator"), reverse("set-restore", args=[work.pk, 3])
    page = client.get(address)
    assert page.context["counts"] == {"added": 1, "changed": 1, "removed": 1}
    sent = {name: re.search(rf'name="{name}" value="([^"]+)"', page.content.decode())[1] for name in ("uid", "since")}
    assert client.post(address, sent).headers["Location"] == reverse("set-history", args=[work.pk])
    then = states_at(work, 3)[0]
    assert stored_state(work) == then
    client.post(address, sent)
    assert Revision.objects.filter(annotation_set=work).count() == 9
    history = client.get(reverse("set-history", args=[work.pk]))
    (event, *_rest) = (event for _day, events in history.context["days"] for event in events)
    assert (event.kind, event.what.words["version"]) == ("restore", "۳")


def test_a_form_whose_id_is_none_restores_all_the_same(work: AnnotationSet) -> None:
    client, address = client_of("annotator"), reverse("set-restore", args=[work.pk, 3])
    answer = client.post(address, {"since": str(work.version), "uid": "-" * 36})
    assert answer.headers["Location"] == reverse("set-history", args=[work.pk])
    assert stored_state(work) == states_at(work, 3)[0]


def test_the_form_says_why_it_restores_nothing(work: AnnotationSet) -> None:
    client, address = client_of("annotator"), reverse("set-restore", args=[work.pk, 3])
    perform(work, span_op(EMOJI_TEXT, "نفت", "PRO"))
    answer = client.post(address, {"since": "6", "uid": uid()}, follow=True)
    (message,) = answer.context["messages"]
    assert "۷" in str(message) or "7" in str(message)
    assert Revision.objects.filter(annotation_set=work).count() == 7


def test_a_preview_names_what_does_not_fit_any_more_and_offers_no_button(work: AnnotationSet) -> None:
    Label.objects.filter(key="LOC").update(archived_at=work.created_at)
    page = client_of("annotator").get(reverse("set-restore", args=[work.pk, 3]))
    assert {one.words for one, _why in page.context["misfits"]} == {"«روسیه»", "«تهران»"}
    assert 'name="uid"' not in page.content.decode()


@pytest.mark.parametrize("who", ["reviewer", "annotator"])
def test_whoever_may_not_restore_sees_the_preview_without_its_button(cast: Cast, work: AnnotationSet, who: str) -> None:
    if who == "annotator":
        move(work, "submit", by=cast.annotator)
    html = client_of(who).get(reverse("set-restore", args=[work.pk, 3])).content.decode()
    assert 'name="uid"' not in html
    assert (
        reverse("set-restore", args=[work.pk, 3])
        not in client_of(who).get(reverse("set-history", args=[work.pk])).content.decode()
    )


def test_an_annotator_reads_of_an_article_only_what_was_done_to_their_own_work(cast: Cast, work: AnnotationSet) -> None:
    address = reverse("article-history", args=[work.article_id])
    assert "روسیه" in client_of("annotator").get(address).content.decode().split("</header>")[-1]
    mine = client_of("annotator2").get(address)
    assert mine.context["days"] == []
    assert work.pseudonym not in mine.content.decode()


@pytest.mark.parametrize("asked", ["?before=x", "?before=1-2-3", "?person=nobody", "?kind=nonsense", "?from=9&to=2"])
def test_what_is_asked_for_in_vain_is_no_error(work: AnnotationSet, asked: str) -> None:
    client = client_of("annotator")
    assert client.get(reverse("set-history", args=[work.pk]) + asked).status_code == 200
    assert client.get(reverse("set-compare", args=[work.pk]) + asked).status_code == 200


def test_a_version_that_never_was_has_no_page(work: AnnotationSet) -> None:
    assert client_of("annotator").get(reverse("set-restore", args=[work.pk, 7])).status_code == 404


def test_an_import_is_one_event(cast: Cast) -> None:
    places = [(EMOJI_TEXT.index(words), words) for words in ("روسیه", "تهران")]
    spans = tuple(DraftSpan(label="LOC", ranges=((at, at + len(words)),), quote=words) for at, words in places)
    work = DraftSet(kind="annotator", annotator="a-1", spans=spans)
    report = import_drafts(cast.project, [(1, Draft(text=EMOJI_TEXT, annotation_sets=(work,)))], by=cast.manager)
    assert report.failures == []
    (made,) = AnnotationSet.objects.all()
    page = client_of("manager").get(reverse("set-history", args=[made.pk]))
    ((_day, (event,)),) = page.context["days"]
    assert (event.kind, event.who, event.what.words["n"]) == ("arrival", "manager", "۲")

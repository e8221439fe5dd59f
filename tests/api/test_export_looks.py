"""What an export would hold and look like: the same articles as the export of the same filter, a page at a time."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import deepcopy

import pytest
from django.test import Client

from annotations.actions.assignments import assign, submit
from annotations.exporters import EXPORTERS
from annotations.exporters.look import SHOWN, look_at
from annotations.queries.chosen import chosen_page
from annotations.queries.selection import selection_from
from tests.factories import EMOJI_TEXT, Cast, make_article, make_cast, make_set, op, perform, span_op, uid

pytestmark = pytest.mark.django_db
EXPORT = "/api/v1/projects/test/export/"


@pytest.fixture(scope="module")
def kept_cast(kept_rows: None) -> Cast:
    """A project with three articles; the annotator has finished the second, which has two spans and a relation."""
    cast = make_cast()
    make_set(cast, f"{EMOJI_TEXT} یک")
    article = make_article(cast.project, EMOJI_TEXT)
    work = assign(cast.project, article, annotator=cast.annotator)
    claim, person = span_op(EMOJI_TEXT, "صادرات نفت رشد می‌کند", "CLAIM"), span_op(EMOJI_TEXT, "کیم جونگ اون")
    perform(
        work, claim, person, op("relation.create", id=uid(), label="attribution", head=claim["id"], tail=person["id"])
    )
    submit(work, by=cast.annotator)
    assign(cast.project, article, annotator=cast.annotator2)
    make_set(cast, f"{EMOJI_TEXT} سه")
    return cast


@pytest.fixture
def cast(kept_cast: Cast) -> Cast:
    return deepcopy(kept_cast)


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.reviewer)
    return client


FILTERS = [
    {}, {"status": "submitted"}, {"kind": "gold"}, {"label": "CLAIM"}, {"unannotated": "true"}, {"limit": "2"},
    {"annotator": "annotator2"},
]  # fmt: skip


@pytest.mark.parametrize("filter", FILTERS)
def test_the_list_holds_what_the_same_filter_exports_and_counts(client: Client, filter: dict[str, str]) -> None:
    lines = b"".join(client.get(EXPORT, filter).streaming_content).splitlines()
    listed, address = [], f"{EXPORT}articles/"
    answer = client.get(address, filter | {"page_size": "1"}).json()
    while True:
        listed += answer["results"]
        if not answer["next"]:
            break
        answer = client.get(answer["next"]).json()
    exported = [json.loads(line) for line in lines]
    assert [one["uid"] for one in listed] == [record["id"] for record in exported]
    for one, record in zip(listed, exported, strict=True):
        sets = [(work["uid"], work["kind"], work["status"], work["pseudonym"] or None) for work in one["sets"]]
        assert sets == [(w["id"], w["kind"], w["status"], w["annotator"]) for w in record["annotation_sets"]]
        held = [(len(work["spans"]), len(work["relations"])) for work in record["annotation_sets"]]
        assert [(work["spans"], work["relations"]) for work in one["sets"]] == held
    count = client.get(f"{EXPORT}count/", filter).json()
    assert (count["articles"], count["sets"]) == (len(listed), sum(len(one["sets"]) for one in listed))


def test_pages_of_the_list_hold_each_article_once_and_end(cast: Cast) -> None:
    selection = selection_from({}, project=cast.project)
    found, after = [], 0
    while True:
        page = chosen_page(selection, after=after, size=2)
        found += [one.article.pk for one in page.articles]
        if page.after is None:
            break
        after = page.after
    assert found == list(selection.articles().values_list("article", flat=True))


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_of_the_list_takes_two_queries_however_long_it_is(
    cast: Cast, size: int, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    selection = selection_from({}, project=cast.project)
    with django_assert_num_queries(2):
        page = chosen_page(selection, size=size)
        assert [bool(one.article.headline and one.sets) for one in page.articles] == [True] * size


def test_a_preview_is_the_beginning_of_the_export(client: Client) -> None:
    exported = b"".join(client.get(EXPORT, {"status": "submitted"}).streaming_content).decode()
    answer = client.get(f"{EXPORT}preview/", {"status": "submitted"}).json()
    assert (answer["format"], answer["content"], answer["truncated"]) == ("jsonl", exported, False)


@pytest.mark.parametrize("key", EXPORTERS)
def test_every_format_has_a_preview_that_is_bounded(client: Client, key: str) -> None:
    answer = client.get(f"{EXPORT}preview/", {"format": key}).json()
    assert answer["media_type"] == EXPORTERS[key].media_type
    assert bool(answer["files"]) == (answer["media_type"] == "application/zip")
    if answer["content"] is not None:
        assert len(answer["content"].encode()) <= SHOWN
        assert not answer["files"] or answer["file"] in answer["files"]


def test_a_long_text_is_cut_between_characters_and_what_is_no_text_is_not_shown() -> None:
    found = look_at(["آ".encode() * SHOWN], is_packed=False)
    assert (found.text, found.is_cut) == ("آ" * (SHOWN // 2), True)
    found = look_at([b"a", "آ".encode() * SHOWN], is_packed=False)
    assert found.text == "a" + "آ" * (SHOWN // 2 - 1)
    assert look_at([b"\xff\xfe\x00"], is_packed=False).text is None
    assert look_at([b"PAR1\x00"], is_packed=False).text is None


def test_the_page_of_releases_lists_previews_and_offers_the_selection(client: Client, cast: Cast) -> None:
    pages = "/projects/test/releases/"
    listed = client.get(f"{pages}articles/", {"status": "submitted"}).content.decode()
    assert listed.count("<li>\n  <a") == 1
    chosen = chosen_page(selection_from({"status": "submitted"}, project=cast.project), size=2).articles
    assert [f'href="/articles/{one.article.pk}/"' in listed for one in chosen] == [True]
    shown = client.get(f"{pages}preview/", {"status": "submitted", "format": "conll"}).content.decode()
    assert f'href="{EXPORT}?format=conll&amp;status=submitted"' in shown
    assert "I-CLAIM" in shown
    assert 'class="warn"' in shown  # the relation is lost
    assert client.get(f"{pages}preview/", {"format": "none"}).status_code == 404

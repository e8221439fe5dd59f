"""Does one selection list, count and export the same articles, by whatever it is narrowed?"""

import json
from datetime import date
from typing import Any

import msgspec
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from annotations.actions.assignments import assign
from annotations.actions.imports import import_drafts
from annotations.actions.stories import place_articles
from annotations.actions.transitions import move
from annotations.agreement.report import Agreement
from annotations.exporters import EXPORTERS
from annotations.exporters.losses import Losses
from annotations.models import Analysis, AnnotationSet, Article, Project, SetKind
from annotations.queries import records
from annotations.queries.agreement import label_kinds
from annotations.queries.exports import export
from annotations.queries.records import stream_records
from annotations.queries.selection import FILTERS, FilterInvalid, selection_from
from annotations.records import Draft, Record
from annotations.text.freeze import text_sha256
from annotations.text.normalise import engine
from annotations.text.steps import steps
from tests.factories import EMOJI_TEXT, TEXT, Cast, make_article, make_cast, make_set, op, perform, span_op, uid

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def chosen(project: Project, **parameters: str) -> list[Record]:
    """Returns the records of a selection; that the count says the same is checked on the way."""
    selection = selection_from(parameters, project=project)
    found = list(stream_records(selection))
    assert selection.count() == (len(found), sum(len(record.annotation_sets) for record in found))
    return found


def texts(project: Project, **parameters: str) -> list[str]:
    return [record.text for record in chosen(project, **parameters)]


def test_a_label_chooses_articles_and_only_narrows_what_is_written(cast: Cast) -> None:
    first, second = make_set(cast), make_set(cast, EMOJI_TEXT)
    claim, person = span_op(TEXT, "صادرات نفت رشد می‌کند", "CLAIM"), span_op(TEXT, "کیم جونگ اون")
    said = op("relation.create", id=uid(), label="attribution", head=claim["id"], tail=person["id"])
    perform(first, claim, person, said, span_op(TEXT, "روسیه", "LOC"))
    perform(second, span_op(EMOJI_TEXT, "روسیه", "LOC"))
    assert texts(cast.project, label="CLAIM") == texts(cast.project, label="attribution") == [TEXT]
    assert texts(cast.project, label="CLAIM,LOC") == [TEXT, EMOJI_TEXT]
    (narrow,) = chosen(cast.project, label="CLAIM", only="PER,attribution")
    (work,) = narrow.annotation_sets
    assert [span.label for span in work.spans] == ["PER"]
    assert work.relations == ()
    assert [label.key for label in narrow.labels] == ["PER"]


def test_parts_are_left_out_on_request(cast: Cast) -> None:
    perform(make_set(cast), span_op(TEXT, "روسیه", "LOC", attributes={"mention": "name"}))
    (whole,) = chosen(cast.project)
    (bare,) = chosen(cast.project, without="attributes,meta,sections")
    assert whole.annotation_sets[0].spans[0].attributes == {"mention": "name"}
    assert (bare.annotation_sets[0].spans[0].attributes, bare.meta, bare.sections) == ({}, {}, ())
    assert bare.text == whole.text


def test_a_limit_shows_the_first_articles(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "BATCH", 2)
    made = [make_set(cast, f"{TEXT} {number}").article.text for number in range(5)]
    for limit in range(1, 7):
        assert texts(cast.project, limit=str(limit)) == made[:limit]


def test_of_long_texts_few_are_read_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [make_set(cast, f"{TEXT} {number}").article.text for number in range(5)]
    sizes, read = [], records._works
    monkeypatch.setattr(records, "FIRST", 2)
    monkeypatch.setattr(records, "MOST_READ", len(made[0]))
    monkeypatch.setattr(records, "_works", lambda sets, places: sizes.append(len(places)) or read(sets, places))
    assert texts(cast.project) == made
    assert sizes == [2, 1, 1, 1, 0]


@pytest.mark.parametrize(("times", "sizes"), [(0, [1, 4, 0]), (100, [1, 1, 1, 1, 1, 0])])
def test_where_much_stands_on_short_texts_few_are_read_at_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, times: int, sizes: list[int]
) -> None:
    for number in range(5):
        operations = [span_op(TEXT, "روسیه", "LOC") for _ in range(times)]
        perform(make_set(cast, f"{TEXT} {number}"), *operations)
    found, read = [], records._works
    monkeypatch.setattr(records, "FIRST", 1)
    monkeypatch.setattr(records, "MOST_READ", 10_000)
    monkeypatch.setattr(records, "_works", lambda sets, places: found.append(len(places)) or read(sets, places))
    assert len(texts(cast.project)) == 5
    assert found == sizes


@pytest.mark.parametrize("way", ["pk", "-pk"])
def test_sets_stand_in_one_order_whichever_a_database_gives(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    work, read = make_set(cast), records.set_rows
    assign(cast.project, work.article, annotator=cast.annotator2)
    AnnotationSet.objects.filter(pk=work.pk).update(pseudonym="ا‌ب")
    monkeypatch.setattr(records, "set_rows", lambda sets: read(sets).order_by(way))
    (record,) = stream_records(selection_from({}, project=cast.project))
    found = [one.annotator for one in record.annotation_sets]
    assert found == sorted(found)
    assert len(found) == 2


def test_one_annotator_is_chosen_by_pseudonym(cast: Cast) -> None:
    work = make_set(cast)
    make_set(cast, EMOJI_TEXT)
    other = AnnotationSet.objects.create(
        project=cast.project, article=work.article, kind="annotator", pseudonym="a-two"
    )
    (record,) = chosen(cast.project, annotator="a-two")
    assert [one.id for one in record.annotation_sets] == [other.uid]
    assert len(chosen(cast.project, annotator=f"a-two,{work.pseudonym}")) == 2


def test_a_story_is_chosen_by_any_of_its_articles(cast: Cast) -> None:
    wire = [make_article(cast.project, f"{TEXT * 3}\n\nنسخه {number}") for number in range(2)]
    make_article(cast.project, "خبری دیگر")
    place_articles(list(Article.objects.values_list("pk", flat=True)))
    for article in wire:
        found = texts(cast.project, story=article.uid, unannotated="true")
        assert found == [one.text for one in wire]


def test_a_query_and_the_newest_version_choose_articles(cast: Cast) -> None:
    old = make_article(cast.project, "بهای نفت بالا رفت")
    new = make_article(cast.project, "بهای نفت پایین آمد")
    make_article(cast.project, "هوا آفتابی است")
    Article.objects.filter(pk=new.pk).update(supersedes=old)
    assert texts(cast.project, q="نفت", unannotated="1") == [old.text, new.text]
    assert texts(cast.project, q='"نفت بالا"', unannotated="1") == [old.text]
    assert texts(cast.project, q="نفت -پایین", unannotated="1") == [old.text]
    assert texts(cast.project, q="نفت", current="true", unannotated="1") == [new.text]
    assert texts(cast.project, q="!!", unannotated="1") == []


def finished(cast: Cast, text: str, *labels: tuple[str, ...]) -> None:
    """Makes an article with a submitted set for each tuple of labels, given to the words of the text in turn."""
    article = make_article(cast.project, text)
    for number, given in enumerate(labels):
        work = AnnotationSet.objects.create(
            project=cast.project, article=article, kind=SetKind.ANNOTATOR, pseudonym=f"p-{number}",
            annotator=(cast.annotator, cast.annotator2, cast.reviewer)[number],
        )  # fmt: skip
        words = text.split()
        operations = [span_op(text, word, label) for word, label in zip(words, given, strict=False) if label]
        if operations:
            perform(work, *operations)
        move(work, "submit", by=work.annotator)


def test_agreement_is_that_of_the_measure(cast: Cast) -> None:
    cases: list[tuple[tuple[str, ...], ...]] = [
        (("PER", "LOC", "ORG"), ("PER", "LOC", "ORG")),
        (("PER", "LOC", "ORG"), ("PER", "LOC")),
        (("PER", "LOC", "ORG"), ("PER", "ORG", "ORG"), ("PER", "LOC", "")),
        (("PER",), ("LOC",)),
        (("PER",), ()),
        (("PER",),),
    ]
    for number, labels in enumerate(cases):
        finished(cast, f"یکم دومین سومین {number}", *labels)
    shares = {}
    for record in chosen(cast.project, kind="annotator"):
        agreement = Agreement(label_kinds(cast.project))
        agreement.add(record)
        shares[record.text] = agreement.report().exact.value if len(record.annotation_sets) > 1 else None
    for least in ("0", "0.25", "0.4", "0.6", "0.8", "1"):
        wanted = [text for text, share in shares.items() if share is not None and share >= float(least) - 1e-9]
        assert texts(cast.project, kind="annotator", agreement=least) == wanted


def test_reviewed_by_knows_who_judged_a_set(cast: Cast) -> None:
    work = make_set(cast)
    make_set(cast, EMOJI_TEXT)
    perform(work, span_op(TEXT, "روسیه", "LOC"))
    move(work, "submit", by=cast.annotator)
    assert texts(cast.project, reviewed_by="reviewer") == []
    move(work, "accept", by=cast.reviewer)
    assert texts(cast.project, reviewed_by="reviewer") == [TEXT]
    assert texts(cast.project, reviewed_by="manager") == []


def test_normalised_text_comes_with_its_own_offsets_and_names_the_published_one(cast: Cast) -> None:
    text = "👩‍👩‍👧‍👦 كيم  جونگ اون گفت : صادرات نفت مي شود."
    draft = {
        "text": text,
        "annotation_sets": [
            {"kind": "gold", "spans": [{"label": "PER", "ranges": [[8, 21]], "quote": text[8:21]}]}
        ],
    }  # fmt: skip
    assert import_drafts(cast.project, [(1, msgspec.convert(draft, Draft))], by=None).stored == 1
    selection = selection_from({"text": "normalised"}, project=cast.project)
    with Losses() as losses:
        record = json.loads(b"".join(export(EXPORTERS["jsonl"], selection, losses=losses)))
    (span,) = record["annotation_sets"][0]["spans"]
    ((start, end),) = span["ranges"]
    assert record["text"] != text
    assert record["text"][start:end] == span["quote"] == "کیم جونگ اون"
    assert record["text_sha256"] == text_sha256(record["text"])
    assert record["meta"]["published_sha256"] == text_sha256(text)


def test_tokens_are_those_that_the_worker_made(cast: Cast) -> None:
    work = make_set(cast)
    perform(work, span_op(TEXT, "کیم جونگ اون"))
    start = TEXT.index("کیم")
    whole = steps([(0, start), (start, len(TEXT))])
    Analysis.objects.create(
        text_sha256=work.article.text_sha256,
        engine=engine(),
        normalised="",
        alignment=[],
        tokens=whole,
        sentences=whole,
    )
    with Losses() as losses:
        selection = selection_from({}, project=cast.project)
        (row,) = map(json.loads, b"".join(export(EXPORTERS["prodigy"], selection, losses=losses)).splitlines())
    assert [token["text"] for token in row["tokens"]] == [TEXT[:start], TEXT[start:]]
    assert losses.counts == {"moved": 1}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("label", "NOPE"), ("only", "NOPE"), ("without", "spans"), ("agreement", "2"), ("agreement", "nan"),
        ("agreement", "x"), ("limit", "0"), ("limit", "x"), ("limit", "99999999999"), ("story", "7"),
        ("text", "folded"), ("published_to", "1402"), ("published_from", "1402-13-01"), ("current", "yes"),
        ("kind", "golden"), ("limit", "0000000001" + "9" * 5000),
    ],
)  # fmt: skip
def test_a_value_that_means_nothing_is_named(cast: Cast, field: str, value: str) -> None:
    with pytest.raises(FilterInvalid, match=field):
        selection_from({field: value}, project=cast.project)


def test_a_pull_takes_no_limit_for_its_cursor_would_pass_by_what_did_not_come(cast: Cast) -> None:
    make_set(cast)
    client = Client()
    client.force_login(cast.reviewer)
    answer = client.get("/api/v1/projects/test/export/", {"updated_after": "start", "limit": "1"})
    assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (422, "filter_invalid")
    assert "Newsroom-Cursor" not in answer.headers
    with pytest.raises(CommandError, match="Leave the limit out"):
        call_command("export_corpus", "test", "--updated-after", "start", "--limit", "1")


def test_days_are_told_apart_by_their_year_in_either_calendar(cast: Cast) -> None:
    said = {"published_from": "1402-06-31", "published_to": "۱۴۰۲/۰۷/۰۱"}
    selection = selection_from(said, project=cast.project)
    assert (selection.published_from, selection.published_to) == (date(2023, 9, 22), date(2023, 9, 23))


def test_the_api_takes_every_filter_for_count_losses_and_export_alike(cast: Cast) -> None:
    make_set(cast)
    client = Client()
    client.force_login(cast.reviewer)
    some: dict[str, Any] = {
        "kind": "annotator", "status": "assigned", "annotator": "a", "label": "PER", "source": "s", "q": "نفت",
        "published_from": "2020-01-01", "published_to": "2030-01-01", "story": uid(), "agreement": "0.5",
        "reviewed_by": "reviewer", "current": "true", "unannotated": "true", "only": "PER", "without": "meta",
        "text": "normalised", "updated_after": "start",
    }  # fmt: skip
    assert some.keys() | {"limit"} == FILTERS.keys()
    limited = some | {"limit": "3"}
    del limited["updated_after"]
    for parameters in [{name: value} for name, value in some.items()] + [some, {"limit": "3"}, limited]:
        count = client.get("/api/v1/projects/test/export/count/", parameters)
        lines = b"".join(client.get("/api/v1/projects/test/export/", parameters).streaming_content).splitlines()
        assert count.json()["articles"] == len(lines)
        assert client.get("/api/v1/projects/test/export/losses/", parameters).json()["format"] == "jsonl"

"""Bringing articles in by the browser's forms: looked at first, written once confirmed, explained where it fails."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations import policy
from annotations.actions.jobs import NotCancellable, NotResumable
from annotations.errors import NewsroomError
from annotations.forms.told import told
from annotations.importers import IMPORTERS
from annotations.importers.fetch import Fetched
from annotations.models import Article, Job, JobFile, JobProblem, JobState, Span, User
from annotations.views import uploads
from tests.factories import EMOJI_TEXT, Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.manager)
    return client


def drop(client: Client, *files: tuple[str, bytes], **fields: str) -> Any:
    """Uploads files; returns the page that says what was recognised, or that refuses them."""
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post("/projects/test/upload/", {"file": uploads, **fields}, follow=True)


def begin(client: Client, **fields: str) -> Any:
    """Says yes to what was recognised, and returns the page that this leads to."""
    job = Job.objects.filter(state=JobState.DRAFT).get()
    return client.post(f"/jobs/{job.pk}/begin/", {"do": "begin", **recognised(client, job), **fields}, follow=True)


def recognised(client: Client, job: Job) -> dict[str, Any]:
    """Returns the fields of a draft's page as they are filled in."""
    controls = [field for file in client.get(f"/jobs/{job.pk}/").context["files"] for field in file["form"]]
    return {field.html_name: field.value() for field in controls if field.value() is not False}


def choosing(client: Client, **choices: str) -> dict[str, str]:
    """Returns the fields of the draft's page that say what becomes of these labels."""
    page = client.get(f"/jobs/{Job.objects.get(state=JobState.DRAFT).pk}/")
    fields = {row["label"]: row["field"] for row in page.context["labels"]}
    assert all(f'<select name="{field}"' in page.content.decode() for field in fields.values())
    return {fields[label]: choice for label, choice in choices.items()}


def test_a_text_file_becomes_an_article_with_its_code_points_and_the_page_lands_on_it(client: Client) -> None:
    drop(client, ("خبر.txt", ("\ufeff" + EMOJI_TEXT.replace("\n", "\r\n")).encode()))
    assert not Article.objects.exists(), "nothing is written before it is confirmed"
    response = begin(client, source="ایرنا", published="2024-03-20")
    article = Article.objects.get()
    assert response.redirect_chain[-1][0] == f"/articles/{article.pk}/"
    assert article.text == EMOJI_TEXT
    assert article.headline == EMOJI_TEXT.split("\n")[0]
    assert article.source.name == "ایرنا"
    assert article.published_at.date().isoformat() == "2024-03-20"
    assert article.added_by.username == "manager"


@pytest.mark.parametrize("key", sorted(IMPORTERS))
def test_any_format_begins_at_the_first_word_though_its_form_sends_all_options_back(client: Client, key: str) -> None:
    drop(client, ("a.bin", "متن".encode()))
    job = Job.objects.get()
    job.files.update(importer=key)
    begin(client)
    job.refresh_from_db()
    assert job.state != JobState.DRAFT


def test_who_begins_with_another_option_is_told_to_look_again(client: Client) -> None:
    drop(client, ("a.txt", "سلام".encode("windows-1256")))
    page = begin(client, **{"f0-o-encoding": "windows-1256"})
    assert Job.objects.get().state == JobState.DRAFT
    assert "message info" in page.content.decode()


@pytest.mark.parametrize("typed", ["۱۴۰۲/۰۶/۲۶", "2023-09-17", "۲۶ شهریور ۱۴۰۲"])
def test_the_day_is_said_in_either_calendar(client: Client, typed: str) -> None:
    drop(client, text=EMOJI_TEXT)
    begin(client, published=typed)
    assert Article.objects.get().published_at.date().isoformat() == "2023-09-17"


@pytest.mark.parametrize("typed", ["شهریور ۱۴۰۲", "۳۱ مهر ۱۴۰۲", "دیروز"])
def test_what_is_no_day_is_refused_and_all_that_was_typed_stays_in_the_form(client: Client, typed: str) -> None:
    drop(client, ("a.jsonl", json.dumps({"text": EMOJI_TEXT, "label": [[0, 4, "X"]]}).encode()))
    page = begin(client, published=typed, **{"f0-o-annotator": "سارا"}, **choosing(client, X="out"))
    assert page.status_code == 422
    assert f'value="{typed}"' in page.content.decode()
    assert JobFile.objects.get().options == {"annotator": "سارا"}
    assert page.context["labels"][0]["choice"] == "out"
    assert not Article.objects.exists()


def test_a_pasted_text_is_an_article_too(client: Client) -> None:
    drop(client, text=EMOJI_TEXT)
    begin(client)
    assert Article.objects.get().text == EMOJI_TEXT


def test_what_was_recognised_is_shown_with_a_sample_and_counts(client: Client) -> None:
    lines = "".join(f'{{"text": "تیتر {n}\\n\\nمتن", "source": {{"name": "ایسنا", "domain": ""}}}}\n' for n in range(5))
    page = drop(client, ("الف.jsonl", lines.encode() + b"nothing\n"), ("b.txt", "سلام".encode()))
    first, second = page.context["files"]
    assert (first["seen"]["records"], first["seen"]["unreadable"], first["seen"]["encoding"]) == (5, 1, "UTF-8")
    assert [sample["headline"] for sample in first["samples"]] == [f"تیتر {n}" for n in range(3)]
    assert {sample["source"] for sample in first["samples"]} == {"ایسنا"}
    assert second["file"].importer == "text"
    assert page.context["records"] == 6
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"\xff\xfe\x00", "UTF-16"),
        ("a.txt", b"  \n ", "متنی ندارد"),
        ("a.jsonl", b'{"text": "x", "labels": [{"key": "%b", "kind": "cue"}]}' % (b"K" * 50), "labels[0].key"),
        ("a.jsonl", rb'{"text": "x", "meta": {"a": "\u0000"}}', "NUL"),
        ("a.jsonl", b"{not json}", "رکورد"),
        ("a.jsonl", b'{"text": "x", "offset_unit": "utf16"}', "code_point"),
    ],
    ids=["broken UTF-16", "empty", "long key", "NUL", "no JSON", "other unit"],
)
def test_a_bad_file_is_explained_before_and_after_and_leaves_nothing(
    client: Client, name: str, content: bytes, said: str
) -> None:
    page = drop(client, (name, content)).content.decode()
    assert said in page
    assert 'value="begin" disabled' in page
    job = begin(client).context["job"]
    assert (job.state, job.count("stored"), job.count("failed")) == ("done", 0, 1)
    assert said in client.get(f"/jobs/{job.pk}/problems/").content.decode()
    assert not Article.objects.exists()


def test_a_record_that_can_not_be_stored_fails_with_its_reason(client: Client) -> None:
    line = (
        '{"text": "سلام", "annotation_sets": [{"kind": "gold", "spans": '
        '[{"label": "PER", "ranges": [[0, 9]], "quote": "سلام"}]}]}'
    )
    drop(client, ("a.jsonl", line.encode()))
    job = begin(client).context["job"]
    page = client.get(f"/jobs/{job.pk}/problems/").content.decode()
    assert "برچسب ۱ از مجموعهٔ مرجع پذیرفته نشد: بازهٔ ۰ تا ۹ از متن بیرون است، که ۴ نویسه دارد." in page
    assert "بازهٔ … تا … از متن بیرون است" in client.get(f"/jobs/{job.pk}/").content.decode()
    client.post("/preferences/", {"language": "en", "next": "/"})
    report = client.get(f"/jobs/{job.pk}/report.csv").getvalue().decode()
    assert "Annotation 1 of the set gold is not taken: The range 0–9 lies outside the text of 4 code points." in report
    assert not Article.objects.exists()


def test_a_file_with_one_bad_record_stores_the_others_and_names_the_line(client: Client) -> None:
    lines = '{"text": "خوب یک"}\n\nنه\n{"text": "خوب دو"}\n{"text": "خوب یک"}\n'.encode()
    drop(client, ("a.jsonl", lines))
    page = begin(client)
    job = page.context["job"]
    assert (job.count("stored"), job.count("failed"), job.count("skipped")) == (2, 1, 1)
    assert job.problems.get().place == 3
    assert "رکورد ۳" in client.get(f"/jobs/{job.pk}/problems/").content.decode()
    assert f"/jobs/{job.pk}/report.csv" in page.content.decode()


def test_too_large_a_file_or_none_is_refused(client: Client, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    assert drop(client, ("a.txt", b"x" * 11)).status_code == 422
    assert drop(client).status_code == 422
    assert not Job.objects.exists()


def test_a_file_of_no_known_format_waits_for_a_choice_or_is_left_out(client: Client) -> None:
    drop(client, ("a.bin", b"\x00\x01"), ("b.txt", "سلام".encode()))
    job = begin(client).context["job"]
    assert job.state == "draft"
    client.post(f"/jobs/{job.pk}/begin/", {"do": "without-0"})
    assert [file.name for file in job.files.all()] == ["b.txt"]
    assert begin(client).redirect_chain[-1][0] == f"/articles/{Article.objects.get().pk}/"


def test_another_format_is_looked_at_again_before_it_begins(client: Client) -> None:
    drop(client, ("a.jsonl", '{"text": "سلام"}'.encode()))
    job = Job.objects.get()
    page = client.post(f"/jobs/{job.pk}/begin/", {"do": "begin", "f0-importer": "text"}, follow=True)
    assert page.context["job"].state == "draft"
    assert page.context["files"][0]["samples"][0]["headline"] == '{"text": "سلام"}'
    assert not Article.objects.exists()


def test_the_uploaded_files_go_once_they_are_read_or_discarded(client: Client) -> None:
    drop(client, ("a.txt", "یک".encode()))
    kept = JobFile.objects.get().file.name
    assert default_storage.exists(kept)
    begin(client)
    assert not default_storage.exists(kept)
    Job.objects.all().delete()
    drop(client, ("a.txt", "دو".encode()))
    kept = JobFile.objects.get().file.name
    client.post(f"/jobs/{Job.objects.get().pk}/begin/", {"do": "discard"})
    assert not default_storage.exists(kept)
    assert Article.objects.count() == 1


LABELLED = (
    '{"text": "تیم پارس در تهران", "annotation_sets": [{"kind": "imported", "spans": ['
    '{"label": "TEAM", "ranges": [[4, 8]], "quote": "پارس"}, {"label": "B-pers", "ranges": [[0, 3]], "quote": "تیم"}, '
    '{"label": "LOC", "ranges": [[12, 17]], "quote": "تهران"}]}]}'
)


def test_labels_are_offered_unknown_ones_first_and_come_in_as_chosen(client: Client, cast: Cast) -> None:
    page = drop(client, ("a.jsonl", LABELLED.encode()))
    rows = [(row["label"], row["count"], row["choice"]) for row in page.context["labels"]]
    assert rows == [("TEAM", 1, "new"), ("B-pers", 1, "=PER"), ("LOC", 1, "=LOC")]
    assert not cast.project.labels.filter(key="TEAM").exists()
    begin(client)
    assert list(Span.objects.order_by("start").values_list("label__key", flat=True)) == ["PER", "TEAM", "LOC"]


def test_a_label_that_is_left_out_is_said_record_by_record(client: Client, cast: Cast) -> None:
    drop(client, ("a.jsonl", LABELLED.encode()))
    begin(client, **choosing(client, **{"TEAM": "out", "B-pers": "=ORG", "LOC": "=nothing such"}))
    assert list(Span.objects.order_by("start").values_list("label__key", flat=True)) == ["ORG", "LOC"]
    assert [(row.severity, row.data["what"]) for row in JobProblem.objects.all()] == [("remark", "TEAM")]
    assert not cast.project.labels.filter(key="TEAM").exists()


def test_a_label_with_a_line_break_comes_in_as_chosen(client: Client, cast: Cast) -> None:
    drop(client, ("a.jsonl", LABELLED.replace("TEAM", "TEAM\\nرسمی").encode()))
    chosen = choosing(client, **{"TEAM\nرسمی": "=ORG"})
    begin(client, **{name.replace("\n", "\r\n"): choice for name, choice in chosen.items()})  # as browsers send it
    assert list(Span.objects.order_by("start").values_list("label__key", flat=True)) == ["PER", "ORG", "LOC"]


@pytest.mark.parametrize(("do", "refusal"), [("begin", NotResumable), ("discard", NotCancellable)])
def test_of_two_quick_clicks_the_second_is_told_what_the_first_did(
    client: Client, monkeypatch: pytest.MonkeyPatch, do: str, refusal: type[NewsroomError]
) -> None:
    drop(client, ("a.jsonl", LABELLED.encode()))
    job, may = Job.objects.get(), policy.can_run
    filled = recognised(client, job)

    def begun_meanwhile(user: User, job: Job) -> bool:
        Job.objects.filter(pk=job.pk, state=JobState.DRAFT).update(state=JobState.WAITING)
        return may(user, job)

    monkeypatch.setattr(policy, "can_run", begun_meanwhile)
    page = client.post(f"/jobs/{job.pk}/begin/", {"do": do, **filled}, follow=True)
    assert page.status_code == 200
    assert [message.message for message in page.context["messages"]] == [told(refusal())]
    assert JobFile.objects.exclude(file="").count() == 1


def test_an_address_is_fetched_for_those_who_may_and_becomes_the_article_s(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "<html><head><title>تیتر</title></head><body><article><h1>تیتر خبر</h1><p>متن خبر بلند است.</p></article>"

    def fetched(url: str) -> Fetched:
        return Fetched(
            content=BytesIO(page.replace("ی", "ي").encode("cp1256")), final_url="https://example.ir/1",
            content_type="text/html", encoding="windows-1256", name="1.html",
        )  # fmt: skip

    monkeypatch.setattr(uploads, "fetch", fetched)
    drop(client, url="https://example.ir/go")
    begin(client)
    article = Article.objects.get()
    assert (article.url, "متن خبر بلند است." in article.text) == ("https://example.ir/1", True)


def test_an_address_that_is_refused_is_explained_and_nobody_else_may_name_one(client: Client, settings: Any) -> None:
    assert "127.0.0.1" in drop(client, url="http://127.0.0.1/secret").content.decode()
    assert not Job.objects.exists()
    settings.FETCH_ROLES = []
    assert drop(client, url="http://127.0.0.1/secret").status_code == 422
    assert 'name="url"' not in client.get("/projects/test/upload/").content.decode()

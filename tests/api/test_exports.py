"""Exports over the API: which formats there are, what each loses, and what a strict one refuses, in plain words."""

import io
import json
import zipfile
from unittest import mock

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from annotations.exporters import EXPORTERS
from annotations.exporters.carries import IN_ORDER
from annotations.exporters.losses import Lossy
from annotations.models import AnnotationSet
from annotations.queries.exports import begun
from annotations.queries.selection import selection_from
from tests.factories import EMOJI_TEXT, Cast, make_cast, make_set, op, perform, span_op, uid

pytestmark = pytest.mark.django_db
EXPORT = "/api/v1/projects/test/export/"


@pytest.fixture
def cast() -> Cast:
    """A project with an article on which a span ends inside a word, and a relation stands."""
    cast = make_cast()
    claim, person = span_op(EMOJI_TEXT, "صادرات نفت رشد می‌کند", "CLAIM"), span_op(EMOJI_TEXT, "کیم جونگ اون")
    said = op("relation.create", id=uid(), label="attribution", head=claim["id"], tail=person["id"])
    perform(make_set(cast, EMOJI_TEXT), claim, person, said, span_op(EMOJI_TEXT, "روسی", "LOC"))
    return cast


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    cast.reviewer.language = "en"
    cast.reviewer.save()
    client.force_login(cast.reviewer)
    return client


def test_formats_are_listed_with_what_they_carry_and_their_options(client: Client) -> None:
    found = {one["key"]: one for one in client.get("/api/v1/export-formats/").json()["results"]}
    assert list(found) == list(EXPORTERS)
    assert found["jsonl"]["carries"] == list(IN_ORDER)
    (scheme, spelling) = found["conll"]["options"]
    assert (scheme["default"], [choice["value"] for choice in spelling["choices"]]) == (
        "iob2", ["conll", "peyma", "arman"],
    )  # fmt: skip
    assert all(one["available"] and not one["reason"] for one in found.values())


def test_a_format_without_its_library_is_listed_with_the_reason_and_refused(client: Client) -> None:
    with mock.patch("importlib.util.find_spec", return_value=None):
        found = {one["key"]: one for one in client.get("/api/v1/export-formats/").json()["results"]}
        assert (found["spacy"]["available"], found["conll"]["available"]) == (False, True)
        assert "spacy" in found["spacy"]["reason"]
        answer = client.get(EXPORT, {"format": "spacy"})
    assert (answer.status_code, answer.json()["title"]) == (422, "format_unavailable")
    assert "pip install spacy" in answer.json()["detail"]


@pytest.mark.parametrize("key", EXPORTERS)
def test_every_format_streams_under_its_name_and_type(client: Client, key: str) -> None:
    answer = client.get(EXPORT, {"format": key})
    content = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == EXPORTERS[key].media_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="test.{EXPORTERS[key].suffix}"'
    assert zipfile.is_zipfile(io.BytesIO(content)) == EXPORTERS[key].suffix.endswith("zip")


def test_losses_are_counted_and_shown_before_anything_is_fetched(client: Client) -> None:
    answer = client.get(f"{EXPORT}losses/", {"format": "conll"}).json()
    assert {one["code"]: one["count"] for one in answer["losses"]} == {"moved": 1, "relations": 1}
    assert answer["total"] == 2
    (moved,) = [case for case in answer["examples"] if case["code"] == "moved"]
    (was,), (became,) = moved["was"], moved["became"]
    assert (EMOJI_TEXT[slice(*was)], EMOJI_TEXT[slice(*became)]) == ("روسی", "روسیه")
    assert client.get(f"{EXPORT}losses/", {"format": "jsonl"}).json()["losses"] == []


def test_a_strict_export_is_refused_before_its_first_byte_and_goes_through_once_narrowed(client: Client) -> None:
    answer = client.get(EXPORT, {"format": "conll", "strict": "true"})
    assert (answer.status_code, answer.json()["title"]) == (422, "export_lossy")
    assert "moved 1, relations 1" in answer.json()["detail"]
    narrowed = client.get(EXPORT, {"format": "conll", "strict": "true", "only": "PER"})
    assert narrowed.status_code == 200
    assert zipfile.is_zipfile(io.BytesIO(b"".join(narrowed.streaming_content)))


def test_what_somebody_writes_during_a_strict_export_breaks_it_off(cast: Cast) -> None:
    selection = selection_from({"only": "PER,LOC", "without": "relations", "q": "تهران"}, project=cast.project)
    AnnotationSet.objects.get().spans.filter(label__key="LOC").delete()
    chunks, losses = begun(EXPORTERS["conll"], selection, strict=True)
    perform(AnnotationSet.objects.get(), span_op(EMOJI_TEXT, "تهرا", "LOC"))
    with losses, pytest.raises(Lossy, match="moved 1"):
        list(chunks)


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"format": "word"}, "filter_invalid"), ({"strict": "perhaps"}, "filter_invalid"),
        ({"format": "conll", "scheme": "bilou"}, "option_invalid"), ({"compress": "zip"}, "filter_invalid"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_what_would(client: Client, parameters: dict[str, str], code: str) -> None:
    answer = client.get(EXPORT, parameters)
    assert (answer.status_code, answer.json()["title"]) == (422, code)


def test_options_reach_the_writer(client: Client) -> None:
    answer = client.get(EXPORT, {"format": "doccano", "task": "spans", "offsets": "utf16"})
    row = json.loads(b"".join(answer.streaming_content))
    start, end, _label = row["label"][0]
    units = row["text"].encode("utf-16-le")
    assert units[2 * start : 2 * end].decode("utf-16-le") == "روسی"


def test_the_description_names_all_formats_and_options() -> None:
    schema = SchemaGenerator().get_schema(public=True)
    parameters = {one["name"]: one for one in schema["paths"]["/api/v1/projects/{slug}/export/"]["get"]["parameters"]}
    assert parameters["format"]["schema"]["enum"] == list(EXPORTERS)
    assert {option.key for exporter in EXPORTERS.values() for option in exporter.options} <= parameters.keys()

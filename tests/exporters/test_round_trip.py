"""Export, import into an empty project, export: the same bytes, and code points that hit the text."""

import gzip
import hashlib
import io
import json
from collections.abc import Iterable
from pathlib import Path

import jsonschema
import msgspec
import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from annotations.actions.demonstration import DATA, load_demonstration
from annotations.actions.imports import ImportReport, import_drafts
from annotations.actions.projects import create_project
from annotations.exporters import EXPORTERS
from annotations.importers import IMPORTERS
from annotations.models import Label, Project, Revision, Span, User
from annotations.queries import records
from annotations.queries.records import stream_records
from annotations.queries.selection import Selection
from annotations.records import Draft, DraftSet, DraftSpan
from tests.conftest import shared
from tests.factories import EMOJI_TEXT, TEXT, make_cast, make_set, make_user, op, perform, span_op, uid

SCHEMA = Path(__file__).resolve().parents[2] / "annotations" / "exporters" / "record.schema.json"


def exported(project: Project, **chosen: object) -> bytes:
    return b"".join(EXPORTERS["jsonl"].write(stream_records(Selection(project=project, **chosen))))


def imported(project: Project, lines: bytes) -> ImportReport:
    return import_drafts(project, IMPORTERS["jsonl"].read(io.BytesIO(lines), {}), by=None)


def empty_project(by: User, preset: str = "news-fa") -> Project:
    return create_project(title="خالی", slug=f"empty-{preset}-{Project.objects.count()}", by=by, preset=preset)


@pytest.mark.django_db
@pytest.mark.parametrize("preset", ["news-fa", "fnc1"])
def test_the_demonstration_comes_back_byte_for_byte(preset: str) -> None:
    load_demonstration()
    first = exported(Project.objects.get(slug="demo"), unannotated=True)
    copy = empty_project(User.objects.get(username="manager"), preset)
    report = imported(copy, first)
    assert (report.failed, report.stored) == (0, 7)
    assert exported(copy, unannotated=True) == first


@pytest.mark.django_db
def test_every_record_follows_the_published_schema_and_hits_its_text() -> None:
    load_demonstration()
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    lines = exported(Project.objects.get(slug="demo"), unannotated=True).splitlines()
    assert len(lines) == 7
    for line in lines:
        record = json.loads(line)
        validator.validate(record)
        assert record["text_sha256"] == hashlib.sha256(record["text"].encode()).hexdigest()
        for work in record["annotation_sets"]:
            for span in work["spans"]:
                pieces = [record["text"][start:end] for start, end in span["ranges"]]
                assert " … ".join(pieces) == span["quote"]


@pytest.mark.django_db
def test_the_gold_of_the_seed_is_all_there() -> None:
    gold = json.loads(shared("seed/gold.json").read_text(encoding="utf-8"))
    load_demonstration()
    record = json.loads(exported(Project.objects.get(slug="demo"), kinds=("gold",)))
    assert record["text_sha256"] == gold["text_sha256"]
    (work,) = record["annotation_sets"]
    wanted = gold["sets"]["gold"]

    def spans(rows: Iterable[dict]) -> list:
        return sorted([r["label"], r["ranges"], r["quote"], sorted(r["attributes"].items()), r["entity"]] for r in rows)

    assert spans(work["spans"]) == spans(wanted["spans"])
    assert len(work["relations"]) == len(wanted["relations"]) == 47
    said = {(x["label"], x["topic"] and f"topic:{x['topic']}", x["value"]) for x in work["labels"]}
    assert said == {(x["label"], x["target"], x["value"]) for x in wanted["article_labels"]}


@pytest.mark.django_db
def test_the_demonstration_data_are_the_seed_itself() -> None:
    text = shared("seed/000_bf67f3b841684d33.txt").read_bytes().decode()
    draft = msgspec.json.decode((DATA / "seed.jsonl").read_bytes(), type=Draft)
    assert draft.text == text


@pytest.mark.django_db
def test_api_and_command_line_write_the_same_bytes(tmp_path: Path) -> None:
    load_demonstration()
    client = Client()
    client.login(username="manager", password="newsroom")
    address = "/api/v1/projects/demo/export/?format=jsonl&kind=gold,annotator"
    streamed = b"".join(client.get(address).streaming_content)
    call_command("export_corpus", "demo", kind="gold,annotator", output=tmp_path / "plain")
    assert (tmp_path / "plain").read_bytes() == streamed
    packed = b"".join(client.get(f"{address}&compress=gzip").streaming_content)
    call_command("export_corpus", "demo", kind="gold,annotator", gzip=True, output=tmp_path / "packed")
    assert (tmp_path / "packed").read_bytes() == packed
    assert gzip.decompress(packed) == streamed


@pytest.mark.django_db
def test_an_export_names_no_annotator() -> None:
    cast = make_cast()
    perform(make_set(cast), span_op(TEXT, "روسیه", "LOC"))
    record = json.loads(exported(cast.project))
    assert record["annotation_sets"][0]["annotator"].startswith("a-")
    assert b"annotator@" not in exported(cast.project)
    assert cast.annotator.username not in record["annotation_sets"][0]["annotator"]


@pytest.mark.django_db
def test_the_filter_lists_counts_and_exports_the_same() -> None:
    load_demonstration()
    client = Client()
    client.login(username="reviewer", password="newsroom")
    for query in ("kind=gold", "status=submitted", "source=تسنیم", "unannotated=true", "published_to=2024-01-01"):
        lines = b"".join(client.get(f"/api/v1/projects/demo/export/?{query}").streaming_content).splitlines()
        count = client.get(f"/api/v1/projects/demo/export/count/?{query}").json()
        assert count["articles"] == len(lines)
        assert count["sets"] == sum(len(json.loads(line)["annotation_sets"]) for line in lines)
    wrong = client.get("/api/v1/projects/demo/export/?kind=golden")
    assert (wrong.status_code, wrong.json()["title"]) == (422, "filter_invalid")


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A draft over a text with everything that shifts offsets, with random spans."""
    text = draw(st.sampled_from([TEXT, EMOJI_TEXT, "كيك ي‌ك\u00a0۱۲٬٣٤ 😀 Abc\u200f!\n\n🇮🇷 متن"]))
    spans = []
    for number in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, min(len(text), start + 30)))
        if text[start:end].strip("\u200c\u200f\u00a0 \n"):
            spans.append(
                DraftSpan(
                    id=f"00000000-0000-4000-8000-{number:012d}", label="PER", ranges=((start, end),),
                    quote=text[start:end], attributes=draw(st.sampled_from([{}, {"mention": "name"}])),
                )
            )  # fmt: skip
    work = DraftSet(id=uid(), kind="gold", status="accepted", spans=tuple(spans))
    return Draft(text=text, id=uid(), annotation_sets=(work,), meta={"n": draw(st.integers())})


class TestRandomRecords(TestCase):
    """Any record comes back as it went."""

    @settings(max_examples=40)
    @given(draft=drafts())
    def test_a_random_record_comes_back_byte_for_byte(self, draft: Draft) -> None:
        manager = make_user("someone")
        first, second = empty_project(manager), empty_project(manager)
        report = imported(first, msgspec.json.encode(draft))
        assert report.failures == []
        lines = exported(first)
        assert imported(second, lines).failures == []
        assert exported(second) == lines
        assert Span.objects.count() == 2 * len(draft.annotation_sets[0].spans)
        assert Revision.objects.count() == 2


@pytest.mark.django_db
def test_relations_keep_their_ends_through_a_round_trip() -> None:
    cast = make_cast()
    work = make_set(cast, EMOJI_TEXT)
    claim, person = span_op(EMOJI_TEXT, "صادرات نفت رشد می‌کند", "CLAIM"), span_op(EMOJI_TEXT, "کیم جونگ اون")
    said = op("relation.create", id=uid(), label="attribution", head=claim["id"], tail=person["id"])
    perform(work, claim, person, said)
    copy = empty_project(cast.manager)
    assert imported(copy, exported(cast.project)).failures == []
    (relation,) = json.loads(exported(copy))["annotation_sets"][0]["relations"]
    assert (relation["head"], relation["via"], relation["tail"]) == (claim["id"], None, person["id"])


@pytest.mark.django_db
@pytest.mark.parametrize("batch", [1, 2])
def test_a_label_made_while_an_export_runs_does_not_break_it(monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    monkeypatch.setattr(records, "BATCH", batch)
    cast = make_cast()
    for number in ("یک", "دو", "سه"):
        make_set(cast, f"{TEXT} {number}")
    later = make_set(cast, f"{TEXT} چهار")
    stream = stream_records(Selection(project=cast.project))
    assert [next(stream).text.split()[-1] for _ in range(2)] == ["یک", "دو"]
    Label.objects.create(project=cast.project, key="NEW", kind="entity", title_fa="نو", title_en="new", order=99)
    perform(later, span_op(later.article.text, "روسیه", "NEW"))
    before, record = stream
    assert before.text.endswith("سه")
    assert [span.label for span in record.annotation_sets[0].spans] == ["NEW"]
    assert [label.key for label in record.labels] == ["NEW"]


@pytest.mark.django_db
def test_keys_stand_in_one_order_on_every_database() -> None:
    cast = make_cast()
    draft = Draft(text=TEXT, meta={"b": 1, "aa": {"z": 1, "y": [{"d": 1, "c": 2}]}})
    assert imported(cast.project, msgspec.json.encode(draft)).stored == 1
    assert b'"meta":{"aa":{"y":[{"c":2,"d":1}],"z":1},"b":1}' in exported(cast.project, unannotated=True)

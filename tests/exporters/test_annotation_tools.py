"""Do doccano, Label Studio, Prodigy and brat get what they take, each quote at the place that the tool will show?"""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pybrat.parser import BratParser

from annotations.importers import IMPORTERS
from annotations.records import Draft, DraftSet
from tests.conftest import shared
from tests.exporters.corpus import FIRST, GOLD, RECORDS, SECOND, lost, unpacked, utf16, written


def rows(key: str, **options: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(key, **options).splitlines()]


def come_in(key: str, content: bytes) -> list[DraftSet]:
    """Returns the sets that Newsroom's own reader of the format finds, in order."""
    drafts = [item for _place, item in IMPORTERS[key].read(io.BytesIO(content), {}) if isinstance(item, Draft)]
    return [work for draft in drafts for work in draft.annotation_sets]


def quotes(work: Any) -> set[tuple[str, str]]:
    return {(span.label, span.quote) for span in work.spans}


def test_doccanos_spans_and_relations_stand_on_their_words() -> None:
    gold = rows("doccano")[0]
    assert gold.keys() == {"id", "text", "entities", "relations", "Comments", "meta"}
    found = [(one["label"], gold["text"][one["start_offset"] : one["end_offset"]]) for one in gold["entities"]]
    assert found == [(span.label, span.quote) for span in GOLD.spans]
    by_id = {one["id"]: gold["text"][one["start_offset"] : one["end_offset"]] for one in gold["entities"]}
    assert [(one["type"], by_id[one["from_id"]], by_id[one["to_id"]]) for one in gold["relations"]] == [
        ("attribution.cue", "صادرات نفت رشد می‌کند", "گفت"), ("attribution", "صادرات نفت رشد می‌کند", "کیم جونگ اون"),
        ("stance", "کره شمالی", "روسیه"), ("stance.target", "تقویت همکاری", "روسیه"),
    ]  # fmt: skip
    assert gold["meta"]["given"] == {"id": 7, "label": "collides"}


def test_doccanos_spans_alone_are_lists_in_either_unit() -> None:
    for unit, cut in (("code_point", lambda text, start, end: text[start:end]), ("utf16", utf16)):
        row = rows("doccano", task="spans", offsets=unit)[0]
        assert [(label, cut(row["text"], start, end)) for start, end, label in row["label"]] == [
            (span.label, span.quote) for span in GOLD.spans
        ]
    assert lost("doccano", task="spans")["relations"] == 4


def test_what_doccano_gets_newsroom_takes_back() -> None:
    gold, first, second, *_none = come_in("doccano", written("doccano"))
    assert (quotes(gold), quotes(second)) == (quotes(GOLD), quotes(SECOND))
    assert len(gold.relations) == 4
    assert quotes(first) - quotes(FIRST) == {("PER", "مریم رضایی در تهران")}


def test_prodigys_tokens_make_up_the_text_and_spans_end_on_them() -> None:
    for row in rows("prodigy"):
        assert "".join(token["text"] + " " * token["ws"] for token in row["tokens"]) == row["text"]
        for number, token in enumerate(row["tokens"]):
            assert (token["id"], row["text"][token["start"] : token["end"]]) == (number, token["text"])
        for span in row["spans"]:
            first, last = row["tokens"][span["token_start"]], row["tokens"][span["token_end"]]
            assert (span["start"], span["end"]) == (first["start"], last["end"])
    gold = rows("prodigy")[0]
    assert {(one["label"], gold["text"][one["start"] : one["end"]]) for one in gold["spans"]} == quotes(GOLD)
    assert (gold["_view_id"], gold["_session_id"], gold["answer"]) == ("relations", "gold", "accept")


def test_prodigys_relations_join_the_last_tokens_of_their_spans() -> None:
    gold = rows("prodigy")[0]
    words = [token["text"] for token in gold["tokens"]]
    assert [(one["label"], words[one["head"]], words[one["child"]]) for one in gold["relations"]] == [
        ("attribution.cue", "می‌کند", "گفت"), ("attribution", "می‌کند", "اون"), ("stance", "شمالی", "روسیه"),
        ("stance.target", "همکاری", "روسیه"),
    ]  # fmt: skip
    again, *_others = come_in("prodigy", written("prodigy"))
    assert quotes(again) == quotes(GOLD)
    assert {one.label for one in again.relations} == {"attribution.cue", "attribution", "stance", "stance.target"}


@pytest.fixture(scope="module")
def studio() -> tuple[list[dict[str, Any]], Any]:
    """Tasks and labelling configuration."""
    files = unpacked(written("label-studio"))
    return json.loads(files["tasks.json"]), etree.fromstring(files["config.xml"])


def test_label_studios_regions_show_their_text_in_the_browser(studio: Any) -> None:
    tasks, _config = studio
    assert [len(task["annotations"]) for task in tasks] == [2, 1, 0]
    gold = tasks[0]["annotations"][0]
    assert gold["ground_truth"]
    labels = [result for result in gold["result"] if result["type"] == "labels"]
    for result in labels:
        value = result["value"]
        assert utf16(tasks[0]["data"]["text"], value["start"], value["end"]) == value["text"]
    assert {(one["value"]["labels"][0], one["value"]["text"]) for one in labels} == quotes(GOLD)
    assert tasks[0]["data"]["meta"][1]["annotator"] == "a-one"


def test_label_studios_configuration_has_every_control_and_value_that_results_name(studio: Any) -> None:
    tasks, config = studio
    controls = {node.get("name"): node for node in config.iter() if node.get("toName") == "text"}
    assert config.find(".//Text").get("value") == "$text"
    relations = {node.get("value") for node in config.iter("Relation")}
    for task in tasks:
        for result in (one for work in task["annotations"] for one in work["result"]):
            if result["type"] == "relation":
                assert set(result["labels"]) <= relations
                continue
            control = controls[result["from_name"]]
            assert control.tag.lower() == result["type"]
            if result["type"] != "textarea":
                values = {child.get("value") for child in control}
                assert set(result["value"][result["type"]]) <= values
                assert bool(control.get("perRegion")) == (result["type"] == "choices" and "start" in result["value"])


def test_what_label_studio_gets_newsroom_takes_back() -> None:
    gold, first, second = come_in("label-studio", unpacked(written("label-studio"))["tasks.json"])
    assert (quotes(gold), quotes(second)) == (quotes(GOLD), quotes(SECOND))
    claim = next(span for span in gold.spans if span.label == "CLAIM")
    assert claim.attributes == {"kind": "fact", "checkworthy": "CFS"}
    assert {(label.label, label.value) for label in gold.labels} == {
        ("body_stance.oil", "agree"), ("category", "economy"),
    }  # fmt: skip
    assert len(first.spans) == len(FIRST.spans)


@pytest.fixture(scope="module")
def brat() -> dict[str, bytes]:
    return unpacked(written("brat"))


def test_brats_spans_are_the_words_at_their_offsets(brat: dict[str, bytes]) -> None:
    names = [name for name in brat if name.endswith(".ann")]
    assert len(names) == 4
    for name in names:
        text = brat[name.replace(".ann", ".txt")].decode()
        for label, pieces, quote in re.findall(r"^T\d+\t(\S+) ([\d ;]+)\t(.*)$", brat[name].decode(), re.MULTILINE):
            ranges = [tuple(map(int, piece.split())) for piece in pieces.split(";")]
            assert label
            assert " ".join(text[start:end] for start, end in ranges).replace("\n", " ").replace("\t", " ") == quote


def test_a_reader_of_brat_finds_every_quote_at_its_place_and_the_ends_of_relations(
    brat: dict[str, bytes], tmp_path: Path
) -> None:
    for name, content in brat.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    read = BratParser().parse
    by_text = {one.text: one for one in (*read(tmp_path / "gold"), *read(tmp_path / "unannotated"))}
    assert by_text.keys() == {record.text for record in RECORDS}
    for record, given in ((RECORDS[0], GOLD), (RECORDS[1], SECOND)):
        found = {
            (one.type, tuple((piece.start, piece.end) for piece in one.spans), one.mention)
            for one in by_text[record.text].entities
        }
        assert found == {(span.label, span.ranges, span.quote) for span in given.spans}
    relations = {(one.type, one.arg1.mention, one.arg2.mention) for one in by_text[RECORDS[0].text].relations}
    assert ("attribution", "صادرات نفت رشد می‌کند", "کیم جونگ اون") in relations
    [linked] = [one for one in by_text[RECORDS[0].text].entities if one.references]
    [link] = linked.references
    assert (link.rid, link.eid, linked.mention) == ("Wikidata", "Q56226", "کیم جونگ اون")
    [first] = read(tmp_path / "a-one")
    assert ["مریم", "تهران"] in [[first.text[piece.start : piece.end] for piece in one.spans] for one in first.entities]


def test_brats_configuration_names_all_that_occurs(brat: dict[str, bytes]) -> None:
    conf, visual = brat["annotation.conf"].decode(), brat["visual.conf"].decode()
    assert re.findall(r"^\[(\w+)\]$", conf, re.MULTILINE) == ["entities", "relations", "events", "attributes"]
    lines = "".join(content.decode() for name, content in brat.items() if name.endswith(".ann"))
    for label in re.findall(r"^[TRA]\d+\t(\S+) ", lines, re.MULTILINE):
        assert re.fullmatch("[a-zA-Z0-9_-]+", label)
        assert re.search(rf"^{label}(\t|$)", conf, re.MULTILINE)
    assert "Text\tdirection:rtl" in visual
    assert re.search(r"^PER \| برچسب PER$", visual, re.MULTILINE)


def test_what_brat_gets_newsroom_takes_back() -> None:
    first, gold, _second, _none = come_in("brat", written("brat"))
    assert {(span.label, span.ranges) for span in first.spans} == {(span.label, span.ranges) for span in FIRST.spans}
    assert quotes(gold) == quotes(GOLD)
    assert {span.label: span.attributes for span in gold.spans}["CLAIM"] == {"kind": "fact", "checkworthy": "CFS"}
    assert [span.entity for span in gold.spans if span.entity] == ["Wikidata:Q56226"]


def shape(value: Any) -> Any:
    """Returns a JSON value with its plain values replaced by what they are."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    return [shape(inner) for inner in value] if isinstance(value, list) else type(value).__name__


def test_shapes_are_those_of_doccanos_own_examples() -> None:
    folder = shared("peers/doccano/data_import")
    theirs = json.loads((folder / "tests/data/relation_extraction/example.jsonl").read_text("utf-8").splitlines()[0])
    ours = rows("doccano")[0]
    assert shape(ours["entities"][0]) == shape(theirs["entities"][0])
    assert shape(theirs["relations"][0]).items() <= shape(ours["relations"][0]).items()
    example = folder / "pipeline/examples/sequence_labeling/example.jsonl"
    label = json.loads(example.read_text("utf-8").splitlines()[0])["column_label"]
    assert shape(rows("doccano", task="spans")[0]["label"][0]) == shape(label[0])


def test_shapes_are_those_of_label_studios_own_example(studio: Any) -> None:
    example = shared("peers/label-studio/editor-examples/named_entity.1.json")
    theirs = json.loads(example.read_text("utf-8"))["annotations"][0]["result"][0]
    ours = next(one for one in studio[0][0]["annotations"][0]["result"] if one["type"] == "labels")
    wanted = shape({key: value for key, value in theirs.items() if key != "source"})
    assert {key: shape(ours[key]) for key in wanted} == wanted
    config = etree.parse(str(shared("peers/label-studio/templates/named-entity-recognition/config.xml"))).getroot()
    labels, text = config.find("Labels"), config.find("Text")
    assert set(labels.keys()) <= set(studio[1].find("Labels").keys())
    assert set(text.keys()) <= set(studio[1].find(".//Text").keys())

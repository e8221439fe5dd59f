"""Do other systems' own files come in with nothing lost in silence? Counted anew from the files themselves."""

import io
import json
import re
import zipfile
from collections import Counter
from pathlib import Path

import cassis
import pytest

from annotations.actions.imports import import_drafts
from annotations.exporters import EXPORTERS
from annotations.importers import IMPORTERS, recognised
from annotations.importers.base import Item, Remark, Unreadable
from annotations.importers.mapping import mapped, proposed
from annotations.importers.survey import survey
from annotations.queries.records import stream_records
from annotations.queries.selection import Selection
from annotations.records import Draft
from tests.conftest import shared
from tests.factories import make_cast
from tests.importers.reading import read


def counted(items: list[Item]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for _place, item in items:
        if isinstance(item, Draft):
            counts["articles"] += 1
            for work in item.annotation_sets:
                counts["spans"] += len(work.spans)
                counts["relations"] += len(work.relations)
                counts["labels"] += len(work.labels)
        else:
            counts[item.code] += 1
    return counts


def brat_pairs() -> list[Path]:
    return sorted(shared("peers/brat").rglob("*.ann"))


def brat_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in brat_pairs():
            for one in (path, path.with_suffix(".txt")):
                archive.writestr(str(one.relative_to(shared("peers/brat"))), one.read_bytes())
    return file.getvalue()


def test_every_line_of_brats_corpora_is_kept_or_said() -> None:
    lines = [line for path in brat_pairs() for line in path.read_text("utf-8").split("\n") if line.strip()]
    kinds = Counter(line[0] for line in lines)
    arguments = sum(len(line.split("\t")[1].split()) - 1 for line in lines if line.startswith("E"))
    joined = sum(len(line.split("\t")[1].split()) - 2 for line in lines if line.startswith("*"))
    items = read("brat", brat_zip())
    counts = counted(items)
    attributes = sum(
        len(span.attributes)
        for _place, item in items
        if isinstance(item, Draft)
        for work in item.annotation_sets
        for span in work.spans
    )
    linked = sum(len(item.entities) for _place, item in items if isinstance(item, Draft))
    assert counts["articles"] == len(brat_pairs()) == 87
    assert counts["spans"] == kinds["T"] == 4464
    assert counts["relations"] == kinds["R"] + arguments + joined
    assert attributes + counts["attribute_placeless"] == kinds["A"] + kinds["M"]
    assert linked + counts["reference_placeless"] == kinds["N"]
    assert counts["note"] == kinds["#"]
    assert set(counts) <= {"articles", "spans", "relations", "labels", "attribute_placeless", "note"}


def test_annotations_of_brat_without_their_text_say_what_they_need() -> None:
    for path in brat_pairs():
        content = path.read_bytes()
        if content.strip():
            assert recognised(path.name, content[:65536]).key == "brat"  # type: ignore[union-attr]
            assert [item.code for _place, item in read("brat", content)] == ["text_missing"]  # type: ignore[union-attr]


def test_brats_spans_show_what_the_files_say_they_show() -> None:
    said = Counter(
        (found[1], found[2])
        for path in brat_pairs()
        for found in re.finditer(r"^T\d+\t(\S+) [\d ;]+\t(.*)$", path.read_text("utf-8"), re.MULTILINE)
    )
    shown = Counter(
        (span.label, " ".join(span.quote.split("\n")))
        for _place, item in read("brat", brat_zip())
        if isinstance(item, Draft)
        for work in item.annotation_sets
        for span in work.spans
    )
    assert shown == said


_STRUCTURE = {
    "Token",
    "Sentence",
    "DocumentMetaData",
    "DocumentAnnotation",
    "TagsetDescription",
    "Sofa",
    "View",
    "NULL",
}


def xmi_files() -> list[Path]:
    return [*sorted(shared("peers/inception").rglob("*.xmi")), *sorted(shared("peers/cassis/xmi").glob("*.xmi"))]


@pytest.mark.parametrize("path", xmi_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_placed_annotation_of_an_xmi_is_a_span_a_relation_or_said(path: Path) -> None:
    """Read here by regular expressions: elements with a begin, by what stands between it and their end in UTF-16."""
    content = path.read_text("utf-8")
    placed = re.findall(r'<\w*:?(\w+) [^>]*?begin="(\d+)" end="(\d+)"', content)
    wanted = [(int(start), int(end)) for layer, start, end in placed if layer not in _STRUCTURE]
    counts = counted(read("xmi", path.read_bytes()))
    if not counts["articles"]:
        assert counts["empty"] == 1
        return
    assert counts["spans"] + counts["relations"] + counts["span_empty"] + counts["end_missing"] >= len(wanted)
    assert counts["span_empty"] <= len(wanted)


def test_offsets_of_an_xmi_are_utf16_units() -> None:
    folder = "peers/cassis/json/fs_as_array/ser-ref/casWithTraditionalChineseTextAndAnnotations"
    [(_, draft), *_rest] = read("xmi", shared(f"{folder}/debug.xmi").read_bytes())
    [work] = draft.annotation_sets  # type: ignore[union-attr]
    assert len(work.spans) == 4
    assert all(draft.text[s.ranges[0][0] : s.ranges[0][1]] == s.quote for s in work.spans)  # type: ignore[union-attr]


DOCCANO = [
    ("data_import/pipeline/examples/sequence_labeling/example.jsonl", {"text": "column_data", "label": "column_label"}),
    ("data_import/pipeline/examples/intent_detection/example.jsonl", {}),
    ("data_import/tests/data/relation_extraction/example.jsonl", {}),
    ("data_import/tests/data/sequence_labeling/example_overlapping.jsonl", {}),
    ("data_import/tests/data/seq2seq/example.json", {}),
    ("data_import/tests/data/text_classification/example.json", {}),
    ("data_export/pipeline/examples/sequence_labeling/example.jsonl", {}),
    ("data_export/pipeline/examples/text_classification/example.jsonl", {}),
    ("data_export/pipeline/examples/intent_detection/example.jsonl", {}),
]


@pytest.mark.parametrize(("path", "options"), DOCCANO, ids=[path for path, _options in DOCCANO])
def test_every_label_of_doccanos_samples_is_kept_or_said(path: str, options: dict[str, str]) -> None:
    content = shared(f"peers/doccano/{path}").read_text("utf-8")
    rows = json.loads(content) if content.lstrip().startswith("[") else [json.loads(x) for x in _objects(content)]
    text, label = options.get("text", "text"), options.get("label", "label")
    good = [row for row in rows if row.get(text)]
    given = sum(len(row.get(key) or []) for row in good for key in (label, "entities", "cats", "relations"))
    counts = counted(read("doccano", content.encode(), **options))
    kept = counts["spans"] + counts["relations"] + counts["labels"]
    assert (counts["articles"], counts["empty"]) == (len(good), len(rows) - len(good))
    assert kept + counts["value_twice"] == given


def _objects(content: str) -> list[str]:
    """Splits objects that stand one after the other, on one line or on many."""
    found, at = [], 0
    while rest := content[at:].lstrip():
        at = len(content) - len(rest)
        _value, length = json.JSONDecoder().raw_decode(rest)
        found.append(rest[:length])
        at += length
    return found


@pytest.mark.parametrize(
    "name", ["editor-examples/named_entity.1.json", "templates/named-entity-recognition/sample-task.json"]
)
def test_every_result_of_label_studios_samples_is_kept_or_said(name: str) -> None:
    content = shared(f"peers/label-studio/{name}").read_bytes()
    given = len(re.findall(rb'"from_name"', content))
    counts = counted(read("label-studio", content))
    assert counts["spans"] + counts["labels"] + counts["result_unknown"] == given > 0
    assert recognised("task.json", content[:65536]).key == "label-studio"  # type: ignore[union-attr]


SOURCES = [("brat", "peers/brat/tutorials/news"), ("brat", "peers/brat/corpora/TDT"),
           ("brat", "peers/brat/corpora/CoNLL-ST_2002"), ("xmi", "peers/inception/webanno-tsv3")]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("format", "folder"), SOURCES, ids=[folder for _format, folder in SOURCES])
def test_what_is_imported_and_exported_again_has_the_same_spans(format: str, folder: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(shared(folder).rglob("*.*")):
            if path.suffix in (".ann", ".txt", ".xmi"):
                archive.writestr(f"{path.parent.name}/{path.name}", path.read_bytes())
    items = [item for item in read(format, file.getvalue()) if not isinstance(item[1], Unreadable)]
    label_map = proposed(survey(items), {})
    project = make_cast(preset="fnc1").project
    report = import_drafts(project, mapped(items, label_map, {}), by=None)
    assert report.failures == []
    exported = b"".join(EXPORTERS["jsonl"].write(stream_records(Selection(project=project))))
    again = [item for _place, item in IMPORTERS["jsonl"].read(io.BytesIO(exported), {})]
    assert spans(again, {}) == spans([item for _place, item in items], label_map) != Counter()


def spans(items: list[Draft | Unreadable | Remark], label_map: dict[tuple[str, str], object]) -> Counter[object]:
    found: Counter[object] = Counter()
    for item in items:
        if isinstance(item, Draft):
            for work in item.annotation_sets:
                for span in work.spans:
                    target = label_map.get(("entity", span.label), span.label)
                    key = getattr(target, "key", target)
                    found[item.text, key, span.ranges, span.quote] += 1
    return found


def test_inceptions_annotators_of_one_document_are_sets_of_one_article() -> None:
    content = shared("peers/inception/webanno-tsv3/testSimpleChain/reference.xmi").read_bytes()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for user in ("ali", "reza"):
            archive.writestr(f"annotation/news.txt/{user}.xmi", content)
    drafts = [item for _place, item in read("xmi", file.getvalue()) if isinstance(item, Draft)]
    assert [draft.annotation_sets[0].annotator for draft in drafts] == ["ali", "reza"]
    assert drafts[0].id == drafts[1].id


CASSIS = "peers/cassis/json/fs_as_array/ser-ref/casWithTraditionalChineseTextAndAnnotations"


def quotes(items: list[Item]) -> list[tuple[str, str]]:
    drafts = [item for _place, item in items if isinstance(item, Draft)]
    return [(span.label, span.quote) for draft in drafts for work in draft.annotation_sets for span in work.spans]


def test_dkpro_cassis_sees_the_same_spans_in_its_own_file() -> None:
    types = cassis.load_typesystem(io.BytesIO(shared(f"{CASSIS}/debug-typesystem.xml").read_bytes()))
    content = shared(f"{CASSIS}/debug.xmi").read_bytes()
    cas = cassis.load_cas_from_xmi(io.BytesIO(content), typesystem=types)
    seen = [one.get_covered_text() for one in cas.select_all_annotations() if one.type.name == "uima.tcas.Annotation"]
    assert [quote for _label, quote in quotes(read("xmi", content))] == seen != []


def test_spans_that_dkpro_cassis_writes_behind_emoji_are_read() -> None:
    text = "🔴👩‍👩‍👧‍👦 مریم رضایی در تهران گفت صادرات نفت رشد می‌کند."
    types = cassis.TypeSystem()
    entity = types.create_type(name="ner.NamedEntity")
    types.create_feature(domainType=entity, name="value", rangeType="uima.cas.String")
    cas = cassis.Cas(typesystem=types)
    cas.sofa_string = text
    names = [("PER", "مریم رضایی"), ("LOC", "تهران")]
    for label, name in names:
        start = text.index(name)
        cas.add(entity(begin=start, end=start + len(name), value=label))
    assert sorted(quotes(read("xmi", cas.to_xmi().encode()))) == sorted(names)

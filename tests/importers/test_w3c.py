"""Do Web Annotations find their texts, and their places in them?"""

import io
import json
import zipfile
from typing import Any

import pytest

from annotations.importers import IMPORTERS, recognised
from annotations.importers.base import Remark, Unreadable
from annotations.records import Draft
from tests.conftest import shared

TEXT = "🔴 مریم رضایی در تهران گفت صادرات نفت رشد می‌کند."
CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def annotation(*selectors: dict[str, Any], tag: str = "PER", **fields: Any) -> dict[str, Any]:
    body = [{"type": "TextualBody", "purpose": "tagging", "value": tag}]
    target = {"source": "urn:newsroom:article:7", "selector": list(selectors)}
    return {"@context": CONTEXT, "id": "urn:a:1", "type": "Annotation", "body": body, "target": target} | fields


def position(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def read(*annotations: dict[str, Any], text: str = TEXT, **options: str) -> tuple[Draft, list[Remark]]:
    content = json.dumps({"text": text, "annotations": annotations}).encode()
    [draft, *remarks] = [item for _place, item in IMPORTERS["w3c"].read(io.BytesIO(content), options)]
    assert isinstance(draft, Draft)
    return draft, remarks


def spans(draft: Draft) -> list[tuple[str, str]]:
    return [(span.label, span.quote) for work in draft.annotation_sets for span in work.spans]


QUOTE = {"type": "TextQuoteSelector", "exact": "مریم رضایی", "prefix": "🔴 ", "suffix": " در تهران"}
RANGE = {
    "type": "RangeSelector", "startSelector": position(2, 6),
    "endSelector": {"type": "TextQuoteSelector", "exact": " در تهران"},
}  # fmt: skip


@pytest.mark.parametrize(
    "selectors",
    [
        [QUOTE, position(2, 12)],
        [position(2, 12)],
        [QUOTE],
        [QUOTE, position(3, 13)],
        [{"type": "TextQuoteSelector", "exact": "مريم‌ رضايي"}],
        [{"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc5147", "value": "char=2,12"}],
        [RANGE],
        [position(0, 21) | {"refinedBy": position(2, 12)}],
        [{"type": "CssSelector", "value": "#body > p", "refinedBy": QUOTE}],
    ],
)
def test_each_way_to_select_finds_the_name(selectors: list[dict[str, Any]]) -> None:
    draft, _remarks = read(annotation(*selectors))
    assert spans(draft) == [("PER", "مریم رضایی")]


def test_offsets_of_a_browser_are_read_as_such_when_asked_and_seen_by_the_quote() -> None:
    draft, remarks = read(annotation(position(3, 13)), offsets="utf16")
    assert spans(draft) == [("PER", "مریم رضایی")]
    assert remarks == []


def test_a_quote_that_stands_twice_is_told_apart_by_what_is_before_it() -> None:
    text = "کیم گفت. سپس کیم رفت."
    draft, remarks = read(
        annotation({"type": "TextQuoteSelector", "exact": "کیم", "prefix": "سپس ", "suffix": " رفت"}), text=text
    )
    assert [span.ranges for span in draft.annotation_sets[0].spans] == [((13, 16),)]
    assert remarks == []
    _draft, [remark] = read(annotation({"type": "TextQuoteSelector", "exact": "کیم"}), text=text)
    assert remark.code == "target_alike"


def test_creators_have_sets_of_their_own_and_relations_join_annotations() -> None:
    first = annotation(position(2, 12), creator="urn:x/ali")
    second = annotation(position(26, 47), tag="CLAIM", id="urn:a:2", creator="urn:x/ali")
    third = annotation(position(16, 21), tag="LOC", id="urn:a:3", creator={"name": "رضا"})
    joins = {"id": "urn:a:4", "type": "Annotation", "motivation": "linking", "creator": "urn:x/ali",
             "body": {"value": "claimant", "purpose": "tagging"}, "target": ["urn:a:2", "urn:a:1"]}  # fmt: skip
    content = {"text": TEXT, "annotations": [first, second, third, joins]}
    [(_place, draft)] = IMPORTERS["w3c"].read(io.BytesIO(json.dumps(content).encode()), {})
    ali, reza = draft.annotation_sets
    assert (ali.annotator, reza.annotator) == ("ali", "رضا")
    assert [(one.label, one.head, one.tail) for one in ali.relations] == [("claimant", "urn:a:2", "urn:a:1")]
    assert [label.kind for label in draft.labels] == ["relation"]


def test_what_has_no_place_here_is_said() -> None:
    comment = {"purpose": "commenting", "value": "یادداشت"}
    draft, remarks = read(
        annotation(position(2, 12), body=[{"purpose": "tagging", "value": "PER"}, comment]),
        annotation(position(40, 400), id="urn:a:2"),
        annotation({"type": "SvgSelector", "value": "<svg/>"}, id="urn:a:3"),
    )
    assert spans(draft) == [("PER", "مریم رضایی")]
    assert [remark.code for remark in remarks] == ["body", "target_unknown", "target_unknown"]


def test_a_zip_brings_texts_and_annotations_together_by_name() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("notes/all.jsonld", json.dumps([annotation(position(2, 12))]))
        archive.writestr("texts/7.txt", TEXT)
    file.seek(0)
    assert recognised("w3c.zip", file.getvalue()).key == "w3c"  # type: ignore[union-attr]
    [(_place, draft)] = IMPORTERS["w3c"].read(file, {})
    assert spans(draft) == [("PER", "مریم رضایی")]


def test_every_annotation_of_the_w3cs_own_tests_is_said_to_lack_its_text_or_to_be_broken() -> None:
    found = 0
    for path in sorted(shared("peers/w3c-web-annotation").glob("*/*.json")):
        items = [item for _place, item in IMPORTERS["w3c"].read(io.BytesIO(path.read_bytes()), {})]
        assert items, path.name
        assert all(isinstance(item, Unreadable) for item in items), path.name
        if path.parent.name == "correct":
            assert {item.code for item in items} <= {"text_missing", "pages_missing"}, path.name
        found += 1
    assert found == 43

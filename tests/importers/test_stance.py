"""Do corpora of stances come in as topics, stances and the evidence where it stands?"""

import io
import json
import zipfile
from collections import Counter
from typing import Any

import pytest

from annotations.actions.imports import import_drafts
from annotations.importers import IMPORTERS, recognised
from annotations.importers.base import Item, Remark
from annotations.importers.mapping import Known, mapped
from annotations.kinds.scheme import LabelRule
from annotations.models import ArticleLabel, Relation, Topic
from annotations.presets import PRESETS
from annotations.records import Draft
from tests.conftest import shared
from tests.factories import make_cast

TEXT = "وزیر گفت صادرات نفت رشد می‌کند. او رفت.\nکارشناسان با این سخن موافق نیستند."
CLAIM = "صادرات نفت ایران بیشتر می‌شود"


def read(content: bytes | io.BytesIO, **options: str) -> list[Item]:
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    return list(IMPORTERS["stance"].read(file, options))


def lines(*rows: dict[str, Any]) -> bytes:
    return b"\n".join(json.dumps(row).encode() for row in rows)


def zipped(**members: bytes) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_jsonl", ".jsonl"), content)
    file.seek(0)
    return file


def test_one_article_serves_several_claims_and_a_sentence_several_stances() -> None:
    row = {"text": TEXT, "evidence": ["وزیر گفت صادرات نفت رشد میکند"]}
    content = lines(
        row | {"claim": CLAIM, "stance": "agree"}, {"text": "متنی دیگر.", "claim": CLAIM, "stance": "Unrelated"},
        row | {"claim": "صادرات کم می‌شود", "stance": 0},
    )  # fmt: skip
    [(_, draft), (_, other)] = read(content)
    [work] = draft.annotation_sets
    assert [topic.proposition for topic in draft.topics] == [CLAIM, "صادرات کم می‌شود"]
    assert [(one.label, one.value) for one in work.labels] == [("body_stance", "agree"), ("body_stance", "disagree")]
    assert [span.quote for span in work.spans] == ["وزیر گفت صادرات نفت رشد می‌کند"]
    assert [(one.head, one.via, one.tail, one.attributes) for one in work.relations] == [
        ("article", "e1", f"topic:{draft.topics[0].key}", {"polarity": "FAVOR"}),
        ("article", "e1", f"topic:{draft.topics[1].key}", {"polarity": "AGAINST"}),
    ]
    assert other.topics[0].key == draft.topics[0].key


def test_evidence_that_is_not_there_and_evidence_found_by_likeness_are_said() -> None:
    row = {
        "text": TEXT, "claim": CLAIM, "stance": "agree",
        "evidence": "وزیر نیز گفت که صادرات نفت رشد می کند  .  چیزی که در متن نیامده است  .",
    }  # fmt: skip
    [(_, draft), *noticed] = read(lines(row))
    assert [span.quote for span in draft.annotation_sets[0].spans] == ["وزیر گفت صادرات نفت رشد می‌کند."]
    assert [remark.code for _, remark in noticed] == ["evidence_alike", "evidence_not_found"]


def test_the_sentence_that_stands_for_no_evidence_is_not_looked_for() -> None:
    row = {"text": TEXT, "claim": CLAIM, "stance": "unrelated", "evidence": "ادعای وارد شده در متن گزارش نشده است."}
    assert [type(item) for _, item in read(lines(row))] == [Draft]
    [_draft, (_, remark)] = read(lines(row), none="هیچ")
    assert remark.code == "evidence_not_found"  # type: ignore[union-attr]


@pytest.mark.parametrize("missing", ["claim", "stance"])
def test_a_row_without_claim_or_stance_is_said(missing: str) -> None:
    row = {"text": TEXT, "claim": CLAIM, "stance": "agree"} | {missing: " "}
    [(_, draft), (_, remark)] = read(lines(row))
    assert draft.annotation_sets[0].labels == ()  # type: ignore[union-attr]
    assert remark.code == "stance_missing"  # type: ignore[union-attr]


def test_fnc_1s_two_tables_judge_bodies_by_headlines() -> None:
    file = zipped(
        **{
            "bodies.csv": f'Body ID,articleBody\n1,"{TEXT}"\n'.encode(),
            "stances.csv": f"Headline,Body ID,Stance\n{CLAIM},1,discuss\n".encode(),
        }
    )
    [(_, draft)] = read(file)
    assert draft.text == TEXT  # type: ignore[union-attr]
    assert [topic.proposition for topic in draft.topics] == [CLAIM]  # type: ignore[union-attr]
    assert [one.value for one in draft.annotation_sets[0].labels] == ["discuss"]  # type: ignore[union-attr]


def counted(items: list[Item]) -> Counter[Any]:
    counts: Counter[Any] = Counter()
    for _place, item in items:
        if isinstance(item, Draft):
            counts["articles"] += 1
            for work in item.annotation_sets:
                counts.update((label.label, label.value) for label in work.labels)
                counts["spans"] += len(work.spans)
        else:
            counts[item.code] += 1
    return counts


def test_the_headlines_of_zarharan_2019_are_all_there() -> None:
    content = shared("stance-2019/HeadlineToClaim.txt").read_bytes()
    assert recognised("HeadlineToClaim.txt", content[:65536]).key == "stance"  # type: ignore[union-attr]
    counts = counted(read(content))
    values = {value: counts["headline_stance", value] for value in ("discuss", "unrelated", "agree", "disagree")}
    assert sum(values.values()) + counts["value_twice"] == 2029
    assert values == {"discuss": 776, "unrelated": 658, "agree": 394, "disagree": 153}


def test_farexstances_sheet_and_its_lines_hold_the_same_headlines() -> None:
    sheet = counted(read(shared("farexstance/headline2claim_dev.xlsx").read_bytes()))
    assert sheet == counted(read(shared("farexstance/headlines_dev.jsonl").read_bytes()))
    assert {value: sheet["headline_stance", value] for value in ("unrelated", "discuss", "agree", "disagree")} == {
        "unrelated": 633, "discuss": 370, "agree": 85, "disagree": 77,
    }  # fmt: skip


@pytest.mark.django_db
def test_farexstance_is_stored_in_a_project_of_ours_with_every_stance_and_its_evidence() -> None:
    names = ("articles_dev", "pairs_dev")
    file = zipped(**{f"{name}_jsonl": shared(f"farexstance/{name}.jsonl").read_bytes() for name in names})
    items = read(file)
    counts = counted(items)
    assert {value: counts["body_stance", value] for value in ("agree", "unrelated", "disagree", "discuss")} == {
        "agree": 393, "unrelated": 383, "disagree": 327, "discuss": 161,
    }  # fmt: skip
    assert counts["evidence_not_found"] <= 0.03 * 2121
    known = {
        spec.key: Known(rule=LabelRule(key=spec.key, kind=spec.kind, attributes=spec.attributes, ends=spec.ends))
        for spec in PRESETS["news-fa"].labels
    }
    chosen = [item for item in items if item[0] <= 120]
    expected = counted(chosen)
    report = import_drafts(make_cast().project, mapped(chosen, {}, known), by=None)
    assert (report.stored, report.failed, report.failures) == (120, 0, [])
    assert report.spans == expected["spans"]
    assert report.remarks == sum(isinstance(item, Remark) for _, item in chosen)
    assert ArticleLabel.objects.count() == sum(number for key, number in expected.items() if isinstance(key, tuple))
    assert Relation.objects.filter(label__key="stance").count() == report.relations
    assert Topic.objects.exclude(proposition="").exists()

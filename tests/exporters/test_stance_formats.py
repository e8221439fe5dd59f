"""Do pairs, evidence, opinions and statements say what the view says, in the shapes that their tasks have?"""

import csv
import io
import json

import pytest

from annotations.importers import IMPORTERS
from annotations.records import ArticleLabelRecord, Draft, RelationRecord, Section
from tests.exporters.corpus import ENTITY, FAMILY, GOLD, RECORDS, TOPIC, lost, record, unpacked, work, written

BODY = FAMILY.index("کیم")
STANCES = record(
    "99999999-0000-4000-8000-000000000009",
    FAMILY,
    work(
        "w", "gold", None, GOLD.spans,
        [
            RelationRecord("q1", "stance", "s1", "s6", "topic:oil", {"polarity": "FAVOR"}),
            RelationRecord("q2", "stance", "article", "s2", "topic:oil", {"polarity": "AGAINST"}),
            RelationRecord("q3", "stance", "s4", None, "s3", {"polarity": "AGAINST"}),
            RelationRecord("q4", "attribution", "s3", "s2", "s1"),
        ],
        [
            ArticleLabelRecord("body_stance", "oil", "agree"), ArticleLabelRecord("category", None, "economy"),
            ArticleLabelRecord("headline_stance", "oil", "discuss"),
        ],
    ),
    entities=(ENTITY,), topics=(TOPIC,), sections=(Section("headline", 0, BODY - 2),),
)  # fmt: skip


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_fncs_tables_join_claims_and_bodies() -> None:
    files = unpacked(written("fnc", [STANCES]))
    (body,) = table(files["gold/bodies.csv"])
    (stance,) = table(files["gold/stances.csv"])
    assert body["articleBody"] == FAMILY[BODY:]
    assert stance == {"Headline": TOPIC.proposition, "Body ID": body["Body ID"], "Stance": "agree"}
    (headline,) = table(files["gold/headline_stances.csv"])
    assert headline == {"Headline": FAMILY[: BODY - 2], "Claim": TOPIC.proposition, "Stance": "discuss"}
    assert lost("fnc", [STANCES])["labels"] == 1


def test_fncs_pairs_come_in_again() -> None:
    files = unpacked(written("fnc", [STANCES]))
    content = io.BytesIO(files["gold/headline_stances.csv"])
    drafts = [item for _place, item in IMPORTERS["stance"].read(content, {}) if isinstance(item, Draft)]
    (draft,) = drafts
    assert FAMILY[: BODY - 2] in draft.text


def test_fevers_evidence_is_a_sentence_of_its_page() -> None:
    files = unpacked(written("fever", [STANCES, *RECORDS]))
    pages = {page["id"]: page for page in map(json.loads, files["pages.jsonl"].splitlines())}
    claim, *_others = map(json.loads, files["gold/claims.jsonl"].splitlines())
    assert (claim["label"], claim["verifiable"], claim["claim"]) == ("SUPPORTS", "VERIFIABLE", TOPIC.proposition)
    shown = []
    for evidence in claim["evidence"]:
        for _annotation, _number, page, sentence in evidence:
            lines = dict(line.split("\t", 1) for line in pages[page]["lines"].split("\n"))
            shown.append(lines[str(sentence)])
    assert [any(words in line for line in shown) for words in ("تقویت همکاری", "گفت")] == [True, True]
    assert all(line in pages[STANCES.id]["text"] for line in shown)


def test_opinions_stand_on_their_words() -> None:
    (row,) = json.loads(written("structured-sentiment", [STANCES]))
    assert row["text"] == FAMILY
    for opinion in row["opinions"]:
        for role in ("Source", "Target", "Polar_expression"):
            texts, offsets = opinion[role]
            assert [FAMILY[slice(*map(int, place.split(":")))] for place in offsets] == texts
    found = [
        (one["Source"][0], one["Polar_expression"][0], one["Target"][0], one["Polarity"]) for one in row["opinions"]
    ]
    assert found == [
        (["کیم جونگ اون"], ["تقویت همکاری"], [], "Positive"),
        ([], ["گفت"], [], "Negative"),
        (["کره شمالی"], [], ["صادرات نفت رشد می‌کند"], "Negative"),
    ]
    counts = lost("structured-sentiment", [STANCES])
    assert (counts["ends"], counts["relations"], counts["spans"]) == (2, 1, 2)


def test_statements_name_who_agrees_with_what() -> None:
    rows = table(written("dna", [STANCES]))
    assert [(row["person"], row["organization"], row["concept"], row["agreement"]) for row in rows] == [
        ("کیم جونگ اون", "", TOPIC.proposition, "1"),
        ("", "تسنیم", TOPIC.proposition, "0"),
        ("", "کره شمالی", "صادرات نفت رشد می‌کند", "0"),
    ]
    for row in rows:
        assert FAMILY[int(row["start"]) : int(row["end"])] == row["text"]
        assert (row["docId"], row["time"], row["docTitle"]) == (STANCES.id, STANCES.published_at, FAMILY[: BODY - 2])


@pytest.mark.parametrize("key", ["fnc", "fever", "structured-sentiment", "dna"])
def test_nothing_of_a_view_is_lost_in_silence(key: str) -> None:
    counts = lost(key, [STANCES])
    assert counts["relations"] >= 1
    assert counts["spans"] >= 2

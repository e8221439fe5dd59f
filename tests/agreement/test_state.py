"""Does a count that was laid aside go on as if it had never stopped?"""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from annotations.agreement.plain import LONGEST_QUOTE, plain, plain_examples
from annotations.agreement.report import Agreement
from annotations.agreement.state import packed, unpacked
from annotations.records import AnnotationSetRecord, ArticleLabelRecord, Record, SpanRecord
from tests.agreement.test_spans import demonstration, kinds

LABELS = ("PER", "ORG", "CLAIM")
TEXT = "کیم جونگ‌اون در تهران گفت: صادرات نفت رشد می‌کند. مریم رضایی آن را تکذیب کرد."

ARTICLE = demonstration()


@st.composite
def works(draw: Any, name: str) -> AnnotationSetRecord:
    spans = []
    for at in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, 60))
        ranges = ((start, start + draw(st.integers(1, 20))),)
        spans.append(SpanRecord(id=f"{name}{at}", label=draw(st.sampled_from(LABELS)), ranges=ranges, quote="…"))
    said = ArticleLabelRecord("headline_stance", draw(st.sampled_from((None, "war"))), draw(st.sampled_from("ab")))
    return AnnotationSetRecord(
        id=name, kind="annotator", annotator=name, status="submitted", created_at="", updated_at="",
        submitted_at=None, spans=tuple(spans), relations=(), labels=(said,),
    )  # fmt: skip


@st.composite
def corpora(draw: Any) -> list[Record]:
    names = "abc"[: draw(st.integers(2, 3))]
    return [
        msgspec.structs.replace(
            ARTICLE, id=f"article {at}", text=TEXT, annotation_sets=tuple(draw(works(name)) for name in names)
        )
        for at in range(draw(st.integers(0, 4)))
    ]


@given(corpora(), st.integers(0, 4))
def test_a_count_that_is_laid_aside_anywhere_ends_in_the_same_report(corpus: list[Record], cut: int) -> None:
    whole, broken = Agreement(kinds(), replicates=20), Agreement(kinds(), replicates=20)
    for record in corpus:
        whole.add(record)
    for record in corpus[:cut]:
        broken.add(record)
    broken = unpacked(packed(broken), kinds())
    for record in corpus[cut:]:
        broken.add(record)
    assert broken.report() == whole.report()


def test_the_demonstration_survives_with_its_relations_and_examples() -> None:
    whole = Agreement(kinds())
    whole.add(demonstration())
    assert unpacked(packed(whole), kinds()).report() == whole.report()


def test_what_is_stored_grows_with_labels_and_pairs_and_not_with_articles() -> None:
    agreement, sizes = Agreement(kinds()), {}
    for number in range(1, 61):
        agreement.add(msgspec.structs.replace(demonstration(), id=str(number)))
        sizes[number] = len(packed(agreement))
    assert sizes[60] < 1.5 * sizes[30]


def test_a_report_as_json_is_the_report() -> None:
    agreement = Agreement(kinds())
    agreement.add(demonstration())
    report = agreement.report()
    said = msgspec.json.decode(msgspec.json.encode(plain(report)))
    assert said["exact"]["value"] == report.exact.value
    assert {row["label"]: row["spans"] for row in said["labels"]} == {row.label: row.spans for row in report.labels}
    assert sum(cell["count"] for cell in said["confusion"]) == sum(sum(c.values()) for c in report.confusion.values())
    examples = plain_examples(report)
    assert len(examples) == sum(map(len, report.examples.values())) > 0
    quotes = [span["quote"] for example in examples for span in example["spans"] if span]
    assert max(map(len, quotes)) <= LONGEST_QUOTE

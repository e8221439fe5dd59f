"""Do columns load where taggers are trained, and do their tags stand on the words that were meant?"""

import io
import json

import pytest
from spacy.training.converters import conll_ner_to_docs

from annotations.importers import IMPORTERS
from annotations.records import Draft
from tests.exporters.corpus import GOLD, RECORDS, inked, lost, unpacked, written


def tagged(content: bytes, start: str = "B-", inside: str = "I-") -> list[tuple[str, str]]:
    """Reads the spans of a file by hand: the last column against the first."""
    found: list[tuple[str, str]] = []
    for line in content.decode().splitlines():
        token, tag = line.replace("|", " ").split()[:1] + line.replace("|", " ").split()[-1:] if line else ("", "O")
        if tag.startswith(start):
            found.append((tag[2:], token))
        elif tag.startswith(inside):
            found[-1] = (tag[2:], found[-1][1] + token)
    return found


def wanted(*ids: str) -> list[tuple[str, str]]:
    spans = {span.id: span for record in RECORDS for work in record.annotation_sets for span in work.spans}
    return [(spans[id].label, inked(spans[id].quote)) for id in ids]


def test_spacys_converter_reads_the_gold_spans() -> None:
    files = unpacked(written("conll"))
    docs = list(conll_ner_to_docs(files["gold/entity.conll"].decode(), n_sents=0, no_print=True))
    read = [(ent.label_, inked(ent.text)) for doc in docs for ent in doc.ents]
    assert read == wanted("s4", "s5", "s1", "s7", "u1", "u2", "u6", "u3")
    claims = list(conll_ner_to_docs(files["gold/claim.conll"].decode(), n_sents=0, no_print=True))
    assert [(ent.label_, inked(ent.text)) for doc in claims for ent in doc.ents] == wanted("s3")


def test_every_file_of_a_view_has_all_its_articles_token_by_token() -> None:
    files = {name: content for name, content in unpacked(written("conll")).items() if name.startswith("gold/")}
    assert sorted(files) == [
        f"gold/{name}.conll" for name in ("claim", "cue", "entity-2", "entity", "expression")
    ]  # fmt: skip
    tokens = {tuple(line.split(" ")[0] for line in content.decode().splitlines()) for content in files.values()}
    assert len(tokens) == 1
    assert tagged(files["gold/entity-2.conll"]) == wanted("u4")


def test_spans_that_overlap_go_to_further_layers() -> None:
    files = unpacked(written("conll"))
    assert tagged(files["a-one/entity.conll"])[:2] == wanted("t6", "t2")
    assert tagged(files["a-one/entity-2.conll"]) == wanted("t1", "t3")
    counts = lost("conll")
    assert (counts["layered"], counts["flattened"], counts["moved"]) == (3, 1, 1)
    assert counts["relations"] == len(GOLD.relations)


def test_losses_are_listed_in_the_archive_with_where_the_span_went() -> None:
    summary, *cases = map(json.loads, unpacked(written("conll"))["losses.jsonl"].splitlines())
    assert summary["total"] == sum(case.get("count", 1) for case in cases)
    (moved,) = [case for case in cases if case["code"] == "moved"]
    text = RECORDS[0].text
    (start, end), (new_start, new_end) = moved["was"][0], moved["became"][0]
    assert (text[start:end], text[new_start:new_end], moved["id"]) == ("روسی", "روسیه", "t4")


def test_iobes_marks_ends_and_single_tokens() -> None:
    lines = unpacked(written("conll", scheme="iobes"))["gold/entity.conll"].decode().splitlines()
    assert [line for line in lines if line.endswith("-PER")][:3] == ["کیم _ _ B-PER", "جونگ _ _ I-PER", "اون _ _ E-PER"]
    assert "روسیه _ _ S-LOC" in lines


@pytest.mark.parametrize(
    ("spelling", "start", "people", "without"), [("peyma", "B_", "PER", "EVE"), ("arman", "B-", "pers", "DAT")]
)
def test_the_two_corpora_spellings_are_theirs(spelling: str, start: str, people: str, without: str) -> None:
    content = unpacked(written("conll", spelling=spelling))["gold/entity.conll"]
    found = tagged(content, start, start.replace("B", "I"))
    assert (people, inked("کیم جونگ اون")) in found
    assert without.lower() not in {label.lower() for label, _words in found}
    assert lost("conll", spelling=spelling)["unmapped"] >= 1
    assert b"DOCSTART" not in content


@pytest.mark.parametrize("spelling", ["conll", "peyma", "arman"])
def test_what_leaves_comes_in_again(spelling: str) -> None:
    content = unpacked(written("conll", spelling=spelling))["gold/entity.conll"]
    drafts = [item for _place, item in IMPORTERS["conll"].read(io.BytesIO(content), {}) if isinstance(item, Draft)]
    quotes = [inked(span.quote) for draft in drafts for work in draft.annotation_sets for span in work.spans]
    assert inked("کیم جونگ اون") in quotes
    assert inked("شرکت ملی نفت ایران") in quotes

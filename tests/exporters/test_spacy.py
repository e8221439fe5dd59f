"""Does spaCy load, and learn from, what it is given? Every entity and span against the words that were marked."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin
from spacy.training import Corpus, Example

from annotations.exporters.words import words_of
from tests.exporters.corpus import FIRST, GOLD, RECORDS, lost, unpacked, written


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Doc]]:
    """The documents of each view, as `spacy train` would find them in an unpacked folder."""
    folder, nlp = tmp_path_factory.mktemp("spacy"), spacy.blank("fa")
    for name, content in unpacked(written("spacy")).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    found: dict[str, list[Doc]] = {}
    for path in sorted(folder.glob("*/*.spacy")):
        found.setdefault(path.parent.name, []).extend(DocBin().from_disk(path).get_docs(nlp.vocab))
    return found


def test_documents_are_the_articles_to_the_letter(docs: dict[str, list[Doc]]) -> None:
    assert {name: [doc.text for doc in found] for name, found in docs.items()} == {
        "gold": [RECORDS[0].text, RECORDS[1].text],
        "a-one": [RECORDS[0].text],
        "unannotated": [RECORDS[2].text],
    }


def test_sentences_are_the_engine_s(docs: dict[str, list[Doc]]) -> None:
    (first, *_rest) = docs["gold"]
    assert [sentence.text.strip() for sentence in first.sents] == [
        RECORDS[0].text[start:end] for start, end in words_of(RECORDS[0]).sentences
    ]


def test_every_span_stands_on_its_words_with_its_id_and_entity(docs: dict[str, list[Doc]]) -> None:
    for name, article, work in (("gold", 0, GOLD), ("gold", 1, RECORDS[1].annotation_sets[0])):
        found = {(span.id_, span.label_, span.text) for span in docs[name][article].spans["sc"]}
        assert found == {(span.id, span.label, span.quote) for span in work.spans}
    (kim,) = [ent for ent in docs["gold"][0].ents if ent.text == "کیم جونگ اون"]
    assert (kim.label_, kim.kb_id_) == ("PER", "Q56226")


def test_entities_are_the_outermost_and_the_rest_is_said(docs: dict[str, list[Doc]]) -> None:
    assert [(ent.label_, ent.text) for ent in docs["a-one"][0].ents] == [
        ("ORG", "👩‍👩‍👧‍👦🇮🇷"), ("ORG", "کره شمالی"), ("LOC", "روسیه"), ("PER", "مریم رضایی در تهران"),
    ]  # fmt: skip
    assert len(docs["a-one"][0].spans["sc"]) == len(FIRST.spans)
    counts = lost("spacy")
    assert counts == {"overlapping": 3, "flattened": 1, "moved": 1}


def test_relations_attributes_and_categories_come_along(docs: dict[str, list[Doc]]) -> None:
    doc = docs["gold"][0]
    assert doc.cats == {"body_stance:oil=agree": 1.0, "category=economy": 1.0}
    assert [relation["id"] for relation in doc.user_data["relations"]] == ["r1", "r2", "r3", "r4"]
    assert doc.user_data["spans"][4]["attributes"] == GOLD.spans[4].attributes
    assert doc.user_data["meta"]["article"] == RECORDS[0].id


def test_a_pipeline_learns_from_the_folder(docs: dict[str, list[Doc]], tmp_path: Path) -> None:
    for name, content in unpacked(written("spacy")).items():
        if name.startswith("gold/"):
            (tmp_path / name.replace("/", "-")).write_bytes(content)
    nlp = spacy.blank("fa")
    ner = nlp.add_pipe("ner")
    examples = list(Corpus(tmp_path)(nlp))
    assert len(examples) == 2
    nlp.initialize(lambda: examples)
    assert nlp.update(examples)["ner"] > 0
    assert {"PER", "LOC", "ORG"} <= set(ner.labels)


def test_json_lines_make_documents_in_a_few_lines() -> None:
    nlp = spacy.blank("fa")
    rows = [json.loads(line) for line in written("spacy-jsonl").splitlines()]
    assert len(rows) == 4
    for row in rows:
        doc = Doc(nlp.vocab, words=row["words"], spaces=row["spaces"])
        assert doc.text == row["text"]
        # spaCy warns, and the tests fail, where an entity does not meet its words.
        example = Example.from_dict(doc, {"entities": row["entities"], "cats": row["cats"]})
        given = [(label, row["text"][start:end]) for start, end, label in row["entities"]]
        assert [(ent.label_, ent.text) for ent in example.reference.ents] == given
        assert all(doc.char_span(start, end, label) is not None for start, end, label in row["spans"]["sc"])
    quotes = [row["text"][start:end] for row in rows[:1] for start, end, _label in row["spans"]["sc"]]
    assert quotes == [span.quote for span in GOLD.spans]

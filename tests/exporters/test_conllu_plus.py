"""Does the conllu library parse the file, and do its columns lead back to the words that were marked?"""

import re

import conllu
import pytest

from tests.exporters.corpus import FIRST, GOLD, RECORDS, SECOND, lost, unpacked, written


@pytest.fixture(scope="module")
def files() -> dict[str, list[conllu.TokenList]]:
    return {
        name: conllu.parse(content.decode())
        for name, content in unpacked(written("conllu-plus")).items()
        if name.endswith(".conllup")
    }


def documents(sentences: list[conllu.TokenList]) -> list[list[conllu.TokenList]]:
    found: list[list[conllu.TokenList]] = []
    for sentence in sentences:
        if "newdoc id" in sentence.metadata:
            found.append([])
        found[-1].append(sentence)
    return found


def spans(document: list[conllu.TokenList], text: str) -> set[tuple[str, str]]:
    """Reads the spans of a document: for each number its label and the words of its runs of tokens."""
    labels: dict[str, str] = {}
    runs: dict[str, list[list[int]]] = {}
    for number, token in enumerate(token for sentence in document for token in sentence):
        start, end = map(int, re.split(":", token["misc"]["TokenRange"]))
        for said in token["newsroom:span"].split(";") if token["newsroom:span"] != "*" else ():
            id, _colon, label = said.partition(":")
            labels.setdefault(id, label)
            if runs.get(id) and runs[id][-1][2] == number - 1:
                runs[id][-1][1:] = [end, number]
            else:
                runs.setdefault(id, []).append([start, end, number])
    return {(labels[id], " … ".join(text[a:b] for a, b, _at in pieces)) for id, pieces in runs.items()}


def test_the_library_reads_all_columns_and_the_texts_of_sentences(files: dict[str, list[conllu.TokenList]]) -> None:
    assert set(files) == {"gold.conllup", "a-one.conllup", "unannotated.conllup"}
    for sentences in files.values():
        for sentence in sentences:
            made = "".join(
                token["form"] + ("" if (token["misc"] or {}).get("SpaceAfter") == "No" else " ") for token in sentence
            )
            assert made.strip() == sentence.metadata["text"]


def test_spans_nest_cross_and_keep_their_gaps(files: dict[str, list[conllu.TokenList]]) -> None:
    first, second = documents(files["gold.conllup"])
    assert spans(first, RECORDS[0].text) == {(span.label, span.quote) for span in GOLD.spans}
    assert spans(second, RECORDS[1].text) == {(span.label, span.quote) for span in SECOND.spans}
    (other,) = documents(files["a-one.conllup"])
    moved = {("LOC", "روسی"): ("LOC", "روسیه")}
    quotes = {(span.label, span.quote) for span in FIRST.spans}
    assert spans(other, RECORDS[0].text) == {moved.get(quote, quote) for quote in quotes}
    assert lost("conllu-plus")["moved"] == 1


def test_relations_name_spans_by_their_numbers() -> None:
    content = unpacked(written("conllu-plus"))["gold.conllup"].decode()
    assert re.findall(r"^# newsroom:relation = (.*)$", content, re.MULTILINE) == [
        "attribution 6 5 4", "stance 1 _ 3", "stance article 2 3", "stance 4 _ topic:oil",
    ]  # fmt: skip

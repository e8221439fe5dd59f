"""Do the corpora of Persian named entities come in whole, with what is broken in them repaired and said?"""

import io
from collections import Counter

import pytest

from annotations.importers import IMPORTERS, recognised
from annotations.importers.base import HEAD, Remark
from annotations.records import Draft, quote_of
from tests.conftest import shared
from tests.text.corpora import treebank


def read(key: str, path: str, **options: str) -> tuple[list[Draft], list[Remark]]:
    with shared(path).open("rb") as file:
        items = [item for _place, item in IMPORTERS[key].read(file, options)]
    drafts = [item for item in items if isinstance(item, Draft)]
    remarks = [item for item in items if isinstance(item, Remark)]
    assert len(drafts) + len(remarks) == len(items)
    return drafts, remarks


def entities(drafts: list[Draft]) -> Counter[str]:
    for draft in drafts:
        for span in draft.annotation_sets[0].spans:
            assert quote_of(draft.text, span.ranges) == span.quote
    return Counter(span.label for draft in drafts for span in draft.annotation_sets[0].spans)


ARMAN = [
    (1, 2560, {"org": 1466, "loc": 1142, "pers": 1110, "pro": 265, "event": 177, "fac": 167}),
    (2, 2561, {"org": 1538, "loc": 1099, "pers": 1011, "pro": 236, "event": 213, "fac": 193}),
]


@pytest.mark.parametrize(("fold", "sentences", "counts"), ARMAN)
def test_arman_comes_in_sentence_by_sentence_without_a_remark(
    fold: int, sentences: int, counts: dict[str, int]
) -> None:
    drafts, remarks = read("conll", f"arman/test_fold{fold}.txt")
    assert (len(drafts), remarks) == (sentences, [])
    assert entities(drafts) == counts


def test_parstwiner_comes_in_with_its_fourteen_violations_said() -> None:
    drafts, remarks = read("conll", "parstwiner/train.txt")
    assert len(drafts) == 6417
    assert len(remarks) == 14
    assert entities(drafts) == {"PER": 5615, "LOC": 4909, "ORG": 2403, "NAT": 853, "EVE": 445, "POG": 363}


@pytest.mark.parametrize(("part", "sentences"), [("dev", 599), ("test", 600)])
def test_seraji_comes_in_with_its_published_sentences(part: str, sentences: int) -> None:
    drafts, _remarks = read("conllu", f"ud-seraji/fa_seraji-ud-{part}.conllu")
    assert len(drafts) == sentences
    published = {text for text, _tokens in treebank()}
    assert {draft.text for draft in drafts} <= published


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("arman/test_fold1.txt", "conll"),
        ("parstwiner/train.txt", "conll"),
        ("ud-seraji/fa_seraji-ud-dev.conllu", "conllu"),
    ],
)
def test_they_are_recognised_by_what_stands_in_them(path: str, key: str) -> None:
    head = shared(path).read_bytes()[:HEAD]
    assert recognised(path, head).key == key  # type: ignore[union-attr]


TAGGED = "مریم {0}B{1}PER\nرضایی {0}I{1}PER\nدر {0}O\nتهران {0}B{1}LOC\n\n"


@pytest.mark.parametrize(
    "content",
    [
        TAGGED.format("", "-"),
        TAGGED.format("", "_"),
        TAGGED.format("N _ ", "-"),
        TAGGED.format("", "-").replace(" B", "\tB").replace(" I", "\tI").replace(" O", "\tO").replace(" \t", "\t"),
        "مریم B-PER\nرضایی E-PER\nدر O\nتهران S-LOC\n",
        "مریم B-PER\nرضایی L-PER\nدر O\nتهران U-LOC\n",
        "مریم|B-PER رضایی|I-PER در|O تهران|B-LOC\n",
        "-DOCSTART- -X- O\n\n" + TAGGED.format("", "-"),
    ],
)
def test_each_spelling_of_tags_gives_the_same_spans(content: str) -> None:
    items = [item for _place, item in IMPORTERS["conll"].read(io.BytesIO(content.encode()), {})]
    [draft] = [item for item in items if isinstance(item, Draft)]
    spans = draft.annotation_sets[0].spans
    assert [(span.label, span.quote) for span in spans] == [("PER", "مریم رضایی"), ("LOC", "تهران")]
    assert len(items) == 1

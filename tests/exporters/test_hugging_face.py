"""Does `datasets.load_dataset` open the folder, with names for tags, and do tags and spans stand on their words?"""

from pathlib import Path

import datasets
import msgspec
import pytest

from tests.exporters.corpus import FIRST, GOLD, RECORDS, lost, unpacked, written

datasets.disable_progress_bars()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked ZIP."""
    folder = tmp_path_factory.mktemp("hf")
    for name, content in unpacked(written("hf")).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def loaded(folder: Path, view: str) -> datasets.Dataset:
    return datasets.load_dataset(str(folder), view, split="train", cache_dir=str(folder / "cache"))


def entities(row: dict, names: list[str]) -> list[tuple[str, str]]:
    """Reads the tags as a trainer would: where they begin, how far they go, which words stand there."""
    found: list[tuple[str, int, int]] = []
    for tag, (start, end) in zip(row["ner_tags"], row["token_offsets"], strict=True):
        position, _, label = names[tag].partition("-")
        if position == "B":
            found.append((label, start, end))
        elif position == "I":
            found[-1] = (label, found[-1][1], end)
    return [(label, row["text"][start:end]) for label, start, end in found]


def test_the_folder_opens_with_a_configuration_for_each_view(folder: Path) -> None:
    assert set(datasets.get_dataset_config_names(str(folder))) == {"gold", "a-one", "unannotated"}
    gold = loaded(folder, "gold")
    assert gold["id"][:] == [RECORDS[0].id, RECORDS[1].id]
    names = gold.features["ner_tags"].feature.names
    assert names[:7] == ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]


def test_tags_name_the_words_that_were_marked(folder: Path) -> None:
    gold = loaded(folder, "gold")
    names = gold.features["ner_tags"].feature.names
    assert entities(gold[0], names) == [
        (span.label, span.quote) for span in GOLD.spans if span.label in ("PER", "LOC")
    ]  # fmt: skip
    assert ("ORG", "شرکت ملی نفت ایران") in entities(gold[1], names)
    assert ("ORG", "👩‍👩‍👧‍👦🇮🇷") in entities(loaded(folder, "a-one")[0], names)


def test_tokens_stand_at_their_offsets_and_in_sentences(folder: Path) -> None:
    for view in ("gold", "a-one", "unannotated"):
        for row in loaded(folder, view):
            assert [row["text"][start:end] for start, end in row["token_offsets"]] == row["tokens"]
            assert [at for first, last in row["sentences"] for at in range(first, last)] == list(
                range(len(row["tokens"]))
            )


def test_spans_keep_their_pieces_and_relations_their_three_ends(folder: Path) -> None:
    row = loaded(folder, "gold")[0]
    assert [(span["id"], span["quote"]) for span in row["spans"]] == [(span.id, span.quote) for span in GOLD.spans]
    assert [(one["head"], one["via"], one["tail"]) for one in row["relations"]] == [
        (one.head, one.via, one.tail) for one in GOLD.relations
    ]
    assert {(one["label"], one["value"]) for one in row["labels"]} == {
        ("body_stance", "agree"),
        ("category", "economy"),
    }
    first = loaded(folder, "a-one")[0]
    (gap,) = [span for span in first["spans"] if span["id"] == "t5"]
    assert [first["text"][start:end] for start, end in gap["ranges"]] == ["مریم", "تهران"]
    assert {span["id"] for span in first["spans"]} == {span.id for span in FIRST.spans}


def test_a_pseudonym_that_yaml_takes_for_a_number_is_a_name(tmp_path: Path) -> None:
    work = msgspec.structs.replace(FIRST, annotator="007")
    for name, content in unpacked(
        written("hf", [msgspec.structs.replace(RECORDS[0], annotation_sets=(work,))])
    ).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert datasets.get_dataset_config_names(str(tmp_path)) == ["007"]
    assert len(loaded(tmp_path, "007")) == 1


def test_what_the_tags_do_not_hold_is_said() -> None:
    assert lost("hf") == {"overlapping": 3, "flattened": 1, "moved": 1}

"""Loads an export with Hugging Face's `datasets`, as a model's training would, and counts its tags.

    manage.py export_corpus demo --format hf --output corpus.hf.zip
    python docs/examples/load_hugging_face.py corpus.hf.zip gold

Needs `pip install datasets`.
"""

import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

import datasets


def load(archive: Path, view: str, folder: Path) -> datasets.Dataset:
    """Unpacks the archive and opens one view of it: `gold`, or an annotator's pseudonym."""
    with zipfile.ZipFile(archive) as files:
        files.extractall(folder)
    return datasets.load_dataset(str(folder), view, split="train", cache_dir=str(folder / "cache"))


def entities(row: dict, names: list[str]) -> list[tuple[str, str]]:
    """Returns (label, quote) of the entities that the tags of an article mark, read from the published text."""
    found: list[list] = []
    for tag, (start, end) in zip(row["ner_tags"], row["token_offsets"], strict=True):
        name = names[tag]
        if name.startswith("B-"):
            found.append([name[2:], start, end])
        elif name.startswith("I-") and found:
            found[-1][2] = end
    return [(label, row["text"][start:end]) for label, start, end in found]


def main() -> None:
    """Prints how often each label occurs, and the first quotes."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = load(Path(sys.argv[1]), sys.argv[2], Path(folder))
        names = corpus.features["ner_tags"].feature.names
        said = [pair for row in corpus for pair in entities(row, names)]
        print(f"{len(corpus)} articles, {Counter(label for label, _quote in said).most_common()}")
        for label, quote in said[:10]:
            print(f"{label}\t{quote}")


if __name__ == "__main__":
    main()

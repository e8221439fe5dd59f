"""Trains spaCy's entity recogniser on an export, and says how well it does on what it has not seen.

    manage.py export_corpus demo --format spacy --kind gold --output corpus.spacy.zip
    python docs/examples/train_spacy.py corpus.spacy.zip gold --epochs 30 --output model

Needs `pip install spacy`.
"""

import argparse
import random
import zipfile
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin
from spacy.training import Example


def documents(archive: Path, view: str) -> list[Doc]:
    """Reads the documents of one view: `gold`, or an annotator's pseudonym."""
    vocab = spacy.blank("fa").vocab
    with zipfile.ZipFile(archive) as files:
        names = [name for name in files.namelist() if name.startswith(f"{view}/") and name.endswith(".spacy")]
        return [doc for name in names for doc in DocBin().from_bytes(files.read(name)).get_docs(vocab)]


def sentences(docs: list[Doc]) -> list[Doc]:
    """Returns the sentences as documents of their own: an article is long for one step of training."""
    return [sentence.as_doc() for doc in docs for sentence in doc.sents if len(sentence) > 1]


def train(docs: list[Doc], *, epochs: int, seed: int = 1, drop: float = 0.2) -> spacy.Language:
    """Returns a pipeline with an entity recogniser trained on the documents."""
    spacy.util.fix_random_seed(seed)
    nlp = spacy.blank("fa")
    recogniser = nlp.add_pipe("ner")
    for label in sorted({entity.label_ for doc in docs for entity in doc.ents}):
        recogniser.add_label(label)
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs]
    optimizer = nlp.initialize(lambda: examples)
    dice = random.Random(seed)
    for _epoch in range(epochs):
        dice.shuffle(examples)
        for batch in spacy.util.minibatch(examples, size=8):
            nlp.update(batch, sgd=optimizer, drop=drop)
    return nlp


def main() -> None:
    """Trains on four fifths of the sentences, and evaluates on the rest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("view")
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    known = sentences(documents(options.archive, options.view))
    held_out = known[::5]
    nlp = train([doc for at, doc in enumerate(known) if at % 5], epochs=options.epochs)
    found = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in held_out])
    print(f"{len(known)} sentences, F1 on {len(held_out)} unseen ones: {found['ents_f'] or 0:.3f}")
    if options.output:
        nlp.to_disk(options.output)


if __name__ == "__main__":
    main()

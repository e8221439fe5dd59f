"""The examples that train and load: run as written, on exports of the few articles that every format is tried on."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from spacy.training import Example

from tests.exporters.corpus import written

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_spacy_learns_the_entities_it_was_shown(tmp_path: Path) -> None:
    archive = tmp_path / "corpus.spacy.zip"
    archive.write_bytes(written("spacy"))
    module = example("train_spacy")
    docs = module.documents(archive, "gold")
    nlp = module.train(docs, epochs=60, drop=0)
    assert nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in docs])["ents_f"] > 0.8
    assert ("PER", "کیم جونگ اون") in {(ent.label_, ent.text) for ent in nlp(docs[0].text).ents}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_hugging_face_reads_the_quotes_of_the_published_text(tmp_path: Path) -> None:
    archive = tmp_path / "corpus.hf.zip"
    archive.write_bytes(written("hf"))
    module = example("load_hugging_face")
    corpus = module.load(archive, "gold", tmp_path / "folder")
    names = corpus.features["ner_tags"].feature.names
    found = [pair for row in corpus for pair in module.entities(row, names)]
    assert ("PER", "کیم جونگ اون") in found
    assert {f"B-{label}" for label, _quote in found} <= set(names)

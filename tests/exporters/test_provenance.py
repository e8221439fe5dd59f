"""Does a gold set say from where its annotations come, and does that come in again?"""

import json
import uuid

import jsonschema
import pytest

from annotations.actions import adjudication
from annotations.actions.adjudication import Said
from annotations.actions.demonstration import load_demonstration
from annotations.models import Article, Project, Provenance, SetKind, User
from annotations.queries.adjudication import load_dossier
from tests.exporters.test_round_trip import SCHEMA, empty_project, exported, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    """The demonstration with what is agreed accepted, and a boundary that is nobody's."""
    load_demonstration()
    project, reviewer = Project.objects.get(), User.objects.get(username="reviewer")
    article = Article.objects.get(headline__startswith="استاندار: ")
    adjudication.accept_agreed(project, article, by=reviewer, step=str(uuid.uuid4()))
    unit = next(unit for unit in load_dossier(project, article).case.open_units() if unit.kind == "boundary")
    start = article.text.index("گزارش خبرگزاری البرز")
    own = ((start, start + len("گزارش خبرگزاری البرز")),)
    said = Said(
        unit=unit.key, seen=unit.fingerprint, take=(unit.candidates[0].key,), own=own, quote="گزارش خبرگزاری البرز"
    )
    adjudication.decide(project, article, said, by=reviewer, step=str(uuid.uuid4()))
    return project


def test_each_annotation_of_adjudicated_gold_names_those_it_comes_from(project: Project) -> None:
    records = [json.loads(line) for line in exported(project).splitlines()]
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for record in records:
        validator.validate(record)
    sets = {work["id"]: work for record in records for work in record["annotation_sets"]}
    golds = [work for work in sets.values() if work["kind"] == "gold"]
    # The seed's gold was not made here; it says nothing of where it comes from.
    assert ["provenance" in work for work in golds].count(True) == 1
    work = next(work for work in golds if "provenance" in work)
    stated = {one["id"]: one["sources"] for one in work["provenance"]}
    assert set(stated) == {span["id"] for span in work["spans"]}
    quotes = {span["id"]: span["quote"] for span in work["spans"]}
    for uid, sources in stated.items():
        there = [span["quote"] for set_id, of in sources for span in sets[set_id]["spans"] if span["id"] == of]
        own = quotes[uid] == "گزارش خبرگزاری البرز"
        assert there == ([] if own else [quotes[uid]] * 3)
    assert not any("provenance" in work for work in sets.values() if work["kind"] != "gold")


def test_provenance_comes_in_again_to_the_byte(project: Project) -> None:
    lines = exported(project)
    stored = Provenance.objects.filter(gold__kind=SetKind.GOLD).count()
    elsewhere = empty_project(User.objects.get(username="manager"))
    assert not imported(elsewhere, lines).failures
    assert exported(elsewhere) == lines
    assert Provenance.objects.filter(gold__project=elsewhere).count() == stored == 12

"""Are the figures of the demonstration's three sets those that the documentation works out by hand?"""

import re
from importlib import import_module

import pytest
from django.apps import apps

from annotations.actions.demonstration import load_demonstration
from annotations.agreement.report import Agreement
from annotations.models import Article, Project, ProjectArticle
from annotations.queries.agreement import label_kinds, shared
from annotations.queries.records import records_on
from tests.shape.files import ROOT

DOCUMENT = ROOT / "docs" / "adjudication.md"
ROW = re.compile(r"^\| ([^|]+?) \| `([^`]+)` \| ([\d.]+) \|$", re.MULTILINE)


def worked_out() -> dict[str, tuple[str, float]]:
    """The calculation and the value of each figure in the table."""
    return {name: (how, float(value)) for name, how, value in ROW.findall(DOCUMENT.read_text(encoding="utf-8"))}


def test_the_calculations_give_the_values_beside_them() -> None:
    for name, (how, value) in worked_out().items():
        written = how.split(" = ")[0].replace("·", "*").replace("−", "-").replace("²", "**2")
        assert re.fullmatch(r"[\d\s.+*/()-]+", written), name
        assert eval(written) == pytest.approx(value, abs=0.0005), name


@pytest.mark.django_db
def test_the_program_gives_the_values_worked_out_by_hand() -> None:
    load_demonstration()
    project = Project.objects.get()
    article = Article.objects.get(headline__startswith="استاندار: ")
    agreement = Agreement(label_kinds(project))
    agreement.add(records_on(shared(project), [article.pk])[article.pk])
    report = agreement.report()
    figures = {
        "span F1, exact": report.exact.value,
        "span F1, partial": report.partial.value,
        "relation F1": report.relations.value,
        "relation F1 on matched spans": report.relations_on_matched_spans.value,
        "alpha over words, entities": report.alpha["entity"].value,
        "alpha of the category": report.documents[0].alpha.value,
        "agreement of the article": ProjectArticle.objects.get(article=article).agreement,
    }
    # Who had sets before the table of places knew of agreement gets the same from the migration.
    ProjectArticle.objects.update(agreement=None)
    import_module("annotations.migrations.0014_teamwork").keep_agreement(apps, None)
    migrated = ProjectArticle.objects.exclude(agreement=None).get()
    assert (migrated.article, migrated.agreement) == (article, pytest.approx(figures["agreement of the article"]))
    by_hand = {name: value for name, (_how, value) in worked_out().items()}
    assert {name: pytest.approx(value, abs=0.0005) for name, value in figures.items()} == by_hand

"""Does an import leave the process as it found it, and of what records define just what stored ones name?"""

import gc
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from annotations.actions import imports
from annotations.actions.imports import ImportReport, import_chunks, import_drafts
from annotations.actions.ranks import rank_places
from annotations.importers import IMPORTERS
from annotations.models import (
    Article,
    ArticleLabel,
    Entity,
    Label,
    Project,
    ProjectArticle,
    QueueOrder,
    Relation,
    Span,
    Topic,
)
from annotations.queries.project_consequences import offered_orders
from annotations.records import (
    ArticleLabelRecord,
    Draft,
    DraftRelation,
    DraftSet,
    DraftSpan,
    EntityRecord,
    LabelTitle,
    TopicRecord,
)
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(imports, "BATCH", 2)
    return make_cast()


def drafts(read: list[bool]) -> Iterator[tuple[int, Draft]]:
    """Yields four drafts and notes whether garbage is collected while they are read."""
    for number in range(4):
        read.append(gc.isenabled())
        yield number, Draft(text=f"خبر {number}")


def test_garbage_is_collected_between_the_chunks_and_while_they_are_read_but_not_while_they_are_stored(
    cast: Cast,
) -> None:
    read: list[bool] = []
    stored: list[bool] = []
    reports = import_chunks(
        cast.project, drafts(read), by=None, within=lambda report, count: stored.append(gc.isenabled())
    )
    between = [gc.isenabled() for _report in reports]
    assert (read, stored, between) == ([True] * 4, [False] * 2, [True] * 2)


def test_garbage_is_collected_again_after_a_chunk_that_failed(cast: Cast) -> None:
    def fail(report: ImportReport, count: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        list(import_chunks(cast.project, drafts([]), by=None, within=fail))
    assert gc.isenabled()
    assert Article.objects.count() == 0


def test_who_collects_no_garbage_goes_on_without(cast: Cast) -> None:
    gc.disable()
    try:
        list(import_chunks(cast.project, drafts([]), by=None))
        assert not gc.isenabled()
    finally:
        gc.enable()


def predicted(number: int, score: Any, *regions: Any) -> dict[str, Any]:
    """A task of Label Studio that a program has looked at."""
    results = [
        {"id": f"r{at}", "type": "labels", "value": {"start": 0, "end": 3, "labels": ["LOC"]}, "score": region}
        for at, region in enumerate(regions)
    ]
    return {"data": {"text": f"خبر {number}"}, "predictions": [{"result": results, "score": score}]}


@pytest.mark.parametrize(
    ("importer", "records"),
    [
        ("label-studio", [predicted(0, 0.75), predicted(1, 0.9, 0.25, 1), predicted(2, 7), predicted(3, None)]),
        ("prodigy", [
            {"text": "خبر ۰", "meta": {"score": 0.75}},
            {"text": "خبر ۱", "score": 0.9, "spans": [{"start": 0, "end": 3, "label": "LOC", "score": 0.25}]},
            {"text": "خبر ۲", "score": -1, "answer": "accept"},
            {"text": "خبر ۳", "meta": {"score": True}},
        ]),
    ],
)  # fmt: skip
def test_what_a_program_was_least_sure_of_may_be_read_first(
    cast: Cast, importer: str, records: list[dict[str, Any]]
) -> None:
    assert QueueOrder.UNCERTAINTY not in offered_orders(cast.project)
    lines = "\n".join(map(json.dumps, records)) if importer == "prodigy" else json.dumps(records)
    list(import_chunks(cast.project, IMPORTERS[importer].read(io.BytesIO(lines.encode()), {}), by=None))
    places = ProjectArticle.objects.filter(project=cast.project).order_by("pk")
    assert list(places.values_list("uncertainty", flat=True)) == [0.25, 0.75, None, None]
    assert QueueOrder.UNCERTAINTY in offered_orders(cast.project)
    Project.objects.filter(pk=cast.project.pk).update(queue_order=QueueOrder.UNCERTAINTY)
    rank_places(Project.objects.get(pk=cast.project.pk))
    assert list(places.order_by("rank", "pk").values_list("pk", flat=True))[:2] == [places[1].pk, places[0].pk]


def test_a_score_that_comes_again_takes_the_place_of_the_one_before(cast: Cast) -> None:
    def bring(*tasks: dict[str, Any]) -> tuple[int, int, list[float | None]]:
        report = import_drafts(
            cast.project, IMPORTERS["label-studio"].read(io.BytesIO(json.dumps(tasks).encode()), {}), by=None
        )
        places = ProjectArticle.objects.filter(project=cast.project).order_by("pk")
        return report.stored, report.skipped, list(places.values_list("uncertainty", flat=True))

    assert bring(predicted(0, 0.75), predicted(1, 0.5)) == (2, 0, [0.25, 0.5])
    ProjectArticle.objects.update(rank=1)
    assert bring(predicted(0, 0.25), predicted(1, 0.5)) == (1, 1, [0.75, 0.5])
    assert list(ProjectArticle.objects.order_by("pk").values_list("rank", flat=True)) == [None, 1]
    assert bring(predicted(0, 0.25), predicted(1, None)) == (0, 2, [0.75, 0.5])
    assert bring(predicted(0, 0.5), predicted(0, 0.75), predicted(0, 0.75)) == (2, 1, [0.25, 0.5])


NEW = LabelTitle("NEW", "entity", "تازه", "New")
VIEW = LabelTitle("view", "article", "نگاه", "View")
TEHRAN = EntityRecord("teh", "LOC", "تهران", "Tehran", "Q3616", ())
TAX = TopicRecord("tax", "مالیات", "Tax", "")


@pytest.mark.parametrize(
    ("defined", "work"),
    [
        ({"labels": (NEW,)}, DraftSet(spans=(DraftSpan("NEW", ((0, 3),), "خبر"),))),
        ({"entities": (TEHRAN,)}, DraftSet(spans=(DraftSpan("LOC", ((0, 3),), "خبر", entity="teh"),))),
        ({"topics": (TAX,)}, DraftSet(labels=(ArticleLabelRecord("view", "tax", "yes"),))),
        ({"topics": (TAX,)}, DraftSet(
            spans=(DraftSpan("EXPRESSION", ((0, 3),), "خبر", id="s"),),
            relations=(DraftRelation("stance", "implicit", "topic:tax", via="s", attributes={"polarity": "FAVOR"}),),
        )),
    ],
    ids=["label", "entity", "topic", "end"],
)  # fmt: skip
def test_what_only_a_refused_record_defines_stays_where_a_record_that_comes_in_bears_it(
    cast: Cast, defined: dict[str, Any], work: DraftSet
) -> None:
    refused = Draft(text="خبر یک", annotation_sets=(DraftSet(kind="nothing such"),), **defined)
    bearing = Draft(text="خبر دو", annotation_sets=(work,), **({"labels": (VIEW,)} if work.labels else {}))
    report = import_drafts(cast.project, [(1, refused), (2, bearing)], by=None)
    assert [failure.code for failure in report.failures] == ["set_kind_unknown"]
    assert (report.stored, Article.objects.count()) == (1, 1)
    held = (Span.objects.filter(label__key="NEW"), Span.objects.filter(entity__key="teh"),
            ArticleLabel.objects.filter(topic__key="tax"), Relation.objects.filter(tail_topic__key="tax"))  # fmt: skip
    assert [rows.count() for rows in held].count(1) == 1


def test_what_only_refused_records_define_and_bear_goes_again(cast: Cast) -> None:
    work = DraftSet(kind="nothing such", spans=(DraftSpan("NEW", ((0, 3),), "خبر", entity="teh"),))
    refused = Draft(text="خبر", labels=(NEW,), entities=(TEHRAN,), topics=(TAX,), annotation_sets=(work,))
    import_drafts(cast.project, [(1, refused), (2, Draft(text="خبر دو"))], by=None)
    assert not Label.objects.filter(key="NEW").exists()
    assert not Entity.objects.filter(key="teh").exists()
    assert not Topic.objects.filter(key="tax").exists()

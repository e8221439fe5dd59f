"""How far is agreed on an article is kept beside it, whenever a set is handed in, taken back or comes in finished."""

from collections.abc import Iterable

from django.db.models import Count

from annotations.actions.slots import hold_places
from annotations.agreement.articles import mean_f1
from annotations.models import AnnotationSet, Project, ProjectArticle, QueueOrder, SetKind
from annotations.queries.records import records_on
from annotations.queries.selection import Selection
from annotations.states import FINISHED

BATCH = 100


def keep_agreement(project: Project, article_ids: Iterable[int]) -> None:
    """Measures these articles again, those with two finished sets or more; within the transaction that changed one.

    Their places are locked first: of two sets handed in at once, each transaction would see its own alone.
    """
    asked = set(article_ids)
    hold_places(project.pk, asked)
    places = ProjectArticle.objects.filter(project=project)
    finished = AnnotationSet.objects.filter(
        project=project, article__in=asked, kind=SetKind.ANNOTATOR, status__in=FINISHED
    )
    several = finished.order_by().values("article").annotate(n=Count("pk")).filter(n__gt=1)
    shared = sorted(several.values_list("article", flat=True))
    places.filter(article__in=asked.difference(shared), agreement__isnull=False).update(agreement=None)
    selection = Selection(project=project, kinds=(SetKind.ANNOTATOR,), statuses=FINISHED)
    for at in range(0, len(shared), BATCH):
        for article_id, record in records_on(selection, shared[at : at + BATCH]).items():
            places.filter(article=article_id).update(agreement=mean_f1(record.annotation_sets))
    if project.ranked_by == QueueOrder.DISAGREEMENT:
        places.filter(article__in=asked).update(rank=None)  # the queue ranks them anew

"""How far do a project's annotators agree? Its finished sets, streamed through the measures; what was last found."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Sum

from annotations.agreement.report import Agreement, Cell
from annotations.models import AgreementReport, Job, Label, Project, ProjectArticle, SetKind
from annotations.policy import AGREEMENT
from annotations.queries.records import stream_records
from annotations.queries.selection import Selection
from annotations.states import FINISHED

FEWEST_ARTICLES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared(Selection):
    """A selection of articles on which at least two of the chosen sets stand."""

    def articles(self) -> QuerySet[ProjectArticle]:
        """The shared articles' places in the project, in the order they came in."""
        another = self.sets().filter(article=OuterRef("article"), id__gt=OuterRef("id"))
        two = self.sets().filter(Exists(another), article=OuterRef("article"))
        return Selection.articles(self).filter(Exists(two))


def shared(project: Project, *, source: str = "") -> Shared:
    """Returns what is measured: articles that two annotators have handed in; open work says nothing yet."""
    return Shared(project=project, kinds=(SetKind.ANNOTATOR,), statuses=FINISHED, source=source)


def label_kinds(project: Project) -> dict[str, str]:
    """Returns of which kind each label key is."""
    return dict(Label.objects.filter(project=project).values_list("key", "kind"))


def project_agreement(project: Project, *, source: str = "") -> Agreement:
    """Counts all shared articles of a project at once."""
    agreement = Agreement(label_kinds(project))
    for record in stream_records(shared(project, source=source)):
        agreement.add(record)
    return agreement


def fingerprint(project: Project) -> str:
    """Returns what changes when a finished set comes, goes or is edited."""
    found = shared(project).sets().aggregate(Count("pk"), Sum("pk"), Sum("version"), Max("submitted_at"))
    return " ".join(str(value) for value in found.values())


def last_report(project: Project) -> AgreementReport | None:
    """Returns the newest figures, whose examples are read when they are asked for."""
    made = AgreementReport.objects.filter(project=project).exclude(made_at=None)
    return made.defer("examples", "state").order_by("-made_at", "-pk").first()


def last_job(project: Project) -> Job | None:
    """Returns the newest measuring of a project, whatever became of it."""
    return Job.objects.filter(project=project, kind=AGREEMENT).order_by("-pk").first()


def place_of(project: Project, uid: str) -> int:
    """Returns the id of an article's place in the project: where a stream of records goes on."""
    return ProjectArticle.objects.values_list("pk", flat=True).get(project=project, article__uid=uid)


def parse_cell(said: str) -> Cell:
    """Reads a cell of the confusion matrix, `MED:ORG`; a side that is empty stands for nothing."""
    one, _, other = said.partition(":")
    return one or None, other or None


def examples_of(report: AgreementReport, cell: Cell) -> list[dict[str, Any]]:
    """Returns the kept examples of one cell of the confusion matrix."""
    return [found for found in report.examples if (found["one"], found["other"]) == cell]

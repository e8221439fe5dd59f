"""How far do a project's annotators agree? Its finished sets, streamed through the measures."""

from annotations.agreement.report import Agreement
from annotations.models import Label, Project, SetKind, SetStatus
from annotations.queries.records import stream_records
from annotations.queries.selection import Selection

FINISHED = (SetStatus.SUBMITTED, SetStatus.ACCEPTED)


def project_agreement(project: Project, *, source: str = "") -> Agreement:
    """Counts the articles of a project that two annotators or more have handed in; open work says nothing yet."""
    kinds = dict(Label.objects.filter(project=project).values_list("key", "kind"))
    agreement = Agreement(kinds)
    selection = Selection(project=project, kinds=(SetKind.ANNOTATOR,), statuses=FINISHED, source=source)
    for record in stream_records(selection):
        agreement.add(record)
    return agreement

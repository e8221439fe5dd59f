"""What waits for somebody? Work handed in and returned, jobs that failed, messages that nobody took."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from annotations import policy
from annotations.models import Delivery, DeliveryState, JobState, SetStatus, User

SETS, JOBS = "admin:annotations_annotationset_changelist", "admin:annotations_job_changelist"
DELIVERIES = "admin:annotations_delivery_changelist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much of what waits, and the page of the admin with the filter that lists it."""

    key: str
    title: str
    count: int
    page: str
    query: str


def waiting(user: User) -> list[Waiting]:
    """Counts what waits among what the person may see: three queries."""
    states = policy.visible_sets(user).aggregate(
        submitted=Count("pk", filter=Q(status=SetStatus.SUBMITTED)),
        returned=Count("pk", filter=Q(status=SetStatus.RETURNED)),
    )
    failed = policy.visible_jobs(user).filter(state=JobState.FAILED).count()
    lost = Delivery.objects.filter(
        state=DeliveryState.FAILED, webhook__project__in=policy.managed_projects(user).order_by().values("pk")
    ).count()
    return [
        Waiting(
            key="submitted", title=_("handed in, to be reviewed"), count=states["submitted"], page=SETS,
            query="status__exact=submitted",
        ),
        Waiting(
            key="returned", title=_("returned, to be done again"), count=states["returned"], page=SETS,
            query="status__exact=returned",
        ),
        Waiting(key="failed", title=_("failed jobs"), count=failed, page=JOBS, query="state__exact=failed"),
        Waiting(
            key="undelivered", title=_("messages that were not delivered"), count=lost, page=DELIVERIES,
            query="state__exact=failed",
        ),
    ]  # fmt: skip

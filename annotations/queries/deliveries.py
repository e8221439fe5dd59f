"""What became of the messages to a webhook?"""

from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from annotations.models import Delivery, DeliveryState, Project, Webhook

PAGE = 30


def webhooks_of(project: Project) -> QuerySet[Webhook]:
    """Returns a project's webhooks with how many messages wait, arrived and were given up."""
    counted = {state.value: Count("deliveries", filter=Q(deliveries__state=state)) for state in DeliveryState}
    return Webhook.objects.filter(project=project).annotate(**counted).order_by("id")


class DeliveriesPage(NamedTuple):
    """Messages newest first; `older` is the id to go on below, None where the list ends."""

    rows: list[Delivery]
    older: int | None


def deliveries_page(webhook: Webhook, *, before: int | None = None) -> DeliveriesPage:
    """Reads a page of a webhook's messages."""
    rows = Delivery.objects.filter(webhook=webhook)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return DeliveriesPage(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)

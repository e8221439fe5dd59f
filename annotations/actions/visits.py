"""How is time on task written down? As the seconds of a visit, which only grow."""

from datetime import timedelta

from django.utils import timezone

from annotations.actions.turns import write_turn
from annotations.models import AnnotationSet, User, Visit


def report_visit(annotation_set: AnnotationSet, *, by: User, uid: str, seconds: int) -> None:
    """Writes down that a visit has come to so many seconds of work. Said again, or late, it changes nothing.

    The set must have come through the policy. A visit of somebody else's, or to another set, stays as it is. Raises
    AnnotationSet.DoesNotExist where the set has gone meanwhile.
    """
    now = timezone.now()
    with write_turn():
        AnnotationSet.objects.select_for_update(no_key=True).only("pk").get(pk=annotation_set.pk)
        fresh = {"user": by, "annotation_set": annotation_set, "seconds": seconds, "updated_at": now}
        _, made = Visit.objects.get_or_create(uid=uid, defaults=fresh | {"began_at": now - timedelta(seconds=seconds)})
        if not made:
            grown = Visit.objects.filter(uid=uid, user=by, annotation_set=annotation_set, seconds__lt=seconds)
            grown.update(seconds=seconds, updated_at=now)

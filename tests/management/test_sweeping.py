"""Does a worker sweep up what lies, and does the doctor see slots and changes of status that don't fit the sets?"""

from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotations.actions.transitions import move
from annotations.management.commands.db_worker import Worker
from annotations.models import AnnotationSet, Project, ProjectArticle, StatusChange
from tests.factories import make_cast, make_set

pytestmark = pytest.mark.django_db


def test_a_workers_sign_of_life_gives_back_what_lies() -> None:
    work = make_set(make_cast())
    Project.objects.update(timeout_hours=1)
    AnnotationSet.objects.update(updated_at=timezone.now() - timedelta(hours=2))
    Worker._sign_of_life(SimpleNamespace(worker_id="w", tidy_now_and_then=lambda: None))
    work.refresh_from_db()
    assert work.status == "given_back"


def complaints() -> str:
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", stderr=said)
    return said.getvalue()


def test_the_doctor_counts_the_slots() -> None:
    make_set(make_cast())
    ProjectArticle.objects.update(taken=3)
    assert "3 slots are said to be taken, and 1 sets hold one" in complaints()


def test_the_doctor_follows_the_changes_of_status() -> None:
    cast = make_cast()
    work = make_set(cast)
    move(work, "submit", by=cast.annotator)
    AnnotationSet.objects.update(status="accepted")
    assert "the status is accepted, and its changes end in submitted" in complaints()
    AnnotationSet.objects.update(status="submitted")
    StatusChange.objects.filter(transition="submit").update(source="returned")
    assert "does not begin where the one before it ended" in complaints()

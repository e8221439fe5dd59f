"""What does `manage.py agreement` print?"""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotations.models import AnnotationSet, SetKind, SetStatus
from annotations.queries.agreement import project_agreement
from tests.factories import make_cast

pytestmark = pytest.mark.django_db


def demonstration(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    call_command("demo", loopback=True, stdout=StringIO())


def test_the_demonstrations_agreement_is_that_of_its_two_annotators(settings: Any) -> None:
    demonstration(settings)
    seed = AnnotationSet.objects.get(kind=SetKind.GOLD).article
    AnnotationSet.objects.filter(kind=SetKind.ANNOTATOR).update(status=SetStatus.IN_PROGRESS)
    AnnotationSet.objects.filter(kind=SetKind.ANNOTATOR, article=seed).update(status=SetStatus.SUBMITTED)
    said = StringIO()
    call_command("agreement", "demo", stdout=said)
    lines = {line[:32].strip(): line[32:].split() for line in said.getvalue().splitlines()}
    assert lines["span F1, exact"][0] == "0.764"
    assert lines["LOC"][1] == "0.899"
    assert lines["category"][:2] == ["1", "1.000"]


def test_work_in_progress_says_nothing_of_agreement(settings: Any) -> None:
    demonstration(settings)
    AnnotationSet.objects.filter(kind=SetKind.ANNOTATOR).update(status=SetStatus.IN_PROGRESS)
    with pytest.raises(CommandError, match="No article"):
        call_command("agreement", "demo")


def test_an_unknown_project_has_no_agreement() -> None:
    make_cast()
    with pytest.raises(CommandError, match="no project"):
        call_command("agreement", "nothing")


def test_one_persons_work_is_no_agreement() -> None:
    cast = make_cast()
    assert project_agreement(cast.project).report().articles == 0

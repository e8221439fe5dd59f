"""Does the project to look at stand as it is said to?"""

import pytest

from annotations.jobs.agreement import measure
from annotations.models import User
from annotations.queries.dashboard import scope_from
from annotations.queries.dashboard_figures import Figures
from annotations.queries.dashboard_progress import Stage
from tests.busy_project import Plan, make_busy_project
from tests.work import NOON


@pytest.mark.django_db
def test_the_busy_project_has_work_of_every_kind() -> None:
    plan = Plan(articles=30, gold=12, review=3, in_hand=4, assigned=5)
    project = make_busy_project(now=NOON, plan=plan)
    manager = User.objects.get(username="radm")
    measure(project, by=manager)
    figures = Figures(scope_from({}, project=project, by=manager))
    assert figures.progress.stages == {
        Stage.GOLD: 12, Stage.REVIEW: 3, Stage.IN_HAND: 4, Stage.ASSIGNED: 5, Stage.FREE: 6,
    }  # fmt: skip
    assert figures.network.total == 24
    assert all(one.f1 is not None for one in figures.people if one.stages[Stage.GOLD])
    assert len(figures.trend.points) == 9

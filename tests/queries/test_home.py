"""What does the home page cost, and are its figures those of each project?"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.actions.projects import create_project
from annotations.queries.home import load_home
from tests.factories import make_article, make_cast, make_set

pytestmark = pytest.mark.django_db


def test_the_projects_that_somebody_manages_cost_one_query_however_many_they_are() -> None:
    cast = make_cast()
    make_set(cast)
    make_article(cast.project, "خبری دیگر\n\nمتن")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            load_home(cast.manager)
        return len(queries)

    few = count()
    for number in range(3):
        make_article(create_project(title=f"{number}", slug=f"p{number}", by=cast.manager), "خبر")
    assert count() == few
    figures = {one.project.slug: (one.articles, one.unassigned, one.open) for one in load_home(cast.manager).managed}
    assert figures == {"test": (2, 1, 1), "p0": (1, 1, 0), "p1": (1, 1, 0), "p2": (1, 1, 0)}

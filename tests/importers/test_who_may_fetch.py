"""Who may have the server fetch an address: managers, unless the setting names others."""

from typing import Any

import pytest

from annotations.policy import can_fetch
from tests.factories import make_cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("roles", "allowed"),
    [
        (["manager"], {"manager", "admin"}),
        (["manager", "reviewer"], {"manager", "admin", "reviewer"}),
        (["manager", "reviewer", "annotator"], {"manager", "admin", "reviewer", "annotator", "annotator2"}),
        ([], set()),
    ],
)
def test_only_the_roles_of_the_setting_may_fetch(settings: Any, roles: list[str], allowed: set[str]) -> None:
    settings.FETCH_ROLES = roles
    cast = make_cast()
    people = ("annotator", "annotator2", "reviewer", "manager", "admin", "outsider")
    assert {name for name in people if can_fetch(getattr(cast, name), cast.project)} == allowed


def test_annotators_may_not_by_default(settings: Any) -> None:
    assert settings.FETCH_ROLES == ["manager"]

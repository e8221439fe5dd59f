"""Do staff who review read who wrote what? Not in any table of the admin: names are for those who manage."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client

from annotations.actions.comments import write_comment
from annotations.admin.people import NamingAdmin
from annotations.models import (
    AnnotationSet,
    BulkEdit,
    BulkEditPart,
    Dismissal,
    Membership,
    Propagation,
    ReadMark,
    User,
    Visit,
)
from annotations.models.fields import new_uid
from tests.admin.conftest import changed, listed
from tests.factories import Cast

pytestmark = pytest.mark.django_db
NAME = "شهرزاد"
MODELS = [model for model, page in admin.site._registry.items() if isinstance(page, NamingAdmin)]


@pytest.fixture
def rows(cast: Cast, work: AnnotationSet) -> None:
    """A row of the annotator's in each of the tables."""
    by = cast.annotator
    User.objects.filter(pk=by.pk).update(first_name=NAME)
    write_comment(work, by=by, uid=new_uid(), text="زیرا")
    Visit.objects.create(annotation_set=work, user=by, uid=new_uid(), seconds=9)
    Dismissal.objects.create(annotation_set=work, user=by, kind="edge", thing="span:1")
    ReadMark.objects.get_or_create(annotation_set=work, user=by, defaults={"upto": 1})
    step = BulkEdit.objects.create(uid=new_uid(), project=work.project, made_by=by)
    BulkEditPart.objects.create(bulk_edit=step, annotation_set=work)
    Propagation.objects.create(
        uid=new_uid(), project=work.project, created_by=by, words="کیم", whole=True, label_key="PER"
    )


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_reviewers_read_pseudonyms_where_managers_read_names(
    work: AnnotationSet, rows: None, staff: User, model: type[Model]
) -> None:
    client = Client()
    client.force_login(staff)

    def read() -> str:
        pages = [client.get(listed(model)), *(client.get(changed(row)) for row in model._default_manager.all())]
        assert {page.status_code for page in pages} == {200}
        return "".join(page.content.decode() for page in pages)

    Membership.objects.filter(user=staff).update(role="reviewer")
    assert NAME not in (reviewed := read())
    Membership.objects.filter(user=staff).update(role="manager")
    managed = read()
    if model._default_manager.exists():
        assert NAME in managed
        assert work.pseudonym in reviewed


def test_who_returns_work_reads_no_name_on_the_page_that_asks_why(work: AnnotationSet, rows: None, staff: User) -> None:
    client = Client()
    client.force_login(staff)
    for role, name in (("reviewer", work.pseudonym), ("manager", NAME)):
        Membership.objects.filter(user=staff).update(role=role)
        page = client.post(listed(AnnotationSet), {"action": "return_sets", "_selected_action": [work.pk]})
        assert (name in page.content.decode(), NAME in page.content.decode()) == (True, role == "manager")


@pytest.mark.parametrize("row", [Visit(user_id=77, seconds=9), ReadMark(user_id=77, upto=3)], ids=["visit", "mark"])
def test_no_row_is_titled_by_the_number_of_an_account(row: Model) -> None:
    # Staff who see accounts would read the name there.
    assert "77" not in str(row)


def test_reviewers_do_not_find_rows_by_whose_they_are(work: AnnotationSet, rows: None, staff: User) -> None:
    client = Client()
    client.force_login(staff)
    Membership.objects.filter(user=staff).update(role="reviewer")
    for name in ("AnnotationSet", "Visit"):
        page = client.get(listed(apps.get_model("annotations", name)), {"q": "annotator"})
        assert page.context["cl"].result_count == 0
    page = client.get(listed(Visit), {"user__id__exact": work.annotator_id})
    assert page.status_code == 400

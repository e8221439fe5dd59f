"""Can staff look through every table, without a query for each row, and see only what the policy shows them?"""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.actions.transitions import move
from annotations.models import (
    AgreementReport,
    AnnotationSet,
    BulkEdit,
    BulkEditPart,
    Delivery,
    DeliveryState,
    Membership,
    ProjectChange,
    Propagation,
    SchemeDraft,
    StatusChange,
    User,
    Webhook,
)
from annotations.models.fields import new_uid
from annotations.queries.waiting import waiting
from tests.admin.conftest import changed, listed, worked
from tests.factories import EMOJI_TEXT, Cast, make_user, perform, span_op

pytestmark = pytest.mark.django_db
# What unblinds, or is for managers only: each has a row of the project's, none of them made by the staff.
REVIEWED = ["AgreementReport", "BulkEdit", "BulkEditPart", "Propagation"]
MANAGED = ["Delivery", "Membership", "ProjectChange", "SchemeDraft", "Webhook"]
MODELS = list(apps.get_app_config("annotations").get_models())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_table_has_its_list_and_its_page(client: Client, work: AnnotationSet, model: type[Model]) -> None:
    assert model in admin.site._registry
    assert client.get(listed(model)).status_code == 200
    assert client.get(listed(model), {"q": "نفت"}).status_code in (200, 302)
    for row in model._default_manager.all()[:1]:
        page = client.get(changed(row))
        assert page.status_code == 200
        assert "style=" not in re.sub(r"<svg.*?</svg>", "", page.content.decode(), flags=re.DOTALL)


def test_a_list_of_many_costs_as_many_queries_as_one_of_few(
    cast: Cast, client: Client, work: AnnotationSet, subtests: pytest.Subtests
) -> None:
    def count(model: type[Model]) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(listed(model)).status_code == 200
        return len(queries)

    few = {model: (count(model), count(model))[1] for model in MODELS}  # at first what is asked once and for all, too
    for number in range(3):
        worked(cast, f"{EMOJI_TEXT} {number}")
        make_user(f"another{number}")
    for model in MODELS:
        with subtests.test(model=model.__name__):
            assert count(model) == few[model]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_a_list_shows_of_other_tables_is_read_along(model: type[Model]) -> None:
    shown = admin.site._registry[model]
    fields = {field.name: field for field in model._meta.fields if field.is_relation}
    along = set(shown.list_select_related or ())
    for name in filter(lambda name: name in fields, shown.list_display):
        # A set is called by its article.
        wanted = f"{name}__article" if fields[name].related_model is AnnotationSet else name
        assert any(way == wanted or way.startswith(f"{wanted}__") for way in along), name


def test_a_set_of_many_spans_costs_its_page_as_many_queries_as_one_of_few(client: Client, work: AnnotationSet) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(changed(work))
        assert "«کیم جونگ اون»" in page.content.decode()
        return len(queries)

    count()  # what is asked once and for all
    few = count()
    perform(work, *[span_op(EMOJI_TEXT, "روسیه", "LOC") for _span in range(12)])
    assert count() == few


def test_revisions_read_as_sentences(cast: Cast, client: Client, work: AnnotationSet) -> None:
    cast.admin.language = "en"
    cast.admin.save()
    html = client.get(reverse("admin:annotations_revision_changelist")).content.decode()
    assert "<bdi>annotator</bdi> marked <bdi>«کیم جونگ اون»</bdi> as <bdi>Person</bdi>" in html
    assert "took the mark <bdi>Location</bdi> off <bdi>«تهران»</bdi>" in html
    steps = client.get(reverse("admin:annotations_revisionstep_changelist")).content.decode()
    assert "<bdi>annotator</bdi> restored version <bdi>4</bdi>" in steps
    moves = client.get(changed(work)).content.decode()
    assert "<bdi>reviewer</bdi> returned the work" in moves


def test_times_stand_in_both_calendars_the_jalali_first(client: Client, work: AnnotationSet) -> None:
    AnnotationSet.objects.update(updated_at="2023-09-17T08:30:00Z")
    html = client.get(listed(AnnotationSet)).content.decode()
    assert "<bdi>۲۶ شهریور ۱۴۰۲</bdi> <bdi>۱۲:۰۰</bdi><small><bdi>17 September 2023</bdi></small>" in html


@pytest.fixture
def records(cast: Cast, work: AnnotationSet) -> None:
    project, by = cast.project, cast.annotator
    AgreementReport.objects.create(project=project)
    step = BulkEdit.objects.create(uid=new_uid(), project=project, made_by=by)
    BulkEditPart.objects.create(bulk_edit=step, annotation_set=work)
    Propagation.objects.create(
        uid=new_uid(), project=project, created_by=by, words="کیم جونگ اون", whole=True, label_key="PER"
    )
    hook = Webhook.objects.create(project=project, url="https://example.org/", secret=new_uid())
    Delivery.objects.create(webhook=hook, event="set.moved", state=DeliveryState.FAILED)
    ProjectChange.objects.create(project=project, member=by, changes={"role": [None, "annotator"]})
    SchemeDraft.objects.create(project=project, base=1)


@pytest.mark.parametrize(
    "name",
    [
        "AnnotationSet",
        "Span",
        "Relation",
        "ArticleLabel",
        "Revision",
        "RevisionStep",
        "StatusChange",
        "Comment",
        "Visit",
        *REVIEWED,
        *MANAGED,
    ],
)
def test_staff_see_of_peers_what_they_see_elsewhere_nothing(
    work: AnnotationSet, records: None, staff: User, name: str
) -> None:
    client = Client()
    client.force_login(staff)
    page = client.get(listed(apps.get_model("annotations", name)))
    assert page.context["cl"].result_count == 0
    assert "کیم" not in page.content.decode()
    assert client.get(changed(work)).status_code == 302


@pytest.mark.parametrize(("role", "seen"), [("reviewer", REVIEWED), ("manager", [*REVIEWED, *MANAGED])])
def test_staff_see_of_a_project_what_their_role_in_it_is_for(
    work: AnnotationSet, records: None, staff: User, role: str, seen: list[str]
) -> None:
    Membership.objects.filter(user=staff).update(role=role)
    client = Client()
    client.force_login(staff)
    for name in [*REVIEWED, *MANAGED]:
        model = apps.get_model("annotations", name)
        count = client.get(listed(model)).context["cl"].result_count
        assert count == (model._default_manager.count() if name in seen else 0), name


def test_staff_see_their_own_steps_but_not_the_works_of_peers_in_them(
    work: AnnotationSet, records: None, staff: User
) -> None:
    client = Client()
    client.force_login(staff)

    def counts() -> list[int]:
        return [client.get(listed(model)).context["cl"].result_count for model in (BulkEdit, Propagation, BulkEditPart)]

    BulkEdit.objects.update(made_by=staff)
    Propagation.objects.update(created_by=staff)
    assert counts() == [1, 1, 0]
    AnnotationSet.objects.update(annotator=staff)
    assert counts() == [1, 1, 1]
    Membership.objects.filter(user=staff).delete()
    assert counts() == [0, 0, 0]


def test_pseudonyms_stand_beside_names_only_for_who_manages(cast: Cast, staff: User) -> None:
    pseudonym = Membership.objects.get(user=cast.annotator).pseudonym
    client = Client()
    client.force_login(staff)
    for row in (cast.project, cast.annotator):
        assert pseudonym not in client.get(changed(row)).content.decode()
    Membership.objects.filter(user=staff).update(role="manager")
    for row in (cast.project, cast.annotator):
        assert pseudonym in client.get(changed(row)).content.decode()


def test_the_first_page_shows_what_waits(client: Client, work: AnnotationSet, cast: Cast) -> None:
    move(work, "submit", by=cast.annotator)
    waits = {one.key: one.count for one in client.get(reverse("admin:index")).context["waits"]}
    assert waits == {"submitted": 1, "returned": 0, "failed": 0, "undelivered": 0}


def test_the_first_page_counts_only_messages_that_its_reader_may_look_at(
    work: AnnotationSet, records: None, staff: User
) -> None:
    for role, count in (("annotator", 0), ("manager", 1)):
        Membership.objects.filter(user=staff).update(role=role)
        assert {one.key: one.count for one in waiting(staff)}["undelivered"] == count


def act(client: Client, action: str, *sets: AnnotationSet, **more: str) -> list[str]:
    sent = {"action": action, "_selected_action": [one.pk for one in sets]} | more
    answer = client.post(listed(AnnotationSet), sent, follow=True)
    return [str(message) for message in answer.context.get("messages", [])]


def test_many_are_accepted_at_once_and_the_rest_is_named_with_the_reason(
    cast: Cast, client: Client, work: AnnotationSet
) -> None:
    other = worked(cast, f"{EMOJI_TEXT} دیگر")
    move(other, "submit", by=cast.annotator)
    told = act(client, "accept_sets", work, other)
    assert len(told) == 2
    assert str(work) in told[1]
    work.refresh_from_db()
    other.refresh_from_db()
    assert (work.status, other.status) == ("returned", "accepted")
    change = StatusChange.objects.latest("id")
    assert (change.transition, change.actor, len(change.batch)) == ("accept", cast.admin, 36)


def test_a_return_asks_why_first(cast: Cast, client: Client, work: AnnotationSet) -> None:
    move(work, "submit", by=cast.annotator)
    asked = client.post(listed(AnnotationSet), {"action": "return_sets", "_selected_action": [work.pk]})
    assert 'name="note"' in asked.content.decode()
    work.refresh_from_db()
    assert work.status == "submitted"
    act(client, "return_sets", work, note="بند ۳")
    work.refresh_from_db()
    assert (work.status, StatusChange.objects.latest("id").note) == ("returned", "بند ۳")


def test_work_is_taken_away_and_given_again(client: Client, work: AnnotationSet) -> None:
    for action, status in (("take_away_sets", "given_back"), ("resume_sets", "in_progress")):
        act(client, action, work)
        work.refresh_from_db()
        assert work.status == status


def test_staff_move_only_what_their_role_lets_them(cast: Cast, work: AnnotationSet) -> None:
    move(work, "submit", by=cast.annotator)
    cast.annotator.is_staff = True
    cast.annotator.save()
    cast.annotator.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client = Client()
    client.force_login(cast.annotator)
    assert len(act(client, "accept_sets", work)) == 1
    work.refresh_from_db()
    assert work.status == "submitted"


@pytest.mark.parametrize(("language", "direction"), [("fa", "rtl"), ("en", "ltr")])
def test_the_admin_is_set_in_our_type_and_in_the_readers_direction(
    cast: Cast, client: Client, language: str, direction: str
) -> None:
    cast.admin.language = language
    cast.admin.save()
    page = client.get(reverse("admin:index"))
    html = page.content.decode()
    assert f'<html lang="{language}" dir="{direction}"' in html
    assert "css/tokens.css" in html
    assert "admin/css/dark_mode.css" not in html
    assert "unsafe" not in page.headers["Content-Security-Policy"]

"""Can staff look through every table, without a query for each row, and see only what the policy shows them?"""

import re
import uuid

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.actions.comments import write_comment
from annotations.actions.projects import create_project
from annotations.actions.restorations import restore
from annotations.actions.transitions import move
from annotations.models import (
    AgreementReport,
    AnnotationSet,
    BulkEdit,
    BulkEditPart,
    Delivery,
    DeliveryState,
    Label,
    Membership,
    Project,
    ProjectChange,
    Propagation,
    SchemeDraft,
    StatusChange,
    User,
    Webhook,
)
from annotations.models.fields import new_uid
from annotations.presets import PRESETS
from annotations.queries.waiting import waiting
from tests.factories import EMOJI_TEXT, Cast, make_cast, make_set, make_user, op, perform, span_op, uid

pytestmark = pytest.mark.django_db
MODELS = list(apps.get_app_config("annotations").get_models())


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    return worked(cast, EMOJI_TEXT)


def worked(cast: Cast, text: str) -> AnnotationSet:
    """A set with something of everything in it."""
    work = make_set(cast, text)
    claim, source = span_op(text, "صادرات نفت رشد می‌کند", "CLAIM"), span_op(text, "کیم جونگ اون")
    relation = op("relation.create", id=uid(), label="attribution", head=claim["id"], tail=source["id"])
    perform(work, claim, source, relation, op("label.set", label="category", value="economy"))
    perform(work, span_op(text, "تهران", "LOC"))
    restore(work, 4, by=cast.annotator, uid=str(uuid.uuid4()))
    write_comment(work, by=cast.reviewer, uid=str(uuid.uuid4()), text="چرا؟")
    move(work, "submit", by=cast.annotator)
    move(work, "return", by=cast.reviewer, note="دوباره")
    return work


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client


def listed(model: type[Model]) -> str:
    return reverse(f"admin:annotations_{model._meta.model_name}_changelist")


def changed(row: Model) -> str:
    return reverse(f"admin:annotations_{row._meta.model_name}_change", args=[row.pk])


def rows_of(html: str) -> int:
    return len(re.findall(r'<tr>?<td class="action-checkbox"|<tr><th class="field-|<tr><td class="field-', html))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_table_has_its_list_and_its_page(client: Client, work: AnnotationSet, model: type[Model]) -> None:
    assert model in admin.site._registry
    assert client.get(listed(model)).status_code == 200
    assert client.get(listed(model), {"q": "نفت"}).status_code in (200, 302)
    for row in model._default_manager.all()[:1]:
        page = client.get(changed(row))
        assert page.status_code == 200
        assert "style=" not in re.sub(r"<svg.*?</svg>", "", page.content.decode(), flags=re.DOTALL)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_list_of_many_costs_as_many_queries_as_one_of_few(
    cast: Cast, client: Client, work: AnnotationSet, model: type[Model]
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(listed(model)).status_code == 200
        return len(queries)

    count()
    few = count()
    for number in range(3):
        worked(cast, f"{EMOJI_TEXT} {number}")
        make_user(f"another{number}")
    assert count() == few


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
def staff(cast: Cast) -> User:
    """An annotator who may view everything by Django's permissions, and nothing more by ours."""
    cast.annotator2.is_staff = True
    cast.annotator2.save()
    cast.annotator2.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    return cast.annotator2


# What unblinds, or is for managers only: each has a row of the project's, none of them made by the staff.
REVIEWED = ["AgreementReport", "BulkEdit", "BulkEditPart", "Propagation"]
MANAGED = ["Delivery", "Membership", "ProjectChange", "SchemeDraft", "Webhook"]


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


def test_a_project_made_here_has_its_presets_labels_and_a_manager(cast: Cast, client: Client) -> None:
    sent = {
        "title": "تازه", "preset": "peyma", "overlap": "2", "memberships-TOTAL_FORMS": "0",
        "memberships-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert client.post(reverse("admin:annotations_project_add"), sent).status_code == 302
    made = Project.objects.get(title="تازه")
    assert (made.overlap, made.labels.count()) == (2, len(PRESETS["peyma"].labels))
    assert made.memberships.get().user == cast.admin


def test_a_member_made_here_gets_a_pseudonym_by_lot_and_keeps_it(cast: Cast, client: Client) -> None:
    sent = {"user": cast.outsider.pk, "project": cast.project.pk, "role": "annotator"}
    assert client.post(reverse("admin:annotations_membership_add"), sent).status_code == 302
    made = Membership.objects.get(user=cast.outsider)
    assert re.fullmatch("a-[0-9a-f]{8}", made.pseudonym)
    assert client.post(changed(made), {"role": "reviewer"}).status_code == 302
    again = Membership.objects.get(user=cast.outsider)
    assert (again.role, again.pseudonym) == ("reviewer", made.pseudonym)


def may_change(user: User, *models: str) -> Client:
    """Lets staff do with these tables what Django's permissions can allow."""
    user.user_permissions.add(*Permission.objects.filter(codename__regex=f"_({'|'.join(models)})$"))
    client = Client()
    client.force_login(user)
    return client


def test_staff_make_nobody_a_member_where_they_do_not_manage(cast: Cast, staff: User) -> None:
    client = may_change(staff, "membership")
    own, other = Membership.objects.get(user=staff), create_project(title="دیگری", slug="other", by=cast.outsider)
    add = reverse("admin:annotations_membership_add")
    assert client.post(add, {"user": staff.pk, "project": other.pk, "role": "manager"}).status_code == 403
    assert client.post(changed(own), {"role": "manager"}).status_code in (302, 403)
    own.refresh_from_db()
    assert own.role == "annotator"
    Membership.objects.filter(pk=own.pk).update(role="manager")
    form = client.get(add).context["adminform"].form
    assert list(form.fields["project"].queryset) == [cast.project]
    assert client.post(add, {"user": staff.pk, "project": other.pk, "role": "manager"}).status_code == 200
    assert not Membership.objects.filter(user=staff, project=other).exists()
    sent = {"user": cast.outsider.pk, "project": cast.project.pk, "role": "annotator"}
    assert client.post(add, sent).status_code == 302
    assert Membership.objects.filter(user=cast.outsider, project=cast.project).exists()


def test_a_change_of_people_made_here_is_written_down_and_leaves_a_manager(cast: Cast, client: Client) -> None:
    sent = {"user": cast.outsider.pk, "project": cast.project.pk, "role": "annotator"}
    client.post(reverse("admin:annotations_membership_add"), sent)
    client.post(changed(Membership.objects.get(user=cast.annotator)), {"role": "reviewer"})
    noted = ProjectChange.objects.order_by("id").values_list("member__username", "changes", "by__username")
    assert list(noted) == [
        ("outsider", {"role": [None, "annotator"]}, "admin"),
        ("annotator", {"role": ["annotator", "reviewer"]}, "admin"),
    ]
    last = Membership.objects.get(user=cast.manager)
    told = list(client.post(changed(last), {"role": "annotator"}, follow=True).context["messages"])
    assert (told[-1].level_tag, "manager" in str(told[-1])) == ("error", True)
    last.refresh_from_db()
    assert last.role == "manager"


@pytest.mark.parametrize("model", [Label, AnnotationSet, StatusChange], ids=lambda model: model.__name__)
def test_what_has_its_own_way_of_changing_is_changed_by_no_form(
    client: Client, work: AnnotationSet, model: type[Model]
) -> None:
    row = model._default_manager.first()
    assert client.post(changed(row), {"title_fa": "دیگر", "status": "accepted"}).status_code == 403
    assert client.get(reverse(f"admin:annotations_{model._meta.model_name}_add")).status_code == 403


def test_the_secret_of_a_webhook_is_shown_to_nobody(cast: Cast, client: Client) -> None:
    hook = Webhook.objects.create(project=cast.project, url="https://example.org/", secret=f"geheim-{new_uid()}")
    for page in (listed(Webhook), changed(hook)):
        assert "geheim" not in client.get(page).content.decode()


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

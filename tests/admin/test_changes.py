"""What is made and changed in the admin: projects, people, by the functions of the pages; the rest by no form."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from annotations.actions.projects import create_project
from annotations.models import (
    AnnotationSet,
    Label,
    Membership,
    Project,
    ProjectArticle,
    ProjectChange,
    StatusChange,
    Topic,
    User,
    Webhook,
)
from annotations.models.fields import new_uid
from annotations.presets import PRESETS
from tests.admin.conftest import changed, listed
from tests.factories import EMOJI_TEXT, Cast, make_article

pytestmark = pytest.mark.django_db


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


def test_staff_put_nothing_into_projects_of_others_and_no_article_that_they_do_not_see(
    cast: Cast, work: AnnotationSet, staff: User
) -> None:
    client = may_change(staff, "projectarticle", "topic")
    other = create_project(title="دیگری", slug="other", by=cast.outsider)
    hidden = make_article(other, EMOJI_TEXT + " پنهان")
    topic = {"title_fa": "موضوع", "title_en": "Topic", "key": "new"}
    place, add = reverse("admin:annotations_projectarticle_add"), reverse("admin:annotations_topic_add")
    for project in (cast.project, other):
        assert client.post(place, {"article": work.article_id, "project": project.pk, "priority": 0}).status_code == 200
        assert client.post(add, topic | {"project": project.pk}).status_code == 200
    Membership.objects.filter(user=staff, project=cast.project).update(role="manager")
    assert client.post(place, {"article": hidden.pk, "project": cast.project.pk, "priority": 0}).status_code == 200
    assert client.post(add, topic | {"project": other.pk}).status_code == 200
    assert client.post(add, topic | {"project": cast.project.pk}).status_code == 302
    assert list(ProjectArticle.objects.filter(article=hidden).values_list("project", flat=True)) == [other.pk]
    assert list(Topic.objects.filter(key="new").values_list("project", flat=True)) == [cast.project.pk]


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

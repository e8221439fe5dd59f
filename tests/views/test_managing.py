"""The pages of a project's managers: settings that say what they do first, people, links that hold once, webhooks."""

import re
from typing import Any

import pytest
from django.test import Client

from annotations.actions.members import add_person, change_role, create_person, remove_person
from annotations.actions.project_settings import change_settings
from annotations.actions.projects import create_project
from annotations.actions.webhooks import make_webhook
from annotations.forms.members import welcome_path
from annotations.models import Delivery, Membership, Project, ProjectChange, Role, User, Webhook
from tests.factories import Cast, make_article, make_cast, make_set

pytestmark = pytest.mark.django_db
SETTINGS = "/projects/test/settings/"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def client_of(name: str) -> Client:
    client = Client()
    assert client.login(username=name, password=name)
    return client


def filled(project: Project, **changed: Any) -> dict[str, Any]:
    """Returns the form of settings as the page sends it."""
    stands = {
        "title": project.title, "title_en": project.title_en, "description": project.description,
        "overlap": project.overlap, "self_assign": project.self_assign, "queue_order": project.queue_order,
        "timeout_hours": project.timeout_hours or "", "blind": project.blind,
        "reviewer_not_author": project.reviewer_not_author, "deadline": "", "threshold": project.threshold,
        "archived": project.archived_at is not None,
    }  # fmt: skip
    return {name: value for name, value in (stands | changed).items() if value is not False}


def seen_in(html: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', html)
    assert found
    return found[1]


def test_a_change_with_consequences_holds_only_once_they_were_shown(cast: Cast) -> None:
    for number in range(4):
        make_article(cast.project, f"خبر {number}\n\nمتن")
    client = client_of("manager")
    asked = client.post(SETTINGS, filled(cast.project, overlap=3))
    html = asked.content.decode()
    assert asked.status_code == 200
    assert "۸" in html
    cast.project.refresh_from_db()
    assert cast.project.overlap == 1
    # What was shown was another change.
    client.post(SETTINGS, filled(cast.project, overlap=4, seen=seen_in(html)))
    cast.project.refresh_from_db()
    assert cast.project.overlap == 1
    assert client.post(SETTINGS, filled(cast.project, overlap=3, seen=seen_in(html))).status_code == 302
    cast.project.refresh_from_db()
    assert cast.project.overlap == 3
    assert "۱" in client.get(SETTINGS).content.decode().split('class="history"')[1]


def test_looking_at_consequences_changes_nothing(cast: Cast) -> None:
    client = client_of("manager")
    part = client.post(f"{SETTINGS}?part=consequences", filled(cast.project, blind=False)).content.decode()
    client.post(f"{SETTINGS}?part=consequences", filled(cast.project, blind=False, seen=seen_in(part)))
    assert "<html" not in part
    cast.project.refresh_from_db()
    assert cast.project.blind
    assert not ProjectChange.objects.exists()


def test_a_new_name_needs_no_second_look(cast: Cast) -> None:
    assert client_of("manager").post(SETTINGS, filled(cast.project, title="نام نو")).status_code == 302
    assert ProjectChange.objects.get().changes == {"title": ["آزمون", "نام نو"]}


@pytest.mark.parametrize(
    "wrong", [{"overlap": 0}, {"overlap": 21}, {"threshold": 1.5}, {"timeout_hours": 0}, {"title": ""},
              {"deadline": "1402/06"}, {"deadline": "فردا"}, {"queue_order": "luck"}],
)  # fmt: skip
def test_what_can_not_be_is_refused_with_its_field(cast: Cast, wrong: dict[str, Any]) -> None:
    answer = client_of("manager").post(SETTINGS, filled(cast.project, **wrong))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(wrong)


@pytest.mark.parametrize(("typed", "language", "shown"), [
    ("۱۴۰۵/۰۱/۱۵", "fa", "۱۴۰۵/۰۱/۱۵"), ("2026-04-04", "fa", "۱۴۰۵/۰۱/۱۵"), ("1405/01/15", "en", "2026-04-04"),
])  # fmt: skip
def test_a_deadline_is_typed_in_either_calendar(cast: Cast, typed: str, language: str, shown: str) -> None:
    User.objects.filter(username="manager").update(language=language)
    client = client_of("manager")
    html = client.post(SETTINGS, filled(cast.project, deadline=typed)).content.decode()
    client.post(SETTINGS, filled(cast.project, deadline=typed, seen=seen_in(html)))
    cast.project.refresh_from_db()
    assert str(cast.project.deadline) == "2026-04-04"
    assert f'name="deadline" dir="ltr" inputmode="numeric" value="{shown}"' in client.get(SETTINGS).content.decode()


def test_an_archived_project_leaves_bar_and_first_page_and_stays_readable(cast: Cast) -> None:
    make_set(cast)
    change_settings(cast.project, by=cast.manager, archived=True)
    client = client_of("manager")
    assert "/projects/test/" not in client.get("/").content.decode()
    page = client.get("/projects/test/")
    assert page.status_code == 200
    assert "/projects/test/upload/" not in page.content.decode()
    assert client.get("/projects/test/upload/").status_code == 403


def test_an_empty_project_shows_its_manager_the_first_steps(cast: Cast) -> None:
    assert "first-steps" in client_of("manager").get("/projects/test/").content.decode()
    assert "first-steps" not in client_of("annotator").get("/projects/test/").content.decode()
    make_article(cast.project)
    assert "first-steps" not in client_of("manager").get("/projects/test/").content.decode()


def test_people_are_added_by_user_name_and_refusals_say_why(cast: Cast) -> None:
    client = client_of("manager")
    assert client.post("/projects/test/people/", {"name": "outsider", "role": "reviewer"}).status_code == 302
    assert Membership.objects.get(user=cast.outsider).role == Role.REVIEWER
    for name in ("nobody", "outsider"):
        answer = client.post("/projects/test/people/", {"name": name, "role": "reviewer"})
        assert answer.status_code == 422
        assert name in str(answer.context["add"].errors)


def test_the_page_of_people_costs_no_more_for_more_of_them(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        user = User.objects.create(username=f"u{number}")
        Membership.objects.create(project=cast.project, user=user, pseudonym=f"p{number}")
    client = client_of("manager")
    with django_assert_max_num_queries(14):
        assert client.get("/projects/test/people/").status_code == 200


def test_a_manager_makes_accounts_only_where_the_site_lets_them(cast: Cast, settings: Any) -> None:
    sent = {"create": "", "new-name": "nima", "new-full_name": "نیما رستمی", "new-role": "annotator"}
    assert client_of("manager").post("/projects/test/people/", sent).status_code == 403
    assert not User.objects.filter(username="nima").exists()
    settings.MANAGERS_CREATE_ACCOUNTS = True
    assert client_of("manager").post("/projects/test/people/", sent).status_code == 302
    assert client_of("reviewer").post("/projects/test/people/", sent).status_code == 403


def test_the_link_of_a_new_account_is_shown_once_and_holds_once(cast: Cast) -> None:
    admin = client_of("admin")
    admin.post("/projects/test/people/", {"create": "", "new-name": "nima", "new-role": "annotator"})
    shown = re.search(
        r'value="(http://testserver/welcome/[^"]+)"', admin.get("/projects/test/people/").content.decode()
    )
    assert shown
    assert "/welcome/" not in admin.get("/projects/test/people/").content.decode()

    nima = Client()
    form = nima.get(shown[1], follow=True)
    password = "دیوار-بلند-۱۴۰۳"
    chosen = nima.post(
        form.request["PATH_INFO"], {"new_password1": password, "new_password2": password}, follow=True
    )  # fmt: skip
    assert chosen.context["user"].username == "nima"
    assert Client().login(username="nima", password=password)
    again = Client().get(shown[1], follow=True)
    assert not again.context["validlink"]


def test_a_link_is_made_for_no_account_that_others_made_for_their_project(cast: Cast, settings: Any) -> None:
    settings.MANAGERS_CREATE_ACCOUNTS = True
    other = create_project(title="دیگری", slug="other", by=cast.outsider)
    invited = create_person(other, name="nima", full_name="", role=Role.ANNOTATOR, by=cast.outsider).user
    manager = client_of("manager")
    manager.post("/projects/test/people/", {"name": "nima", "role": "annotator"})
    assert manager.post(f"/projects/test/people/{invited.pk}/", {"link": ""}).status_code == 403
    assert client_of("admin").post(f"/projects/test/people/{invited.pk}/", {"link": ""}).status_code == 302


def opens(path: str) -> bool:
    """Whether a link still lets somebody choose a password."""
    return Client().get(path, follow=True).context["validlink"]


def test_a_link_dies_when_its_account_joins_or_leaves_a_project_or_changes_its_role(cast: Cast) -> None:
    other = create_project(title="دیگری", slug="other", by=cast.outsider)
    invited = create_person(other, name="nima", full_name="", role=Role.ANNOTATOR, by=cast.outsider).user
    first = welcome_path(invited)
    assert opens(first)
    joined = add_person(cast.project, name="nima", role=Role.MANAGER, by=cast.manager)
    second = welcome_path(joined.user)
    assert (opens(first), opens(second)) == (False, True)
    change_role(joined, role=Role.ANNOTATOR, by=cast.manager)
    third = welcome_path(joined.user)
    assert (opens(second), opens(third)) == (False, True)
    remove_person(joined, by=cast.manager)
    assert (opens(third), opens(welcome_path(joined.user))) == (False, True)


def test_a_password_that_was_chosen_meanwhile_outlives_joining_and_leaving(cast: Cast) -> None:
    membership = create_person(cast.project, name="nima", full_name="", role=Role.ANNOTATOR, by=cast.manager)
    chosen = User.objects.get(username="nima")
    chosen.set_password("دیوار")
    chosen.save()
    remove_person(membership, by=cast.manager)
    assert Client().login(username="nima", password="دیوار")


@pytest.mark.parametrize("power", ["is_staff", "is_superuser", "password"])
def test_a_link_opens_no_account_that_has_a_password_or_power_over_the_site(cast: Cast, power: str) -> None:
    invited = create_person(cast.project, name="nima", full_name="", role=Role.ANNOTATOR, by=cast.manager).user
    if power == "password":
        invited.set_password("دیوار")
    else:
        setattr(invited, power, True)
    invited.save()
    assert not opens(welcome_path(invited))


def test_a_link_is_made_for_nobody_who_has_a_password(cast: Cast) -> None:
    admin = client_of("admin")
    address = f"/projects/test/people/{cast.reviewer.pk}/"
    assert admin.post(address, {"link": ""}).status_code == 403
    assert "/welcome/" not in admin.get("/projects/test/people/").content.decode()


def test_who_is_removed_and_what_that_does_is_asked_on_a_page(cast: Cast) -> None:
    make_set(cast)
    client = client_of("manager")
    address = f"/projects/test/people/{cast.annotator.pk}/"
    assert "grave" in client.get(address).content.decode()
    assert client.post(address, {"remove": ""}).status_code == 302
    assert not Membership.objects.filter(user=cast.annotator).exists()
    own = client.post(f"/projects/test/people/{cast.manager.pk}/", {"remove": ""}, follow=True)
    assert "error" in own.content.decode()
    assert Membership.objects.filter(user=cast.manager).exists()


def test_who_stops_managing_is_led_out(cast: Cast) -> None:
    Membership.objects.filter(user=cast.reviewer).update(role=Role.MANAGER)
    answer = client_of("manager").post(f"/projects/test/people/{cast.manager.pk}/", {"role": "annotator"})
    assert answer.headers["Location"] == "/"


def test_a_webhooks_secret_is_shown_once(cast: Cast) -> None:
    client = client_of("manager")
    sent = {"url": "https://example.org/hook", "events": ["set.moved", "job.ended"]}
    page = client.post("/projects/test/webhooks/", sent, follow=True).content.decode()
    made = Webhook.objects.get()
    assert made.events == ["set.moved", "job.ended"]
    assert made.secret in page
    for address in ("/projects/test/webhooks/", f"/projects/test/webhooks/{made.pk}/"):
        assert made.secret not in client.get(address).content.decode()
    renewed = client.post(f"/projects/test/webhooks/{made.pk}/", {"renew": ""}, follow=True).content.decode()
    old, new = made.secret, Webhook.objects.get().secret
    assert old != new
    assert new in renewed


def test_a_webhook_is_tested_changed_looked_into_and_deleted(cast: Cast) -> None:
    hook = make_webhook(cast.project, url="https://example.org/", events=[], by=cast.manager)
    client, address = client_of("manager"), f"/projects/test/webhooks/{hook.pk}/"
    client.post(address, {"test": ""})
    assert Delivery.objects.get().event == "ping"
    Delivery.objects.update(state="failed", status_code=500, error="<b>خراب</b> {0}")
    assert "&lt;b&gt;خراب&lt;/b&gt; {0}" in client.get(address).content.decode()
    client.post(f"{address}deliveries/{Delivery.objects.get().uid}/again/")
    assert Delivery.objects.get().state == "waiting"
    refused = client.post(address, {"save": "", "url": "http://x:99/", "events": ["set.moved"]})
    assert refused.status_code == 422
    client.post(address, {"save": "", "url": "https://example.org/2", "events": ["set.moved"]})
    hook.refresh_from_db()
    assert (hook.url, hook.events, hook.active) == ("https://example.org/2", ["set.moved"], False)
    client.post(address, {"delete": ""})
    assert not Webhook.objects.exists()

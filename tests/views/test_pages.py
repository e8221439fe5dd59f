"""What the pages say and do: filters, pages of lists, preferences."""

import re
from typing import Any

import pytest
from django.test import Client

from annotations.actions.demonstration import load_demonstration
from annotations.actions.projects import create_project
from annotations.models import AnnotationSet, Article, Membership, Project, Role, User
from annotations.queries.library import PAGE
from tests.factories import Cast, make_article, make_cast, make_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def client_of(name: str, password: str = "") -> Client:
    client = Client()
    assert client.login(username=name, password=password or name)
    return client


def test_the_first_page_leads_an_annotator_to_the_work_begun() -> None:
    load_demonstration()
    html = client_of("annotator", "newsroom").get("/").content.decode()
    begun = AnnotationSet.objects.get(annotator__username="annotator", status="in_progress")
    assert html.index(f'href="/sets/{begun.pk}/"') < html.index("سپس")
    assert "علاقه کره شمالی" in html


def test_the_first_page_shows_a_reviewer_what_was_handed_in() -> None:
    load_demonstration()
    html = client_of("reviewer", "newsroom").get("/").content.decode()
    for work in AnnotationSet.objects.filter(status="submitted"):
        assert f'href="/sets/{work.pk}/"' in html


def test_the_library_goes_on_by_cursor_and_comes_back(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(2 * PAGE + 3):
        make_article(cast.project, f"تیتر {number}\n\nمتن {number}")
    client = client_of("annotator")
    seen, addresses, address = [], [], "/library/"
    while address:
        addresses.append(address)
        with django_assert_max_num_queries(15):
            page = client.get(address).context["page"]
        seen += [article.pk for article in page.articles]
        address = f"/library/?before={page.older}" if page.older else ""
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) == 2 * PAGE + 3
    last = client.get(addresses[-1]).context["page"]
    back = client.get(f"/library/?after={last.newer}").context["page"]
    assert [article.pk for article in back.articles] == seen[PAGE : 2 * PAGE]


def test_the_library_filters_by_words_state_and_project(cast: Cast) -> None:
    work = make_set(cast)
    make_article(cast.project, "خبر دیگر\n\nمتن دیگر")
    client = client_of("annotator")

    def found(query: str) -> list[str]:
        return [article.headline for article in client.get(f"/library/?{query}").context["page"].articles]

    assert found("q=کره") == [work.article.headline]
    assert found("state=assigned") == [work.article.headline]
    assert found("state=none") == ["خبر دیگر"]
    assert len(found("project=test")) == 2
    assert found("project=nothing") == []


def test_theme_and_language_are_remembered(cast: Cast) -> None:
    client = client_of("annotator")
    response = client.post("/preferences/", {"theme": "dark", "language": "en", "next": "https://evil.example/"})
    assert response.headers["Location"] == "/"
    person = User.objects.get(username="annotator")
    assert (person.theme, person.language) == ("dark", "en")
    html = client.get("/").content.decode()
    assert 'lang="en" dir="ltr" data-theme="dark"' in html
    anonymous = Client()
    anonymous.post("/preferences/", {"language": "en", "theme": "neon"})
    assert 'lang="en"' in anonymous.get("/login/").content.decode()


def test_the_browsers_language_does_not_decide(cast: Cast) -> None:
    html = Client().get("/login/", headers={"Accept-Language": "en-US,en"}).content.decode()
    assert 'lang="fa" dir="rtl"' in html


def test_a_guideline_is_shown_without_its_html(cast: Cast) -> None:
    Project.objects.update(guideline="# راهنما\n\n<script>alert(1)</script> **مهم** [x](javascript:alert(1))")
    html = client_of("annotator").get("/projects/test/").content.decode()
    assert "<strong>مهم</strong>" in html
    assert "<script>alert" not in html
    assert "javascript:" not in html.split("prose")[1].split("</details>")[0].replace("[x](javascript:alert(1))", "")


def test_html_in_an_article_is_text(cast: Cast) -> None:
    article = make_article(cast.project, "<script>alert('x')</script>\n\n<b onclick=x>متن</b> &amp;")
    for address in (f"/articles/{article.pk}/", "/library/"):
        assert "<script>alert" not in client_of("annotator").get(address).content.decode()
    work = make_set(cast, article.text)
    html = client_of("annotator").get(f"/sets/{work.pk}/").content.decode()
    assert "<script>alert" not in html
    assert "<b onclick" not in html


def test_handing_in_closes_the_work(cast: Cast) -> None:
    work = make_set(cast)
    client = client_of("annotator")
    client.post(f"/sets/{work.pk}/submit/")
    work.refresh_from_db()
    assert (work.status, work.submitted_at is not None) == ("submitted", True)
    assert client.get(f"/sets/{work.pk}/").context["editable"] is False


def test_an_admin_makes_a_project_with_a_preset_and_manages_it(cast: Cast) -> None:
    client = client_of("admin")
    fields = {"title": "پروژهٔ تازه", "slug": "fresh", "preset": "peyma", "description": ""}
    assert client.post("/projects/new/", fields).headers["Location"] == "/projects/fresh/"
    made = Project.objects.get(slug="fresh")
    assert made.labels.count() == 7
    assert made.memberships.get().role == "manager"
    assert client.post("/projects/new/", fields).status_code == 422
    assert client.post("/projects/new/", fields | {"slug": "x", "preset": "nothing"}).status_code == 422
    assert Project.objects.count() == 2


def test_a_removed_member_finds_no_work_that_leads_nowhere(cast: Cast) -> None:
    work = make_set(cast)
    assert work.article.headline in client_of("annotator").get("/").content.decode()
    cast.project.memberships.filter(user=cast.annotator).delete()
    assert work.article.headline not in client_of("annotator").get("/").content.decode()


def test_a_link_that_would_run_code_is_no_link(cast: Cast) -> None:
    article = make_article(cast.project)
    Article.objects.update(url="javascript:alert(1)")
    assert "javascript:" not in client_of("annotator").get(f"/articles/{article.pk}/").content.decode()
    Article.objects.update(url="https://example.ir/1")
    assert 'href="https://example.ir/1"' in client_of("annotator").get(f"/articles/{article.pk}/").content.decode()


def test_ways_of_reading_are_remembered_and_unknown_ones_are_not(cast: Cast) -> None:
    client = client_of("annotator")
    client.post("/preferences/", {"size": "2", "chips": "hover"})
    client.post("/preferences/", {"size": "77", "focus": "claims", "colour": "red"})
    assert User.objects.get(username="annotator").reading == {"size": "2", "chips": "hover", "focus": "claims"}
    html = client.get(f"/sets/{make_set(cast).pk}/").content.decode()
    assert 'data-size="2" data-spacing="0" data-measure="0" data-chips="hover" data-focus="claims"' in html
    assert Client().post("/preferences/", {"size": "2"}).status_code == 302


def test_the_bar_names_the_project_one_is_in_however_many_there_are(cast: Cast) -> None:
    for number in range(4):
        create_project(title=f"پروژهٔ {number}", slug=f"p{number}", by=cast.manager)
    client = client_of("manager")
    for project in Project.objects.all():
        html = client.get(f"/projects/{project.slug}/review/").content.decode()
        assert f'<a href="/projects/{project.slug}/" title="{project.title}" aria-current="page">' in html


def test_a_persian_headline_that_begins_in_latin_runs_right_to_left(cast: Cast) -> None:
    make_article(cast.project, "ICT در روستاها گسترش می‌یابد\n\nمتن خبر.")
    assert '<h2 dir="rtl">' in client_of("annotator").get("/library/").content.decode()


def test_what_is_refused_before_any_page_is_asked_for_still_has_a_page_in_the_sites_frame(cast: Cast) -> None:
    elsewhere = Client().get("/", headers={"host": "elsewhere.example"})
    unproved = Client(enforce_csrf_checks=True).post("/preferences/", {"theme": "dark"})
    assert (elsewhere.status_code, unproved.status_code) == (400, 403)
    forms_only = client_of("annotator").get("/account/tokens/1/revoke/")
    assert (forms_only.status_code, forms_only["Allow"]) == (405, "POST")
    for said in (elsewhere.content.decode(), unproved.content.decode(), forms_only.content.decode()):
        assert '<header class="bar">' in said
        assert "<h1>" in said


def test_many_labels_and_members_lie_behind_the_first(cast: Cast) -> None:
    client = client_of("manager")
    assert "<details" not in client.get("/projects/test/").content.decode()
    people = User.objects.bulk_create(User(username=f"person{number:02}") for number in range(20))
    cast.project.memberships.bulk_create(
        Membership(project=cast.project, user=one, role=Role.ANNOTATOR, pseudonym=f"a-{one.username}") for one in people
    )
    html = client.get("/projects/test/").content.decode()
    (behind,) = re.findall(r"<details.*?</details>", html, re.DOTALL)
    assert behind.count("<li>") == 20 + 4 - 12

"""What moves a person's work on, from page to page: next, hand in, give back, accept, return, assign, take back."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from annotations.actions.assignments import assign
from annotations.actions.transitions import move
from annotations.models import AnnotationSet, Article, Project, ProjectArticle, StatusChange, User
from annotations.queries.review import PAGE
from tests.factories import Cast, make_article, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_without_analyses")]


@pytest.fixture
def cast() -> Cast:
    return make_cast(overlap=2)


@pytest.fixture
def articles(cast: Cast) -> list[Article]:
    return [make_article(cast.project, f"خبر {at}\n\nمتن خبر {at}") for at in range(3)]


def client_of(user: User) -> Client:
    user.language = "en"
    user.save()
    client = Client()
    client.force_login(user)
    return client


def handed_in(cast: Cast, *articles: Article, by: User | None = None) -> list[AnnotationSet]:
    works = [assign(cast.project, article, annotator=by or cast.annotator) for article in articles]
    for work in works:
        move(work, "submit", by=work.annotator)
    return works


def path_to(client: Client, address: str, **sent: str | list[str]) -> str:
    return client.post(address, sent).headers["Location"]


def test_home_and_project_offer_the_next_article_and_handing_in_leads_on(cast: Cast, articles: list[Article]) -> None:
    client = client_of(cast.annotator)
    offered = reverse("next", args=["test"])
    assert offered in client.get("/").content.decode()
    assert offered in client.get("/projects/test/").content.decode()
    place = path_to(client, offered)
    for article in articles:
        work = AnnotationSet.objects.get(article=article, annotator=cast.annotator)
        assert place == f"/sets/{work.pk}/"
        said = "Done and next" if article != articles[-1] else "Done <kbd>"
        assert said in client.get(place).content.decode()
        place = path_to(client, reverse("submit", args=[work.pk]))
    assert place == "/"
    html = client.get("/").content.decode()
    assert "Nothing is left for you" in html
    assert offered not in html


def test_a_second_click_leads_on_like_the_first(cast: Cast, articles: list[Article]) -> None:
    client, reviewer = client_of(cast.annotator), client_of(cast.reviewer)
    work = assign(cast.project, articles[0], annotator=cast.annotator)
    address, move_address = reverse("submit", args=[work.pk]), reverse("move", args=[work.pk])
    places = {path_to(client, address) for _ in range(2)}
    assert places == {f"/sets/{AnnotationSet.objects.get(article=articles[1]).pk}/"}
    assert {path_to(reviewer, move_address, transition="accept") for _ in range(2)} == {"/projects/test/review/"}
    assert "can't" not in reviewer.get("/projects/test/review/").content.decode()
    assert list(StatusChange.objects.filter(annotation_set=work).values_list("transition", flat=True)) == [
        "assign", "submit", "accept",
    ]  # fmt: skip
    # What somebody else did is told.
    assert path_to(client, address) == f"/sets/{work.pk}/"


def test_giving_back_keeps_the_reason_and_opens_the_next(cast: Cast, articles: list[Article]) -> None:
    client = client_of(cast.annotator)
    work = assign(cast.project, articles[0], annotator=cast.annotator)
    page = client.get(f"/sets/{work.pk}/").content.decode()
    assert 'id="skip"' in page
    assert 'id="accept"' not in page
    address = reverse("move", args=[work.pk])
    assert path_to(client, address, transition="skip") == f"/sets/{work.pk}/"
    assert "Say why" in client.get(f"/sets/{work.pk}/").content.decode()
    place = path_to(client, address, transition="skip", reason="broken", note="نیمهٔ دوم نیست")
    assert place == f"/sets/{AnnotationSet.objects.get(article=articles[1]).pk}/"
    assert "You gave" in client.get(place).content.decode()
    change = StatusChange.objects.get(transition="skip")
    assert (change.reason, change.note) == ("broken", "نیمهٔ دوم نیست")
    seen = client_of(cast.manager).get("/projects/test/review/?state=given_back").content.decode()
    assert "the text is broken or incomplete" in seen
    assert "نیمهٔ دوم نیست" in seen


def test_who_comes_back_to_what_went_back_may_have_it_again_while_a_slot_is_free(
    cast: Cast, articles: list[Article]
) -> None:
    Project.objects.update(overlap=1)
    client = client_of(cast.annotator)
    work = assign(cast.project, articles[0], annotator=cast.annotator)
    move(work, "expire", by=None)
    page = client.get(f"/sets/{work.pk}/").content.decode()
    assert "went back to the queue" in page
    assert "Take it up again" in page
    for article in articles[1:]:
        move(assign(cast.project, article, annotator=cast.manager), "submit", by=cast.manager)
    for address in ("/", "/projects/test/"):
        assert reverse("next", args=["test"]) in client.get(address).content.decode()
    other = assign(cast.project, articles[0], annotator=cast.annotator2)
    for address in ("/", "/projects/test/"):
        assert reverse("next", args=["test"]) not in client.get(address).content.decode()
    page = client.get(f"/sets/{work.pk}/").content.decode()
    assert "As many others have it now" in page
    assert "Take it up again" not in page
    assert path_to(client, reverse("move", args=[work.pk]), transition="resume") == f"/sets/{work.pk}/"
    assert "with others by now" in client.get(f"/sets/{work.pk}/").content.decode()
    move(other, "skip", by=cast.annotator2, reason="hard")
    client.post(reverse("move", args=[work.pk]), {"transition": "resume"})
    work.refresh_from_db()
    assert work.status == "in_progress"


def test_a_reviewer_goes_from_one_to_the_next_and_the_annotator_reads_why(cast: Cast, articles: list[Article]) -> None:
    works = handed_in(cast, *articles)
    reviewer = client_of(cast.reviewer)
    page = reviewer.get(f"/sets/{works[0].pk}/").content.decode()
    assert 'id="accept"' in page
    assert 'id="return"' in page
    place = path_to(reviewer, reverse("move", args=[works[0].pk]), transition="accept")
    assert place == f"/sets/{works[1].pk}/"
    place = path_to(reviewer, reverse("move", args=[works[1].pk]), transition="return", note="منبع ادعا؟")
    assert place == f"/sets/{works[2].pk}/"
    assert path_to(reviewer, reverse("move", args=[works[2].pk]), transition="accept") == "/projects/test/review/"
    annotator = client_of(cast.annotator)
    for address in ("/", f"/sets/{works[1].pk}/"):
        assert "منبع ادعا؟" in annotator.get(address).content.decode()


@pytest.mark.parametrize("state", ["submitted", "given_back"])
def test_a_reviewer_reads_pseudonyms_and_the_manager_names(cast: Cast, articles: list[Article], state: str) -> None:
    User.objects.filter(pk=cast.annotator.pk).update(first_name="زینب", last_name="نامدار")
    work = assign(cast.project, articles[0], annotator=cast.annotator)
    if state == "submitted":
        move(work, "submit", by=cast.annotator)
    else:
        move(work, "skip", by=cast.annotator, reason="hard", note="جدول است")
    address, pseudonym = f"/projects/test/review/?state={state}", f"<bdi>{work.pseudonym}</bdi>"
    page = client_of(cast.reviewer).get(address).content.decode()
    assert ("زینب" in page, page.count(pseudonym)) == (False, 1 if state == "submitted" else 2)
    assert re.search(rf'value="{work.pseudonym}">{work.pseudonym}<', page)
    page = client_of(cast.manager).get(address).content.decode()
    assert (pseudonym in page, page.count("<bdi>زینب نامدار</bdi>")) == (False, 1 if state == "submitted" else 2)
    assert re.search(rf'value="{work.pseudonym}">زینب نامدار<', page)


def test_several_are_accepted_at_once_and_the_manager_takes_it_back(cast: Cast, articles: list[Article]) -> None:
    works = handed_in(cast, *articles[:2])
    (own,) = handed_in(cast, articles[2], by=cast.manager)
    client = client_of(cast.manager)
    page = client.get("/projects/test/review/").content.decode()
    assert page.count('type="checkbox" name="set"') == 2
    assert "somebody else judges it" in page
    ticked = [str(work.pk) for work in (*works, own)]
    client.post("/projects/test/review/", {"do": "accept", "set": ticked})
    page = client.get("/projects/test/review/").content.decode()
    assert "Accepted: 2" in page
    assert "Left as they are: 1" in page
    (undo,) = re.findall(r"/projects/test/batches/[0-9a-f-]{36}/undo/", page)
    assert path_to(client, undo, page="review") == "/projects/test/review/"
    assert set(AnnotationSet.objects.values_list("status", flat=True)) == {"submitted"}


def test_review_says_of_each_article_when_it_is_adjudicated(cast: Cast, articles: list[Article]) -> None:
    handed_in(cast, *articles[:2])
    handed_in(cast, articles[1], by=cast.annotator2)
    page = client_of(cast.reviewer).get("/projects/test/review/").content.decode()
    assert page.count("Adjudication follows once a second annotator has handed it in.") == 1
    assert page.count("Two annotators have handed it in: it is in adjudication.") == 2


def test_review_promises_no_adjudication_where_one_annotates(cast: Cast, articles: list[Article]) -> None:
    Project.objects.update(overlap=1)
    handed_in(cast, articles[0])
    assert "Adjudication follows" not in client_of(cast.reviewer).get("/projects/test/review/").content.decode()


def test_a_reviewer_is_offered_no_undo_and_returning_together_wants_a_comment(
    cast: Cast, articles: list[Article]
) -> None:
    works = handed_in(cast, *articles)
    client = client_of(cast.reviewer)
    ticked = [str(work.pk) for work in works]
    client.post("/projects/test/review/", {"do": "return", "set": ticked})
    assert "Say why" in client.get("/projects/test/review/").content.decode()
    client.post("/projects/test/review/", {"do": "return", "set": ticked, "note": "مرزها"})
    page = client.get("/projects/test/review/?state=returned").content.decode()
    assert page.count("مرزها") == 3
    assert "/undo/" not in page


def test_the_list_goes_on_page_by_page_with_the_same_number_of_queries(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    many = [make_article(cast.project, f"خبر {at}") for at in range(PAGE + 3)]
    works = handed_in(cast, *many)
    client = client_of(cast.reviewer)
    with django_assert_max_num_queries(16):
        first = client.get("/projects/test/review/").context["page"]
    with django_assert_max_num_queries(16):
        rest = client.get("/projects/test/review/", {"begin": first.following}).context["page"]
    assert [row.work.pk for row in (*first.rows, *rest.rows)] == [work.pk for work in works]
    assert rest.following is None
    again = client.get("/projects/test/review/", {"begin": "no mark"}).context["page"]
    assert again.rows[0].work == works[0]
    none = client.get("/projects/test/review/", {"annotator": "nobody"}).context["page"]
    assert none.rows == []


def test_articles_are_assigned_after_a_look_and_taken_back_in_one_step(cast: Cast, articles: list[Article]) -> None:
    client = client_of(cast.manager)
    person = cast.project.memberships.get(user=cast.annotator2)
    choice = {"people": str(person.pk), "each": "1"}
    page = client.get("/projects/test/assign/", choice)
    assert (page.context["chosen"], page.context["plan"].sets) == (3, 3)
    assert not AnnotationSet.objects.exists()
    place = path_to(client, "/projects/test/assign/", **choice, do="assign", without=str(articles[1].pk))
    assert list(AnnotationSet.objects.values_list("article", "annotator")) == [
        (article.pk, cast.annotator2.pk) for article in (articles[0], articles[2])
    ]
    page = client.get(place).content.decode()
    assert "Sets assigned: 2" in page
    (undo,) = re.findall(r"/projects/test/batches/[0-9a-f-]{36}/undo/", page)
    client.post(undo, {"page": "assign"})
    assert not AnnotationSet.objects.exists()


def test_priorities_are_set_and_work_is_taken_away_by_hand(cast: Cast, articles: list[Article]) -> None:
    client = client_of(cast.manager)
    client.post("/projects/test/assign/", {"first": articles[2].pk, "do": "prioritise", "priority": "7"})
    assert list(ProjectArticle.objects.order_by("pk").values_list("priority", flat=True)) == [0, 0, 7]
    page = client.get("/projects/test/assign/").content.decode()
    (undo,) = re.findall(r"/projects/test/batches/[0-9a-f-]{36}/undo/", page)
    client.post(undo, {"page": "assign"})
    assert set(ProjectArticle.objects.values_list("priority", flat=True)) == {0}
    client.post("/projects/test/assign/", {"do": "prioritise", "priority": "۷۰۰"})
    assert "from -100 to 100" in client.get("/projects/test/assign/").content.decode()
    work = assign(cast.project, articles[0], annotator=cast.annotator)
    person = cast.project.memberships.get(user=cast.annotator)
    client.post("/projects/test/assign/", {"people": str(person.pk), "do": "take_away"})
    work.refresh_from_db()
    assert work.status == "given_back"


@pytest.mark.parametrize(
    "asked", [{"since": "no day"}, {"story": "x"}, {"most": "5000"}, {"people": "999999"}, {"first": "9" * 30}]
)
def test_a_choice_that_means_nothing_says_so(cast: Cast, asked: dict[str, str]) -> None:
    assert client_of(cast.manager).get("/projects/test/assign/", asked).status_code == 422

"""Eight annotators and two reviewers at once through the real HTTP API: is every article finished exactly k times?"""

from collections import Counter, defaultdict
from pathlib import Path
from queue import Queue

import pytest
from knox.models import AuthToken

from annotations.actions.imports import import_drafts
from annotations.actions.projects import add_member
from annotations.importers.text import headline_sections
from annotations.models import AnnotationSet, ProjectArticle, Revision, Span, StatusChange
from annotations.queries.invariants import broken_chains, broken_places
from annotations.records import Draft
from annotations.states import FINISHED, State
from tests.factories import Cast, make_cast, make_user
from tests.service import serving
from tests.simulation.people import NAME, Annotator, Crew, Reviewer, at_work

ARTICLES, OVERLAP, ANNOTATORS, REVIEWERS = 150, 3, 8, 2
MOST_ROUNDS = 6


@pytest.fixture
def cast(transactional_db: None, _without_analyses: None) -> Cast:
    cast = make_cast()
    cast.project.overlap, cast.project.timeout_hours = OVERLAP, 1
    cast.project.save()
    return cast


def import_articles(cast: Cast) -> None:
    texts = [f"خبر {number}\n\n{NAME} در تهران است." for number in range(ARTICLES)]
    drafts = [(at, Draft(text=text, sections=headline_sections(text))) for at, text in enumerate(texts)]
    assert not import_drafts(cast.project, drafts, by=cast.manager).failures


def people_of(cast: Cast, role: str, count: int) -> list[str]:
    people = [make_user(f"{role}-{number}") for number in range(count)]
    for person in people:
        add_member(cast.project, person, role=role)
    return [AuthToken.objects.create(user=person)[1] for person in people]


def let_them_work(cast: Cast, address: str) -> None:
    """Round after round, until nothing is left: what was returned at the end of one is done in the next."""
    rows = cast.project.articles.values_list("pk", "text", "text_sha256")
    texts = {pk: (text, sha256) for pk, text, sha256 in rows}
    handed_in, returned = Queue(), set()
    annotators, reviewers = people_of(cast, "annotator", ANNOTATORS), people_of(cast, "reviewer", REVIEWERS)
    for number in range(MOST_ROUNDS):
        judges = [
            Reviewer(address, token, seed=100 * number + at, handed_in=handed_in, returned=returned)
            for at, token in enumerate(reviewers)
        ]
        with at_work(*judges, handed_in=handed_in):
            crew = Crew()
            crew.start(
                *(
                    Annotator(address, token, seed=1000 * number + at, texts=texts, handed_in=handed_in)
                    for at, token in enumerate(annotators)
                )
            )
            crew.wait()
        if AnnotationSet.objects.filter(status__in=FINISHED).count() == ARTICLES * OVERLAP:
            break


@pytest.mark.long
def test_every_article_is_finished_exactly_k_times_by_different_people(cast: Cast, tmp_path: Path) -> None:
    import_articles(cast)
    with serving(tmp_path / "log") as address:
        let_them_work(cast, address)
    people = defaultdict(list)
    for article, person in AnnotationSet.objects.filter(status__in=FINISHED).values_list("article", "annotator"):
        people[article].append(person)
    assert len(people) == ARTICLES
    assert all(len(found) == len(set(found)) == OVERLAP for found in people.values())
    assert not AnnotationSet.objects.exclude(status__in=[*FINISHED, State.GIVEN_BACK]).exists()
    assert set(ProjectArticle.objects.values_list("taken", flat=True)) == {OVERLAP}
    # Nothing that was sent twice was done twice.
    assert Revision.objects.count() == Span.objects.count() == Span.objects.values("annotation_set").distinct().count()
    assert not [*broken_places(), *broken_chains()]
    # It was no quiet day: work was given back, left lying, returned and handed in again.
    happened = Counter(StatusChange.objects.values_list("transition", flat=True))
    assert all(happened[key] > 10 for key in ("skip", "expire", "return", "accept")), happened
    assert happened["submit"] == ARTICLES * OVERLAP + happened["return"]

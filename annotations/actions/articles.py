"""How does a single article come in? As the smallest import."""

from annotations.actions.imports import import_drafts
from annotations.errors import NewsroomError
from annotations.importers.text import headline_sections
from annotations.models import Article, Project, User
from annotations.records import Draft, Section, SourceRecord


class NotStored(NewsroomError):
    """Raised when an article could not be stored."""


def add_article(
    project: Project,
    *,
    text: str,
    by: User | None,
    sections: tuple[Section, ...] | None = None,
    source: SourceRecord | None = None,
    url: str = "",
    author: str = "",
    published_at: str | None = None,
) -> Article:
    """Stores a text as an article of the project and returns it; the first line is its headline unless said otherwise.

    Returns the article that is there where the project has this text already. Raises NotStored.
    """
    sections = headline_sections(text) if sections is None else sections
    draft = Draft(text=text, sections=sections, source=source, url=url, author=author, published_at=published_at)
    report = import_drafts(project, [(1, draft)], by=by)
    if report.failures:
        problem = report.failures[0]
        raise NotStored(code=problem.code, message=problem.message, data=problem.data)
    if report.article_ids:
        return Article.objects.get(pk=report.article_ids[0])
    return Article.objects.get(projects=project, text=text)

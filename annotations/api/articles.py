"""/articles/: the articles a person can see, filtered and searched as in the library."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework import viewsets
from rest_framework.exceptions import NotFound
from rest_framework.utils.urls import replace_query_param

from annotations import policy
from annotations.api.pagination import KeysetPagination
from annotations.api.serializers import ArticleSerializer, ArticleTextSerializer, FoundArticleSerializer
from annotations.api.signed import SignedRequest
from annotations.forms.days import DayField
from annotations.models import Article
from annotations.queries.days import midnight
from annotations.queries.library import Cursor, places
from annotations.queries.library_filter import LibraryFilter, filtered

LIBRARY = ("q", "project", "source", "state", "label", "since", "until", "order")


class DayFilter(filters.DateFilter):  # type: ignore[misc]  # django-filter ships no types
    """A day in either calendar: read as a Gregorian one, 1402-06-26 would leave out nothing, or everything."""

    field_class = DayField


class ArticleFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Which articles a list shows: the library's filter, exact days and the language."""

    q = filters.CharFilter(method="of_library", label='words, "a phrase", beginning*, -excluded')
    project = filters.CharFilter(method="of_library", label="a project's slug")
    source = filters.CharFilter(method="of_library", label="an outlet's name")
    state = filters.CharFilter(
        method="of_library", label="the state of the caller's own work; none where there is none"
    )
    label = filters.CharFilter(method="of_library", label="the key of a label that a set the caller may see gives")
    since = filters.CharFilter(method="of_library", label="a day, month or year, Jalali or Gregorian")
    until = filters.CharFilter(method="of_library", label="a day, month or year, Jalali or Gregorian, inclusive")
    order = filters.CharFilter(method="of_library", label="newest, or relevance: headlines with all words first")
    published_from = DayFilter(method="from_day", label="first day of publication, Gregorian or Jalali")
    published_to = DayFilter(method="to_day", label="day after the last day of publication, Gregorian or Jalali")

    class Meta:
        model = Article
        fields = ["language"]

    def of_library(self, rows: QuerySet[Article], name: str, value: str) -> QuerySet[Article]:
        """Leaves the rows as they are: `get_queryset` has asked for all of these at once."""
        return rows

    def from_day(self, rows: QuerySet[Article], name: str, day: date) -> QuerySet[Article]:
        """Leaves what was published on a day or later: a bound of the index, which the day of each row would not be."""
        return rows.filter(published_at__gte=midnight(day))

    def to_day(self, rows: QuerySet[Article], name: str, day: date) -> QuerySet[Article]:
        """Leaves what was published before a day."""
        return rows.filter(published_at__lt=midnight(day))


class ArticlePagination(KeysetPagination):
    """Pages by the cursors of the library: of a search and of a plain list alike."""

    def paginate_queryset(  # type: ignore[override]  # these are of articles only, and of those who are known
        self, queryset: QuerySet[Article], request: SignedRequest, view: Any = None
    ) -> list[Article]:
        """Returns the articles of the page. Raises NotFound for a cursor that this API has not given out."""
        given = request.query_params.get(self.cursor_query_param, "")
        cursor = Cursor.read(given.removeprefix("-"))
        if given and cursor is None:
            raise NotFound(self.invalid_cursor_message)
        back = given.startswith("-")
        self.found = places(
            request.user, view.chosen, queryset, before=None if back else cursor, after=cursor if back else None,
            size=self.get_page_size(request) or self.page_size,
        )  # fmt: skip
        self.address = request.build_absolute_uri()
        rows = Article.objects.select_related("source")
        if not view.chosen.q:
            rows = rows.defer("text")
        by_id = rows.in_bulk([place.pk for place in self.found.places])
        return [by_id[place.pk] for place in self.found.places if place.pk in by_id]

    def get_next_link(self) -> str | None:
        """Returns the address of the next page."""
        return self._link(self.found.older, "")

    def get_previous_link(self) -> str | None:
        """Returns the address of the page before."""
        return self._link(self.found.newer, "-")

    def _link(self, cursor: Cursor | None, sign: str) -> str | None:
        return replace_query_param(self.address, self.cursor_query_param, f"{sign}{cursor}") if cursor else None


class ArticleViewSet(viewsets.ReadOnlyModelViewSet[Article]):
    """Articles: a list without texts, each with its text on its own. A search says where its words stand."""

    queryset = Article.objects.none()
    filterset_class = ArticleFilter
    pagination_class = ArticlePagination
    request: SignedRequest

    @property
    def chosen(self) -> LibraryFilter:
        """The library's filter in the request."""
        given = self.request.query_params
        return LibraryFilter(**{name: given.get(name, "").replace("\x00", "").strip() for name in LIBRARY})

    def get_queryset(self) -> QuerySet[Article]:
        """The articles of the caller's projects that the filter leaves; lists leave the texts in the database."""
        if self.action != "list":
            return policy.visible_articles(self.request.user).select_related("source")
        return filtered(self.request.user, self.chosen).select_related("source").defer("text")

    def get_serializer_class(self) -> type[ArticleSerializer]:
        """With the text for one article, without it in lists, with the hits in those of a search."""
        if self.action != "list":
            return ArticleTextSerializer
        return FoundArticleSerializer if self.request and self.chosen.q else ArticleSerializer

    def get_serializer_context(self) -> dict[str, Any]:
        """Adds the query, so that each article can say where it stands."""
        context = {**super().get_serializer_context()}
        return context | {"query": self.chosen.query} if self.action == "list" and self.request else context

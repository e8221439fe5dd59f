"""/articles/: the articles a person can see."""

from django.db.models import Exists, OuterRef, QuerySet
from django_filters import rest_framework as filters
from rest_framework import viewsets

from annotations import policy
from annotations.api.serializers import ArticleSerializer, ArticleTextSerializer
from annotations.models import Article, ProjectArticle


class ArticleFilter(filters.FilterSet):
    """Which articles a list shows."""

    project = filters.CharFilter(method="in_project")
    source = filters.CharFilter(field_name="source__name")
    published_from = filters.DateFilter(field_name="published_at", lookup_expr="date__gte")
    published_to = filters.DateFilter(field_name="published_at", lookup_expr="date__lt")

    class Meta:
        model = Article
        fields = ["language"]

    def in_project(self, rows: QuerySet[Article], name: str, slug: str) -> QuerySet[Article]:
        """Articles of a project that the caller can see; another's answers as if it were empty."""
        projects = policy.visible_projects(self.request.user).filter(slug=slug)
        return rows.filter(Exists(ProjectArticle.objects.filter(project__in=projects, article=OuterRef("pk"))))


class ArticleViewSet(viewsets.ReadOnlyModelViewSet):
    """Articles: a list without texts, each with its text on its own."""

    queryset = Article.objects.none()
    filterset_class = ArticleFilter

    def get_queryset(self) -> QuerySet[Article]:
        """The articles of the caller's projects; lists leave the texts in the database."""
        rows = policy.visible_articles(self.request.user).select_related("source")
        return rows.defer("text") if self.action == "list" else rows

    def get_serializer_class(self) -> type[ArticleSerializer]:
        """With the text for one article, without it in lists."""
        return ArticleSerializer if self.action == "list" else ArticleTextSerializer

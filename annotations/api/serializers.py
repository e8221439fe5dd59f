"""How do rows look in the API?"""

from typing import Any

from rest_framework import serializers

from annotations.models import AnnotationSet, Article, Label, Project
from annotations.policy import role_in, visible_projects
from annotations.queries.visits import own_seconds
from annotations.queries.warnings import tally_of
from annotations.text.query import find


class ProblemSerializer(serializers.Serializer[Any]):
    """A problem document (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = serializers.ListField(child=serializers.DictField(child=serializers.CharField()), required=False)  # type: ignore[assignment]  # a field, no attribute


class ArticleSerializer(serializers.ModelSerializer[Article]):
    """An article without its text."""

    source = serializers.CharField(source="source.name", default=None, allow_null=True, read_only=True)  # type: ignore[assignment]  # a field, no attribute

    class Meta:
        model = Article
        fields = [
            "id", "uid", "headline", "source", "author", "url", "language", "published_at", "length", "text_sha256",
            "sections", "meta", "created_at",
        ]  # fmt: skip


class ArticleTextSerializer(ArticleSerializer):
    """An article with its text."""

    class Meta(ArticleSerializer.Meta):
        fields = [*ArticleSerializer.Meta.fields, "text"]


class FoundArticleSerializer(ArticleSerializer):
    """An article without its text, and where in the text the words of a search stand."""

    hits = serializers.SerializerMethodField()

    class Meta(ArticleSerializer.Meta):
        fields = [*ArticleSerializer.Meta.fields, "hits"]

    def get_hits(self, article: Article) -> list[list[int]]:
        """The ranges of the text that were found, in code points, half-open, in order."""
        return [list(hit) for hit in find(article.text, self.context["query"])]


class LabelSerializer(serializers.ModelSerializer[Label]):
    """A label of a scheme."""

    archived = serializers.SerializerMethodField()

    class Meta:
        model = Label
        fields = [
            "key", "kind", "title_fa", "title_en", "color", "shortcut", "attributes", "ends", "order", "archived",
        ]  # fmt: skip

    def get_archived(self, label: Label) -> bool:
        """Whether the label is not given any more."""
        return label.archived_at is not None


class ProjectSerializer(serializers.ModelSerializer[Project]):
    """A project and the caller's role in it."""

    role = serializers.SerializerMethodField()

    class Meta:
        model = Project
        fields = [
            "slug", "title", "title_en", "description", "guideline", "guideline_version", "scheme_version", "preset",
            "overlap", "self_assign", "role", "created_at",
        ]  # fmt: skip
        read_only_fields = ["slug", "guideline_version", "scheme_version", "created_at"]

    def get_role(self, project: Project) -> str | None:
        """The caller's role: annotator, reviewer or manager."""
        return role_in(self.context["request"].user, project)


class ProjectCreateSerializer(serializers.Serializer[None]):
    """What a new project is made of."""

    title = serializers.CharField(max_length=200)
    title_en = serializers.CharField(max_length=200, required=False, default="")
    slug = serializers.SlugField(max_length=60, required=False, default="")
    preset = serializers.CharField(max_length=40, default="news-fa")
    description = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    copy_of = serializers.SlugRelatedField(
        slug_field="slug", queryset=Project.objects.none(), required=False,
        help_text="A project of the caller's whose labels and guideline to begin with, instead of a preset's.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "request" in self.context:
            seen = visible_projects(self.context["request"].user)
            self.fields["copy_of"].queryset = seen  # type: ignore[attr-defined]  # the stubs know a field, not which

    def validate_slug(self, slug: str) -> str:
        """Refuses a slug that is taken."""
        if slug and Project.objects.filter(slug=slug).exists():
            raise serializers.ValidationError("This slug is taken.", code="unique")
        return slug


class AnnotationSetSerializer(serializers.ModelSerializer[AnnotationSet]):
    """An annotation set without its annotations."""

    project = serializers.SlugRelatedField[Project](slug_field="slug", read_only=True)
    annotator = serializers.CharField(source="pseudonym", read_only=True)
    warnings = serializers.SerializerMethodField()
    seconds = serializers.SerializerMethodField()

    class Meta:
        model = AnnotationSet
        fields = [
            "id", "uid", "project", "article", "kind", "annotator", "status", "version", "created_at", "updated_at",
            "submitted_at", "warnings", "seconds",
        ]  # fmt: skip

    def get_warnings(self, annotation_set: AnnotationSet) -> dict[str, dict[str, int]]:
        """Numbers by kind, `open` and `dismissed`, as they were when the work was last handed in or one dismissed."""
        return tally_of(annotation_set)

    def get_seconds(self, annotation_set: AnnotationSet) -> int:
        """How long its annotator has worked on it, idle time left out."""
        return own_seconds(annotation_set)


class SpanSerializer(serializers.Serializer[Any]):
    """A span: half-open ranges of code points and what stands there."""

    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field, no attribute
    ranges = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    quote = serializers.CharField()
    attributes = serializers.DictField()
    entity = serializers.CharField(allow_null=True)


class RelationSerializer(serializers.Serializer[Any]):
    """A relation: an end is a span id, `article`, `implicit` or `topic:<key>`."""

    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field, no attribute
    head = serializers.CharField()
    via = serializers.CharField(allow_null=True)
    tail = serializers.CharField()
    attributes = serializers.DictField()


class SetLabelSerializer(serializers.Serializer[Any]):
    """A value said of the whole article, or of its relation to a topic."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field, no attribute
    topic = serializers.CharField(allow_null=True)
    value = serializers.CharField()


class AnnotationSetDetailSerializer(AnnotationSetSerializer):
    """An annotation set with its annotations."""

    text_sha256 = serializers.CharField(source="article.text_sha256", read_only=True)
    spans = SpanSerializer(many=True, read_only=True)
    relations = RelationSerializer(many=True, read_only=True)
    labels = SetLabelSerializer(many=True, read_only=True)

    class Meta(AnnotationSetSerializer.Meta):
        fields = [*AnnotationSetSerializer.Meta.fields, "text_sha256", "spans", "relations", "labels"]


class AnnotationSetCreateSerializer(serializers.Serializer[None]):
    """Which article of which project somebody begins to annotate."""

    project = serializers.SlugField()
    article = serializers.IntegerField()


class OperationsSerializer(serializers.Serializer[Any]):
    """A batch of operations; each has `op_id`, `op` and the fields of docs/operations.md."""

    text_sha256 = serializers.CharField()
    since = serializers.IntegerField(
        required=False, allow_null=True, min_value=0,
        help_text="The version the author had seen: what others have changed after it is not overwritten.",
    )  # fmt: skip
    operations = serializers.ListField(child=serializers.DictField())


class ResultSerializer(serializers.Serializer[Any]):
    """What became of an operation."""

    op_id = serializers.UUIDField(allow_null=True)
    status = serializers.ChoiceField(choices=["ok", "duplicate", "rejected"])
    version = serializers.IntegerField(required=False, help_text="The revision that holds it.")
    reason = serializers.CharField(required=False)
    field = serializers.CharField(required=False)
    detail = serializers.CharField(required=False)


class OperationsReplySerializer(serializers.Serializer[Any]):
    """The set's version after the batch, and a result for each operation in order."""

    version = serializers.IntegerField()
    results = ResultSerializer(many=True)


class SinceSerializer(serializers.Serializer[None]):
    """From which version on the history is asked."""

    since = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)


class StepSerializer(serializers.Serializer[Any]):
    """One revision: an edit is one operation, an import one revision with all of them."""

    version = serializers.IntegerField()
    op_id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    operations = serializers.ListField(child=serializers.DictField())


class HistorySerializer(serializers.Serializer[dict[str, Any]]):
    """Where the set stands, and what was done to it after `since`; `more` asks for the page after the last version."""

    version = serializers.IntegerField()
    status = serializers.CharField()
    editable = serializers.BooleanField(help_text="Whether the caller may edit the set now.")
    scheme = serializers.IntegerField(help_text="The version of the label scheme that holds.")
    topics = serializers.CharField(help_text="A hash of the project's topics: another one, where they have changed.")
    revisions = StepSerializer(many=True)
    more = serializers.BooleanField()


class FailureSerializer(serializers.Serializer[Any]):
    """A record that was not stored."""

    place = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()


class ImportReportSerializer(serializers.Serializer[Any]):
    """What became of the records of an import."""

    stored = serializers.IntegerField()
    skipped = serializers.IntegerField()
    failed = serializers.IntegerField()
    sets = serializers.IntegerField()
    spans = serializers.IntegerField()
    relations = serializers.IntegerField()
    failures = FailureSerializer(many=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Leaves the values as they are."""
        return dict(instance)

"""How does the API say what a label scheme is, and what a draft of it would do?"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from annotations.importers.scheme import MOST_SCHEME
from annotations.kinds.draft import DraftLabel
from annotations.kinds.soundness import MESSAGES, Problem
from annotations.queries.consequences import Consequences


class DraftLabelSerializer(serializers.Serializer[Any]):
    """A label of a draft; `was` is the key it is published under, `into` the label it shall be merged into."""

    key = serializers.CharField(max_length=40)
    kind = serializers.CharField()
    title_fa = serializers.CharField(max_length=80)
    title_en = serializers.CharField(max_length=80)
    color = serializers.CharField(required=False, default="slate")
    shortcut = serializers.CharField(required=False, default="", help_text="A KeyboardEvent.code.")
    attributes = serializers.DictField(required=False, help_text="JSON Schema; of a document label `values`, `topic`.")
    ends = serializers.DictField(required=False, help_text="What may stand under `head`, `via` and `tail`.")
    archived = serializers.BooleanField(required=False, default=False)
    was = serializers.CharField(required=False, default="", allow_blank=True)
    into = serializers.CharField(required=False, default="", allow_blank=True)


class LabelsSerializer(serializers.Serializer[Any]):
    """Labels in their order. Without them, the saved draft is meant."""

    labels = DraftLabelSerializer(many=True, required=False)


class DraftSerializer(serializers.Serializer[None]):
    """A draft as it is sent; `seen` is `at` of the draft its author had before them, `base` the version begun from."""

    labels = DraftLabelSerializer(many=True)
    seen = serializers.CharField(required=False, allow_null=True)
    base = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=2**31 - 1)


class StateSerializer(serializers.Serializer[Any]):
    """Whose draft there is."""

    by = serializers.CharField()
    mine = serializers.BooleanField()
    at = serializers.CharField(help_text="When it was last saved; ISO 8601.")
    base = serializers.IntegerField()
    stale = serializers.BooleanField(help_text="Another version was published since it was begun.")


class TopicSerializer(serializers.Serializer[Any]):
    """A target of stances that need not be mentioned."""

    key = serializers.CharField()
    title_fa = serializers.CharField()
    title_en = serializers.CharField(allow_blank=True)
    proposition = serializers.CharField(allow_blank=True)


class SchemeSerializer(serializers.Serializer[Any]):
    """The scheme: version and labels that hold, the project's topics, and for managers the draft."""

    version = serializers.IntegerField()
    labels = DraftLabelSerializer(many=True)
    topics = TopicSerializer(many=True)
    draft = DraftLabelSerializer(many=True, allow_null=True)
    state = StateSerializer(allow_null=True)


class ProblemOfSchemeSerializer(serializers.Serializer[Any]):
    """What stands in the way of publishing; `at` are places in the list of labels."""

    code = serializers.CharField()
    at = serializers.ListField(child=serializers.IntegerField())
    field = serializers.CharField()
    detail = serializers.CharField(help_text="In the caller's language.")
    data = serializers.DictField()  # type: ignore[assignment]  # a field, no attribute


class ChangeSerializer(serializers.Serializer[Any]):
    """What becomes of one label and of the annotations that bear it; docs/scheme.md says what each count means."""

    at = serializers.IntegerField()
    key = serializers.CharField()
    was = serializers.CharField()
    into = serializers.CharField()
    changed = serializers.ListField(child=serializers.CharField(), source="fields")
    used = serializers.IntegerField()
    affected = serializers.IntegerField()
    invalid = serializers.IntegerField()
    ends = serializers.IntegerField()
    missing = serializers.IntegerField()
    refused = serializers.IntegerField()
    articles = serializers.IntegerField()


class ConsequencesSerializer(serializers.Serializer[Any]):
    """All that a draft would do."""

    affected = serializers.IntegerField()
    articles = serializers.IntegerField()
    changes = serializers.ListField(child=serializers.DictField())
    problems = ProblemOfSchemeSerializer(many=True)
    preview = serializers.DictField(allow_null=True, help_text="A paragraph of the project, judged by the draft.")


class FileSerializer(serializers.Serializer[None]):
    """The text of a file that defines labels."""

    text = serializers.CharField(max_length=MOST_SCHEME)


class NoteSerializer(serializers.Serializer[None]):
    """What publishing is told; `seen` as for a draft."""

    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=300)
    seen = serializers.CharField(required=False, allow_null=True)


class VersionSerializer(serializers.Serializer[Any]):
    """A published version without its content."""

    number = serializers.IntegerField()
    note = serializers.CharField()
    by = serializers.SerializerMethodField()
    published_at = serializers.DateTimeField()

    def get_by(self, version: Any) -> str:
        """The name of who published it."""
        return version.by.display_name if version.by else ""


class PublishedSchemeSerializer(VersionSerializer):
    """A published version of the scheme without its labels."""

    job = serializers.SerializerMethodField(
        help_text="The job by which annotations follow a merge of labels where they are many, else null."
    )

    def get_job(self, version: Any) -> int | None:
        """The id of the job, None where nothing was left to one."""
        merged = getattr(version, "relabelling", None)
        return merged and merged.job_id


class SchemeVersionSerializer(PublishedSchemeSerializer):
    """A published version with its labels."""

    labels = serializers.ListField(child=serializers.DictField())


def explained(problem: Problem) -> dict[str, Any]:
    """Returns a problem in the active language."""
    detail = _(MESSAGES[problem.code]).format(**problem.data)
    return {
        "code": problem.code, "at": list(problem.at), "field": problem.field, "detail": detail, "data": problem.data,
    }  # fmt: skip


def told(found: Consequences) -> dict[str, Any]:
    """Returns consequences as the API says them."""
    return {
        "affected": found.affected,
        "articles": found.articles,
        "changes": ChangeSerializer(found.changes, many=True).data,
        "problems": [explained(problem) for problem in found.problems],
    }


def as_sent(labels: Sequence[DraftLabel]) -> list[dict[str, Any]]:
    """Returns labels with all their fields, also those that are empty."""
    return [{name: getattr(label, name) for name in DraftLabel.__struct_fields__} for label in labels]

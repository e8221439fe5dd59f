"""What does the API of adjudication take and give? The shapes, for requests and for the schema."""

from typing import Any

from rest_framework import serializers

from annotations.actions.adjudication import LONGEST_NOTE
from annotations.adjudication.units import AGREED, DIFFERENCES
from annotations.models import ErrorType
from annotations.queries.adjudication_queue import Page

MOST_TAKEN = 20
MOST_RANGES = 64


def _range() -> serializers.ListField:
    return serializers.ListField(child=serializers.IntegerField(min_value=0), min_length=2, max_length=2)


class AdjudicationRowSerializer(serializers.Serializer[Any]):
    """An article of the queue."""

    article = serializers.IntegerField()
    headline = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # a field, no attribute
    agreement = serializers.FloatField(help_text="Mean exact F1 of the finished sets' spans, over pairs of sets.")
    differences = serializers.IntegerField(help_text="Undecided ones.")


class AdjudicationQueueSerializer(serializers.Serializer[Page]):
    """A page of the queue; `following` asks for the next one, as `after`."""

    rows = AdjudicationRowSerializer(many=True)
    following = serializers.CharField(allow_null=True)


class AdjudicationStepSerializer(serializers.Serializer[None]):
    """A step that is done once."""

    step = serializers.UUIDField(help_text="Made by the client; the same id twice is the same step.")


class AdjudicationUndoSerializer(serializers.Serializer[None]):
    """Which step to take back; the last one if it is not said."""

    step = serializers.UUIDField(required=False, allow_null=True, default=None)


class AdjudicationFinishSerializer(serializers.Serializer[None]):
    """What was seen of the sets."""

    seen = serializers.CharField(
        required=False, allow_null=True, default=None, max_length=16,
        help_text="The state's `seen`: refused if a set came in or changed since. Not compared if it is not said.",
    )  # fmt: skip


class DecisionSerializer(AdjudicationStepSerializer):
    """What is decided of one unit."""

    unit = serializers.CharField(max_length=80)
    seen = serializers.CharField(max_length=16, help_text="The unit's `seen`: refused if its candidates changed since.")
    take = serializers.ListField(
        child=serializers.CharField(max_length=16), max_length=MOST_TAKEN, default=list,
        help_text="Keys of candidates; none rejects all, several take all of them.",
    )  # fmt: skip
    own = serializers.ListField(
        child=_range(), max_length=MOST_RANGES, default=list,
        help_text="Another boundary for the one candidate taken: ranges of code points, half-open.",
    )  # fmt: skip
    quote = serializers.CharField(
        default="", allow_blank=True, trim_whitespace=False, help_text="What stands at `own`; checked."
    )
    error_type = serializers.ChoiceField(ErrorType.choices, default="", allow_blank=True)
    note = serializers.CharField(max_length=LONGEST_NOTE, default="", allow_blank=True)


class AdjudicationSourceSerializer(serializers.Serializer[Any]):
    """An annotation that says a candidate: the set, and its id there; an article label has none."""

    set = serializers.IntegerField(allow_null=True)
    id = serializers.CharField(allow_null=True)


class CandidateSerializer(serializers.Serializer[Any]):
    """A value and who says it."""

    key = serializers.CharField()
    value = serializers.DictField(help_text="Of a relation, an end that is a span is `unit:<key>`.")
    by = serializers.ListField(child=serializers.IntegerField())
    sources = AdjudicationSourceSerializer(many=True)
    waits = serializers.ListField(child=serializers.CharField(), help_text="Units to decide first.")
    void = serializers.BooleanField(help_text="An end of the relation was decided away.")


class VerdictSerializer(serializers.Serializer[Any]):
    """A decision that was made. `dated`: the candidates have changed since."""

    take = serializers.ListField(child=serializers.CharField())
    values = serializers.ListField(child=serializers.DictField())
    own = serializers.BooleanField()
    error_type = serializers.CharField()
    note = serializers.CharField()
    dated = serializers.BooleanField()


class AdjudicationUnitSerializer(serializers.Serializer[Any]):
    """One disagreement, decided or not."""

    key = serializers.CharField()
    seen = serializers.CharField()
    noun = serializers.ChoiceField(["span", "relation", "label"])
    group = serializers.CharField(help_text="The kind of its labels.")
    kind = serializers.ChoiceField([AGREED, *DIFFERENCES])
    at = serializers.IntegerField()
    ranges = serializers.ListField(child=_range())
    pairs = serializers.FloatField(help_text="The share of pairs of sets that say the same.")
    candidates = CandidateSerializer(many=True)
    absent = serializers.ListField(child=serializers.IntegerField())
    preselected = serializers.CharField(allow_null=True, help_text="'' for none of them; null where nothing leads.")
    settled = serializers.BooleanField()
    verdict = VerdictSerializer(allow_null=True)


class AdjudicationAnnotatorSerializer(serializers.Serializer[Any]):
    """One of the sets, by the number it bears on this article."""

    number = serializers.IntegerField()
    set = serializers.IntegerField(allow_null=True)
    finished = serializers.BooleanField()


class AdjudicationCountSerializer(serializers.Serializer[Any]):
    """How much of a label is agreed."""

    group = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field, no attribute
    n = serializers.IntegerField()


class AdjudicationAgreedSerializer(serializers.Serializer[Any]):
    """What every set says alike: all of it, what is not accepted yet, what can be now."""

    all = serializers.IntegerField()
    pending = serializers.IntegerField()
    acceptable = serializers.IntegerField()
    labels = AdjudicationCountSerializer(many=True)


class AdjudicationLostSerializer(serializers.Serializer[Any]):
    """A decision of what no annotator says any more; it stands in the gold set."""

    unit = serializers.CharField()
    noun = serializers.CharField()
    values = serializers.ListField(child=serializers.DictField())


class AdjudicationMarkSerializer(serializers.Serializer[Any]):
    """A span as the page draws it; the colour of what is agreed and not accepted yet begins with `soft-`."""

    id = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field, no attribute
    kind = serializers.CharField()
    color = serializers.CharField()
    ranges = serializers.ListField(child=_range())
    title = serializers.CharField()


class AdjudicationStateSerializer(serializers.Serializer[Any]):
    """How far the adjudication of an article is."""

    version = serializers.IntegerField()
    seen = serializers.CharField(help_text="Stands for what the finished sets say.")
    status = serializers.CharField(allow_null=True)
    gold = serializers.IntegerField(allow_null=True, help_text="The gold set.")
    another = serializers.CharField(allow_null=True, help_text="Who else adjudicates it.")
    editable = serializers.BooleanField()
    annotators = AdjudicationAnnotatorSerializer(many=True)
    missing = serializers.ListField(child=serializers.IntegerField())
    units = AdjudicationUnitSerializer(many=True)
    agreed = AdjudicationAgreedSerializer()
    ends = serializers.DictField(help_text="Where the spans stand that relations are between: ranges by unit.")
    lost = AdjudicationLostSerializer(many=True)
    undo = serializers.BooleanField()
    undo_step = serializers.UUIDField(allow_null=True, help_text="The caller's last step; named, it goes once.")
    undone = serializers.CharField(required=False, help_text="Of an undo: the unit that is open again.")
    marks = AdjudicationMarkSerializer(many=True)

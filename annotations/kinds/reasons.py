"""Why is an operation rejected? The sentence behind each code, an English msgid that the edge translates and fills."""

from annotations.errors import gettext_noop

# What an import says of it; `why` is one of the reasons.
NOT_TAKEN = gettext_noop("Annotation {at} of the set {set} is not taken: {why}")
REASONS = {
    "malformed": gettext_noop("The operation can't be read: {problem}"),
    "op_id_missing": gettext_noop("The operation has no op_id; give it a UUID of its own."),
    "nul": gettext_noop("The operation holds a NUL character."),
    "changed_since": gettext_noop("Somebody else has changed this since you saw it."),
    "id_taken": gettext_noop("There is something with this id already."),
    "span_unknown": gettext_noop("There is no such span; perhaps it was deleted."),
    "relation_unknown": gettext_noop("There is no such relation; perhaps it was deleted."),
    "span_in_use": gettext_noop("Relations stand on this span; change or delete them first."),
    "label_unknown": gettext_noop("The project has no label «{label}»."),
    "label_archived": gettext_noop("The label «{label}» is archived and is not given any more."),
    "label_kind": gettext_noop("The label «{label}» is of another kind."),
    "attribute_invalid": gettext_noop("The label «{label}» does not take this attribute: {problem}"),
    "quote_missing": gettext_noop("New ranges need their quote, and a quote its ranges."),
    "quote_mismatch": gettext_noop("The quote is not what stands there: «{found}»."),
    "entity_not_for_kind": gettext_noop("A span with the label «{label}» is not linked to an entity."),
    "entity_unknown": gettext_noop("The project's knowledge base has no entity «{entity}»."),
    "entity_taken": gettext_noop("The project's knowledge base has an entity «{entity}» already."),
    "entity_nameless": gettext_noop("The name of an entity needs a letter."),
    "entity_not_yours": gettext_noop("Only the person who made the entity «{entity}» may take it back."),
    "ranges_count": gettext_noop("A span has 1 to {most} ranges."),
    "range_outside": gettext_noop("The range {start}–{end} lies outside the text of {length} code points."),
    "ranges_order": gettext_noop(
        "The ranges of a span follow each other and don't touch; the one at {start} does not."
    ),
    "range_blank": gettext_noop("The range {start}–{end} holds only white space."),
    "topic_unknown": gettext_noop("The project has no topic «{topic}»."),
    "end_unknown": gettext_noop("There is no span {end} for this end of the relation."),
    "end_not_allowed": gettext_noop("The label «{label}» does not allow this here."),
    "article_label_unknown": gettext_noop("The label «{label}» has no value to take back."),
    "topic_expected": gettext_noop("The label «{label}» is asked of a topic."),
    "topic_unexpected": gettext_noop("The label «{label}» is not asked of a topic."),
    "value_not_allowed": gettext_noop("«{value}» is not a value of the label «{label}»."),
}

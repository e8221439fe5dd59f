"""What looks like a slip in a set, and how are its words labelled in others? As one person may see it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Sum

from annotations import policy
from annotations.kinds.warnings import Finding, find_warnings
from annotations.kinds.wording import is_named, key_hash, words_key
from annotations.models import AnnotationSet, Dismissal, Project, Span, User, WarningTally
from annotations.models.warnings import WarningKind
from annotations.queries.annotation_sets import relations_of, spans_of
from annotations.queries.scheme import Labels, ProjectScheme
from annotations.records import QUOTE_GAP, SpanRecord

Counts = dict[str, dict[str, int]]
MOST_SETS = 5
# An article of 50,000 characters has fewer names; the rest of a longer one is not looked up.
MOST_WORDS = 1000


def labelled_elsewhere(annotation_set: AnnotationSet, keys: Collection[str], *, to: User) -> Counts:
    """Counts the labels of the same words in the project's other sets that the person may see: key -> label -> number.

    Peers stay blind to each other: `policy.attended_sets` decides, so an annotator hears of their own work alone.
    """
    by_hash = {key_hash(key): key for key in keys}
    others = policy.attended_sets(to).filter(project=annotation_set.project_id).exclude(pk=annotation_set.pk)
    rows = Span.objects.filter(words__in=by_hash, annotation_set__in=others.values("pk")).order_by()
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for words, label, n in rows.values_list("words", "label__key").annotate(n=Count("pk")):
        counts[by_hash[words]][label] = n
    return dict(counts)


def own_keys(spans: Iterable[SpanRecord], labels: Labels) -> list[str]:
    """Returns the keys of the words of a set's names, the first ones of the text."""
    named = (words_key(span.quote) for span in spans if is_named(labels[span.label], span.attributes))
    return list(dict.fromkeys(key for key in named if key))[:MOST_WORDS]


def elsewhere_of(annotation_set: AnnotationSet, *, to: User) -> Counts:
    """Counts how the words of a set are labelled in other sets that the person may see."""
    labels = _scheme(annotation_set).labels
    return labelled_elsewhere(annotation_set, own_keys(spans_of(annotation_set), labels), to=to)


def findings_of(annotation_set: AnnotationSet, *, to: User) -> list[Finding]:
    """Returns what looks wrong in a set to one person, dismissed or not, in the order of the text."""
    scheme = _scheme(annotation_set)
    spans = spans_of(annotation_set)
    elsewhere = labelled_elsewhere(annotation_set, own_keys(spans, scheme.labels), to=to)
    text = annotation_set.article.text
    return find_warnings(text, scheme.rules, spans, relations_of(annotation_set), elsewhere=elsewhere)


def _scheme(annotation_set: AnnotationSet) -> ProjectScheme:
    scheme = ProjectScheme(annotation_set.project_id)
    scheme.labels.read_all()
    return scheme


def dismissed_keys(annotation_set: AnnotationSet, *, by: User) -> list[str]:
    """Returns the keys of all warnings that the person has dismissed in the set, also of what has changed since."""
    rows = Dismissal.objects.filter(user=by, annotation_set=annotation_set).order_by("pk")
    return [f"{kind}:{thing}:{stamp}" for kind, thing, stamp in rows.values_list("kind", "thing", "stamp")]


def open_findings(annotation_set: AnnotationSet, *, to: User) -> list[Finding]:
    """Returns the warnings of a set that the person has not dismissed."""
    dismissed = set(dismissed_keys(annotation_set, by=to))
    return [finding for finding in findings_of(annotation_set, to=to) if finding.key not in dismissed]


def counted(findings: Iterable[Finding], dismissed: Collection[str]) -> Counts:
    """Counts findings by kind, those open and those dismissed."""
    counts: dict[str, Counter[str]] = {"open": Counter(), "dismissed": Counter()}
    for finding in findings:
        counts["dismissed" if finding.key in dismissed else "open"][finding.kind] += 1
    return {state: dict(by_kind) for state, by_kind in counts.items()}


def quotes_of(annotation_set: AnnotationSet) -> dict[str, str]:
    """Returns by id what to call a span or relation of a set: its words, or those of its ends."""
    quotes = {span.id: span.quote for span in spans_of(annotation_set)}
    for relation in relations_of(annotation_set):
        ends = (quotes.get(end or "") for end in (relation.head, relation.via, relation.tail))
        quotes[relation.id] = QUOTE_GAP.join(filter(None, ends))
    return quotes


def warnings_data(annotation_set: AnnotationSet, *, to: User) -> dict[str, Any]:
    """Returns all warnings of a set as one person sees them, with counts by kind."""
    findings, dismissed = findings_of(annotation_set, to=to), set(dismissed_keys(annotation_set, by=to))
    quotes = quotes_of(annotation_set)
    rows = [
        {
            "key": one.key,
            "kind": one.kind,
            "span": one.id if one.noun == "span" else None,
            "relation": one.id if one.noun == "relation" else None,
            "start": one.start,
            "quote": quotes.get(one.id, ""),
            "data": one.data,
            "dismissed": one.key in dismissed,
        }
        for one in findings
    ]
    return counted(findings, dismissed) | {"warnings": rows}


def tally_of(annotation_set: AnnotationSet) -> Counts:
    """Returns the counts that were taken of a set last; without another query where they were prefetched."""
    counts: Counts = {"open": {}, "dismissed": {}}
    for row in annotation_set.warning_tallies.all():
        for state in counts:
            if n := getattr(row, state):
                counts[state][row.kind] = n
    return counts


def project_tallies(project: Project) -> list[dict[str, Any]]:
    """Returns by kind how many warnings the project's sets have, open and dismissed, as they were counted last."""
    rows = WarningTally.objects.filter(annotation_set__project=project).values("kind").order_by()
    found = {row["kind"]: row for row in rows.annotate(opened=Sum("open"), closed=Sum("dismissed"))}
    return [
        {"kind": kind, "title": title, "open": found[kind]["opened"], "dismissed": found[kind]["closed"]}
        for kind, title in WarningKind.choices
        if kind in found and found[kind]["opened"] + found[kind]["closed"]
    ]


def most_warned(project: Project) -> list[AnnotationSet]:
    """Returns the sets with most open warnings, each with `open_warnings`, without their texts."""
    rows = AnnotationSet.objects.filter(project=project).annotate(open_warnings=Sum("warning_tallies__open"))
    rows = rows.filter(open_warnings__gt=0).select_related("article").order_by("-open_warnings", "pk")
    return list(rows.defer("article__text", "article__sections", "article__meta")[:MOST_SETS])

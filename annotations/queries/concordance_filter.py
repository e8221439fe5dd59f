"""Which hits does a concordance show, in which order? One filter object for page, API, bulk labels and CSV."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotations import policy
from annotations.models import Label, LabelKind, Project, User
from annotations.queries.selection import FilterInvalid
from annotations.text.day_range import day_range
from annotations.text.query import Query, parse

CORPUS, NEXT, PREVIOUS, LABEL, DATE = "corpus", "next", "previous", "label", "date"
ORDERS = (CORPUS, NEXT, PREVIOUS, LABEL, DATE)
UNLABELLED = "none"
# What is said of words; a claim is said of sentences, and every word in it would bear its label.
WORD_KINDS = (LabelKind.ENTITY, LabelKind.CUE, LabelKind.EXPRESSION)
FIELDS = ("q", "whose", "label", "source", "since", "until", "order")
DEFAULTS = {"whose": policy.OWN, "order": CORPUS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is looked for in a project's articles, and what of it is shown.

    `whose` names the work that labels are read from. `label` is a label's key, `-key` for hits without it, `none` for
    hits without any label, empty for all hits. `since` and `until` are days, months or years, as they were typed.
    """

    project: Project
    q: str = ""
    whose: str = policy.OWN
    label: str = ""
    source: str = ""
    since: str = ""
    until: str = ""
    order: str = CORPUS

    @property
    def query(self) -> Query:
        """The query as the text engine reads it. Raises QueryTooLong."""
        return parse(self.q)

    @property
    def wants(self) -> str:
        """The key of the label that hits must bear, empty where they need none."""
        return self.label if self.label not in ("", UNLABELLED) and not self.label.startswith("-") else ""

    def shows(self, labels: set[str]) -> bool:
        """Whether a hit that bears these labels is shown."""
        if self.label == UNLABELLED:
            return not labels
        if self.label.startswith("-"):
            return self.label[1:] not in labels
        return not self.label or self.label in labels

    def parameters(self) -> dict[str, str]:
        """Returns the query string's parameters that lead to this choice again; what is not chosen is left out."""
        said = {name: str(getattr(self, name) or "") for name in FIELDS}
        return {name: value for name, value in said.items() if value and value != DEFAULTS.get(name)}


def choice_from(parameters: Mapping[str, str], *, project: Project, by: User) -> Choice:
    """Reads a choice. Raises FilterInvalid, DayUnreadable; without `whose`, one's own work is read."""
    said = {name: (parameters.get(name) or "").replace("\x00", "").strip() for name in FIELDS}
    whose = _one_of("whose", said["whose"] or DEFAULTS["whose"], policy.readable_work(by, project))
    order = _one_of("order", said["order"] or DEFAULTS["order"], ORDERS)
    label = said["label"]
    if label not in ("", UNLABELLED):
        known = Label.objects.filter(project=project, kind__in=WORD_KINDS).values_list("key", flat=True)
        _one_of("label", label.removeprefix("-"), tuple(known))
    for name in ("since", "until"):
        if said[name]:
            day_range(said[name])
    return Choice(project=project, **said | {"whose": whose, "order": order})


def _one_of(field: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise FilterInvalid(field=field, value=value, known=", ".join(known))
    return value

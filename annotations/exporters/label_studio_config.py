"""Which labelling configuration shows what was exported? What was met on the way, as Label Studio's XML."""

from collections import defaultdict
from xml.sax.saxutils import quoteattr

from annotations.records import Record

# Values of an attribute that the configuration lists; of free text there is no end.
MOST_CHOICES = 200


class Config:
    """The controls that results name, collected while tasks are written; names never stand for two controls."""

    def __init__(self) -> None:
        self.relations: set[str] = set()
        self._spans: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._choices: defaultdict[str, set[str]] = defaultdict(set)
        self._of: defaultdict[str, set[str]] = defaultdict(set)
        self._owners: dict[str, str] = {}
        self._links = False

    def span(self, kind: str, label: str, record: Record) -> str:
        """Returns the name of the control for labels of a kind."""
        if label not in self._spans[kind]:
            self._spans[kind][label] = next(one.title_fa for one in record.labels if one.key == label)
        return f"labels-{kind}"

    def choice(self, name: str, value: str, *, of: str = "") -> str:
        """Returns the name of the control for a value: of regions with the label `of`, or of the whole article."""
        owner = "region" if of else "article"
        if self._owners.setdefault(name, owner) != owner:
            name = f"{owner}-{name}"
        if len(self._choices[name]) < MOST_CHOICES:
            self._choices[name].add(value)
        if of:
            self._of[name].add(of)
        return name

    def link(self) -> str:
        """Returns the name of the control for links to entities."""
        self._links = True
        return "entity"

    def xml(self) -> str:
        """Returns the configuration: right to left, spans of any length, overlaps allowed."""
        lines = ["<View>"]
        if self.relations:
            lines += ["  <Relations>", *_values("Relation", sorted(self.relations)), "  </Relations>"]
        for kind, labels in sorted(self._spans.items()):
            lines.append(f'  <Labels name="labels-{kind}" toName="text" choice="single">')
            lines += [
                f"    <Label value={quoteattr(label)} hint={quoteattr(title)}/>"
                for label, title in sorted(labels.items())
            ]
            lines.append("  </Labels>")
        lines.append('  <View style="direction: rtl; text-align: start; line-height: 2">')
        lines.append('    <Text name="text" value="$text" granularity="symbol"/>')
        lines.append("  </View>")
        for name, values in sorted(self._choices.items()):
            owners = ",".join(sorted(self._of.get(name, ())))
            where = f' perRegion="true" whenLabelValue={quoteattr(owners)}' if owners else ""
            lines.append(f'  <Choices name={quoteattr(name)} toName="text" choice="single"{where}>')
            lines += [*_values("Choice", sorted(values)), "  </Choices>"]
        if self._links:
            lines.append('  <TextArea name="entity" toName="text" perRegion="true"/>')
        return "\n".join([*lines, "</View>", ""])


def _values(element: str, values: list[str]) -> list[str]:
    return [f"    <{element} value={quoteattr(value)}/>" for value in values]

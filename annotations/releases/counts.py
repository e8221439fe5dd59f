"""How much is in a release? Counted while its records stream by."""

from collections import Counter
from typing import Any

from annotations.records import Record, labels_of


class Counts:
    """Articles, sets, spans, relations and article labels, in all and by part and label."""

    def __init__(self) -> None:
        self.parts: dict[str, Counter[str]] = {}
        self.labels: dict[str, Counter[str]] = {}
        self.titles: dict[str, tuple[str, str, str]] = {}
        self.kinds: Counter[str] = Counter()

    def add(self, record: Record, part: str) -> None:
        """Takes an article in that stands in a part."""
        counted = self.parts.setdefault(part, Counter())
        counted["articles"] += 1
        counted["characters"] += len(record.text)
        for one in record.labels:
            self.titles[one.key] = (one.kind, one.title_fa, one.title_en)
        for work in record.annotation_sets:
            self.kinds[work.kind] += 1
            counted["sets"] += 1
            counted["spans"] += len(work.spans)
            counted["relations"] += len(work.relations)
            counted["labels"] += len(work.labels)
            for label in labels_of(work):
                self.labels.setdefault(label, Counter())[part] += 1

    def as_builtins(self) -> dict[str, Any]:
        """Returns the counts as JSON has them, in a stable order."""
        total: Counter[str] = Counter()
        for counted in self.parts.values():
            total.update(counted)
        return {
            "total": dict(sorted(total.items())),
            "parts": {part: dict(sorted(self.parts[part].items())) for part in sorted(self.parts)},
            "kinds": dict(sorted(self.kinds.items())),
            "labels": [
                {"key": key, "kind": self.titles[key][0], "title_fa": self.titles[key][1],
                 "title_en": self.titles[key][2], "count": sum(self.labels[key].values()),
                 "parts": dict(sorted(self.labels[key].items()))}
                for key in sorted(self.labels, key=lambda key: (self.titles[key][0], key))
            ],
        }  # fmt: skip

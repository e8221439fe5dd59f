"""What becomes of the labels of an import? Each is the project's, a new one, or left out: proposed, then chosen.

Choices stand in the job's parameters as [kind, label, choice], the choice `=KEY`, `new` or `out`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from annotations.importers.label_names import legal_key
from annotations.importers.mapping import Known, LabelMap, proposed, slot_of
from annotations.importers.survey import Incoming, LabelUse, Surveyor
from annotations.jobs.values import storable
from annotations.models import Job, Project
from annotations.queries.scheme import known_labels
from annotations.records import LabelTitle

Defined = dict[Incoming, LabelTitle]
NEW, OUT = "new", "out"


def label_rows(project: Project, uses: Sequence[LabelUse], defined: Defined) -> list[dict[str, Any]]:
    """Returns for each incoming label its use, what is proposed, and how a new one would be defined; unknown first.

    A label that the file itself defines would be made as it says.
    """
    known = known_labels(project)
    targets = proposed(replace(Surveyor().survey(), labels=tuple(uses)), known)
    taken = set(known)
    rows = []
    for use in uses:
        incoming, target = (use.kind, use.label), targets[use.kind, use.label]
        new = defined.get(incoming) or (target if isinstance(target, LabelTitle) else _new(use, taken))
        if new.key in known:
            new = _new(use, taken)
        taken.add(new.key)
        rows.append(
            {
                "kind": use.kind, "label": use.label, "count": use.count,
                "samples": [storable(sample) for sample in use.samples],
                "new": msgspec.to_builtins(new), "choice": NEW if isinstance(target, LabelTitle) else f"={target}",
            }
        )  # fmt: skip
    return sorted(rows, key=lambda row: (row["choice"] != NEW, row["choice"] == f"={row['label']}"))


def _new(use: LabelUse, taken: set[str]) -> LabelTitle:
    title = use.label[:80]
    return LabelTitle(
        key=legal_key(use.label, taken=taken, fallback=use.kind), kind=use.kind, title_fa=title, title_en=title
    )


def fitting(row: Mapping[str, Any], known: Mapping[str, Known]) -> list[str]:
    """Returns the keys of the project's labels that an incoming label can become: spans stay spans."""
    slot = slot_of(row["kind"])
    return [key for key, label in known.items() if label.rule.active and slot_of(label.rule.kind) is slot]


def label_map(job: Job) -> LabelMap:
    """Returns what was chosen for the job's labels, as the importers take it."""
    new = {
        (row["kind"], row["label"]): msgspec.convert(row["new"], LabelTitle)
        for row in job.params.get("seen", {}).get("labels", ())
    }
    found: dict[Incoming, str | LabelTitle | None] = {}
    for kind, label, choice in job.params.get("labels", ()):
        if choice == OUT:
            found[kind, label] = None
        elif choice == NEW:
            found[kind, label] = new[kind, label]
        else:
            found[kind, label] = choice.removeprefix("=")
    return found

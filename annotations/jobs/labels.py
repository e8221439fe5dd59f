"""What becomes of the labels of an import? Each is the project's, a new one, or left out: proposed, then chosen.

Choices stand in the job's parameters as [kind, label, choice], the choice `=KEY`, `new` or `out`; without a preview,
where nobody has seen yet which labels there are, also `+KIND=KEY`: a new one of that kind.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.label_names import legal_key
from annotations.importers.mapping import Known, LabelMap, proposed, slot_of
from annotations.importers.survey import Incoming, LabelUse, Surveyor
from annotations.jobs.values import storable
from annotations.kinds import KINDS
from annotations.models import Job, Project
from annotations.queries.scheme import known_labels
from annotations.records import LabelTitle


class MappingInvalid(NewsroomError):
    """Raised for a label that is to become one that the project does not have."""

    def __init__(self, *, pair: str, known: str) -> None:
        super().__init__(
            code="mapping_invalid",
            message=gettext_noop("«{pair}» does not say which of the project's labels a label becomes."),
            hint=gettext_noop("INCOMING=LABEL, with one of: {known}."),
            data={"pair": pair, "known": known},
        )


Defined = dict[Incoming, LabelTitle]
NEW, OUT = "new", "out"
Choice = list[str]


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
    return targets(job.params.get("labels", ()), new)


def targets(choices: Iterable[Choice], new: Defined) -> LabelMap:
    """Returns what choices mean, where the labels that are to be made are known."""
    found: dict[Incoming, str | LabelTitle | None] = {}
    for kind, label, choice in choices:
        if choice == OUT:
            found[kind, label] = None
        elif choice == NEW:
            found[kind, label] = new[kind, label]
        elif choice.startswith("+"):
            made, _, key = choice[1:].partition("=")
            found[kind, label] = LabelTitle(key=key, kind=made, title_fa=label[:80], title_en=label[:80])
        else:
            found[kind, label] = choice.removeprefix("=")
    return found


def said_choices(project: Project, pairs: Iterable[str]) -> list[Choice]:
    """Returns what `INCOMING=LABEL` says, for each kind that a label of that name may be of in the files.

    The project's label, `-` to leave it out, or `+KIND` to make one, unless an earlier import has. Raises
    MappingInvalid.
    """
    known = known_labels(project)
    taken, chosen = set(known), []
    for pair in pairs:
        incoming, _, said = storable(pair).rpartition("=")
        made = said[1:] if said.startswith("+") else ""
        if not incoming or not (said == "-" or said in known or made in KINDS):
            raise MappingInvalid(pair=pair, known=", ".join([*known, "-", *(f"+{kind}" for kind in KINDS)]))
        choice = OUT if said == "-" else f"={_made_before(incoming, made, known) or said}"
        if made and choice == f"={said}":
            taken.add(key := legal_key(incoming, taken=taken, fallback=made))
            choice = f"+{made}={key}"
        slot = None if said == "-" else slot_of(made or known[said].rule.kind)
        chosen += [[kind, incoming, choice] for kind in KINDS if slot in (None, slot_of(kind))]
    return chosen


def _made_before(label: str, kind: str, known: Mapping[str, Known]) -> str | None:
    """Returns the key of the project's label of a kind that has a label's name as its key, else as its title."""
    fitting = {key: one for key, one in known.items() if one.rule.active and one.rule.kind == kind}
    titled = (key for key, one in fitting.items() if label[:80] in one.titles)
    return label if label in fitting else next(titled, None)

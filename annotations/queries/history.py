"""Who did what to an article's sets, and when? A page of events, edits that follow each other closely as one."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from annotations import policy
from annotations.models import AnnotationSet, Comment, RevisionStep, StatusChange, Uncarried, User, Verdict
from annotations.queries.history_people import called, people_of
from annotations.queries.history_revisions import Arrival, arrivals_in, steps_in, tell
from annotations.queries.history_rows import (
    COMMENT,
    DECISION,
    KINDS,
    RESOLVED,
    REVISION,
    STATUS,
    VERDICT,
    Asked,
    Place,
    Row,
    rows,
)
from annotations.queries.history_words import of_arrival, of_comment, of_decision, of_move, of_step, of_verdict
from annotations.queries.sentences import Phrase, Sentences

PAGE = 200
# Edits of one person in one set that lie no further apart stand together.
GAP = timedelta(minutes=15)


@dataclass(slots=True, kw_only=True)
class Event:
    """Something that happened, or several edits in a row: from `since` to `at`, `first` to `last` version.

    `what` says it where it is one thing; `details` are the edits in their order, `counts` how many of which verb.
    `unit` is what a verdict was about, as the adjudication's page has it.
    `who` is None where the program acted, "" where it followed from a correction; `note` is what a person wrote.
    """

    kind: str
    at: datetime
    since: datetime
    work: AnnotationSet
    who: str | None
    what: Phrase | None = None
    details: list[Phrase] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    note: str = ""
    first: int = 0
    last: int = 0
    n: int = 1
    unit: str = ""

    @property
    def before(self) -> int:
        """The version that the edits began from."""
        return max(self.first - 1, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """Events, the newest first; where the list goes on, if it does; the names that can be asked for."""

    events: list[Event]
    older: Place | None
    people: list[str]


def history_page(
    sets: Sequence[AnnotationSet], *, reader: User, person: str = "", kind: str = "", before: Place | None = None,
    size: int = PAGE,
) -> HistoryPage:  # fmt: skip
    """Reads one page of what happened to some sets, which must have come through the policy with project and article.

    `person` is a name as the page gives it, `kind` one of KINDS. Comments, and what was said with a transition, are for
    those who attend to the set.
    """
    by_id = {work.pk: work for work in sets}
    talk = tuple(policy.attended_sets(reader).filter(pk__in=by_id).order_by().values_list("pk", flat=True))
    people = people_of(by_id, talk, reader=reader)
    arrivals = arrivals_in(sets)
    asked = Asked(
        sets=tuple(by_id), talk=talk, arrivals=tuple(arrival.pk for arrival in arrivals.values()),
        kind=kind if kind in KINDS else "", pairs=tuple(people.get(person, ())) if person else None,
    )  # fmt: skip
    found = rows(asked, before=before, most=size + 1)
    shown = found[:size]
    events = _Events(by_id, arrivals, talk, reader=reader).of(shown)
    return HistoryPage(events=events, older=shown[-1].place if len(found) > size else None, people=list(people))


class _Events:
    """Reads what the rows of one page stand for, a query for each table, and puts edits together."""

    def __init__(
        self, sets: Mapping[int, AnnotationSet], arrivals: Mapping[int, Arrival], talk: Collection[int], *, reader: User
    ) -> None:
        self.sets, self.arrivals, self.talk, self.reader = sets, arrivals, talk, reader
        self.people: dict[int, User] = {}
        self.told: dict[tuple[int, int], list[Phrase]] = {}
        self.steps: dict[tuple[int, int], RevisionStep] = {}
        self.rest: dict[int, dict[int, Any]] = {}
        self.sentences: dict[int, Sentences] = {}

    def of(self, shown: Sequence[Row]) -> list[Event]:
        """Returns the events of some rows."""
        self._read(shown)
        events: list[Event] = []
        keys: list[object] = []
        for row in shown:
            key = self._key(row)
            if events and key is not None and keys[-1] == key and events[-1].since - row.place.at < GAP:
                self._add(events[-1], row)
            else:
                events.append(self._event(row))
                keys.append(key)
        for event in events:
            event.details.reverse()
        return events

    def _read(self, shown: Sequence[Row]) -> None:
        self.people = User.objects.in_bulk({row.person for row in shown if row.person})
        edits = [row for row in shown if row.place.rank == REVISION]
        self.sentences = {
            project: Sentences(project) for project in {self.sets[row.set_id].project_id for row in shown}
        }
        self.steps = steps_in([(row.set_id, row.version) for row in edits])
        wanted = [
            (row.set_id, row.version) for row in edits
            if not (row.version == 1 and row.set_id in self.arrivals)
        ]  # fmt: skip
        self.told = tell(wanted, self.sets, self.sentences)
        tables = (
            (DECISION, Uncarried), (STATUS, StatusChange), (COMMENT, Comment), (RESOLVED, Comment), (VERDICT, Verdict),
        )  # fmt: skip
        for rank, table in tables:
            pks = [row.place.pk for row in shown if row.place.rank == rank]
            self.rest[rank] = table.objects.in_bulk(pks) if pks else {}

    def _key(self, row: Row) -> object:
        """Returns what rows that stand together share; None for what stands alone."""
        if row.place.rank != REVISION or (row.version == 1 and row.set_id in self.arrivals):
            return None
        step = self.steps.get((row.set_id, row.version))
        return row.set_id, row.person, step and step.pk

    def _event(self, row: Row) -> Event:
        work = self.sets[row.set_id]
        event = Event(kind="", at=row.place.at, since=row.place.at, work=work, who=self._who(row.person, work))
        if row.place.rank == REVISION:
            self._revision(event, row)
        elif row.place.rank == STATUS:
            change: StatusChange = self.rest[STATUS][row.place.pk]
            change.annotation_set = work
            event.kind, event.note = "status", change.note if work.pk in self.talk else ""
            event.what = of_move(change, called(work.annotator, work, reader=self.reader))
        elif row.place.rank == VERDICT:
            verdict: Verdict = self.rest[VERDICT][row.place.pk]
            event.kind, event.note, event.unit = "verdict", verdict.note, verdict.unit
            event.what = of_verdict(verdict, work, self.sentences[work.project_id])
        elif row.place.rank == DECISION:
            event.kind, event.what = "arrival", of_decision(self.rest[DECISION][row.place.pk])
        else:
            comment: Comment = self.rest[row.place.rank][row.place.pk]
            resolved = row.place.rank == RESOLVED
            event.kind, event.note = "comment", "" if resolved else comment.text
            event.what = of_comment(comment, resolved=resolved)
        return event

    def _revision(self, event: Event, row: Row) -> None:
        event.first = event.last = row.version
        arrival = self.arrivals.get(row.set_id) if row.version == 1 else None
        if arrival:
            event.kind = "arrival"
            event.what = of_arrival(arrival.n, carried=arrival.carried)
            if arrival.carried:
                event.who = ""
            return
        step = self.steps.get((row.set_id, row.version))
        event.kind = step.kind if step else "edit"
        if step:
            labels = self.sentences[event.work.project_id].labels
            event.what = of_step(step, labels)
        event.n = 0
        self._add(event, row)

    def _add(self, event: Event, row: Row) -> None:
        """Takes a further revision into an event; they come newest first."""
        phrases = self.told[row.set_id, row.version]
        event.details += reversed(phrases)
        event.counts.update(phrase.verb for phrase in phrases)
        event.since, event.first, event.n = row.place.at, row.version, event.n + 1

    def _who(self, person: int | None, work: AnnotationSet) -> str | None:
        return called(self.people.get(person) if person else None, work, reader=self.reader)

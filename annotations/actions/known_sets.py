"""Which sets does the project have of a batch's articles, and do they say what those that come in say?

A set is known by its id; without one, by its article, kind and annotator. Then it must say the same as the one that is
here said when it came in: two annotators' files without names would else be taken for one that was sent twice. An
account has one set of its own on an article, under whichever pseudonym.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec

from annotations.actions.import_values import RecordInvalid, operations_of
from annotations.edits import AnyOperation, encode_operations
from annotations.errors import gettext_noop
from annotations.kinds.base import SLOTS
from annotations.models import AnnotationSet, Article, Project, Revision, SetKind, User
from annotations.records import DraftSet

Whose = tuple[str, str, str]
Said = Counter[bytes]


class KnownSets:
    """The sets of a project that a batch may bring again."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._articles: Collection[int] = ()
        self._by_uid: dict[str, str] = {}
        self._whose: set[Whose] = set()
        self._accounts: dict[tuple[str, int], str] = {}
        self._said: dict[Whose, Said] = {}
        self._made: dict[Whose, Sequence[AnyOperation]] = {}

    def look_up(self, *, uids: Collection[str], articles: Collection[int]) -> None:
        """Reads which of these sets there are, and whose sets stand on these articles."""
        sets = AnnotationSet.objects.filter(project=self.project)
        self._articles = articles
        self._by_uid = dict(sets.filter(uid__in=uids).values_list("uid", "article__uid"))
        self._whose, self._accounts = set(), {}
        names = ("article__uid", "kind", "pseudonym", "annotator")
        for article, kind, pseudonym, annotator in sets.filter(article__in=articles).values_list(*names):
            self._note((article, kind, pseudonym), annotator)
        self._said, self._made = {}, {}

    def add(self, row: AnnotationSet, operations: Sequence[AnyOperation], article: Article) -> None:
        """Takes a set of the batch itself among the known ones."""
        whose = (article.uid, row.kind, row.pseudonym)
        self._by_uid[row.uid] = article.uid
        self._note(whose, row.annotator_id)
        self._made[whose] = operations

    def _note(self, whose: Whose, annotator: int | None) -> None:
        self._whose.add(whose)
        article, kind, pseudonym = whose
        if annotator is not None and kind == SetKind.ANNOTATOR:
            self._accounts[article, annotator] = pseudonym

    def has(self, uid: str, work: DraftSet, article: Article, *, annotator: User | None) -> bool:
        """Tells whether a set is here; `annotator` is the account that its pseudonym stands for, if any.

        Raises RecordInvalid if its id or its annotator stands for another one.
        """
        if self._by_uid.get(uid, article.uid) != article.uid:
            raise RecordInvalid("set_of_other_article", gettext_noop("The set {id} is one of another article."), id=uid)
        if uid in self._by_uid:
            return True
        whose = (article.uid, work.kind, work.annotator or "")
        if whose not in self._whose:
            self._check_account(article, work, annotator)
            return False
        if self._said_by(whose) != _said(operations_of(work, set_uid=uid)):
            raise RecordInvalid(
                "set_differs",
                gettext_noop(
                    "Another set of the same annotator ({annotator}) stands on this article; this one was left out. "
                    "If it is somebody else's, name the annotator in the format's options."
                ),
                annotator=work.annotator or "–",
            )
        return True

    def _check_account(self, article: Article, work: DraftSet, annotator: User | None) -> None:
        if annotator is None or work.kind != SetKind.ANNOTATOR:
            return
        known = self._accounts.get((article.uid, annotator.pk))
        if known is None:
            return
        raise RecordInvalid(
            "account_has_set",
            gettext_noop(
                "The account {account}, which {annotator} was said to be, has a set on this article already, "
                "as {known}. Give each annotator an account of their own."
            ),
            account=annotator.username, annotator=work.annotator or "–", known=known,
        )  # fmt: skip

    def _said_by(self, whose: Whose) -> Said:
        """Returns what a known set said when it came in; most batches bring nothing again and never ask."""
        if whose not in self._said:
            if whose in self._made:
                self._said[whose] = _said(self._made[whose])
            else:
                self._read()
        return self._said.get(whose, Counter())

    def _read(self) -> None:
        """Reads what all stored sets on these articles said when they came in."""
        first = Revision.objects.filter(
            version=1, annotation_set__project=self.project, annotation_set__article__in=self._articles
        )
        names = ("annotation_set__article__uid", "annotation_set__kind", "annotation_set__pseudonym", "operations")
        for uid, kind, pseudonym, operations in first.values_list(*names):
            self._said.setdefault((uid, kind, pseudonym), _counted(operations))


def _said(operations: Iterable[AnyOperation]) -> Said:
    return _counted(msgspec.json.decode(encode_operations(operations)))


def _counted(operations: list[dict[str, Any]]) -> Said:
    """Returns what operations make, in no order and without the ids, which each import makes anew."""
    spans = {one["id"]: _bare(one) for one in operations if one["op"] == "span.create"}
    joined = [{**one, **{slot: spans.get(one.get(slot), one.get(slot)) for slot in SLOTS}} for one in operations]
    return Counter(msgspec.json.encode(_bare(one), order="sorted") for one in joined)


def _bare(operation: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in operation.items() if name not in ("id", "op_id")}

"""How are the drafts of one batch checked and written? Checked in memory first, then each table in one go."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from annotations import policy
from annotations.actions.carry import Work, carried_sets, stored_work
from annotations.actions.definitions import Definitions
from annotations.actions.import_rows import Prepared, PreparedSet, write_batch
from annotations.actions.import_values import (
    RecordInvalid,
    check_text,
    headline_of,
    moment,
    operations_of,
    provenance_of,
    stable_uid,
)
from annotations.actions.known_sets import KnownSets
from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.base import Unreadable
from annotations.kinds.judge import Bench, Rejected, judge
from annotations.kinds.reasons import NOT_TAKEN, REASONS
from annotations.kinds.state import SetState
from annotations.models import AnnotationSet, Article, Project, ProjectArticle, SetKind, SetStatus, User
from annotations.models.fields import new_uid
from annotations.records import Draft, DraftSet
from annotations.text.fold import key_sha256
from annotations.text.freeze import freeze, text_sha256
from annotations.text.page_key import page_key


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that is in the project already; `twin` is the article that says the same in another spelling."""

    twin: Article | None = None


class Batch:
    """A number of drafts on their way into one project."""

    def __init__(
        self, project: Project, definitions: Definitions, *, by: User | None, annotators: Mapping[str, User]
    ) -> None:
        self.project, self.definitions, self.by, self.annotators = project, definitions, by, annotators
        self.now = timezone.now()
        self.prepared: list[Prepared] = []
        self.texts: dict[int, tuple[str, str, str]] = {}
        self.by_uid: dict[str, Article] = {}
        self.by_sha: dict[str, Article] = {}
        self.by_key: dict[str, Article] = {}
        self.by_page: dict[str, Article] = {}
        self.placed: dict[str, float | None] = {}
        self.known = KnownSets(project)

    def look_up(self, drafts: list[Draft]) -> None:
        """Reads what the project knows of these drafts, and learns the definitions they bring."""
        drafts = [draft for draft in drafts if self._is_sound(draft)]
        self.definitions.learn(drafts)
        uids = [uid for d in drafts for uid in (self.article_uid(d.id), self.article_uid(d.supersedes)) if uid]
        hashes = [self._frozen(draft)[1] for draft in drafts]
        rows = Article.objects.only("uid", "text_sha256", "key_sha256", "page_key", "headline", "published_at")
        self.by_uid = {article.uid: article for article in rows.filter(uid__in=uids)}
        places = ProjectArticle.objects.filter(project=self.project)
        in_project = rows.filter(Exists(places.filter(article=OuterRef("pk"))), text_sha256__in=hashes)
        self.by_sha = {article.text_sha256: article for article in in_project}
        self._look_for_twins(drafts, rows.filter(Exists(places.filter(article=OuterRef("pk")))))
        ids = [article.pk for article in (*self.by_uid.values(), *self.by_sha.values())]
        self.placed = dict(places.filter(article__in=ids).values_list("article__uid", "uncertainty"))
        self.known.look_up(uids=[uid for draft in drafts for uid in self._set_uids(draft)], articles=ids)

    def _look_for_twins(self, drafts: list[Draft], rows: QuerySet[Article]) -> None:
        """Reads the project's articles that say the same in another spelling, and the latest that stood at a page."""
        keys = [self._frozen(draft)[2] for draft in drafts]
        self.by_key = {article.key_sha256: article for article in rows.filter(key_sha256__in=keys).order_by("-pk")}
        pages = [key for draft in drafts if (key := page_key(draft.url))]
        later = Article.objects.filter(supersedes=OuterRef("pk"), page_key=OuterRef("page_key"))
        at_pages = rows.filter(page_key__in=pages).order_by(
            ~Exists(later), F("published_at").asc(nulls_first=True), "pk"
        )
        self.by_page = {article.page_key: article for article in at_pages}

    def article_uid(self, given: str | None) -> str | None:
        """Returns the id that an article's id in a record stands for in this project."""
        return stable_uid(given, within=f"project {self.project.pk}")

    def _set_uids(self, draft: Draft) -> list[str]:
        """Returns the ids of a draft's sets, as far as they can be known before its article is."""
        article = self.article_uid(draft.id) or ""
        return [uid for work in draft.annotation_sets if (uid := stable_uid(work.id, within=article))]

    def _is_sound(self, draft: Draft) -> bool:
        try:
            check_text(draft, *self._frozen(draft)[:2])
        except NewsroomError:
            return False
        return True

    def prepare(self, place: int, draft: Draft) -> Prepared | Skipped | Unreadable:
        """Checks one draft: Prepared to be added, Skipped if nothing in it is new, Unreadable with the reason."""
        try:
            return self._prepare(draft)
        except NewsroomError as error:
            return Unreadable(place=place, code=error.code, message=error.message, data=error.data)

    def _prepare(self, draft: Draft) -> Prepared | Skipped:
        text, sha256, _key = self._frozen(draft)
        check_text(draft, text, sha256)
        if twin := self._twin(draft):
            return Skipped(twin)
        prepared = self._article(draft)
        seen: set[str] = set()
        for work in draft.annotation_sets:
            uid = stable_uid(work.id, within=prepared.article.uid) or new_uid()
            account = self.annotators.get(work.annotator or "")
            marks = {uid, f"{work.kind} {work.annotator or ''}"}
            if account is not None and work.kind == SetKind.ANNOTATOR:
                marks.add(f"account {account.pk}")
            if marks & seen:
                raise RecordInvalid(
                    "set_twice", gettext_noop("A set, or two of the same annotator, stand in it twice.")
                )
            seen |= marks
            if not self.known.has(uid, work, prepared.article, annotator=account):
                prepared.sets.append(self._set(work, prepared.article, text, uid=uid))
        is_score_known = prepared.uncertainty in (None, self.placed.get(prepared.article.uid))
        if prepared.in_project and not prepared.sets and is_score_known:
            return Skipped()
        if prepared.is_new and prepared.article.supersedes and not draft.supersedes:
            prepared.sets += self._carried(prepared, prepared.article.supersedes)
        return prepared

    def _frozen(self, draft: Draft) -> tuple[str, str, str]:
        """Returns the text to be stored, its hash and its key's, worked out once for each draft of the batch."""
        if id(draft) not in self.texts:
            text = freeze(draft.text)
            self.texts[id(draft)] = text, text_sha256(text), key_sha256(text)
        return self.texts[id(draft)]

    def _twin(self, draft: Draft) -> Article | None:
        """Returns the article that says what a draft says, be it in another spelling or under another id.

        A draft with work on it has none, and neither has a record of our own: what was exported comes back as it was.
        """
        _text, sha256, key = self._frozen(draft)
        uid = self.article_uid(draft.id)
        says_more = draft.schema or draft.annotation_sets or draft.supersedes
        is_here = sha256 in self.by_sha if uid is None else uid in self.by_uid
        return None if says_more or is_here else self.by_key.get(key)

    def _carried(self, prepared: Prepared, old: Article) -> list[PreparedSet]:
        """Returns the work on the superseded version, carried over, but for whose work the draft brings itself."""
        waiting = [Work.prepared(work) for other in self.prepared if other.article is old for work in other.sets]
        if old.pk:
            old = Article.objects.get(pk=old.pk)
            waiting += stored_work(self.project, old)
        brought = {whose for work in prepared.sets for whose in _whose(work.row)}
        works = [work for work in waiting if not brought & _whose(work.row)]
        return list(carried_sets(works, old=old, new=prepared.article, scheme=self.definitions.scheme.rules))

    def _article(self, draft: Draft) -> Prepared:
        uid, (text, sha256, key) = self.article_uid(draft.id), self._frozen(draft)
        found = self.by_uid.get(uid) if uid else self.by_sha.get(sha256)
        if found is not None and found.text_sha256 != sha256:
            raise RecordInvalid(
                "id_of_other_text", gettext_noop("The id {id} belongs to an article with another text."), id=uid
            )
        if found is not None and found.uid not in self.placed and not self._may_reuse(found):
            raise RecordInvalid(
                "id_of_other_article", gettext_noop("The id {id} belongs to an article elsewhere."), id=uid
            )
        if found is not None:
            return Prepared(article=found, is_new=False, in_project=found.uid in self.placed, source=None,
                            uncertainty=draft.uncertainty)  # fmt: skip
        article = Article(
            uid=uid or new_uid(), text=text, text_sha256=sha256, length=len(text), headline=headline_of(draft, text),
            sections=msgspec.to_builtins(draft.sections), url=draft.url, author=draft.author,
            published_at=moment(draft.published_at, "published_at"), language=draft.language, meta=draft.meta,
            key_sha256=key, page_key=page_key(draft.url), added_by=self.by,
        )  # fmt: skip
        article.supersedes = self._superseded(draft) or (None if draft.schema else self._corrected(article))
        there = self._at_page(article)
        later = there if there is not None and _is_earlier(article, than=there) else None
        return Prepared(article=article, is_new=True, in_project=False, source=draft.source, later=later,
                        uncertainty=draft.uncertainty)  # fmt: skip

    def _may_reuse(self, article: Article) -> bool:
        """Whether an article that stands elsewhere may come into this project: only by somebody who can see it."""
        return article.pk is None or self.by is None or policy.visible_articles(self.by).filter(pk=article.pk).exists()

    def _superseded(self, draft: Draft) -> Article | None:
        if draft.supersedes is None:
            return None
        found = self.by_uid.get(self.article_uid(draft.supersedes) or "")
        if found is None or (found.uid not in self.placed and not self._may_reuse(found)):
            raise RecordInvalid(
                "supersedes_unknown",
                gettext_noop("It supersedes the article {id}, which is not here."),
                id=draft.supersedes,
            )
        return found

    def _corrected(self, article: Article) -> Article | None:
        """Returns the version that stood at the same page before with other words, unless that was published later."""
        found = self._at_page(article)
        if found is None or found.key_sha256 == article.key_sha256 or _is_earlier(article, than=found):
            return None
        return found

    def _at_page(self, article: Article) -> Article | None:
        return self.by_page.get(article.page_key) if article.page_key else None

    def _set(self, work: DraftSet, article: Article, text: str, *, uid: str) -> PreparedSet:
        if work.kind not in SetKind.values:
            raise RecordInvalid(
                "set_kind_unknown", gettext_noop("There is no kind of annotation set «{kind}»."), kind=work.kind
            )
        if work.status not in SetStatus.values:
            raise RecordInvalid(
                "set_status_unknown", gettext_noop("There is no status «{status}»."), status=work.status
            )
        row = AnnotationSet(
            uid=uid, project=self.project, article=article, kind=work.kind,
            annotator=self.annotators.get(work.annotator or ""), pseudonym=work.annotator or "", status=work.status,
            created_at=moment(work.created_at, "created_at") or self.now,
            updated_at=moment(work.updated_at, "updated_at") or self.now,
            submitted_at=moment(work.submitted_at, "submitted_at"), version=1,
        )  # fmt: skip
        if work.kind == SetKind.ANNOTATOR and not row.pseudonym:
            raise RecordInvalid(
                "annotator_missing", gettext_noop("A set of the kind «annotator» needs its annotator's pseudonym.")
            )
        state = SetState()
        bench = Bench(text, self.definitions.scheme.rules, state)
        operations = list(operations_of(work, set_uid=row.uid))
        for at, operation in enumerate(operations):
            try:
                state.keep(operation, judge(operation, bench))
            except Rejected as refusal:
                raise RecordInvalid(
                    refusal.code, NOT_TAKEN, **refusal.data, at=at + 1, set=work.id or work.annotator or work.kind,
                    field=refusal.field, why=REASONS[refusal.code].format(**refusal.data),
                ) from refusal  # fmt: skip
        return PreparedSet(row, state, operations, provenance=provenance_of(work, state))

    def add(self, prepared: Prepared) -> None:
        """Takes a prepared record into the batch, so that its twin later in the batch is seen as one."""
        self.prepared.append(prepared)
        article = prepared.article
        self.by_uid[article.uid] = self.by_sha[article.text_sha256] = article
        self.by_key.setdefault(article.key_sha256, article)
        if article.page_key and prepared.is_new and prepared.later is None:
            self.by_page[article.page_key] = article
        known = self.placed.get(article.uid)
        self.placed[article.uid] = known if prepared.uncertainty is None else prepared.uncertainty
        for work in prepared.sets:
            self.known.add(work.row, work.operations, prepared.article)

    def write(self) -> list[int]:
        """Writes the batch and returns the ids of its articles."""
        return write_batch(self.prepared, project=self.project, scheme=self.definitions.scheme, by=self.by)


def _is_earlier(article: Article, *, than: Article) -> bool:
    return bool(article.published_at and than.published_at and article.published_at < than.published_at)


def _whose(row: AnnotationSet) -> set[tuple[str, str | int]]:
    """Returns what no two sets of an article may share: kind with pseudonym, and of annotators their account."""
    shared: set[tuple[str, str | int]] = {(row.kind, row.pseudonym)}
    return shared | {(row.kind, row.annotator_id)} if row.annotator_id and row.kind == SetKind.ANNOTATOR else shared

"""A stance corpus: articles, claims, the stance of each article to each claim, and the sentences that show it.

The claim becomes a topic, the stance a label of the article towards it, each sentence of the evidence, found in the
text, an expression of the stance. As FarExStance, Zarharan et al. (2019), AraStance and FNC-1 have them.
"""

import hashlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from typing import IO, Any

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.annotator import ANNOTATOR, by_annotator
from annotations.importers.base import Importer, Item, Unreadable
from annotations.importers.compose import compose
from annotations.importers.limits import MIB
from annotations.importers.objects import first_objects
from annotations.importers.shelf import Shelf
from annotations.importers.stance_cases import Case, cases, fill
from annotations.importers.stance_rows import named, rows
from annotations.importers.work import LONGEST_SHOWN, Reading, Work, unreadable
from annotations.records import DraftRelation, LabelTitle, TopicRecord
from annotations.registry import Option
from annotations.text.fold import search_key

VALUES = ("agree", "disagree", "discuss", "unrelated")
POLARITY = {"agree": "FAVOR", "disagree": "AGAINST", "discuss": "NONE"}
_SAME = {
    "favor": "agree", "for": "agree", "support": "agree", "supports": "agree", "موافق": "agree", "against": "disagree",
    "refutes": "disagree", "deny": "disagree", "مخالف": "disagree", "neutral": "discuss", "comment": "discuss",
    "بی داوری": "discuss", "نامرتبط": "unrelated",
}  # fmt: skip
LABELS = {
    "headline_stance": LabelTitle("headline_stance", "article", "موضع تیتر", "Stance of the headline"),
    "body_stance": LabelTitle("body_stance", "article", "موضع متن", "Stance of the body"),
    "EXPRESSION": LabelTitle("EXPRESSION", "expression", "عبارت موضع", "Stance expression"),
    "stance": LabelTitle("stance", "stance", "موضع", "Stance"),
}
_IN_MEMORY = 8 * MIB
_SENTENCE_END = re.compile(r"(?<=[.؟!?])\s+")
_INK = re.compile(r"\w")

NUMBERS = Option(
    key="numbers",
    title=gettext_noop("Stances by number"),
    default="disagree agree discuss unrelated",
    hint=gettext_noop("Where the stance is a number, what 0, 1, 2 … stand for."),
)
NONE = Option(
    key="none",
    title=gettext_noop("No evidence"),
    default="ادعای وارد شده در متن گزارش نشده است",
    hint=gettext_noop("The sentence that stands in place of evidence where there is none."),
)


@by_annotator
def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields each article with all its judgements as one set; the place is the article's number, by first mention."""
    numbers = str(options.get("numbers") or NUMBERS.default).replace(",", " ").split()
    none = search_key(str(options.get("none") or NONE.default), spaces=False)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        shelf = Shelf(spool)
        yield from ((1, _at_start(problem)) for problem in fill(shelf, rows(file)))
        place = 0
        for place, case in enumerate(cases(shelf), 1):
            try:
                yield from _Article(place, case, numbers, none).items()
            except NewsroomError as error:
                yield place, unreadable(place, error)
        if not place:
            message = gettext_noop("The file holds no records.")
            yield 1, Unreadable(place=1, code="no_records", message=message)


def _at_start(problem: Unreadable) -> Unreadable:
    """Returns what is wrong with a row under the first place: articles are numbered when all rows are known."""
    data = problem.data | {"row": problem.place}
    return Unreadable(place=1, code=problem.code, message=problem.message, data=data)


class _Article:
    """One article on its way to a draft."""

    def __init__(self, place: int, case: Case, numbers: list[str], none: str) -> None:
        from annotations.text.anchor import Anchorer

        self.case, self.numbers, self.none = case, numbers, none
        if case.id and not case.text and not case.headline:
            message = gettext_noop("The text of the article {id} is not in the file; put both into one ZIP archive.")
            raise NewsroomError(code="text_missing", message=message, data={"id": case.id.removesuffix(" headline")})
        text, self.sections = compose(headline=case.headline, paragraphs=[case.text])
        self.reading = Reading(place, text)
        self.work = self.reading.work()
        self.anchorer = Anchorer(self.reading.frame.text)
        self.body = next((part.start for part in self.sections if part.kind == "body"), 0)
        self.pairs: dict[str, Any] = {}
        self.span_of: dict[tuple[tuple[int, int], ...], str] = {}
        self.used: set[str] = set()
        self.repeated = 0

    def items(self) -> Iterator[Item]:
        """Yields the draft and what was noticed."""
        for judgement in self.case.judgements:
            self._judgement(judgement)
        if self.case.differs:
            message = gettext_noop("The article has {count} other texts under the same id; the first was kept.")
            self.work.remark("text_differs", message, count=self.case.differs)
        if self.repeated:
            message = gettext_noop("{count} sentences of evidence stand at several places; one of them was taken.")
            self.work.remark("evidence_repeated", message, count=self.repeated)
        meta = self.case.rest | ({"pairs": self.pairs} if self.pairs else {})
        labels = tuple(label for key, label in LABELS.items() if key in self.used)
        yield from self.reading.items(id=self.case.id, sections=self.sections, meta=meta, labels=labels)

    def _judgement(self, row: dict[str, Any]) -> None:
        claim, of = str(row.pop("claim", "")).strip(), row.pop("of")
        stance, evidence = self._stance(row.pop("stance", "")), row.pop("evidence", [])
        if not _INK.search(claim) or not stance:
            message = gettext_noop("A row without a claim or a stance was left out.")
            self.work.remark("stance_missing", message)
            return
        topic = self._topic(claim, row.pop("claim_id", None))
        label = "headline_stance" if of == "headline" else "body_stance"
        if self.work.label(label, stance, topic=topic):
            self.used.add(label)
        if row:
            self.pairs[topic] = row
        self._evidence(evidence, stance, topic)

    def _stance(self, given: Any) -> str:
        if isinstance(given, int) or (isinstance(given, str) and given.strip().isdecimal()):
            number = int(given) if len(str(given)) < 4 else -1
            return self.numbers[number] if 0 <= number < len(self.numbers) else str(given)[:80]
        said = search_key(given) if isinstance(given, str) else ""
        return said if said in VALUES else _SAME.get(said, str(given).strip()[:80] if said else "")

    def _topic(self, claim: str, number: Any) -> str:
        """Returns the key of a claim; without a number of its own it is named by its words."""
        digest = hashlib.sha256(search_key(claim).encode()).hexdigest()[:16]
        key = f"claim-{str(number)[:60]}" if isinstance(number, str | int) else f"claim-{digest}"
        known = self.reading.topics.setdefault(key, TopicRecord(key, claim[:300], "", claim))
        if known.proposition != claim:
            message = gettext_noop("The claim {key} has other words here: «{claim}»")
            self.work.remark("claim_differs", message, key=key, claim=claim[:LONGEST_SHOWN])
        return key

    def _evidence(self, given: Any, stance: str, topic: str) -> None:
        near = self.body
        for sentence in _sentences(given):
            if search_key(sentence, spaces=False).rstrip(".") == self.none.rstrip("."):
                continue
            found = self.anchorer.anchor(sentence, near=near)
            if found is None:
                message = gettext_noop("A sentence of evidence was not found in the text: «{quote}»")
                self.work.remark("evidence_not_found", message, quote=sentence[:LONGEST_SHOWN], topic=topic)
                continue
            near = found.ranges[-1][1]
            self.repeated += found.rivals > 0
            if found.method == "fuzzy":
                message = gettext_noop("A sentence of evidence was found by likeness ({score} of 100): «{quote}»")
                self.work.remark(
                    "evidence_alike", message, score=found.score, quote=sentence[:LONGEST_SHOWN], topic=topic
                )
            self._expression(self.work, found.ranges, stance, topic)

    def _expression(self, work: Work, ranges: tuple[tuple[int, int], ...], stance: str, topic: str) -> None:
        """A sentence is one span, however many claims it is evidence for; a relation says for which."""
        span = self.span_of.get(ranges)
        if span is None:
            span = self.span_of[ranges] = f"e{len(self.span_of) + 1}"
            work.span("EXPRESSION", ranges, id=span)
        id, polarity = f"{span} {topic}", POLARITY.get(stance)
        if any(relation.id == id for relation in work.relations):
            return
        work.relations.append(
            DraftRelation(
                label="stance", head="article", via=span, tail=f"topic:{topic}", id=id,
                attributes={"polarity": polarity} if polarity else {},
            )
        )  # fmt: skip
        self.used |= {"EXPRESSION", "stance"}


def _sentences(given: Any) -> list[str]:
    """Returns the sentences of evidence: of a list its items, of a text the parts that its full stops end."""
    parts = given if isinstance(given, list) else _SENTENCE_END.split(given) if isinstance(given, str) else []
    return [part.strip() for part in parts if isinstance(part, str) and len(_INK.findall(part)) > 2]


def recognise(name: str, head: bytes) -> int:
    """Records or columns of claims and stances, or an archive with files called so."""
    if head.startswith(b"PK\x03\x04"):
        return 3 * bool(re.search(rb"(?:pairs|stances?|claims?)\w{0,30}\.(?:jsonl?|csv)", head))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        # A web annotation has a label and a target, too.
        found = [named(record) for record in first_objects(head) if record.get("type") != "Annotation"]
        return 3 * (bool(found) and all({"claim", "stance"} <= record.keys() for record in found))
    columns = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", errors="replace")
    known = named(dict.fromkeys(re.split(r"[,;\t|]", columns.replace('"', "")[:2000]), "x"))
    return 3 * ({"claim", "stance"} <= known.keys() and bool({"text", "headline", "article"} & known.keys()))


IMPORTER = Importer(
    key="stance", title=gettext_noop("Stance corpus (claims, stances, evidence)"),
    suffixes=(".zip", ".jsonl", ".json", ".csv", ".tsv", ".xlsx"), read=read, recognise=recognise,
    options=(NUMBERS, NONE, ANNOTATOR), annotated=True,
)  # fmt: skip

"""CoNLL-U Plus: sentences with their text, tokens in ten columns and one more for spans that nest, cross and have gaps.

`NEWSROOM:SPAN` is written as PARSEME's column of expressions: `1:PER` where a span of the document begins, `1` where it
goes on, `1:PER;2:CLAIM` where two meet, `*` for none. Relations are comments on a document's first sentence, by the
spans' numbers. A ZIP with one file for each view.
"""

from collections.abc import Iterable, Iterator

from annotations.errors import gettext_noop
from annotations.exporters.archive import Member, readme, zipped
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.losses import Losses
from annotations.exporters.spool import Spool
from annotations.exporters.views import View, views
from annotations.exporters.words import Words
from annotations.records import Record

COLUMNS = "ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC NEWSROOM:SPAN"
_EMPTY = "_" * 7  # from LEMMA to DEPS
_DOCUMENTS = 100


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields the ZIP; documents wait in files, for a ZIP takes one file after the other."""
    with Spool() as spool:
        yield from zipped(_members(records, writing, spool), large=True)


def _members(records: Iterable[Record], writing: Writing, spool: Spool) -> Iterator[Member]:
    yield readme("CoNLL-U Plus", "A file for each view. MISC has TokenRange: code points of the article, half-open.")
    for record in records:
        words = writing.words(record)
        for view in views(record):
            spool.put(view.file_name, ["".join(_lines(view, words, writing.losses))])
    for name in spool.names:
        yield f"{name}.conllup", _file(name, spool)
    yield "losses.jsonl", writing.losses.lines()


def _file(name: str, spool: Spool) -> Iterator[bytes]:
    yield f"# global.columns = {COLUMNS}\n".encode()
    for documents in spool.batches(name, _DOCUMENTS):
        yield "".join(documents).encode()


def _lines(view: View, words: Words, losses: Losses) -> Iterator[str]:
    """Yields a document: its sentences, each with the text that its tokens make."""
    record = view.record
    numbers, said = _spans(view, words, losses)
    comments = [f"# newdoc id = {record.id}\n"]
    for relation in view.relations:
        ends = (numbers.get(end or "", end) or "_" for end in (relation.head, relation.via, relation.tail))
        comments.append(f"# newsroom:relation = {relation.label} {' '.join(ends)}\n")
    for number, (first, last) in enumerate(words.sentence_tokens(), 1):
        yield from comments
        comments = []
        forms = [_line(record.text[begin:stop]) for begin, stop in words.tokens[first:last]]
        gaps = [record.text[words.tokens[at][1] : words.tokens[at + 1][0]] for at in range(first, last - 1)]
        # What leaves no ink between two tokens, a mark of direction for one, is in neither; so it is not in the text.
        glued = [not any(map(str.isspace, gap)) for gap in gaps] + [False]
        text = "".join(form + " " * (not no_space) for form, no_space in zip(forms, glued, strict=True)).strip()
        yield f"# sent_id = {record.id}-{number}\n# text = {text}\n"
        for at, form, no_space in zip(range(first, last), forms, glued, strict=True):
            begin, stop = words.tokens[at]
            misc = f"TokenRange={begin}:{stop}" + "|SpaceAfter=No" * no_space
            spans = ";".join(said.get(at, ())) or "*"
            yield "\t".join((str(at - first + 1), form, *_EMPTY, misc, spans)) + "\n"
        yield "\n"


def _spans(view: View, words: Words, losses: Losses) -> tuple[dict[str, str], dict[int, list[str]]]:
    """Returns the number of each span, and what is said of each token."""
    numbers: dict[str, str] = {}
    said: dict[int, list[str]] = {}
    for span in view.spans:
        covered = [tokens for piece in span.ranges if (tokens := words.cover(*piece))]
        if not covered:
            losses.add(view.loss("unplaced", span))
            continue
        whole = tuple(words.extent(*tokens) for tokens in covered)
        if whole != span.ranges:
            losses.add(view.loss("moved", span, became=whole))
        number = numbers[span.id] = str(len(numbers) + 1)
        begun = f"{number}:{span.label}"
        for at in sorted({at for first, last in covered for at in range(first, last)}):
            said.setdefault(at, []).append(begun)
            begun = number
    return numbers, said


def _line(text: str) -> str:
    return " ".join(text.split())


EXPORTER = Exporter(
    key="conllu-plus", title=gettext_noop("CoNLL-U Plus"), suffix="conllup.zip", media_type="application/zip",
    carries=frozenset({"spans", "nested", "discontinuous", "relations", "ends", "sets"}), writer=write,
)  # fmt: skip

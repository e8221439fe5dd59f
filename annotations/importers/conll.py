"""CoNLL columns: a token a line with its IOB2, IOBES or BILOU tag in the last column; a blank line ends a sentence.

Spellings: `B-PER`, `B_PER` (PEYMA), `B-pers` (ARMAN); columns apart by tabs or spaces, or `token|TAG`. Where a line has
two columns the last space parts them, so tokens may hold spaces. The spaces between tokens are lost in this format: the
text is made again by `detokenise`, each sentence a line.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.annotator import ANNOTATOR, by_annotator
from annotations.importers.base import HEAD, Importer, Item, Remark, Unreadable
from annotations.importers.iob import decode
from annotations.importers.work import or_empty
from annotations.records import Draft, DraftSet, DraftSpan
from annotations.registry import Option
from annotations.text.detokenise import detokenise
from annotations.text.freeze import decode_utf8, freeze

MAX_LINE = 64 * 1024
MOST_TOKENS = 200_000
DOCUMENT = "-DOCSTART-"
# A file whose first tags begin nothing is IOB1, where a span begins with I unless it stands against another.
_BEGIN = re.compile(rb"[\s|][BSU][-_]\S")
_TAG = re.compile(r"(?:(?P<position>[BIESLUM])[-_](?P<label>\S+)|O)\Z")
# Columns between token and tag: part of speech, chunk, or nothing.
_IS_COLUMN = re.compile(r"[A-Z_$.,:'`()-][A-Za-z0-9_$|.,:'`()=-]*\Z")
Token = tuple[str, str]
Sentence = tuple[int, list[Token]]


@by_annotator
def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields a draft for each document that `-DOCSTART-` begins, else for each sentence or as many as was asked for.

    A tag that can't follow the one before it begins a span, and is remarked on.
    """
    size = str(options.get("sentences") or "1")
    if not (size.isascii() and size.isdigit() and 0 < int(size) <= 1000):
        yield (
            1,
            Unreadable(
                place=1,
                code="option_invalid",
                message=gettext_noop("Sentences of an article: a number from 1 to 1000."),
            ),
        )
        return
    yield from or_empty(_documents(file, int(size)))


def _documents(file: IO[bytes], size: int) -> Iterator[Item]:
    head = file.read(HEAD)
    file.seek(0)
    iob1 = not _BEGIN.search(head)
    waiting: list[Sentence] = []
    in_documents = False
    for item in _sentences(file):
        if isinstance(item, Unreadable):
            yield item.place, item
            continue
        place, tokens = item
        if tokens and tokens[0][0] == DOCUMENT:
            in_documents, tokens = True, tokens[1:]
            yield from _flush(waiting, iob1=iob1)
        if tokens:
            waiting.append((place, tokens))
        if not in_documents and len(waiting) == size:
            yield from _flush(waiting, iob1=iob1)
        elif in_documents and sum(len(sentence) for _place, sentence in waiting) > MOST_TOKENS:
            yield place, Remark(
                place=place, code="document_cut",
                message=gettext_noop("The document goes on as another article: it is too long for one."),
            )  # fmt: skip
            yield from _flush(waiting, iob1=iob1)
    yield from _flush(waiting, iob1=iob1)


def _flush(waiting: list[Sentence], *, iob1: bool) -> Iterator[Item]:
    sentences, waiting[:] = waiting[:], []
    if sentences:
        place = sentences[0][0]
        draft, problems = _draft(sentences, iob1=iob1)
        yield place, draft
        yield from ((place, problem) for problem in problems)


def _sentences(file: IO[bytes]) -> Iterator[Sentence | Unreadable]:
    """Yields (line, tokens with tags); a line that is none of the format is a problem, and its sentence goes on."""
    tokens: list[Token] = []
    begun = place = 0
    parse = None
    while line := file.readline(MAX_LINE + 1):
        place += 1
        try:
            text = freeze(decode_utf8(line)).strip("\r\n")
        except NewsroomError as error:
            yield Unreadable(place=place, code=error.code, message=error.message, data=error.data)
            continue
        if not text.strip():
            if tokens:
                yield begun, tokens
                tokens = []
            continue
        parse = parse or _parser_for(text)
        parsed = parse(text)
        if parsed is None or len(line) > MAX_LINE:
            yield Unreadable(
                place=place, code="not_a_token", data={"line": text[:60]},
                message=gettext_noop("«{line}» is not a token with a tag."),
            )  # fmt: skip
            continue
        if parsed[0][0] == DOCUMENT and tokens:
            yield begun, tokens
            tokens = []
        begun = begun if tokens else place
        tokens += parsed
    if tokens:
        yield begun, tokens


def _parser_for(line: str) -> Callable[[str], list[Token] | None]:
    """Returns what reads the lines of a file whose first line this is."""
    return _piped if _piped(line) else _columns


def _columns(line: str) -> list[Token] | None:
    """Reads the first column and the last; where there are two, the last space parts them."""
    fields = line.split("\t") if "\t" in line else line.split()
    if fields[0] == DOCUMENT:
        return [(DOCUMENT, "O")]
    tag = fields[-1].strip()
    between = fields[1:-1]
    is_table = "\t" in line or (between and all(map(_IS_COLUMN.match, between)))
    token = fields[0] if is_table else line.rsplit(None, 1)[0]
    return [(token.strip(), tag)] if len(fields) > 1 and token.strip() and _TAG.match(tag) else None


def _piped(line: str) -> list[Token] | None:
    """Reads `token|TAG`, one or many in a line."""
    found = [item.rpartition("|") for item in line.split()]
    whole = all(token and _TAG.match(tag) for token, _bar, tag in found)
    return [(token, tag) for token, _bar, tag in found] if whole else None


def _draft(sentences: Sequence[Sentence], *, iob1: bool) -> tuple[Draft, list[Remark]]:
    text = ""
    spans: list[DraftSpan] = []
    problems: list[Remark] = []
    for place, tokens in sentences:
        text += "\n" if text else ""
        line, ranges = detokenise([token for token, _tag in tokens])
        broken: list[int] = []
        for label, first, end in decode([tag for _, tag in tokens], problems=broken, iob1=iob1):
            start, stop = ranges[first][0], ranges[end - 1][1]
            placed = (len(text) + start, len(text) + stop)
            spans.append(DraftSpan(label=label, ranges=(placed,), quote=line[start:stop]))
        problems += [_repaired(place, tokens[at]) for at in broken]
        text += line
    return Draft(text=text, annotation_sets=(DraftSet(spans=tuple(spans)),)), problems


def _repaired(place: int, token: Token) -> Remark:
    return Remark(
        place=place, code="iob_repaired", data={"tag": token[1], "token": token[0][:60]},
        message=gettext_noop("The tag {tag} of «{token}» goes on with nothing; a span begins there."),
    )  # fmt: skip


def recognise(name: str, head: bytes) -> int:
    """A file whose first lines end in tags; the name says little, it may be anything."""
    lines = [line for line in head.decode(errors="replace").splitlines()[:60] if line.strip()]
    if not lines:
        return int(name.lower().endswith((".conll", ".iob", ".iob2", ".bio")))
    if len(lines) == 60:
        lines.pop()  # the head may have cut it
    parse = _parser_for(lines[0])
    tagged = [parse(line) for line in lines]
    return 2 if sum(map(bool, tagged)) > 0.9 * len(lines) else 0


IMPORTER = Importer(
    key="conll",
    title="CoNLL (IOB2, IOBES)",
    suffixes=(".conll", ".iob", ".iob2", ".bio"),
    read=read,
    recognise=recognise,
    options=(
        Option(
            key="sentences", title=gettext_noop("Sentences of an article"), default="1",
            hint=gettext_noop("Where the file does not say where documents begin."),
        ),
        ANNOTATOR,
    ),
    annotated=True,
)  # fmt: skip

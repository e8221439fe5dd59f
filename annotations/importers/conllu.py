"""CoNLL-U: sentences with their own text; named entities where the MISC column or an extra one has them."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.annotator import ANNOTATOR, by_annotator
from annotations.importers.base import Importer, Item, Remark, Unreadable
from annotations.importers.iob import decode
from annotations.importers.limits import MIB
from annotations.importers.work import or_empty, unreadable
from annotations.records import Draft, DraftSet, DraftSpan
from annotations.text.freeze import decode_utf8, freeze

# What treebanks call the entity tag in MISC.
_NAMES = ("NER", "ner", "NE", "NamedEntity", "Entity")
_TAG = re.compile(r"(?:[BIESLUM][-_]\S+|O)\Z")
# A line whose form looks like a place is a WebAnno TSV's.
_TOKEN = re.compile(rb"^\d+(?:-\d+)?\t(?!\d+-\d+\t)(?:[^\t\n]*\t){8,}[^\t\n]*$", re.MULTILINE)


@by_annotator
def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields each document (`# newdoc`), else each sentence; the place is the line where it begins."""
    yield from or_empty(_documents(file))


def _documents(file: IO[bytes]) -> Iterator[Item]:
    document: list[tuple[int, Any]] = []
    in_documents = False
    for place, block in _blocks(file):
        try:
            sentence = _sentence(block)
        except NewsroomError as error:
            yield place, unreadable(place, error)
            continue
        if any(key.startswith("newdoc") for key in sentence.metadata):
            in_documents = True
            yield from _items(document)
            document = []
        document.append((place, sentence))
        if not in_documents:
            yield from _items(document)
            document = []
    yield from _items(document)


def _blocks(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    lines: list[bytes] = []
    place = size = 0
    while line := file.readline(MIB):
        place += 1
        if line.strip():
            lines.append(line)
            size += len(line)
        if lines and (not line.strip() or size > MIB):
            yield place - len(lines) + (1 if line.strip() else 0), b"".join(lines)
            lines, size = [], 0
    if lines:
        yield place - len(lines) + 1, b"".join(lines)


def _sentence(block: bytes) -> Any:
    """Parses one block. Raises NewsroomError."""
    from conllu import parse_incr
    from conllu.exceptions import ParseException

    try:
        found = next(parse_incr(io.StringIO(freeze(decode_utf8(block)) + "\n\n")), None)
    except (ParseException, ValueError, IndexError, KeyError) as error:
        message = gettext_noop("The sentence is no CoNLL-U: {problem}")
        raise NewsroomError(code="not_conllu", message=message, data={"problem": str(error)[:120]}) from error
    if found is None or not len(found):
        raise NewsroomError(code="empty", message=gettext_noop("The sentence has no tokens."))
    return found


def _items(document: list[tuple[int, Any]]) -> Iterator[Item]:
    if not document:
        return
    place, first = document[0]
    text, spans, remarks = "", [], []
    for at, sentence in document:
        text += "\n" if text else ""
        line, ranges, tags = _line(sentence)
        broken: list[int] = []
        for label, begin, end in decode(tags, problems=broken):
            start, stop = ranges[begin][0], ranges[end - 1][1]
            placed = (len(text) + start, len(text) + stop)
            spans.append(DraftSpan(label=label, ranges=(placed,), quote=line[start:stop]))
        for token in broken:
            message = gettext_noop("The tag {tag} of «{token}» goes on with nothing; a span begins there.")
            data = {"tag": tags[token], "token": line[slice(*ranges[token])][:60]}
            remarks.append(Remark(place=at, code="iob_repaired", message=message, data=data))
        if (stated := sentence.metadata.get("text")) is not None and stated.strip() != line.strip():
            message = gettext_noop("The tokens are not the sentence's own text; the text was made of the tokens.")
            remarks.append(Remark(place=at, code="text_differs", message=message))
        text += line
    if not text.strip():
        yield place, Unreadable(place=place, code="empty", message=gettext_noop("The sentence has no text."))
        return
    name = str(first.metadata.get("newdoc id") or first.metadata.get("sent_id") or "")[:200]
    sets = (DraftSet(spans=tuple(spans)),) if spans else ()
    yield place, Draft(text=text, annotation_sets=sets, meta={"sent_id": name} if name else {})
    yield from ((remark.place, remark) for remark in remarks)


def _line(sentence: Any) -> tuple[str, list[tuple[int, int]], list[str]]:
    """Returns a sentence's text, its surface tokens' ranges and their tags; words within a token are not its text."""
    line, ranges, tags, covered = "", [], [], 0
    for token in sentence:
        id = token["id"]
        if isinstance(id, tuple) and id[1] == ".":
            continue  # an empty node of the enhanced graph
        last = id[2] if isinstance(id, tuple) else id
        if last <= covered:
            if tag := _tag(token):
                tags[-1] = tags[-1] if tags[-1] != "O" else tag
            continue
        covered = last
        ranges.append((len(line), len(line) + len(token["form"])))
        line += token["form"]
        tags.append(_tag(token) or "O")
        if (token.get("misc") or {}).get("SpaceAfter") != "No":
            line += " "
    return line.rstrip(" "), ranges, tags


def _tag(token: Any) -> str:
    misc = token.get("misc") or {}
    given = next((misc[name] for name in _NAMES if misc.get(name)), "")
    return given if _TAG.match(str(given)) else ""


def recognise(name: str, head: bytes) -> int:
    """Lines of ten columns that begin with a number."""
    return 3 if len(_TOKEN.findall(head)) > 2 else int(name.lower().endswith(IMPORTER.suffixes))


IMPORTER = Importer(
    key="conllu", title="CoNLL-U", suffixes=(".conllu", ".conllup"), read=read, recognise=recognise,
    options=(ANNOTATOR,), annotated=True,
)  # fmt: skip

"""How is a WebAnno TSV 3 file written? Layers with their columns, sentences, and cells of stacked values.

Source: «WebAnno TSV 3.3 File format», INCEpTION's user guide, appendix. A cell holds what stands on a unit (a token, or
a part of one): annotations of a layer apart by `|`, `_` for none and `*` for a value that is empty, each with a number
in brackets where several units or several annotations make it needed. A backslash takes marks their meaning.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.cas import too_many
from annotations.importers.limits import MOST_ANNOTATIONS, MOST_VALUES

SPAN, RELATION, CHAIN = "T_SP", "T_RL", "T_CH"
BASE, ROLE = "BT_", "ROLE_"
# So many columns a layer has at least.
_COLUMNS = {SPAN: 0, RELATION: 1, CHAIN: 2}
FORMAT = "#FORMAT=WebAnno TSV 3"
_UNIT = re.compile(r"\d{1,9}-\d{1,9}(\.\d{1,9})?\Z")
_RANGE = re.compile(r"(\d{1,9})-(\d{1,9})\Z")
_NUMBERED = re.compile(r"((?:\\.|[^\\\[])*)\[(\d{1,9}(?:_\d{1,9})?)\]\Z", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MARKS = {"n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer that the head of the file declares: its kind, its type's last name, its columns, the first's place."""

    kind: str
    name: str
    columns: tuple[str, ...]
    first: int

    def fills_slots(self, column: int) -> bool:
        """Whether a column says which units fill the slots whose roles the column before it names."""
        return column > 0 and self.columns[column - 1].startswith(ROLE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A line: a token, or a part of one; offsets as the file says, cells as they stand."""

    line: int
    id: str
    is_token: bool
    begin: int
    end: int
    text: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's text with its units, in the order of the file."""

    text: str
    units: list[Unit]


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values in a cell: as it stands, None for an empty one, and the number in brackets, "" for none."""

    text: str | None
    number: str = ""


def layers(lines: list[str]) -> list[Layer]:
    """Returns what the head of the file declares. Raises NewsroomError where it is no WebAnno TSV 3.

    A layer of spans without a column has no cells; a relation needs one for its other end, a chain two.
    """
    if not lines or not lines[0].startswith(FORMAT):
        message = gettext_noop("The file is no WebAnno TSV 3. Export it as that, or as UIMA CAS XMI.")
        raise NewsroomError(code="not_webanno", message=message)
    found: list[Layer] = []
    first = 0
    for number, line in enumerate(lines[1:], 2):
        kind, _, said = line.removeprefix("#").partition("=")
        if kind not in (SPAN, RELATION, CHAIN):
            break
        name, *columns = said.split("|")
        if len(columns) < _COLUMNS[kind]:
            raise _broken(number, line)
        if columns:
            found.append(Layer(kind, name.rpartition(".")[2], tuple(columns), first))
        first += len(columns)
    return found


def sentences(lines: list[str], declared: list[Layer]) -> Iterator[Sentence]:
    """Yields the sentences with their units. Raises NewsroomError where a line is none of the format's, or too full."""
    columns = sum(len(layer.columns) for layer in declared)
    annotations = values = 0
    texts: list[str] = []
    units: list[Unit] = []
    for number, line in enumerate(lines, 1):
        if line.startswith("#Text="):
            if units:
                yield Sentence("\n".join(texts), units)
                texts, units = [], []
            texts.append(unescaped(line.removeprefix("#Text=")))
        elif line.strip() and not line.startswith("#"):
            if not texts:
                raise _broken(number, line)
            unit = _unit(number, line, columns)
            units.append(unit)
            rows = [_rows(unit.cells[layer.first : layer.first + len(layer.columns)]) for layer in declared]
            annotations += 1 + sum(rows)
            values += sum(row * len(layer.columns) for row, layer in zip(rows, declared, strict=True))
            if annotations > MOST_ANNOTATIONS or values > MOST_VALUES:
                raise too_many(MOST_ANNOTATIONS if annotations > MOST_ANNOTATIONS else MOST_VALUES)
    if texts:
        yield Sentence("\n".join(texts), units)


def _unit(number: int, line: str, columns: int) -> Unit:
    id, place, text, *cells = line.split("\t") if line.count("\t") > 1 else ("", "", "")
    named, placed = _UNIT.match(id), _RANGE.match(place)
    if not named or not placed or not (text or named[1]) or len(cells) < columns or any(cells[columns:]):
        raise _broken(number, line)
    return Unit(number, id, not named[1], int(placed[1]), int(placed[2]), unescaped(text), tuple(cells[:columns]))


def _rows(cells: tuple[str, ...]) -> int:
    """Returns how many annotations and slots a layer has on a unit at most: its fullest cell tells."""
    return max(0 if cell in ("_", "") else 1 + cell.count("|") + cell.count(";") for cell in cells)


def _broken(number: int, line: str) -> NewsroomError:
    message = gettext_noop("Line {line} is none of WebAnno TSV: «{text}».")
    return NewsroomError(code="row_broken", message=message, data={"line": number, "text": line[:60]})


def values(cell: str) -> list[Value]:
    """Returns the values in a cell, each of an annotation; none where there are none."""
    return [_value(one) for one in split(cell, "|")]


def split(cell: str, mark: str) -> list[str]:
    """Returns the pieces of a cell between marks that no backslash precedes; none where there are none."""
    if cell in ("_", ""):
        return []
    if "\\" not in cell:
        return cell.split(mark)
    pieces, begin = [], 0
    for found in re.finditer(rf"\\.|{re.escape(mark)}", cell, re.DOTALL):
        if found[0] == mark:
            pieces.append(cell[begin : found.start()])
            begin = found.end()
    return [*pieces, cell[begin:]]


def slots(roles: str | None, fillers: str | None) -> Iterator[tuple[str, Value]]:
    """Yields the slots of an annotation that are filled: the role, "" for none, and the unit that fills it."""
    named = split(roles or "_", ";")
    for place, filler in enumerate(split(fillers or "_", ";")):
        if filler != "*":
            role = _value(named[place]).text if place < len(named) else None
            yield unescaped(role or ""), _value(filler)


def _value(text: str) -> Value:
    numbered = _NUMBERED.match(text)
    said, number = (numbered[1], numbered[2]) if numbered else (text, "")
    return Value(None if said in ("*", "_") else said, number)


def unescaped(text: str) -> str:
    """Returns a text or value without the backslashes that keep its marks apart from the format's."""
    return _ESCAPED.sub(lambda found: _MARKS.get(found[1], found[1]), text)

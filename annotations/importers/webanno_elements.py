"""Which annotations do the cells of a WebAnno TSV hold? One with a number runs over all units that name it."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.cas import Feature, Said
from annotations.importers.webanno_lines import (
    BASE,
    CHAIN,
    RELATION,
    ROLE,
    Layer,
    Sentence,
    Unit,
    Value,
    slots,
    split,
    unescaped,
    values,
)

# A link of a chain: what leads to the next one, the chain's number and the link's.
_LINK = re.compile(r"(.*)->(\d{1,9})-(\d{1,9})\Z", re.DOTALL)
Row = list[Value | None]


class Elements:
    """The annotations of a file as feature structures. No word of a value is taken for an id: ids have a blank."""

    def __init__(self, declared: list[Layer], found: list[Sentence]) -> None:
        self.declared, self.units = declared, [unit for sentence in found for unit in sentence.units]
        self.elements: dict[str, Feature] = {}
        # The first annotation on a unit: of a number, "" for any; of a layer, None for any but tokens.
        self.standing: dict[tuple[str, str, str | None], str] = {}

    def all(self) -> dict[str, Feature]:
        """Returns the annotations by id, tokens too: relations may join them. Raises NewsroomError."""
        for unit in self.units:
            if unit.is_token:
                self._place("Token", "", f" {unit.id}", unit, {})
        for layer in self.declared:
            if layer.kind == CHAIN:
                self._chains(layer)
            elif layer.kind != RELATION:
                self._spans(layer)
        for layer in self.declared:
            if layer.kind == RELATION:
                self._relations(layer)
            elif layer.kind != CHAIN:
                self._slots(layer)
        return self.elements

    def _rows(self, layer: Layer) -> Iterator[tuple[Unit, str, str, Row]]:
        """Yields each annotation on each unit: the unit, the annotation's number and id, its values by column."""
        for unit in self.units:
            cells = unit.cells[layer.first : layer.first + len(layer.columns)]
            stacked = [
                [Value(one) for one in split(cell, "|")] if layer.fills_slots(column) else values(cell)
                for column, cell in enumerate(cells)
            ]
            for place, row in enumerate(zip_longest(*stacked)):
                number = next((value.number for value in row if value and value.number), "")
                yield unit, number, f" {layer.first}.{number or f'{unit.id}.{place}'}", [*row]

    def _place(self, layer: str, number: str, id: str, unit: Unit, features: dict[str, Said]) -> None:
        """Keeps an annotation, or makes one that is there reach as far as the unit."""
        for of in dict.fromkeys(("", number)):
            self.standing.setdefault((unit.id, of, layer), id)
            if layer != "Token":
                self.standing.setdefault((unit.id, of, None), id)
        before = self.elements.get(id)
        begin, end = unit.begin, unit.end
        if before and before.begin is not None and before.end is not None:
            begin, end, features = min(before.begin, begin), max(before.end, end), before.features
        self.elements[id] = Feature(id, layer, begin, end, features)

    def _spans(self, layer: Layer) -> None:
        for unit, number, id, row in self._rows(layer):
            self._place(layer.name, number, id, unit, _features(layer, row))

    def _slots(self, layer: Layer) -> None:
        """Links as in XMI: structures of no place that a feature of their host points at."""
        filled: set[tuple[str, str]] = set()
        for unit, _number, id, row in self._rows(layer):
            for column, name in enumerate(layer.columns[1:], 1):
                if not layer.fills_slots(column) or (id, name) in filled:
                    continue
                filled.add((id, name))
                roles, fillers = row[column - 1], row[column]
                ids: list[str] = []
                for role, filler in slots(roles.text if roles else None, fillers.text if fillers else None):
                    link = f"{id}.{column}.{len(ids)}"
                    target = self._on(unit, filler.text or "", filler.number, name.rpartition(".")[2])
                    self.elements[link] = Feature(link, "Link", None, None, {"role": role, "target": (target,)})
                    ids.append(link)
                feature = layer.columns[column - 1].removeprefix(ROLE).partition(":")[2].partition("_")[0]
                if ids:
                    self.elements[id].features[feature or "links"] = tuple(ids)

    def _chains(self, layer: Layer) -> None:
        """Links of one chain point at the next of them."""
        links: dict[tuple[int, int], str] = {}
        for unit in self.units:
            relations, types = unit.cells[layer.first : layer.first + 2]
            for relation, kind in zip_longest(split(relations, "|"), values(types)):
                found = _LINK.match(relation or "")
                if not found:
                    raise _unknown(unit, relation or "")
                chain, place = int(found[2]), int(found[3])
                links[chain, place] = id = f" {layer.first}.{chain}.{place}"
                said = {
                    "referenceRelation": "" if found[1] == "*" else unescaped(found[1]),
                    "referenceType": unescaped((kind and kind.text) or ""),
                }
                self._place(layer.name, "", id, unit, {name: value for name, value in said.items() if value})
        for (chain, place), id in links.items():
            if (chain, place + 1) in links:
                self.elements[id].features["next"] = (links[chain, place + 1],)

    def _relations(self, layer: Layer) -> None:
        base = layer.columns[-1].removeprefix(BASE).rpartition(".")[2]
        for place, (unit, _number, _id, row) in enumerate(self._rows(layer)):
            *said, end = row
            source, _, target = (end.number if end else "").partition("_")
            governor = self._on(unit, (end and end.text) or "", source, base)
            dependent = self.elements[self._on(unit, unit.id, target, base)]
            features = _features(layer, said) | {"Governor": (governor,), "Dependent": (dependent.id,)}
            id = f" {layer.first}.{place}"
            self.elements[id] = Feature(id, layer.name, dependent.begin, dependent.end, features)

    def _on(self, line: Unit, unit: str, number: str, layer: str) -> str:
        """Returns the annotation on a unit that is meant: by its number, else the one of the layer, else any.

        Raises NewsroomError where there is none, with the line that means it.
        """
        of = number if number.strip("0") else ""
        for kind in (layer, None, "Token"):
            if found := self.standing.get((unit, of, kind)):
                return found
        raise _unknown(line, unit)


def _features(layer: Layer, row: Row) -> dict[str, Said]:
    """Returns the plain values of an annotation by their names."""
    return {
        name: unescaped(value.text)
        for column, (name, value) in enumerate(zip(layer.columns, row, strict=False))
        if name and value and value.text and not name.startswith(ROLE) and not layer.fills_slots(column)
    }


def _unknown(line: Unit, unit: str) -> NewsroomError:
    message = gettext_noop("Line {line} points at «{unit}», which is not there.")
    return NewsroomError(code="end_unknown", message=message, data={"line": line.line, "unit": unit[:60]})

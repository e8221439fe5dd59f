"""What does spaCy need of a view? Words and spaces that make the text again, and spans on those words."""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from annotations.exporters.losses import Losses
from annotations.exporters.placing import Placed, apart, placed
from annotations.exporters.views import View
from annotations.exporters.words import Words
from annotations.records import Range

# spaCy's own name for the group that its span categoriser learns from.
GROUP = "sc"


@dataclass(frozen=True, slots=True)
class Parts:
    """`words` and `spaces` make the text; `numbers` leads from the engine's tokens to them, blanks being words, too.

    `sentences` are the numbers of the words that begin one. `ents` are the entities, none over another, `spans` all
    spans; both by the engine's tokens.
    """

    words: list[str]
    spaces: list[bool]
    numbers: list[int]
    sentences: list[int]
    ents: list[Placed]
    spans: list[Placed]
    cats: dict[str, float]
    entity_ids: dict[str, str]
    user_data: dict[str, Any] = field(default_factory=dict)

    def range(self, one: Placed) -> Range:
        """Returns the numbers of spaCy's words, half-open, that a span covers."""
        return self.numbers[one.first], self.numbers[one.last - 1] + 1


def parts(view: View, words: Words, losses: Losses) -> Parts:
    """Returns what a view's document consists of; entities under another are left out of `ents`, which is a loss."""
    spans = placed(view, words, losses)
    kinds = view.kinds
    layers = apart([(one, one.label) for one in spans if kinds.get(one.label) == "entity"])
    for layer in layers[1:]:
        for one, _label in layer:
            losses.add(view.loss("overlapping", one.span))
    tiles, spaces, numbers = tiled(view.record.text, words)
    return Parts(
        words=tiles,
        spaces=spaces,
        numbers=numbers,
        sentences=[numbers[first] for first, _last in words.sentence_tokens()],
        ents=[one for one, _label in layers[0]] if layers else [],
        spans=spans,
        cats={f"{label}={value}": 1.0 for label, value in view.cats.items()},
        entity_ids=view.entity_ids,
        user_data={
            "meta": view.meta,
            "spans": msgspec.to_builtins(view.spans),
            "relations": msgspec.to_builtins(view.relations),
            "entities": msgspec.to_builtins(view.record.entities),
        },
    )


def tiled(text: str, words: Words) -> tuple[list[str], list[bool], list[int]]:
    """Returns words that make up the text, whether a space follows each, and which word each token became."""
    made: list[str] = []
    spaces: list[bool] = []
    numbers: list[int] = []
    at = 0
    for start, end in [*words.tokens, (len(text), len(text))]:
        gap = text[at:start]
        if made and gap.startswith(" "):
            spaces[-1], gap = True, gap[1:]
        if gap:
            made.append(gap)
            spaces.append(False)
        if start < end:
            numbers.append(len(made))
            made.append(text[start:end])
            spaces.append(False)
        at = end
    return made, spaces, numbers

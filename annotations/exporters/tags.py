"""How are spans written as one tag for each token? IOB2 or IOBES, in the spelling of the corpora they join."""

from collections.abc import Iterable

from annotations.errors import gettext_noop
from annotations.exporters.losses import Losses
from annotations.exporters.placing import Placed
from annotations.exporters.views import View
from annotations.registry import Option

OUTSIDE = "O"
CONLL, PEYMA, ARMAN = "conll", "peyma", "arman"
SCHEME = Option(
    key="scheme", title=gettext_noop("Tagging scheme"), default="iob2", choices=(("iob2", "IOB2"), ("iobes", "IOBES"))
)
SPELLING = Option(
    key="spelling",
    title=gettext_noop("Spelling"),
    default=CONLL,
    choices=((CONLL, "CoNLL: B-PER"), (PEYMA, "PEYMA: B_PER"), (ARMAN, "ARMAN: B-pers")),
    hint=gettext_noop("PEYMA and ARMAN know seven and six types: what they lack is left out, and listed."),
)
# What the two corpora call the types of the presets. A type that one lacks has no counterpart there.
_ARMAN = {"PER": "pers", "ORG": "org", "LOC": "loc", "FAC": "fac", "PRO": "pro", "EVE": "event"}
_PEYMA = ("PER", "ORG", "LOC", "DAT", "TIM", "MON", "PCT")
COUNTERPARTS: dict[str, dict[str, str]] = {
    ARMAN: _ARMAN | {name: name for name in _ARMAN.values()},
    PEYMA: {name: name for name in _PEYMA} | {name: key for key, name in _ARMAN.items() if key in _PEYMA},
}


def named(view: View, spans: Iterable[Placed], spelling: str, losses: Losses) -> list[tuple[Placed, str]]:
    """Returns the spans with the label they have in a spelling; those without a counterpart are a loss."""
    known = COUNTERPARTS.get(spelling)
    found = []
    for one in spans:
        label = one.label if known is None else known.get(one.label)
        if label is None:
            losses.add(view.loss("unmapped", one.span))
        else:
            found.append((one, label))
    return found


def tags(count: int, spans: Iterable[tuple[Placed, str]], *, scheme: str = "iob2", joint: str = "-") -> list[str]:
    """Returns the tags of `count` tokens; the spans don't overlap. `joint` stands between position and label."""
    written = [OUTSIDE] * count
    for one, label in spans:
        for at in range(one.first, one.last):
            position = "B" if at == one.first else "I"
            if scheme == "iobes" and at == one.last - 1:
                position = "S" if at == one.first else "E"
            written[at] = f"{position}{joint}{label}"
    return written

"""How do the strings of a source become one frozen text with sections? Joined by line ends, each unchanged.

Kicker, headline, lead and body follow each other; boilerplate lies over them. A string that has ink is in the text as
freezing leaves it, and its section is exactly its range, outer spaces included. Offsets are code points.
"""

from collections.abc import Sequence

from annotations.records import Section
from annotations.text.boilerplate import boilerplate
from annotations.text.freeze import freeze


def compose(
    *, kicker: str = "", headline: str = "", lead: str = "", paragraphs: Sequence[str] = ()
) -> tuple[str, tuple[Section, ...]]:
    """Returns the text and its sections. Raises LoneSurrogate."""
    parts = [("kicker", kicker), ("headline", headline), ("lead", lead), *(("body", part) for part in paragraphs)]
    pieces: list[str] = []
    sections: list[Section] = []
    at = 0
    said_parts = [(kind, said) for kind, said in parts if said.strip("\ufeff\x00 \t\r\n\xa0")]
    for number, (kind, said) in enumerate(said_parts, 1):
        # A byte order mark is dropped at the text's beginning only; a CR before a joint would become a part of it.
        piece = freeze("\n" + said)[1:] if pieces else freeze(said)
        if number < len(said_parts):
            piece = piece.rstrip("\r")
        pieces.append(piece)
        if kind == "body" and sections and sections[-1].kind == "body":
            sections[-1] = Section("body", sections[-1].start, at + len(piece))
        else:
            sections.append(Section(kind, at, at + len(piece)))
        at += len(piece) + 1
    text = "\n".join(pieces)
    return text, (*sections, *(Section("boilerplate", start, end) for start, end in boilerplate(text)))

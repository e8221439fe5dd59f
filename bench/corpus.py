"""What is measured on? Articles of 4,500 characters recombined from the seed, 40 entity and 5 claim spans each."""

import random
import uuid
from collections.abc import Iterator
from pathlib import Path

import msgspec

from annotations.records import Draft, DraftSet, DraftSpan, Section, SourceRecord

SEED = Path(__file__).resolve().parent.parent / "annotations" / "demo" / "seed.jsonl"
LENGTH = 4500
ENTITIES, CLAIMS = 40, 5
LABELS = ("PER", "ORG", "LOC", "DAT", "TIM", "FAC", "PRO", "EVE")


def seed_sentences() -> list[str]:
    """Returns the sentences of the seed article."""
    text = msgspec.json.decode(SEED.read_bytes(), type=Draft).text
    return [f"{part.strip()}." for part in text.replace("\n", " ").split(".") if len(part.strip()) > 20]


def make_text(rng: random.Random, sentences: list[str], length: int = LENGTH) -> str:
    """Returns a headline and paragraphs of random sentences of the seed, about `length` code points."""
    parts = [rng.choice(sentences)[:80].strip()]
    while sum(map(len, parts)) < length:
        parts.append(" ".join(rng.choices(sentences, k=3)))
    return "\n\n".join(parts)[:length].rstrip()


def word_starts(text: str) -> list[int]:
    """Returns where words begin."""
    return [i for i in range(len(text)) if not text[i].isspace() and (i == 0 or text[i - 1].isspace())]


def make_spans(rng: random.Random, text: str, *, entities: int, claims: int) -> tuple[DraftSpan, ...]:
    """Returns spans at random words; entities of one to three words, claims of eight to twenty."""
    starts = word_starts(text)
    spans = []
    for number in range(entities + claims):
        is_claim = number >= entities
        words = rng.randint(8, 20) if is_claim else rng.randint(1, 3)
        at = rng.randrange(len(starts) - words)
        start, end = starts[at], len(text[: starts[at + words]].rstrip())
        end = min(end, text.find("\n", start) if "\n" in text[start:end] else end)
        spans.append(
            DraftSpan(
                label="CLAIM" if is_claim else rng.choice(LABELS),
                ranges=((start, end),),
                quote=text[start:end],
                id=str(uuid.UUID(int=rng.getrandbits(128), version=4)),
                attributes={"kind": "fact", "checkworthy": "CFS"} if is_claim else {"mention": "name"},
            )
        )
    return tuple(spans)


def corpus(count: int, *, seed: int = 1, with_spans: bool = True) -> Iterator[Draft]:
    """Yields `count` drafts, the same ones for the same seed."""
    rng, sentences = random.Random(seed), seed_sentences()
    for number in range(count):
        text = make_text(rng, sentences)
        work = DraftSet(
            id=str(uuid.UUID(int=rng.getrandbits(128), version=4)),
            kind="gold",
            status="accepted",
            created_at="2026-01-01T00:00:00Z",
            updated_at="2026-01-01T00:00:00Z",
            spans=make_spans(rng, text, entities=ENTITIES, claims=CLAIMS),
        )
        yield Draft(
            text=text,
            id=str(uuid.UUID(int=rng.getrandbits(128), version=4)),
            sections=(Section("headline", 0, text.index("\n")),),
            source=SourceRecord(f"source {number % 20}", ""),
            published_at=f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}T08:00:00Z",
            annotation_sets=(work,) if with_spans else (),
        )


def write_corpus(path: Path, count: int) -> None:
    """Writes the drafts as JSON Lines."""
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file:
        for draft in corpus(count):
            file.write(encode(draft))
            file.write(b"\n")

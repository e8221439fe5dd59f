"""Which cases of warnings are there? Golden ones, one per rule; `python -m tests.kinds.warning_cases` writes them."""

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from annotations.kinds.scheme import LabelRule, Scheme
from annotations.kinds.warnings import Elsewhere, find_warnings
from annotations.presets import PRESETS
from annotations.records import RelationRecord, SpanRecord, quote_of
from tests.strategies import texts

GOLDEN = Path(__file__).parent.parent / "golden" / "warnings.json"
SPECS = PRESETS["news-fa"].labels
SCHEME = Scheme(
    labels={one.key: LabelRule(key=one.key, kind=one.kind, attributes=one.attributes, ends=one.ends) for one in SPECS}
)
# The same labels as the page has them.
LABELS = [
    {"key": one.key, "kind": one.kind, "title": one.title_en, "color": one.color, "shortcut": "",
     "attributes": one.attributes, "ends": one.ends}
    for one in SPECS
]  # fmt: skip
TEXT = "👍🏽 رئیس «خبرگزاری تاس» گفت: رسانه‌های ایران می‌نویسند. ايران، خبرگزاری تاس."
FACT = {"kind": "fact"}
FAVOR = {"polarity": "FAVOR"}


def span(
    id: str, label: str, piece: str | Sequence[tuple[int, int]], *, nth: int = 0, text: str = TEXT, **more: Any
) -> SpanRecord:
    """Returns a span over the nth occurrence of a piece of the text, or over given ranges."""
    if isinstance(piece, str):
        start = -1
        for _ in range(nth + 1):
            start = text.index(piece, start + 1)
        piece = [(start, start + len(piece))]
    ranges = tuple(piece)
    return SpanRecord(id, label, ranges, quote_of(text, ranges), more.get("attributes", {}), more.get("entity"))


def relation(id: str, label: str, head: str, tail: str, via: str | None = None, **attributes: Any) -> RelationRecord:
    """Returns a relation."""
    return RelationRecord(id, label, head, via, tail, attributes)


def found(text: str, spans: Any, relations: Any, elsewhere: Elsewhere) -> list[dict[str, Any]]:
    """Returns what Python finds, in the shape of the page's findings."""
    findings = find_warnings(text, SCHEME, spans, relations, elsewhere=elsewhere)
    rows = [{**dataclasses.asdict(one), "key": one.key} for one in findings]
    return json.loads(json.dumps([{name: value for name, value in row.items() if name != "stamp"} for row in rows]))


def sent(text: str, spans: Any, relations: Any, elsewhere: Elsewhere) -> dict[str, Any]:
    """Returns a case as JSON."""
    built = msgspec.to_builtins({"spans": spans, "relations": relations})
    return {"text": text, **built, "elsewhere": elsewhere}


def named() -> dict[str, tuple[Any, ...]]:
    """Returns each case's spans, relations and what stands elsewhere."""
    claim = span("c", "CLAIM", "رسانه‌های ایران می‌نویسند", attributes=FACT)
    person, tass = span("p", "PER", "رئیس"), span("t", "ORG", "خبرگزاری تاس")
    said = relation("r", "attribution", "c", "t")
    named: dict[str, tuple[Any, ...]] = {
        "nothing is wrong": ([claim, tass, span("l", "LOC", "ایران")], [said]),
        "a stop hangs at the end": ([span("a", "ORG", "خبرگزاری تاس.")],),
        "marks around everything": ([span("a", "ORG", "«خبرگزاری تاس»")],),
        "a mark without its partner": ([span("a", "ORG", "«خبرگزاری تاس")],),
        "a space hangs at the start": ([span("a", "PER", " رئیس")],),
        "only a colon: it is what was meant": ([span("a", "CUE", ":")],),
        "cut at a half-space": ([span("a", "ORG", "رسانه")],),
        "cut after a half-space": ([span("a", "ORG", "رسانه‌")],),
        "cut in the middle of two words": ([span("a", "PER", "یس «خبرگز")],),
        "one edge cuts, marks hang at the other": ([span("a", "ORG", "«خبرگزا")],),
        "cut pieces that grow into each other": ([span("a", "ORG", [(28, 30), (32, 34)])],),
        "the same twice: what relations stand on stays": ([claim, span("a", "ORG", "خبرگزاری تاس"), tass], [said]),
        "the same twice but for a stop": (
            [span("a", "ORG", "خبرگزاری تاس."), span("b", "ORG", "خبرگزاری تاس", nth=1)],
        ),
        "the same thrice: what says most stays": (
            [tass, span("u", "ORG", "خبرگزاری تاس", attributes={"mention": "name"}), span("s", "ORG", "خبرگزاری تاس")],
        ),
        "the same words at another place are no duplicate": ([tass, span("u", "ORG", "خبرگزاری تاس", nth=1)],),
        "a relation twice": ([claim, tass], [said, relation("q", "attribution", "c", "t")]),
        "for and against is no duplicate": (
            [person, tass],
            [relation(polarity, "stance", "p", "t", polarity=polarity) for polarity in ("FAVOR", "AGAINST")],
        ),
        "the same words otherwise, in another spelling": ([span("a", "LOC", "ایران"), span("b", "ORG", "ايران")],),
        "the fewer are asked": (
            [span("a", "LOC", "ایران"), span("b", "LOC", "ايران"), span("d", "ORG", "ایران")],
        ),
        "otherwise elsewhere": ([span("a", "ORG", "ایران")], [], {"ایران": {"LOC": 7, "ORG": 2, "PER": 3}}),
        "rarer elsewhere": ([span("a", "LOC", "ایران")], [], {"ایران": {"ORG": 2, "LOC": 5}}),
        "a pronoun may stand for anything": (
            [span("a", "ORG", "ایران", attributes={"mention": "pronoun"})], [], {"ایران": {"LOC": 7}},
        ),
        "an expression is no name": ([span("a", "EXPRESSION", "ایران")], [], {"ایران": {"LOC": 7}}),
        "what is asked of a claim and a stance": (
            [span("c", "CLAIM", "ایران"), person], [said, relation("s", "stance", "p", "c", kind="fact")],
        ),
        "a claim of nobody": ([claim],),
        "a claim that is only the target of a stance": (
            [claim, person], [relation("s", "stance", "p", "c", polarity="NONE")],
        ),
        "an end that is gone": ([person], [relation("s", "stance", "p", "gone", polarity="NONE")]),
        "ends that the scheme does not take": (
            [person, claim], [relation("s", "stance", "c", "article", via="p", polarity="NONE"), said],
        ),
        "ends that are no spans": (
            [person],
            [relation("s", "stance", "implicit", "topic:x", **FAVOR), relation("z", "stance", "topic:x", "p", **FAVOR)],
        ),
        "an archived label is not judged": (
            [span("a", "OLD", "رئیس «"), person],
            [relation("s", "stance", "a", "p", **FAVOR), relation("z", "OLDER", "p", "p")],
            {"رئیس": {"ORG": 9}},
        ),
    }  # fmt: skip
    return {name: (*case, *([], {})[len(case) - 1 :]) for name, case in named.items()}


def cases() -> list[dict[str, Any]]:
    """Returns the golden cases by name."""
    return [{"name": name, **sent(TEXT, *case), "expected": found(TEXT, *case)} for name, case in named().items()]


@st.composite
def sets(draw: DrawFn) -> tuple[str, list[SpanRecord], list[RelationRecord], Elsewhere]:
    """Draws a text with spans and relations on it, and counts of its words elsewhere."""
    text = draw(texts(max_size=16)) + "تهران"
    labels = ["PER", "ORG", "LOC", "CLAIM", "CLAIM", "CUE", "OLD"]
    spans = []
    for number in range(draw(st.integers(0, 6))):
        edges = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=4)))
        edges = edges[: len(edges) // 2 * 2]
        ranges = tuple(zip(edges[::2], edges[1::2], strict=True))
        attributes = draw(st.sampled_from([{}, FACT, {"mention": "pronoun"}, {"mention": "name"}]))
        entity = draw(st.sampled_from([None, "loc-tehran"]))
        spans.append(
            SpanRecord(
                f"{number:03}", draw(st.sampled_from(labels)), ranges, quote_of(text, ranges), attributes, entity
            )
        )
    end = st.sampled_from([*(one.id for one in spans), "article", "implicit", "topic:جنگ", "gone"])
    relations = [
        relation(
            f"r{number}", draw(st.sampled_from(["attribution", "stance", "OLDER"])), draw(end), draw(end),
            draw(st.none() | end), **draw(st.sampled_from([{}, {"polarity": "FAVOR"}, {"level": 1}])),
        )
        for number in range(draw(st.integers(0, 4)))
    ]  # fmt: skip
    counts = st.dictionaries(st.sampled_from(["PER", "LOC", "OLD"]), st.integers(1, 3), max_size=3)
    return text, spans, relations, {"تهران": draw(counts), "کیم": draw(counts)}


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(cases(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

"""Does every writer survive any spans on any text, and do those that carry pieces bring them back to the letter?"""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.exporters import EXPORTERS
from annotations.exporters.losses import Losses
from annotations.exporters.normalised import normalised_records
from annotations.exporters.words import Words, words_of
from annotations.importers import IMPORTERS
from annotations.records import Draft, Record, SpanRecord, quote_of
from annotations.text.normalise import normalised
from tests.exporters.corpus import FAMILY, KINDS, MIXED, record, work, written

TEXTS = (FAMILY, MIXED, "\u200c \n", "\t«»\u00a0", "😀", "می‌رود\u200c\u200c .", "كتابـــ‌ها\n\n\n۱۲٫۵٪ 🇮🇷🇮🇷")
LABELS = [key for key, kind in KINDS.items() if kind in ("entity", "claim", "cue", "expression")]


@st.composite
def records(draw: st.DrawFn) -> Record:
    """An article with spans in one to three pieces anywhere, on blanks and inside of emoji, too."""
    text = draw(st.sampled_from(TEXTS))
    spans = []
    for number in range(draw(st.integers(0, 5))):
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
        ranges = tuple(zip(cuts[::2], cuts[1::2], strict=False))
        spans.append(SpanRecord(f"s{number}", draw(st.sampled_from(LABELS)), ranges, quote_of(text, ranges)))
    return record("aaaaaaaa-0000-4000-8000-00000000000a", text, work("w", "gold", None, spans))


@pytest.mark.parametrize("key", EXPORTERS)
@settings(max_examples=25)
@given(article=records())
def test_a_writer_takes_any_spans(key: str, article: Record) -> None:
    with Losses() as losses:
        assert isinstance(written(key, [article], losses), bytes)
        assert losses.counts.total() == sum(json.loads(line).get("count", 1) for line in list(losses.lines())[1:])


@settings(max_examples=60)
@given(article=records())
def test_brat_brings_every_piece_back(article: Record) -> None:
    wanted = sorted((span.label, span.ranges) for span in article.annotation_sets[0].spans)
    items = [item for _place, item in IMPORTERS["brat"].read(io.BytesIO(written("brat", [article])), {})]
    (draft,) = [item for item in items if isinstance(item, Draft)]
    assert sorted((span.label, span.ranges) for one in draft.annotation_sets for span in one.spans) == wanted


@settings(max_examples=60)
@given(article=records())
def test_a_span_on_tokens_holds_all_that_was_marked(article: Record) -> None:
    words: Words = words_of(article)
    for span in article.annotation_sets[0].spans:
        start, end = span.ranges[0][0], span.ranges[-1][1]
        tokens = words.cover(start, end)
        touched = [at for at, (first, last) in enumerate(words.tokens) if first < end and start < last]
        assert (list(range(*tokens)) if tokens else []) == touched
    assert [at for first, last in words.sentence_tokens() for at in range(first, last)] == list(
        range(len(words.tokens))
    )


@settings(max_examples=60)
@given(article=records())
def test_a_normalised_record_quotes_its_own_text(article: Record) -> None:
    with Losses() as losses:
        (made,) = normalised_records([article], losses, view=lambda one: normalised(one.text))
        kept: Any = made.annotation_sets[0].spans
        assert len(kept) + losses.counts["vanished"] == len(article.annotation_sets[0].spans)
        for span in kept:
            assert quote_of(made.text, span.ranges) == span.quote
            assert all(start < end for start, end in span.ranges)

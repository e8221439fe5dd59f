"""What every format keeps to: it describes itself, repeats itself, streams, and says what it does not carry."""

import itertools
import uuid
from collections.abc import Iterator
from unittest import mock

import msgspec
import pytest

from annotations.exporters import EXPORTERS, Exporter
from annotations.exporters.base import FormatUnavailable, OptionInvalid
from annotations.exporters.carries import FEATURES
from annotations.exporters.losses import HAPPENED, Losses, Lossy
from annotations.records import ArticleLabelRecord, Record, RelationRecord, SpanRecord, quote_of
from tests.exporters.corpus import ENTITY, FAMILY, GOLD, PLAIN, TOPIC, lost, record, span, work, written

formats = pytest.mark.parametrize("exporter", EXPORTERS.values(), ids=EXPORTERS.keys())
# What must be reported of the article that shows a feature, by a format that does not carry it.
CODES = {
    "spans": {"spans"}, "characters": {"moved", "unplaced"}, "nested": {"overlapping", "layered"},
    "discontinuous": {"flattened"}, "attributes": {"attributes"}, "entities": {"entities"},
    "relations": {"relations"}, "ends": {"ends", "split"}, "labels": {"labels"},
}  # fmt: skip


def showing(feature: str) -> Record:
    """Returns an article that shows one feature beside plain spans."""
    person, place, cue = (one for one in GOLD.spans if one.id in ("s1", "s4", "s2"))
    plain = [msgspec.structs.replace(one, attributes={}, entity=None) for one in (person, place, cue)]
    claim = span(FAMILY, "s3", "CLAIM", "صادرات نفت رشد می‌کند")
    relation = RelationRecord("r", "attribution", "s3", None, "s1")
    gap = ((person.ranges[0][0], person.ranges[0][0] + 3), (person.ranges[0][1] - 3, person.ranges[0][1]))
    spans, more = {
        "characters": ([*plain, span(FAMILY, "x", "LOC", "روسی")], {}),
        "nested": ([*plain, span(FAMILY, "x", "LOC", "کره")], {}),
        "discontinuous": ([*plain[1:], SpanRecord("x", "PER", gap, quote_of(FAMILY, gap))], {}),
        "attributes": ([*plain, span(FAMILY, "x", "LOC", "روسیه", attributes={"mention": "name"})], {}),
        "entities": ([*plain, span(FAMILY, "x", "LOC", "روسیه", entity="per-kim")], {"entities": (ENTITY,)}),
        "relations": ([*plain, claim], {"relations": [relation]}),
        "ends": (
            [*plain, claim],
            {
                "relations": [
                    msgspec.structs.replace(relation, via="s2"),
                    RelationRecord("q", "stance", "article", "s2", "s1"),
                ]
            },
        ),
        "labels": (plain, {"labels": [ArticleLabelRecord("category", None, "economy")]}),
    }.get(feature, (plain, {}))
    sets = work("w", "gold", None, spans, more.pop("relations", ()), more.pop("labels", ()))
    return record(str(uuid.uuid5(uuid.NAMESPACE_URL, feature)), FAMILY, sets, topics=(TOPIC,), **more)


@formats
def test_a_format_describes_itself(exporter: Exporter) -> None:
    assert exporter.key.isascii()
    assert exporter.title
    assert exporter.carries <= FEATURES
    assert exporter.available
    for option in exporter.options:
        assert option.title
        assert not option.choices or option.default in dict(option.choices)
        with pytest.raises(OptionInvalid):
            exporter.write([], options={option.key: "no such thing"})


@formats
def test_the_same_records_give_the_same_bytes(exporter: Exporter) -> None:
    assert written(exporter.key) == written(exporter.key)


@formats
def test_every_value_of_every_option_can_be_written(exporter: Exporter) -> None:
    choices = [[(option.key, value) for value, _title in option.choices] for option in exporter.options]
    for chosen in itertools.product(*choices):
        assert written(exporter.key, **dict(chosen))


@formats
def test_nothing_selected_is_a_file_all_the_same(exporter: Exporter) -> None:
    assert isinstance(written(exporter.key, []), bytes)


@formats
def test_a_writer_does_not_wait_for_the_last_record(exporter: Exporter) -> None:
    read = 0

    def records() -> Iterator[Record]:
        nonlocal read
        while read < 3000:
            read += 1
            yield PLAIN

    with Losses() as losses:
        chunks = exporter.write(records(), losses=losses)
        assert next(chunks)
        assert read < 3000
        chunks.close()


@formats
@pytest.mark.parametrize("feature", CODES)
def test_what_is_not_carried_is_reported_and_nothing_else_is(exporter: Exporter, feature: str) -> None:
    reported = set(lost(exporter.key, [showing(feature)]))
    assert reported <= HAPPENED.keys()
    if feature in ("characters", "nested", "discontinuous") and not exporter.carries & {"spans", feature}:
        assert "spans" in reported
    elif feature == "ends" and "relations" not in exporter.carries:
        assert "relations" in reported
    elif feature in exporter.carries:
        assert not reported & CODES[feature]
    else:
        assert reported & CODES[feature]


@formats
def test_a_plain_span_loses_nothing_where_spans_are_carried(exporter: Exporter) -> None:
    bare = [msgspec.structs.replace(showing("plain"), meta={})]
    assert (lost(exporter.key, bare) == {}) == ("spans" in exporter.carries)


@formats
def test_strict_refuses_the_first_thing_lost(exporter: Exporter) -> None:
    everything = [showing(feature) for feature in CODES]
    if lost(exporter.key, everything):
        with pytest.raises(Lossy) as caught, Losses(strict=True, format=exporter.key) as losses:
            written(exporter.key, everything, losses)
        assert exporter.key in str(caught.value)
    else:
        with Losses(strict=True) as losses:
            assert written(exporter.key, everything, losses)


@formats
def test_a_format_whose_library_is_missing_says_so(exporter: Exporter) -> None:
    if not exporter.library:
        return
    with mock.patch("importlib.util.find_spec", return_value=None):
        assert not exporter.available
        with pytest.raises(FormatUnavailable, match=exporter.library):
            exporter.write([])

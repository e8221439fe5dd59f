"""The alignment and the reading in JavaScript against Python's, on random and hostile texts; the finder of signs."""

import random
from typing import Any

from playwright.sync_api import Page

from annotations.text.ink import trim
from annotations.text.normalise import normalised
from annotations.text.offsets import Change, OffsetMap
from tests.text.segment_cases import random_case

ALIGNMENT = """async (cases) => {
  const { Alignment } = await import("/static/js/core/alignment.js");
  return cases.map(({ sections, positions, ranges }) => {
    const there = Alignment.fromSections(sections);
    const say = (one, points, pairs) => ({
      lengths: [one.sourceLength, one.targetLength],
      points: points.map((point) => [one.position(point), one.position(point, true)]),
      ranges: pairs.map(([start, end]) => one.range(start, end)),
    });
    return [say(there, positions[0], ranges[0]), say(there.inverse, positions[1], ranges[1])];
  });
}"""

READING = """async (cases) => {
  const { Reading } = await import("/static/js/core/reading.js");
  const { Text } = await import("/static/js/core/text.js");
  return cases.map(({ text, analysis, ranges }) => {
    const published = new Text(text);
    const [plain, even] = [Reading.ofPublished(published), Reading.aligned(published, analysis)];
    return {
      plain: ranges.map((range) => plain.show([range])),
      back: ranges.map(([start, end]) => plain.take(start, end)),
      shown: ranges.map((range) => even.show([range])[0]),
      taken: ranges.map((range) => even.take(...even.show([range])[0])),
      lines: even.lines.map(({ start, end }) => even.shown.slice(start, end)),
      index: even.lines.map(({ index }) => index),
    };
  });
}"""

REFUSED = """async ([text, analyses]) => {
  const { Reading } = await import("/static/js/core/reading.js");
  const { Text } = await import("/static/js/core/text.js");
  return analyses.map((analysis) => {
    try { return Reading.aligned(new Text(text), analysis) && "taken"; } catch (error) { return error.name; }
  });
}"""

SIGNS = """async (text) => {
  const { findSigns } = await import("/static/js/core/signs.js");
  return findSigns(text).map(({ at, length, sign }) => [at, length, sign.key, sign.text]);
}"""


def random_map(rng: random.Random) -> OffsetMap:
    """Returns an alignment with insertions, deletions and replacements, also beside each other."""
    changes: list[Change] = []
    at = to = 0
    for _ in range(rng.randrange(8)):
        copied = rng.choice((0, 0, 1, 3))
        at, to = at + copied, to + copied
        removed, inserted = rng.choice(((0, 1), (1, 0), (2, 1), (1, 3), (1, 1)))
        changes.append((at, at + removed, to, to + inserted))
        at, to = at + removed, to + inserted
    tail = rng.randrange(3)
    return OffsetMap.of(changes, source_length=at + tail, target_length=to + tail)


def pairs(rng: random.Random, length: int) -> list[tuple[int, int]]:
    return [tuple(sorted(rng.choices(range(length + 1), k=2))) for _ in range(12)]


def expected(there: OffsetMap, points: list[int], ranges: list[tuple[int, int]]) -> dict[str, Any]:
    return {
        "lengths": [there.source_length, there.target_length],
        "points": [[there.map_position(point), there.map_position(point, after=True)] for point in points],
        "ranges": [list(there.map_range(*pair)) for pair in ranges],
    }


def test_javascript_and_python_map_alike_both_ways(core: Page) -> None:
    rngs = [random.Random(seed) for seed in range(300)]
    maps = [random_map(rng) for rng in rngs] + [normalised(random_case(seed)[0]).map for seed in range(60)]
    rngs += [random.Random(seed) for seed in range(60)]
    points = [[list(range(one.source_length + 1)), list(range(one.target_length + 1))] for one in maps]
    ranges = [[pairs(rng, m.source_length), pairs(rng, m.target_length)] for rng, m in zip(rngs, maps, strict=True)]
    sent = [
        {"sections": one.to_sections(), "positions": p, "ranges": r}
        for one, p, r in zip(maps, points, ranges, strict=True)
    ]
    said = core.evaluate(ALIGNMENT, sent)
    for one, p, r, (there, back) in zip(maps, points, ranges, said, strict=True):
        assert there == expected(one, p[0], r[0]), one.to_sections()
        assert back == expected(one.inverse, p[1], r[1]), one.to_sections()


def analysis(text: str) -> dict[str, Any]:
    view = normalised(text)
    return {"text": view.text, "sections": view.map.to_sections()}


def test_every_range_is_seen_and_leads_back_to_itself_or_to_what_was_replaced_as_a_whole(core: Page) -> None:
    texts = [random_case(seed)[0] for seed in range(120)]
    texts += [
        'رسانههای كرهاي 🙂 در 2024 http://x.ir\n\ufdfa\n\nسلاممممم  "تاس" ',
        "\u200fمُحَمَّدٌ\u200f\u00a0 و\u00a0\u00a0او",
    ]
    inky = [[pair for pair in pairs(random.Random(text), len(text)) if has_ink(text, *pair)] for text in texts]
    sent = [{"text": text, "analysis": analysis(text), "ranges": r} for text, r in zip(texts, inky, strict=True)]
    for case, said in zip(sent, core.evaluate(READING, sent), strict=True):
        view, text = normalised(case["text"]), case["text"]
        ranges = [list(pair) for pair in case["ranges"]]
        assert said["plain"] == [[pair] for pair in ranges]
        assert said["back"] == ranges
        for (start, end), shown, taken in zip(ranges, said["shown"], said["taken"], strict=True):
            there = view.map.map_range(start, end)
            assert has_ink(view.text, *shown) or not has_ink(view.text, 0, len(view.text))
            if has_ink(view.text, *there):
                assert tuple(shown) == there
                assert tuple(taken) == view.map.inverse.map_range(*there)
                # What lies outside of what comes back has nothing to show: it was dropped at the range's ends.
                assert all(not _is_shown(view.map, at) for at in range(start, end) if not taken[0] <= at < taken[1])
        lines = zip(text.split("\n"), view.text.split("\n"), strict=True)
        drawn = [shown for published, shown in lines if has_ink(published, 0, len(published))]
        assert (said["lines"], said["index"]) == (drawn, list(range(len(drawn))))


def has_ink(text: str, start: int, end: int) -> bool:
    first, last = trim(text, start, end)
    return first < last


def _is_shown(there: OffsetMap, at: int) -> bool:
    start, end = there.map_range(at, at + 1)
    return start < end


def test_an_analysis_of_another_text_is_refused(core: Page) -> None:
    text = "رسانههای\nاو"
    good = analysis(text)
    bad = [
        {**good, "text": good["text"] + "!"},
        {**good, "sections": [1, 2]},
        {**good, "sections": [len(text)]},
        {"text": text.replace("\n", " "), "sections": [len(text)]},
        {"text": "رسانههای\n", "sections": [9, 2, 0, 0]},
    ]
    assert core.evaluate(REFUSED, [text, [good, *bad]]) == ["taken", *["RangeError"] * len(bad)]


def test_invisible_characters_are_found_but_the_joiners_of_an_emoji(core: Page) -> None:
    text = "🙂\u00a0می‌روم  و   ـ\u200d\u2067x\u2069\t👩‍👩‍👧 👩🏽‍🚀 \u200fa b\ufeff"
    assert core.evaluate(SIGNS, text) == [
        [2, 1, "nbsp", ""], [5, 1, "zwnj", ""], [9, 2, "spaces", ""], [12, 3, "spaces", ""], [15, 1, "tatweel", ""],
        [16, 1, "zwj", "ZWJ"], [17, 1, "isolate", "RLI"], [19, 1, "isolate", "PDI"], [20, 1, "tab", "⇥"],
        [38, 1, "direction", "RLM"], [42, 1, "zwsp", "BOM"],
    ]  # fmt: skip

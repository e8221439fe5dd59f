"""Splits: each article in one part, stories whole, shares as asked, the same on every run and whoever comes later."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.releases.splits import ALL, NAMES, WAYS, Item, Plan, SplitInvalid, divided, drawn

ITEMS = st.lists(
    st.builds(
        Item, id=st.uuids().map(str), story=st.sampled_from("abcdefgh"), source=st.sampled_from(["ایسنا", "تاس", ""]),
        day=st.sampled_from(["", "2023-01-01", "2024-03-20", "2025-01-01"]),
        labels=st.lists(st.sampled_from(["LOC", "PER"]), unique=True).map(tuple),
    ),
    unique_by=lambda item: item.id,
)  # fmt: skip
DAYS = {"dev_from": "2024-01-01", "test_from": "2025-01-01"}


@given(items=ITEMS, way=st.sampled_from(WAYS), seed=st.integers(0, 9))
def test_each_article_has_one_part_and_what_belongs_together_the_same(items: list[Item], way: str, seed: int) -> None:
    parts = divided(items, Plan(way=way, seed=seed, **DAYS))
    assert set(parts) == {item.id for item in items}
    assert set(parts.values()) <= ({ALL} if way == "none" else set(NAMES))
    for item in items:
        for other in items:
            together = item.source == other.source if way == "source" else item.story == other.story
            assert not together or parts[item.id] == parts[other.id]


@given(items=ITEMS, later=ITEMS, way=st.sampled_from(["story", "source"]))
def test_an_article_that_comes_later_moves_nobody(items: list[Item], later: list[Item], way: str) -> None:
    known = {item.id for item in items}
    new = [item for item in later if item.id not in known]
    before, after = divided(items, Plan(way=way)), divided(items + new, Plan(way=way))
    assert before == {uid: after[uid] for uid in before}


def test_shares_come_out_as_asked_for() -> None:
    items = [
        Item(id=str(n), story=str(n), source="", day="", labels=("LOC",) if n % 50 == 0 else ()) for n in range(5000)
    ]
    parts = list(divided(items, Plan(shares=(70, 20, 10))).values())
    assert [parts.count(name) / 5000 for name in NAMES] == pytest.approx([0.7, 0.2, 0.1], abs=0.02)
    stratified = divided(items, Plan(way="stratified", shares=(70, 20, 10)))
    rare = [stratified[item.id] for item in items if item.labels]
    assert [rare.count(name) for name in NAMES] == [70, 20, 10]


def test_a_story_goes_by_its_first_day() -> None:
    early = Item(id="1", story="s", source="", day="2023-12-31")
    late = Item(id="2", story="s", source="", day="2025-06-01")
    assert set(divided([early, late], Plan(way="date", **DAYS)).values()) == {"train"}
    assert divided([late], Plan(way="date", **DAYS)) == {"2": "test"}


def test_the_draw_is_the_sha256_of_seed_and_group() -> None:
    # python3 -c "import hashlib; print(int(hashlib.sha256(b'1:a').hexdigest()[:14], 16) / 2**56)"
    assert drawn(1, "a") == 0.2554167428112489


@pytest.mark.parametrize(
    "plan",
    [Plan(way="luck"), Plan(shares=(80, 10, 20)), Plan(shares=(120, -10, -10)), Plan(way="date"),
     Plan(way="date", dev_from="2025-01-01", test_from="2024-01-01")],
)  # fmt: skip
def test_a_plan_that_makes_no_sense_is_refused(plan: Plan) -> None:
    with pytest.raises(SplitInvalid):
        divided([], plan)

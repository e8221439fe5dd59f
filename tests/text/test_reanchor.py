"""Does a span come along to the corrected text only where its words are the same?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text import difference as differences
from annotations.text.changes import Change, changes
from annotations.text.difference import difference
from annotations.text.page_key import page_key
from annotations.text.reanchor import Fate, reanchor
from tests.strategies import texts, texts_with_range
from tests.text.corpora import articles

FAMILY = "👩‍👩‍👧‍👦"
OLD = f"{FAMILY} کیم جونگ اون در تهران گفت.\nمریم رضایی رفت."
CASES = [
    ("تهران", OLD, Fate.SAME, "تهران"),
    ("تهران", f"روز گذشته {OLD}", Fate.SAME, "تهران"),
    ("مریم رضایی", f"مریم رضایی رفت.\n{FAMILY} کیم جونگ اون در تهران گفت.", None, "مریم رضایی"),
    ("تهران", OLD.replace("تهران", "مشهد"), Fate.CHANGED, "مشهد"),
    ("کیم جونگ اون", OLD.replace("جونگ اون", "ایل سونگ"), Fate.CHANGED, None),
    ("مریم رضایی", OLD.split("\n", maxsplit=1)[0], Fate.LOST, None),
    ("تهران", "متنی یکسره دیگر", None, None),
]


@pytest.mark.parametrize(("words", "new", "fate", "there"), CASES)
def test_a_span_comes_along_with_its_words_or_is_listed(
    words: str, new: str, fate: Fate | None, there: str | None
) -> None:
    start = OLD.index(words)
    found = reanchor([(start, start + len(words))], OLD, new, difference(OLD, new))
    assert fate is None or found.fate is fate
    if there is not None:
        [(first, last)] = found.ranges
        assert new[first:last] == there
    if found.fate in (Fate.SAME, Fate.MOVED):
        assert [new[a:b] for a, b in found.ranges] == [words]


def test_words_that_stand_twice_are_never_guessed() -> None:
    old, new = "علی آمد.\nحسن رفت.\nعلی خندید.", "سرخط.\nعلی خوابید و نیامد، گفت علی."
    start = old.rindex("علی")
    found = reanchor([(start, start + 3)], old, new, difference(old, new))
    assert found.fate is not Fate.MOVED


@given(texts_with_range(), texts())
def test_what_is_carried_has_the_same_words(drawn: tuple[str, int, int], new: str) -> None:
    old, start, end = drawn
    if start == end:
        return
    found = reanchor([(start, end)], old, new, difference(old, new))
    for first, last in found.ranges:
        assert 0 <= first < last <= len(new)
    if found.fate in (Fate.SAME, Fate.MOVED):
        assert [new[a:b] for a, b in found.ranges] == [old[start:end]]
    assert (found.fate is Fate.LOST) == (not found.ranges)


@given(texts_with_range(), texts(max_size=6))
def test_what_is_put_before_moves_every_span_along(drawn: tuple[str, int, int], before: str) -> None:
    old, start, end = drawn
    if start == end:
        return
    new = f"{before}\n{old}"
    found = reanchor([(start, end)], old, new, difference(old, new))
    assert found.fate in (Fate.SAME, Fate.MOVED) or old[start:end].isspace() or not old[start:end].strip()


LINES = st.lists(st.sampled_from(["", " ", "الف", "الف ب", "پ ب", "---"]), max_size=30).map("\n".join)


@given(st.one_of(texts(), LINES), st.one_of(texts(), LINES))
def test_the_difference_copies_what_it_says_it_copies(old: str, new: str) -> None:
    way = difference(old, new)
    at = to = 0
    for start, end, target_start, target_end in [*way.changes, (len(old), len(old), len(new), len(new))]:
        assert old[at:start] == new[to:target_start]
        at, to = end, target_end
    assert difference(old, old).changes == ()


def test_what_is_too_long_to_align_is_one_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "MOST_CELLS", 10)
    assert difference("الف ب پ ت", "الف ج پ ت").changes == ((0, 9, 0, 9),)


@given(texts(), texts())
def test_the_lines_of_changes_are_both_texts(old: str, new: str) -> None:
    lines = changes(old, new)

    def kept(*states: Change) -> str:
        pieces = [[words for state, words in line if state in states] for line in lines]
        own = [line for line, all_of in zip(pieces, lines, strict=True) if line or not all_of]
        return "\n".join("".join(line) for line in own)

    assert kept(Change.SAME, Change.ADDED).replace("\n", "") == new.replace("\n", "")
    assert kept(Change.SAME, Change.REMOVED).replace("\n", "") == old.replace("\n", "")


SAME_PAGE = (
    "https://www.farsnews.ir/news/14020626/کیم", "http://farsnews.ir/news/14020626/کیم/",
    "https://FarsNews.ir:443/news/14020626/%DA%A9%DB%8C%D9%85?utm_source=x&fbclid=1#top",
)  # fmt: skip


def test_one_page_has_one_key_however_it_is_written() -> None:
    assert len({page_key(url) for url in SAME_PAGE}) == 1
    assert page_key("https://a.ir/x?b=2&a=1") == page_key("https://a.ir/x?a=1&b=2")


@pytest.mark.parametrize("url", ["https://a.ir/x?id=1", "https://a.ir/x?id=2", "https://b.ir/x", "https://a.ir:81/x"])
def test_other_pages_have_other_keys(url: str) -> None:
    assert page_key(url) not in {page_key("https://a.ir/x"), ""}


@pytest.mark.parametrize(
    "url", ["", "https://a.ir", "https://a.ir/", "ftp://a.ir/x", "x", "http://[", "https://a.ir:x/"]
)
def test_what_names_no_page_of_its_own_has_no_key(url: str) -> None:
    assert page_key(url) == ""


@given(st.text())
def test_any_text_may_stand_for_an_address(url: str) -> None:
    assert len(page_key(url)) in (0, 64)
    assert len(page_key(f"https://a.ir/{url}")) in (0, 64)


@pytest.fixture(scope="module")
def published() -> list[str]:
    return articles(3)


@given(data=st.data())
def test_lines_that_a_correction_leaves_alone_lead_to_themselves(published: list[str], data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(published)).split("\n")
    changed = st.sampled_from(["", "بند تازه", None])
    drawn = data.draw(st.dictionaries(st.integers(0, len(lines) - 2), changed, max_size=4))
    gap = data.draw(st.sampled_from(["\n", "\n\n"]))
    kept = [drawn.get(at, line) for at, line in enumerate(lines)]
    old, new = gap.join(lines), gap.join(line for line in kept if line is not None)
    way, at = difference(old, new), 0
    for number, line in enumerate(lines):
        start, end = way.map_range(at, at + len(line))
        if number not in drawn:
            assert new[start:end] == line
        at += len(line) + len(gap)


def test_thousands_of_changed_paragraphs_are_aligned_one_by_one() -> None:
    old, new = ("\n\n".join(f"بند {at} را {said} گفت." for at in range(3_000)) for said in ("مریم", "علی"))
    way = difference(old, new)
    for at in range(3_000):
        start = old.index(f"بند {at} را")
        first, last = way.map_range(start, start + len(f"بند {at} را"))
        assert new[first:last] == f"بند {at} را"


def test_more_lines_than_are_aligned_are_one_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "MOST_LINE_CELLS", 3)
    monkeypatch.setattr(differences, "MOST_CELLS", 40)
    old, new = "سر\nالف\nب یک\nپ\nته", "سر\nت\nب یک\nث\nته"
    assert difference(old, new).changes == ((3, 14, 3, 12),)

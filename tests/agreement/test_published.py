"""Do the measures give what their authors, and the libraries that others use, give?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from annotations.agreement import kappa, krippendorff
from annotations.agreement.tally import Tally

# Krippendorff (2011), «Computing Krippendorff's alpha-reliability», part C: four observers, twelve units, nominal.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
# Fleiss (1971) as reprinted in «Fleiss' kappa» of the reference works: 14 raters, 10 units, 5 values.
FLEISS = (
    (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
)  # fmt: skip


def alpha_of(units: list[tuple[object, ...]]) -> float | None:
    tally = Tally(replicates=0)
    for at, unit in enumerate(units):
        tally.add(krippendorff.coincidences(unit, scope="x"), article=str(at))
    return tally.figure(lambda sums: krippendorff.alpha(sums, scope="x")).value


def cohen_of(units: list[tuple[object, object]]) -> float | None:
    tally = Tally(replicates=0)
    for at, (one, other) in enumerate(units):
        tally.add(kappa.count_pair(one, other, scope="x"), article=str(at))
    return tally.figure(lambda sums: kappa.cohen(sums, scope="x")).value


def fleiss_of(units: list[tuple[object, ...]], *, people: int) -> float | None:
    tally = Tally(replicates=0)
    for at, unit in enumerate(units):
        tally.add(kappa.count_unit(unit, scope="x"), article=str(at))
    return tally.figure(lambda sums: kappa.fleiss(sums, scope="x", people=people)).value


def test_alpha_of_krippendorffs_own_table() -> None:
    assert alpha_of(list(zip(*OBSERVERS, strict=True))) == pytest.approx(0.743, abs=0.0005)


def test_cohens_kappa_of_the_textbook_table_of_fifty_proposals() -> None:
    units = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert cohen_of(units) == pytest.approx(0.4)


def test_fleiss_kappa_of_fourteen_raters() -> None:
    units = [tuple(value for value, times in enumerate(row) for _ in range(times)) for row in FLEISS]
    assert fleiss_of(units, people=14) == pytest.approx(0.210, abs=0.0005)


values = st.sampled_from("abc")


@given(st.lists(st.tuples(values, values, values), min_size=2, max_size=30))
def test_three_people_get_what_nltk_gives_them(units: list[tuple[str, str, str]]) -> None:
    rows = [(str(who), str(at), value) for at, unit in enumerate(units) for who, value in enumerate(unit)]
    task = AnnotationTask(rows)
    said = {value for unit in units for value in unit}
    if len(said) == 1:
        assert alpha_of(units) is None
        return
    assert alpha_of(units) == pytest.approx(task.alpha())
    ours = cohen_of([unit[:2] for unit in units])
    if ours is not None:
        assert ours == pytest.approx(task.kappa_pairwise("0", "1"))


@given(st.lists(st.tuples(values, values, st.one_of(values, st.none())), min_size=2, max_size=30))
def test_alpha_lies_below_one_and_reaches_it_only_where_all_agree(units: list[tuple[str | None, ...]]) -> None:
    found = alpha_of(units)
    agreed = all(len({value for value in unit if value is not None}) < 2 for unit in units)
    if found is None:
        assert agreed
    else:
        assert math.isclose(found, 1) == agreed
        assert found <= 1 + 1e-9

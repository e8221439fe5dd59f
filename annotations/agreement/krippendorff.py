"""Krippendorff's alpha for nominal values: agreement beyond chance among any number of people, some values missing.

From the coincidence matrix o of pairable values, with n values in all and n_c of value c:
alpha = 1 - (n - 1) · Σ_{c≠k} o_ck / Σ_{c≠k} n_c n_k. A unit with m values adds 1 / (m - 1) for each ordered pair of
them, one with a single value adds nothing. (Krippendorff, «Computing Krippendorff's alpha-reliability», 2011.)
"""

from collections import Counter
from collections.abc import Hashable, Sequence

from annotations.agreement.tally import Column, Counts, Tally

Value = Hashable


def coincidences(unit: Sequence[Value | None], *, scope: object, times: int = 1) -> Counts:
    """Counts the coincidences of one unit's values, None where somebody gave none; `times` such units at once."""
    values = Counter(value for value in unit if value is not None)
    pairable = sum(values.values())
    counts: Counts = Counter()
    if pairable < 2:
        return counts
    for one, number in values.items():
        for other, others in values.items():
            pairs = number * (others - (one == other))
            if pairs:
                counts["coincidence", scope, one, other] += times * pairs / (pairable - 1)  # type: ignore[assignment] # no whole numbers
    return counts


def alpha(tally: Tally, *, scope: object) -> Column:
    """Returns alpha of what was counted under a scope; NaN where fewer than two values occur at all."""
    total = agreed = tally.of(None)
    marginals: dict[Value, Column] = {}
    for key, column in tally.sums.items():
        if key[:2] == ("coincidence", scope):
            _, _, one, other = key
            total = total + column
            marginals[one] = marginals.get(one, 0) + column
            if one == other:
                agreed = agreed + column
    expected = total * total - sum((column * column for column in marginals.values()), tally.of(None))
    return 1 - (total - 1) * (total - agreed) / expected

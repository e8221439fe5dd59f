"""Cohen's and Fleiss' kappa: agreement beyond chance on the same units by two people, or by any fixed number of them.

Cohen (1960): κ = (p_o - p_e) / (1 - p_e), with p_e from the two people's own marginals. Fleiss (1971): the same with
one common marginal, over units that all have the same number of values. Both leave out units where somebody gave no
value; Krippendorff's alpha keeps them, and is the one to trust where many are missing.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from annotations.agreement.tally import Column, Counts, Tally

Value = Hashable


def count_pair(one: Value | None, other: Value | None, *, scope: object) -> Counts:
    """Counts one unit that two people gave a value."""
    return Counter() if one is None or other is None else Counter({("pair", scope, one, other): 1})


def equal(tally: Tally, *, scopes: Iterable[object]) -> Column:
    """Returns the share of units on which the pairs of people counted under these scopes said the same."""
    wanted = set(scopes)
    total = agreed = tally.of(None)
    for key, column in tally.sums.items():
        if key[0] == "pair" and key[1] in wanted:
            total = total + column
            agreed = agreed + column * (key[2] == key[3])
    shares: Column = agreed / total
    return shares


def cohen(tally: Tally, *, scope: object) -> Column:
    """Returns Cohen's kappa of the units counted under a scope; NaN where chance alone explains everything."""
    cells = {key[2:]: column for key, column in tally.sums.items() if key[:2] == ("pair", scope)}
    nothing = tally.of(None)
    total = sum(cells.values(), nothing)
    agreed = sum((column for (one, other), column in cells.items() if one == other), nothing)
    chance = nothing
    for value in {one for one, _other in cells}:
        rows = sum((column for (one, _), column in cells.items() if one == value), nothing)
        columns = sum((column for (_, other), column in cells.items() if other == value), nothing)
        chance = chance + rows * columns
    expected = chance / (total * total)
    beyond: Column = (agreed / total - expected) / (1 - expected)
    return beyond


def count_unit(unit: Sequence[Value | None], *, scope: object) -> Counts:
    """Counts one unit for Fleiss' kappa, if nobody left it out; the number of people is part of what is counted."""
    if len(unit) < 2 or None in unit:
        return Counter()
    values, people = Counter(unit), len(unit)
    counts: Counts = Counter({("value", scope, people, value): number for value, number in values.items()})
    counts["units", scope, people] += 1
    alike = sum(number * (number - 1) for number in values.values()) / (people * (people - 1))
    counts["alike", scope, people] += alike  # type: ignore[assignment] # no whole number
    return counts


def fleiss(tally: Tally, *, scope: object, people: int) -> Column:
    """Returns Fleiss' kappa of the units that exactly so many people gave a value; NaN where there are none."""
    units = tally.of(("units", scope, people))
    observed = tally.of(("alike", scope, people)) / units
    expected = tally.of(None)
    for key, column in tally.sums.items():
        if key[:3] == ("value", scope, people):
            expected = expected + (column / (units * people)) ** 2
    beyond: Column = (observed - expected) / (1 - expected)
    return beyond

"""What is asked of a library of 100,000 articles? What people type, by how common it is, and what they narrow it to."""

from typing import Any

from bench.search_library import LARGE, OUTLETS, RARE_LABEL, RARE_OUTLET, SMALL

# `{rare}` and `{none}` are filled in from the corpus.
QUERIES = {
    "the commonest word": "و",
    "a common word": "روسیه",
    "a rare word": "{rare}",
    "two words": "روسیه همکاری",
    "a phrase": "«کره شمالی»",
    "a phrase of common words": "«که در»",
    "a rare phrase of common words": "«{pair}»",
    "a beginning": "همکا*",
    "a short beginning": "می*",
    "with an exclusion": "روسیه -همکاری",
    "nothing": "{none}",
}
FILTERS: dict[str, dict[str, str]] = {
    "one large project": {"project": LARGE},
    "a small project": {"project": SMALL},
    "a common outlet": {"source": OUTLETS[0]},
    "a rare outlet": {"source": RARE_OUTLET},
    "a year": {"since": "۱۳۹۶", "until": "۱۳۹۶"},
    "a day": {"since": "2019-09-17", "until": "2019-09-17"},
    "days without articles": {"since": "2031-01-01"},
    "not begun": {"state": "none"},
    "handed in": {"state": "submitted"},
    "returned": {"state": "returned"},
    "accepted: none": {"state": "accepted"},
    "a common label": {"label": "LOC"},
    "a rare label": {"label": RARE_LABEL},
    "a label nobody gave": {"label": "MON"},
    "a day, an outlet and a label": {"since": "2019-09", "until": "2019-09", "source": OUTLETS[1], "label": "LOC"},
}
# What the filters are combined with; empty: the list without a search.
NARROWED = ("", "و", "روسیه", "{rare}", "«که در»", "«{pair}»")
# Who searches: an annotator, a manager who reads all sets, somebody with 200 of the articles.
PEOPLE = ("annotator", "manager", "newcomer")


def cases() -> list[tuple[str, str, str, dict[str, str]]]:
    """Returns (person, query, what it is narrowed to, parameters), the words not yet filled in."""
    by_typed = {typed: name for name, typed in QUERIES.items()} | {"": "no query"}
    found = [("annotator", name, order, {"q": typed, "order": order}) for name, typed in QUERIES.items()
             for order in ("newest", "relevance")]  # fmt: skip
    found += [("annotator", by_typed[typed], name, {"q": typed} | chosen) for typed in NARROWED
              for name, chosen in FILTERS.items()]  # fmt: skip
    found += [("manager", by_typed["روسیه"], name, {"q": "روسیه"} | FILTERS[name])
              for name in ("a common label", "a rare label", "a label nobody gave")]  # fmt: skip
    found += [("newcomer", by_typed[typed], "", {"q": typed}) for typed in NARROWED]
    return found


def filled(given: dict[str, str], words: dict[str, Any]) -> dict[str, str]:
    """Returns the parameters with the words of the corpus in them; without what is empty."""
    return {name: value.format(**words) for name, value in given.items() if value}

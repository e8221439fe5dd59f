"""How do several versions of one article become one? Aligned into units; each is agreed, or to be decided once.

`units.py` says what a unit is, `spans.py` and `relations.py` find them by the likeness of what is said (`groups.py`),
`align.py` puts them together and finds again what was decided before, `case.py` holds them beside the gold set,
`plan.py` says which operations a decision is. No database, no request.
"""

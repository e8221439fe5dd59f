"""How do several versions of one article become one? Aligned into units; each is agreed, or to be decided once.

`units.py` says what a unit is, `spans.py`, `relations.py` and `labels.py` find them, `align.py` puts them together and
finds again what was decided before, `plan.py` says which operations a decision is. No database, no request.
"""

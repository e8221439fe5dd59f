"""How far do people agree who annotated the same articles? One file a measure; each adds up over articles.

A measure counts one article at a time, in numbers that add up, so that a corpus streams through in constant memory and
two halves of it can be counted apart. `report.py` puts them together.
"""

"""Measurements of Newsroom beside bare lower bounds; `make bench` or `python -m bench NAME …` runs them."""

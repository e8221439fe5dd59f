"""Which way does a text run? The way of the script that most of its letters are in, not that of the first letter.

A headline that begins with «ICT» is no less Persian for it; `dir="auto"` would turn the whole line round.
"""

import re

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z]")


def direction_of(text: str) -> str:
    """Returns `rtl` or `ltr`; a text without letters runs as Persian does."""
    return "rtl" if len(_ARABIC.findall(text)) >= len(_LATIN.findall(text)) else "ltr"

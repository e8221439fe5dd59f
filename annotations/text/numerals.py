"""How is a number written with Persian digits?"""

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def persian_digits(text: str) -> str:
    """Returns a text with its ASCII digits as Persian ones."""
    return text.translate(PERSIAN)

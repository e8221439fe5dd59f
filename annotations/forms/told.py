"""What does an error say to a person, on a page or over the API?"""

from django.utils.translation import gettext as _

from annotations.errors import NewsroomError


def told(error: NewsroomError) -> str:
    """Returns an error's message and hint in the active language, filled in."""
    return " ".join(_(part).format(**error.data) for part in (error.message, error.hint) if part)

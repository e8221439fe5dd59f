"""What does a rejected operation say to the person who made it?"""

from typing import Any

from django.utils.translation import gettext as _

from annotations.kinds.reasons import REASONS


def explain(reason: str, data: dict[str, Any]) -> str:
    """Returns the reason in the active language, filled in."""
    return _(REASONS[reason]).format(**data)

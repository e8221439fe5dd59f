"""What may be chosen in the workspace's view menu, in words."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.models import User
from annotations.models.users import READING

SMALLER, USUAL, LARGER = _("Smaller"), _("Usual"), _("Larger")
TITLES = {
    "size": (_("Letters"), {"-2": _("Smallest"), "-1": SMALLER, "0": USUAL, "1": LARGER, "2": _("Largest")}),
    "spacing": (_("Lines"), {"-1": _("Closer"), "0": USUAL, "1": _("Wider apart")}),
    "measure": (_("Width of the text"), {"-1": _("Narrow"), "0": USUAL, "1": _("Wide")}),
    "chips": (_("Label chips"), {"on": _("Always"), "hover": _("Under the mouse"), "off": _("Never")}),
    "focus": (_("Show"), {"all": _("Everything"), "entities": _("Entities"), "claims": _("Claims")}),
}
KEYS = {"chips": "L", "focus": "F"}


class Choice(NamedTuple):
    """One group of radio buttons; `values` are (value, title) in the order in which they are shown."""

    name: str
    title: str | Promise
    key: str
    chosen: str
    values: Sequence[tuple[str, str | Promise]]


def choices(user: User) -> list[Choice]:
    """Returns the groups of the menu: the way of reading, then the theme."""
    way = user.way_of_reading
    groups = [
        Choice(name, title, KEYS.get(name, ""), way[name], list(values.items()))
        for name, (title, values) in TITLES.items()
        if name in READING
    ]
    return [*groups, Choice("theme", _("Colours"), "", user.theme, User.Theme.choices)]

"""What does the admin's first page show of what waits?"""

from django import template

from annotations.models import User
from annotations.queries.waiting import Waiting, waiting

register = template.Library()


@register.simple_tag
def waiting_work(user: User) -> list[Waiting]:
    """Returns what waits for somebody, with the list of the admin that shows it."""
    return waiting(user)

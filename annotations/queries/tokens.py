"""Which API tokens does a person have?"""

from django.db.models import QuerySet

from annotations import policy
from annotations.models import ApiToken, User


def tokens_of(person: User) -> QuerySet[ApiToken]:
    """Returns them with what Knox keeps, the newest first; those that have ended, too."""
    return policy.own_tokens(person).select_related("token").order_by("-token__created", "-pk")

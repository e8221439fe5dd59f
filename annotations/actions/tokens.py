"""How does a program get, and lose, the right to act for a person? By tokens that the person makes and takes back."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from knox.models import AuthToken

from annotations import policy
from annotations.actions.counters import ask_cache
from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import ApiToken, User

MOST_TOKENS = 200
LONGEST_DAYS = 3650
DAY = 24 * 3600


class TooManyTokens(NewsroomError):
    """Raised when somebody has as many tokens as one may have."""

    def __init__(self) -> None:
        super().__init__(
            code="too_many_tokens",
            message=gettext_noop("You have {most} tokens already."),
            hint=gettext_noop("Take back one that is not used any more."),
            data={"most": MOST_TOKENS},
        )


class TokenMade(NewsroomError):
    """Raised when a form that was sent again has made its token before."""

    def __init__(self) -> None:
        super().__init__(
            code="token_made",
            message=gettext_noop("This form has made its token already, and that is not shown again."),
            hint=gettext_noop("If you did not see it, revoke it and make another."),
        )


def make_token(
    person: User, *, name: str = "", days: int | None = None, sheet: UUID | None = None
) -> tuple[ApiToken, str]:
    """Makes a token that ends after so many days, or never; returns it with its text, which is kept nowhere.

    `sheet` names the form that asks for it. Raises TooManyTokens or TokenMade. Tokens that have ended are no burden:
    they go now.
    """
    with write_turn():
        User.objects.select_for_update().get(pk=person.pk)
        if sheet is not None and ApiToken.objects.filter(sheet=sheet).exists():
            raise TokenMade
        AuthToken.objects.filter(user=person, expiry__lt=timezone.now()).delete()
        if AuthToken.objects.filter(user=person).count() >= MOST_TOKENS:
            raise TooManyTokens
        token, text = AuthToken.objects.create(user=person, expiry=timedelta(days=days) if days else None)
        return ApiToken.objects.create(token=token, name=name, sheet=sheet), text


def revoke_token(person: User, *, pk: int) -> bool:
    """Takes a token of the person back; returns whether there was one. It opens nothing from then on."""
    with write_turn():
        found = policy.own_tokens(person).filter(pk=pk).select_related("token").first()
        if found is not None:
            found.token.delete()
        return found is not None


def revoke_tokens(tokens: QuerySet[ApiToken]) -> int:
    """Takes tokens back, whosesoever they are; returns how many there were."""
    with write_turn():
        found = AuthToken.objects.filter(about__in=tokens)
        n: int = found.count()
        found.delete()
        return n


def note_use(token: AuthToken) -> None:
    """Keeps the day on which a token is used: one write a day and process, none for the requests that follow.

    None either while the cache does not answer: each request would be one.
    """
    today = timezone.localdate()
    key = f"token-used:{today}:{token.digest}"
    if ask_cache(lambda cache: cache.add(key, True, timeout=DAY), otherwise=False):
        changed = ApiToken.objects.filter(token=token)
        with write_turn():
            # Made by other means it has no name yet; taken back a moment ago it needs none.
            if not changed.update(used_on=today) and AuthToken.objects.filter(pk=token.pk).exists():
                ApiToken.objects.get_or_create(token=token, defaults={"used_on": today})

"""How does a token prove who calls? Knox's hashed tokens, without a look at the person's other tokens on every call."""

from typing import Any

from django.utils import timezone
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox.auth import TokenAuthentication as KnoxAuthentication
from knox.models import AuthToken
from rest_framework.exceptions import AuthenticationFailed

from annotations.actions.tokens import note_use


class TokenAuthentication(KnoxAuthentication):  # type: ignore[misc]  # knox ships no types
    """`Authorization: Token …`."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, AuthToken]:
        """Returns the person and their token. Raises AuthenticationFailed, also for bytes that are no text."""
        if not token.isascii():
            raise AuthenticationFailed
        person, found = super().authenticate_credentials(token)
        note_use(found)
        return person, found

    def _cleanup_token(self, auth_token: AuthToken) -> bool:
        """Whether the token has expired; deleting the old ones of a person is no work for every request of theirs."""
        return auth_token.expiry is not None and auth_token.expiry < timezone.now()


class TokenScheme(KnoxTokenScheme):  # type: ignore[no-untyped-call]  # drf-spectacular types no __init_subclass__
    """Describes the tokens in the OpenAPI document."""

    target_class = "annotations.api.authentication.TokenAuthentication"

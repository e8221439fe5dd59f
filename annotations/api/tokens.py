"""/tokens/: an API token for a name and password; shown once, stored as a hash."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.auth import authenticate
from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.actions.tokens import LONGEST_DAYS, make_token
from annotations.api.throttles import PacedThrottle, ScopedThrottle

if TYPE_CHECKING:
    from rest_framework.permissions import _SupportsHasPermission

# A body that holds a secret is kept by nobody, and not packed: its length would tell of what it says (BREACH).
SECRET = {"Cache-Control": "no-store", "Content-Encoding": "identity"}


class CredentialsSerializer(serializers.Serializer[None]):
    """A user name and password."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=1000, style={"input_type": "password"}, trim_whitespace=False)


class TokenRequestSerializer(CredentialsSerializer):
    """A user name and password; what the new token is for, and for how many days."""

    name = serializers.CharField(
        max_length=80, allow_blank=True, default="", help_text="By which its owner knows it again."
    )
    days = serializers.IntegerField(
        min_value=1, max_value=LONGEST_DAYS, allow_null=True, default=None,
        help_text="After so many days it opens nothing any more; without a number it does not end.",
    )  # fmt: skip


class TokenSerializer(serializers.Serializer[Any]):
    """A new token; send it as `Authorization: Token …`."""

    token = serializers.CharField()
    name = serializers.CharField()
    expiry = serializers.DateTimeField(allow_null=True)


class TokenView(APIView):
    """Makes tokens, and takes the one that is used back; passwords can't be tried out at will."""

    throttle_classes = [PacedThrottle, ScopedThrottle]
    throttle_scope = "tokens"

    def get_permissions(self) -> Sequence["_SupportsHasPermission"]:
        """Whoever asks for a token has none yet."""
        return [AllowAny()] if self.request.method == "POST" else super().get_permissions()

    @extend_schema(operation_id="tokens_create", request=TokenRequestSerializer, responses={201: TokenSerializer})
    def post(self, request: Request) -> Response:
        """Returns a new token for the account."""
        asked = TokenRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        user = authenticate(request, username=said["username"], password=said["password"])
        if user is None:
            raise AuthenticationFailed
        made, token = make_token(user, name=said["name"], days=said["days"])
        body = {"token": token, "name": made.name, "expiry": made.token.expiry}
        return Response(body, status=201, headers=SECRET)

    @extend_schema(operation_id="tokens_delete", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Forgets the token of this request."""
        if isinstance(request.auth, AuthToken):
            request.auth.delete()
        return Response(status=204)

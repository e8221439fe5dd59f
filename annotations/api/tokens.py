"""/tokens/: an API token for a name and password; shown once, stored as a hash."""

from django.contrib.auth import authenticate
from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView


class CredentialsSerializer(serializers.Serializer):
    """A user name and password."""

    username = serializers.CharField()
    password = serializers.CharField(style={"input_type": "password"}, trim_whitespace=False)


class TokenSerializer(serializers.Serializer):
    """A new token; send it as `Authorization: Token …`."""

    token = serializers.CharField()
    expiry = serializers.DateTimeField(allow_null=True)


class TokenView(APIView):
    """Makes tokens, and takes the one that is used back; passwords can't be tried out at will."""

    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "tokens"

    def get_permissions(self) -> list[AllowAny]:
        """Whoever asks for a token has none yet."""
        return [AllowAny()] if self.request.method == "POST" else super().get_permissions()

    @extend_schema(operation_id="tokens_create", request=CredentialsSerializer, responses={201: TokenSerializer})
    def post(self, request: Request) -> Response:
        """Returns a new token for the account."""
        credentials = CredentialsSerializer(data=request.data)
        credentials.is_valid(raise_exception=True)
        user = authenticate(request, **credentials.validated_data)
        if user is None:
            raise AuthenticationFailed
        instance, token = AuthToken.objects.create(user=user)
        return Response({"token": token, "expiry": instance.expiry}, status=201)

    @extend_schema(operation_id="tokens_delete", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Forgets the token of this request."""
        if isinstance(request.auth, AuthToken):
            request.auth.delete()
        return Response(status=204)

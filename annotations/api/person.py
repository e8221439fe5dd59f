"""Whose words does a page send? It may say so, and is refused where somebody else is signed in by now."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.views import APIView

from annotations.errors import NewsroomError, gettext_noop

PERSON_HEADER = "X-Newsroom-Person"
PERSON = OpenApiParameter(
    PERSON_HEADER, int, OpenApiParameter.HEADER,
    description="The id of whose edits these are: 403 `another_person` where somebody else is signed in.",
)  # fmt: skip


class AnotherPerson(NewsroomError):
    """Raised when a page sends what one person did while another one is signed in."""

    def __init__(self) -> None:
        super().__init__(
            code="another_person",
            message=gettext_noop("Somebody else is signed in now."),
            hint=gettext_noop("Sign in as the person who made these edits."),
        )


class SamePerson(APIView):
    """A mixin of API views that write what a page's person did."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Compares the header, where it is given, with who is signed in. Raises AnotherPerson."""
        super().initial(request, *args, **kwargs)
        if request.headers.get(PERSON_HEADER, str(request.user.pk)) != str(request.user.pk):
            raise AnotherPerson

"""Which requests are the API's? Those to addresses below /api/, wherever the site itself begins."""

from django.http import HttpRequest


def is_to_api(request: HttpRequest) -> bool:
    """Whether a program asks, or what asks as one."""
    return request.path_info.startswith("/api/")

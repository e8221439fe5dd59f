"""How does a list go on? By cursor, never by OFFSET: the last page costs what the first does."""

from typing import Any

from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request


class KeysetPagination(CursorPagination):
    """Pages in the order of the primary key, newest first; `page_size` up to 200."""

    ordering = "-id"
    page_size: int = 25
    page_size_query_param = "page_size"
    max_page_size = 200

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describes a page: addresses of its neighbours, null where there is none."""
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object", "required": ["next", "previous", "results"],
            "properties": {"next": address, "previous": address, "results": schema},
        }  # fmt: skip

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Returns the cursor of the request. Raises NotFound for one that this API has not given out."""
        cursor = super().decode_cursor(request)
        if cursor is not None and cursor.position is not None and not str(cursor.position).isdigit():
            raise NotFound(self.invalid_cursor_message)
        return cursor

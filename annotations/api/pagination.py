"""How does a list go on? By cursor, never by OFFSET: the last page costs what the first does."""

from rest_framework.pagination import CursorPagination


class KeysetPagination(CursorPagination):
    """Pages in the order of the primary key, newest first; `page_size` up to 200."""

    ordering = "-id"
    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 200

"""Which row does an address name? None where the name holds what no row can: 404, as for any other unknown name."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from annotations.records import holds_nul


def named_or_404[Row: Model](rows: QuerySet[Row], **said: Any) -> Row:
    """Returns the one row that has these values; PostgreSQL fails on NUL instead of finding nothing."""
    if holds_nul(said):
        raise Http404
    return get_object_or_404(rows, **said)

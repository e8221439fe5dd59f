"""How does a page carry data to its script? As JSON in the page, Persian unescaped: half the weight."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import json_script
from django.utils.safestring import SafeString

register = template.Library()


class ReadableEncoder(DjangoJSONEncoder):
    """Writes letters beyond ASCII as they are; `json_script` still escapes what HTML would read as markup."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"ensure_ascii": False, "separators": (",", ":")})


@register.filter
def pairs(ranges: Any) -> str:
    """Returns ranges as JSON for an attribute, code points: `[[0,4],[9,12]]`."""
    return json.dumps([list(piece) for piece in ranges], separators=(",", ":"))


@register.filter
def page_data(value: Any, element_id: str) -> SafeString:
    """Returns a `<script type="application/json">` holding the value."""
    return json_script(value, element_id, encoder=ReadableEncoder)

"""Do two addresses lead to the same page? They have the same key: written otherwise, it is still one page."""

import hashlib
import re
import unicodedata
from urllib.parse import parse_qsl, unquote, urlsplit

# What is added to follow readers, and changes nothing.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|yclid|mc_[ce]id", re.IGNORECASE)


def page_key(url: str) -> str:
    """Returns the key of the page at an address, 64 hexadecimal digits; '' where the address names no page of its own.

    Scheme, `www.`, capitals in the host, percent signs, a last slash, the fragment and tracking parameters make no
    difference. A site's front page is no page of its own: another article stands there tomorrow.
    """
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = parts.port
    except ValueError:
        return ""
    path = unicodedata.normalize("NFC", unquote(parts.path)).rstrip("/")
    asked = sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0]))
    if parts.scheme not in ("http", "https") or not host or not (path or asked):
        return ""
    site = host if port in (None, 80, 443) else f"{host}:{port}"
    return hashlib.sha256(repr((site, path, asked)).encode("utf-8", "surrogatepass")).hexdigest()

"""Which addresses of the web may this server fetch from? Public ones only: its own network is nobody's business.

A name is judged by what it resolves to, at the moment of connecting and again after each redirect.
"""

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from annotations.errors import NewsroomError, gettext_noop

PORTS = (80, 443)
LONGEST_ADDRESS = 4096
_STANDARD_PORTS = {"http": 80, "https": 443}
# Forms of IPv6 that carry an IPv4 address somewhere else: through NAT64, 6to4, Teredo.
_CARRIERS = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\\]")


class Refused(NewsroomError):
    """Raised where an address is not fetched, or what came from there is not taken."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: the host in ASCII, and what to ask of it."""

    scheme: str
    host: str
    port: int
    path: str


def target_of(address: str, *, ports: Sequence[int] = PORTS) -> Target:
    """Takes an address apart. Raises Refused where it is none that may be fetched, whatever its name resolves to."""
    if len(address) > LONGEST_ADDRESS or _UNPRINTABLE.search(address):
        raise _no_address(address)
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname or ""
        host = host if ":" in host else host.rstrip(".").encode("idna").decode()
    except ValueError as error:
        raise _no_address(address) from error
    if parts.scheme not in _STANDARD_PORTS or not host or "%" in host:
        raise _no_address(address)
    if "@" in parts.netloc:
        message = gettext_noop("An address with a name or a password in it is not fetched.")
        raise Refused(code="address_credentials", message=message)
    port = _STANDARD_PORTS[parts.scheme] if port is None else port
    if port not in ports:
        message = gettext_noop("Port {port} is not fetched from, only {ports}.")
        raise Refused(
            code="address_port", message=message, data={"port": port, "ports": ", ".join(map(str, ports))}
        )  # fmt: skip
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return Target(parts.scheme, host, port, path + (f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""))


_QUERY = "/%:@!$&'()*+,;=~-._?[]"


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public Internet, in whatever form it comes."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return is_public(str(found.ipv4_mapped))
        if found.is_site_local or any(found in network for network in _CARRIERS):
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def chosen(addresses: Sequence[str], host: str, *, allowed: Callable[[str], bool] = is_public) -> str:
    """Returns the address to connect to, where all that a name stands for are allowed. Raises Refused."""
    if not addresses:
        message = gettext_noop("The name «{host}» is not known.")
        raise Refused(code="host_unknown", message=message, data={"host": host})
    if not all(map(allowed, addresses)):
        message = gettext_noop("«{host}» is an address of a private network and is not fetched.")
        raise Refused(code="address_private", message=message, data={"host": host})
    return addresses[0]


def _no_address(address: str) -> Refused:
    message = gettext_noop("«{address}» is no address of the web: it begins with http:// or https:// and a name.")
    return Refused(code="address_invalid", message=message, data={"address": address[:200]})

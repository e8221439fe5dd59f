"""How is a message sent to an address of the web without harm? To the address that was judged, bounded in all."""

import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPException
from typing import NamedTuple

from annotations.importers.addresses import PORTS, chosen, is_public, target_of
from annotations.importers.pinned import Pinned, Resolve, insecure, resolve_within, unreachable

SECONDS = 10.0
# So much of an answer is kept, to be shown to whoever looks for what is wrong.
BEGINNING = 300


class Answer(NamedTuple):
    """What a server said: its status, and the beginning of its words."""

    status: int
    beginning: str


def post(
    url: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    ports: Sequence[int] = PORTS,
    seconds: float = SECONDS,
    resolve: Resolve | None = None,
    allowed: Callable[[str], bool] = is_public,
    context: ssl.SSLContext | None = None,
) -> Answer:
    """Sends a body to one address, which leads nowhere else: a redirect is an answer. Raises Refused with the reason.

    `resolve`, `allowed` and `context` are for tests, and `allowed` for sites that mean their own network.
    """
    deadline = time.monotonic() + seconds
    target = target_of(url.strip(), ports=ports)
    known = (resolve or resolve_within(deadline))(target.host, target.port)
    connection = Pinned(target, chosen(known, target.host, allowed=allowed), deadline, context)
    try:
        response = connection.ask("POST", headers={"Connection": "close", **headers}, body=body)
        beginning = response.read(4 * BEGINNING).decode("utf-8", "replace").replace("\x00", "")
        return Answer(response.status, beginning[:BEGINNING])
    except ssl.SSLError as error:
        raise connection.too_slow_or(insecure(target, error)) from error
    except (OSError, HTTPException, ValueError, AttributeError) as error:  # the last where TLS was cut
        raise connection.too_slow_or(unreachable(target, error)) from error
    finally:
        connection.close()

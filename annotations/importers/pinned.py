"""How is a server of the web spoken to, and no other in its place? At the address that was judged, until a deadline.

One deadline holds for looking names up, connecting, TLS, headers and the body: when it passes, the connection is cut
from another thread, so that no server can keep this one waiting by sending a byte now and then.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPConnection, HTTPResponse

from annotations.errors import gettext_noop
from annotations.importers.addresses import Refused, Target

Resolve = Callable[[str, int], Sequence[str]]


class Pinned(HTTPConnection):
    """A connection to one judged IP address under its name, cut when the deadline passes."""

    def __init__(self, target: Target, ip: str, deadline: float, context: ssl.SSLContext | None) -> None:
        super().__init__(target.host, target.port)
        self.target, self.ip, self.deadline, self.context = target, ip, deadline, context
        self.timer: threading.Timer | None = None
        self.response: HTTPResponse | None = None

    @property
    def left(self) -> float:
        """The seconds that are left. Raises TimeoutError where there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def connect(self) -> None:
        """Connects to the judged address and no other, and proves the name by TLS."""
        self.sock = socket.create_connection((self.ip, self.port), timeout=self.left)
        self.timer = threading.Timer(self.left, self._cut)
        self.timer.daemon = True
        self.timer.start()
        if self.target.scheme == "https":
            context = self.context or ssl.create_default_context()
            self.sock = context.wrap_socket(
                self.sock, server_hostname=self.target.host, do_handshake_on_connect=False
            )  # fmt: skip
            self.sock.do_handshake()

    def ask(self, method: str, *, headers: Mapping[str, str], body: bytes | None = None) -> HTTPResponse:
        """Sends the request and returns the response with its headers."""
        self.request(method, self.target.path, body=body, headers=dict(headers))
        self.response = self.getresponse()
        return self.response

    def close(self) -> None:
        """Closes the connection and forgets the deadline."""
        if self.timer:
            self.timer.cancel()
        super().close()
        if self.response:
            self.response.close()

    def too_slow_or(self, other: Refused) -> Refused:
        """Returns why an exchange failed: its time was over, or what else was wrong."""
        if time.monotonic() < self.deadline:
            return other
        message = gettext_noop("«{host}» did not answer in time.")
        return Refused(code="too_slow", message=message, data={"host": self.host})

    def _cut(self) -> None:
        sock = self.sock
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:  # closed meanwhile
                return


def resolve_within(deadline: float) -> Resolve:
    """Returns the system's resolver, whose answer is waited for until the deadline."""

    def resolve(host: str, port: int) -> Sequence[str]:
        found: list[str] = []

        def look_up() -> None:
            try:
                answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            except (OSError, UnicodeError):
                return
            found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))

        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(max(deadline - time.monotonic(), 0))
        return list(found)

    return resolve


def insecure(target: Target, error: ssl.SSLError) -> Refused:
    """Returns why a server's certificate was not believed."""
    message = gettext_noop("«{host}» does not prove that it is that host: {problem}")
    problem = getattr(error, "verify_message", "") or error.reason or str(error)
    return Refused(code="tls_unverified", message=message, data={"host": target.host, "problem": problem})


def unreachable(target: Target, error: Exception) -> Refused:
    """Returns why an exchange broke off."""
    message = gettext_noop("«{host}» can't be read from: {problem}")
    problem = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Refused(code="unreachable", message=message, data={"host": target.host, "problem": problem[:200]})

"""Small servers on this machine for the tests of fetching: one answers as it is told, one sends raw bytes."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer

DATA = Path(__file__).parent / "data"
Answer = Callable[[BaseHTTPRequestHandler], None]


class Web(ThreadingHTTPServer):
    """A server that notes what was asked of it."""

    daemon_threads = True
    block_on_close = False
    asked: list[tuple[str, str]]


@contextmanager
def web(answer: Answer, *, tls: bool = False) -> Iterator[Web]:
    """Serves on a free port of this machine; `asked` lists the hosts and paths."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append((self.headers["Host"], self.path))
            answer(self)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = Web(("127.0.0.1", 0), Handler)
    server.asked = []
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(DATA / "certificate.pem", DATA / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.handle_error = lambda request, address: None  # type: ignore[method-assign]  # clients hang up on purpose
    with _running(server):
        yield server


@contextmanager
def raw(talk: Callable[[BaseRequestHandler], None]) -> Iterator[ThreadingTCPServer]:
    """Serves bytes that are no proper HTTP."""

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            try:
                talk(self)
            except OSError:  # the client hung up, as it should
                return

    server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    with _running(server):
        yield server


@contextmanager
def _running(server: ThreadingTCPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(handler: BaseHTTPRequestHandler, body: bytes, *, status: int = 200, **headers: str) -> None:
    """Answers with a body and headers; underscores in their names stand for hyphens."""
    handler.send_response(status)
    for name, value in (
        {"Content_Type": "text/html; charset=utf-8", "Content_Length": str(len(body))} | headers
    ).items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)

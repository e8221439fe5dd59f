"""Fetching, against real servers on this machine: only the judgement of addresses is told that they are public."""

import gzip
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler
from socketserver import BaseRequestHandler
from typing import Any

import pytest

from annotations.importers.addresses import Refused, is_public
from annotations.importers.fetch import Fetched, Limits, fetch
from annotations.importers.web import read_address
from annotations.records import Draft
from tests.importers.hostile import PAGE
from tests.importers.servers import DATA, raw, send, web

MIB = 1024 * 1024


def fetched(server: Any, path: str = "/", *, host: str = "news.example", scheme: str = "http", **known: Any) -> Fetched:
    """Fetches from a server by a made-up name that resolves to this machine."""
    port = server.server_address[1]
    limits = known.pop("limits", {})
    options: dict[str, Any] = {
        "resolve": lambda host, port: ["127.0.0.1"],
        "allowed": lambda ip: ip == "127.0.0.1",
    } | known
    return fetch(
        f"{scheme}://{host}:{port}{path}", limits=Limits(ports=(port, 80), **({"seconds": 5} | limits)), **options
    )


def refused(*args: Any, **options: Any) -> str:
    """Returns the code that a fetch is refused with."""
    with pytest.raises(Refused) as refusal:
        fetched(*args, **options)
    assert str(refusal.value)
    return refusal.value.code


def test_a_page_comes_with_its_type_encoding_and_address() -> None:
    with web(lambda asked: send(asked, PAGE.encode())) as server:
        found = fetched(server, "/news/12?x=تیتر")
        with found.content as content:
            assert content.read().decode() == PAGE
        assert (found.content_type, found.encoding, found.name) == ("text/html", "utf-8", "12.html")
        assert server.asked == [(f"news.example:{server.server_address[1]}", "/news/12?x=%D8%AA%DB%8C%D8%AA%D8%B1")]


def test_what_was_packed_is_unpacked() -> None:
    packed = gzip.compress(PAGE.encode())
    with web(lambda asked: send(asked, packed, Content_Encoding="gzip")) as server, fetched(server).content as content:
        assert content.read().decode() == PAGE


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://127.1/", "http://2130706433/"]
)
def test_this_machine_is_never_fetched_from_by_default(url: str) -> None:
    with pytest.raises(Refused) as refusal:
        fetch(url)
    assert refusal.value.code in ("address_private", "host_unknown")


def test_a_public_name_of_a_private_address_is_refused_before_a_connection() -> None:
    with web(lambda asked: send(asked, b"x")) as server:
        assert refused(server, resolve=lambda host, port: ["127.0.0.1"], allowed=is_public) == "address_private"
        assert server.asked == []


def test_a_name_is_looked_up_once_so_that_it_can_not_change_in_between() -> None:
    looked_up: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["10.0.0.1"]

    with web(lambda asked: send(asked, b"<html>x")) as server:
        fetched(server, resolve=rebinding).content.close()
    assert looked_up == ["news.example"]


def test_each_redirect_is_judged_anew() -> None:
    def redirect(asked: BaseHTTPRequestHandler) -> None:
        port = asked.server.server_address[1]
        places = {"/": "/next", "/next": f"http://inside.example:{port}/secret"}
        send(asked, b"", status=302, Location=places[asked.path]) if asked.path in places else send(asked, b"secret")

    def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == "news.example" else ["169.254.169.254"]

    with web(redirect) as server:
        assert refused(server, resolve=resolve) == "address_private"
        assert [path for _host, path in server.asked] == ["/", "/next"]


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("file:///etc/passwd", "address_invalid"), ("ftp://news.example/", "address_invalid"),
        ("http://me:pw@news.example/", "address_credentials"), ("http://news.example:22/", "address_port"),
        ("/", "too_many_redirects"),
    ],
)  # fmt: skip
def test_a_redirect_to_nowhere_good_is_refused(location: str, code: str) -> None:
    with web(lambda asked: send(asked, b"", status=301, Location=location)) as server:
        assert refused(server) == code


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda asked: send(asked, b"x" * 2000), "too_large"),
        (lambda asked: send(asked, gzip.compress(b"\0" * 50 * MIB), Content_Encoding="gzip"), "too_large"),
        (lambda asked: send(asked, b"x", Content_Length="90000000"), "too_large"),
        (lambda asked: send(asked, b"x", Content_Length="900"), "unreachable"),
        (lambda asked: send(asked, b"not gzip", Content_Encoding="gzip"), "unreachable"),
        (lambda asked: send(asked, gzip.compress(b"x" * 900)[:-9], Content_Encoding="gzip"), "unreachable"),
        (lambda asked: send(asked, b"x", Content_Encoding="br"), "content_coding"),
        (lambda asked: send(asked, b"x", Content_Type="image/png"), "content_type"),
        (lambda asked: send(asked, b"x", Content_Type="application/x-msdownload"), "content_type"),
        (lambda asked: send(asked, b"gone", status=404), "http_status"),
        (lambda asked: send(asked, b"", status=302), "http_status"),
    ],
)  # fmt: skip
def test_an_answer_out_of_bounds_is_refused(answer: Any, code: str) -> None:
    with web(answer) as server:
        limit = 100_000 if code != "too_large" else 1000
        assert refused(server, limits={"size": limit}) == code


def chunked_without_end(handler: BaseRequestHandler) -> None:
    handler.request.recv(4096)
    handler.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        handler.request.sendall(b"1000\r\n" + b"x" * 4096 + b"\r\n")


def headers_without_end(handler: BaseRequestHandler) -> None:
    handler.request.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.request.sendall(b"X: " + b"y" * 60_000 + b"\r\n")


@pytest.mark.parametrize(("talk", "code"), [(chunked_without_end, "too_large"), (headers_without_end, "unreachable")])
def test_a_server_that_never_ends_is_left(talk: Any, code: str) -> None:
    with raw(talk) as server:
        assert refused(server, limits={"size": MIB}) == code


def test_a_server_that_sends_a_byte_now_and_then_is_cut_off_at_the_deadline() -> None:
    stop = threading.Event()

    def drip(handler: BaseRequestHandler) -> None:
        while not stop.wait(0.02):
            handler.request.sendall(b"H")

    with raw(drip) as server:
        assert refused(server, limits={"seconds": 0.4}) == "too_slow"
        stop.set()


def test_a_server_that_says_nothing_is_cut_off_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:

        class Named:
            server_address = silent.getsockname()

        assert refused(Named, limits={"seconds": 0.3}) == "too_slow"
        assert refused(Named, scheme="https", limits={"seconds": 0.3}) == "too_slow"


def test_a_host_that_does_not_prove_its_name_is_refused() -> None:
    with web(lambda asked: send(asked, PAGE.encode()), tls=True) as server:
        assert refused(server, scheme="https") == "tls_unverified"
        trusting = ssl.create_default_context(cafile=str(DATA / "certificate.pem"))
        assert refused(server, scheme="https", host="other.example", context=trusting) == "tls_unverified"
        assert server.asked == []
        with fetched(server, scheme="https", context=trusting).content as content:
            assert content.read().decode() == PAGE


def test_nobody_listening_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = taken.getsockname()

    class Named:
        server_address = address

    assert refused(Named) == "unreachable"


def test_an_address_is_read_as_a_file_of_its_format_is() -> None:
    feed = '<rss version="2.0"><channel><title>x</title><item><title>تیتر</title></item></channel></rss>'.encode()
    answers = {
        "/p": (PAGE.encode(), "text/html"),
        "/f": (feed, "text/xml"),
        "/t": ("تیتر\nمتن".encode(), "text/plain"),
        "/b": (b"\0\1", "text/csv"),
    }

    def answer(asked: BaseHTTPRequestHandler) -> None:
        body, kind = answers[asked.path]
        send(asked, body, Content_Type=kind)

    with web(answer) as server:
        base = f"http://news.example:{server.server_address[1]}"
        read = {
            path: [
                item
                for _place, item in read_address(base + path, {}, fetch=lambda url: fetched(server, url[len(base) :]))
            ]
            for path in answers
        }
    assert [(item.url, item.text.split("\n")[0]) for item in read["/p"] if isinstance(item, Draft)] == [
        (base + "/p", "تیتر خبر")
    ]
    assert [item.text for item in read["/f"] if isinstance(item, Draft)] == ["تیتر"]
    assert [(item.url, item.text) for item in read["/t"] if isinstance(item, Draft)] == [(base + "/t", "تیتر\nمتن")]
    assert not [item for item in read["/b"] if isinstance(item, Draft)]


def test_a_refused_address_is_a_message_like_any_other() -> None:
    ((place, problem),) = read_address("http://127.0.0.1/", {})
    assert (place, problem.code) == (1, "address_private")

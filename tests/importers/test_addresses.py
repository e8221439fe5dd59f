"""Addresses that are fetched and those that are not, whatever form they come in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.importers.addresses import Refused, chosen, is_public, target_of

PUBLIC = ["93.184.216.34", "8.8.8.8", "2a00:1450:4001:81b::200e", "2606:4700::6810:84e5"]
PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1",
    "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:8.8.8.8.8",
    "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:c0a8:101::1",
    "2001:0:7f00:1::", "localhost", "", "x",
]  # fmt: skip
REFUSED = {
    "ftp://news.example/": "address_invalid",
    "file:///etc/passwd": "address_invalid",
    "gopher://news.example:70/": "address_invalid",
    "javascript:alert(1)": "address_invalid",
    "//news.example/": "address_invalid",
    "news.example": "address_invalid",
    "": "address_invalid",
    "http://": "address_invalid",
    "http:///x": "address_invalid",
    "http://news.example\\@127.0.0.1/": "address_invalid",
    "http://news.example/a b": "address_invalid",
    "http://news.example/\r\nHost: x": "address_invalid",
    "http://[fe80::1%25eth0]/": "address_invalid",
    "http://[::1": "address_invalid",
    "http://news.example:99999/": "address_invalid",
    "http://" + "a" * 64 + ".example/": "address_invalid",
    "http://news.example/" + "a" * 5000: "address_invalid",
    "http://me@news.example/": "address_credentials",
    "http://me:secret@news.example/": "address_credentials",
    "http://@news.example/": "address_credentials",
    "http://news.example:8080/": "address_port",
    "http://news.example:22/": "address_port",
    "https://news.example:0/": "address_port",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_public_web_are_allowed(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_of_private_and_odd_networks_are_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(("address", "code"), REFUSED.items(), ids=range(len(REFUSED)))
def test_an_address_that_may_not_be_fetched_is_refused_before_it_is_looked_up(address: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        target_of(address)
    assert refusal.value.code == code
    assert len(str(refusal.value)) < 400
    assert "secret" not in str(refusal.value)


def test_an_address_is_taken_apart_in_ascii() -> None:
    target = target_of("https://خبر.example/news/۱۴۰۲/تیتر خبر?q=الف&b=%20".replace(" ", "%20"))
    assert target.host.startswith("xn--")
    assert target.path.isascii()
    assert (target.scheme, target.port) == ("https", 443)
    assert target_of("http://NEWS.example.").host == "news.example"
    assert target_of("http://[2606:4700::1]/").host == "2606:4700::1"


def test_a_name_with_one_private_address_among_public_ones_is_refused() -> None:
    with pytest.raises(Refused, match="private"):
        chosen(["93.184.216.34", "10.0.0.1"], "news.example")
    with pytest.raises(Refused, match="not known"):
        chosen([], "news.example")
    assert chosen(["93.184.216.34", "8.8.8.8"], "news.example") == "93.184.216.34"


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_in_the_clothes_of_ipv6(address: object) -> None:
    assert is_public(f"::ffff:{address}") == is_public(str(address))
    assert not is_public(f"64:ff9b::{address}")

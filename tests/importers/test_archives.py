"""Archives: every file in them by its own reader, counted through, and none that blows up or escapes."""

import gzip
import io
import zipfile
from typing import Any

import pytest

from annotations.importers import IMPORTERS
from annotations.importers.limits import MIB
from annotations.records import Draft
from tests.importers.hostile import PAGE, PERSIAN, nested, zipped


def read(key: str, content: bytes) -> list[tuple[int, Any]]:
    return [
        (place, item)
        for place, item in IMPORTERS[key].read(io.BytesIO(content), {})
        if getattr(item, "code", "") != "fields"
    ]


def codes(found: list[tuple[int, Any]]) -> list[str]:
    return ["draft" if isinstance(item, Draft) else item.code for _place, item in found]


def test_each_file_is_read_by_its_own_reader_and_says_where_it_lay() -> None:
    inner = zipped({"b.html": PAGE.encode()})
    content = zipped(
        {
            "a.txt": PERSIAN.encode(), "__MACOSX/a.txt": b"x", ".DS_Store": b"x", "folder/": b"",
            "folder/rows.csv": "text\nیک\nدو\n".encode(), "inner.zip": inner, "image.png": b"\x89PNG",
            "records.jsonl": '{"text": "سه"}\noops\n{"text": "چهار"}\n'.encode(),
        }
    )  # fmt: skip
    found = read("zip", content)
    drafts = [item for _place, item in found if isinstance(item, Draft)]
    assert [draft.meta["file"] for draft in drafts] == [
        "a.txt",
        "rows.csv",
        "rows.csv",
        "b.html",
        "records.jsonl",
        "records.jsonl",
    ]
    assert [(item.code, item.data["member"]) for _p, item in found if not isinstance(item, Draft)] == [
        ("format_unknown", "image.png"),
        ("not_a_record", "records.jsonl"),
    ]
    places = [place for place, _item in found]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


def test_names_lead_nowhere_and_are_shown_without_tricks() -> None:
    found = read("zip", zipped({"../../../etc/cron.txt": PERSIAN.encode(), "C:\\evil\u202etxt.exe": b"x"}))
    assert found[0][1].meta["file"] == "cron.txt"
    assert found[1][1].data["member"] == "evil\ufffdtxt.exe"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped({"bomb.txt": b"\x00" * 64 * MIB}), "archive_bomb"),
        (nested(3), "archive_too_deep"),
        (zipped({"a.txt": PERSIAN.encode() * 99})[:-40], "archive_damaged"),
        (zipped({}), "empty"),
    ],
)
def test_what_an_archive_must_not_do_is_refused(content: bytes, code: str) -> None:
    assert codes(read("zip", content)) == [code]


def test_a_damaged_or_locked_file_leaves_the_others_whole() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as zipper:
        zipper.writestr("a.txt", PERSIAN)
        zipper.writestr("b.txt", "متن دوم")
    content = archive.getvalue()
    damaged = content.replace("نفت".encode(), b"xxxxxx", 1)
    assert codes(read("zip", damaged)) == ["archive_damaged", "draft"]
    directory = content.index(b"PK\x01\x02")
    locked = bytearray(content)
    locked[6] |= 1
    locked[directory + 8] |= 1
    assert codes(read("zip", bytes(locked))) == ["archive_locked", "draft"]


def test_a_lying_size_does_not_get_more_out_of_an_archive() -> None:
    content = bytearray(zipped({"a.txt": b"x" * 10_000}))
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    assert codes(read("zip", bytes(content))) == ["archive_damaged"]


def warc(*answers: tuple[str, str, bytes], packed: bool = True) -> bytes:
    """Returns a web archive of answers: address, status line with headers, body."""
    records = [("warcinfo", "", b"software: test\r\n")]
    for url, said, body in answers:
        records.append(
            ("response", url, f"HTTP/1.1 {said}\r\n\r\n".replace("\n", "\r\n").replace("\r\r", "\r").encode() + body)
        )
    out = b""
    for kind, url, content in records:
        head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-09-17T07:00:00Z\r\n"
        head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n\r\n"
        record = head.encode() + content + b"\r\n\r\n"
        out += gzip.compress(record) if packed else record
    return out


HTML = "200 OK\nContent-Type: text/html; charset=utf-8"


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_gives_the_article_of_each_page(packed: bool) -> None:
    content = warc(
        ("https://www.irna.ir/news/1", HTML, PAGE.encode()),
        ("https://www.irna.ir/x.json", "200 OK\nContent-Type: application/json", b"{}"),
        ("https://www.irna.ir/gone", "404 Not Found\nContent-Type: text/html", PAGE.encode()),
        ("https://www.isna.ir/news/2", HTML + "\nContent-Encoding: gzip", gzip.compress(PAGE.encode())),
        ("https://www.isna.ir/list", HTML, b"<html><body></body></html>"),
        packed=packed,
    )
    found = read("warc", content)
    assert codes(found) == ["draft", "draft", "no_article"]
    drafts = [item for _place, item in found if isinstance(item, Draft)]
    assert [(draft.url, draft.source.name) for draft in drafts] == [
        ("https://www.irna.ir/news/1", "ایرنا"), ("https://www.isna.ir/news/2", "ایسنا"),
    ]  # fmt: skip
    assert drafts[0].meta["crawled_at"] == "2023-09-17T07:00:00Z"


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_cut_off_gives_its_whole_pages_and_says_so(packed: bool) -> None:
    whole = ("https://www.irna.ir/news/1", HTML, PAGE.encode())
    content = warc(whole, whole, packed=packed)
    found = codes(read("warc", content[:-200]))
    assert found[0] == "draft"
    assert found[1:]
    assert set(found[1:]) <= {"cut_off", "archive_damaged"}

"""Files that break readers, by name: made here, none of them large on disk."""

import gzip
import io
import json
import zipfile
from typing import IO

from tests.conftest import SHARED

MIB = 1024 * 1024
PERSIAN = "علاقه کره شمالی به تقویت همکاری\nمریم رضایی گفت: صادرات نفت رشد می‌کند.\n"
PAGE = f"""<!doctype html><html><head><title>تیتر</title><script>document.write("<p>نه</p>")</script></head>
<body onload="x()">
<article><h1>تیتر خبر</h1><p>{"مریم رضایی گفت صادرات نفت رشد می‌کند. " * 8}</p><script>alert(1)</script>
<p>{"نفت گران شد و بازار آرام ماند. " * 8}</p><iframe src="http://169.254.169.254/"></iframe></article></body></html>"""
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
XML_BOMB = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{LAUGHS}]><rss version="2.0"><channel>
<title>&l9;</title><item><title>&l9;</title></item></channel></rss>"""
XML_OUTSIDE = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><item><title>&x;</title><description>&x;</description></item></channel></rss>"""
FORMULAS = 'title,text\n"=HYPERLINK(""http://evil.example"",""x"")",=1+1\n@SUM(A1),+cmd|\' /C calc\'!A0\n'
BINARY = bytes(range(256)) * 64


class Endless(io.RawIOBase):
    """A file of some size that repeats a piece and holds none of it; it can seek, as an upload can."""

    def __init__(self, piece: bytes, size: int, *, first: bytes = b"", last: bytes = b"") -> None:
        self.piece = piece * max(1, MIB // len(piece))
        self.first, self.last = first, last
        self.size, self.at = len(first) + size // len(self.piece) * len(self.piece) + len(last), 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = max(0, (0, self.at, self.size)[whence] + offset)
        return self.at

    def tell(self) -> int:
        return self.at

    def readinto(self, buffer: memoryview) -> int:
        wanted = min(len(buffer), max(self.size - self.at, 0))
        if self.at < len(self.first):
            got = self.first[self.at : self.at + wanted]
        elif self.at >= self.size - len(self.last):
            got = self.last[len(self.last) - (self.size - self.at) :][:wanted]
        else:
            begin = (self.at - len(self.first)) % len(self.piece)
            room = self.size - len(self.last) - self.at
            got = self.piece[begin : begin + min(wanted, room)]
        buffer[: len(got)] = got
        self.at += len(got)
        return len(got)


def endless(piece: bytes, size: int, *, first: bytes = b"", last: bytes = b"") -> IO[bytes]:
    """Returns such a file, buffered."""
    return io.BufferedReader(Endless(piece, size, first=first, last=last), 64 * 1024)


def zipped(files: dict[str, bytes], *, level: int = 9) -> bytes:
    """Returns a ZIP archive of files."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as zipper:
        for name, content in files.items():
            zipper.writestr(name, content)
    return archive.getvalue()


def nested(depth: int) -> bytes:
    """Returns an archive in an archive in an archive …"""
    content = zipped({"a.txt": PERSIAN.encode()})
    for _ in range(depth):
        content = zipped({"inner.zip": content})
    return content


def naughty() -> list[str]:
    """Returns the Big List of Naughty Strings; where it is not at hand, some of its kind."""
    path = SHARED / "blns" / "blns.json"
    if path.exists():
        return json.loads(path.read_text(encoding="utf-8"))
    return [
        "",
        "undefined",
        "1;DROP TABLE users",
        "\u202e\u0000test",
        "田中さん",
        "👩‍👩‍👧‍👦",
        "<script>alert(0)</script>",
        "../../etc/passwd",
    ]


def hostile() -> dict[str, bytes]:
    """Returns the files by name; the ending says what each pretends to be."""
    lines = "\n".join(json.dumps({"text": said}, ensure_ascii=False) for said in naughty())
    return {
        "empty": b"",
        "blank": b" \r\n\t\n",
        "nul only": b"\x00" * 5000,
        "nul between": PERSIAN.replace(" ", "\x00 ").encode(),
        "binary": BINARY,
        "wrong encoding": PERSIAN.encode() + b"\xff\xfe\xba" + PERSIAN.encode(),
        "windows-1256": PERSIAN.replace("ی", "ي").encode("cp1256"),
        "utf-16": PERSIAN.encode("utf-16"),
        "half of utf-16": PERSIAN.encode("utf-16")[:-1],
        "utf-8 with bom": PERSIAN.encode("utf-8-sig"),
        "one line of 1 MB": ("نفت " * (MIB // 7)).encode(),
        "one word of 1 MB": b"x" * MIB,
        "naughty strings.txt": "\n".join(naughty()).encode("utf-8", "replace"),
        "naughty strings.json": json.dumps(naughty()).encode(),
        "naughty strings.jsonl": lines.encode("utf-8", "replace"),
        "naughty strings.csv": ("text\n" + "\n".join(naughty())).encode("utf-8", "replace"),
        "formulas.csv": FORMULAS.encode(),
        "open quote.csv": b'title,text\n"never closed,' + PERSIAN.encode() * 200,
        "many columns.csv": b"," * 100_000 + b"\n" + b"x," * 100_000,
        "scripts.html": PAGE.encode(),
        "deep.html": b"<html><body>" + b"<div>" * 20_000 + PERSIAN.encode(),
        "cut.html": PAGE.encode()[:700],
        "laughs.rss": XML_BOMB.encode(),
        "laughs.xhtml": XML_BOMB.replace("rss", "html").encode(),
        "outside.rss": XML_OUTSIDE.encode(),
        "cut.rss": b'<rss version="2.0"><channel><item><title>x</title></item><item><tit',
        "deep.json": b"[" * 200_000,
        "deep objects.json": b'{"a":' * 200_000,
        "cut.json": b'[{"title": "x", "text": "y"}, {"title": "x", "te',
        "cut at a record.json": b'[{"title": "x", "text": "y"},',
        "surrogate.jsonl": b'{"text": "\\ud83d"}\n{"text": "ok"}',
        "numbers.json": b"[1, 2.5, null, true, [], {}]",
        "page.json": PAGE.encode(),
        "cut.zip": zipped({"a.txt": PERSIAN.encode() * 50, "b.txt": BINARY})[:300],
        "bomb.zip": zipped({"bomb.txt": b"\x00" * (64 * MIB)}),
        "bomb.xlsx": zipped({"[Content_Types].xml": b" " * (80 * MIB), "xl/workbook.xml": b""}),
        "nested.zip": nested(5),
        "no archive.zip": b"PK\x03\x04" + BINARY,
        "no sheet.xlsx": b"PK\x03\x04" + BINARY,
        "old sheet.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + BINARY,
        "escaping.zip": zipped({"../../../evil.txt": b"x", "/etc/passwd": b"x", "C:\\x.html": PAGE.encode()}),
        "cut.warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nHTTP/1.1 200 OK\r\n",
        "cut.warc.gz": gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\n" * 9)[:40],
    }  # fmt: skip

"""One format in its own process: its bare parser, then its reader, over one file of articles."""

import csv
import html
import io
import json
import random
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from bench.corpus import make_text, seed_sentences


def records(count: int) -> list[dict[str, str | list[str]]]:
    """Returns articles as the corpora about have them."""
    rng, sentences = random.Random(1), seed_sentences()
    made = []
    for number in range(count):
        title, lead, *paragraphs = make_text(rng, sentences).split("\n\n")
        link = f"https://www.farsnews.ir/news/14000321{number:06}"
        made.append({"title": title, "abstract": lead, "paragraphs": paragraphs, "cat": "politics", "link": link})
    return made


def page(record: dict) -> str:
    """Returns a web page with an article, what surrounds it, and what is said to machines."""
    body = "".join(f"<p>{html.escape(text)}</p>" for text in record["paragraphs"])
    around = "".join(f'<li><a href="/{number}">خبر {number}</a></li>' for number in range(60))
    title = html.escape(record["title"])
    return (
        f'<!doctype html><html lang="fa"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:title" content="{title}"><link rel="canonical" href="{record["link"]}"></head><body>'
        f"<nav><ul>{around}</ul></nav><article><h1>{title}</h1>"
        f"<p class=lead>{html.escape(record['abstract'])}</p>{body}</article>"
        f"<aside><ul>{around}</ul></aside></body></html>"
    )


def content(key: str, made: list[dict]) -> bytes:
    """Returns the articles as a file of a format; pages are joined by NUL, which none of them holds."""
    if key == "json":
        return json.dumps(made, ensure_ascii=False).encode()
    if key == "jsonl":
        texts = ("\n".join((item["title"], item["abstract"], *item["paragraphs"])) for item in made)
        return "\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in texts).encode()
    if key == "csv":
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(["title", "lead", "text", "link"])
        for item in made:
            writer.writerow([item["title"], item["abstract"], "\n".join(item["paragraphs"]), item["link"]])
        return out.getvalue().encode()
    if key == "feed":
        items = (
            f"<item><title>{html.escape(item['title'])}</title><link>{item['link']}</link><description>"
            f"{html.escape(''.join(f'<p>{text}</p>' for text in item['paragraphs']))}</description></item>"
            for item in made
        )
        return f'<rss version="2.0"><channel><title>x</title>{"".join(items)}</channel></rss>'.encode()
    if key == "zip":
        out_bytes = io.BytesIO()
        with zipfile.ZipFile(out_bytes, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, item in enumerate(made):
                archive.writestr(f"{number}.txt", "\n".join((item["title"], *item["paragraphs"])))
        return out_bytes.getvalue()
    return "\0".join(map(page, made)).encode()


def bare(key: str, data: bytes) -> Callable[[], object]:
    """Returns the least work that gets at the same content."""
    import feedparser
    from trafilatura import extract

    if key == "json":
        return lambda: json.loads(data)
    if key == "jsonl":
        return lambda: [json.loads(line) for line in data.split(b"\n")]
    if key == "csv":
        return lambda: list(csv.reader(io.StringIO(data.decode(), newline="")))
    if key == "feed":
        return lambda: feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if key == "zip":
        archive = zipfile.ZipFile(io.BytesIO(data))
        return lambda: [archive.read(entry).decode() for entry in archive.infolist()]
    return lambda: [extract(part.decode(), include_comments=False) for part in data.split(b"\0")]


def main(key: str, count: int, folder: Path) -> None:
    """Prints the CPU seconds of the bare parser, those of the reader, and the file's megabytes."""
    from annotations.importers import IMPORTERS
    from annotations.records import Draft

    path = folder / f"corpus.{key}"
    path.write_bytes(content(key, records(count)))
    seconds = []
    for work in (bare(key, path.read_bytes()), bare(key, path.read_bytes())):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    read = IMPORTERS[key].read
    began, found = time.process_time(), 0
    with path.open("rb") as file:
        parts = [io.BytesIO(part) for part in file.read().split(b"\0")] if key == "html" else [file]
        for part in parts:
            found += sum(isinstance(item, Draft) for _place, item in read(part, {}))
    spent = time.process_time() - began
    assert found == count, found
    print(min(seconds), spent, path.stat().st_size / 1e6)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))

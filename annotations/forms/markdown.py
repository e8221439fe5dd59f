"""How does a guideline become HTML? Markdown without raw HTML, sanitised once more; whole or by sections."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
DEEPEST = 4
_markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


class Section(NamedTuple):
    """A heading with what stands under it until the next heading; `level` 0 is what stands before the first.

    `heading` is its plain text, `keys` what it holds in backticks; `html` is safe and begins with the heading.
    """

    level: int
    heading: str
    keys: tuple[str, ...]
    html: SafeString


@lru_cache(maxsize=64)
def render_markdown(text: str) -> SafeString:
    """Returns safe HTML; headings go down a level, for a page has one h1 of its own."""
    return _render(_tokens(text))


def render_sections(text: str) -> list[Section]:
    """Returns the sections of a text in their order; headings inside lists and quotes begin none."""
    tokens = _tokens(text)
    return [_section(part) for part in _parts(tokens)]


def _tokens(text: str) -> list[Token]:
    tokens = _markdown.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, DEEPEST)}"
    return tokens


def _render(tokens: Sequence[Token]) -> SafeString:
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return mark_safe(
        nh3.clean(html, tags=TAGS, attributes={"a": {"href", "title"}}, url_schemes={"http", "https", "mailto"})
    )


def _parts(tokens: list[Token]) -> Iterator[list[Token]]:
    """Cuts before each heading that stands in nothing else."""
    starts = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.level == 0]
    cuts = sorted({0, *starts, len(tokens)})
    for start, end in pairwise(cuts):
        yield tokens[start:end]


def _section(tokens: list[Token]) -> Section:
    if tokens[0].type != "heading_open":
        return Section(0, "", (), _render(tokens))
    words = tokens[1].children or []
    said = "".join(" " if word.type in ("softbreak", "hardbreak") else word.content for word in words)
    keys = tuple(word.content for word in words if word.type == "code_inline")
    return Section(int(tokens[0].tag[1]), said, keys, _render(tokens))

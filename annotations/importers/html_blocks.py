"""What does a page say, line by line, as a reader sees it? Its own characters, half-spaces and NBSP included.

White space is collapsed as browsers do it; nothing else is changed. Nothing is fetched, run or expanded.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

# What HTML collapses; NBSP, ZWNJ and all other spaces are letters to it.
_SPACES = re.compile(r"[ \t\n\r\f]+")
_UNSEEN = frozenset((
    "script", "style", "noscript", "template", "head", "title", "svg", "math", "iframe", "object", "embed", "button",
    "select", "textarea", "audio", "video", "canvas",
))  # fmt: skip
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
_DEEPEST_MARKS = 4


class Block(NamedTuple):
    """A line of the page: its text, its element's tag, and the names that it and the elements around it go by."""

    text: str
    tag: str
    marks: str


def page_tree(text: str) -> Any:
    """Returns a page's root element, or None where there is none; entities of its own are never expanded."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    content = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        return html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def blocks(root: Any) -> list[Block]:
    """Returns the lines with text in their order; a line ends where a block does and at `<br>`."""
    return list(_blocks(root))


def paragraphs_of(fragment: str) -> list[str]:
    """Returns the lines of a piece of HTML, as feeds carry it; a text without tags is taken line by line, too."""
    root = page_tree(f"<div>{fragment}</div>") if fragment.strip() else None
    return [] if root is None else [block.text for block in blocks(root)]


def _blocks(root: Any) -> Iterator[Block]:
    words: list[str] = []
    begun = root  # the block that the words stand in

    def line() -> Iterator[Block]:
        text = _SPACES.sub(" ", "".join(words)).strip(" ")
        words.clear()
        if text:
            yield Block(text, begun.tag, _marks(begun))

    for event, element in _walk(root):
        is_block = element.tag not in _INLINE
        if event == "start":
            if is_block:
                yield from line()
                begun = element
            words.append(element.text or "")
        else:
            if is_block:
                yield from line()
                parent = element.getparent()
                begun = _block_around(parent) if parent is not None else root
            if element is not root:
                words.append(element.tail or "")
    yield from line()


def _walk(root: Any) -> Iterator[tuple[str, Any]]:
    """Yields where seen elements start and end, without recursion: pages nest as deep as they like."""
    stack: list[tuple[Any, Iterator[Any]]] = []
    element = root
    yield "start", element
    stack.append((element, iter(element)))
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "end", element
        elif not isinstance(child.tag, str) or child.tag in _UNSEEN:
            # Its tail is seen, though; a break stands for it so that words keep apart.
            yield from _tail_of(child)
        else:
            yield "start", child
            stack.append((child, iter(child)))


def _tail_of(unseen: Any) -> Iterator[tuple[str, Any]]:
    if unseen.tail:
        yield "end", _Tail(unseen)


class _Tail:
    """An element that is not seen, of which only the text after it is."""

    def __init__(self, element: Any) -> None:
        self.tag, self.tail = "span", element.tail


def _block_around(element: Any) -> Any:
    while element.tag in _INLINE and element.getparent() is not None:
        element = element.getparent()
    return element


def _marks(element: Any) -> str:
    names: list[str] = []
    for _ in range(_DEEPEST_MARKS):
        if element is None:
            break
        names += [element.get(name, "") for name in ("class", "id", "itemprop")]
        element = element.getparent()
    return " ".join(filter(None, names)).lower()

"""Which passage of a guideline speaks of which label? The one whose heading names it by key or title.

docs/guideline-and-comments.md describes the convention. Nothing of it is stored: any version of any guideline is bound
to the labels of the scheme by its text alone. A label with an entry of its own has that for its passage.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from annotations.forms.markdown import Section, render_markdown, render_sections
from annotations.models import Label
from annotations.text.direction import direction_of
from annotations.text.fold import search_key

# What divides the names in a heading: «۲-۱ شخص (PER)», «تاریخ و زمان: DAT، TIM».
_DIVIDERS = re.compile(r"[()\[\]{}«»\"“”:،,؛;/|–—]|\s+(?:و|and|or|یا)\s+")
_NUMBER = re.compile(r"^[\s\d.\-–—)]+")


@dataclass(frozen=True, slots=True)
class Names:
    """What a label is called: its key, and its titles in both languages."""

    key: str
    titles: tuple[str, ...]

    @classmethod
    def of(cls, label: Label) -> "Names":
        """Returns the names of a label."""
        return cls(label.key, (label.title_fa, label.title_en))


@dataclass(slots=True)
class _Node:
    section: Section
    id: str
    labels: tuple[str, ...]
    children: list["_Node"] = field(default_factory=list)


def passages(text: str, labels: Iterable[Names]) -> dict[str, str]:
    """Returns the heading of each label's passage by the label's key; labels without a passage are left out."""
    sections = render_sections(text)
    return {key: sections[at].heading for key, at in _bound(sections, labels).items()}


@lru_cache(maxsize=64)
def render_guideline(
    text: str, labels: tuple[Names, ...], entries: tuple[tuple[str, str], ...] = ()
) -> SafeString:  # fmt: skip
    """Returns the guideline as nested `<section id data-labels>`, in the direction and language it is written in.

    `entries` are pairs of a label's key and Markdown; they follow the text, in the order of the labels.
    """
    sections = render_sections(text)
    own = {key: entry for key, entry in entries if entry.strip()}
    bound = _bound(sections, [label for label in labels if label.key not in own])
    top: list[_Node] = []
    open_nodes: list[_Node] = []
    for at, section in enumerate(sections):
        node = _Node(section, f"passage-{at}", tuple(key for key, place in bound.items() if place == at))
        while open_nodes and open_nodes[-1].section.level >= section.level:
            open_nodes.pop()
        (open_nodes[-1].children if open_nodes else top).append(node)
        if section.level:
            open_nodes.append(node)
    language, direction = language_of(text or " ".join(own.values()))
    parts = [*map(_html, top), *(_entry(label, own[label.key], language) for label in labels if label.key in own)]
    body = format_html_join("", "{}", ((part,) for part in parts))
    return format_html('<div class="prose" lang="{}" dir="{}">{}</div>', language, direction, body)


def _entry(label: Names, entry: str, language: str) -> SafeString:
    """A label's own entry, under its title and key."""
    title = label.titles[language == "en"] or label.titles[0]
    said = language_of(entry)
    return format_html(
        '<section id="entry-{}" data-labels="{}" lang="{}" dir="{}"><h3><bdi>{}</bdi> <code>{}</code></h3>{}</section>',
        label.key, label.key, *said, title, label.key, render_markdown(entry),
    )  # fmt: skip


def _html(node: _Node) -> SafeString:
    inner = format_html_join("", "{}", ((_html(child),) for child in node.children))
    labels = format_html(' data-labels="{}"', " ".join(node.labels)) if node.labels else ""
    return format_html('<section id="{}"{}>{}{}</section>', node.id, labels, node.section.html, inner)


def language_of(text: str) -> tuple[str, str]:
    """Returns (language, direction) of a text by the script that most of its letters are in."""
    direction = direction_of(text)
    return ("fa" if direction == "rtl" else "en"), direction


def _bound(sections: list[Section], labels: Iterable[Names]) -> dict[str, int]:
    """Returns the place of each label's section: a key before a title, a heading that names fewer before others."""
    by_key: dict[str, int] = {}
    by_title: dict[str, int] = {}
    said = [_parts(section) for section in sections]
    for at in sorted(range(len(sections)), key=lambda at: len(said[at])):
        for part in said[at]:
            by_key.setdefault(part, at)
            by_title.setdefault(search_key(part, spaces=False), at)
    found = {}
    for label in labels:
        titles = [by_title.get(search_key(title, spaces=False)) for title in label.titles if title]
        place = next((one for one in [by_key.get(label.key), *titles] if one is not None), None)
        if place is not None:
            found[label.key] = place
    return found


def _parts(section: Section) -> list[str]:
    """Returns the names that a heading may hold: the whole of it without its number, and what the dividers leave."""
    if not section.level:
        return []
    whole = _NUMBER.sub("", section.heading)
    parts = [_NUMBER.sub("", part).strip() for part in _DIVIDERS.split(whole)]
    return [part for part in (whole.strip(), *parts, *section.keys) if part]

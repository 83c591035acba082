"""An edition as Markdown (CommonMark): what a Markdown reader makes of it has the same headings, links and texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it import MarkdownIt

from curator.digest.forms.contents import Contents, Group, Listed
from curator.digest.wording import safe_link

_MATTERS = re.compile(r"[\\`*_\[\]<>&#~|!]|^[+-]|^(\d+)([.)])|(?<=.)\|")
_LIBERAL = MarkdownIt("commonmark")
_LIBERAL.validateLink = lambda url: True  # type: ignore[method-assign]


def as_markdown(contents: Contents) -> str:
    """The whole edition; blocks are parted by one empty line."""
    return "\n\n".join(block for block in _blocks(contents) if block) + "\n"


def _blocks(contents: Contents) -> Iterator[str]:
    yield f"# {escaped(f'{contents.name} {contents.number}')}"
    yield escaped(" · ".join(part for part in (contents.network, contents.topic, contents.dated) if part))
    yield from _deadlines(contents)
    yield editors(contents.introduction, 1)
    if contents.key_messages.strip():
        yield f"## {escaped(contents.words['key_messages'])}"
        yield editors(contents.key_messages, 2)
    for section in contents.sections:
        yield f"## {escaped(section.label)}"
        for group in section.groups:
            yield from _group(group)
    if not contents.sections:
        yield escaped(contents.words["empty"])
    yield from ("---", escaped(" · ".join(part for part in (contents.network, contents.postal) if part)))


def _deadlines(contents: Contents) -> Iterator[str]:
    if due := contents.due:
        yield f"## {escaped(contents.words['deadlines'])}"
        yield "\n".join(f"- **{escaped(each.due)}** {_linked(each)}" for each in due)


def _group(group: Group) -> Iterator[str]:
    if group.label:
        yield f"### {escaped(group.label)}"
    yield escaped(group.note)
    for each in group.documents:
        yield from _document(each, "####" if group.label else "###")


def _document(each: Listed, mark: str) -> Iterator[str]:
    yield f"{mark} {_linked(each)}"
    yield f"*{escaped(each.original)}*" if each.original else ""
    yield escaped(each.line)
    yield escaped(each.when)
    quote = "> " if each.quoted else ""
    paragraphs = [quote + escaped(paragraph) for paragraph in each.blurb.split("\n\n") if paragraph]
    yield f"\n{quote.strip()}\n".join(paragraphs)


def _linked(each: Listed) -> str:
    return f"[{escaped(each.title)}]({_target(each.link)})" if each.link else escaped(each.title)


def _target(link: str) -> str:
    """An address between parentheses: what would end it there, or mean something, as its bytes."""
    return re.sub(r"[()\[\]<>\\&*_`~!|]", lambda found: _in_target(found[0]), link)


def _in_target(mark: str) -> str:
    return "&amp;" if mark == "&" else mark if mark in "_*~!" else f"%{ord(mark):02X}"


def escaped(text: str) -> str:
    """One line of words that mean nothing but themselves to a Markdown reader."""
    line = " ".join(text.split(" "))
    return _MATTERS.sub(_as_itself, line.replace("\n", " "))


def _as_itself(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[0]}"


# ---------------------------------------------------------------- the editor's own Markdown


def editors(text: str, deeper: int) -> str:
    """The editor's Markdown with its headings `deeper` levels down. Where it holds HTML, images, or links that nobody
    can follow, its words alone."""
    source = text.strip("\n")
    tokens = _LIBERAL.parse(source)
    every = [*tokens, *(child for token in tokens for child in token.children or ())]
    if any(token.type in ("html_block", "html_inline", "image") or _unsafe(token.attrGet("href")) for token in every):
        from curator.digest.render.filters import plain

        return "\n\n".join(escaped(paragraph) for paragraph in plain(source).split("\n\n"))
    lines = source.split("\n")
    for token, inside in pairwise(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            start, end = token.map
            level = min(int(token.tag[1]) + deeper, 6)
            lines[start:end] = [f"{'#' * level} {inside.content}".replace("\n", " "), *[""] * (end - start - 1)]
    return "\n".join(lines).strip("\n")


def _unsafe(href: object) -> bool:
    return href is not None and not safe_link(str(href))

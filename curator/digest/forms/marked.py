"""Words and addresses as Markdown (CommonMark) that means nothing but them; the editor's own, made harmless."""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it import MarkdownIt

from curator.digest.wording import safe_link

_MATTERS = re.compile(r"[\\`*_\[\]<>&#~|!]|^[+-]|^(\d+)([.)])|(?<=.)\|")
_LIBERAL = MarkdownIt("commonmark")
_LIBERAL.validateLink = lambda url: True  # type: ignore[method-assign]


def target(link: str) -> str:
    """An address between parentheses: what would end it there, or mean something, as its bytes."""
    return re.sub(r"[()\[\]<>\\&*_`~!|]", lambda found: _in_target(found[0]), link)


def _in_target(mark: str) -> str:
    return "&amp;" if mark == "&" else mark if mark in "_*~!" else f"%{ord(mark):02X}"


def escaped(text: str) -> str:
    """One line of words that mean nothing but themselves to a Markdown reader."""
    return _MATTERS.sub(_as_itself, text.replace("\n", " "))


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

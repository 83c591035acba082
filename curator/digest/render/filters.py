"""The filters a template may use beside Jinja's own. Each is a plain function; none depends on a machine's locale."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2.exceptions import TemplateRuntimeError
from markupsafe import Markup, escape

from curator.clean import columns
from curator.digest.wording import safe_link
from curator.digest.words import Words

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SOFT = "\ue000"
"""Stands, within curator only, for the space at the end of a line that may be joined with the next."""
_ADDRESS = re.compile(
    r"https?://[^\s<>()\"“”«»]*[^\s<>()\"“”«».,;:!?'’]|(?<![\w.+-])\w[\w.+-]*@\w[\w-]*(?:\.\w[\w-]*)+"
)
_PLACE = re.compile(r"\{(\w+)\}")
_LEAD = re.compile(r"\s*(?:(?:[-*•–]|\d+\.|>)\s+)*")


def fill(text: str, **said: object) -> str:
    """A text of the language's words with its places filled: `words.gap | fill(country="Sweden")`. Where one of
    what fills them is markup, as a link in a macro is, the rest is escaped around it."""
    markup = any(hasattr(each, "__html__") for each in said.values())
    escaped = (lambda each: str(escape(each))) if markup else str
    filled = _PLACE.sub(lambda place: escaped(_said(place[1], said, text)), escaped(text))
    return Markup(filled) if markup else filled


def _said(name: str, said: Mapping[str, object], text: str) -> object:
    if name not in said:
        raise TemplateRuntimeError(f"nothing fills {{{name}}} in “{text}”")
    return said[name]


def wrap(text: str, width: int = 72, indent: int = 0, mark: str = "") -> str:
    """Lines of at most `width` columns, all indented by `indent` and begun with `mark` (`"> "`); list items hang,
    quotations keep their mark, words and addresses stay whole.

    A break within a paragraph that a mail program may take back on a narrow screen (RFC 3676) is marked with SOFT;
    lines that hang or are indented stay as they are."""
    lines = str(text).replace(SOFT, "").split("\n")
    return "\n".join(_wrap_line(line, width, " " * indent, mark) for line in lines)


def _wrap_line(line: str, width: int, margin: str, mark: str) -> str:
    lead = _LEAD.match(line)
    hang = margin + mark + (re.sub(r"[^>]", " ", lead[0]) if lead else "")
    whole = margin + mark + line
    if len(whole) <= width and whole.isprintable():  # what `textwrap` would give, without its splitting
        return whole.rstrip() or mark.rstrip()
    lines = textwrap.wrap(
        whole,
        width,
        subsequent_indent=hang,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    ) or [mark.rstrip()]
    flows = not hang.replace("> ", "")
    return (f"{SOFT}\n" if flows else "\n").join(lines)


def markdown(text: str, top: int = 3) -> Markup:
    """Markdown as HTML. Raw HTML shows as it is written, images become links, only http, https and mailto links are
    links. Headings begin at level `top`: 3 below a heading of the mail's second level, 2 where only its title stands
    above."""
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + top - 1, 6)}"
    return Markup(parser.renderer.render(tokens, parser.options, {}).strip())


def linked(text: str) -> Markup:
    """Every web and mail address in it as a link that says its address; all else as it is written."""
    said, at = list[str](), 0
    for found in _ADDRESS.finditer(text):
        if href := safe_link(found[0] if "://" in found[0] else f"mailto:{found[0]}"):
            link = Markup('<a href="{}">{}</a>').format(href, found[0])
            said, at = [*said, escape(text[at : found.start()]), link], found.end()
    return Markup().join([*said, text[at:]])


def plain(text: str) -> str:
    """Markdown as plain text: paragraphs and lists as typed, no marks, each link's address in brackets behind it."""
    return _Plain().read(_parser().parse(text))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])
    parser.validateLink = lambda url: bool(safe_link(url))  # type: ignore[method-assign]
    return parser


class _Plain:
    """Walks the tokens of one Markdown text and keeps the lead (`- `, `2. `, `> `) the next line begins with."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._leads: list[str] = []
        self._counters: list[int | None] = []
        self._tight = False

    def read(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            step = getattr(self, f"_{token.type}", None)
            if step:
                step(token)
        return "".join(self._blocks).strip("\n")

    def _bullet_list_open(self, token: Token) -> None:
        self._counters.append(None)

    def _ordered_list_open(self, token: Token) -> None:
        self._counters.append(int(token.attrGet("start") or 1))

    def _list_close(self, token: Token) -> None:
        self._counters.pop()
        if not self._counters:
            self._blocks.append("\n")

    _bullet_list_close = _ordered_list_close = _list_close

    def _list_item_open(self, token: Token) -> None:
        number = self._counters[-1]
        self._leads.append("- " if number is None else f"{number}. ")
        if number is not None:
            self._counters[-1] = number + 1

    def _list_item_close(self, token: Token) -> None:
        self._leads.pop()

    def _blockquote_open(self, token: Token) -> None:
        self._leads.append("> ")

    def _blockquote_close(self, token: Token) -> None:
        self._leads.pop()

    def _inline(self, token: Token) -> None:
        self._write(_inline_text(token.children or []))

    def _fence(self, token: Token) -> None:
        self._write(token.content.rstrip("\n"))

    _code_block = _fence

    def _hr(self, token: Token) -> None:
        self._write("* * *")

    def _write(self, text: str) -> None:
        lead = "".join(self._leads)
        rest = "".join("> " if each == "> " else " " * len(each) for each in self._leads)
        lines = text.split("\n")
        self._blocks.append("\n".join([lead + lines[0], *(rest + line for line in lines[1:])]))
        self._blocks.append("\n" if self._counters else "\n\n")
        self._leads = ["> " if each == "> " else " " * len(each) for each in self._leads]


def _inline_text(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    opened: list[tuple[int, str]] = []
    for token in tokens:
        if token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
        elif token.type == "link_open":
            opened.append((len(parts), str(token.attrGet("href") or "")))
        elif token.type == "link_close":
            start, href = opened.pop()
            if "".join(parts[start:]) != href:
                parts.append(f" ({href})")
        else:
            parts.append(token.content)
    return "".join(parts)


def worded(words: Words) -> dict[str, Callable[..., Any]]:
    """The filters that depend on a digest's language."""
    return {"long_date": words.long_date, "short_date": words.short_date, "counted": words.counted}


FILTERS: dict[str, Callable[..., Any]] = {
    "fill": fill,
    "linked": linked,
    "markdown": markdown,
    "plain": plain,
    "wrap": wrap,
    "columns": columns,
}

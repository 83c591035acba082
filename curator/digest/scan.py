"""A mail's HTML taken apart for checking: elements, headings, links, and each run of text as it is shown. Pure.

Only what stands on the elements themselves counts as their style, as in the mail programs that drop a `<style>`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

import msgspec
from msgspec.structs import replace

_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_UNSEEN = ("head", "style", "script", "title")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_WORDED = frozenset((*_HEADINGS, "a", "title"))  # whose words are asked for
Colour = tuple[int, int, int]


class Shown(msgspec.Struct, frozen=True):
    """How text is shown: ink and paper as 0 to 255, size in pixels; None where a style this cannot read says it."""

    ink: Colour | None = (0, 0, 0)
    paper: Colour | None = (255, 255, 255)
    size: float | None = 16.0
    hidden: bool = False


class Element(msgspec.Struct, frozen=True):
    tag: str
    attributes: Mapping[str, str]
    style: Mapping[str, str]
    line: int


@dataclass(slots=True)
class Page:
    """What stands in it, in its order. `headings` are level and words, `links` address and words, `texts` each run of
    visible text."""

    elements: list[Element] = field(default_factory=list)
    headings: list[tuple[int, str, int]] = field(default_factory=list)
    links: list[tuple[str, str, int]] = field(default_factory=list)
    texts: list[tuple[str, Shown, int]] = field(default_factory=list)
    title: str = ""


def scan(html: str) -> Page:
    """The page; of HTML with faults what a forgiving reader makes of it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page


@dataclass(slots=True)
class _Open:
    tag: str
    shown: Shown
    href: str = ""
    words: str = ""
    line: int = 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._open = [_Open("", Shown())]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        style = _declarations(attributes.get("style", ""))
        line = self.getpos()[0]
        self.page.elements.append(Element(tag, attributes, style, line))
        if tag not in _VOID:
            shown = _as_shown(self._open[-1].shown, style, tag in _UNSEEN or "hidden" in attributes)
            self._open.append(_Open(tag, shown, attributes.get("href", ""), line=line))

    def handle_endtag(self, tag: str) -> None:
        if tag not in [each.tag for each in self._open[1:]]:
            return
        while self._close(self._open.pop()) != tag:  # what was left open inside ends with it
            pass

    def _close(self, closed: _Open) -> str:
        words = " ".join(closed.words.split())
        if closed.tag in _HEADINGS:
            self.page.headings.append((int(closed.tag[1]), words, closed.line))
        elif closed.tag == "a" and closed.href:
            self.page.links.append((closed.href, words, closed.line))
        elif closed.tag == "title":
            self.page.title = words
        return closed.tag

    def handle_data(self, data: str) -> None:
        for each in self._open:
            if each.tag in _WORDED:
                each.words += data
        here = self._open[-1]
        if data.strip() and not here.shown.hidden:
            self.page.texts.append((" ".join(data.split()), here.shown, self.getpos()[0]))


@lru_cache(maxsize=512)
def _declarations(style: str) -> dict[str, str]:
    pairs = (each.partition(":") for each in style.split(";"))
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def _as_shown(around: Shown, style: Mapping[str, str], unseen: bool) -> Shown:
    shown = replace(around, hidden=around.hidden or unseen or style.get("display", "").startswith("none"))
    if "color" in style:
        shown = replace(shown, ink=colour(style["color"]))
    for name in ("background", "background-color"):
        if name in style and style[name] not in ("none", "transparent"):
            shown = replace(shown, paper=colour(style[name].split()[0] if style[name] else ""))
    size = _size(style.get("font-size", "") or style.get("font", ""))
    return replace(shown, size=size) if "font-size" in style or "font" in style else shown


def _size(value: str) -> float | None:
    """Pixels in a `font` or `font-size`; None where it is said otherwise."""
    for word in value.replace("/", " ").split():
        if word.endswith(("px", "pt")) and word[:-2].replace(".", "", 1).isdigit():
            return float(word[:-2]) * (1 if word.endswith("px") else 4 / 3)
    return None


_NAMED = {"white": (255, 255, 255), "black": (0, 0, 0)}


def colour(text: str) -> Colour | None:
    """`#abc`, `#aabbcc`, `rgb(…)`, white and black; None for any other."""
    text = text.removesuffix("!important").strip().lower()
    if text.startswith("#") and len(text) in (4, 7):
        digits = text[1:] if len(text) == 7 else "".join(2 * each for each in text[1:])
        try:
            return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
        except ValueError:
            return None
    parts = text[4:-1].replace(",", " ").split() if text.startswith("rgb(") else []
    if len(parts) == 3 and all(each.isdigit() and int(each) < 256 for each in parts):
        return int(parts[0]), int(parts[1]), int(parts[2])
    return _NAMED.get(text)


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2.1's contrast ratio, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(parts: Colour) -> float:
    linear = [each / 255 / 12.92 if each / 255 <= 0.03928 else ((each / 255 + 0.055) / 1.055) ** 2.4 for each in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

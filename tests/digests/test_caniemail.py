"""Every digest's mail as sent uses only what the mail programs know, by caniemail's tables, or what degrades well.

`LET` names every feature that one of them knows in part or not at all, with what its reader gets instead."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.corpus import corpus_path
from tests.digests.test_in_chromium import SLUGS, mail

FAMILIES = ("gmail", "outlook", "apple-mail", "samsung-email", "yahoo", "thunderbird")

_SHEET = (
    "what stands on the elements themselves is light, legible and one column; only dark mode and phone margins are lost"
)
_SAFE = "the part that is not known (its note) is not used"
LET = {
    "css-at-media": _SHEET,
    "css-at-media-prefers-color-scheme": "the light colours, or the program's own inversion, whose contrast is tested",
    "css-border": "rules stand on table cells and headings; Outlook for Windows is unsure of them only on p and div",
    "css-display-none": "the preheader is also a pixel high and white on white, and hidden by mso-hide in Outlook",
    "css-font-size": _SAFE,
    "css-font-weight": _SAFE,
    "css-important": "only in the style sheet and with a space before it; " + _SHEET,
    "css-line-height": "Outlook for Windows sets such lines a little tighter or looser",
    "css-margin": "never negative; auto only centres the page, which a table of its own does in Outlook for Windows",
    "css-max-height": "only of the preheader, which Outlook hides by mso-hide",
    "css-max-width": "a table of 600 pixels, which only Outlook for Windows sees, holds the page",
    "css-overflow": _SAFE,
    "css-overflow-wrap": "word-wrap says the same to programs that know only that",
    "css-padding": "only on table cells where it matters; the table for Outlook for Windows has the page's",
    "css-selector-class": _SHEET,
    "css-selector-descendant": _SHEET,
    "css-selector-grouping": _SHEET,
    "css-selector-type": _SHEET,
    "css-text-align": "only left and right, of a title in another script; elsewhere it would be at the other edge",
    "css-text-decoration-color": "links are underlined in their own colour",
    "css-text-decoration-thickness": "links are underlined as the program does it",
    "css-text-underline-offset": "links are underlined as the program does it",
    "css-white-space": "a date may break across lines; pre only for code of the editor's, whose lines then run on",
    "css-word-wrap": "an address longer than the line makes it wider; titles and blurbs have spaces",
    "html-align": "only on the table for Outlook for Windows",
    "html-anchor-links": "the contents are also the order of the mail; nothing is reached by an anchor alone",
    "html-body": "the page below the body says colour, type and margin again",
    "html-dir": "no link has a dir; a foreign title is isolated on its paragraph",
    "html-doctype": "no rule depends on either mode; cells say their own type, which quirks mode resets",
    "html-lang": _SAFE,
    "html-lists": _SAFE,
    "html-mailto-links": _SAFE,
    "html-meta-color-scheme": "the colours are as good where a program inverts them",
    "html-role": "landmarks are lost; tables still read in their order, cell by cell",
    "html-style": _SHEET,
    "html-width": "full width of a cell's table only; nothing is an image",
}
"""Each feature that a program knows in part or not, and what its readers get instead."""

PLAIN = {"<html>", "<head>", "<meta>", "<title>", "<a>", "<br>", "color", "font-family", "font-style", "mso-hide"} | {
    "page-break-after",
    "page-break-inside",
    "<time>",
    "[datetime]",
}
"""What caniemail has no table for because every program knows it or shows its words all the same (time), or that only
print and Outlook look at."""


class _Used(HTMLParser):
    """The features of a mail, as caniemail names them; `unnamed` are those it has no table for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.features: set[str] = set()
        self.unnamed: set[str] = set()
        self._in_style = False
        self.feed(html)
        self.close()

    def handle_decl(self, decl: str) -> None:
        self.features.add("html-doctype")

    def handle_comment(self, data: str) -> None:
        self.features.add("html-comments")
        shown = re.fullmatch(r"\[if mso\]>(.*)<!\[endif\]", data, re.S)
        for tag in re.finditer(r"<(\w+)([^>]*)>", shown[1] if shown else ""):
            self.handle_starttag(tag[1], [(name, value) for name, value in re.findall(r'(\S+)="([^"]*)"', tag[2])])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        self._note(f"<{tag}>", _TAGS.get(tag, f"html-{tag}"))
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._sheet(data)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name == "style":
            self._declarations(value)
        elif name == "href":
            kind = "anchor" if value.startswith("#") else "mailto" if value.startswith("mailto:") else ""
            if kind:
                self.features.add(f"html-{kind}-links")
        elif tag == "meta":
            if value == "color-scheme":
                self.features.add("html-meta-color-scheme")
        elif name not in ("class", "id"):
            self._note(f"[{name}]", f"html-{name}")

    def _sheet(self, css: str) -> None:
        for name in re.findall(r"@([\w-]+)", css):
            self._note(f"@{name}", f"css-at-{name}")
        for rule in re.findall(r"@media ([^{]*)", css):
            prefers = "prefers-color-scheme" in rule
            self.features |= {"css-at-media-prefers-color-scheme" if prefers else "css-at-media"}
        for selectors, block in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"@media [^{]*\{", "", css)):
            self._selectors(selectors)
            self._declarations(block)

    def _selectors(self, selectors: str) -> None:
        self.features |= {"css-selector-grouping"} if "," in selectors else set()
        for each in selectors.split(","):
            self.features |= {"css-selector-class"} if "." in each else set()
            self.features |= {"css-selector-descendant"} if " " in each.strip() else {"css-selector-type"}
            assert not re.search(r"[>+~:\[#*]", each), f"caniemail's table of “{each.strip()}” is not looked up here"

    def _declarations(self, css: str) -> None:
        for name, value in (each.split(":", 1) for each in css.split(";") if ":" in each):
            name, value = name.strip(), value.strip()
            self._note(name, _property(name, value))
            self.features |= {"css-important"} if "!important" in value else set()
            for unit in re.findall(r"(?<![\w#.])[\d.]*\d(px|em|rem|%|pt|vw|vh|ch)", value):
                self.features.add("css-unit-percent" if unit == "%" else f"css-unit-{unit}")
            for function in re.findall(r"([a-z][\w-]*)\(", value):
                self._note(f"{function}()", _FUNCTIONS.get(function, f"css-{function}"))
            self.features |= {"css-rgb"} if "rgb(" in value else {"css-rgba"} if "rgba(" in value else set()

    def _note(self, what: str, feature: str) -> None:
        (self.features if feature in table() else self.unnamed).add(feature if feature in table() else what)


_TAGS = {f"h{level}": "html-h1-h6" for level in range(1, 7)} | {
    "ul": "html-lists", "ol": "html-lists", "li": "html-lists", "em": "html-strong", "tr": "html-table",
    "td": "html-table", "tbody": "html-table",
}  # fmt: skip

_FUNCTIONS = {"calc": "css-unit-calc", "var": "css-variables", "clamp": "css-function-clamp", "min": "css-function-min",
              "max": "css-function-max", "light-dark": "css-function-light-dark"}  # fmt: skip


def _property(name: str, value: str) -> str:
    if name == "display" and value.startswith("none"):
        return "css-display-none"
    sides = re.sub(r"^(padding|margin|border)-(?:top|right|bottom|left)(?:-(?:color|style|width))?$", r"\1", name)
    return {"border-color": "css-border", "border-style": "css-border", "background": "css-background-color"}.get(
        sides, f"css-{sides}"
    )


@cache
def table() -> dict[str, Any]:
    path = corpus_path("email", "caniemail", "caniemail.json")
    return {each["slug"]: each for each in json.loads(path.read_text(encoding="utf-8"))["features"]}


def lacking(feature: str) -> Iterator[str]:
    """The mail programs that know it in part or not, in their newest version of the table."""
    for client, versions in table()[feature]["stats"].items():
        newest = str(list(versions.values())[-1])
        if client.split(".")[0] in FAMILIES and not newest.startswith("y"):
            yield f"{client} {newest}"


@pytest.mark.parametrize("slug", SLUGS)
def test_every_feature_is_known_everywhere_or_has_its_fallback(slug: str) -> None:
    used = _Used(mail(slug))
    wanting = {feature: list(lacking(feature)) for feature in used.features if list(lacking(feature))}
    assert {feature: clients for feature, clients in wanting.items() if feature not in LET} == {}
    assert used.unnamed - PLAIN == set()


def test_no_fallback_is_kept_for_what_is_not_used() -> None:
    used = set().union(*(_Used(mail(slug)).features for slug in SLUGS))
    assert {feature for feature in LET if feature not in used or not list(lacking(feature))} == set()

"""What every mail keeps, whoever wrote its templates: readable by all, harmless, known to mail programs. Pure.

WCAG 2.2 names the criteria in brackets. What only a browser can see is tested in the repository, not here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import msgspec

from curator.clean import plain_line
from curator.digest.meter import SIZE_LIMIT
from curator.digest.scan import Colour, Element, Page, contrast, scan
from curator.digest.wording import safe_link
from curator.models import Level, Rendered

LEAST_CONTRAST = 4.5
LEAST_TYPE = 14
_SHOWN = 3
"""How many places of one fault are told."""
_RUNS = frozenset(
    (
        *("script", "iframe", "frame", "frameset", "object", "embed", "applet", "svg", "math", "base", "link"),
        *("form", "input", "button", "select", "textarea"),
    )
)
_LOADS = ("src", "srcset", "background", "poster", "data", "action", "formaction", "srcdoc")
UNSURE: Mapping[str, str] = {
    "display:flex": "Outlook for Windows and some webmails",
    "display:grid": "Outlook for Windows, Gmail and Yahoo",
    "position": "Gmail, Outlook and Yahoo",
    "float": "Outlook for Windows",
    "background-image": "Outlook for Windows",
    "border-radius": "Outlook for Windows",
    "box-shadow": "Gmail and Outlook",
    "opacity": "Outlook for Windows",
    "transform": "Gmail and Outlook",
    "animation": "Gmail and Outlook",
    "var(": "Gmail, Outlook and Yahoo",
    "calc(": "Outlook for Windows",
    "<video>": "Gmail and Outlook",
    "<audio>": "Gmail and Outlook",
    "<details>": "Outlook and Samsung",
    "<dialog>": "Gmail and Outlook",
    "<picture>": "Outlook for Windows",
}
"""What templates are tempted to use and which mail programs do not follow, by the tables of caniemail."""


class Mail(msgspec.Struct, frozen=True):
    """A rendering and its HTML taken apart."""

    rendered: Rendered
    page: Page


class Rule(msgspec.Struct, frozen=True):
    """`find` gives, for each fault, what is wrong and the line of the HTML it stands in, 0 where that says nothing."""

    code: str
    level: Level
    what: str
    find: Callable[[Mail], Iterator[tuple[str, int]]]


class Broken(msgspec.Struct, frozen=True):
    """A fault: the rule it breaks and where."""

    rule: Rule
    message: str
    line: int


def broken_rules(rendered: Rendered) -> list[Broken]:
    """Every fault, by rule, at most three places of each."""
    mail = Mail(rendered, scan(rendered.html))
    return [Broken(rule, plain_line(message, 300), line) for rule in RULES for message, line in _few(rule, mail)]


def _few(rule: Rule, mail: Mail) -> list[tuple[str, int]]:
    found = list(dict.fromkeys(rule.find(mail)))
    more = len(found) - _SHOWN
    return found[:_SHOWN] + ([(f"The same in {more} other places.", 0)] if more > 0 else [])


# ---------------------------------------------------------------- readable by everybody


def _language(mail: Mail) -> Iterator[tuple[str, int]]:
    html = next((each for each in mail.page.elements if each.tag == "html"), None)
    if html is None or not html.attributes.get("lang"):
        yield "The page does not say its language: <html lang=…>.", html.line if html else 0
    if html is None or html.attributes.get("dir") not in ("ltr", "rtl", "auto"):
        yield "The page does not say how its language runs: <html dir=…>.", html.line if html else 0


def _title(mail: Mail) -> Iterator[tuple[str, int]]:
    if not mail.page.title:
        yield "The page has no <title>.", 0


def _headings(mail: Mail) -> Iterator[tuple[str, int]]:
    firsts = [line for level, _, line in mail.page.headings if level == 1]
    if len(firsts) != 1:
        yield f"There are {len(firsts)} headings of the first level, <h1>; write one.", firsts[1] if firsts else 0
    before = 0
    for level, words, line in mail.page.headings:
        if not words:
            yield f"A heading <h{level}> is empty.", line
        if level > before + 1:
            yield f"“{words[:40]}” is a heading <h{level}> right below <h{before}>; a level is left out.", line
        before = level


def _tables(mail: Mail) -> Iterator[tuple[str, int]]:
    for each in mail.page.elements:
        if each.tag == "table" and each.attributes.get("role") not in ("presentation", "none", "table"):
            yield 'A table does not say whether it only sets things out: role="presentation".', each.line


def _images(mail: Mail) -> Iterator[tuple[str, int]]:
    for each in mail.page.elements:
        if each.tag == "img" and "alt" not in each.attributes:
            yield "An image has no text that stands for it: alt=…", each.line


def _links(mail: Mail) -> Iterator[tuple[str, int]]:
    leads: dict[str, str] = {}
    for address, words, line in mail.page.links:
        if not words:
            yield f"A link to {address[:60]} has no words.", line
        elif leads.setdefault(words.casefold(), address) != address:
            yield f"“{words[:60]}” leads to two addresses; say which is which.", line


def _contrast(mail: Mail) -> Iterator[tuple[str, int]]:
    for words, shown, line in mail.page.texts:
        if shown.ink and shown.paper and (least := _least(shown.ink, shown.paper)) < LEAST_CONTRAST:
            yield f"“{words[:40]}” stands out too little: {least:.1f} : 1, must be {LEAST_CONTRAST} or more.", line


def _least(ink: Colour, paper: Colour) -> float:
    """As it is, and as a program that inverts colours for the dark shows it."""
    return min(contrast(ink, paper), contrast(_inverted(ink), _inverted(paper)))


def _inverted(colour: Colour) -> Colour:
    return 255 - colour[0], 255 - colour[1], 255 - colour[2]


def _type(mail: Mail) -> Iterator[tuple[str, int]]:
    for words, shown, line in mail.page.texts:
        if shown.size is not None and shown.size < LEAST_TYPE:
            yield f"“{words[:40]}” is set in {shown.size:.0f} pixels, must be {LEAST_TYPE} or more.", line


def _order(mail: Mail) -> Iterator[tuple[str, int]]:
    for each in mail.page.elements:
        for name in ("position", "float", "order", "direction"):
            if each.style.get(name, "static") not in ("static", "none", "ltr", "rtl"):
                yield f"<{each.tag}> is set elsewhere than it is read: {name}.", each.line


# ---------------------------------------------------------------- harmless

_IN_STYLE = re.compile(r"@import|expression\(|url\(", re.IGNORECASE)
_SHEET = re.compile(r"<style\b[^>]*>(.*?)</style", re.IGNORECASE | re.DOTALL)


def _harmless(mail: Mail) -> Iterator[tuple[str, int]]:
    for each in mail.page.elements:
        yield from ((harm, each.line) for harm in _harms(each))
    html = mail.rendered.html
    for sheet in _SHEET.finditer(html):
        for loads in _IN_STYLE.finditer(sheet[1]):
            line = html.count("\n", 0, sheet.start(1) + loads.start()) + 1
            yield f"A style loads or runs something: {loads[0]}", line


def _harms(element: Element) -> Iterator[str]:
    tag, attributes = element.tag, element.attributes
    if tag in _RUNS:
        yield f"<{tag}> has no place in a mail."
    if tag == "meta" and attributes.get("http-equiv", "").strip().lower() == "refresh":
        yield '<meta http-equiv="refresh"> would lead its reader elsewhere.'
    for name, value in attributes.items():
        if name.startswith("on"):
            yield f"<{tag}> would run a script: {name}."
        elif name in _LOADS and not value.startswith(("cid:", "data:image/")):
            yield f"<{tag}> loads something from elsewhere: {name}."
    for loads in _IN_STYLE.findall(attributes.get("style", "")):
        yield f"A style loads or runs something: {loads}"


def _addresses(mail: Mail) -> Iterator[tuple[str, int]]:
    anchors = {each.attributes.get("id") or each.attributes.get("name") for each in mail.page.elements}
    for address, words, line in mail.page.links:
        if address.startswith("#"):
            if address[1:] not in anchors:
                yield f"“{words[:40]}” leads to {address[:40]}, which is not in the mail.", line
        elif not safe_link(address):
            yield f"“{words[:40]}” leads to {address[:60]}, which a reader cannot follow (http, https, mailto).", line


# ---------------------------------------------------------------- known to the mail programs


def _features(mail: Mail) -> Iterator[tuple[str, int]]:
    for each in mail.page.elements:
        said = [f"<{each.tag}>"]
        for name, value in each.style.items():
            said += [name, f"{name}:{value.split(' ')[0]}", *re.findall(r"(?:var|calc)\(", value)]
        for feature in said:
            if feature in UNSURE:
                yield f"{feature.strip('(')} is not shown by {UNSURE[feature]}.", each.line


def _text(mail: Mail) -> Iterator[tuple[str, int]]:
    text = mail.rendered.text
    if not text.strip():
        yield "There is no plain text.", 0
    for line, words in enumerate(text.split("\n"), start=1):
        if len(words.rstrip()) > 78 and "://" not in words and "@" not in words and " " in words.strip():
            yield f"Line {line} of the plain text has {len(words)} characters; wrap it.", 0
    for address, words, line in mail.page.links:
        if address.startswith(("http:", "https:")) and address not in text:
            yield f"The plain text has no link for “{words[:40]}”.", line


def _size(mail: Mail) -> Iterator[tuple[str, int]]:
    size = len(mail.rendered.html.encode())
    if size > SIZE_LIMIT:
        yield f"The HTML has {size / 1024:.0f} KB; Gmail hides what comes after {SIZE_LIMIT // 1024}.", 0


RULES: tuple[Rule, ...] = (
    Rule("language", "error", "the page says its language and how it runs [3.1.1]", _language),
    Rule("page-title", "error", "the page has a title [2.4.2]", _title),
    Rule("headings", "error", "one main heading, no level left out, none empty [1.3.1]", _headings),
    Rule("tables", "warning", "tables that only set things out say so [1.3.1]", _tables),
    Rule("images", "error", "images have words that stand for them [1.1.1]", _images),
    Rule("link-words", "warning", "links have words that say alone where they lead, each its own [2.4.9]", _links),
    Rule("contrast", "warning", "text stands out 4.5 : 1, also inverted [1.4.3]", _contrast),
    Rule("type", "warning", "no text is smaller than 14 pixels", _type),
    Rule("order", "warning", "what is read in order is set in that order [1.3.2]", _order),
    Rule("harmless", "error", "nothing runs, loads or watches", _harmless),
    Rule("addresses", "error", "links lead to the web, to a mailbox or into the mail", _addresses),
    Rule("features", "warning", "nothing is used that common mail programs do not show", _features),
    Rule("plain-text", "warning", "the plain text is whole: its lines short, every link in it", _text),
    Rule("whole", "error", "the HTML is short enough for Gmail to show all of it", _size),
)

"""OPML, the list of feeds that feed readers exchange: read forgivingly, written strictly (opml.org/spec2.opml). Pure.

    bytes ─decode→ text ─mend→ XML ─expat→ Subscription …          Subscription … ─→ text

More than half of the files in the wild are not well-formed, nearly all for a bare `&` in an address. A DOCTYPE goes
unread, and with it every entity it declares: that is where bombs and outside files hide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html.entities import html5
from itertools import groupby
from operator import attrgetter
from xml.parsers import expat
from xml.sax.saxutils import escape

import msgspec

from curator.clean import plain_line
from curator.errors import CuratorError
from curator.pull.encoding import decode

_OWN = "curator"
_NAMESPACE = "urn:curator:feeds"
OWN_KEYS = ("slug", "country", "section", "publisher", "themes", "source")
_DEPTH = 100


class NotOpml(CuratorError):
    """The file cannot be read as OPML; the message is the rest of a sentence about it: `is …`, `breaks off …`."""

    title = "Not OPML"


class Subscription(msgspec.Struct, frozen=True):
    """One feed of an OPML file. `folders` are the names around it, outermost first; `line` is where it stands.
    `own` is what only curator writes, by name: slug, country, section, publisher, themes apart by spaces, and in
    `source` the JSON of how it is read where it is no ordinary feed."""

    url: str
    name: str = ""
    language: str | None = None
    folders: tuple[str, ...] = ()
    line: int = 0
    own: Mapping[str, str] | None = None


# ---------------------------------------------------------------- reading

_DECLARED = re.compile(r"\A(\s*)<\?xml\s[^>]{0,200}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:>|\[.*?\]\s*>)", re.DOTALL | re.IGNORECASE)
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,30};))?")
_NUMBER = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_FEED = re.compile(r"\Afeed:(?=//|https?://)", re.IGNORECASE)  # how some readers and browsers hand a feed on
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_opml(data: bytes) -> list[Subscription]:
    """Every outline with an address, in the file's order, addresses as given. Raises NotOpml."""
    text = _mended(decode(data, None))
    try:
        return _read(text)
    except expat.ExpatError:
        pass
    try:
        return _read(_OUTLINE.sub(_outline_mended, text))
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise NotOpml(f"is not well-formed in line {error.lineno}: {what}") from error


def _read(text: str) -> list[Subscription]:
    reader = _Reader()
    reader.parser.Parse(text.encode(), True)
    return reader.found


def _mended(text: str) -> str:
    """`text` with its `&` written as XML wants, without declarations and forbidden characters, line for line the
    same."""
    for left_out in (_DECLARED, _DOCTYPE):
        text = left_out.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)
    return _NUMBER.sub(_lawful, _BARE.sub(_ampersand, _ILLEGAL.sub("", text)))


def _lawful(found: re.Match[str]) -> str:
    """A character by its number, as it is; '' where XML forbids it in either form."""
    number = int(found[1], 16) if found[1] else int(found[2])
    return "" if number > 0x10FFFF or _ILLEGAL.match(chr(number)) else found[0]


def _ampersand(found: re.Match[str]) -> str:
    """An entity of HTML as its character; any other `&` as itself."""
    name = found[1]
    return _escaped(html5[name]) if name in html5 else f"&amp;{name or ''}"


# An outline alone on its line, whose texts hold the `"`, `<` and `>` of HTML: its attributes are told by their names.
_OUTLINE = re.compile(r"^([ \t]*<outline[ \t])(?!.*<outline[ \t])(.*?)([ \t]*/?>)[ \t\r]*$", re.MULTILINE)
_ATTRIBUTE = re.compile(
    r"(?:^|(?<=[\"'])[ \t]+)(text|title|description|type|version|language|category|created|htmlUrl|xmlUrl|url)"
    r"[ \t]*=[ \t]*[\"']",
    re.IGNORECASE,
)


def _outline_mended(line: re.Match[str]) -> str:
    inside = line[2].strip()
    marks = list(_ATTRIBUTE.finditer(inside))
    if not marks or marks[0].start():
        return line[0]
    ends = [mark.start() for mark in marks[1:]] + [len(inside)]
    values = [inside[mark.end() : end - 1] for mark, end in zip(marks, ends, strict=True)]
    said = (f'{mark[1]}="{_tags_escaped(value)}"' for mark, value in zip(marks, values, strict=True))
    return f"{line[1]}{' '.join(said)}{line[3]}"


def _tags_escaped(value: str) -> str:
    """`&` is mended already."""
    return value.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


class _Reader:
    """expat's events, gathered. It holds the folders it is in, never a tree."""

    def __init__(self) -> None:
        self.found: list[Subscription] = []
        self._path: list[str | None] = []  # None: an element that is no folder
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = _refuse_doctype

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._path and tag.lower() != "opml":
            raise NotOpml(f"is not OPML: it begins with <{plain_line(tag, 40)}>")
        if len(self._path) > _DEPTH:
            raise NotOpml(f"is nested more than {_DEPTH} deep in line {self.parser.CurrentLineNumber}")
        said = {name.lower(): value.strip() for name, value in attributes.items()}
        name = plain_line(said.get("title") or said.get("text") or "", 500)
        url = _address(said) if tag.lower() == "outline" else ""
        if url:
            self.found.append(self._subscription(url, name, said))
        self._path.append(name if tag.lower() == "outline" and not url and name else None)

    def _subscription(self, url: str, name: str, said: Mapping[str, str]) -> Subscription:
        own = {key: said[f"{_OWN}:{key}"] for key in OWN_KEYS if f"{_OWN}:{key}" in said}
        folders = tuple(one for one in self._path if one)
        return Subscription(url, name, said.get("language") or None, folders, self.parser.CurrentLineNumber, own)

    def _end(self, _: str) -> None:
        self._path.pop()


def _address(said: Mapping[str, str]) -> str:
    """A link counts where curator wrote that it reads the page itself. `feed://` is `http://`, and `feed:` before
    another address nothing."""
    is_feed = said.get("type", "").lower() == "rss" or f"{_OWN}:source" in said
    address = said.get("xmlurl") or (said.get("url", "") if is_feed else "")
    return _FEED.sub(lambda found: "http:" if address[found.end() :].startswith("//") else "", address, count=1)


def _refuse_doctype(*_: object) -> None:
    raise NotOpml("has a DOCTYPE that cannot be left out; take it out in an editor")


# ---------------------------------------------------------------- writing


def write_opml(title: str, subscriptions: Sequence[Subscription]) -> str:
    """OPML 2.0, those without a folder first, the others in one folder each run of the same name. What only curator
    knows stands in attributes of a namespace of its own, as OPML allows, and other readers pass over it."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<opml version="2.0" xmlns:{_OWN}="{_NAMESPACE}">']
    lines += ["  <head>", f"    <title>{_escaped(title)}</title>", "  </head>", "  <body>"]
    loose = [one for one in subscriptions if not one.folders]
    lines += (f"    {_outline(one)}" for one in loose)
    filed = [one for one in subscriptions if one.folders]
    for folders, inside in groupby(filed, key=attrgetter("folders")):
        lines.append(f"    <outline {_attributes({'text': folders[0], 'title': folders[0]})}>")
        lines += (f"      {_outline(one)}" for one in inside)
        lines.append("    </outline>")
    return "\n".join([*lines, "  </body>", "</opml>", ""])


def _outline(one: Subscription) -> str:
    """What other readers cannot read, a page or a folder, is a link to them."""
    ours = "source" in (one.own or {})
    address = {"type": "link", "url": one.url} if ours else {"type": "rss", "xmlUrl": one.url}
    said = {"text": one.name, "title": one.name, **address, "language": one.language or ""}
    own = {f"{_OWN}:{key}": value for key, value in (one.own or {}).items()}
    return f"<outline {_attributes(said | own)}/>"


def _attributes(said: Mapping[str, str]) -> str:
    return " ".join(f"{name}={_quoted(value)}" for name, value in said.items() if value)


def _quoted(value: str) -> str:
    return f'"{_escaped(_ILLEGAL.sub("", value))}"'


def _escaped(value: str) -> str:
    return escape(value, {'"': "&quot;"})

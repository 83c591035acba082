"""The ordinary feed, read in a twentieth of the time: what feedparser would have said of it, or nothing.

    text ─expat→ elements ─rules→ what feedparser makes of each entry | None: let feedparser read it

feedparser is the judge. Its strict parser is this same expat, so both agree on what is XML; the rules here repeat
what it does with the elements they name, and decline the whole body at the first thing they do not name: another
root, a prefix with two meanings, a relative base, markup that is not escaped, a date of a format it guesses at.
`tests/pull/test_fast.py` holds the two beside each other.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin
from xml.parsers import expat

from curator.pull import names
from curator.pull.names import ATOM, NOTHING, OTHER, PREFIX_OF, XML
from curator.pull.values import Declined, date, looks_like_html, mended

Said = dict[str, Any]  # an entry or a feed as feedparser has it: its keys, plain dicts, dates as datetime


def read(text: str) -> tuple[list[Said], Said] | None:
    """The entries, and of the feed its `language`; None where feedparser has to read it. `text` begins with its root
    element."""
    reader = _Reader()
    try:
        reader.parser.Parse(text.encode("utf-8", "replace"), True)
    except (Declined, expat.ExpatError):
        return None
    return reader.entries, reader.feed


class _Reader:
    """One body. Its three places: before the feed's own elements, in the feed's head, in an entry; and within one of
    their children, which holds only text, or only what `self._may_hold` names."""

    def __init__(self) -> None:
        self.entries: list[Said] = []
        self.feed: Said = {}
        self._pieces: list[str] = []
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._pieces.append
        self.parser.StartNamespaceDeclHandler = self._declare
        self._bound: dict[str | None, str] = {}
        self._kinds: dict[str, str] = {}
        self._depth = 0
        self._top = 0  # the depth of the feed's head: 2 in RSS, whose root holds a channel, 1 in Atom
        self._entry: Said | None = None
        self._child = ""  # the kind of the head's or entry's child that is open
        self._attributes: dict[str, str] = {}
        self._may_hold: frozenset[str] = NOTHING
        self._language: str | None = None  # of the root
        self._entry_language: str | None = None
        self._title_language: str | None = None
        self._root_base = self._base = self._entry_base = ""  # as feedparser keeps it: an entry's stays after its end
        self._within: list[str] = []  # the kinds of what is open in the child
        self._meant: set[str] = set()  # feedparser's prefixes of the namespaces that were declared
        self._own: set[str] = set()  # the prefixes of those that feedparser does not know
        self._named: dict[str, str] = {}  # by the address of a namespace feedparser does not know, its prefix
        self._said = ""  # the type of the text that is open
        self._has_content = self._has_title = self._as_content = self._guid_is_link = False

    # ------------------------------------------------------------ namespaces

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        """feedparser keeps namespaces for the whole body and knows elements by its own prefixes."""
        known = PREFIX_OF.get((uri or "").lower())
        if (
            not uri
            or uri.split() != [uri]
            or uri.lower() in names.VERSION_GIVING
            or "backend.userland.com/rss" in uri.lower()
        ):
            raise Declined
        if prefix is None:
            self._declare_default(uri, known)
        elif self._bound.setdefault(prefix, uri) != uri or (
            known and prefix.lower() in names.RESERVED and prefix != known
        ):
            raise Declined
        if known is None and self._named.setdefault(uri, prefix or "") != (prefix or ""):
            raise Declined
        self._meant.add(known or "")
        if known is None and prefix:
            self._own.add(prefix)
        if not self._meant.isdisjoint(self._own):
            raise Declined  # one prefix, for what feedparser knows and for what it does not

    def _declare_default(self, uri: str, known: str | None) -> None:
        if uri != ATOM and (known == "" or not self._depth):
            raise Declined

    def _kind(self, name: str) -> str:
        uri, _, local = name.rpartition(" ")
        if uri in ("", ATOM):
            if (uri == ATOM) != (self._top == 1) and not (uri == ATOM and local in names.ATOM_IN_RSS):
                raise Declined
            return self._bare(local)
        prefix = PREFIX_OF.get(uri.lower())
        if prefix is None:  # known by the feed's prefix, which may be one of feedparser's own, or be none
            prefix = self._named[uri].lower()
            if not prefix:
                if self._bare(local) != OTHER:
                    raise Declined
                return OTHER
            if prefix not in names.RESERVED:
                return OTHER
            if prefix != self._named[uri]:
                raise Declined
        if not prefix:
            raise Declined
        if prefix not in names.HANDLED_PREFIXES:
            return OTHER
        return f"{prefix}:{local}"

    @staticmethod
    def _bare(local: str) -> str:
        """feedparser takes what it has no rule for as a field of that name, which hurts where it reads one."""
        if local.lower() in names.HANDLED:
            return local
        if "_" in local or local in names.HURTFUL:
            raise Declined
        return OTHER

    # ------------------------------------------------------------ elements

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if attributes and not attributes.keys() <= names.HARMLESS:
            self._look_at(attributes)
        if self._depth <= self._top or not self._top:
            self._open_feed(name, attributes)
            return
        kind = self._kinds.get(name) or self._kinds.setdefault(name, self._kind(name))
        if self._child:
            self._nested(kind, attributes)
        elif self._entry is None:
            self._open_in_head(kind, attributes)
        else:
            self._attributes = attributes
            self._may_hold = NOTHING
            if kind not in names.QUIET:
                self._open_in_entry(kind, attributes, self._entry)
            self._begin(kind)

    def _look_at(self, attributes: dict[str, str]) -> None:
        """Bases and languages are looked for everywhere, since they hold for what is below."""
        for name in attributes:
            local = name.rpartition(" ")[2].lower()
            if local == "base":
                self._take_base(name, attributes[name])
            elif local == "lang" and name != f"{XML} lang" and self._depth <= self._top + 1:
                raise Declined

    def _take_base(self, name: str, said: str) -> None:
        """Absolute, at the root, an entry or the child of one."""
        depth = self._depth
        if name != f"{XML} base" or not said.startswith(("http://", "https://")) or "///" in said:
            raise Declined
        if not (depth == 1 or depth == self._top + 1 or (depth == self._top + 2 and self._entry is not None)):
            raise Declined
        self._base = _joined(self._base, said)

    def _open_feed(self, name: str, attributes: dict[str, str]) -> None:
        if self._depth == 1 and name in ("rss", f"{ATOM} feed"):
            self._top = 2 if name == "rss" else 1
            self._root_base = self._base
            self._language = _language(attributes, None)
            if any(attribute.lower() == "lang" for attribute in attributes):
                raise Declined
            if self._language:
                self.feed["language"] = self._language
        elif not (self._depth == 2 and self._top == 2 and name == "channel" and not attributes):
            raise Declined

    def _nested(self, kind: str, attributes: dict[str, str]) -> None:
        around = len(self._within) <= names.DEEPEST and all(one in names.MEDIA_AROUND for one in self._within)
        if kind == "media:description" and self._entry is not None and around:
            self._open_text(kind, attributes, self._entry)
            self._pieces.clear()
        elif kind == "media:title" and self._has_title and self._entry is not None and around:
            pass  # a title that is there already stands
        elif kind not in self._may_hold or (len(self._within) > 1 and self._within[-1] not in names.MAY_NEST):
            raise Declined
        self._within.append(kind)

    def _open_in_head(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == ("item" if self._top == 2 else "entry"):
            if any(name.rpartition(" ")[2].lower() in ("about", "lastmod", "href") for name in attributes):
                raise Declined
            self._entry = {"links": []}
            self._has_content = self._has_title = False
            self._entry_language, self._entry_base = _language(attributes, self._language), self._base
            return
        if kind in ("author", "contributor"):
            self._may_hold = names.OF_A_PERSON
        elif kind in names.CONTAINERS_IN_HEAD:
            self._may_hold = names.CONTAINERS_IN_HEAD[kind]
        elif kind == OTHER:
            self._may_hold = names.OTHERS
        elif kind in names.DATES_IN_HEAD or kind in ("language", "dc:language"):
            self._may_hold = NOTHING
        elif kind in names.IGNORED_IN_HEAD:
            self._may_hold = NOTHING
            if kind in names.TYPED_IN_HEAD:
                self._type(attributes, "text/plain")
            if kind in ("description", "itunes:summary"):
                if "summary" in self.feed:
                    raise Declined  # feedparser takes it for the content of the first entry
                if kind == "itunes:summary":
                    self.feed["summary"] = ""
        else:
            self._open_harmless(kind)
        self._begin(kind)

    def _begin(self, kind: str) -> None:
        self._child = kind
        self._within.append(kind)
        self._pieces.clear()

    def _open_harmless(self, kind: str) -> None:
        prefix, _, local = kind.partition(":")
        if prefix == "media" and kind in names.MEDIA:
            self._may_hold = names.MEDIA
        elif prefix not in names.WITH_RULES or local.lower() in names.WITH_RULES[prefix]:
            raise Declined
        else:
            self._may_hold = NOTHING

    def _open_in_entry(self, kind: str, attributes: dict[str, str], entry: Said) -> None:
        if kind in names.TEXTS:
            self._open_text(kind, attributes, entry)
        elif kind in names.TYPED:
            self._type(attributes, "text/plain")
        elif kind == "link":
            self._open_link(attributes, entry)
        elif kind in ("guid", "id"):
            if not attributes.keys() <= {"isPermaLink"} or (kind == "guid") != (self._top == 2):
                raise Declined
            self._guid_is_link = attributes.get("isPermaLink", "true") == "true"
        elif kind == "enclosure":
            if not attributes.keys() <= {"url", "type", "length"}:
                raise Declined
            entry["links"].append({"rel": "enclosure", "href": attributes.get("url")})
        elif kind in ("author", "contributor"):
            self._may_hold = names.OF_A_PERSON
        elif kind == OTHER:
            self._may_hold = names.OTHERS
        elif kind == "image":
            self._has_title = False  # feedparser forgets it here
        elif kind == "media:title":
            if not self._has_title or attributes.keys() - {"type"}:
                raise Declined
        elif kind == "source" and self._top == 2 and attributes.keys() <= {"url"}:
            self._has_title = False  # and here
        else:
            self._open_harmless(kind)

    def _end(self, name: str) -> None:
        depth, self._depth = self._depth, self._depth - 1
        if self._child:
            kind = self._within.pop()
            if not self._within:
                if kind not in names.IGNORED_ANYWHERE:
                    self._close_child(kind)
                self._child = ""
                if self._base:
                    self._base = (self._entry_base if self._entry is not None else self._root_base) or self._base
            elif kind == "media:description" and self._entry is not None:
                self._close_text(kind, self._entry)
        elif self._entry is not None and depth == self._top + 1:
            self.entries.append(self._entry)
            self._entry = None
            self._base = self._root_base or self._base

    def _close_child(self, kind: str) -> None:
        entry = self._entry
        if entry is None:
            if kind in names.DATES_IN_HEAD:
                date(self._text())
            elif kind in ("language", "dc:language"):
                self.feed["language"] = mended(self._text())
        elif kind in names.TEXTS:
            self._close_text(kind, entry)
        elif kind == "link":
            self._close_link(entry)
        elif kind in names.DATES:
            entry[names.DATES[kind]] = date(self._text())
        elif kind in ("guid", "id"):
            self._close_guid(entry)
        elif kind.startswith("feedburner:") and kind.lower() == "feedburner:origlink":
            if self._attributes:
                raise Declined
            entry["feedburner_origlink"] = mended(self._text())

    def _text(self) -> str:
        return "".join(self._pieces).strip()

    # ------------------------------------------------------------ addresses

    def _open_link(self, attributes: dict[str, str], entry: Said) -> None:
        if not attributes:
            entry["links"].append({"rel": "alternate"})
            return
        if "href" not in attributes:
            raise Declined
        for name in attributes:
            if name not in names.OF_A_LINK and name.rpartition(" ")[2].lower() in names.DECIDES_A_LINK:
                raise Declined
        rel, address = attributes.get("rel", "alternate").lower(), self._address(attributes["href"])
        link = {"rel": rel, "href": address}
        for name in ("hreflang", "type"):
            if name in attributes:
                link[name] = attributes[name]
        entry["links"].append(link)
        said = attributes.get("type", "application/atom+xml" if rel == "self" else "text/html").lower()
        if rel == "alternate" and said in ("text/html", "application/xhtml+xml", "html", "xhtml"):
            entry["link"] = address

    def _close_link(self, entry: Said) -> None:
        if self._attributes:
            return
        said = self._text()
        address = mended(self._address(said) if said else "").replace("&amp;", "&")
        entry["link"] = address = _REFERENCE.sub(r"&\g<1>", address)
        if address:
            entry["links"][-1]["href"] = address

    def _close_guid(self, entry: Said) -> None:
        said = self._text()
        entry["id"] = mended(self._address(said) if self._guid_is_link and said else said)
        if self._guid_is_link:
            entry.setdefault("link", entry["id"])

    def _address(self, said: str) -> str:
        if "///" in said:
            raise Declined  # feedparser takes surplus slashes out
        return _joined(self._base, said)

    # ------------------------------------------------------------ texts

    def _type(self, attributes: dict[str, str], default: str) -> str:
        """What a text is said to be; RSS says nothing."""
        if not attributes:
            return default
        if not attributes.keys() <= names.OF_A_TEXT:
            raise Declined
        said = names.TYPES.get(attributes["type"].lower()) if "type" in attributes else default
        if said is None:
            raise Declined
        return said

    def _open_text(self, kind: str, attributes: dict[str, str], entry: Said) -> None:
        if kind in (("summary", "content") if self._top == 2 else ("description",)):
            raise Declined
        self._as_content = kind in ("content", "content:encoded")
        if kind in names.SUMMARIES and "summary" in entry and not self._has_content:
            self._as_content = True  # a second summary is taken for the content
        is_html = kind == "content:encoded" or (kind in ("description", "media:description") and not self._as_content)
        self._said = self._type(attributes, "text/html" if is_html else "text/plain")
        self._has_content = self._has_content or self._as_content
        self._title_language = _language(attributes, self._entry_language) if kind == "title" else None

    def _close_text(self, kind: str, entry: Said) -> None:
        text, said = self._text(), self._said
        if self._top == 2 and said == "text/plain" and looks_like_html(text):
            said = "text/html"
        detail = {"type": said, "language": self._title_language, "value": mended(text)}
        if self._as_content:
            entry.setdefault("content", []).append(detail)
            entry.setdefault("summary", "")
        elif kind != "title":
            entry["summary"], entry["summary_detail"] = "", detail
        elif not self._has_title:
            entry["title_detail"] = detail
            self._has_title = bool(detail["value"])


_REFERENCE = re.compile("&([A-Za-z0-9_]+);")


def _joined(base: str, said: str) -> str:
    try:
        return urljoin(base, said) if base else said
    except ValueError:
        return ""


def _language(attributes: dict[str, str], inherited: str | None) -> str | None:
    said = attributes.get(f"{XML} lang")
    return inherited if said is None else said.replace("_", "-") or None

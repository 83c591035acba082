"""What an archive is made of: editions as they were sealed, and the site's files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from hashlib import sha256

import msgspec

from curator.clean import plain_line, slugify
from curator.digest.forms.contents import Contents, Listed
from curator.models import Edition, Rendered

_RESERVED = frozenset({"con", "prn", "aux", "nul", "index"})
"""Names that Windows or a web server keep for themselves."""


class Kept(msgspec.Struct, frozen=True):
    """A sealed edition: its record, the frozen bytes of its mail, what it shows."""

    edition: Edition
    mail: Rendered
    contents: Contents

    @property
    def title(self) -> str:
        """The subject it was mailed under; its digest's name and number where that is empty."""
        return plain_line(self.mail.subject) or f"{self.contents.name} {self.edition.number}"

    @property
    def short(self) -> str:
        """Its digest's name and its number."""
        return f"{self.contents.name} {self.edition.number}"

    @property
    def page(self) -> str:
        """Its page, from the site's root."""
        return edition_pages(self.edition.id)[0]

    @property
    def mail_page(self) -> str:
        """The mail as it was, from the site's root."""
        return edition_pages(self.edition.id)[1]

    @property
    def text_page(self) -> str:
        """Its plain text, from the site's root."""
        return edition_pages(self.edition.id)[2]

    @property
    def at(self) -> datetime:
        """When it was sent, else sealed."""
        assert self.edition.seal
        return self.edition.sent_at or self.edition.seal.at

    @property
    def tag(self) -> str:
        """What names it in feeds for ever: a `tag:` URI (RFC 4151) of its sender's domain and its day."""
        return f"{self.authority}:{self.edition.id}"

    @property
    def authority(self) -> str:
        """The part of a `tag:` URI that says who named it when."""
        domain = parseaddr(plain_line(self.mail.headers.get("From", "")))[1].rpartition("@")[2].lower()
        return f"tag:{domain if domain.isascii() and domain else 'archive.invalid'},{self.edition.date.isoformat()}"


class Sharing(msgspec.Struct, frozen=True):
    """A document in an edition."""

    by: Kept
    document: Listed

    @property
    def page(self) -> str:
        """Where it stands, from the site's root."""
        return f"{self.by.page}#d{self.document.document}"

    @property
    def tag(self) -> str:
        return f"{self.by.tag}/{self.document.document}"


class File(msgspec.Struct, frozen=True):
    """A file of the site: `path` from its root, `key` the hash of all it is made from, `make` its bytes."""

    path: str
    key: str
    make: Callable[[], bytes]


def ready(path: str, data: bytes) -> File:
    """A file whose bytes are there."""
    return File(path, sha256(data).hexdigest(), lambda: data)


def edition_pages(name: str) -> tuple[str, str, str]:
    """The files of an edition of that id, from the site's root: its page, its mail as it was, its plain text."""
    begin = f"editions/{file_name(name)}"
    return f"{begin}.html", f"{begin}.mail.html", f"{begin}.txt"


def file_name(key: str) -> str:
    """A name for a file that differs wherever `key` does, in `a-z0-9-`: `GB-SCT` is `gb-sct`."""
    slug = slugify(key)
    if slug == key.lower() and slug not in _RESERVED:
        return slug
    return f"{slug}-{sha256(key.encode()).hexdigest()[:8]}"

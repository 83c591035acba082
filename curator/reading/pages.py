"""What reading gives."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Page(msgspec.Struct, frozen=True):
    """A page or file as plain clean text. `link` is where it was found after redirects ('' for a file), `canonical`
    the address it gives for itself ('' where none), `translations` the languages and addresses it names as itself in
    other ones; `title` may be ''; `published_at` is aware UTC. A mail has a
    sender, as name and address, and `attached` what came with it; a scan is a PDF without text."""

    title: str
    text: str
    language: str | None = None
    published_at: datetime | None = None
    link: str = ""
    canonical: str = ""
    translations: tuple[tuple[str, str], ...] = ()
    sender: tuple[str, str] = ("", "")
    attached: tuple[Page, ...] = ()
    is_scan: bool = False

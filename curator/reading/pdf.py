"""The text of a PDF: the only importer of pypdfium2."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from threading import Lock
from typing import Any

from curator.clean import plain_line, plain_text
from curator.errors import UsageError
from curator.reading.pages import Page

MAX_PAGES = 500
MAX_TEXT = 2_000_000  # characters
TITLE = 300
_ONE_AT_A_TIME = Lock()  # PDFium is not thread-safe

# Titles that programmes write by themselves: "Microsoft Word - draft_v3.docx", "untitled", "10811.exe", "x.indd".
_NO_TITLE = re.compile(r"^(microsoft \w+ - .*|untitled\d*|document\d*|.*\.[a-z]{3,4}|[^ ]{0,60})$", re.IGNORECASE)
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?|Z)?")
WITHOUT_TEXT = "it is a PDF without text: its pages are pictures, or empty"


class PicturesOnly(UsageError):
    """A PDF without text, as a scan is. `page` has all the rest that is known of it, and no text."""

    def __init__(self, message: str, page: Page) -> None:
        super().__init__(message)
        self.page = page


def read_pdf(body: bytes, link: str = "") -> Page:
    """Text, title and date of a PDF of any length (the first 500 pages of it). UsageError, with a sentence
    about "it", where it is encrypted, damaged or holds only pictures (PicturesOnly)."""
    text, said = _read(body)
    page = Page(
        title=_title(said.get("Title", ""), text),
        text=text,
        published_at=_instant(said.get("CreationDate", "")),
        link=link,
        is_scan=not text,
    )
    if not text:
        raise PicturesOnly(WITHOUT_TEXT, page)
    return page


def _read(body: bytes) -> tuple[str, dict[str, str]]:
    pages, said = pages_of(body)
    return plain_text("\n\n".join(pages))[:MAX_TEXT], said


def pages_of(body: bytes) -> tuple[list[str], dict[str, str]]:
    """The text of each page, line by line as it is set, and what the PDF says of itself. UsageError where it cannot be
    read."""
    import pypdfium2

    try:
        with _ONE_AT_A_TIME, closing(pypdfium2.PdfDocument(body)) as document:
            return _texts(document), document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise UsageError("it is a PDF that needs a password") from error
        raise UsageError("it is a PDF that is damaged or cut off") from error


def _texts(document: Any) -> list[str]:
    """Page by page, until it is enough. Broken hyphenation at line ends is mended by PDFium's own marker."""
    texts, size = [], 0
    for number in range(min(len(document), MAX_PAGES)):
        with closing(document[number]) as page, closing(page.get_textpage()) as words:
            texts.append(words.get_text_range().replace("\ufffe", ""))
        size += len(texts[-1])
        if size > MAX_TEXT:
            break
    return texts


def _title(said: str, text: str) -> str:
    """The PDF's own, unless a programme wrote it; else its first line of some length."""
    own = plain_line(said, TITLE)
    if own and not _NO_TITLE.match(own):
        return own
    first = next((line for line in text.split("\n") if sum(c.isalpha() for c in line) > 3), "")
    return plain_line(first, 120)


def _instant(said: str) -> datetime | None:
    """PDF's `D:YYYYMMDDHHmmSS+HH'mm'` (ISO 32000-1, 7.9.4), as UTC."""
    found = _DATE.match(said)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part) if part else None for part in found.groups()[:6])
    offset = timedelta(hours=int(found[8] or 0), minutes=int(found[9] or 0))
    zone = timezone(-offset if found[7] == "-" else offset) if offset < timedelta(hours=24) else UTC
    try:
        at = datetime(year or 1, month or 1, day or 1, hour or 0, minute or 0, second or 0, tzinfo=zone)
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None

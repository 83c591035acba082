"""Reading one page or file, whatever of the four kinds it is.

address ─http→ bytes ─┬─ PDF ──→ pdf.read_pdf
file ──────────────────┼─ mail ─→ mail.read_mail, each attachment as here
bytes ─────────────────┼─ HTML ─→ html.read_html
                       └─ text ─→ as it is
"""

from __future__ import annotations

from pathlib import Path

from curator import http
from curator.clean import plain_line, plain_text
from curator.config import Pull
from curator.errors import TryLater, UsageError
from curator.http.challenges import is_challenge
from curator.reading.decoding import decode
from curator.reading.html import looks_like_a_feed, looks_like_html, read_html
from curator.reading.mail import looks_like_mail, read_mail
from curator.reading.pages import Page
from curator.reading.pdf import MAX_TEXT, PicturesOnly, pages_of, read_pdf

FILE_BYTES = 50_000_000
_PAGES = (".html", ".htm", ".xhtml")


def read_url(url: str, settings: Pull, *, site: str = "") -> Page:
    """What stands at a web address. UsageError where it cannot be read, TryLater where it may be another time."""
    shown = plain_line(url, 120)
    if url.partition(":")[0].lower() not in ("http", "https"):
        raise UsageError(f"{shown} is not a web address: it has to begin with https:// or http://.")
    try:
        with http.Line(http.client(settings, site, http.ACCEPT_PAGES)) as line:
            answer = line.get(url, max_bytes=settings.max_bytes, seconds=settings.timeout)
    except http.HttpFault as fault:
        kind = TryLater if fault.passing else UsageError
        raise kind(f"{shown} cannot be read: {fault.message}.") from fault
    return _named(shown, answer.body or b"", answer.content_type or "", answer.url)


def read_file(path: Path) -> Page:
    """What a PDF, HTML, mail or text file says. UsageError where it cannot be read."""
    return _page_of(path, _body_of(path))


def _body_of(path: Path) -> bytes:
    shown = plain_line(str(path), 120)
    try:
        if not path.is_file():
            raise UsageError(f"{shown} is not a file.")
        with path.open("rb") as file:
            body = file.read(FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UsageError(f"{shown} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    if len(body) > FILE_BYTES:
        raise UsageError(f"{shown} cannot be read: it is over {FILE_BYTES / 1e6:g} MB.")
    return body


def _page_of(path: Path, body: bytes) -> Page:
    kind = "text/html" if path.suffix.lower() in _PAGES else ""
    return _named(plain_line(str(path), 120), body, kind, "")


def read_lines(path: Path) -> str:
    """What a PDF or text file says, line by line as it is set, with a line of blanks where a page ends; of a web page
    or a mail its text. UsageError where it cannot be read."""
    body = _body_of(path)
    page = _page_of(path, body)
    if b"%PDF-" in body[:1024]:
        return "\n \n".join(pages_of(body)[0])
    text = decode(body, "")
    formed = path.suffix.lower() in _PAGES or looks_like_html(text) or looks_like_mail(body)
    return page.text if formed else text


def read_bytes(body: bytes, shown: str) -> Page:
    """What bytes say that came without a name, told by their content; `shown` names them in a fault. UsageError where
    they cannot be read."""
    if len(body) > FILE_BYTES:
        raise UsageError(f"{shown} cannot be read: it is over {FILE_BYTES / 1e6:g} MB.")
    return _named(shown, body, "", "")


def _named(shown: str, body: bytes, content_type: str, link: str) -> Page:
    """The page, or its fault's sentence with the name of what was read before it."""
    try:
        return _read(body, content_type.lower(), link)
    except PicturesOnly as scan:
        raise PicturesOnly(f"{shown} cannot be read: {scan.message}.", scan.page) from scan
    except UsageError as error:
        raise UsageError(f"{shown} cannot be read: {error.message}.") from error


def _read(body: bytes, content_type: str, link: str) -> Page:
    if not body.strip(b" \t\r\n\0"):
        raise UsageError("it is empty")
    if b"%PDF-" in body[:1024]:  # PDFium allows that much before it
        return read_pdf(body, link)
    if not link and not content_type and looks_like_mail(body):
        return read_mail(body, lambda inner, kind: _read(inner, kind, ""))
    text = decode(body, content_type)
    if looks_like_a_feed(text):
        raise UsageError("it is a feed, not a document: `curator feeds add` takes its address")
    if link and is_challenge(text):
        raise UsageError("it is a page that asks for a browser; save the page there as a file, and add that")
    if "html" in content_type or looks_like_html(text):
        return read_html(text, link)
    if _is_binary(text):
        raise UsageError("it is neither a web page nor a PDF nor text")
    plain = plain_text(text[:MAX_TEXT])
    return Page(title=plain_line(plain.partition("\n")[0], 120), text=plain, link=link)


def _is_binary(text: str) -> bool:
    """Whether more than one character in a hundred is none that text has."""
    start = text[:10_000]
    return sum(not c.isprintable() and c not in "\t\r\n\f" for c in start) * 100 > len(start)

"""A mail, as it was saved or forwarded: what it says, who said it first, where it points, what came with it.

    bytes ─→ message ─┬─ the forwarded one inside, attached or quoted ─→ title, date, sender
                      ├─ its words and its links ─→ text, link
                      └─ PDFs and pages ─→ attached

Whatever a mail claims stays a claim: charsets that do not exist, headers that break, parts without end are read as far
as they go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from html import unescape
from urllib.parse import urlsplit

from curator.clean import plain_line, plain_text
from curator.days import day_in
from curator.errors import UsageError
from curator.reading.decoding import decode
from curator.reading.html import all_words
from curator.reading.pages import Page

TITLE, MAX_TEXT, MAX_LINKS = 300, 500_000, 100
_PARTS, _ATTACHED = 300, 20
_HTML = 1_000_000  # characters of a mail's HTML that are read
_HEADS = ("from", "to", "subject", "date", "message-id", "mime-version", "received", "return-path", "delivered-to")
_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,60}):", re.MULTILINE)
# How programmes mark what is forwarded or answered: English, German (WG, AW), the Nordic languages (VS, VB, VL, SV),
# French (TR), Spanish (RV), Portuguese (ENC), Italian (I, R), Dutch (Doorst, Antw), and a gateway's warning.
_PREFIX = re.compile(
    r"^\s*(?:(?:re|fwd?|aw|wg|sv|vs|vb|vl|tr|rv|enc|doorst|antw)(?:\s?\[\d{1,3}\])?\s*:|\[ext(?:ern(?:al)?)?\])\s*",
    re.IGNORECASE,
)
_FORWARDED = re.compile(r"^\s*(?:fwd?|wg|vs|vb|vl|tr|rv|enc|doorst)\b", re.IGNORECASE)
_WHO = r"(?:from|von|från|fra|van|de|da|lähettäjä)"
_WHEN = r"(?:date|sent|datum|gesendet|skickat|sendt|dato|verzonden|envoyé|fecha|enviado|data|inviato|lähetetty)"
_MARK = r"[> \t*]*"
_QUOTED = re.compile(
    rf"^{_MARK}{_WHO}[* \t]*:[* \t]*(?P<who>[^\n]{{1,300}})\n"
    rf"(?P<rest>(?:{_MARK}[\w-]{{2,20}}[* \t]*:[^\n]{{0,500}}\n+){{1,8}})",
    re.IGNORECASE | re.MULTILINE,
)
_ANCHOR = re.compile(r"<a\s[^<>]{0,2000}?href\s*=\s*[\"']?(https?://[^\s\"'<>]{1,2000})[^<>]{0,2000}>", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"'\])]{1,2000}", re.IGNORECASE)
# Links that every mail has and none is about.
_ASIDE = re.compile(
    r"unsubscri|opt-?out|preferences|view.{0,12}browser|webversion|privacy|mailto:|facebook\.com|twitter\.com|//x\.com"
    r"|linkedin\.com|youtube\.com|instagram\.com|\.(?:png|jpe?g|gif|css)(?:\?|$)|aka\.ms/LearnAboutSenderIdentification",
    re.IGNORECASE,
)

Read = Callable[[bytes, str], Page]


def looks_like_mail(body: bytes) -> bool:
    """Whether it begins with the headers of a mail, two of the common ones at least."""
    head = re.split(rb"\r?\n\r?\n", body[:20_000].lstrip(b"\xef\xbb\xbf\r\n "), maxsplit=1)[0]
    if not (_HEADER.match(head) or head.startswith((b"From ", b">From "))):
        return False
    return len({name.lower() for name in _HEADER.findall(head)} & {name.encode() for name in _HEADS}) >= 2


def read_mail(body: bytes, read: Read) -> Page:
    """A mail's own words and what came with it, which `read` reads by content. UsageError, with a sentence about
    "it", where it says nothing."""
    try:
        return _page(message_from_bytes(body), read)
    except RecursionError:
        raise UsageError("it is a mail whose parts are nested too deeply") from None


def _page(outer: Message, read: Read) -> Page:
    parts = list(_parts(outer))
    inner = next((part for part in parts if part.get_content_type() == "message/rfc822"), None)
    message = _enclosed(inner) if inner is not None else outer
    own = list(_parts(message))
    plain, html = _words(own, "text/plain"), _words(own, "text/html")[:_HTML]
    text = plain if len(plain) >= 40 or not html else all_words(html) or plain
    links = _links(html, plain)
    said = _header(message, "subject")
    quoted = _QUOTED.search(text[:20_000])
    sender, at = _source(message, said, quoted)
    title = plain_line(_bare(said), TITLE) or plain_line(text, 80)
    attached = tuple(_attached(parts if inner is None else [*parts, *own], read))
    if not title and not attached:
        raise UsageError("it is a mail without any words")
    return Page(
        title=title or "Untitled",
        text="\n\n".join(filter(None, [plain_text(text[:MAX_TEXT]), *links[1:]])),
        published_at=at,
        link=links[0] if links else "",
        sender=sender,
        attached=attached,
    )


def _parts(message: Message) -> Iterator[Message]:
    """The message and its parts, breadth first, not into a message that is attached; no more than `_PARTS`."""
    waiting, given = [message], 0
    while waiting and given < _PARTS:
        part = waiting.pop(0)
        given += 1
        yield part
        if part is message or part.get_content_maintype() == "multipart":
            waiting += _contents(part)


def _contents(part: Message) -> list[Message]:
    inside = part.get_payload() if part.is_multipart() else []
    return [one for one in inside if isinstance(one, Message)]


def _enclosed(part: Message) -> Message:
    return next(iter(_contents(part)), part)


# ---------------------------------------------------------------- headers


def _header(message: Message, name: str) -> str:
    """Decoded, on one line whatever it holds; unknown charsets are guessed."""
    raw = str(message.get(name, ""))[:5_000]
    try:
        pieces = decode_header(raw)
    except (ValueError, LookupError, IndexError, AttributeError):  # HeaderParseError is a ValueError
        return plain_line(raw)
    said = (one if isinstance(one, str) else decode(one, f"charset={charset or 'utf-8'}") for one, charset in pieces)
    return plain_line("".join(said))


def _bare(subject: str) -> str:
    """Without the marks of forwarding and answering."""
    for _ in range(10):
        subject, before = _PREFIX.sub("", subject, count=1), subject
        if subject == before:
            break
    return subject


def _source(message: Message, subject: str, quoted: re.Match[str] | None) -> tuple[tuple[str, str], datetime | None]:
    """Who said it first, and when: the quoted head of a forwarded mail; of one that is not forwarded, its own. Whoever
    passed it on is not its publisher."""
    if quoted:
        when = re.search(
            rf"^{_MARK}{_WHEN}[* \t]*:[* \t]*([^\n]{{1,200}})", quoted["rest"], re.IGNORECASE | re.MULTILINE
        )
        return _who(quoted["who"]), _instant(when[1]) if when else None
    own = _instant(_header(message, "date"))
    return (("", "") if _FORWARDED.match(subject) else _who(_header(message, "from"))), own


def _who(said: str) -> tuple[str, str]:
    """Name and address; Outlook writes `Name [mailto:a@b]`."""
    bare = re.sub(r"\[mailto:([^\]\s]{1,200})\]", r"<\1>", said, flags=re.IGNORECASE).replace("*", "")
    name, address = parseaddr(plain_line(bare, 300))
    return plain_line(name, 120), address.lower() if "@" in address else ""


def _instant(said: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(said)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return day_in(said)


# ---------------------------------------------------------------- words and links


def _words(parts: list[Message], kind: str) -> str:
    """The text of the parts of one kind that are not attached as files."""
    found, size = [], 0
    for part in parts:
        if part.get_content_type() != kind or _is_file(part):
            continue
        found.append(decode(_bytes(part), f"charset={part.get_content_charset() or 'utf-8'}"))
        size += len(found[-1])
        if size > 4 * MAX_TEXT:
            break
    return "\n\n".join(found).replace("\r\n", "\n").strip()[: 4 * MAX_TEXT]


def _bytes(part: Message) -> bytes:
    try:
        body = part.get_payload(decode=True)
    except (ValueError, LookupError, AttributeError):
        return b""
    return body if isinstance(body, bytes) else b""


def _links(html: str, plain: str) -> list[str]:
    """The addresses a mail points at, without those that every mail has; the one it is most likely about first."""
    found = [unescape(one) for one in _ANCHOR.findall(html)] + _ADDRESS.findall(plain[:MAX_TEXT])
    clean = (plain_line(one).rstrip(".,;:!?") for one in found)
    kept = list(dict.fromkeys(one for one in clean if one and not _ASIDE.search(one)))[:MAX_LINKS]
    return sorted(kept, key=lambda one: not _path(one))


def _path(link: str) -> str:
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return parts.path.strip("/") or parts.query


# ---------------------------------------------------------------- what came with it


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _attached(parts: list[Message], read: Read) -> Iterator[Page]:
    """PDFs and pages; what cannot be read of them is passed over, the mail names it."""
    wanted = ("application/pdf", "application/octet-stream", "application/x-pdf", "text/html")
    files = [part for part in parts if part.get_content_type() in wanted and _is_file(part)]
    for part in files[:_ATTACHED]:
        body = _bytes(part)
        html = part.get_content_type() == "text/html"
        if not html and b"%PDF-" not in body[:1024]:
            continue
        try:
            yield read(body, "text/html" if html else "application/pdf")
        except UsageError:
            continue

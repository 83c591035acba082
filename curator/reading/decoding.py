"""Bytes of a page, a file or a mail to text; never raises."""

from __future__ import annotations

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def decode(body: bytes, content_type: str) -> str:
    """By its mark, as UTF-8, as declared in header or page, else as Western; never raises."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    header, meta = _CHARSET.search(content_type), _META.search(body[:5_000])
    for said in ("utf-8", header and header[1], meta and meta[1].decode("ascii", "replace"), "cp1252"):
        try:
            return body.decode(said) if said and is_safe(said) else body.decode("utf-8")
        except (LookupError, UnicodeError, ValueError):
            continue
    return body.decode("latin-1")


def is_safe(name: str) -> bool:
    """Text codecs only, and none of Python's own, which take quadratic time."""
    info = codecs.lookup(name)
    return info._is_text_encoding and info.name not in ("punycode", "idna", "unicode_escape", "raw_unicode_escape")

"""Bytes of a feed to text, whatever they claim to be; never raises.

Done here rather than left to feedparser, because a body that is valid UTF-8 is UTF-8 whatever header or prolog
say, because some of Python's codecs take quadratic time, and so that what is looked at here is what is parsed there.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (  # byte order marks, then the first character of an XML body without one (XML 1.0, appendix F)
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
# What publishers write, and what their bytes are (WHATWG Encoding Standard: the wider set of each family).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
_REFUSED = {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined", "mbcs", "oem"}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_PROLOG = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)")
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})  # and U+FFFE and U+FFFF begin with EF BF in UTF-8
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of `body` without the characters XML forbids."""
    text = _orderly(body)
    return (_NOT_XML.sub("", _decode(body, content_type)) if text is None else text).lstrip("\ufeff")


def _orderly(body: bytes) -> str | None:
    """The text of UTF-8 that holds nothing forbidden, as most bodies are; their bytes tell sooner than the text."""
    if len(body.translate(None, _CONTROLS)) != len(body) or b"\xef\xbf" in body:
        return None
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def _decode(body: bytes, content_type: str | None) -> str:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    declared = _declared(body, content_type)
    if b"\x1b" not in body:  # ISO 2022 looks like ASCII but for its escapes
        declared = ["utf-8", *declared]
    for name in declared:
        try:
            return body.decode(name)
        except UnicodeDecodeError as error:
            whole = body[: error.start]
            if name == "utf-8" and error.reason == "unexpected end of data" and not whole.isascii():
                return whole.decode()  # cut off within its last character
        except (UnicodeError, LookupError):
            continue
    return _best_guess(body, declared)


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """The codecs that header and prolog name, in that order, where Python has them and they are harmless."""
    names = [m[1] for m in [_CHARSET.search(content_type or "")] if m]
    names += [m[1].decode("ascii", "replace") for m in [_PROLOG.match(body[:500])] if m]
    is_ascii = body.lstrip()[:1] in (b"<", b"{", b"[")  # so its codec is none of those in which these bytes are others
    return [name for said in names if (name := _codec(said)) and (not is_ascii or _keeps_ascii(name))]


def _keeps_ascii(name: str) -> bool:
    return b"<a>{".decode(name, "replace") == "<a>{"


def _codec(said: str) -> str | None:
    try:
        info = codecs.lookup(said)
    except (LookupError, ValueError, UnicodeError):
        return None
    if info.name in _REFUSED or not info._is_text_encoding:
        return None
    return _MEANT.get(info.name, info.name)


def _best_guess(body: bytes, declared: list[str]) -> str:
    """Nothing fits: UTF-8 with some damage where most of it reads so, else what was declared, else Western."""
    text = body.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if sum(not c.isascii() for c in text) > 2 * wrong:
        return text
    return body.decode(next((name for name in declared if name != "utf-8"), "cp1252"), "replace")

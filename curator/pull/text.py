"""The words of an HTML fragment."""

from __future__ import annotations

import re
from html import unescape

import nh3

_READ = 20_000  # characters read: ten times an excerpt, and nh3 takes quadratic time over nested elements
_BREAKS = re.compile(
    r"<(?=(?:br|/?(?:p|div|li|ul|ol|h[1-6]|tr|td|table|blockquote|section|article|hr|dt|dd|pre|figure))\b)",
    re.IGNORECASE,
)
# What a browser shows instead of these, or not at all; HTML keeps it as bare text, markup and all.
_BARE = re.compile(r"</?(?:iframe|noscript|noembed|noframes|xmp|plaintext|textarea|title)\b[^<>]*>", re.IGNORECASE)

# Whole tags whose words stay where they stand, however they are nested: a parser would change nothing but to leave
# them out. Not table, pre, select, svg, script and such, which move, drop or keep what is in them.
_PLAIN_TAG = re.compile(
    r"</?(?:p|br|a|b|i|em|strong|div|span|ul|ol|li|h[1-6]|img|hr|blockquote|small|sup|sub|u|cite|figure|section)"
    r"""(?:\s+[a-zA-Z-]+(?:=(?:"[^"<>]*"|'[^'<>]*'))?)*\s*/?>"""
)
# Where Python and a browser could differ: control characters, and numbers that name none or another one.
_ODD_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufeff]")
_ODD_NUMBER = re.compile(r"&#(?!(?:3[2-9]|[4-9]\d|1[6-9]\d|[2-9]\d\d|[1-9]\d{3});)")


def text_of(html: str) -> str:
    """No tags, scripts or styles; an empty line where a block begins or ends. Not cleaned: see `curator.clean`."""
    html = html[:_READ]
    if "<" in html:
        apart = _BREAKS.sub("\n\n<", html)
        bare = _PLAIN_TAG.sub("", apart)
        html = nh3.clean(_BARE.sub(" ", apart), tags=set()) if "<" in bare or _is_odd(bare) else bare
    return unescape(html) if "&" in html else html


def _is_odd(text: str) -> bool:
    if "&#" in text and _ODD_NUMBER.search(text):
        return True
    return not text.replace("\n", "").isprintable() and _ODD_CHARACTER.search(text) is not None

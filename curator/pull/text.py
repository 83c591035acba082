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


def text_of(html: str) -> str:
    """No tags, scripts or styles; an empty line where a block begins or ends. Not cleaned: see `curator.clean`."""
    html = html[:_READ]
    if "<" in html:
        html = nh3.clean(_BREAKS.sub("\n\n<", _BARE.sub(" ", html)), tags=set())
    return unescape(html) if "&" in html else html

"""One page, several addresses: AMP, mobile hosts, index files, printable versions. Rules as data; pure.

Only what publishers of software document is a rule; a rule that could take one page for another is none: `?page=2`
stays, `/print/` at the beginning of a path too, and a host's `m.` only goes where a whole site's name is left.
"""

from __future__ import annotations

import re

# Pattern → what stands in its place, over an address that is canonical otherwise.
_RULES = (
    # AMP caches (amp.dev, "AMP Cache URL format") and Google's viewer hold the page's own address in theirs.
    (r"https://[\w.-]+\.cdn\.ampproject\.org/[vcw]/(?:s/)?", "https://"),
    (r"https://(?:[\w-]+\.)?google\.[\w.]+/amp/(?:s/)?(?=[\w-]+\.)", "https://"),
    # AMP pages as WordPress' AMP plugin, Drupal's AMP module and the large publishers' systems make them.
    (r"https://amp\.(?=[\w-]+\.[\w.-]+/)", "https://"),
    (r"(https://[^/?#]+/[^?#]+)/amp(?=[?#]|$)", r"\1"),
    (r"(https://[^/?#]+/[^?#]*)\.amp(?=(?:\.html?)?(?:[?#]|$))", r"\1"),
    (r"[?&](?:amp(?:=1|=true|=)?|outputType=amp|output=amp)(?=[&#]|$)", "&"),
    # Mobile hosts: Wikimedia's `en.m.`, and `m.` and `mobile.` before a site.
    (r"https://([a-z]{2,3}\.)m\.(?=wiki[a-z]+\.org/)", r"https://\1"),
    (r"https://(?:m|mobile)\.(?=[\w-]+\.[\w.-]+/)", "https://"),
    # What a server sends for a folder: Apache's DirectoryIndex, nginx' index, IIS' default documents.
    (r"(https://[^/?#]+(?:/[^?#]*)?)/(?:index|default)\.(?:html?|php|aspx?|jsp|shtml)(?=[?#]|$)", r"\1/"),
    # Printable versions: MediaWiki, WordPress' print plugins, Drupal's printable module.
    (r"[?&](?:printable=yes|print(?:=(?:1|true|yes|print|pdf))?|print-posts=(?:print|pdf))(?=[&#]|$)", "&"),
    (r"(https://[^/?#]+/[^?#]+)/printable/print(?=[?#]|$)", r"\1"),
)
RULES = tuple((re.compile(pattern, re.IGNORECASE), instead) for pattern, instead in _RULES)
_SUSPECT = re.compile(r"\bamp|//m\.|//mobile\.|\.m\.|/index\.|/default\.|\bprint", re.IGNORECASE)
_QUERY = re.compile(r"&+(?=&|#|$)|(?<=\?)&+")


def plain_variant(canonical: str) -> str:
    """The address of the page itself; `canonical` where no rule holds."""
    if not _SUSPECT.search(canonical):
        return canonical
    plain = canonical
    for pattern, instead in RULES:
        plain = pattern.sub(instead, plain)
    return plain if plain == canonical else _with_query(plain)


def _with_query(address: str) -> str:
    """A first `&` left behind by a rule becomes the `?`."""
    before, mark, query = address.partition("?")
    if not mark:
        before, mark, query = address.partition("&") if "&" in address.rpartition("/")[2] else (address, "", "")
    query = _QUERY.sub("", query.lstrip("&"))
    return f"{before}?{query}" if query else before

"""One page in several languages: addresses that differ in nothing but `/en/` and `/fr/`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from curator.pull.urls import absolute, canonical_url, is_home_page

# ISO 639-1 of the official languages of Europe's states and the United Nations, of Japan, Korea and the members'
# first peoples. Codes that are countries too (`ca`, `ie`, `uk`) are told apart by what the documents say of themselves.
_CODES = """
    ar bg ca cs cy da de el en es et eu fi fr ga gd hr hu is it ja ko lt lv mi mt nb nl nn no pl pt ro ru se sk sl sq
    sr sv tr uk zh
"""
CODES = frozenset(_CODES.split())
_SEGMENT = re.compile(r"/([a-z]{2})(?:[-_][a-zA-Z]{2})?(?=/)")
_QUERY = re.compile(r"([?&](?:lang|language|locale|hl)=)([a-z]{2})(?:[-_][a-zA-Z]{2})?(?=&|$)")


def across_languages(canonical: str) -> tuple[str, str] | None:
    """The address without its language, and that; None where it names none, or nothing but that."""
    for pattern, group in ((_SEGMENT, 1), (_QUERY, 2)):
        found = pattern.search(canonical, 8)
        if found and found[group] in CODES:
            rest = canonical[: found.start(group)] + "*" + canonical[found.end() :]
            return (f"page:{rest}", found[group]) if _names_a_page(canonical, found) else None
    return None


def _names_a_page(canonical: str, found: re.Match[str]) -> bool:
    """Whether more than a site's front page or one of its headings stands behind the language."""
    behind = canonical[found.end() :].partition("?")[0].strip("/")
    return found.re is _QUERY or len(behind) >= 8


ALTERNATES = 40  # links of one entry or page that are looked at
_TAG = re.compile(r"([a-zA-Z]{2,3})(?:[-_][a-zA-Z0-9_-]{1,20})?")


def other_languages(named: Iterable[tuple[str, str]], base: str, own: str) -> tuple[tuple[str, str], ...]:
    """Of the languages (`hreflang`) and addresses that stand at `base`, those that are pages besides `own`; `x-default`
    is no language."""
    found: dict[str, str] = {}
    for tag, said in named:
        language, address = _TAG.fullmatch(tag.strip()), absolute(base, said.strip()) if said else ""
        if language and address and address != own and not is_home_page(canonical_url(address)):
            found.setdefault(address, language[1].lower())
    return tuple((language, address) for address, language in found.items())


def languages_told(language: str | None, code: str) -> bool | None:
    """Whether a document says itself that it is in the language `code`; None where it says nothing."""
    if not language:
        return None
    own, same = language.lower()[:2], {"no": "nb", "nn": "nb"}
    return same.get(own, own) == same.get(code, code)

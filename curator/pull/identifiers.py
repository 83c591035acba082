"""DOIs and ISBNs in what a feed says of a document. Pure.

A DOI is `10.`, four to nine digits, a slash and a suffix (DOI Handbook 2.2; Crossref's pattern); an ISBN counts only
with that word before it, or as the end of an address, and only where its check digit is right (ISO 2108).
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from curator.models import Kin, NewDocument

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"'<>&?#,;|]+", re.ASCII)
_ISBN = re.compile(r"isbn(?:-1[03])?[\s:/=]{0,3}((?:97[89][ -]?)?(?:\d[ -]?){9}[\dx])(?!\d)", re.IGNORECASE | re.ASCII)
# What an address ends in, as `/item/9789241565653` and `/9789241565653-eng.pdf`; further in, it may be a chapter's.
_ENDING = re.compile(r"/(97[89]\d{10})(?:-[a-z]{2,3})?(?:\.pdf)?(?=[?#\s]|$)", re.IGNORECASE | re.ASCII)
# Endings that a publisher's address adds to a DOI: the format, or which view of the article it is.
_VIEW = re.compile(
    r"(?:[/.](?:pdf|epdf|full|full-text|fulltext|abstract|summary|html?|xml|epub|meta|v\d+|references|figures?))+$"
)


def identifiers(said: Kin | NewDocument, words: str) -> list[str]:
    """`doi:10.…` and `isbn:978…` that are the document's own or, where its words name only one of a kind, may be."""
    every = f"{said.link} {said.guid} {said.title} {words}"
    if not any(mark in every for mark in ("10.", "isbn", "ISBN", "/97")):  # as most
        return []
    own, named = own_identifiers(said), _found(words)
    return [*own, *(one for kind in ("doi:", "isbn:") for one in _only(kind, named, own))]


def own_identifiers(said: Kin | NewDocument) -> set[str]:
    """Those in its address, its guid or its title."""
    return _found(f"{said.link} {said.guid} {said.title}")


def doi_of(link: str, guid: str, title: str) -> str:
    """The one DOI in them; '' where there is none, or more than one."""
    found = [one.removeprefix("doi:") for one in _found(f"{link} {guid} {title}") if one.startswith("doi:")]
    return found[0] if len(found) == 1 else ""


def _only(kind: str, named: set[str], own: set[str]) -> list[str]:
    """The one of its kind, where the document has none of its own."""
    of_kind = [one for one in named if one.startswith(kind)]
    return of_kind if len(of_kind) == 1 and not any(one.startswith(kind) for one in own) else []


def _found(text: str) -> set[str]:
    found = set()
    if "10." in text:
        found |= {f"doi:{_doi(one)}" for one in _DOI.findall(unquote(text) if "%" in text else text)}
    if "isbn" in text or "ISBN" in text:
        found |= {f"isbn:{isbn}" for one in _ISBN.findall(text) if (isbn := _isbn(one))}
    if "/97" in text:
        found |= {f"isbn:{isbn}" for one in _ENDING.findall(text) if (isbn := _isbn(one))}
    return found


def _doi(found: str) -> str:
    bare = found.lower().rstrip(".:)]}*_/")
    return _VIEW.sub("", bare) or bare


def _isbn(found: str) -> str:
    """With 13 digits; '' where the check digit is wrong."""
    digits = re.sub(r"[ -]", "", found).upper()
    if len(digits) == 13 and digits.isdigit():
        return digits if _check(digits[:12]) == digits[12] else ""
    if len(digits) != 10:
        return ""
    total = sum((10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits))
    return "" if total % 11 else f"978{digits[:9]}{_check(f'978{digits[:9]}')}"


def _check(twelve: str) -> str:
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve)) % 10)

"""The documents of an edition for a reference manager: RIS, and the JSON of the Citation Style Language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from curator.digest.forms.contents import Contents, Listed

_RESEARCH = "research"


def cited(contents: Contents) -> tuple[Listed, ...]:
    """Those of the section `research` where the edition has one, else all."""
    research = [section for section in contents.sections if section.slug == _RESEARCH]
    return tuple(each for section in research or contents.sections for each in section.documents)


def as_ris(contents: Contents) -> str:
    """RIS as reference managers read it: CR LF, two spaces before each hyphen; '' where nothing is cited."""
    records = ("".join(f"{tag}  - {value}\r\n" for tag, value in _ris(each)) for each in cited(contents))
    return "\r\n".join(f"{record}ER  - \r\n" for record in records)


def _ris(each: Listed) -> Iterator[tuple[str, str]]:
    """`RPRT` is what has a DOI or is a file, `ELEC` a page; no author is claimed, since no feed is sure of one."""
    day = each.published_on
    yield "TY", "RPRT" if _is_report(each) else "ELEC"
    yield "TI", each.original or each.title
    if each.original:
        yield "TT", each.title
    yield from ((tag, value) for tag, value in (("PB", each.publisher), ("DO", each.doi), ("UR", each.link)) if value)
    if day:
        yield "PY", f"{day.year}"
        yield "DA", f"{day:%Y/%m/%d}"
    if each.foreign or each.language:
        yield "LA", each.foreign or each.language
    if each.blurb:
        yield "N1" if each.by_editor else "AB", " ".join(each.blurb.split())


def as_csl(contents: Contents) -> str:
    """CSL-JSON (schema 1.0): a list, two spaces deep."""
    return json.dumps([_csl(each, contents) for each in cited(contents)], ensure_ascii=False, indent=2) + "\n"


def _csl(each: Listed, contents: Contents) -> dict[str, Any]:
    day = each.published_on
    said = {
        "id": f"{contents.id}-{each.document}",
        "type": "report" if _is_report(each) else "webpage",
        "title": each.original or each.title,
        "publisher": each.publisher,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "URL": each.link,
        "DOI": each.doi,
        "language": each.foreign or each.language,
        "note" if each.by_editor else "abstract": each.blurb,
    }
    return {name: value for name, value in said.items() if value}


def _is_report(each: Listed) -> bool:
    return bool(each.doi or each.file)

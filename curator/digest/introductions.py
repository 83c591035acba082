"""An edition's introduction, and within it what is said to each audience. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from curator.clean import fold
from curator.digest.definitions import Digest
from curator.taxonomy import Taxonomy

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")


def introductions(
    text: str, digest: Digest, taxonomy: Taxonomy, present: Container[str]
) -> tuple[str, Mapping[str, str]]:
    """The introduction to the whole, and by audience what stands below a heading that names it by slug or label; in a
    digest that does not group by audience all is the first. A heading that names none, or one that is not `present`
    in the edition, stays where it is with what is below it: nothing the editor wrote is lost."""
    if digest.group_by != "audience":
        return text, {}
    names = {fold(each.label): slug for slug, each in taxonomy.audiences.items()}
    names |= {fold(slug): slug for slug in taxonomy.audiences}
    parts: dict[str, list[str]] = {"": []}
    here, level = "", 0
    for line in text.split("\n"):
        heading = _HEADING.fullmatch(line)
        slug = names.get(fold(heading[2])) if heading else None
        if slug is None or slug not in present:
            parts[here].append(_raised(line, heading, level))
        else:
            here, level = slug, len(heading[1]) if heading else 0
            parts.setdefault(here, [])
    said = {slug: "\n".join(lines).strip() for slug, lines in parts.items()}
    return said.pop(""), said


def _raised(line: str, heading: re.Match[str] | None, by: int) -> str:
    """A heading below an audience's, `by` levels higher, so that the mail's levels follow each other."""
    return f"{'#' * max(len(heading[1]) - by, 1)} {heading[2]}" if heading and by else line

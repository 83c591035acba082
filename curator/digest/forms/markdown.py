"""An edition as Markdown (CommonMark): what a Markdown reader makes of it has the same headings, links and texts."""

from __future__ import annotations

from collections.abc import Iterator

from curator.digest.forms.briefing import Standing
from curator.digest.forms.contents import Contents, Group, Listed, shown_address
from curator.digest.forms.markdown_parts import after, glance, notice, standing
from curator.digest.forms.marked import editors, escaped, target


def as_markdown(contents: Contents) -> str:
    """The whole edition; blocks are parted by one empty line."""
    return "\n\n".join(block for block in _blocks(contents) if block) + "\n"


def _blocks(contents: Contents) -> Iterator[str]:
    yield f"# {escaped(contents.heading)}"
    yield escaped(" · ".join((contents.network, *contents.under, contents.dated)))
    yield from _deadlines(contents)
    yield editors(contents.introduction, 1)
    if contents.key_messages.strip():
        yield f"## {escaped(contents.words['key_messages'])}"
        yield editors(contents.key_messages, 2)
    if contents.briefing:
        yield from glance(contents.briefing, contents.words)
    standings = contents.standings
    for section in contents.sections:
        yield f"## {escaped(section.label)}"
        for group in section.groups:
            yield from _group(group, contents, standings.get((section.slug, group.key)))
    if not contents.sections:
        yield escaped(contents.words["empty"])
    if contents.briefing:
        yield from after(contents.briefing, contents.words)
    site = f"[{escaped(shown_address(contents.site))}]({target(contents.site)})" if contents.site else ""
    yield from ("---", " · ".join(part for part in (escaped(contents.network), site, escaped(contents.postal)) if part))


def _deadlines(contents: Contents) -> Iterator[str]:
    if due := contents.due:
        yield f"## {escaped(contents.words['deadlines'])}"
        yield "\n".join(f"- **{escaped(each.due)}** {_linked(each)}" for each in due)


def _group(group: Group, contents: Contents, country: Standing | None) -> Iterator[str]:
    if group.label:
        yield f"### {escaped(group.label)}"
    yield editors(group.introduction, 3)
    if country:
        yield from standing(country, contents.words)
    yield escaped(group.note)
    for each in group.documents:
        yield from _document(each, "####" if group.label else "###", contents)


def _document(each: Listed, mark: str, contents: Contents) -> Iterator[str]:
    yield f"{mark} {_linked(each)}"
    yield f"{escaped(contents.words['original'])} *{escaped(each.original)}*" if each.original else ""
    yield escaped(each.line)
    yield escaped(each.when)
    yield from notice(each.notice, mark, contents.words) if each.notice else _said(each, contents)


def _said(each: Listed, contents: Contents) -> Iterator[str]:
    quote = "> " if each.quoted else ""
    paragraphs = [quote + escaped(paragraph) for paragraph in each.blurb.split("\n\n") if paragraph]
    if each.quoted and each.source:
        paragraphs.append(quote + escaped(contents.words["quoted"].replace("{source}", each.source)))
    yield f"\n{quote.strip()}\n".join(paragraphs)


def _linked(each: Listed) -> str:
    return f"[{escaped(each.title)}]({target(each.link)})" if each.link else escaped(each.title)

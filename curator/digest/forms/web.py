"""An edition as a web page that stands alone: semantic HTML5, no script, nothing loaded from anywhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape
from pathlib import Path

from curator.digest.forms.briefing import Standing
from curator.digest.forms.contents import Contents, Group, Listed, Section, anchor, shown_address
from curator.digest.forms.web_parts import after, glance, notice, standing

_STYLE = Path(__file__).with_name("web.css")


def as_web_page(contents: Contents) -> str:
    """The whole page; the same contents give the same bytes."""
    return "\n".join(line for line in _page(contents) if line) + "\n"


def _page(contents: Contents) -> Iterator[str]:
    style = _STYLE.read_text(encoding="utf-8")
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(contents.language)}" dir="{escape(contents.direction)}">'
    yield '<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f'<meta name="description" content="{escape(contents.preheader)}">' if contents.preheader else ""
    yield f"<title>{escape(contents.subject or contents.name)}</title>"
    yield f"<style>{style}</style>\n</head>\n<body>"
    yield from _head(contents)
    yield "<main>"
    yield from _opening(contents)
    standings = contents.standings
    for section in contents.sections:
        yield from _section(section, contents, standings)
    yield "" if contents.sections else f"<p>{escape(contents.words['empty'])}</p>"
    if contents.briefing:
        yield from after(contents.briefing, contents.words)
    yield "</main>"
    yield from _foot(contents)
    yield "</body>\n</html>"


def _head(contents: Contents) -> Iterator[str]:
    yield f"<header>\n<p>{escape(contents.network)}</p>"
    yield f"<h1>{escape(contents.heading)}</h1>"
    yield from (f"<p>{escape(each)}</p>" for each in contents.under)
    yield f'<p><time datetime="{contents.date.isoformat()}">{escape(contents.dated)}</time></p>\n</header>'
    if len(contents.sections) > 1:
        yield f'<nav aria-label="{escape(contents.words["contents"])}">\n<ul>'
        for section in contents.sections:
            count = len(section.documents)
            yield f'<li><a href="#{escape(section.slug)}">{escape(section.label)}</a> ({count})</li>'
        yield "</ul>\n</nav>"


def _opening(contents: Contents) -> Iterator[str]:
    from curator.digest.render.filters import markdown

    if due := contents.due:
        heading = f'<h2 id="edition.due">{escape(contents.words["deadlines"])}</h2>'
        yield f'<section class="due" aria-labelledby="edition.due">\n{heading}\n<ul>'
        for each in due:
            yield f"<li>{_time(each.deadline, each.due)} {_linked(each)}</li>"
        yield "</ul>\n</section>"
    yield f'<div class="lead">{markdown(contents.introduction, 2)}</div>' if contents.introduction.strip() else ""
    if contents.key_messages.strip():
        heading = f'<h2 id="edition.key">{escape(contents.words["key_messages"])}</h2>'
        said = markdown(contents.key_messages, 3)
        yield f'<section class="key" aria-labelledby="edition.key">\n{heading}\n{said}\n</section>'
    if contents.briefing and contents.briefing.glanced:
        yield from glance(contents.briefing, contents.words, contents.headed)


def _section(section: Section, contents: Contents, standings: Mapping[tuple[str, str], Standing]) -> Iterator[str]:
    slug = escape(section.slug)
    yield f'<section aria-labelledby="{slug}">\n<h2 id="{slug}">{escape(section.label)}</h2>'
    for group in section.groups:
        yield from _group(section.slug, group, contents, standings.get((section.slug, group.key)))
    yield "</section>"


def _group(section: str, group: Group, contents: Contents, country: Standing | None) -> Iterator[str]:
    from curator.digest.render.filters import markdown

    yield f'<h3 id="{escape(anchor(section, group.key))}">{escape(group.label)}</h3>' if group.label else ""
    yield f'<div class="to">{markdown(group.introduction, 4)}</div>' if group.introduction.strip() else ""
    if country:
        yield from standing(country, contents.words)
    yield f'<p class="gap">{escape(group.note)}</p>' if group.note else ""
    for each in group.documents:
        yield from _document(each, "h4" if group.label else "h3", contents)


def _document(each: Listed, heading: str, contents: Contents) -> Iterator[str]:
    yield f'<article id="document-{each.document}">'
    yield f"<{heading}{_tongue(each.title_foreign)}>{_linked(each)}</{heading}>"
    if each.original:
        original = f"<span{_tongue(each.foreign)}>{escape(each.original)}</span>"
        yield f'<p class="original">{escape(contents.words["original"])} {original}</p>'
    yield f'<p class="line">{escape(each.line)}</p>' if each.line else ""
    yield f'<p class="when">{_time(each.starts, each.when)}</p>' if each.when else ""
    yield from notice(each.notice, heading, contents.words) if each.notice else _said(each, contents)
    yield "</article>"


def _said(each: Listed, contents: Contents) -> Iterator[str]:
    said = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in each.blurb.split("\n\n") if paragraph)
    if said and each.quoted:
        source = escape(contents.words["quoted"].replace("{source}", each.source)) if each.source else ""
        yield f"<blockquote{_tongue(each.foreign)}>\n{said}\n</blockquote>"
        yield f'<p class="source">{source}</p>' if source else ""
    else:
        yield said


def _foot(contents: Contents) -> Iterator[str]:
    yield f"<footer>\n<p>{escape(contents.network)}</p>"
    if contents.site:
        yield f'<p><a href="{escape(contents.site)}">{escape(shown_address(contents.site))}</a></p>'
    yield f"<p>{escape(contents.postal)}</p>" if contents.postal else ""
    yield "</footer>"


def _linked(each: Listed) -> str:
    return f'<a href="{escape(each.link)}">{escape(each.title)}</a>' if each.link else escape(each.title)


def _tongue(language: str) -> str:
    return f' lang="{escape(language)}" dir="auto"' if language else ""


def _time(moment: str, words: str) -> str:
    """The words with the day and the time for machines; HTML knows no zones by name, so the time stays that of the
    place."""
    day, _, rest = moment.partition(" ")
    clock = rest.partition(" ")[0]
    stamp = f"{day}T{clock}" if clock else day
    return f'<time datetime="{escape(stamp)}">{escape(words)}</time>' if stamp else escape(words)

"""What some digests have beside their documents, on the web page: a briefing's parts, the plan of a notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from curator.digest.forms.briefing import Annex, Brief, Standing
from curator.digest.forms.contents import Notice
from curator.digest.notice import PlanLine

Words = Mapping[str, str]


def glance(briefing: Brief, words: Words, places: Mapping[str, str]) -> Iterator[str]:
    """Which country has published what, a line for each, its name leading to its place where it has one."""
    yield from _opened("glance", words["at_a_glance"])
    yield f"<p>{escape(briefing.said)}</p>"
    yield "<ul>"
    yield from (f"<li>{_leading(country, places.get(country.key, ''))}</li>" for country in briefing.countries)
    yield "</ul>\n</section>"


def _leading(country: Standing, place: str) -> str:
    line, label = escape(country.line), escape(country.label)
    return line.replace(label, f'<a href="#{escape(place)}">{label}</a>', 1) if place else line


def standing(country: Standing, words: Words) -> Iterator[str]:
    """How a country stands: the fields that say something, and what is done well there."""
    for name, text in country.said:
        yield _field(words[name], escape(text), words)
    if country.examples:
        examples = "; ".join(each.shown for each in country.examples)
        yield f"<p>{escape(words['examples_here'].replace('{examples}', examples))}</p>"


def after(briefing: Brief, words: Words) -> Iterator[str]:
    """What comes after all documents: good practice elsewhere, what is asked of whom, annexes."""
    if briefing.elsewhere:
        yield from _opened("elsewhere", words["good_practice_elsewhere"])
        yield from _list(each.shown for each in briefing.elsewhere)
        yield "</section>"
    if briefing.asked:
        yield from _opened("asked", words["actions_by_actor"])
        for each in briefing.asked:
            yield f"<h3>{escape(each.actor)}</h3>"
            yield from _list(each.items)
        yield "</section>"
    for number, annex in enumerate(briefing.annexes, 1):
        yield from _annex(number, annex, words)


def _annex(number: int, annex: Annex, words: Words) -> Iterator[str]:
    from curator.digest.render.filters import markdown

    yield from _opened(f"annex-{number}", annex.heading)
    link = f'<a href="{escape(annex.link)}">{escape(words["full_text"].replace("{title}", annex.title))}</a>'
    yield f'<p class="line">{" · ".join(part for part in (escape(annex.publisher), link) if part)}</p>'
    for chapter in annex.chapters:
        yield f"<h3>{escape(chapter.heading)}</h3>"
        yield from (str(markdown(each, 4)) for each in chapter.conclusions)
    yield "</section>"


def notice(said: Notice, heading: str, words: Words) -> Iterator[str]:
    """Where, who receives, whom to ask, and the plan of each day as a list of times; `heading` is its title's tag."""
    from curator.digest.render.filters import linked

    for name in ("place", "host", "contact"):
        if text := getattr(said, name):
            yield _field(words[name], linked(text), words)
    yield from (f"<p>{linked(paragraph)}</p>" for paragraph in said.words)
    below = f"h{int(heading[1]) + 1}"
    for day in said.plan:
        dated = f'<time datetime="{day.on}">{escape(day.heading)}</time>'
        yield f"<{below}>{dated if day.on else escape(day.heading)}</{below}>"
        yield from _plan(day.lines)
    yield f'<p class="line">{escape(words["times_there"])}</p>' if said.plan else ""


def _plan(lines: Iterable[PlanLine]) -> Iterator[str]:
    said = [f"<li>{_clock(line)}{escape(line.what)}</li>" for line in lines]
    if said:
        yield '<ol class="plan" role="list">'
        yield from said
        yield "</ol>"


def _clock(line: PlanLine) -> str:
    times = "–".join(f"<time>{escape(each)}</time>" for each in (line.begins, line.ends) if each)
    return f"<strong>{times}</strong> " if times else ""


def _opened(slug: str, heading: str) -> Iterator[str]:
    yield f'<section aria-labelledby="edition.{slug}">'
    yield f'<h2 id="edition.{slug}">{escape(heading)}</h2>'


def _list(items: Iterable[str]) -> Iterator[str]:
    yield "<ul>"
    yield from (f"<li>{escape(item)}</li>" for item in items)
    yield "</ul>"


def _field(label: str, said: str, words: Words) -> str:
    """`Law: what it says`, as HTML, the label set apart as the language sets it."""
    before, _, after_ = words["field"].replace("{name}", label).partition("{said}")
    return f"<p><strong>{escape(before.strip())}</strong> {said}{escape(after_)}</p>"

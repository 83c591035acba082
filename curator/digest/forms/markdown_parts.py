"""What some digests have beside their documents, as Markdown: a briefing's parts, the plan of a notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from curator.digest.forms.briefing import Brief, Standing
from curator.digest.forms.contents import Notice
from curator.digest.forms.marked import editors, escaped, target
from curator.digest.notice import PlanLine

Words = Mapping[str, str]


def glance(briefing: Brief, words: Words) -> Iterator[str]:
    """Which country has published what, a line for each; nothing where there is nothing to see."""
    if briefing.glanced:
        yield f"## {escaped(words['at_a_glance'])}"
        yield escaped(briefing.said)
        yield _list(country.line for country in briefing.countries)


def standing(country: Standing, words: Words) -> Iterator[str]:
    """How a country stands: the fields that say something, and what is done well there."""
    for name, text in country.said:
        yield _field(words[name], text, words)
    if country.examples:
        yield escaped(words["examples_here"].replace("{examples}", "; ".join(each.shown for each in country.examples)))


def after(briefing: Brief, words: Words) -> Iterator[str]:
    """What comes after all documents: good practice elsewhere, what is asked of whom, annexes."""
    if briefing.elsewhere:
        yield f"## {escaped(words['good_practice_elsewhere'])}"
        yield _list(each.shown for each in briefing.elsewhere)
    if briefing.asked:
        yield f"## {escaped(words['actions_by_actor'])}"
        for each in briefing.asked:
            yield from (f"### {escaped(each.actor)}", _list(each.items))
    for annex in briefing.annexes:
        link = f"[{escaped(words['full_text'].replace('{title}', annex.title))}]({target(annex.link)})"
        yield f"## {escaped(annex.heading)}"
        yield " · ".join(part for part in (escaped(annex.publisher), link) if part)
        for chapter in annex.chapters:
            yield f"### {escaped(chapter.heading)}"
            yield from (editors(each, 3) for each in chapter.conclusions)


def notice(said: Notice, mark: str, words: Words) -> Iterator[str]:
    """Where, who receives, whom to ask, and the plan of each day as a list of times; `mark` is that of its title."""
    for name in ("place", "host", "contact"):
        if text := getattr(said, name):
            yield _field(words[name], text, words)
    yield from (escaped(paragraph) for paragraph in said.words)
    for day in said.plan:
        yield f"{mark}# {escaped(day.heading)}"
        yield _list_of(f"{_clock(line)}{escaped(line.what)}" for line in day.lines)
    yield escaped(words["times_there"]) if said.plan else ""


def _clock(line: PlanLine) -> str:
    times = "–".join(each for each in (line.begins, line.ends) if each)
    return f"**{escaped(times)}** " if times else ""


def _list(items: Iterable[str]) -> str:
    return _list_of(escaped(item) for item in items)


def _list_of(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _field(label: str, text: str, words: Words) -> str:
    before, _, after_ = words["field"].replace("{name}", label).partition("{said}")
    return f"**{escaped(before.strip())}** {escaped(text + after_)}"

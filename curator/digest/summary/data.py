"""A summary as JSON, for programs: the same that its page, its annex or its extract for one actor says."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from curator.digest.summary.values import Actions, Box, Chapter, Part, Summary

VERSION = 1


def as_json(summary: Summary, form: Literal["page", "annex", "extract"], actor: str = "") -> str:
    """Two spaces deep, one line end at the end; texts are Markdown."""
    front = {name: getattr(summary, name) for name in ("title", "link", "publisher", "language", "themes")}
    said = {"version": VERSION, "form": form, **front, **_body(summary, form, actor)}
    return msgspec.json.format(msgspec.json.encode(said), indent=2).decode() + "\n"


def _body(summary: Summary, form: str, actor: str) -> dict[str, Any]:
    if form == "extract":
        return {"actor": actor, "actions": [_actions(each) for each in summary.asked_of(actor)]}
    chapters = enumerate(summary.chapters, 1)
    if form == "page":
        return {
            "opening": [_part(part) for part in summary.opening],
            "chapters": [_chapter(number, chapter, chapter.parts) for number, chapter in chapters],
        }
    return {
        "chapters": [_chapter(number, each, each.conclusions) for number, each in chapters if each.conclusions],
        "actions": [_actions(each) for each in summary.actions],
        "practices": summary.practices,
    }


def _chapter(number: int, chapter: Chapter, parts: tuple[Part, ...]) -> dict[str, Any]:
    return {"number": number, "title": chapter.title, "parts": [_part(part) for part in parts]}


def _part(part: Part) -> dict[str, Any]:
    return {"heading": part.heading, "text": part.text, "asides": [_aside(each) for each in part.asides]}


def _aside(each: Box | Actions) -> dict[str, Any]:
    if isinstance(each, Actions):
        return _actions(each)
    return {"kind": "box", "number": each.number, "title": each.title, "items": each.items}


def _actions(each: Actions) -> dict[str, Any]:
    return {"kind": "actions", "area": each.area, "actors": each.actors, "items": each.items}

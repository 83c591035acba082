"""A summary as values: opening, chapters, parts, boxes, lists of actions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from curator.clean import fold

CONCLUSIONS = ("conclusion", "conclusions", "summary")
"""The last word of a part's heading that makes it its chapter's conclusion."""
_PLACED = re.compile(r"(?P<name>[^()]+?)\s*\((?P<place>[^()]+(?:\([^()]*\)[^()]*)?)\)?\)?")
_PRACTICE = "practice"


class Practice(msgspec.Struct, frozen=True):
    """One example of good practice."""

    name: str
    """What it is called."""
    place: str
    """Where it is, as written; may be empty."""

    @property
    def shown(self) -> str:
        """Its name, with its place in brackets where it has one."""
        return f"{self.name} ({self.place})" if self.place else self.name


class Box(msgspec.Struct, frozen=True):
    """Words set apart from the text."""

    number: int
    """Its number; 0 where it has none."""
    title: str
    """Its heading; may be empty where it is numbered."""
    items: tuple[str, ...]
    """Its lines, one sentence or name each."""

    @property
    def practices(self) -> tuple[Practice, ...]:
        """Its lines as examples of good practice, where its heading says that they are."""
        if _PRACTICE not in fold(self.title):
            return ()
        found = (_PLACED.fullmatch(item) for item in self.items)
        return tuple(Practice(each["name"], each["place"]) for each in found if each)


class Actions(msgspec.Struct, frozen=True):
    """What the document asks for in one area."""

    area: str
    """The area, as in “Financing”."""
    actors: tuple[str, ...]
    """Who should act; may be empty."""
    items: tuple[str, ...]
    """The actions, one sentence each."""

    def asks(self, actor: str) -> bool:
        """Whether these are for `actor`: one of its actors; where it names none, its area."""
        return fold(actor) in map(fold, self.actors or (self.area,))


class Part(msgspec.Struct, frozen=True):
    """A part of a chapter, or of what stands before the first."""

    heading: str
    """Its heading; empty for what stands right below the chapter's."""
    text: str
    """Markdown; may be empty."""
    asides: tuple[Box | Actions, ...] = ()
    """Its boxes and lists of actions, in order."""

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Its boxes, in order."""
        return tuple(each for each in self.asides if isinstance(each, Box))

    @property
    def actions(self) -> tuple[Actions, ...]:
        """Its lists of actions, in order."""
        return tuple(each for each in self.asides if isinstance(each, Actions))

    @property
    def concludes(self) -> bool:
        """Whether it is its chapter's conclusion."""
        return fold(self.heading).rpartition(" ")[2] in CONCLUSIONS


class Chapter(msgspec.Struct, frozen=True):
    """A chapter."""

    title: str
    """Its heading, without a number."""
    parts: tuple[Part, ...]
    """Its parts, in order."""

    @property
    def conclusions(self) -> tuple[Part, ...]:
        """Its parts that conclude it; most have one."""
        return tuple(part for part in self.parts if part.concludes and part.text)


class Summary(msgspec.Struct, frozen=True):
    """The summary of one document."""

    title: str
    """The document's title."""
    link: str
    """The address of its full text."""
    opening: tuple[Part, ...]
    """What stands before the first chapter."""
    chapters: tuple[Chapter, ...]
    """Its chapters, in order."""
    publisher: str = ""
    """Who issued the document; may be empty."""
    language: str = ""
    """Code of the language the summary is in; empty where nobody said."""
    themes: tuple[str, ...] = ()
    """Slugs of the themes it is about: briefings on these have it as an annex."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts, in reading order."""
        return (*self.opening, *(part for chapter in self.chapters for part in chapter.parts))

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Its numbered boxes, in reading order."""
        return tuple(box for part in self.parts for box in part.boxes if box.number)

    @property
    def actions(self) -> tuple[Actions, ...]:
        """Its lists of actions, in reading order."""
        return tuple(actions for part in self.parts for actions in part.actions)

    @property
    def practices(self) -> tuple[Practice, ...]:
        """The examples of good practice in all its boxes."""
        return tuple(practice for part in self.parts for box in part.boxes for practice in box.practices)

    @property
    def actors(self) -> tuple[str, ...]:
        """Who is asked for something: the actors named, and the areas of lists that name none; each once."""
        named = (actor for actions in self.actions for actor in actions.actors or (actions.area,))
        return tuple({fold(actor): actor for actor in reversed([*named])}.values())[::-1]

    def asked_of(self, actor: str) -> Iterator[Actions]:
        """The lists of actions that are for one actor."""
        return (actions for actions in self.actions if actions.asks(actor))

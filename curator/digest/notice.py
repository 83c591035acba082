"""A notice as an editor writes it into a blurb: where, who receives, whom to ask, and the plan of each day. Pure.

    Place: Trieste, Italy            one paragraph each, once stored
    ## Monday 5 October 2026
    09:00 Welcome

What a reader cannot be shown as a plan is shown as it is written, and is a fault for the check: nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time

import msgspec

from curator.clean import fold
from curator.days import day_in
from curator.models import Filed, Moment

FIELDS = ("place", "host", "contact")
_DAY = "## "
_FIELD = re.compile(r"([^\W\d_]+)[\s\u00a0]?:(?!//)\s*(.*)")
_HOUR = r"(\d{1,2})\s?[:.h]\s?(\d\d)(?!\d)"
_CLOCK = re.compile(rf"{_HOUR}(?:\s?(?:-|–|—|to)\s?{_HOUR})?\s*[:–—-]?\s+(\S.*)")


class PlanLine(msgspec.Struct, frozen=True):
    """One line of a day's plan."""

    begins: str
    """When it begins, as “09:00”; empty where the line does not say so."""
    ends: str
    """When it ends; empty where the line does not say so."""
    what: str
    """What happens then; the whole line where it cannot be read."""


class PlanDay(msgspec.Struct, frozen=True):
    """One day of a notice's plan."""

    on: date | None
    """The day; nothing where its heading names none."""
    heading: str
    """Its heading, as the editor wrote it."""
    lines: tuple[PlanLine, ...]
    """What happens, in the order written."""


class NoticeFault(msgspec.Struct, frozen=True):
    """What of a notice cannot be read, or cannot be so: `quoted` stands from character `start` of the blurb on."""

    code: str
    start: int
    quoted: str
    message: str


class Notice(msgspec.Struct, frozen=True):
    """What a blurb says as a notice."""

    place: str
    """Where it is; may be empty."""
    host: str
    """Who receives; may be empty."""
    contact: str
    """Whom to ask; may be empty."""
    words: tuple[str, ...]
    """All other paragraphs before the plan."""
    plan: tuple[PlanDay, ...]
    """Its days, in the order written."""
    faults: tuple[NoticeFault, ...] = ()
    """What of it cannot be read; the check tells each."""


def labels_of(said: Mapping[str, object]) -> dict[str, str]:
    """The field that each label stands for, folded: those of a language's words, and English."""
    return {fold(str(said.get(name, name))): name for name in FIELDS} | {name: name for name in FIELDS}


def lines_apart(text: str) -> str:
    """`text` with a blank line around each line that belongs to a notice, so that it stays a line of its own where
    blurbs are stored by paragraphs; any other text as it is."""
    lines = text.replace("\r\n", "\n").split("\n")
    fields = [found for line in lines if (found := _FIELD.fullmatch(line.strip()))]
    marked = len(fields) > 1 or any(fold(found[1]) in FIELDS for found in fields)
    if not marked and not any(line.startswith(_DAY) for line in lines):
        return text
    return "\n".join(f"\n{line}\n" if _belongs(line) else line for line in lines).strip("\n")


def read_notice(text: str, labels: Mapping[str, str]) -> Notice:
    """The notice that plain text says, its paragraphs apart by one blank line; `labels` as `labels_of` gives them."""
    reading = _Reading(labels)
    at = 0
    for paragraph in text.split("\n\n"):
        reading.line(paragraph, at)
        at += len(paragraph) + 2
    return reading.notice()


def outside(notice: Notice, text: str, starts: Moment | None, ends: Moment | None) -> Iterator[NoticeFault]:
    """The days of its plan that lie before it starts or after it ends."""
    at = 0
    for day in notice.plan:
        at = text.index(_DAY + day.heading, at)
        if day.on and starts and day.on < starts.on:
            yield _beyond(day, at, f"It is before the notice starts ({starts.on})", "starts")
        elif day.on and ends and day.on > ends.on:
            yield _beyond(day, at, f"It is after the notice ends ({ends.on})", "ends")
        at += len(_DAY)


def by_date(filed: Filed) -> date:
    """What notices are ordered by: when it starts, else ends, else closes; without a date, last."""
    review = filed.review
    moment = review.starts or review.ends or review.deadline
    return moment.on if moment else date.max


def _beyond(day: PlanDay, at: int, what: str, option: str) -> NoticeFault:
    message = f"{what}; change the day, or say --{option} {day.on}."
    return NoticeFault("notice-day", at, _DAY + day.heading, message)


def _belongs(line: str) -> bool:
    return bool(line.startswith(_DAY) or _FIELD.fullmatch(line.strip()) or _CLOCK.fullmatch(line.strip()))


def _clock(hour: str | None, minute: str | None) -> str:
    """As “09:00”; '' for none. Raises ValueError where no clock shows it."""
    return f"{time(int(hour), int(minute)):%H:%M}" if hour and minute else ""


class _Reading:
    """What has been read of a notice so far."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self._fields: dict[str, str] = {}
        self._words: list[str] = []
        self._days: list[tuple[date | None, str, list[PlanLine]]] = []
        self._faults: list[NoticeFault] = []

    def notice(self) -> Notice:
        place, host, contact = (self._fields.get(name, "") for name in FIELDS)
        plan = tuple(PlanDay(on, heading, tuple(lines)) for on, heading, lines in self._days)
        return Notice(place, host, contact, tuple(self._words), plan, tuple(self._faults))

    def line(self, text: str, at: int) -> None:
        if text.startswith(_DAY):
            self._day(text.removeprefix(_DAY).strip(), text, at)
        elif (found := _FIELD.fullmatch(text)) and (name := self._labels.get(fold(found[1]))):
            self._field(name, found[1], found[2].strip(), text, at)
        elif self._days:
            self._days[-1][2].append(self._planned(text, at))
        elif text:
            self._words.append(text)

    def _day(self, heading: str, text: str, at: int) -> None:
        found = day_in(heading)
        if found is None:
            self._fault("notice-day", at, text, "It names no day; write it as “## Monday 5 October 2026”.")
        self._days.append((found.date() if found else None, heading, []))

    def _field(self, name: str, label: str, value: str, text: str, at: int) -> None:
        if not value:
            self._fault("notice-line", at, text, f"Nothing stands after “{label}:”; write it, or take the line away.")
        elif name in self._fields:
            self._fault("notice-line", at, text, f"“{label}” is said twice; put both into one line.")
        self._fields[name] = "; ".join(each for each in (self._fields.get(name, ""), value) if each)

    def _planned(self, text: str, at: int) -> PlanLine:
        found = _CLOCK.fullmatch(text)
        try:
            if found:
                return PlanLine(_clock(found[1], found[2]), _clock(found[3], found[4]), found[5])
        except ValueError:
            found = None
        self._fault("notice-line", at, text, "A line of a plan begins with a time; write it as “09:00 Welcome”.")
        return PlanLine("", "", text)

    def _fault(self, code: str, at: int, quoted: str, message: str) -> None:
        self._faults.append(NoticeFault(code, at, quoted, message))

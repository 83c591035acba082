"""The dates of an edition as a calendar (RFC 5545): every start and every deadline on the clock of its own place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from curator.digest.forms.clocks import clock
from curator.digest.forms.contents import Contents, Listed
from curator.models import Moment

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_PRODUCT = "-//curator//edition//EN"


def as_calendar(contents: Contents) -> bytes:
    """One event for each document that starts, and one for each deadline; b"" where there is neither, since a calendar
    without an event is none.

    An id stays that of the document's date through all editions, so that a calendar that takes in the next edition's
    file changes what it has. Deadlines and days are events of a day, busy to nobody."""
    from icalendar import Calendar

    events = [event for each in contents.documents for event in _events(each, contents)]
    if not events:
        return b""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", f"{contents.name} {contents.number}")
    calendar.add("x-wr-calname", f"{contents.name} {contents.number}")
    for event in events:
        calendar.add_component(event)
    _add_clocks(calendar, [moment.on.year for each in contents.documents for moment in _moments(each)])
    return bytes(calendar.to_ical())


def _add_clocks(calendar: Calendar, years: Sequence[int]) -> None:
    """The rules of every zone that is named in it, before the events, in order of their names."""
    names = sorted(calendar.get_missing_tzids())
    calendar.subcomponents[:0] = [clock(name, min(years), max(years)) for name in names]


def _moments(each: Listed) -> list[Moment]:
    return [Moment.stored(text) for text in (each.starts, each.ends, each.deadline) if text]


def _events(each: Listed, contents: Contents) -> Iterator[Event]:
    if each.starts:
        start = Moment.stored(each.starts)
        event = _event(each, contents, "start", each.title)
        event.add("dtstart", _value(start))
        if each.ends:
            event.add("dtend", _end(start, Moment.stored(each.ends)))
        event.add("transp", "OPAQUE" if start.at else "TRANSPARENT")
        yield event
    if each.deadline:
        event = _event(each, contents, "deadline", contents.words["closes"].replace("{title}", each.title))
        event.add("dtstart", _value(Moment.stored(each.deadline)))
        event.add("transp", "TRANSPARENT")
        yield event


def _event(each: Listed, contents: Contents, kind: str, summary: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"document-{each.document}-{kind}@{contents.domain}")
    event.add("dtstamp", datetime.combine(contents.date, time(), UTC))
    event.add("sequence", contents.number)
    event.add("summary", summary)
    description = "\n\n".join(part for part in (each.line, each.blurb, each.link) if part)
    if description:
        event.add("description", description)
    if each.notice and each.notice.place:
        event.add("location", each.notice.place)
    if each.link:
        event.add("url", each.link)
    return event


def _value(moment: Moment) -> date | datetime:
    return moment.instant or moment.on


def _end(start: Moment, end: Moment) -> date | datetime:
    """Of the same kind as the start; a last day lasts until the next begins."""
    if start.at is None:
        return end.on + timedelta(days=1)
    return end.instant or datetime.combine(end.on + timedelta(days=1), time(), ZoneInfo(start.zone))

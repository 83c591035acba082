"""The calendar read strictly as RFC 5545 has it, by a reader of the tests' own that knows zones only from the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from curator.models import Moment
from tests.digest.test_forms import calendar, dated

_LINE = re.compile(r'(?P<name>[A-Z][A-Z0-9-]*)(?P<given>(?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(?P<value>.*)')
_LOCAL, _INSTANT, _DAY = r"\d{8}T\d{6}", r"\d{8}T\d{6}Z", r"\d{8}"
_TEXT = re.compile(r"(?:[^\\,;\x00-\x08\x0a-\x1f\x7f]|\\[\\,;nN])*")
_TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME", "COMMENT")
_ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "SEQUENCE", "URL", "TRANSP", "LOCATION")
ZONES = (
    *("Pacific/Auckland", "America/Vancouver", "Europe/Stockholm", "Europe/London", "Europe/Dublin"),
    *("Australia/Lord_Howe", "Australia/Brisbane", "Africa/Casablanca", "America/Sao_Paulo", "Asia/Kathmandu"),
)


@dataclass
class Part:
    """A component: its lines (name, parameters, value) and the components in it."""

    name: str
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def said(self, name: str) -> list[str]:
        return [value for each, _, value in self.lines if each == name]


def read(data: bytes) -> Part:
    """Fails at whatever the RFC does not allow: line ends, lengths, the form of a line, nesting, texts unescaped."""
    assert data.endswith(b"\r\n")
    raw = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 and b"\r" not in line and b"\n" not in line for line in raw)
    for each in raw:
        each.decode()  # no letter is torn between two lines
    root = Part("")
    stack = [root]
    for line in data[:-2].replace(b"\r\n ", b"").decode().split("\r\n"):
        found = _LINE.fullmatch(line)
        assert found, line
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            stack[-1].parts.append(Part(value))
            stack.append(stack[-1].parts[-1])
        elif name == "END":
            assert stack.pop().name == value
        else:
            assert name not in _TEXTS or _TEXT.fullmatch(value), line
            stack[-1].lines.append((name, found["given"], value))
    assert len(stack) == 1 and [each.name for each in root.parts] == ["VCALENDAR"]
    return root.parts[0]


def offset_at(zone: Part, local: datetime) -> timedelta:
    """That of the observance whose onset, on the clock before it, is the last that is not after `local`."""
    onsets = [
        (datetime.strptime(at, "%Y%m%dT%H%M%S"), part)
        for part in zone.parts
        for at in ",".join((*part.said("DTSTART"), *part.said("RDATE"))).split(",")
    ]
    return _offset(max((one for one in onsets if one[0] <= local), key=lambda one: one[0])[1].said("TZOFFSETTO")[0])


def _offset(written: str) -> timedelta:
    found = re.fullmatch(r"([+-])(\d\d)(\d\d)", written)
    assert found, written
    return timedelta(hours=int(found[2]), minutes=int(found[3])) * (1 if found[1] == "+" else -1)


def instants(data: bytes) -> Iterator[datetime]:
    """The start of every event, by the rules of the file alone."""
    whole = read(data)
    zones = {part.said("TZID")[0]: part for part in whole.parts if part.name == "VTIMEZONE"}
    for event in (part for part in whole.parts if part.name == "VEVENT"):
        ((_, given, value),) = [line for line in event.lines if line[0] == "DTSTART"]
        local = datetime.strptime(value, "%Y%m%dT%H%M%S")
        yield (local - offset_at(zones[given.removeprefix(";TZID=")], local)).replace(tzinfo=UTC)


@pytest.mark.parametrize("zone", ZONES)
def test_each_hour_about_each_change_of_the_clock_is_the_instant_it_was(zone: str) -> None:
    clock, step = ZoneInfo(zone), timedelta(hours=1)
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    changes = [
        at
        for hour in range(2 * 365 * 24)
        if (at := begin + hour * step).astimezone(clock).utcoffset() != (at + step).astimezone(clock).utcoffset()
    ]
    asked = [begin + timedelta(days=180), *(at + hours * step for at in changes for hours in (-3, -2, 1, 2, 3))]
    local = [at.astimezone(clock) for at in asked]
    local = [at for at in local if at.replace(fold=0).utcoffset() == at.replace(fold=1).utcoffset()]  # read in one way
    documents = [dated(number, starts=Moment(at.date(), at.time(), zone)) for number, at in enumerate(local, 1)]
    assert sorted(instants(calendar(*documents))) == sorted(at.astimezone(UTC) for at in local)


@pytest.mark.parametrize("zone", ZONES)
def test_each_change_of_a_clock_is_told_by_the_clock_before_it(zone: str) -> None:
    (told,) = read(calendar(dated(1, starts=Moment(date(2026, 6, 3), time(9), zone)))).parts[:1]
    for part in told.parts:
        before, after = (_offset(part.said(name)[0]) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
        for onset in ",".join((*part.said("DTSTART"), *part.said("RDATE"))).split(","):
            at = (datetime.strptime(onset, "%Y%m%dT%H%M%S") - before).replace(tzinfo=UTC)
            assert at.astimezone(ZoneInfo(zone)).utcoffset() == after
            was = (at - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).utcoffset()
            assert was == before


def test_every_event_is_whole() -> None:
    late = Moment(date(2026, 12, 3), time(15), "America/Vancouver")
    data = calendar(
        dated(1, "Ända, till; slutet\\ – " * 12, starts=late),
        dated(2, starts=late, ends=Moment(date(2026, 12, 3), time(16), "America/Vancouver")),
        dated(3, starts=Moment(date(2026, 12, 31)), ends=Moment(date(2027, 1, 2)), deadline=Moment(date(2026, 12, 1))),
    )
    events = [part for part in read(data).parts if part.name == "VEVENT"]
    assert len({event.said("UID")[0] for event in events}) == len(events) == 4
    for event in events:
        names = [name for name, _, _ in event.lines]
        assert all(names.count(name) <= 1 for name in _ONCE) and {"UID", "DTSTAMP", "DTSTART"} <= set(names)
        assert re.fullmatch(_INSTANT, event.said("DTSTAMP")[0])
        for name, given, value in event.lines:
            if name in ("DTSTART", "DTEND"):
                assert re.fullmatch(_DAY if "VALUE=DATE" in given else _LOCAL, value)
    assert [event.said("DTEND") for event in events] == [[], ["20261203T160000"], ["20270103"], []]

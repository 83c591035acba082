"""How the desk writes short things: days, codes, numbers, and text cut to a column. Pure.

Everything a feed said passes `fit` or `plain`: no control or direction character reaches the terminal, and columns
are counted in cells, so that wide characters break none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo

from rich.cells import cell_len, set_cell_size

from curator.clean import plain_line
from curator.matches import Spans
from curator.models import Filed
from curator.taxonomy import Taxonomy

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def plain(text: str) -> str:
    """One safe line."""
    return plain_line(text)


def fit(text: str, width: int) -> str:
    """One safe line of exactly `width` cells, cut with … where it is longer."""
    line = plain_line(text, 4 * max(width, 1))
    if line.isascii() and len(line) <= width:  # as most are
        return line.ljust(width)
    if cell_len(line) <= width:
        return set_cell_size(line, width)
    return set_cell_size(set_cell_size(line, max(width - 1, 0)).rstrip() + "…", width) if width > 0 else ""


def marked(text: str, spans: Spans, name: str) -> list[tuple[str, str]]:
    """`text` in the pieces of a row: what stands in `spans` under `found`, the rest under `name`."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [(text[at:start], name), (text[start:end], "found")]
        at = max(at, end)
    return [piece for piece in (*pieces, (text[at:], name)) if piece[0]]


def short_day(at: datetime, now: datetime, zone: tzinfo) -> str:
    """`21 Nov` this year and within half a year of now, `Nov 2016` beyond: always at most 8 cells."""
    day = at.astimezone(zone)
    if day.year == now.astimezone(zone).year or abs((now - at).days) < 183:
        return f"{day.day:>2} {MONTHS[day.month - 1]}"
    return f"{MONTHS[day.month - 1]} {day.year}"


def long_day(at: datetime, zone: tzinfo) -> str:
    """`21 November 2026` where the network is."""
    day = at.astimezone(zone)
    return f"{day.day} {day:%B} {day.year}"


def short_count(number: int) -> str:
    """`999`, and `75k` for thousands, rounded down."""
    return str(number) if number < 1000 else f"{number // 1000}k"


def short_country(code: str) -> str:
    """`SE`, and `SCT` for `GB-SCT`: the part that tells them apart."""
    return code.rpartition("-")[2]


def short_countries(filed: Filed, taxonomy: Taxonomy) -> str:
    """The first country of a document, with + where there are more; the organisation that issued it (`who`)
    where there is none."""
    codes = [code for code in filed.countries if code not in taxonomy.organisations]
    if codes:
        return short_country(codes[0]) + ("+" if len(codes) > 1 else "")
    publisher = filed.document.publisher or ""
    return publisher if publisher in taxonomy.organisations else ""


def short_section(filed: Filed) -> str:
    """The first three letters: `pol`, `res`, `web`."""
    return (filed.section or "")[:3]


def counted(n: int, noun: str, plural: str = "") -> str:
    """`1 document`, `1,204 documents`."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


_BARS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[int]) -> str:
    """One cell for each value, the most as the highest bar; `·` for nothing."""
    most = max(values, default=0)
    return "".join(_BARS[(len(_BARS) * value - 1) // most] if value else "·" for value in values)

"""A document as one quotes it elsewhere: its address, a citation, a Markdown link, a quotation. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal
from zoneinfo import ZoneInfo

from curator.clean import plain_line
from curator.digest.wording import published_on, shown_blurb, shown_title
from curator.models import Filed

Form = Literal["address", "citation", "markdown", "quotation"]
FORMS: dict[Form, str] = {
    "address": "The address alone",
    "citation": "Title, publisher, date and address in one line",
    "markdown": "A Markdown link with publisher and date",
    "quotation": "The words of the blurb or the excerpt, and where they are from",
}
_IN_MARKDOWN = str.maketrans({one: f"\\{one}" for one in "\\`*_[]<>#|~"})
_IN_TARGET = str.maketrans({"(": "%28", ")": "%29"})


def cite(filed: Filed, publisher: str, address: str, zone: ZoneInfo, form: Form) -> str:
    """`filed` in `form`, without a line end. `publisher` in words; the day is the network's (`zone`), left out where
    only that of the pull is known. `address` '' where there is none that a reader could open."""
    title, words = shown_title(filed.document), ", ".join(_issued(filed, publisher, zone))
    match form:
        case "address":
            return address
        case "citation":
            return " ".join(part for part in (_sentence(title), f"{words}." if words else "", address) if part)
        case "markdown":
            label = title.translate(_IN_MARKDOWN)
            linked = f"[{label}]({address.translate(_IN_TARGET)})" if address else label
            return f"{linked} ({words.translate(_IN_MARKDOWN)})" if words else linked
        case "quotation":
            said = shown_blurb(filed)
            source = " ".join(part for part in (f"{', '.join(one for one in (title, words) if one)}.", address) if part)
            return f"“{said}”\n— {source}" if said else f"— {source}"


def _issued(filed: Filed, publisher: str, zone: ZoneInfo) -> Iterable[str]:
    """Publisher and day, what there is of them."""
    day = published_on(filed.document, zone)
    yield from (word for word in (plain_line(publisher), f"{day.day} {day:%B} {day.year}" if day else "") if word)


def _sentence(title: str) -> str:
    return title if title.endswith((".", "?", "!", "…")) else f"{title}."

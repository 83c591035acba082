"""Every code of the lint with its level. What each means, with an example, is in docs/check.md."""

from __future__ import annotations

import msgspec

from curator.models import Level


class Code(msgspec.Struct, frozen=True):
    """`what` is one line for a list of codes."""

    level: Level
    what: str


CODES: dict[str, Code] = {
    "count": Code("warning", "another number is claimed than is listed"),
    "members": Code("warning", "another number of members is claimed than the network has, or some are missing"),
    "name": Code("warning", "a country or an organisation is not called so"),
    "old-name": Code("note", "a country or an organisation is called otherwise by now"),
    "weekday": Code("warning", "the day of the week is not that of the date"),
    "no-such-day": Code("warning", "there is no such day"),
    "range": Code("warning", "it ends before it begins, or days follow in no order"),
    "no-zone": Code("warning", "a time of a webinar without its zone"),
    "date-forms": Code("note", "days are written in several ways"),
    "doubled-word": Code("warning", "a word stands twice"),
    "slip": Code("warning", "a word in another's place, or in the wrong form"),
    "spelling": Code("warning", "a word that no dictionary knows"),
    "no-dictionary": Code("note", "the spelling of a language cannot be checked"),
    "space": Code("warning", "a space too many or too few"),
    "apostrophe": Code("warning", "an apostrophe in a plural"),
    "capitals": Code("note", "all in capitals, or capitals within a word"),
    "no-stop": Code("note", "a last sentence without its stop"),
    "unpaired": Code("warning", "a bracket or a quotation mark without its other"),
    "mixed-spelling": Code("note", "one word is spelled in two ways"),
    "empty-link": Code("warning", "a link text that says nothing"),
    "tracking": Code("note", "an address that tracks its readers"),
    "dead-link": Code("warning", "a link that leads nowhere"),
    "moved-link": Code("note", "a link whose page has moved for good"),
    "doubtful-link": Code("note", "a link that could not be looked at"),
    "quotation": Code("warning", "a quotation that its source does not hold"),
    "points-at-nothing": Code("warning", "“see below” where nothing is below"),
    "left-over": Code("warning", "what was left over from a web page or a draft"),
    "numbering": Code("note", "a numbered section is left out"),
}

"""The reading pane: what the feed said, what the editor said, what curator would say and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message

from curator.clean import plain_text
from curator.desk.widgets.broken import Named, Part
from curator.desk.widgets.found_body import FoundBody
from curator.desk.widgets.words import counted, long_day, plain, short_country
from curator.matches import Matcher
from curator.models import Family, Filed, Suggested, Suggestions, Tie
from curator.taxonomy import Taxonomy

MOST_TEXT = 20_000
"""Characters of a document's text that are shown: some ten pages. The rest is behind `o`."""


class Reader(FoundBody, can_focus=True):
    """Shows one document. It is given models and works nothing out. `feeds` are their names by slug."""

    inks = "reader"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"reader--dim", "reader--accent", "reader--found"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "match(1)", show=False),
        Binding("N", "match(-1)", show=False),
    ]

    def __init__(
        self,
        taxonomy: Taxonomy,
        feeds: Mapping[str, str],
        *,
        zone: tzinfo = UTC,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._taxonomy, self._feeds, self._zone = taxonomy, feeds, zone
        self._filed: Filed | None = None
        self._owed = False
        self._suggested: Suggestions | None = None
        self._family: Family | None = None

    # ------------------------------------------------------------ data down

    def show_document(
        self, filed: Filed | None, suggested: Suggestions | None = None, family: Family | None = None
    ) -> None:
        """Another document, or the same with more known about it; only another one scrolls back to the top."""
        another = filed is None or self._filed is None or self._filed.id != filed.id
        self._filed, self._suggested, self._family = filed, suggested, family
        if another:
            self.here = -1
            self.scroll_home(animate=False, immediate=True)
        self._redraw()

    @property
    def shown(self) -> Filed | None:
        return self._filed

    def seek(self, sought: Matcher, *, turning: bool = False) -> None:
        """Mark these words from now on; `turning`: in the document that is to be shown next."""
        if sought != self.sought:
            self.sought, self.here = sought, -1
            if not turning:
                self._redraw()

    # ------------------------------------------------------------ from match to match

    @dataclass
    class Matched(Message):
        """The reader stands at match `number` of `total`, from 1; 0 of 0 where nothing is marked."""

        number: int
        total: int

    def action_match(self, by: int) -> None:
        """To the next match, or the one before; from the last on to the first again, as in vim."""
        if self.total:
            self.here = (self.here + by) % self.total if self.here >= 0 else self._first_seen(by)
            line = self.line_of(self.here)
            if line is not None:
                self.scroll_to_region(Region(0, line, 1, 1).grow((2, 0, 2, 0)), animate=False, force=True)
        self.post_message(self.Matched(self.here + 1, self.total))

    def _first_seen(self, by: int) -> int:
        """Where to begin: at what is seen."""
        first = self.first_below(round(self.scroll_y))
        return first if by > 0 else (first - 1) % self.total

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _: self.call_after_refresh(self._recolour))

    def _recolour(self) -> None:
        self.show_focus()
        self._redraw()

    def on_show(self) -> None:
        if self._owed:
            self._redraw()

    def _redraw(self) -> None:
        """Also the same in other colours, or with other words marked; where it is not seen, once it is: laying it out
        would have the terminal draw the list's scroll bar anew."""
        self._owed = not self.display
        if self._owed:
            return
        self.count_anew()
        self.show_text(list(self._drawn(self._filed)) if self._filed else ())

    # ------------------------------------------------------------ drawing

    def _drawn(self, filed: Filed) -> Iterable[Part]:
        yield from self._head(filed)
        yield Text()
        yield from self._said(filed)
        if filed.blurb:
            yield Text()
            yield self._line("blurb", self._accent)
            yield self.mark(Text(plain_text(filed.blurb)), self._found)
        if self._suggested and (lines := list(self._proposed(filed, self._suggested))):
            yield Text()
            yield self._line("suggested", self._accent, " · a accepts")
            yield from self._table(lines)
        if self._family:
            yield from self._kin(filed, self._family)
        yield from self._words(filed)

    def _kin(self, filed: Filed, family: Family) -> Iterable[Part]:
        """Its relatives and why they are, then what may be one of them."""
        others = [one for one in family.members if one.id != filed.id]
        for word, documents, ties, more in (
            ("family", others, family.ties, " · x splits, i chooses who leads"),
            ("perhaps one with", family.strangers, family.proposed, " · + joins, - refuses"),
        ):
            if documents:
                yield Text()
                yield self._line(word, self._accent, more)
                yield from self._table(self._relative(one, ties) for one in documents)

    def _relative(self, one: Filed, ties: Iterable[Tie]) -> tuple[str, str, str]:
        reasons = [tie.reason for tie in ties if one.id in (tie.one, tie.other)]
        feeds = ", ".join(map(self._feed, one.document.feeds))
        return str(one.id), one.document.title, " · ".join([feeds, *reasons[:1]])

    def _head(self, filed: Filed) -> Iterable[Text]:
        document = filed.document
        yield self.mark(Text(plain(document.title) or "(no title)", style="bold"), self._found)
        publisher = (
            self._taxonomy.publisher_label(document.publisher) if document.publisher else self._feed(document.feed)
        )
        day = long_day(document.published_at, self._zone)
        known = "" if document.dated != "pull" else " (day of the pull)"
        yield Text(f"{plain(publisher)} · {day}{known}")
        language = f" · {plain(document.language)}" if document.language else ""
        yield Text(f"{plain(document.link)}{language}", style=self._dim, overflow="ellipsis", no_wrap=True)
        if filed.revised:
            yield Text(f"revised by its feed: curator show {filed.id} says how", style=self._dim)
        if document.lead:
            yield Text(f"folded to document {document.lead}", style=self._dim)
        elif document.family:
            yield Text(f"and {counted(len(document.family), 'relative')}", style=self._dim)

    def _said(self, filed: Filed) -> Iterable[Part]:
        review = filed.review
        rows: list[tuple[str, str, str]] = [(review.decision, self._when(filed), "")]
        source = "feed" if review.countries is None and filed.countries else ""
        rows.append(("country", ", ".join(map(self._country, filed.countries)) or "–", source))
        section = filed.section
        label = self._taxonomy.sections[section].label if section in self._taxonomy.sections else section or "–"
        rows.append(("section", label, "feed" if section and not review.section else ""))
        themes = (self._taxonomy.theme_label(slug) for slug in review.themes)
        rows.append(("theme", ", ".join(themes) or "–", ""))
        if review.audiences:
            rows.append(("for", ", ".join(map(self._taxonomy.audience_label, review.audiences)), ""))
        rows += [(name, str(moment), "") for name, moment in review.dates.items()]
        return self._table(rows)

    def _when(self, filed: Filed) -> str:
        review = filed.review
        until = f"until {review.later_until.isoformat()}" if review.later_until else ""
        by = f"by {plain(review.by)}" if review.by and review.decision != "inbox" else ""
        return " ".join(word for word in (until, by) if word)

    def _proposed(self, filed: Filed, suggested: Suggestions) -> Iterable[tuple[str, str, str]]:
        """What would be new: what the document has already is not proposed again."""
        review = filed.review
        if review.countries is None:
            for one in suggested.countries:
                yield "country", short_country(one.code), one.reason
        for one in suggested.themes:
            if one.code not in review.themes:
                yield "theme", self._taxonomy.theme_label(one.code), one.reason
        if suggested.section and not review.section:
            yield "section", self._section(suggested.section), suggested.section.reason

    def _table(self, rows: Iterable[tuple[str, str, str]]) -> Iterable[Named]:
        """What each is called, what it is, and why."""
        for name, value, reason in rows:
            text = Text(plain(value))
            if reason:
                text.append(f"  {plain(reason)}", style=self._dim)
            yield Named(name, text, self._dim)

    def _words(self, filed: Filed) -> Iterable[Text]:
        document = filed.document
        if document.excerpt:
            yield self.mark(Text("\n" + plain_text(document.excerpt)), self._found)
        text = plain_text(document.text[:MOST_TEXT])
        if text and text != plain_text(document.excerpt):
            yield self.mark(Text("\n" + text), self._found)
        if len(document.text) > MOST_TEXT:
            yield Text(f"\n… {len(document.text) - MOST_TEXT:,} characters more: o opens it.", style=self._dim)

    def _line(self, word: str, style: Style, more: str = "") -> Text:
        return Text.assemble((word, style + Style(bold=True)), (more, self._dim))

    # ------------------------------------------------------------ names and styles

    def _feed(self, slug: str) -> str:
        return self._feeds.get(slug, slug)

    def _country(self, code: str) -> str:
        return f"{short_country(code)} {self._taxonomy.country_label(code)}"

    def _section(self, one: Suggested) -> str:
        return self._taxonomy.sections[one.code].label if one.code in self._taxonomy.sections else one.code

    @property
    def _dim(self) -> Style:
        return Style(color=self.get_component_rich_style("reader--dim").color)

    @property
    def _found(self) -> Style:
        full = self.get_component_rich_style("reader--found")
        return Style(color=full.color, bold=full.bold, underline=full.underline)

    @property
    def _accent(self) -> Style:
        return Style(color=self.get_component_rich_style("reader--accent").color)

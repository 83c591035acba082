"""What the list is to show: a queue, one country, theme or feed of it, a saved search, words typed."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from msgspec.structs import replace
from textual import on

from curator.desk.screens.asking import Asking, something
from curator.desk.screens.picker import Picked, pick
from curator.desk.screens.selecting import SelectingScreen
from curator.desk.screens.survey import Acted, Asked, Worded, fault_of, sought_of
from curator.desk.widgets.bars import KeyBar
from curator.desk.widgets.choices import Choice
from curator.desk.widgets.reader import Reader
from curator.desk.widgets.search_bar import SearchBar
from curator.desk.widgets.sidebar import KEYED, Sidebar
from curator.desk.widgets.words import short_country
from curator.errors import UsageError
from curator.matches import matcher
from curator.models import DECISIONS
from curator.query import All, Is, Query, parse
from curator.workflow.bookmark import Bookmark
from curator.workflow.desk_file import Search, query_fault, save_search, searches
from curator.workflow.workspace import Workspace

_VOCABULARY = "curator.workflow.vocabulary"


class FindingScreen(SelectingScreen):
    """Changes what is asked for; what comes of it, the screen built on this shows."""

    _last_search = ""

    # ------------------------------------------------------------ queues

    def action_queue(self, decision: str) -> None:
        self.look(**(_WHOLE | {"queue": decision}), go_to=self.current_id)

    @on(Sidebar.QueueAsked)
    def _queue_asked(self, event: Sidebar.QueueAsked) -> None:
        self.action_queue(event.decision)

    def action_saved(self, number: int) -> None:
        """The saved search of that number, from 1."""
        if number <= len(self.tally.saved):
            self._show_saved(self.tally.saved[number - 1].name)
        else:
            self.say("No search is saved there yet. S saves what is shown.")

    @on(Sidebar.SavedAsked)
    def _saved_asked(self, event: Sidebar.SavedAsked) -> None:
        self._show_saved(event.name)

    def _show_saved(self, name: str) -> None:
        """Found by its name anew, since the file may say something else by now."""

        def found(own: Workspace) -> Search | None:
            return next((one for one in searches(own) if one.name == name), None)

        self.once_known(found, partial(self._show_search, name))

    def _show_search(self, name: str, found: Search | None) -> None:
        if found is None:
            self.say(f"desk.toml has no search “{name}” any more.", severity="warning")
            self.look()
        else:
            query = parse(found.query, self.workspace.taxonomy)
            self.look(
                **(_WHOLE | {"queue": decision_of(query), "saved": found.name, "within": found.query, "text": ""})
            )

    def action_save_search(self) -> None:
        query = as_query(self.asked)
        if not query:
            self.say("There is nothing to save: show a queue, a country or a search first.")
            return

        def save(name: str | None) -> None:
            if name is not None:
                self.ask(partial(_saved, name=name, query=query))

        question = f"Save what is shown beside the queues, under which name?\n\n{query}"
        keys, check = "Enter saves it · Esc leaves it", something("Give it a name.")
        self.app.push_screen(Asking(question, "crisis care", keys, check), save)

    # ------------------------------------------------------------ one country, theme, feed

    @on(Sidebar.Narrowed)
    def _narrowed(self, event: Sidebar.Narrowed) -> None:
        here = getattr(self.asked, event.axis)
        self.look(**{event.axis: "" if here == event.value else event.value}, go_to=self.current_id)

    def action_country(self) -> None:
        """Which countries there are in this queue, members first; one is shown alone."""
        counts = self.tally.counts.countries
        others = sorted(code for code in counts if code not in self.tally.members)
        label = self.workspace.taxonomy.country_label
        rows = [(code, label(code), short_country(code)) for code in (*self.tally.members, *others)]
        self._pick_one("country", "Show only what concerns", "All countries", rows, counts)

    def action_theme(self) -> None:
        rows = [(one.slug, one.label, "") for one in self.workspace.taxonomy.themes.values()]
        self._pick_one("theme", "Show only what is about", "All themes", rows, self.tally.counts.themes)

    def action_feed(self) -> None:
        rows = [(one.slug, one.name, "") for one in self.workspace.config.feeds]
        self._pick_one("feed", "Show only what came from", "All feeds", rows, self.tally.counts.feeds)

    def _pick_one(
        self, axis: str, title: str, all_of_them: str, rows: Iterable[tuple[str, str, str]], counts: Mapping[str, int]
    ) -> None:
        every = Choice("", all_of_them, words="every all")
        choices: Sequence[Choice] = [
            Choice(code, label, f"{counts.get(code, 0):,}", mark=mark) for code, label, mark in rows
        ]
        picked = [*choices, every] if not getattr(self.asked, axis) else [every, *choices]

        def show(answer: Picked) -> None:
            if answer:
                self.look(**{axis: answer[0]}, go_to=self.current_id)

        pick(self.app, title, picked, show)

    # ------------------------------------------------------------ words typed

    def action_search(self) -> None:
        self.query_one(SearchBar).open(self.asked.text)
        self.prepare_search()

    def prepare_search(self) -> None:
        """Look up what the fields can be now, and what makes a search quick."""
        self.ask(_worded, looking=True, yielding=True)
        self.ask(_look_ahead, looking=True, yielding=True)

    @on(Worded)
    def _worded(self, event: Worded) -> None:
        self.query_one(SearchBar).vocabulary = event.vocabulary

    @on(SearchBar.Asked)
    def _searched(self, event: SearchBar.Asked) -> None:
        if not self.query_one(SearchBar).stands_for(event.text):
            return
        asked = replace(self.asked, text=event.text)
        try:
            sought_of(self.workspace, asked)
        except UsageError as error:
            self.query_one(SearchBar).fault(error.message)
            return
        if ":" in event.text:  # a field, whose names the library may have to say
            self.once_known(lambda own: fault_of(own, asked), partial(self._search, event.text))
        else:
            self._search(event.text, "")

    def _search(self, text: str, fault: str) -> None:
        """Unless the line says something else by now, or is closed."""
        if not self.query_one(SearchBar).stands_for(text):
            return
        self.query_one(SearchBar).fault(fault)
        if not fault and text != self.asked.text:
            self._last_search = text.strip() or self._last_search
            self.look(text=text)

    @on(SearchBar.Typing)
    def _typed_in(self, event: SearchBar.Typing) -> None:
        self.query_one(KeyBar).quiet = event.on

    @on(SearchBar.Done)
    def _search_done(self) -> None:
        """Leave the line, once it is known whether what stands there means anything."""
        if self.unsettled:
            self.once_known(lambda own: None, lambda _: self._leave_line())
        else:
            self._leave_line()

    def _leave_line(self) -> None:
        if self.query_one(SearchBar).faulty:
            return
        self.set_focus(self.listing, scroll_visible=False)  # at once: how it is understood may come any moment
        if self.query_one(SearchBar).text:
            self.query_one(SearchBar).become(self.asked.text)
        else:
            self.query_one(SearchBar).close()

    def understand(self, asked: Asked) -> None:
        """That this is meant by what is asked for; the line says so, unless it is typed in."""
        self.lookout.understand(asked)
        if not self.query_one(SearchBar).has_focus_within:
            self.query_one(SearchBar).become(asked.text)

    def show_kept(self, text: str) -> None:
        self.query_one(SearchBar).open(text)
        self.listing.focus()
        self.look(queue="kept", country="", text=text)

    def action_next_match(self) -> None:
        if self.asked.text or not self._last_search:
            self.listing.action_go(1)
            return
        self.query_one(SearchBar).open(self._last_search)
        self.listing.focus()
        self.look(text=self._last_search)

    def action_previous_match(self) -> None:
        self.listing.action_go(-1)

    def mark_found(self) -> None:
        """Mark the words searched for in the list and, once that is painted, in the reading pane."""
        self.listing.sought = matcher(sought_of(self.workspace, self.asked))
        self.call_after_refresh(self._mark_reading)

    def _mark_reading(self) -> None:
        reader = self.query_one(Reader)
        stays = reader.shown is not None and reader.shown.id == self.current_id
        reader.seek(self.listing.sought, turning=not stays)

    @on(Reader.Matched)
    def _matched(self, event: Reader.Matched) -> None:
        if event.total:
            self.note_keys(f"match {event.number} of {event.total}")
        else:
            self.say("Nothing is searched for here." if not self.asked.text else "Not in what is shown of this one.")

    def widen(self) -> bool:
        """End the search, then what narrows the list; whether there was anything to end."""
        bar = self.query_one(SearchBar)
        if bar.display:
            bar.close()
            self.look(text="", go_to=self.current_id)
            return True
        narrowed = any((self.asked.country, self.asked.theme, self.asked.feed))
        if narrowed:
            self.look(country="", theme="", feed="", go_to=self.current_id)
        return narrowed


_WHOLE: dict[str, str] = {"queue": "", "country": "", "theme": "", "feed": "", "saved": "", "within": ""}


def asked_of(workspace: Workspace, mark: Bookmark) -> Asked:
    """What was shown when the editor left, as far as it still means something."""
    saved = next((one for one in searches(workspace) if one.name == mark.saved), None) if mark.saved else None
    asked = Asked(
        queue=decision_of(parse(saved.query, workspace.taxonomy)) if saved else mark.queue,
        country=mark.country,
        theme=mark.theme,
        feed=mark.feed,
        text=mark.text,
        saved=saved.name if saved else "",
        within=saved.query if saved else "",
        go_to=mark.document,
    )
    feeds = {"", *(feed.slug for feed in workspace.config.feeds)}
    sound = asked.queue in ("", *DECISIONS) and asked.feed in feeds
    if not sound or query_fault(as_query(asked) or "*", workspace.taxonomy):
        return Asked(go_to=mark.document)
    return asked


def decision_of(query: Query) -> str:
    """The queue whose documents alone a query finds; '' where it finds those of several."""
    parts = query.parts if isinstance(query, All) else (query,)
    return next((one.value for one in parts if isinstance(one, Is) and one.field == "decision"), "")


def as_query(asked: Asked) -> str:
    """What is shown, in the query language; '' for everything."""
    fields = (("country", asked.country), ("theme", asked.theme), ("feed", asked.feed))
    parts = [f"({asked.within})" if asked.within and asked.text.strip() else asked.within]
    if asked.queue and not asked.within:
        parts.append(f"decision:{asked.queue}")
    parts += [f"{name}:{value}" for name, value in fields if value]
    text = asked.text.strip()
    parts.append(f"({text})" if " OR " in text and any(parts) else text)
    return " ".join(part for part in parts if part)


def _saved(workspace: Workspace, *, name: str, query: str) -> Acted:
    search = save_search(workspace, name, query)
    number = [one.name for one in searches(workspace)].index(search.name) + 1
    where = f"; g{number} shows it" if number <= KEYED else ""
    return Acted((), f"Saved as “{search.name}”{where}.")


def _worded(workspace: Workspace) -> Worded:
    if _VOCABULARY not in sys.modules:
        _import_for_good()
    from curator.workflow.vocabulary import vocabulary

    return Worded(vocabulary(workspace))


def _import_for_good() -> None:
    """With what editions need of publishers. What an import makes stays: looking through it for garbage would hold all
    keys up for a frame."""
    gc.disable()
    try:
        importlib.import_module(_VOCABULARY)
        gc.freeze()
    finally:
        gc.enable()


def _look_ahead(workspace: Workspace) -> None:
    workspace.library.documents.look_ahead()

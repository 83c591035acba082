"""Every command of the desk, declared once: bindings, palette, footer and help follow from this list.

The right hand moves (`j`, `k`, `gg`, `G` as in vim), the left decides: `s` keeps, `d` drops, `a` accepts. Digits are
counts, as in vim; what a key of two letters begins with `g` goes somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec
from msgspec.structs import replace
from textual.binding import Binding

Place = Literal["everywhere", "triage", "editions", "edition", "coverage", "feeds", "people", "roster", "journal"]

NAMES: dict[Place, str] = {
    "triage": "Triage",
    "editions": "Editions",
    "edition": "One edition",
    "coverage": "Coverage",
    "feeds": "Feeds",
    "people": "People",
    "roster": "One list, or the mails of an edition",
    "journal": "Journal",
    "everywhere": "Everywhere",
}
"""What the places are called, for help and palette."""


class Command(msgspec.Struct, frozen=True):
    """One thing an editor can do. `key` is as Textual names it, several with commas, two after each other with a space
    between; `label` stands in the footer,
    `help` is one sentence for help and palette. `action` is the method `action_…` of the screen (or of the app, for
    what is everywhere). `footer` says that it is one of the keys that matter where one is; `counts`, that it does as
    many documents from the cursor on as a number before it says."""

    place: Place
    action: str
    key: str
    label: str
    help: str
    footer: bool = False
    counts: bool = False

    @property
    def id(self) -> str:
        """What desk.toml calls it: `triage.tag-theme`; by its label where one action has several commands."""
        name = self.label if "(" in self.action else self.action
        return f"{self.place}.{re.sub('[^a-z0-9]+', '-', name.lower())}"

    @property
    def shown_key(self) -> str:
        """The first key as an editor would write it; all of them with spaces between in `shown_keys`."""
        return self.shown_keys.split("  ")[0]

    @property
    def shown_keys(self) -> str:
        return "  ".join(map(shown, self.key.split(",")))


def shown(key: str) -> str:
    """A key as an editor would write it."""
    return _SHOWN.get(key, key)


_SHOWN = {
    "comma": ",",
    "full_stop": ".",
    "semicolon": ";",
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "colon": ":",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "Esc",
    "enter": "Enter",
    "ctrl+r": "^r",
    "ctrl+p": "^p",
    "ctrl+d": "^d",
    "ctrl+u": "^u",
    "ctrl+q": "^q",
    "space": "Space",
    "asterisk": "*",
    "ctrl+g": "^g",
    "ctrl+z": "^z",
    "ctrl+l": "^l",
    "ctrl+e": "^e",
    "ctrl+y": "^y",
    "up": "↑",
    "left": "←",
    "right": "→",
    "down": "↓",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}

COMMANDS: tuple[Command, ...] = (
    # ---------------- triage: decide
    Command("triage", "keep", "s", "keep", "Keep the document for an edition.", footer=True, counts=True),
    Command(
        "triage",
        "drop",
        "d",
        "drop",
        "Drop the document; it stays in the library, out of the way.",
        footer=True,
        counts=True,
    ),
    Command(
        "triage",
        "later",
        "l",
        "later",
        "Put the document off, until a day or for good; it waits under Later.",
        counts=True,
    ),
    Command("triage", "reopen", "r", "reopen", "Put the document back into the inbox.", counts=True),
    Command(
        "triage",
        "accept",
        "a",
        "accept",
        "Accept the suggestions where you have said nothing yet.",
        footer=True,
        counts=True,
    ),
    Command("triage", "undo", "u", "undo", "Take your last act back; the cursor goes where it was done."),
    Command("triage", "redo", "U,ctrl+r", "redo", "Do again what you undid last."),
    # ---------------- triage: select
    Command(
        "triage",
        "select",
        "space",
        "select",
        "Select the document, or give it back; what follows is about all selected.",
    ),
    Command(
        "triage", "select_range", "v", "select a range", "Select from here to where the cursor goes; v again ends it."
    ),
    Command("triage", "select_all", "asterisk", "select all", "Select everything the list shows, however long it is."),
    # ---------------- triage: say something about it
    Command("triage", "tag_theme", "t", "theme", "Choose the document's themes, several at once.", footer=True),
    Command("triage", "tag_country", "c", "country", "Choose the countries the document concerns, several at once."),
    Command("triage", "tag_audience", "w", "who for", "Choose who the document is for, several at once."),
    Command("triage", "file", "f", "section", "File the document under a section."),
    Command("triage", "dates", "D", "dates", "Say when it starts, when it ends, and until when a reader can act."),
    Command("triage", "blurb", "b", "blurb", "Write the blurb beside the excerpt; Esc saves.", footer=True),
    Command("triage", "blurb_outside", "B", "blurb in $EDITOR", "Write the blurb in your own editor ($EDITOR)."),
    Command("triage", "browse", "o", "open", "Open the document's page in the browser."),
    Command("triage", "copy", "y", "copy", "Copy the address, a citation, a Markdown link or a quotation."),
    # ---------------- triage: which documents are one
    Command("triage", "join", "plus", "join", "Join the document with one that is proposed, or with another's number."),
    Command(
        "triage", "refuse", "minus", "refuse", "Say that a proposed document is another one; it is not asked again."
    ),
    Command("triage", "split", "x", "split", "Split a relative off the document's family; no pull puts it back."),
    Command("triage", "lead", "i", "lead", "Choose which of the family stands for it in lists and editions."),
    # ---------------- triage: find the next one
    Command("triage", "search", "slash", "find", "Search what is shown, with the query language; Esc ends it."),
    Command("triage", "next_match", "n", "next match", "Go to the next match, or bring the last search back."),
    Command("triage", "previous_match", "N", "previous match", "Go to the previous match."),
    Command("triage", "read", "enter", "read", "Read: into the reading pane, or over the list where there is no room."),
    Command(
        "triage", "back", "escape", "back", "Leave the reading pane, then give the selection back, then end the search."
    ),
    Command("triage", "reader_down", "J", "text down", "Scroll the reading pane down; the cursor stays."),
    Command("triage", "reader_up", "K", "text up", "Scroll the reading pane up; the cursor stays."),
    Command("triage", "queue('inbox')", "g i", "show the inbox", "Show the inbox: what nobody has decided on yet."),
    Command("triage", "queue('later')", "g l", "show later", "Show what was put off."),
    Command("triage", "queue('kept')", "g k", "show kept", "Show what was kept."),
    Command("triage", "queue('dropped')", "g d", "show dropped", "Show what was dropped."),
    Command("triage", "queue('')", "g a", "show all", "Show everything in the library."),
    Command("triage", "saved(1)", "g 1", "first saved search", "Show the first saved search."),
    Command("triage", "saved(2)", "g 2", "second saved search", "Show the second saved search."),
    Command("triage", "saved(3)", "g 3", "third saved search", "Show the third saved search."),
    Command("triage", "saved(4)", "g 4", "fourth saved search", "Show the fourth saved search."),
    Command("triage", "save_search", "S", "save search", "Save what is shown as a search beside the queues."),
    Command("triage", "country", "C", "one country", "Show one country only, or all again."),
    Command("triage", "theme", "T", "one theme", "Show one theme only, or all again."),
    Command("triage", "feed", "F", "one feed", "Show what one feed brought, or all again."),
    Command("triage", "sidebar", "z", "sidebar", "Hide or show the counts at the left."),
    Command("triage", "pull", "p", "pull", "Bring new documents from all feeds, in the background."),
    Command("triage", "editions", "e", "editions", "Go to the editions: draft, arrange, seal, send.", footer=True),
    Command("triage", "coverage", "O", "coverage", "See what was kept by theme and country, and what is silent."),
    Command("triage", "feeds", "I", "feeds", "See how the feeds are; pull, add and remove them."),
    # ---------------- feeds
    Command("feeds", "pull_one", "p", "pull", "Bring new documents of the feed, whatever it waits for.", footer=True),
    Command("feeds", "pull", "P", "pull all", "Bring new documents from all feeds.", footer=True),
    Command("feeds", "add", "a", "add", "Add a feed from its address, or from that of a page.", footer=True),
    Command("feeds", "retire", "r", "retire", "Pull the feed no more; it stays, and so do its documents.", footer=True),
    Command("feeds", "revive", "R", "revive", "Let a retired feed be pulled again."),
    Command("feeds", "accept", "A", "new address", "Take over the address that the feed has moved to for good."),
    Command("feeds", "remove", "x", "remove", "Take the feed out of feeds.toml; its documents stay."),
    Command("feeds", "undo", "u", "undo", "Take your last change of feeds.toml back.", footer=True),
    Command("feeds", "import", "i", "import OPML", "Take over the feeds of an OPML file."),
    Command("feeds", "export", "w", "export OPML", "Write all feeds into an OPML file."),
    Command("feeds", "browse", "o", "open", "Open the feed's address in the browser."),
    Command("feeds", "back", "escape,q", "back", "Back to triage.", footer=True),
    Command("triage", "people", "P", "people", "See the mailing lists, and what became of every mail."),
    # ---------------- people
    Command("people", "open", "enter", "open", "Open the list's people, or the edition's mails.", footer=True),
    Command("people", "back", "escape,q", "back", "Back to triage.", footer=True),
    # ---------------- roster
    Command("roster", "search", "slash", "find", "Find somebody by letters of what is known of them.", footer=True),
    Command("roster", "back", "escape,q", "back", "End the search, then back to the lists.", footer=True),
    # ---------------- coverage
    Command("coverage", "column(-1)", "h,left", "country to the left", "Go to the country at the left."),
    Command("coverage", "column(1)", "l,right", "country to the right", "Go to the country at the right."),
    Command("coverage", "open", "enter", "documents", "Show the documents of the cell in triage.", footer=True),
    Command(
        "coverage", "year(-1)", "left_square_bracket", "a year back", "Count the twelve months before.", footer=True
    ),
    Command("coverage", "year(1)", "right_square_bracket", "a year on", "Count the twelve months after.", footer=True),
    Command("coverage", "write", "w", "picture", "Write the picture into a file, SVG or PNG.", footer=True),
    Command("coverage", "back", "escape,q", "back", "Back to triage.", footer=True),
    Command("triage", "criteria", "g c", "criteria", "Read the selection criteria of the workspace (criteria.md)."),
    Command("triage", "journal", "A", "journal", "Go to the journal: who did what, and when."),
    # ---------------- journal
    Command("journal", "open", "enter", "go there", "Go to the document or the edition of the act.", footer=True),
    Command("journal", "undo", "u", "undo", "Take your last act back.", footer=True),
    Command("journal", "redo", "U,ctrl+r", "redo", "Do again what you undid last.", footer=True),
    Command("journal", "back", "escape,q", "back", "Back to triage.", footer=True),
    # ---------------- editions
    Command("editions", "open", "enter", "open", "Open the edition.", footer=True),
    Command("editions", "draft", "d", "draft", "Draft an edition of a digest, or refresh its draft.", footer=True),
    Command("editions", "back", "escape,q", "back", "Back to triage.", footer=True),
    # ---------------- one edition
    Command("edition", "move(1)", "J", "move down", "Move the document one place down in its group."),
    Command("edition", "move(-1)", "K", "move up", "Move the document one place up in its group."),
    Command("edition", "place", "p", "place", "Place the document in another section or group.", footer=True),
    Command("edition", "leave_out", "x", "leave out", "Leave the document out; refreshing does not bring it back."),
    Command("edition", "carry", "c", "carry over", "Keep the document for the next edition, which proposes it first."),
    Command("edition", "pin", "P", "pin", "Have a refresh keep the document where it stands, or not."),
    Command("edition", "blurb", "b", "blurb", "Write the document's blurb beside its excerpt; Esc saves."),
    Command("edition", "blurb_here", "B", "blurb here", "Write a blurb for this edition alone; empty takes it back."),
    Command("edition", "title_here", "t", "title here", "Write a title for this edition alone; empty takes it back."),
    Command("edition", "introduce", "i", "intro", "Write the introduction (Markdown); Esc saves.", footer=True),
    Command("edition", "key_messages", "y", "key messages", "Write the key messages (Markdown); Esc saves."),
    Command(
        "edition", "compare", "w", "compare", "Write how the country stands: law, policy, practice, data; Esc saves."
    ),
    Command("edition", "refresh_draft", "D", "refresh", "Select the documents anew; what you placed by hand stays."),
    Command("edition", "fold", "space", "fold", "Fold or unfold the section or group."),
    Command("edition", "fold_all", "z", "fold all", "Fold every section, or unfold them all."),
    Command("edition", "read", "enter", "show", "Show the place in the preview; over the list where there is no room."),
    Command("edition", "preview_down", "ctrl+e", "preview down", "Scroll the preview down."),
    Command("edition", "preview_up", "ctrl+y", "preview up", "Scroll the preview up."),
    Command("edition", "browse", "o", "browser", "Write the HTML and open it in the browser.", footer=True),
    Command("edition", "export", "e", "export", "Write it as web page, Markdown, PDF, calendar or references."),
    Command(
        "edition", "findings", "f", "findings", "List what the check found; Enter goes there, c corrects.", footer=True
    ),
    Command("edition", "seal", "S", "seal", "Seal: approve exactly these words to exactly these people.", footer=True),
    Command("edition", "unseal", "R", "unseal", "Take the seal back, so that the edition can change again."),
    Command("edition", "send", "M", "send", "Send the sealed edition; asks first, saying to how many.", footer=True),
    Command(
        "edition", "pause", "s", "pause", "Pause a send after the mail in hand; again goes on with those who wait."
    ),
    Command("edition", "undo", "u", "undo", "Take your last act back."),
    Command("edition", "redo", "U,ctrl+r", "redo", "Do again what you undid last."),
    Command("edition", "back", "escape,q", "back", "Back to the editions."),
    # ---------------- everywhere
    Command("everywhere", "help", "question_mark", "help", "What every key does where you are.", footer=True),
    Command("everywhere", "command_palette", "colon,ctrl+p", "commands", "Find any command by its name."),
    Command("everywhere", "shade", "ctrl+t", "light or dark", "Change between the light and the dark desk."),
    Command(
        "everywhere",
        "mouse",
        "ctrl+g",
        "mouse on or off",
        "Leave the mouse to the terminal, to select text with; or take it again.",
    ),
    Command("everywhere", "redraw", "ctrl+l", "draw anew", "Draw the screen anew, where something else wrote into it."),
    Command("everywhere", "shell", "ctrl+z", "to the shell", "Go to the shell beneath the desk; fg there comes back."),
    Command("everywhere", "leave", "q,ctrl+q", "leave", "Leave the desk. Everything is saved already."),
)

MOVING: tuple[tuple[str, str], ...] = (
    ("j  ↓   k  ↑", "next and previous row; 5j five rows on"),
    ("gg  Home   G  End", "first and last row; 12G the twelfth"),
    ("^d   ^u", "half a page down and up"),
    ("^f  PgDn   ^b  PgUp", "a page down and up"),
    ("H   M   L", "top, middle and bottom of what is seen"),
    ("m a   ' a", "mark the row with a letter, and go back to it"),
    (";", "show a letter at everything; typing it goes there"),
)
"""Keys every list knows, for help; the lists bind them."""


def commands_of(place: Place) -> tuple[Command, ...]:
    return tuple(command for command in COMMANDS if command.place == place)


def beyond(place: Place) -> Iterator[Command]:
    """What can be done in other places and not in this one; what several have, where it comes first."""
    seen = {one.label for one in (*commands_of(place), *commands_of("everywhere"))}
    for one in COMMANDS:
        if one.label not in seen:
            seen.add(one.label)
            yield one


def with_keys(commands: Iterable[Command], keys: Mapping[str, str]) -> tuple[Command, ...]:
    """The same commands under an editor's own keys: `keys` by id, as Textual names them."""
    return tuple(replace(one, key=keys.get(one.id, one.key)) for one in commands)


def bindings_of(place: Place) -> list[Binding]:
    """The bindings of a screen, or of the app for what is everywhere."""
    return [
        Binding(one.key, one.action, one.label, show=one.footer, tooltip=one.help, id=one.id)
        for one in commands_of(place)
    ]


def chords_of(place: Place) -> Mapping[str, str]:
    """The actions of two keys, by what is typed: `g i`."""
    return {one.key: f"screen.{one.action}" for one in commands_of(place) if " " in one.key}


def counted_of(place: Place) -> frozenset[str]:
    """The keys before which a number means so many documents."""
    return frozenset(key for one in commands_of(place) if one.counts for key in one.key.split(","))


def footer_of(place: Place) -> tuple[Command, ...]:
    """The keys that matter in `place`; help last."""
    return tuple(one for one in (*commands_of(place), *commands_of("everywhere")) if one.footer)


def named(place: Place, *actions: str) -> tuple[Command, ...]:
    """The commands of `place` with these actions, in this order; help last."""
    by_action = {one.action: one for one in (*commands_of("everywhere"), *commands_of(place))}
    return tuple(by_action[action] for action in (*actions, "help"))

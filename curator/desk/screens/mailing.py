"""Seal and send: approving an edition, and handing it over in a thread of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from threading import Event

from msgspec.structs import replace
from textual import on

from curator.desk.commands import Command, footer_of, named
from curator.desk.screens.asking import yes_to
from curator.desk.screens.checking import CheckingScreen
from curator.desk.screens.drawing import (
    Ready,
    Sending,
    SendOver,
    Sent,
    Written,
    found_words,
    ready,
    sending_in_words,
    sent_in_words,
)
from curator.desk.widgets.bars import Bar, KeyBar
from curator.desk.widgets.words import counted
from curator.workflow import edition as editions
from curator.workflow.send import Mailed, send
from curator.workflow.workspace import Workspace

_DRAFT = footer_of("edition")
_SEALED = named("edition", "send", "unseal", "browse", "findings", "export", "back")
_SENDING = named("edition", "pause")
_PAUSED = named("edition", "pause", "send", "browse", "findings", "export", "back")
_SENT = named("edition", "browse", "export", "findings", "back")


class MailingScreen(CheckingScreen):
    """`mailing` while mails go out; then one cannot leave. `paused` once the editor had it stop. `had`: how many had
    their mail before this go."""

    mailing: Mailed | None = None
    paused: Mailed | None = None
    had = 0
    _pause: Event

    # ------------------------------------------------------------ looking at it as it will be

    def action_browse(self) -> None:
        name = self.name_of_edition

        def write(workspace: Workspace) -> Written:
            path = editions.preview(workspace, name).html
            return Written(path.resolve().as_uri(), str(path))

        self.ask(write)

    @on(Written)
    def _written(self, event: Written) -> None:
        if not self.browse(event.address):
            self.say(f"There is no browser to open here. The page is {event.shown}", title="Written")

    # ------------------------------------------------------------ sealing

    def action_seal(self) -> None:
        name = self.name_of_edition
        self._act(lambda workspace: editions.seal(workspace, name), "sealed", said=f"{name} is sealed. M sends it.")

    def action_unseal(self) -> None:
        name = self.name_of_edition
        said = f"{name} is a draft again."
        self._act(lambda workspace: editions.unseal(workspace, name), "a draft again", said=said)

    # ------------------------------------------------------------ sending

    def action_send(self) -> None:
        """The clerk looks first, after what was asked before it: whether the seal holds, and who waits for a mail."""
        name = self.name_of_edition
        if not self.mailing:
            self.once_known(lambda workspace: ready(workspace, name), self._ask_for_yes, in_turn=True)

    def _ask_for_yes(self, event: Ready) -> None:
        """Where nobody waits there is nothing to ask: the send mails nobody, and says what became of everybody."""
        if not event.waiting:
            self._confirmed("yes", event)
            return
        whom = counted(event.waiting, "person", "people")
        already = f" {counted(event.already, 'person has', 'people have')} it already." if event.already else ""
        question = (
            f"Send {event.edition.id} to {whom} on the list “{event.to}”?{already}\n\n"
            f"{event.edition.subject}\n\nA mail cannot be called back."
        )
        self.app.push_screen(yes_to(question, "sends", grave=True), partial(self._confirmed, ready=event))

    def _confirmed(self, yes: str | None, ready: Ready) -> None:
        if yes is None:
            self.say("Nothing was sent.")
            return
        self.had = ready.already
        self._begin(Mailed(ready.waiting))

    def _begin(self, left: Mailed) -> None:
        self.mailing, self.paused, self._pause = left, None, Event()
        self.show_head()
        self.in_thread("send", self._send, over=SendOver())

    def action_pause(self) -> None:
        """Pause after the mail in hand; what was paused goes on with those who wait, as the ledger knows them."""
        if self.mailing:
            self._pause.set()
            self.show_head()
        elif self.paused:
            self._begin(Mailed(self.paused.left))
        else:
            self.say("Nothing is being sent. M sends a sealed edition.")

    def _send(self) -> Sent:
        """Runs in its own thread."""
        with self.workspace.another() as own:
            pause = self._pause
            return Sent(send(own, self.name_of_edition, on_mail=self._on_mail, go_on=lambda: not pause.is_set()))

    def _on_mail(self, mailed: Mailed) -> None:
        self.post_message(Sending(mailed))

    @on(Sending)
    def _sending(self, event: Sending) -> None:
        if self.mailing:
            self.mailing = event.mailed
            self.show_head()

    @on(Sent)
    def _sent(self, event: Sent) -> None:
        if self._pause.is_set() and event.report.pending:
            self.paused = Mailed(event.report.pending)
            self.had += event.report.sent
            self.say(f"Paused: {sent_in_words(event.report)} s goes on; so does M, whenever you are back.")
            return
        doubtful = event.report.failed or event.report.unknown or event.report.pending
        self.say(
            sent_in_words(event.report),
            title=f"{self.name_of_edition} is sent" if not doubtful else self.name_of_edition,
            severity="warning" if doubtful else "information",
        )

    @on(SendOver)
    def _over(self) -> None:
        self.mailing = None
        self.draw()

    def show_head(self) -> None:
        """What edition this is, to whom it goes, and what the check or the sending says, in the top line."""
        if self.drawn is None:
            return
        edition, (to, people) = self.drawn.edition, self.drawn.to
        day = f"{edition.date.day} {edition.date:%b %Y}"
        top = self.query_one("#top", Bar)
        top.left = f"{edition.id} · {edition.status} · {day} · {people:,} {to}"
        top.right = self.mailing_words or (found_words(self.checked) if self.checked else "")
        top.attention = self.checked is not None and self.checked.grave > 0
        keys = self.query_one(KeyBar)
        keys.right = counted(len(edition.placements), "document")
        keys.show_commands(self._matters)

    @property
    def _matters(self) -> Sequence[Command]:
        """The keys that matter now."""
        status = self.drawn.edition.status if self.drawn else "draft"
        if self.mailing:
            return _SENDING
        if status == "sealed":
            return _PAUSED if self.paused else _SEALED
        return _SENT if status == "sent" else _DRAFT

    @property
    def mailing_words(self) -> str:
        if self.mailing:
            so_far = replace(self.mailing, sent=self.mailing.sent + self.had)
            return sending_in_words(so_far, self._pause.is_set())
        waits = self.paused and self.drawn and self.drawn.edition.status == "sealed"
        return f"paused, {self.paused.left:,} left · s goes on" if self.paused and waits else ""

    @property
    def busy(self) -> str:
        return "Mails are going out; wait until they are done, or pause them with s." if self.mailing else ""

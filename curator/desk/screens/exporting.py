"""`e`: an edition written in another form, chosen from a list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from textual import on
from textual.message import Message

from curator.desk.screens.mailing import MailingScreen
from curator.desk.screens.picker import Picked, pick
from curator.desk.widgets.choices import Choice
from curator.workflow.forms import FORMS, Form, export, written
from curator.workflow.workspace import Workspace


@dataclass
class Exported(Message):
    """Where the file lies."""

    path: str


class ExportingScreen(MailingScreen):
    """Asks for the form; the clerk makes and writes it, since paper takes a browser a few seconds."""

    def action_export(self) -> None:
        choices = [Choice(form, kind.what, kind.end) for form, kind in FORMS.items()]
        name = self.name_of_edition

        def picked(form: Picked) -> None:
            if form:
                self.ask(partial(_written, name, next(one for one in FORMS if one == form[0])))

        pick(self.app, f"Write {name} as", choices, picked)

    @on(Exported)
    def _exported(self, event: Exported) -> None:
        self.say(f"It is in {event.path}", title="Written")


def _written(name: str, form: Form, workspace: Workspace) -> Exported:
    return Exported(str(written(workspace, export(workspace, name, form))))

"""`y`: what is copied of the documents, and how it reaches the editor's clipboard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from curator.desk.screens.picker import Picked, pick
from curator.desk.screens.selecting import SelectingScreen
from curator.desk.screens.targets import Targets
from curator.desk.widgets.choices import Choice
from curator.workflow.workspace import Workspace

if TYPE_CHECKING:
    from curator.digest.citation import Form


@dataclass
class Copied(Message):
    """`text` lies in the workspace's file; the clipboard is the terminal's."""

    text: str


class CopyingScreen(SelectingScreen):
    """Hands text to the terminal (OSC 52). None answers whether it took it, so that it is always in a file too."""

    def action_copy(self) -> None:
        from curator.digest.citation import FORMS

        targets = self.targets()
        if not targets:
            return
        choices = [Choice(form, form.capitalize(), hint) for form, hint in FORMS.items()]

        def picked(form: Picked) -> None:
            if form:
                self.ask(partial(_copied, targets, next(one for one in FORMS if one == form[0])))

        pick(self.app, f"Copy · {self.words_for(targets)}", choices, picked)

    @on(Copied)
    def _copied(self, event: Copied) -> None:
        from curator.workflow.cite import COPIED

        self.app.copy_to_clipboard(event.text)
        self.say(f"Copied. Where the terminal keeps it from the clipboard, it is in {COPIED}.")


def _copied(targets: Targets, form: Form, workspace: Workspace) -> Copied:
    from curator.workflow.cite import copied  # with all that mails need of links

    return Copied(copied(workspace, targets.chosen(workspace), form))

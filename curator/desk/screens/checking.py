"""What the check found in an edition, and what the editor does about it."""

from __future__ import annotations

from functools import partial

from textual import on

from curator.desk.screens.arranging import ArrangingScreen
from curator.desk.screens.drawing import Asked, AskOver, Checked, Sought
from curator.desk.screens.remarks import Remark, Remarks
from curator.desk.widgets.words import counted
from curator.models import Finding
from curator.workflow import check as verbs
from curator.workflow.known_words import know
from curator.workflow.mending import mend


class CheckingScreen(ArrangingScreen):
    """`checked` is the last check; after a word was put right the list opens again where it was."""

    checked: Checked | None = None
    _again: int | None = None
    _asking_links = False

    def action_findings(self) -> None:
        self._list(0)

    def _list(self, cursor: int) -> None:
        if self.checked is None:
            return
        self.app.push_screen(Remarks(self.checked.findings, cursor), partial(self._do, self.checked.findings))

    def list_again(self) -> None:
        """Call it when a new check is there."""
        if self._again is not None and self.is_active:
            cursor, self._again = self._again, None
            self._list(cursor)

    def _do(self, findings: list[Finding], remark: Remark | None) -> None:
        if remark is None:
            return
        if remark.verb == "links":
            self._ask_links()
            return
        finding = findings[remark.index]
        if remark.verb == "go":
            self.post_message(Sought(finding))
        elif not self._is_shut() and self._can(remark, finding):
            self._again = remark.index
            getattr(self, f"_{remark.verb}")(finding)

    def _can(self, remark: Remark, finding: Finding) -> bool:
        """Whether it can be done; otherwise it is said why."""
        spot = finding.spot
        why = ""
        if remark.verb == "mend" and (spot is None or spot.mend is None):
            why = "Here only you can tell what is meant; Enter goes there."
        elif remark.verb == "accept" and finding.level == "error":
            why = "This blocks the seal; it must be mended."
        elif remark.verb == "know" and (finding.code != "spelling" or spot is None):
            why = "This is not about a word's spelling; a says that it is right so."
        if why:
            self.say(why, severity="warning")
        return not why

    def _mend(self, finding: Finding) -> None:
        name = self.name_of_edition
        self._act(lambda workspace: mend(workspace, name, [finding]), "corrected", said="Corrected; u takes it back.")

    def _accept(self, finding: Finding) -> None:
        name = self.name_of_edition
        said = "It is right so; u takes it back."
        self._act(lambda workspace: verbs.accept(workspace, name, [finding]), "accepted", said=said)

    def _know(self, finding: Finding) -> None:
        word = finding.spot.quoted if finding.spot else ""
        said = f"“{word}” is right from now on (words.txt)."
        self._act(lambda workspace: know(workspace.path, word), "noted as right", said=said)

    # ------------------------------------------------------------ links

    def _ask_links(self) -> None:
        """In a thread of their own: servers may take their time."""
        if self._asking_links:
            self.say("The links are being asked already.")
            return
        self._asking_links = True
        self.say("Asking the links; what was asked within a week is remembered.")
        self.in_thread("links", self._links, over=AskOver(), looking=True)

    def _links(self) -> Asked:
        """Runs in its own thread."""
        from curator.workflow.links import look_at_links

        with self.workspace.another() as own:
            looked = look_at_links(own, self.name_of_edition)
        return Asked(len(looked), sum(1 for one in looked.values() if one.answer == "dead"))

    @on(AskOver)
    def _ask_over(self) -> None:
        self._asking_links = False

    @on(Asked)
    def _links_answered(self, event: Asked) -> None:
        dead = f"{counted(event.dead, 'is', 'are')} dead" if event.dead else "none is dead"
        self.say(f"{counted(event.links, 'link')} asked: {dead}. f lists what was found.")
        self.check_soon()

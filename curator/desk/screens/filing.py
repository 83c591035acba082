"""Where a document belongs: countries, themes, audiences, section and dates, for one or for all that are selected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from curator.days.moments import zones
from curator.desk.screens.acting import ActingScreen
from curator.desk.screens.asking import Asking
from curator.desk.screens.naming import once_named
from curator.desk.screens.picker import Picked, pick
from curator.desk.screens.tagging import choices_of, section_choices, tagging_of, taken_lately, taken_of
from curator.desk.screens.targets import Targets
from curator.models import Axis, Filed, Suggestions
from curator.workflow import dates, triage
from curator.workflow.workspace import Workspace

_READ_AT_ONCE = 200
_TITLES: dict[Axis, str] = {"country": "Countries", "theme": "Themes", "audience": "Who it is for"}


class FilingScreen(ActingScreen):
    """`suggested` is what is suggested for the document under the cursor, once that is known; `lately` what was taken
    last of each axis."""

    suggested: Suggestions | None = None
    lately: Mapping[str, tuple[str, ...]] = {}

    def action_tag_country(self) -> None:
        self._tag("country")

    def action_tag_theme(self) -> None:
        self._tag("theme")

    def action_tag_audience(self) -> None:
        self._tag("audience")

    def _tag(self, axis: Axis) -> None:
        targets = self.targets()
        if not targets:
            return
        members = self.workspace.config.network.countries
        suggested = (self.suggested or Suggestions()) if targets.alone else Suggestions()
        choices = choices_of(axis, self.workspace.taxonomy, members, suggested, self.lately.get(axis, ()))
        before, title = self._in_common(axis, targets), f"{_TITLES[axis]} · {self.words_for(targets)}"
        new = "theme" if axis == "theme" else ""

        def tag(after: tuple[str, ...]) -> None:
            self.lately = taken_lately(self.lately, axis, [code for code in after if code not in before])
            self._tag_all(targets, tagging_of(axis, before, after))

        def picked(after: Picked) -> None:
            if after is not None and set(after) != set(before):
                once_named(self, after, tag)

        pick(self.app, title, choices, picked, before, several=True, new=new)

    def _read(self, targets: Targets) -> Sequence[Filed]:
        """None of them where they are more than can be read at once."""
        few = targets.whole is None and len(targets.numbers) <= _READ_AT_ONCE
        return self.window.some(targets.numbers) if few else ()

    def _in_common(self, axis: Axis, targets: Targets) -> tuple[str, ...]:
        """What all of them have; of more than can be read at once nothing is known, and nothing taken away."""
        taken = [taken_of(axis, filed) for filed in self._read(targets)]
        return tuple(code for code in taken[0] if all(code in codes for codes in taken)) if taken else ()

    def action_file(self) -> None:
        targets = self.targets()
        if not targets:
            return
        alone = self._read(targets) if targets.alone else ()
        suggested = self.suggested.section if self.suggested and alone else None
        default = alone[0].document.feed_section if alone else None
        choices = section_choices(self.workspace.taxonomy, suggested, default)

        def picked(after: Picked) -> None:
            if after is not None:
                self._tag_all(targets, triage.Tagging(section=after[0]))

        taken = tuple(filed.review.section for filed in alone if filed.review.section)
        title = f"Section · {self.words_for(targets)}"
        pick(self.app, title, choices, picked, taken)

    def action_dates(self) -> None:
        """The names of the time zones are read before, so that no answer waits for them."""
        if targets := self.targets():
            self.once_known(lambda _: zones(), lambda _: self._ask_for_dates(targets))

    def _ask_for_dates(self, targets: Targets) -> None:
        def said(text: str | None) -> None:
            if text is not None and text.strip() != before:
                self._tag_all(targets, triage.dates_of_one_line(self.workspace, text))

        before = dates.in_one_line(self._read(targets))
        question = f"Starts, ends, deadline\n\n{self.words_for(targets)}"
        hint, keys = "deadline 2026-12-03 15:00 America/Vancouver", "starts · ends · deadline · Enter sets, Esc leaves"
        check = partial(triage.dates_of_one_line, self.workspace)
        self.app.push_screen(Asking(question, hint, keys, check, value=before), said)

    def _tag_all(self, targets: Targets, tagging: triage.Tagging) -> None:
        """The selection stays: what is tagged is often decided on next."""

        def tag(workspace: Workspace, found: Iterable[Filed]) -> int:
            return triage.tag(workspace, found, tagging)

        if (number := targets.alone) is not None:
            self._act(number, lambda workspace: tag(workspace, workspace.library.documents.pick([number])), "tagged")
        else:
            self.once_sure(targets, "Tag", partial(self._act_on_all, targets, tag, "tagged"))

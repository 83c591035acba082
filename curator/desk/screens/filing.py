"""Where a document belongs: countries, themes, audiences, section and dates, for one or for all that are selected."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from curator.days.moments import zones
from curator.desk.screens.acting import ActingScreen
from curator.desk.screens.asking import Asking
from curator.desk.screens.picker import Picked, Picker
from curator.desk.screens.tagging import choices_of, section_choices, tagging_of, taken_of
from curator.models import Axis, Suggestions
from curator.workflow import dates, triage
from curator.workflow.workspace import Workspace

_READ_AT_ONCE = 200
_TITLES: dict[Axis, str] = {"country": "Countries", "theme": "Themes", "audience": "Who it is for"}


class FilingScreen(ActingScreen):
    """`suggested` is what is suggested for the document under the cursor, once that is known."""

    suggested: Suggestions | None = None

    def action_tag_country(self) -> None:
        self._tag("country")

    def action_tag_theme(self) -> None:
        self._tag("theme")

    def action_tag_audience(self) -> None:
        self._tag("audience")

    def _tag(self, axis: Axis) -> None:
        numbers = self.targets()
        if not numbers:
            return
        members = self.workspace.config.network.countries
        suggested = (self.suggested or Suggestions()) if len(numbers) == 1 else Suggestions()
        choices = choices_of(axis, self.workspace.taxonomy, members, suggested)
        before = self._in_common(axis, numbers)

        def picked(after: Picked) -> None:
            if after is not None and set(after) != set(before):
                self._tag_all(numbers, tagging_of(axis, before, after))

        self.app.push_screen(Picker(f"{_TITLES[axis]} · {self.words_for(numbers)}", choices, before), picked)

    def _in_common(self, axis: Axis, numbers: list[int]) -> tuple[str, ...]:
        """What all of them have; of more than can be read at once nothing is known, and nothing taken away."""
        found = self.window.some(numbers) if len(numbers) <= _READ_AT_ONCE else ()
        taken = [taken_of(axis, filed) for filed in found]
        return tuple(code for code in taken[0] if all(code in codes for codes in taken)) if taken else ()

    def action_file(self) -> None:
        numbers = self.targets()
        if not numbers:
            return
        alone = self.window.some(numbers) if len(numbers) == 1 else ()
        suggested = self.suggested.section if self.suggested and alone else None
        default = alone[0].document.feed_section if alone else None
        choices = section_choices(self.workspace.taxonomy, suggested, default)

        def picked(after: Picked) -> None:
            if after is not None:
                self._tag_all(numbers, triage.Tagging(section=after[0]))

        taken = tuple(filed.review.section for filed in alone if filed.review.section)
        title = f"Section · {self.words_for(numbers)}"
        self.app.push_screen(Picker(title, choices, taken, several=False), picked)

    def action_dates(self) -> None:
        """The names of the time zones are read before, so that no answer waits for them."""
        if numbers := self.targets():
            self.once_known(lambda _: zones(), lambda _: self._ask_for_dates(numbers))

    def _ask_for_dates(self, numbers: list[int]) -> None:
        def said(text: str | None) -> None:
            if text is not None and text.strip() != before:
                self._tag_all(numbers, triage.dates_of_one_line(self.workspace, text))

        before = dates.in_one_line(self.window.some(numbers) if len(numbers) <= _READ_AT_ONCE else ())
        question = f"Starts, ends, deadline\n\n{self.words_for(numbers)}"
        hint, keys = "deadline 2026-12-03 15:00 America/Vancouver", "starts · ends · deadline · Enter sets, Esc leaves"
        check = partial(triage.dates_of_one_line, self.workspace)
        self.app.push_screen(Asking(question, hint, keys, check, value=before), said)

    def _tag_all(self, numbers: list[int], tagging: triage.Tagging) -> None:
        """The selection stays: what is tagged is often decided on next."""
        if len(numbers) == 1:
            self._act(numbers, partial(_tagged, numbers, tagging))
        else:
            act = partial(self._act_on_all, numbers, lambda some: partial(_tagged, some, tagging), "tagged")
            self.once_sure(numbers, "Tag", act)


def _tagged(numbers: Sequence[int], tagging: triage.Tagging, workspace: Workspace) -> int:
    return triage.tag(workspace, triage.gathered(workspace, numbers), tagging)

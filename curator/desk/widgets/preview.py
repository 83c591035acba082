"""The text of a mail as it will be read, beside the outline."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from curator.desk.widgets.pane import Pane


class Preview(Pane):
    """Lines of plain text. Templates have wrapped them; nothing here is markup."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static(id="preview-body", markup=False)

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    def show_text(self, text: str) -> None:
        """`text` has its lines; control characters are taken out of each."""
        self._lines = ["".join(c for c in line if c.isprintable()) for line in text.splitlines()]
        self.query_one("#preview-body", Static).update(Text("\n".join(self._lines)))

    def jump_to(self, words: str) -> None:
        """Scroll to the first line that holds `words`; stay where there is none."""
        for number, line in enumerate(self._lines):
            if words and words in line:
                self.scroll_to(y=max(number - 4, 0), animate=False)
                return

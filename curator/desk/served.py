"""The desk's end of a browser: what it draws goes to the program that serves it, and what is typed comes from there."""

from __future__ import annotations

from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp


class ServedDriver(WebDriver):
    """Leaves the desk in good order when the program that serves it is gone, however it ended."""

    def run_input_thread(self) -> None:
        super().run_input_thread()
        self._app.post_message(ExitApp())

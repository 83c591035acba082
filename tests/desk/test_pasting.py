"""What a terminal pastes without saying so is text, and what hands and scripts send in one read stays keys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from benchmarks.shelves import make
from curator.desk.pasting import GOES_ON_SECONDS, MOST_LETTERS, Pasted
from curator.library import Library
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, store
from tests.desk.tmux import Terminal
from tests.desk.triaging import DEEDS

TITLE = "National strategy for mental health and wellbeing"
WHAT_IS_SENT = {"Enter": "\r"}
SCRIPT = "".join(WHAT_IS_SENT.get(key, key) for deed in islice(cycle(DEEDS), 200) for key in deed.keys)


def heard(*reads: str, gap: float = 0.001) -> Iterator[str]:
    """What comes of `reads`, so many seconds apart: keys by their names, texts in quotation marks."""
    parser, pasted = XTermParser(), Pasted()
    for read in reads:
        for event in pasted.together(parser.feed(read), gap):
            yield f"“{event.text}”" if isinstance(event, events.Paste) else event.key


@pytest.mark.parametrize(
    "read",
    ["10j", "gg\r", "sdsdsd", "j" * 500, f"/{'housing recovery'}\r", "\x1b[A" * 100, SCRIPT, "tworkforce\rsd" * 30],
)
def test_what_hands_and_scripts_send_stays_keys(read: str) -> None:
    assert not [one for one in heard(read) if one.startswith("“")]


@pytest.mark.parametrize(
    "text", [TITLE, "https://example.org/a/page-of-theirs", f"{TITLE}\nd\n\ns\t*", "漢字" * MOST_LETTERS]
)
def test_what_is_pasted_is_one_text(text: str) -> None:
    assert list(heard(text.replace("\n", "\r"))) == [f"“{text}”"]
    assert list(heard(f"\x1b[200~{text}\x1b[201~")) == [f"“{text}”"]


def test_keys_around_a_paste_stay_keys() -> None:
    assert list(heard(f"\x1b[B{TITLE}\x1b[As")) == ["down", f"“{TITLE}”", "up", "s"]


def test_the_rest_of_a_paste_belongs_to_it_and_what_is_typed_after_it_does_not() -> None:
    assert list(heard(TITLE, "drop s\rd", "ds")) == [f"“{TITLE}”", "“drop s\nd”", "“ds”"]
    assert list(heard(TITLE, "\r", "ds")) == [f"“{TITLE}”", "enter", "d", "s"]
    assert list(heard(TITLE, "ds", gap=GOES_ON_SECONDS * 2)) == [f"“{TITLE}”", "d", "s"]


async def test_a_text_over_a_list_does_nothing_and_it_is_said_once(workspace: Workspace, sit: Sit) -> None:
    numbers = store(workspace)
    async with sit() as sitting:
        for _ in range(2):
            sitting.desk.post_message(events.Paste(TITLE))
        await sitting.press("s")
        assert [sitting.review(number).decision for number in numbers] == ["kept", *["inbox"] * 4]
        assert len(sitting.notes) == 1 and sitting.notes[0].startswith("What was pasted did nothing")
        await sitting.press("slash")
        sitting.desk.post_message(events.Paste("Crisis"))
        await sitting.until(lambda: sitting.titles == ["Crisis care at night"])
        assert len(sitting.notes) == 1


@pytest.mark.skipif(not shutil.which("tmux"), reason="there is no tmux here, the terminal of this test")
def test_tmux_pastes_plainly_over_the_list_and_nothing_is_done(tmp_path: Path) -> None:
    workspace = make(tmp_path / "shelf", 40)
    terminal = Terminal(workspace)
    terminal.open()
    terminal.sees("30 left")
    terminal.tmux("set-buffer", f"{TITLE}: all of this, adds\nand drops *\n" * 200)
    terminal.tmux("paste-buffer")
    terminal.sees("What was pasted did nothing", "30 left")
    terminal.press("Escape", "s")
    terminal.sees("29 left")
    terminal.close()
    with Library(workspace / "curator.db") as library:
        assert len(library.journal.latest()) == 1

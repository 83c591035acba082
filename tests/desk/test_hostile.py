"""A desk full of hostile words: they are shown as words, move nothing and mark nothing up."""

from __future__ import annotations

from curator.workflow.pull import pull
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, Sitting
from tests.desk.snapshots import strips_of
from tests.hostile.test_escapes import WORDS, hostile_feed
from tests.test_clean import is_safe


def screen(sitting: Sitting) -> str:
    strips = strips_of(sitting.desk.screen)
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def test_hostile_words_at_the_desk(workspace: Workspace, sit: Sit) -> None:
    (workspace.path / "feeds").mkdir()
    (workspace.path / "feeds" / "scotland.xml").write_bytes(hostile_feed())
    (workspace.path / "feeds" / "sweden.xml").write_bytes(b"\x1b[31m")
    pull(workspace)
    shown = ""
    async with sit(width=160) as sitting:
        count = len(sitting.titles)
        assert count >= len(WORDS) - 1
        for key in ["j"] * count + ["?", "escape", "t", "escape", "k", "b", "escape", "/", *"[bold", "escape"]:
            await sitting.press(key)
            lines = screen(sitting).split("\n")
            assert all(is_safe(line) for line in lines), [line for line in lines if not is_safe(line)]
            shown += "\n".join(lines)
        for number, _ in enumerate(WORDS):
            await sitting.press("k" if number % 2 else "d")
    for literal in ("[bold red]marked[/]", "$(touch owned)", "<script>alert(1)</script>", "{{ 7*7 }}"):
        assert literal in shown

"""The pictures of the README, made anew from the sample workspace: `make pictures`. Needs Chromium; no network.

desk.webp is the desk with some documents decided and worded; update.png the Update as a mail program shows it,
briefing.png Make it so on a phone in the dark.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from curator.desk.app import Desk
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.pull import pull
from curator.workflow.setup import demo
from curator.workflow.workspace import Workspace, open_workspace

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "curator" / "data" / "sample"
NOW = datetime(2016, 12, 13, 17, 0, tzinfo=UTC)
"""An hour in which the sample's feeds are fresh."""
MAILED = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
"""The demo has documents of any day; this is that of the mails."""
ENVIRON = {"CURATOR_EDITOR": "anna"}
DESK_SIZE, DESK_PIXELS = (160, 38), 1280
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.stderr.write("There is no Chromium to draw with; install one and try again.\n")
        return 2
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        picture_of_the_desk(folder, browser)
        pictures_of_the_mails(folder, browser)
    return 0


def picture_of_the_desk(folder: Path, browser: str) -> None:
    shutil.copytree(SAMPLE, folder / "desk")
    with open_workspace(folder / "desk", now=lambda: NOW, environ=ENVIRON) as workspace:
        pull(workspace)
        triage_some(workspace)
        drawing = asyncio.run(drawing_of(workspace))
    width, height = (float(size) for size in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)[0])
    local = re.sub(r"@font-face \{.*?\}", "", drawing, flags=re.S)
    page = folder / "desk.html"
    fitting = "body { margin: 0 } svg { display: block; width: 100vw }"
    page.write_text(f'<meta charset="utf-8"><style>{fitting}</style>{local}', encoding="utf-8")
    shoot(browser, page, HERE / "desk.webp", DESK_PIXELS, round(DESK_PIXELS * height / width))


def triage_some(workspace: Workspace) -> None:
    """A morning's beginning: some kept, some dropped, some put off, a few themes and blurbs already there."""
    found = triage.find(workspace, "decision:inbox", limit=0)
    triage.accept(workspace, found[3:9] + found[20:24])
    triage.decide(workspace, found[24:36], "kept")
    triage.decide(workspace, found[36:40], "dropped")
    triage.decide(workspace, found[40:42], "later")
    triage.tag(workspace, found[4:7], triage.Tagging(blurb="Two sentences that say why a reader should open it."))
    editions.draft(workspace, "update")


async def drawing_of(workspace: Workspace) -> str:
    desk = Desk(workspace)
    async with desk.run_test(size=DESK_SIZE) as pilot:
        while desk.screen.query("#list").first().total == 0:  # type: ignore[attr-defined]
            await pilot.pause()
        await pilot.press("j")
        await pilot.pause(1)
        return desk.export_screenshot(title="curator")


def pictures_of_the_mails(folder: Path, browser: str) -> None:
    made = demo(folder / "demo", now=lambda: MAILED, environ=ENVIRON)
    update, briefing = (one.html for one in made.previews)
    shoot(browser, update, HERE / "update.png", 700, 1000)
    dark = briefing.read_text(encoding="utf-8").replace("@media (prefers-color-scheme: dark)", "@media all")
    briefing.write_text(dark, encoding="utf-8")
    shoot(browser, briefing, HERE / "briefing.png", 390, 767)


def shoot(browser: str, page: Path, picture: Path, width: int, height: int) -> None:
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    command += [f"--window-size={width},{height}", f"--screenshot={picture}", page.resolve().as_uri()]
    subprocess.run(command, check=True, capture_output=True)
    sys.stdout.write(f"{picture.name}: {picture.stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    sys.exit(main())

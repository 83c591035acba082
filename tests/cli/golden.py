"""The golden JSON: one story from the first pull to the mail, every command's answer kept.

`python -m tests.cli.golden` writes the files anew; look at every changed line before committing.
"""

from __future__ import annotations

import json
import re
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.cli.world import NOW, Result, Shell, curator, filled_workspace, item, rss

FOLDER = Path(__file__).parent / "golden"
_HOSTS = ("isles.example.org", "north.example.com")
OPENED = NOW + timedelta(days=1, hours=1)
"""1 October, 08:00 in Stockholm: the Update's window is open."""


def story(folder: Path) -> dict[str, Result]:
    """Every step's name and what it answered, run in an empty folder."""
    steps: dict[str, Result] = {"init": curator("init", folder / "fresh", "--json")}
    shell = filled_workspace(folder / "network")
    isles = shell.folder / "feeds" / "isles.xml"
    isles.write_text(rss(item(3, "News of the isles, corrected", 22), item(5, "A webinar", 24)), encoding="utf-8")
    (shell.folder / "feeds" / "north.xml").unlink()
    (shell.folder / "others.opml").write_text(OPML, encoding="utf-8")
    (shell.folder / "guide.txt").write_text(GUIDE, encoding="utf-8")
    for name, words in _STEPS:
        said = words.split() if isinstance(words, str) else words
        steps[name] = shell(*(word.replace("DIR", str(shell.folder)) for word in said), "--json")
    steps["run"] = shell("run", "--json", now=OPENED)
    _proposals(shell, steps)
    steps["send-again"] = shell("send", "update-1", "--json", now=OPENED)
    steps["deliveries"] = shell("deliveries", "update-1", "--json", now=OPENED)
    _people(shell, steps)
    return steps


OPML = """\
<opml version="2.0"><body>
<outline text="Sweden"><outline text="Öst & Väst" xmlUrl="https://example.org/feed?a=1&b=2"/></outline>
<outline text="The Isles" xmlUrl="file:feeds/isles.xml"/>
<outline text="A filter" xmlUrl="|~/bin/filter"/>
</body></opml>
"""

GUIDE = """\
Chapter 1: Money
Beds in homes cost less (Box 1).

Box 1. Good practice examples
Crisis House (Cork, Ireland)

Money actions required:
Pay peers
"""

_STEPS: tuple[tuple[str, str | tuple[str, ...]], ...] = (
    ("pull", "pull"),
    ("feeds-list", "feeds list"),
    ("feeds-check", "feeds check"),
    ("feeds-add", "feeds add file:feeds/isles.xml#again --slug again --country SE --section news"),
    ("feeds-remove-again", "feeds remove again"),
    ("feeds-import", "feeds import DIR/others.opml"),
    ("feeds-retire", "feeds retire ost-vast"),
    ("feeds-revive", "feeds revive ost-vast"),
    ("feeds-undo", "feeds undo"),
    ("feeds-undo-again", "feeds undo"),
    ("feeds-export", "feeds export"),
    ("feeds-remove", "feeds remove ost-vast"),
    ("documents", "documents --limit 2"),
    ("documents-query", "documents country:SE -rural"),
    ("searches-save", ("searches", "save", "rural care", "country:SE", "rural")),
    ("searches-list", "searches list"),
    ("searches-forget", ("searches", "forget", "rural care")),
    ("show", "show 1"),
    ("cite", "cite 1 --form markdown"),
    ("keep", "keep 1 2 --query feed:isles"),
    ("drop", "drop 2"),
    ("later", "later 5 --until 2026-10-05"),
    ("reopen", "reopen 2"),
    ("accept", "accept 1"),
    ("tag", ("tag", "1", "--country", "gb-eng", "--theme", "recovery", "--section", "research", "--blurb", "Why.")),
    ("undo", "undo"),
    ("redo", "redo"),
    ("history", "history 1"),
    ("join", "join 1 2 3"),
    ("split", "split 3"),
    ("lead", "lead 2"),
    ("family", "family 1"),
    ("undo-lead", "undo"),
    ("history-family", "history 2"),
    ("undo-split", "undo"),
    ("undo-join", "undo"),
    ("journal", "journal --limit 3"),
    ("draft", "draft update"),
    ("introduce", ("introduce", "update-1", "--text", "Good *morning*.")),
    ("place", "move update-1 1 --section policy --group SE"),
    ("word", ("word", "update-1", "1", "--title", "Other words", "--blurb", "Here alone.")),
    ("pin", "pin update-1 3"),
    ("carry", "carry update-1 3"),
    ("back", "move update-1 3 --section news --group GB-ENG --rank 1"),
    ("leave-out", "leave-out update-1 4"),
    ("editions", "editions"),
    ("edition", "edition update-1"),
    ("preview", "preview update-1"),
    ("export", "export update-1 --form markdown"),
    ("check", "check update-1"),
    ("run-dry-run", "run --dry-run"),
    ("seal", "seal update-1"),
    ("certificate", "certificate update-1"),
    ("unseal", "unseal update-1"),
    ("seal-again", "seal update-1"),
    ("send-dry-run", "send update-1 --dry-run"),
    ("send-only", "send update-1 --only bo@example.org"),
    ("archive", "archive --sealed"),
    ("edition-diff", "edition diff update-1"),
    ("doctor", "doctor"),
    ("lists", "lists"),
    ("themes-list", "themes list"),
    (
        "summary-read",
        ("summary", "read", "DIR/guide.txt", "--title", "A guide", "--link", "https://example.org/guide"),
    ),
    ("summary-list", "summary list"),
    ("summary-build", "summary build guide --actor money"),
    ("matrix", "matrix recovery"),
    ("draft-briefing", "draft make-it-so --topic recovery --on 2026-10-20"),
    ("compare", ("compare", "make-it-so-1", "SE", "--law", "An act of 2017.", "--data", "Waiting times.")),
    ("report-coverage", "report coverage"),
    ("report-silence", "report silence"),
    ("report-year", "report year 2026"),
    ("themes-add", ("themes", "add", "Gambling harm", "--group", "issues")),
)


def _proposals(shell: Shell, steps: dict[str, Result]) -> None:
    """Two bodies tell of one thing; what is proposed is accepted, taken back and refused."""
    told = (
        item(6, "Recovery colleges open in six more towns", 28).replace("example.org/6", f"{host}/6") for host in _HOSTS
    )
    for slug, body in zip(("isles", "again"), told, strict=True):
        (shell.folder / "feeds" / f"{slug}.xml").write_text(rss(body), encoding="utf-8")
    shell("feeds", "add", "file:feeds/again.xml", "--slug", "again")
    for slug in ("isles", "again"):
        shell("pull", slug, now=OPENED)
    for name in ("list", "accept 6 7", "refuse 6 7"):
        steps["proposals-" + name.split()[0]] = shell("proposals", *name.split(), "--json", now=OPENED)
        if name.startswith("accept"):
            shell("undo", now=OPENED)


def _people(shell: Shell, steps: dict[str, Result]) -> None:
    steps["subscribers-add"] = shell("subscribers", "add", "cy@example.org", "--list", "members", "--json")
    steps["subscribers-export"] = shell("subscribers", "export", "--list", "members", "--json")
    steps["subscribers-erase"] = shell("subscribers", "erase", "cy@example.org", "--json")
    steps["subscribers-import"] = shell("subscribers", "import", shell.folder / "people.csv", "--json")
    steps["undo-nothing"] = shell("undo", "--json", environ={"CURATOR_EDITOR": "nobody"})


def normal(value: Any, folder: Path) -> Any:
    """The same without what differs from run to run: folders, seconds, hashes and sizes."""
    if isinstance(value, dict):
        return {key: _constant(key, one, folder) for key, one in value.items()}
    if isinstance(value, list):
        return [normal(one, folder) for one in value]
    return value.replace(str(folder), "DIR") if isinstance(value, str) else value


def _constant(key: str, value: Any, folder: Path) -> Any:
    if key == "seconds":
        return 0.0
    if key == "bytes":
        return int(value > 0)
    if key in ("seal", "hash") and isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value):
        return "HASH"
    if key == "detail" and isinstance(value, str):  # the mark of an .eml file follows from the seal
        return re.sub(r"-[0-9a-f]{16}\.eml$", "-MARK.eml", value)
    return normal(value, folder)


def written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        home = Path(made).resolve()
        for step, answer in story(home).items():
            print(step, answer.code, answer.err.strip())
            (FOLDER / f"{step}.json").write_text(written(normal(answer.json, home)), encoding="utf-8")

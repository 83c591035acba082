"""Other programs: the editor's own editor, and a text's way through it; the browser, where there is one."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Mapping
from pathlib import Path

import msgspec

from curator.clean import plain_lines
from curator.errors import UsageError

SCISSORS = "-------- >8 -------- below this line nothing is kept --------"


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """$VISUAL, else $EDITOR, else what is there. Raises UsageError where there is none or it cannot be read."""
    named = environ.get("VISUAL") or environ.get("EDITOR")
    try:
        command = shlex.split(named) if named else []
    except ValueError:
        raise UsageError(f"$EDITOR is “{named}”, which cannot be read as a command.") from None
    if not command:
        command = [found for name in ("nano", "vi") if (found := shutil.which(name))][:1]
    if not command or not shutil.which(command[0]):
        raise UsageError("There is no editor to open. Set $EDITOR to one, as in EDITOR=nano.")
    return command


class Edited(msgspec.Struct, frozen=True):
    """What came back. `doubt`: why it should be looked at before it is saved, in a sentence; '' for no reason."""

    text: str
    doubt: str = ""


def edit_outside(command: list[str], text: str, guide: str = "") -> Edited:
    """`text` as it comes back, without the `guide` under the scissors. Raises UsageError when the editor fails, or
    leaves no text."""
    with tempfile.TemporaryDirectory(prefix="curator-") as folder:
        path = Path(folder) / "text.md"
        path.write_text(with_guide(text, guide), encoding="utf-8")
        try:
            code = _run([*command, str(path)])
        except OSError as error:
            raise UsageError(f"{command[0]} cannot be started ({error.strerror}). Set $EDITOR to another.") from error
        if code > 0:
            raise UsageError(f"{command[0]} ended with {code}; nothing was changed.")
        edited = _left(path, command[0], text)
    if code:
        return Edited(edited.text, f"{command[0]} was killed. This is what it had saved; Esc saves it.")
    return edited


def _run(command: list[str]) -> int:
    """Its exit code, negative for the signal that killed it. ^c and ^\\ are the editor's while it has the terminal:
    vi stops what it does at ^c, and the terminal tells the desk of it too. The editor gets all signals as usual."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGQUIT)}
    try:
        usual = [*before, signal.SIGPIPE, signal.SIGXFSZ]
        child = os.posix_spawnp(command[0], command, os.environ, setsigdef=usual)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _left(path: Path, editor: str, before: str) -> Edited:
    """What an editor left in `path`. Words that are not UTF-8 are read as what editors of Western Europe wrote
    before it, rather than lost with the file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{editor} left no text ({error.strerror}); nothing was changed.") from error
    if b"\0" in data:
        raise UsageError(f"What {editor} left is no text; nothing was changed.")
    try:
        text, doubt = data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        text, doubt = data.decode("cp1252", "replace"), f"What {editor} left is not UTF-8. Look it over; Esc saves it."
    text = without_guide(plain_lines(text))
    if before.strip() and not text:
        doubt = f"{editor} left nothing. Esc saves that; ^z brings back what stood here."
    return Edited(text, doubt)


def with_guide(text: str, guide: str) -> str:
    return f"{text}\n\n{SCISSORS}\n{guide}\n" if guide else f"{text}\n"


def without_guide(text: str) -> str:
    return text.partition(SCISSORS)[0].strip()


def open_in_browser(address: str, environ: Mapping[str, str]) -> bool:
    """Whether a browser took it. One that would draw into this very terminal is not asked."""
    seen = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY") or environ.get("BROWSER")
    if sys.platform.startswith("linux") and not seen:
        return False
    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False
